"""Grids are made, changed and deleted with all that is in them; locked ones are admins' alone."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.cell_edits import grid_cells_set
from db.feature_edits import feature_create, feature_delete, feature_update, features_reorder
from db.grid_edits import (
    grid_create,
    grid_delete,
    grid_package_add,
    grid_package_remove,
    grid_update,
)
from tests.db.editing import ADMIN, EditFunction, diffs, edited, errors, found_by, refused
from tests.db.small import Q2, QUEUES, SMALL, fetch, loaded

IN_QUEUES = {"grid": {"slug": "queues"}, "package": {"slug": "django-q"}}
NOT_IN_QUEUES = {"grid": {"id": "Grid:1"}, "package": {"slug": "django-q2"}}


@pytest.fixture(autouse=True)
async def _filled(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)


async def counts(engine: AsyncEngine) -> tuple[list[int], list[int]]:
    """Of packages by grid, and of grids by package."""
    grids = await fetch(engine, "SELECT package_count FROM grid ORDER BY id")
    packages = await fetch(engine, "SELECT grid_count FROM package ORDER BY id")
    return [count for (count,) in grids], [count for (count,) in packages]


async def test_one_is_made_with_its_packages_and_features(engine: AsyncEngine) -> None:
    given = {
        "title": "Small Queues",
        "description": "Of few tasks",
        "packages": [{"repoUrl": Q2["repoUrl"]}, {"slug": "Django-Q"}, {"pypi": "Django.Q"}],
        "features": ["Broker", " Speed "],
    }
    outcome, changes = await edited(engine, grid_create, given)
    assert outcome == {"node": 2}
    assert [change["node_type"] for change in changes] == ["FEATURE", "FEATURE", "GRID"]
    assert [change["diff"]["title"][1] for change in changes[:2]] == ["Broker", "Speed"]
    diff = changes[2]["diff"]
    assert diff["slug"] == [None, "small-queues"]
    assert diff["features"] == [None, ["Feature:3", "Feature:4"]]
    assert diff["packages"] == {"Package:1": [False, True], "Package:2": [False, True]}
    assert await counts(engine) == ([1, 2], [2, 1])
    query = "SELECT title, position FROM feature WHERE grid_id = 2 ORDER BY position"
    assert await fetch(engine, query) == [("Broker", 0), ("Speed", 1)]
    assert await found_by(engine, "few") == {"GRID:2"}


async def test_fields_that_are_given_change(engine: AsyncEngine) -> None:
    given = {"id": "Grid:1", "expectedRevision": 1, "title": "Workers", "header": True}
    said = await diffs(engine, grid_update, given | {"slug": "workers"})
    assert said == {
        "UPDATE GRID:1@2": {
            "title": ["Task Queues", "Workers"],
            "slug": ["Queues", "workers"],
            "header": [False, True],
        }
    }
    assert await found_by(engine, "workers") == {"GRID:1"}
    assert await found_by(engine, "task") == set()
    # Its former name still finds it.
    assert await edited(engine, grid_package_add, IN_QUEUES) == ({"node": 1}, [])


async def test_what_a_grid_has_goes_with_it(engine: AsyncEngine) -> None:
    outcome, changes = await edited(engine, grid_delete, {"id": "Grid:1"})
    assert outcome == {"deletedId": "Grid:1", "alsoDeletedIds": ["Feature:1", "Feature:2"]}
    assert [(change["action"], change["node_type"]) for change in changes] == [
        ("DELETE", "FEATURE"),
        ("DELETE", "FEATURE"),
        ("DELETE", "GRID"),
    ]
    diff = changes[-1]["diff"]
    assert diff["features"] == [["Feature:1", "Feature:2"], None]
    assert diff["packages"] == {"Package:1": [True, False]}
    assert diff["cells"] == {"Package:1": {"Feature:1": ["No", ""], "Feature:2": ["++", ""]}}
    for table in ("grid", "feature", "grid_package", "cell"):
        assert await fetch(engine, f"SELECT * FROM {table}") == []
    assert await counts(engine) == ([], [0, 0])
    assert await found_by(engine, "queues") == set()


async def test_a_package_comes_and_goes_with_its_cells(engine: AsyncEngine) -> None:
    given = NOT_IN_QUEUES | {"expectedRevision": 1}
    assert await diffs(engine, grid_package_add, given) == {
        "UPDATE GRID:1@2": {"packages": {"Package:2": [False, True]}}
    }
    assert await diffs(engine, grid_package_add, NOT_IN_QUEUES) == {}
    assert await counts(engine) == ([2], [1, 1])
    assert await diffs(engine, grid_package_remove, IN_QUEUES) == {
        "UPDATE GRID:1@3": {
            "packages": {"Package:1": [True, False]},
            "cells": {"Package:1": {"Feature:1": ["No", ""], "Feature:2": ["++", ""]}},
        }
    }
    assert await edited(engine, grid_package_remove, IN_QUEUES) == ({"node": 1}, [])
    assert await counts(engine) == ([1], [0, 1])


async def test_a_package_keeps_the_cells_of_other_grids(engine: AsyncEngine) -> None:
    given = {"title": "Second", "packages": [{"slug": "django-q"}], "features": ["a"]}
    await edited(engine, grid_create, given)
    cell = {"package": {"slug": "django-q"}, "feature": "Feature:3", "text": "yes"}
    await edited(engine, grid_cells_set, {"grid": {"slug": "second"}, "cells": [cell]})
    await edited(engine, grid_package_remove, IN_QUEUES)
    assert await fetch(engine, "SELECT feature_id, text FROM cell") == [(3, "yes")]
    assert await counts(engine) == ([0, 1], [1, 0])


MANY = [str(number) for number in range(101)]

CREATE_ERRORS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"title": "Queues"}, [("slug", "TAKEN")]),
    ({"title": "New", "header": None}, [("header", "INVALID")]),
    ({"title": "New", "features": None}, [("features", "INVALID")]),
    ({"title": "New", "packages": None}, [("packages", "INVALID")]),
    ({"title": "New", "features": MANY}, [("features", "TOO_MANY")]),
    ({"title": "New", "packages": [{"slug": "x"}] * 1_001}, [("packages", "TOO_MANY")]),
    ({"title": "New", "features": ["a", "a "]}, [("features.1", "INVALID")]),
    ({"title": "New", "isLocked": True}, [("isLocked", "FORBIDDEN")]),
    (
        {
            "title": "",
            "features": ["a", "", "b", "x" * 101],
            "packages": [{"slug": "no"}, {"repoUrl": "no"}, {"id": "Grid:1"}, {"databaseId": 9}],
        },
        [
            ("title", "INVALID"),
            ("features.1", "INVALID"),
            ("features.3", "INVALID"),
            ("packages.0.slug", "NOT_FOUND"),
            ("packages.1.repoUrl", "INVALID"),
            ("packages.2.id", "INVALID"),
            ("packages.3.databaseId", "NOT_FOUND"),
        ],
    ),
]


@pytest.mark.parametrize(("given", "expected"), CREATE_ERRORS)
async def test_each_error_names_its_field(
    engine: AsyncEngine, given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert await errors(engine, grid_create, given) == expected


async def test_a_made_slug_that_is_taken_says_by_whom(engine: AsyncEngine) -> None:
    refusal = await refused(engine, grid_create, {"title": "queues!"})
    assert refusal.errors[0].message.startswith("Grid:1 has it")


async def test_a_grid_takes_the_most_features(engine: AsyncEngine) -> None:
    outcome, _ = await edited(engine, grid_create, {"title": "New", "features": MANY[:100]})
    grid = {"grid": {"id": f"Grid:{outcome['node']}"}}
    assert await errors(engine, feature_create, grid | {"title": "One more"}) == [
        ("grid", "TOO_MANY")
    ]


async def test_memberships_that_cannot_be(engine: AsyncEngine) -> None:
    for given, expected in (
        (IN_QUEUES | {"grid": {"slug": "no"}}, ("grid.slug", "NOT_FOUND")),
        (IN_QUEUES | {"package": {"slug": "no"}}, ("package.slug", "NOT_FOUND")),
        (IN_QUEUES | {"expectedRevision": 7}, ("expectedRevision", "CONFLICT")),
    ):
        for function in (grid_package_add, grid_package_remove):
            assert await errors(engine, function, given) == [expected]
    refusal = await refused(engine, grid_delete, {"id": "Grid:1", "expectedRevision": 7})
    assert refusal.current == "Grid:1"


DOORS: list[tuple[EditFunction, dict[str, Any], str]] = [
    (grid_update, {"id": "Grid:1", "title": "New"}, "id"),
    (grid_update, {"id": "Grid:1", "isLocked": False}, "id"),
    (grid_delete, {"id": "Grid:1"}, "id"),
    (grid_package_add, NOT_IN_QUEUES, "grid"),
    (grid_package_remove, IN_QUEUES, "grid"),
    (feature_create, {"grid": {"slug": "queues"}, "title": "New"}, "grid"),
    (feature_update, {"id": "Feature:1", "title": "New"}, "id"),
    (feature_delete, {"id": "Feature:1"}, "id"),
    (
        features_reorder,
        {"grid": {"databaseId": 1_000_001}, "features": ["Feature:2", "Feature:1"]},
        "grid",
    ),
    (
        grid_cells_set,
        {
            "grid": {"slug": "queues"},
            "cells": [{"package": {"slug": "django-q"}, "feature": "Feature:1", "text": ""}],
        },
        "grid",
    ),
]


@pytest.mark.parametrize(("function", "given", "path"), DOORS)
async def test_a_locked_grid_is_the_admins(
    engine: AsyncEngine, function: EditFunction, given: dict[str, Any], path: str
) -> None:
    lock = {"id": "Grid:1", "isLocked": True}
    assert await errors(engine, grid_update, lock) == [("isLocked", "FORBIDDEN")]
    assert await diffs(engine, grid_update, lock, ADMIN) == {
        "UPDATE GRID:1@2": {"isLocked": [False, True]}
    }
    # Locked is said first, whatever else is wrong.
    refusal = await refused(engine, function, given | {"expectedRevision": 9})
    assert refusal.current == (given["id"] if path == "id" else "Grid:1")
    assert [(error.path, error.code.name) for error in refusal.errors] == [
        (("input", path), "LOCKED")
    ]
    assert (await edited(engine, function, given, ADMIN))[1]


async def test_an_admin_makes_a_locked_grid(engine: AsyncEngine) -> None:
    given = {"title": QUEUES["title"], "isLocked": True, "features": ["a"], "packages": []}
    said = await diffs(engine, grid_create, given, ADMIN)
    assert said["CREATE GRID:2@1"]["isLocked"] == [None, True]
