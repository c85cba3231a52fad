"""Loading the directory: what is written, and what is left alone."""

import asyncio
import datetime as dt
import json

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.load import Counts, load
from tests.conftest import DIRECTORY, NOW
from tests.db.small import APPS, Q2, QUEUES, SMALL, Q, as_lines, changed, everything, fetch, loaded

LATER = NOW + dt.timedelta(days=400)


def written(report: dict[str, Counts]) -> int:
    return sum(counts.created + counts.updated for counts in report.values())


async def test_the_starter_directory_is_loaded_and_a_second_time_changes_nothing(
    engine: AsyncEngine,
) -> None:
    calls: list[tuple[int, int]] = []
    lines = DIRECTORY.read_bytes().splitlines()
    async with AsyncSession(engine) as session, session.begin():
        report = await load(
            session, lines, now=NOW, progress=lambda done, total: calls.append((done, total))
        )
    kinds = [json.loads(line)["type"] for line in lines]
    for name in ("category", "grid", "package"):
        assert report[name] == (kinds.count(name), 0, 0)
        assert await fetch(engine, f"SELECT count(*) FROM {name}") == [(kinds.count(name),)]
    assert report["cell"].created > 500
    assert calls == sorted(calls)
    assert calls[-1][0] == calls[-1][1] > written(report)

    before = await everything(engine)
    async with AsyncSession(engine) as session, session.begin():
        again = await load(session, lines, now=LATER)
    assert written(again) == 0
    assert {name: (0, 0, counts.created) for name, counts in report.items()} == again
    assert await everything(engine) == before


async def test_derived_columns_are_worked_out(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    assert await fetch(
        engine,
        "SELECT title_folded, repo_url, repo_url_folded, repo_key, repo_host, pypi_name, score,"
        " grid_count, repo_description_folded FROM package WHERE database_id = 2948",
    ) == [
        (
            "django q",
            "https://github.com/Koed00/django-q",
            "https://github.com/koed00/django-q",
            "github.com/koed00/django-q",
            "GITHUB",
            "django-q",
            -500,
            1,
            "a grösse",
        )
    ]
    (folded,) = await fetch(engine, "SELECT participants_folded FROM package WHERE id = 1")
    assert "strasse" in str(folded) or "STRASSE".casefold() in str(folded)
    assert await fetch(engine, "SELECT text, verdict, strength FROM cell ORDER BY feature_id") == [
        ("No", "NO", -1),
        ("++", "YES", 2),
    ]
    assert await fetch(engine, "SELECT number, is_prerelease FROM version ORDER BY sort_key") == [
        ("1.3.9", 0),
        ("1.3.10", 0),
        ("2.0a1", 1),
    ]
    assert await fetch(engine, "SELECT package_count FROM category") == [(2,)]
    assert await fetch(engine, "SELECT package_count FROM grid") == [(1,)]
    assert await fetch(engine, "SELECT state FROM ingest ORDER BY package_id") == [
        ("OK",),
        ("NEVER",),
    ]


async def test_numbers_are_given_to_what_has_none(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    assert await fetch(engine, "SELECT id, database_id FROM package ORDER BY id") == [
        (1, 2948),
        (2, 1_000_002),
    ]
    assert await fetch(engine, "SELECT id, database_id FROM grid") == [(1, 1_000_001)]


async def test_the_score_counts_from_the_newest_release(engine: AsyncEngine) -> None:
    release = {"number": "3.0", "uploadedAt": "2026-11-01T00:00:00Z"}
    await loaded(engine, APPS, QUEUES, changed(Q, versions=[release]))
    assert await fetch(engine, "SELECT score FROM package") == [(1878,)]
    # A newer one whose date is not known: from the newest commit then.
    await loaded(engine, APPS, QUEUES, changed(Q, versions=[{"number": "3.1"}]))
    assert await fetch(engine, "SELECT score FROM package") == [(-500,)]


async def test_a_changed_file_updates_what_differs(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    before = await everything(engine)
    report = await loaded(engine, APPS, changed(Q, repoWatchers=1900), now=LATER)
    assert {name: counts[:2] for name, counts in report.items() if any(counts[:2])} == {
        "package": (0, 1)
    }
    assert await fetch(
        engine, "SELECT repo_watchers, revision, modified > created FROM package ORDER BY id"
    ) == [(1900, 2, 1), (None, 1, 0)]
    after = await everything(engine)
    assert {name for name in before if before[name] != after[name]} <= {
        "change",
        "package",
        "search_document",
        "search_posting",
    }


async def test_what_a_line_leaves_out_stays_and_null_clears(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    short = {name: Q[name] for name in ("type", "slug", "title", "category")}
    report = await loaded(engine, short, now=LATER)
    assert written(report) == 0
    await loaded(engine, changed(short, repoWatchers=None, pypiName=None, repoUrl=None))
    assert await fetch(
        engine,
        "SELECT repo_watchers, pypi_name, repo_url, repo_key, repo_host FROM package WHERE id = 1",
    ) == [(None, None, None, None, "OTHER")]


async def test_a_row_is_found_by_number_then_slug_then_repository(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    by_number = changed(Q, slug="renamed")
    by_slug = {**Q2, "slug": "Django-Q2", "title": "By slug"}
    report = await loaded(engine, by_number, by_slug)
    assert report["package"] == (0, 2, 0)
    by_repo = {**Q2, "slug": "other", "repoUrl": "github.com/Django-Q2/Django-Q2.git", "title": "R"}
    report = await loaded(engine, by_repo)
    assert report["package"] == (0, 1, 0)
    assert await fetch(engine, "SELECT id, slug, title FROM package ORDER BY id") == [
        (1, "renamed", "Django Q"),
        (2, "other", "R"),
    ]


async def test_a_row_made_here_takes_the_number_that_a_file_gives_it(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    await loaded(engine, changed(Q2, databaseId=4711))
    assert await fetch(engine, "SELECT id, database_id FROM package ORDER BY id") == [
        (1, 2948),
        (2, 4711),
    ]


async def test_memberships_cells_features_and_versions_are_added(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    grid = changed(QUEUES, features=[{"title": "Workers"}, {"title": "Retries"}])
    package = changed(Q2, grids=["queues"], cells={"queues": {"Workers": "yes", "Broker": "no"}})
    report = await loaded(engine, grid, package, now=LATER)
    assert await fetch(
        engine, "SELECT title, position, revision FROM feature ORDER BY position"
    ) == [
        ("Workers", 0, 1),
        ("Retries", 1, 1),
        ("Broker", 2, 1),
    ]
    assert report["grid"] == (0, 1, 0)
    assert report["grid_package"] == (1, 0, 0)
    assert report["cell"] == (2, 0, 0)
    assert await fetch(engine, "SELECT revision, package_count, modified > created FROM grid") == [
        (2, 2, 1)
    ]
    assert await fetch(engine, "SELECT grid_count, revision FROM package ORDER BY id") == [
        (1, 1),
        (1, 1),
    ]
    await loaded(engine, changed(package, cells={"queues": {"Broker": "Redis"}}))
    assert await fetch(engine, "SELECT verdict FROM cell WHERE text = 'Redis'") == [("TEXT",)]
    assert await fetch(engine, "SELECT revision FROM grid") == [(3,)]


async def test_a_package_moves_to_another_category(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    other = {"type": "category", "slug": "other", "title": "Other", "titlePlural": "Others"}
    await loaded(engine, other, changed(Q2, category="OTHER"))
    assert await fetch(engine, "SELECT slug, package_count FROM category ORDER BY id") == [
        ("apps", 1),
        ("other", 1),
    ]


async def test_a_replacement_may_come_later_in_the_file(engine: AsyncEngine) -> None:
    chain = [changed(Q, replacedBy="django-q2"), changed(Q2, replacedBy="q3")]
    third = {"type": "package", "slug": "q3", "title": "Q3", "category": "apps"}
    await loaded(engine, APPS, QUEUES, *chain, third)
    assert await fetch(engine, "SELECT id, replaced_by_id FROM package ORDER BY id") == [
        (1, 2),
        (2, 3),
        (3, None),
    ]


async def test_an_address_changed_alone_changes_the_name(engine: AsyncEngine) -> None:
    address = "http://pypi.python.org/pypi/django-q"
    await loaded(engine, APPS, QUEUES, Q, changed(Q2, pypiUrl=address))
    assert await fetch(engine, "SELECT pypi_name FROM package") == [("django-q",), ("django-q",)]
    await loaded(engine, changed(Q2, pypiUrl="https://example.org/q"))
    assert await fetch(engine, "SELECT pypi_name FROM package ORDER BY id") == [
        ("django-q",),
        (None,),
    ]


async def test_packages_are_found_by_search_at_once(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    found = "SELECT count(*) FROM search_posting WHERE term = 'größer' OR term = 'grösse'"
    assert await fetch(engine, found) == [(1,)]
    await loaded(engine, changed(Q, repoDescription="Nothing"))
    assert await fetch(engine, found) == [(0,)]


async def test_two_loads_at_once_follow_each_other(engine: AsyncEngine) -> None:
    reports = await asyncio.gather(loaded(engine, *SMALL), loaded(engine, *SMALL))
    assert sorted(written(report) for report in reports) == [0, 14]
    assert await fetch(engine, "SELECT count(*) FROM package") == [(2,)]


async def test_nothing_stays_of_a_load_that_fails_while_it_writes(engine: AsyncEngine) -> None:
    before = await everything(engine)

    def fail(done: int, total: int) -> None:
        if done == total:
            raise RuntimeError("the disk is on fire")

    with pytest.raises(RuntimeError):
        async with AsyncSession(engine) as session, session.begin():
            await load(session, as_lines(SMALL), now=NOW, progress=fail)
    assert await everything(engine) == before
