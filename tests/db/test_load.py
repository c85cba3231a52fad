"""Loading the directory: what is written, what is left alone, and what is refused."""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import migrate
from db.engine import create_engine
from db.errors import LoadError
from db.load import LoadReport, load
from tests.conftest import DIRECTORY, NOW

LATER = NOW + dt.timedelta(days=400)

Row = dict[str, Any]

APPS: Row = {
    "type": "category",
    "slug": "apps",
    "title": "App",
    "titlePlural": "Apps",
    "databaseId": 1,
}
QUEUES: Row = {
    "type": "grid",
    "slug": "Queues",
    "title": "Task Queues",
    "features": [{"title": "Broker"}, {"title": "Retries", "description": "Tries again."}],
}
Q: Row = {
    "type": "package",
    "databaseId": 2948,
    "slug": "django-q",
    "title": "Django Q",
    "category": "apps",
    "grids": ["queues"],
    "cells": {"queues": {"Broker": " No ", "Retries": "++"}},
    "repoUrl": "git@github.com:Koed00/django-q.git",
    "repoDescription": "A Größe",
    "repoWatchers": 1878,
    "pypiName": "Django_Q",
    "participants": ["Koed00", "Straße"],
    "licenses": ["MIT"],
    "lastUpdated": "2021-06-26T08:04:16-04:00",
    "lastFetched": "2026-02-15T08:05:54.219101Z",
    "supportsPython3": True,
    "developmentStatus": "STABLE",
    "versions": [{"number": "1.3.10"}, {"number": "1.3.9"}, {"number": "2.0a1"}],
}
Q2: Row = {
    "type": "package",
    "slug": "django-q2",
    "title": "Django Q2",
    "category": "apps",
    "repoUrl": "https://github.com/django-q2/django-q2",
}
SMALL = [APPS, QUEUES, Q, Q2]


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="module")
def small_url(new_database: Callable[[], str]) -> str:
    """The URL of a database that holds `SMALL`, for tests that change nothing."""

    async def fill(url: str) -> None:
        engine = create_engine(url)
        await loaded(engine, *SMALL)
        await engine.dispose()

    url = new_database()
    asyncio.run(fill(url))
    return url


@pytest.fixture
async def small(small_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(small_url)
    yield engine
    await engine.dispose()


def as_lines(rows: Iterable[Row]) -> list[str]:
    return [json.dumps(row) for row in rows]


async def loaded(engine: AsyncEngine, *rows: Row, now: dt.datetime = NOW) -> LoadReport:
    async with AsyncSession(engine) as session, session.begin():
        return await load(session, as_lines(rows), now=now)


async def refused(engine: AsyncEngine, *rows: Row | str) -> list[str]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    with pytest.raises(LoadError) as error:
        async with AsyncSession(engine) as session, session.begin():
            await load(session, lines, now=NOW)
    return error.value.problems


async def fetch(engine: AsyncEngine, query: str) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def everything(engine: AsyncEngine) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: sorted(await fetch(engine, f"SELECT * FROM {table}"), key=repr)
        for table in migrate.METADATA.tables
    }


def changed(row: Row, **values: Any) -> Row:
    return {**row, **values}


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
        assert report.tables[name] == (kinds.count(name), 0, 0)
        assert await fetch(engine, f"SELECT count(*) FROM {name}") == [(kinds.count(name),)]
    assert report.tables["cell"].created > 500
    assert calls == sorted(calls)
    assert calls[-1][0] == calls[-1][1] > report.written

    before = await everything(engine)
    async with AsyncSession(engine) as session, session.begin():
        again = await load(session, lines, now=LATER)
    assert again.written == 0
    assert {name: (0, 0, counts.created) for name, counts in report.tables.items()} == again.tables
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
    assert {name: counts[:2] for name, counts in report.tables.items() if any(counts[:2])} == {
        "package": (0, 1)
    }
    assert await fetch(
        engine, "SELECT repo_watchers, revision, modified > created FROM package ORDER BY id"
    ) == [(1900, 2, 1), (None, 1, 0)]
    after = await everything(engine)
    assert {name for name in before if before[name] != after[name]} <= {
        "package",
        "search_document",
        "search_posting",
    }


async def test_what_a_line_leaves_out_stays_and_null_clears(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    short = {name: Q[name] for name in ("type", "slug", "title", "category")}
    report = await loaded(engine, short, now=LATER)
    assert report.written == 0
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
    assert report.tables["package"] == (0, 2, 0)
    by_repo = {**Q2, "slug": "other", "repoUrl": "github.com/Django-Q2/Django-Q2.git", "title": "R"}
    report = await loaded(engine, by_repo)
    assert report.tables["package"] == (0, 1, 0)
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
    assert report.tables["grid"] == (0, 1, 0)
    assert report.tables["grid_package"] == (1, 0, 0)
    assert report.tables["cell"] == (2, 0, 0)
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
    circle = changed(third, replacedBy="django-q")
    assert await refused(engine, circle) == [
        "line 1: replacedBy: it leads back to the package itself"
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


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('{"type": "package"', "not JSON in UTF-8: unexpected end of data at column 19"),
        ("[]", 'expected an object with "type": category, grid or package'),
        ({"type": "pakage"}, 'expected an object with "type": category, grid or package'),
        (changed(Q2, slug="ein leerer"), "slug: expected 1 to 100 letters, digits, '_' and '-'"),
        (changed(Q2, stars=1), "packages have no 'stars'"),
        (changed(Q2, title=""), "title: expected a text that is not empty"),
        (changed(Q2, title="x" * 101), "title: expected 100 characters at most, not 101"),
        (changed(Q2, title="a\x00b"), "title: expected a text without control characters"),
        (changed(Q2, title="a\nb"), "title: expected a text without control characters"),
        (changed(Q2, title=None), "title: expected a text"),
        (changed(Q2, repoDescription="x" * 1001), "repoDescription: expected 1,000 characters"),
        (changed(APPS, description="x" * 20_001), "description: expected 20,000 characters"),
        (changed(Q2, repoWatchers=True), "repoWatchers: expected a whole number from 0"),
        (changed(Q2, repoWatchers=-1), "repoWatchers: expected a whole number from 0"),
        (changed(Q2, repoWatchers=2**31), "repoWatchers: expected a whole number from 0"),
        (changed(Q2, isArchived=1), "isArchived: expected true or false"),
        (changed(Q2, created="2026-01-01T00:00:00"), "created: expected a date and time with an"),
        (changed(Q2, created="0001-01-01T00:00:00+14:00"), "created: expected a date and time"),
        (changed(Q2, documentationUrl="ftp://x.org"), "documentationUrl: expected an address"),
        (changed(Q2, documentationUrl="javascript:1"), "documentationUrl: expected an address"),
        (changed(Q2, documentationUrl="http://[x"), "documentationUrl: expected an address"),
        (changed(Q2, repoUrl="https://github.com/x"), "repoUrl: expected the address of a repo"),
        (changed(Q2, repoUrl="https://x.org/" + "y" * 2000), "repoUrl: expected 2,000 characters"),
        (changed(Q2, pypiName="!"), "pypiName: expected a PyPI project name"),
        (changed(Q2, developmentStatus="DONE"), "developmentStatus: expected one of PLANNING,"),
        (changed(Q2, commitsOver52=[1]), "commitsOver52: expected the counts of 52 weeks"),
        (changed(Q2, licenses=["MIT", ""]), "licenses: 2. expected a text that is not empty"),
        (changed(Q2, category="none"), "category: 'none' is not there"),
        (changed(Q2, grids=["none"]), "grids: 'none' is not there"),
        (changed(Q2, cells={"queues": {"Broker": "no"}}), "cells: the package is not in the grid"),
        (
            changed(Q2, grids=["queues"], cells={"queues": {"None": "no"}}),
            "cells: 'queues' has no feature 'None'",
        ),
        (
            changed(Q2, grids=["queues"], cells={"queues": {"Broker": " "}}),
            "cells: 'queues' 'Broker' expected a text that is not empty",
        ),
        (changed(Q2, replacedBy="none"), "replacedBy: 'none' is not there"),
        (changed(Q2, replacedBy="django-q2"), "replacedBy: it leads back to the package itself"),
        (changed(Q2, versions=[{}]), "versions: 1. versions need a number"),
        (changed(Q2, versions=[{"number": "1"}] * 2), "versions: number '1' is there twice"),
        (changed(QUEUES, features=[{"title": "A"}] * 2), "features: title 'A' is there twice"),
        (
            changed(QUEUES, slug="x", features=[{"title": f"{n}"} for n in range(101)]),
            "features: expected a list of 100 at most",
        ),
        (
            changed(QUEUES, features=[{"title": f"{n}"} for n in range(99)]),
            "features: expected 100 at most in a grid",
        ),
        (changed(Q2, databaseId=1_000_009), "databaseId 1000009 is not there; new ones are given"),
        (changed(Q2, databaseId=2948), "its slug is that of number 1000002"),
        (changed(Q, databaseId=5), "its slug is that of number 2948"),
        (changed(Q2, repoUrl=Q["repoUrl"]), "its repoUrl is that of number 2948"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
async def test_what_is_wrong_is_refused_with_its_line(
    small: AsyncEngine, row: Row | str, problem: str
) -> None:
    before = await everything(small)
    other = {"type": "package", "slug": "fine", "title": "Fine", "category": "apps"}
    found = await refused(small, other, "", row)
    assert found[0].startswith(f"line 3: {problem}")
    assert await everything(small) == before


async def test_lines_that_take_the_same_are_refused(engine: AsyncEngine) -> None:
    assert await refused(
        engine,
        APPS,
        changed(APPS, slug="APPS", databaseId=2),
        Q,
        changed(Q2, slug="DJANGO-Q"),
        changed(Q2, databaseId=2948, slug="x"),
        changed(Q2, repoUrl="http://www.github.com/koed00/DJANGO-Q/tree/main", slug="y"),
    ) == [
        "line 2: its slug is that of line 1",
        "line 4: its slug is that of line 3",
        "line 5: its databaseId is that of line 3",
        "line 5: its repoUrl is that of line 4",
        "line 6: its repoUrl is that of line 3",
    ]


async def test_two_lines_about_one_row_are_refused(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    by_slug = {"type": "package", "slug": "django-q", "title": "Q", "category": "apps"}
    assert await refused(engine, changed(Q, slug="new"), by_slug) == [
        "line 2: it is about the same row as line 1"
    ]


async def test_the_first_20_problems_are_told_at_once(engine: AsyncEngine) -> None:
    problems = await refused(engine, *[{"type": "package"}] * 30)
    assert len(problems) == 21
    assert problems[:4] == [
        "line 1: packages need a slug",
        "line 1: packages need a title",
        "line 1: packages need a category",
        "line 2: packages need a slug",
    ]
    assert problems[-1] == "these are the first 20"


async def test_nothing_stays_of_a_load_that_fails_while_it_writes(engine: AsyncEngine) -> None:
    before = await everything(engine)

    def fail(done: int, total: int) -> None:
        if done == total:
            raise RuntimeError("the disk is on fire")

    with pytest.raises(RuntimeError):
        async with AsyncSession(engine) as session, session.begin():
            await load(session, as_lines(SMALL), now=NOW, progress=fail)
    assert await everything(engine) == before
