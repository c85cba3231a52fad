"""Two packages become one, which keeps what can be kept of both."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.grid_edits import grid_create, grid_package_add, grid_update
from db.package_edits import package_create, package_update
from db.package_merge import package_merge
from db.pypi import OLD_ADDRESS
from tests.db.editing import ADMIN, diffs, edited, errors, found_by, refused
from tests.db.small import APPS, Q2, QUEUES, Q, changed, fetch, loaded

Row = dict[str, Any]

MERGE: Row = {"from": {"slug": "django-q"}, "into": {"slug": "django-q2"}}
AS_LOADED = ("Package:1", "Package:2")

FORK: Row = changed(
    Q2,
    grids=["queues"],
    cells={"queues": {"Broker": "Redis"}},
    repoDescription="A fork",
    repoWatchers=7,
    pypiName="django-q",
    versions=[{"number": "1.3.9", "isYanked": True}],
)
BARE: Row = {"type": "package", "slug": "bare", "title": "Bare", "category": "apps"}


async def column(engine: AsyncEngine, name: str, key: int) -> Any:
    ((value,),) = await fetch(engine, f"SELECT {name} FROM package WHERE id = {key}")
    return value


async def aliases(engine: AsyncEngine) -> list[tuple[Any, ...]]:
    return await fetch(engine, "SELECT kind, name, node_id FROM alias ORDER BY kind, name")


async def test_one_is_left_with_all_of_both(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, FORK)
    _, changes = await edited(engine, package_merge, MERGE | {"expectedRevision": 1})
    logged = [(each["action"], each["node_type"], each["node_id"]) for each in changes]
    assert sorted(logged[1:-1]) == [
        ("DELETE", "VERSION", 2),
        ("UPDATE", "GRID", 1),
        ("UPDATE", "VERSION", 1),
        ("UPDATE", "VERSION", 3),
    ]
    assert (logged[0], logged[-1]) == (("UPDATE", "PACKAGE", 2), ("DELETE", "PACKAGE", 1))
    told = {(each["node_type"], each["node_id"]): each["diff"] for each in changes}
    assert told["GRID", 1] == {
        "packages": {"Package:1": [True, False]},
        "cells": {
            "Package:1": {"Feature:1": ["No", ""], "Feature:2": ["++", ""]},
            "Package:2": {"Feature:2": ["", "++"]},
        },
    }
    assert told["VERSION", 1] == {"package": list(AS_LOADED)}
    assert told["PACKAGE", 2] == {
        "supportsPython3": [None, True],
        "developmentStatus": [None, "STABLE"],
        "licenses": [[], ["MIT"]],
        "score": [told["PACKAGE", 2]["score"][0], 7],
        "aliases": {
            "slug:django-q": [False, True],
            "repoUrl:github.com/koed00/django-q": [False, True],
            "databaseId:2948": [False, True],
        },
    }
    gone = told["PACKAGE", 1]
    assert gone["mergedInto"] == [None, "Package:2"]
    assert "aliases" not in gone
    assert await aliases(engine) == [
        ("DATABASE_ID", "2948", 2),
        ("REPO_URL", "github.com/koed00/django-q", 2),
        ("SLUG", "django-q", 2),
    ]
    versions = "SELECT number, package_id, is_yanked FROM version ORDER BY id"
    assert [
        (number, key, bool(yanked)) for number, key, yanked in await fetch(engine, versions)
    ] == [("1.3.10", 2, False), ("2.0a1", 2, False), ("1.3.9", 2, True)]
    cells = await fetch(engine, "SELECT feature_id, text, package_id FROM cell ORDER BY 1")
    assert cells == [(1, "Redis", 2), (2, "++", 2)]
    assert await fetch(engine, "SELECT package_count FROM grid") == [(1,)]
    assert await fetch(engine, "SELECT package_count FROM category") == [(1,)]
    assert await fetch(engine, "SELECT grid_count, revision FROM package") == [(1, 2)]
    assert await fetch(engine, "SELECT package_id FROM ingest") == [(2,)]
    assert await found_by(engine, "koed00") == set()


async def test_figures_of_another_repository_and_project_are_not_taken(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, changed(Q2, pypiName="django-q2"))
    _, changes = await edited(engine, package_merge, MERGE)
    assert (await fetch(engine, "SELECT id FROM version")) == []
    told = changes[0]["diff"]
    assert told.keys() == {"repoDescription", "licenses", "aliases"}


async def test_a_repository_and_a_project_move_as_a_whole(engine: AsyncEngine) -> None:
    pypi = {"pypiUrl": OLD_ADDRESS, "pypiName": None}
    await loaded(engine, APPS, QUEUES, changed(Q, **pypi, isArchived=True), BARE)
    given = {"id": "Package:1", "repoUrl": "https://git.example.org/Q/q", "repoHost": "GITLAB"}
    await edited(engine, package_update, given)
    await edited(engine, package_merge, {"from": {"pypi": "django-q"}, "into": {"slug": "bare"}})
    query = (
        "SELECT repo_url, repo_key, repo_host, is_archived, repo_watchers, pypi_url, pypi_name,"
        " supports_python3, title, grid_count FROM package"
    )
    ((*texts, python3, title, grids),) = await fetch(engine, query)
    assert texts == [
        "https://git.example.org/Q/q",
        "git.example.org/q/q",
        *("GITLAB", True, 1878, OLD_ADDRESS, "django-q"),
    ]
    assert (bool(python3), title, grids) == (True, "Bare", 1)
    assert await fetch(engine, "SELECT package_id, field FROM pin ORDER BY 1") == [
        (1, "REPO_HOST"),
        (2, "REPO_HOST"),
    ]
    assert ("REPO_URL", "github.com/koed00/django-q", 2) in await aliases(engine)
    assert ("REPO_URL", "git.example.org/q/q", 2) not in await aliases(engine)
    assert await fetch(engine, "SELECT package_id FROM version") == [(2,)] * 3
    assert await found_by(engine, "koed00") == {"PACKAGE:2"}


async def test_former_names_are_passed_on_and_told(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, Q2)
    await edited(engine, grid_create, {"title": "Another", "slug": "other"})
    await edited(engine, grid_update, {"id": "Grid:1", "slug": "q-old"})  # the same key, a grid
    await edited(engine, package_update, {"id": "Package:1", "slug": "older"})
    await edited(engine, package_update, {"id": "Package:1", "slug": "old"})
    _, changes = await edited(
        engine, package_merge, {"from": {"slug": "django-q"}, "into": {"slug": "django-q2"}}
    )
    assert changes[-1]["diff"]["aliases"] == {
        "slug:django-q": [True, False],
        "slug:older": [True, False],
    }
    assert changes[0]["diff"]["aliases"] == {
        "slug:django-q": [False, True],
        "slug:older": [False, True],
        "slug:old": [False, True],
        "repoUrl:github.com/koed00/django-q": [False, True],
        "databaseId:2948": [False, True],
    }
    of_slugs = [(name, key) for kind, name, key in await aliases(engine) if kind == "SLUG"]
    assert of_slugs == [("django-q", 2), ("old", 2), ("older", 2), ("queues", 1)]


async def test_nothing_new_is_an_edit_all_the_same(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, BARE, Q2)
    said = await diffs(
        engine, package_merge, {"from": {"slug": "bare"}, "into": {"id": "Package:2"}}
    )
    assert list(said) == ["UPDATE PACKAGE:2@2", "DELETE PACKAGE:1@1"]
    assert said["UPDATE PACKAGE:2@2"] == {
        "aliases": {"slug:bare": [False, True], "databaseId:1000001": [False, True]}
    }


async def test_what_was_replaced_is_replaced_by_the_one_that_stays(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, Q2, BARE)
    for old, new in (("bare", "django-q"), ("django-q2", "bare")):
        key = {"django-q2": 2, "bare": 3}[old]
        given = {"id": f"Package:{key}", "replacedBy": {"slug": new}}
        await edited(engine, package_update, given)
    said = await diffs(engine, package_merge, MERGE)
    assert said["UPDATE PACKAGE:3@3"] == {"replacedBy": list(AS_LOADED)}
    assert await column(engine, "replaced_by_id", 3) == 2
    assert await column(engine, "replaced_by_id", 2) is None


async def test_the_one_that_stays_is_no_longer_replaced_by_the_other(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, changed(Q2, replacedBy="django-q"))
    await edited(engine, package_merge, MERGE)
    assert await column(engine, "replaced_by_id", 2) is None


async def test_nor_is_it_by_what_replaced_the_other(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, changed(Q, replacedBy="django-q2"), Q2)
    await edited(engine, package_merge, MERGE)
    assert await column(engine, "replaced_by_id", 2) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"into": {"repoUrl": "github.com/koed00/django-q"}}, [("into", "INVALID")]),
        (
            {"from": {"slug": "none"}, "expectedRevision": 3},
            [("from.slug", "NOT_FOUND"), ("expectedRevision", "CONFLICT")],
        ),
        ({"into": {"id": "Package:9"}}, [("into.id", "NOT_FOUND")]),
    ],
)
async def test_what_cannot_be_merged(
    engine: AsyncEngine, given: Row, expected: list[tuple[str, str]]
) -> None:
    await loaded(engine, APPS, QUEUES, Q, Q2)
    assert await errors(engine, package_merge, MERGE | given) == expected


async def test_locked_grids_that_would_change(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, Q2)
    await edited(engine, grid_update, {"id": "Grid:1", "isLocked": True}, ADMIN)
    refusal = await refused(engine, package_merge, MERGE)
    (error,) = refusal.errors
    assert (error.path, error.code.name) == (("input", "from"), "LOCKED")
    # The one that stays may be in a locked grid.
    await edited(engine, package_merge, {"from": MERGE["into"], "into": MERGE["from"]})


async def test_an_admin_merges_what_locked_grids_compare(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, Q2)
    member = {"grid": {"slug": "queues"}, "package": {"slug": "django-q2"}}
    await edited(engine, grid_package_add, member)
    await edited(engine, grid_update, {"id": "Grid:1", "isLocked": True}, ADMIN)
    await edited(engine, package_merge, MERGE, ADMIN)
    assert await fetch(engine, "SELECT package_id FROM grid_package") == [(2,)]


async def test_a_merged_name_is_free_for_another(engine: AsyncEngine) -> None:
    await loaded(engine, APPS, QUEUES, Q, Q2)
    await edited(engine, package_merge, MERGE)
    given = {"repoUrl": "github.com/koed00/django-q", "category": {"slug": "apps"}}
    outcome, _ = await edited(engine, package_create, given)
    assert await column(engine, "slug", outcome["node"]) == "django-q"
    assert await aliases(engine) == [("DATABASE_ID", "2948", 2)]
