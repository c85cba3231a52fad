"""Mirroring a Django Packages: what comes over, what stays, and what is told of it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.category_edits import category_update
from db.change_revert import change_revert
from db.edit import Edit
from db.engine import create_engine
from db.grid_edits import grid_package_remove
from db.ingest import IngestSource
from db.load import load
from db.package import Package
from db.package_edits import package_create, package_delete, package_update
from db.package_merge import package_merge
from db.pypi import OLD_ADDRESS
from ingest.django_packages import base_of
from ingest.errors import Unreachable, Unreadable
from ingest.http import Client
from ingest.mirror import SIZE, compare, mirror
from ingest.mirror_report import Report
from ingest.settings import IngestSettings
from tests.conftest import DIRECTORY, NOW
from tests.db.editing import edited
from tests.db.small import everything, fetch, loaded
from tests.ingest.loopback import TIMES
from tests.ingest.v4 import Site, site
from tests.web.conftest import ROOT


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def upstream() -> AsyncIterator[Site]:
    async with site() as upstream:
        yield upstream


async def mirrored(engine: AsyncEngine, upstream: Site, *, is_dry: bool = False) -> list[str]:
    """Mirror: the lines that were printed."""
    lines: list[str] = []
    report = Report(lines.append, lambda line: None, is_dry=is_dry)
    base = base_of(upstream.base)
    async with Client(IngestSettings(), bases=[base], times=TIMES) as client:
        await (compare if is_dry else mirror)(engine, client, base, report)
    return lines


async def newest(engine: AsyncEngine) -> int:
    ((number,),) = await fetch(engine, "SELECT coalesce(max(id), 0) FROM change")
    return int(number)


async def changes(engine: AsyncEngine, after: int = 0) -> list[tuple[Any, ...]]:
    return await fetch(
        engine,
        f"SELECT actor, node_type, action, node_id FROM change WHERE id > {after} ORDER BY id",
    )


async def packages(engine: AsyncEngine, *columns: str) -> list[tuple[Any, ...]]:
    names = ", ".join(columns)
    return await fetch(engine, f"SELECT {names} FROM package ORDER BY database_id")


def ref(number: int) -> dict[str, Any]:
    return {"databaseId": number}


async def key_of(engine: AsyncEngine, number: int) -> str:
    ((key,),) = await fetch(engine, f"SELECT id FROM package WHERE database_id = {number}")
    return f"Package:{key}"


async def test_all_comes_over_with_its_numbers_and_links(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.category(2, slug="frameworks", title="Framework", title_plural="", show_pypi=False)
    upstream.grid(136, slug="queues", title="Queues", is_locked=True, header=True)
    upstream.grid(303)
    upstream.package(1, grids=(136, 303), category=f"{upstream.base}/api/v4/categories/2/")
    upstream.package(
        *(2948,),
        grids=(136,),
        slug="django-q",
        repo_watchers=1878,
        pypi_url=OLD_ADDRESS,
        participants=["Koed00"],
        last_updated="2021-06-26T08:04:16",
    )
    assert await mirrored(engine, upstream) == []
    assert await packages(
        *(engine, "database_id", "slug", "category_id", "repo_watchers", "repo_forks"),
        *("pypi_name", "documentation_url", "score", "grid_count", "revision"),
    ) == [
        (1, "package-1", 2, None, None, None, None, 0, 2, 1),
        (2948, "django-q", 1, 1878, None, "django-q", None, -500, 1, 1),
    ]
    dates = "SELECT created, modified, last_updated FROM package WHERE database_id = 2948"
    assert [str(date)[:19].replace("T", " ") for date in (await fetch(engine, dates))[0]] == [
        "2015-06-28 19:11:49",
        "2026-01-28 21:47:08",
        "2021-06-26 12:04:16",
    ]
    assert await fetch(
        engine, "SELECT title, title_plural, show_pypi FROM category ORDER BY database_id"
    ) == [("App", "Apps", 1), ("Framework", "Frameworks", 0)]
    assert await fetch(
        engine, "SELECT slug, is_locked, header, package_count FROM grid ORDER BY database_id"
    ) == [("queues", 1, 1, 2), ("grid-303", 0, 0, 1)]
    assert await fetch(engine, "SELECT DISTINCT state FROM ingest") == [("OK",)]
    assert {actor for actor, *_ in await changes(engine)} == {"mirror"}
    assert await fetch(engine, "SELECT * FROM mirror") == []


async def test_a_second_mirror_changes_what_changed_alone(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.grid(7)
    for number in range(1, 251):
        upstream.package(number, repo_watchers=number, grids=(7,))
    await mirrored(engine, upstream)
    before, last = await everything(engine), await newest(engine)
    assert len(before["package"]) == 250
    await mirrored(engine, upstream)
    assert await everything(engine) == before

    upstream.package(3, repo_watchers=9, grids=(7,))
    upstream.package(200, title="Another", repo_watchers=200, grids=(7,))
    upstream.grid(7, header=True)
    assert await mirrored(engine, upstream) == []
    assert sorted(kind for _, kind, _, _ in await changes(engine, last)) == [
        *("GRID", "PACKAGE", "PACKAGE"),
    ]
    columns = "SELECT repo_watchers, title, revision FROM package WHERE database_id IN (3, 200)"
    assert await fetch(engine, f"{columns} ORDER BY database_id") == [
        (9, "Package 3", 1),  # a figure, which is no curator's
        (200, "Another", 2),
    ]


async def test_nothing_that_is_known_is_erased(engine: AsyncEngine, upstream: Site) -> None:
    upstream.grid(7, description="What for")
    upstream.package(
        *(1,),
        grids=(7,),
        repo_watchers=5,
        repo_forks=6,
        repo_description="It is good",
        pypi_url=OLD_ADDRESS,
        pypi_version="1.0",
        documentation_url="https://example.org/",
        commits_over_52=[1] * 52,
        participants=["ann"],
        last_updated="2021-06-26T08:04:16",
    )
    await mirrored(engine, upstream)
    before = await everything(engine)
    upstream.package(1, repo_url="")
    upstream.grid(7)
    await mirrored(engine, upstream)
    assert await everything(engine) == before


async def test_of_two_with_one_slug_both_are_kept(engine: AsyncEngine, upstream: Site) -> None:
    upstream.category(4, title="Apps again")
    upstream.package(5, slug="twice")
    upstream.package(6, slug="Twice")
    for number in range(7, 7 + 2 * SIZE):
        upstream.package(number)
    upstream.package(500, slug="twice")
    assert await mirrored(engine, upstream) == [
        "renamed    category 4 apps: another has its slug: here it is apps-4",
        "renamed    package 5 twice: another has its slug: here it is twice-5",
        "renamed    package 6 Twice: another has its slug: here it is twice-6",
    ]
    before = await everything(engine)
    assert [slug for (slug,) in await packages(engine, "slug") if "twice" in slug] == [
        *("twice-5", "twice-6", "twice"),
    ]
    assert await mirrored(engine, upstream) == []
    assert await everything(engine) == before

    del upstream.rows["packages"][500]
    upstream.package(500, slug="once")
    await mirrored(engine, upstream)
    await mirrored(engine, upstream)  # what was free for it came later than it
    assert [slug for (slug,) in await packages(engine, "slug") if "twice" in slug] == [
        *("twice", "twice-6"),
    ]


async def test_of_two_with_one_repository_the_first_is_kept_and_the_other_told(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.package(5, title="The first", repo_url="https://github.com/owner/one")
    upstream.package(6, repo_url="http://github.com/Owner/One.git")
    for number in range(7, 7 + 2 * SIZE):
        upstream.package(number)
    upstream.package(500, repo_url="https://github.com/owner/one/")
    lines = [
        "duplicate  package 6 package-6: here it is number 5",
    ]
    assert await mirrored(engine, upstream) == lines  # 500, which came first, gave way to 5
    assert (await packages(engine, "database_id", "title"))[0] == (5, "The first")
    assert "500" in {name for (name,) in await fetch(engine, "SELECT name FROM alias")}
    before = await everything(engine)
    again = ["duplicate  package 500 package-500: here it is number 5", *lines]
    assert await mirrored(engine, upstream) == again
    assert await everything(engine) == before


async def test_what_came_back_with_another_number_is_the_same_package(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.package(5, repo_url="https://github.com/owner/one", title="Before")
    await mirrored(engine, upstream)
    del upstream.rows["packages"][5]
    upstream.package(9, repo_url="https://github.com/owner/one", title="After")
    lines = await mirrored(engine, upstream)
    assert lines == [
        "duplicate  package 9 package-9: here it is number 5",
        "vanished   package 5 package-5: it is here, and not there",
    ]
    assert await packages(engine, "database_id", "title") == [(9, "After")]
    assert await mirrored(engine, upstream) == []


async def test_what_is_here_already_takes_the_number_from_there(
    engine: AsyncEngine, upstream: Site
) -> None:
    await loaded(
        engine,
        {"type": "category", "slug": "apps", "title": "Application", "titlePlural": "Apps"},
        {"type": "grid", "slug": "grid-7", "title": "Ours"},
        {
            "type": "package",
            "slug": "ours",
            "title": "Ours",
            "category": "apps",
            "grids": ["grid-7"],
            "repoUrl": "https://github.com/Owner/Package-5",
            "repoWatchers": 3,
        },
        {"type": "package", "slug": "package-6", "title": "Without", "category": "apps"},
        {
            "type": "package",
            "slug": "package-8",
            "title": "Another of that name",
            "category": "apps",
            "repoUrl": "https://github.com/owner/elsewhere",
        },
    )
    upstream.grid(7)
    upstream.package(5, repo_watchers=8)
    upstream.package(6)
    upstream.package(8)
    assert await mirrored(engine, upstream) == [
        "renamed    package 8 package-8: another has its slug: here it is package-8-8",
    ]
    assert await packages(engine, "database_id", "slug", "title", "repo_watchers", "id") == [
        (5, "package-5", "Package 5", 8, 1),
        (6, "package-6", "Package 6", None, 2),
        (8, "package-8-8", "Package 8", None, 4),
        (1000003, "package-8", "Another of that name", None, 3),
    ]
    assert await fetch(engine, "SELECT database_id, title FROM category") == [(1, "App")]
    assert await fetch(engine, "SELECT package_count, title FROM grid") == [(1, "Grid 7")]
    names = await fetch(engine, "SELECT node_type, name, node_id FROM alias ORDER BY 1, 2")
    assert names == [
        ("CATEGORY", "1000001", 1),
        ("GRID", "1000001", 1),
        ("PACKAGE", "1000001", 1),
        ("PACKAGE", "1000002", 2),
        ("PACKAGE", "ours", 1),
    ]


async def test_the_starter_directory_is_joined_and_then_at_rest(
    engine: AsyncEngine, upstream: Site
) -> None:
    await loaded_file(engine)
    upstream.package(2948, slug="django-q", repo_url="https://github.com/Koed00/django-q")
    upstream.package(34, slug="django-debug-toolbar")
    upstream.package(35, repo_url="http://github.com/celery/celery/", slug="celery")
    await mirrored(engine, upstream)
    before = await everything(engine)
    assert [row for row in await packages(engine, "database_id", "slug") if row[0] < 10**6] == [
        (34, "django-debug-toolbar-34"),
        (35, "celery"),
        (2948, "django-q"),
    ]
    await mirrored(engine, upstream)
    assert await everything(engine) == before


async def loaded_file(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session, session.begin():
        await load(session, DIRECTORY.read_bytes().splitlines(), now=NOW)


async def test_what_an_editor_set_stays_and_is_told(engine: AsyncEngine, upstream: Site) -> None:
    upstream.category(2, slug="frameworks", title="Framework")
    upstream.grid(7)
    upstream.grid(8)
    for number in (5, 6, 7, 8):
        upstream.package(number, grids=(7, 8))
    await mirrored(engine, upstream)
    five = await key_of(engine, 5)
    await edited(engine, package_update, {"id": five, "title": "By hand", "category": ref(2)})
    await edited(engine, package_delete, {"id": await key_of(engine, 6)})
    await edited(engine, package_merge, {"from": ref(7), "into": ref(8)})
    await edited(engine, category_update, {"id": "Category:1", "title": "Apps of ours"})
    await edited(engine, grid_package_remove, {"grid": ref(8), "package": ref(5)})
    before = await everything(engine)
    lines = [
        'kept       category 1 apps title: ours "Apps of ours", theirs "App" (set by ed)',
        'kept       package 5 package-5 title: ours "By hand", theirs "Package 5"'
        " (pinned by an editor)",
        'kept       package 5 package-5 category: ours "frameworks", theirs "apps" (set by ed)',
        'kept       package 5 package-5 grids: ours null, theirs "grid-8" (taken out by ed)',
        "kept       package 6 package-6: deleted by ed",
        "duplicate  package 7 package-7: here it is number 8",
    ]
    assert sorted(await mirrored(engine, upstream, is_dry=True)) == sorted(lines)
    assert await mirrored(engine, upstream) == [lines[-1]]
    assert await everything(engine) == before

    upstream.package(5, title="News there", grids=(7, 8), repo_watchers=4)
    await mirrored(engine, upstream)
    assert (await packages(engine, "title", "repo_watchers"))[0] == ("By hand", 4)
    await edited(engine, package_update, {"id": five, "unpin": ["TITLE"]})
    await mirrored(engine, upstream)
    assert (await packages(engine, "title"))[0] == ("News there",)


async def test_what_an_editor_undid_is_as_it_was_there(engine: AsyncEngine, upstream: Site) -> None:
    await mirrored(engine, upstream)
    _, (change,) = await edited(engine, category_update, {"id": "Category:1", "slug": "ours"})
    await edited(engine, change_revert, {"id": f"Change:{change['id']}"})
    upstream.category(1, slug="theirs")
    await mirrored(engine, upstream)
    assert await fetch(engine, "SELECT slug FROM category") == [("theirs",)]


async def test_what_an_editor_made_stays_as_it_was_made(
    engine: AsyncEngine, upstream: Site
) -> None:
    await mirrored(engine, upstream)
    repo = "https://github.com/owner/package-5"
    given = {"repoUrl": repo, "category": ref(1), "title": "By hand", "slug": "by-hand"}
    await edited(engine, package_create, given)
    upstream.package(5, repo_watchers=3)
    await mirrored(engine, upstream)
    assert await packages(engine, "database_id", "slug", "title", "repo_watchers") == [
        (5, "by-hand", "By hand", 3),
    ]


async def test_what_was_fetched_later_here_stays(engine: AsyncEngine, upstream: Site) -> None:
    await loaded(
        engine,
        {"type": "category", "slug": "apps", "title": "App", "titlePlural": "Apps"},
        {
            "type": "package",
            "slug": "package-5",
            "title": "Ours",
            "category": "apps",
            "repoUrl": "https://github.com/owner/package-5",
            "repoWatchers": 30,
            "lastFetched": "2026-11-01T00:00:00Z",
        },
    )
    upstream.package(5, repo_watchers=8, repo_forks=2)
    lines = await mirrored(engine, upstream, is_dry=True)
    assert (
        "kept       package 5 package-5 repoWatchers: ours 30, theirs 8 (fetched later here)"
        in lines
    )
    await mirrored(engine, upstream)
    assert await packages(engine, "title", "repo_watchers", "repo_forks") == [("Package 5", 30, 2)]

    upstream.package(5, repo_watchers=31, last_fetched="2026-11-02T00:00:00Z", pypi_url="one")
    await mirrored(engine, upstream)
    assert await packages(engine, "repo_watchers", "pypi_name") == [(31, "one")]
    ((at,),) = await fetch(engine, "SELECT last_fetched FROM ingest")
    assert str(at)[:10] == "2026-11-02"


async def test_what_a_source_gave_later_stays_and_what_it_did_not_give_comes_over(
    engine: AsyncEngine, upstream: Site
) -> None:
    weeks = [0] + [1] * 51
    values: dict[str, Any] = {"repo_watchers": 8, "documentation_url": "https://example.org/old"}
    values |= {"commits_over_52": weeks}
    upstream.package(5, **values, pypi_url=OLD_ADDRESS)
    await mirrored(engine, upstream)

    async def fetched(edit: Edit, given: dict[str, Any]) -> dict[str, Any]:
        sources = edit.rows[IngestSource]
        named = {"package_id": 1, "source": "github", "state": "OK", "gave": ["repo_watchers"]}
        sources.put(sources.blank | named | {"last_fetched": edit.now})
        (package,) = await edit.rows[Package].find("id", [1])
        weeks = {"commits_over_52": [1] * 51 + [0], "commits_over_52_ends": edit.now}
        edit.rows[Package].put(package | weeks)  # moved on, as weeks passed
        return {}

    await edited(engine, fetched, {})
    values |= {"repo_watchers": 9, "documentation_url": "https://example.org/new"}
    upstream.package(5, **values, pypi_url="other")
    await mirrored(engine, upstream)
    assert await packages(
        engine, "repo_watchers", "documentation_url", "pypi_name", "pypi_url"
    ) == [(8, "https://example.org/new", "other", None)]
    ((moved,),) = await packages(engine, "commits_over_52")
    assert str(moved).endswith("0]")


async def test_a_repository_that_moved_on_here_does_not_move_back(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.package(5)
    await mirrored(engine, upstream)
    moved = {"id": await key_of(engine, 5), "repoUrl": "https://github.com/new/package"}
    await edited(engine, package_update, moved)
    upstream.package(5, repo_watchers=1)
    upstream.package(6, repo_url="https://github.com/new/package")
    lines = await mirrored(engine, upstream)
    assert lines == ["duplicate  package 6 package-6: here it is number 5"]
    assert await packages(engine, "repo_url") == [("https://github.com/new/package",)]


async def test_a_repository_that_moves_there_moves_here(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.package(5)
    upstream.package(6)
    await mirrored(engine, upstream)
    upstream.package(5, repo_url="https://gitlab.com/new/package")
    upstream.package(6, repo_url="https://github.com/owner/package-5")
    await mirrored(engine, upstream)
    assert await packages(engine, "repo_url", "repo_host") == [
        ("https://gitlab.com/new/package", "GITLAB"),
        ("https://github.com/owner/package-5", "GITHUB"),
    ]


async def test_what_an_editor_merged_into_a_package_of_ours_gives_it_the_number(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.package(5)
    await mirrored(engine, upstream)
    given = {"repoUrl": "https://github.com/owner/ours", "category": ref(1)}
    outcome, _ = await edited(engine, package_create, given)
    into = {"id": f"Package:{outcome['node']}"}
    await edited(engine, package_merge, {"from": ref(5), "into": into})
    await mirrored(engine, upstream)
    assert await packages(engine, "database_id", "repo_url") == [
        (5, "https://github.com/owner/ours"),
    ]


async def test_a_dry_run_prints_the_drift_and_changes_nothing(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.grid(7)
    upstream.package(5, repo_watchers=1)
    await mirrored(engine, upstream)
    upstream.category(2, slug="new")
    upstream.grid(8)
    upstream.package(
        5, repo_watchers=2, grids=(8,), title="Other", last_updated="2026-01-01T00:00:00Z"
    )
    upstream.package(6, grids=(8,), category=f"{upstream.base}/api/v4/categories/2/")
    del upstream.rows["grids"][7]
    before = await everything(engine)
    lines = await mirrored(engine, upstream, is_dry=True)
    assert await everything(engine) == before
    assert lines == [
        "new        category 2 new",
        "new        grid 8 grid-8",
        "vanished   grid 7 grid-7: it is here, and not there",
        "new        package 6 package-6",
        'changed    package 5 package-5 title: ours "Package 5", theirs "Other"',
        "changed    package 5 package-5 repoWatchers: ours 1, theirs 2",
        'changed    package 5 package-5 lastUpdated: ours null, theirs "2026-01-01T00:00:00+00:00"',
        'changed    package 5 package-5 grids: ours null, theirs "grid-8"',
    ]


async def test_what_vanished_there_is_told_and_stays(engine: AsyncEngine, upstream: Site) -> None:
    for number in range(1, 3 * SIZE):
        upstream.package(number)
    await mirrored(engine, upstream)
    before = await everything(engine)
    gone = (1, 50, SIZE, 2 * SIZE, 2 * SIZE + 1, 3 * SIZE - 1)
    for number in gone:
        del upstream.rows["packages"][number]
    lines = await mirrored(engine, upstream)
    assert sorted(lines) == sorted(
        f"vanished   package {number} package-{number}: it is here, and not there"
        for number in gone
    )
    assert await everything(engine) == before


async def test_rows_that_come_and_go_meanwhile_let_none_be_missed(
    engine: AsyncEngine, upstream: Site
) -> None:
    for number in range(1, 4 * SIZE):
        upstream.package(number)

    async def move(resource: str, offset: int) -> None:
        asked = [place for place in upstream.asked if place[0] == "packages"]
        if len(asked) == 2:
            for number in range(4 * SIZE - 30, 4 * SIZE):  # of the first page
                del upstream.rows["packages"][number]
        elif len(asked) == 4:
            for number in range(1_000, 1_030):
                upstream.package(number)

    upstream.before = move
    await mirrored(engine, upstream)
    numbers = {number for (number,) in await packages(engine, "database_id")}
    assert numbers == set(range(1, 4 * SIZE))


async def test_a_site_that_gives_other_pages_than_were_asked_for(
    engine: AsyncEngine, upstream: Site
) -> None:
    for number in range(1, 51):
        upstream.package(number)
    upstream.most = 7
    await mirrored(engine, upstream)
    assert len(await packages(engine, "id")) == 50
    upstream.most = 1
    await mirrored(engine, upstream)

    async def answer(resource: str, offset: int) -> web.Response | None:
        if resource == "packages" and offset > 0:
            return web.json_response({"count": 50, "results": []})
        return None

    upstream.most, upstream.before = 20, answer
    assert "failed     packages: row 20 of 50 was not given" in await mirrored(engine, upstream)


async def test_rows_that_cannot_be_are_told_and_keep_none_back(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.package(1, id="one")
    upstream.package(2, category=f"{upstream.base}/api/v4/categories/99/")
    upstream.package(3, slug="!", title="", repo_url="owner", grids=(99,))
    upstream.package(4)
    assert await mirrored(engine, upstream) == [
        "failed     package 2 package-2: the category 99 is not there",
        "unreadable package 3: repo_url: expected the address of a repository, such as"
        " https://github.com/owner/repository",
        "unreadable package 3: slug: expected 1 to 100 letters, digits, '_' and '-' of ASCII",
        "unreadable package 3: its grid 99 is not there",
        "failed     packages: row 4 of its page: id: expected a whole number from"
        " 0 to 2,147,483,647",
    ]
    assert await packages(engine, "database_id", "slug", "title", "repo_url") == [
        (3, "package-3", "package-3", None),
        (4, "package-4", "Package 4", "https://github.com/owner/package-4"),
    ]


async def test_one_that_was_interrupted_goes_on_where_it_was(
    engine: AsyncEngine, upstream: Site
) -> None:
    upstream.grid(7)
    for number in range(1, 6 * SIZE):
        upstream.package(number, grids=(7,))

    async def die(resource: str, offset: int) -> web.Response | None:
        return web.Response(status=503) if (resource, offset) > ("packages", 300) else None

    upstream.before = die
    with pytest.raises(Unreachable):
        await mirrored(engine, upstream)
    first = len(await packages(engine, "id"))
    assert first > 3 * SIZE
    asked, upstream.asked, upstream.before = upstream.asked, [], None
    assert not {resource for resource, _ in asked} - {"categories", "grids", "packages"}
    await mirrored(engine, upstream)
    assert upstream.asked[0][0] == "packages"
    assert upstream.asked[0][1] > SIZE
    assert len(await packages(engine, "id")) == 6 * SIZE - 1
    assert await fetch(engine, "SELECT package_count FROM grid") == [(6 * SIZE - 1,)]
    assert await fetch(engine, "SELECT * FROM mirror") == []


async def test_a_page_that_cannot_be_read_ends_it_and_it_goes_on_there(
    engine: AsyncEngine, upstream: Site
) -> None:
    async def answer(resource: str, offset: int) -> web.Response | None:
        return web.Response(body=b"<html>") if resource == "packages" else None

    upstream.package(1)
    upstream.before = answer
    with pytest.raises(Unreadable, match="Django Packages"):
        await mirrored(engine, upstream)
    assert await fetch(engine, "SELECT resource FROM mirror") == [("packages",)]


async def run(url: str, database_url: str, *options: str) -> asyncio.subprocess.Process:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PACKGRID_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "server.py"), "mirror", url, *options),
        env=kept | {"PACKGRID_DATABASE_URL": database_url, "COLUMNS": "100"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_one_that_was_killed_goes_on_where_it_was(
    engine: AsyncEngine, upstream: Site, database_url: str
) -> None:
    for number in range(1, 6 * SIZE):
        upstream.package(number)
    reached = asyncio.Event()

    async def hang(resource: str, offset: int) -> None:
        if resource == "packages" and offset > 3 * SIZE - 10:
            reached.set()
            await asyncio.sleep(60)

    upstream.before = hang
    process = await run(upstream.base, database_url)
    await asyncio.wait_for(reached.wait(), 30)
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    assert len(await packages(engine, "id")) == 3 * SIZE - 2
    upstream.asked, upstream.before = [], None

    process = await run(upstream.base, database_url)
    out, err = await process.communicate()
    assert (process.returncode, out) == (0, b"")
    assert upstream.asked[0][0] == "packages"
    assert upstream.asked[0][1] > SIZE
    assert b"packages 599 of 599" in err
    created = [row for row in await changes(engine) if row[1:3] == ("PACKAGE", "CREATE")]
    assert len(created) == 6 * SIZE - 1


async def test_the_command_says_what_failed_and_ends_so(
    engine: AsyncEngine, upstream: Site, database_url: str
) -> None:
    upstream.package(1, category="")
    process = await run(f"{upstream.base}/api/v4/", database_url)
    out, _ = await process.communicate()
    assert (process.returncode, out.decode()) == (
        1,
        "failed     package 1 package-1: the category that it should have is not there\n",
    )
    process = await run(upstream.base, database_url, "--dry-run")
    out, _ = await process.communicate()
    assert process.returncode == 1
    process = await run("http://127.0.0.1:9", database_url)
    out, err = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert err.decode().splitlines() == [
        "packgrid: 127.0.0.1 cannot be connected to",
        "packgrid: All that was told of is recorded: the next mirror goes on there.",
    ]
