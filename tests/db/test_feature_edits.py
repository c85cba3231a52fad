"""A grid's features stand at the positions 0 to n - 1, whatever comes, moves and goes."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.feature_edits import feature_create, feature_delete, feature_update, features_reorder
from tests.db.editing import diffs, edited, errors, refused
from tests.db.small import QUEUES, SMALL, changed, fetch, loaded

GRID = {"grid": {"slug": "queues"}}
TITLES = ["Broker", "Retries", "c", "d"]


@pytest.fixture(autouse=True)
async def _filled(engine: AsyncEngine) -> None:
    features = [{"title": title, "description": title.upper()} for title in TITLES]
    other = {"type": "grid", "slug": "other", "title": "Other", "features": [{"title": "c"}]}
    await loaded(engine, *(changed(r, features=features) if r is QUEUES else r for r in SMALL))
    await loaded(engine, other)


async def order(engine: AsyncEngine) -> list[str]:
    """The titles in order; their positions have no gap."""
    query = "SELECT title, position FROM feature WHERE grid_id = 1 ORDER BY position"
    rows = await fetch(engine, query)
    assert [position for _, position in rows] == list(range(len(rows)))
    return [title for title, _ in rows]


async def test_a_feature_is_the_last_where_no_position_is_given(engine: AsyncEngine) -> None:
    said = await diffs(engine, feature_create, GRID | {"title": " New ", "expectedRevision": 1})
    assert said == {
        "CREATE FEATURE:6@1": {
            "grid": [None, "Grid:1"],
            "title": [None, "New"],
            "description": [None, ""],
        },
        "UPDATE GRID:1@2": {
            "features": [
                ["Feature:1", "Feature:2", "Feature:3", "Feature:4"],
                ["Feature:1", "Feature:2", "Feature:3", "Feature:4", "Feature:6"],
            ]
        },
    }
    assert await order(engine) == [*TITLES, "New"]


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (0, ["New", "Broker", "Retries", "c", "d"]),
        (2, ["Broker", "Retries", "New", "c", "d"]),
        (4, ["Broker", "Retries", "c", "d", "New"]),
        (99, ["Broker", "Retries", "c", "d", "New"]),
    ],
)
async def test_others_make_room(engine: AsyncEngine, position: int, expected: list[str]) -> None:
    given = GRID | {"title": "New", "description": "Line\nline", "position": position}
    outcome, changes = await edited(engine, feature_create, given)
    assert outcome == {"node": 6}
    # Those that shift have no change of their own.
    assert [(c["node_type"], c["node_id"], c["revision"]) for c in changes] == [
        ("FEATURE", 6, 1),
        ("GRID", 1, 2),
    ]
    assert await order(engine) == expected


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (0, ["Retries", "Broker", "c", "d"]),
        (2, ["Broker", "c", "Retries", "d"]),
        (3, ["Broker", "c", "d", "Retries"]),
        (99, ["Broker", "c", "d", "Retries"]),
    ],
)
async def test_a_feature_moves(engine: AsyncEngine, position: int, expected: list[str]) -> None:
    said = await diffs(engine, feature_update, {"id": "Feature:2", "position": position})
    assert list(said) == ["UPDATE GRID:1@2"]
    assert list(said["UPDATE GRID:1@2"]) == ["features"]
    assert await order(engine) == expected
    assert await diffs(engine, feature_update, {"id": "Feature:2", "position": position}) == {}


async def test_fields_that_are_given_change(engine: AsyncEngine) -> None:
    given = {"id": "Feature:1", "expectedRevision": 1, "title": "Agent", "description": ""}
    assert await diffs(engine, feature_update, given) == {
        "UPDATE FEATURE:1@2": {"title": ["Broker", "Agent"], "description": ["BROKER", ""]},
        "UPDATE GRID:1@2": {"revision": [1, 2]},
    }
    assert await order(engine) == ["Agent", *TITLES[1:]]
    again = {"id": "Feature:1", "expectedRevision": 2, "title": "Agent"}
    assert await edited(engine, feature_update, again) == ({"node": 1}, [])


async def test_one_that_goes_takes_its_cells_and_leaves_no_gap(engine: AsyncEngine) -> None:
    outcome, changes = await edited(engine, feature_delete, {"id": "Feature:1"})
    assert outcome == {"deletedId": "Feature:1", "alsoDeletedIds": []}
    grid, feature = changes
    assert grid["diff"] == {
        "features": [
            ["Feature:1", "Feature:2", "Feature:3", "Feature:4"],
            ["Feature:2", "Feature:3", "Feature:4"],
        ],
        "cells": {"Package:1": {"Feature:1": ["No", ""]}},
    }
    assert (feature["action"], feature["node_id"]) == ("DELETE", 1)
    assert await order(engine) == ["Retries", "c", "d"]
    assert await fetch(engine, "SELECT feature_id FROM cell") == [(2,)]


async def test_all_are_put_in_order(engine: AsyncEngine) -> None:
    ids = ["Feature:4", "Feature:1", "Feature:3", "Feature:2"]
    said = await diffs(engine, features_reorder, GRID | {"features": ids, "expectedRevision": 1})
    assert list(said) == ["UPDATE GRID:1@2"]
    assert said["UPDATE GRID:1@2"]["features"][1] == ids
    assert await order(engine) == ["d", "Broker", "c", "Retries"]
    assert await edited(engine, features_reorder, GRID | {"features": ids}) == ({"node": 1}, [])


async def test_an_order_that_is_not_of_all_features_once(engine: AsyncEngine) -> None:
    ids = ["Feature:4", "Feature:5", "Feature:1", "Feature:4", "Grid:1"]
    refusal = await refused(engine, features_reorder, GRID | {"features": ids})
    assert [(".".join(error.path), error.code.name) for error in refusal.errors] == [
        ("input.features.1", "INVALID"),
        ("input.features.3", "INVALID"),
        ("input.features.4", "INVALID"),
        ("input.features", "INVALID"),
    ]
    foreign, doubled, _, missing = (error.message for error in refusal.errors)
    assert "Feature:5" in foreign
    assert "Feature:4" in doubled
    assert "Feature:2, Feature:3" in missing


CREATE_ERRORS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"title": "Broker"}, [("title", "TAKEN")]),
    ({"title": "BROKER"}, []),
    ({"title": "New", "position": -1}, [("position", "INVALID")]),
    ({"title": "New", "position": None}, [("position", "INVALID")]),
    ({"title": "", "position": -1}, [("title", "INVALID"), ("position", "INVALID")]),
    ({"title": "New", "description": None}, [("description", "INVALID")]),
    ({"title": "New", "description": "x" * 1_001}, [("description", "INVALID")]),
    ({"title": "New", "grid": {"slug": "no"}}, [("grid.slug", "NOT_FOUND")]),
    ({"title": "New", "expectedRevision": 2}, [("expectedRevision", "CONFLICT")]),
]


@pytest.mark.parametrize(("given", "expected"), CREATE_ERRORS)
async def test_each_error_names_its_field(
    engine: AsyncEngine, given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    if expected:
        assert await errors(engine, feature_create, GRID | given) == expected
    else:
        assert (await edited(engine, feature_create, GRID | given))[0] == {"node": 6}


async def test_updates_that_cannot_be(engine: AsyncEngine) -> None:
    for given, expected in (
        ({"id": "Feature:99"}, ("id", "NOT_FOUND")),
        ({"id": "Feature:2", "title": "c"}, ("title", "TAKEN")),
        ({"id": "Feature:2", "title": None}, ("title", "INVALID")),
        ({"id": "Feature:2", "position": None}, ("position", "INVALID")),
    ):
        assert await errors(engine, feature_update, given) == [expected]
    for function in (feature_update, feature_delete):
        refusal = await refused(engine, function, {"id": "Feature:2", "expectedRevision": 3})
        assert refusal.current == "Feature:2"
