"""Undoing changes: what comes back, and that an undo is undone."""

import re
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.feature_edits import feature_create, features_reorder
from db.fields import fields_of
from db.inputs import Given
from db.inverse import MODELS
from db.package_edits import package_update
from db.packages_upsert import packages_upsert
from tests.db.editing import EDITOR, EditFunction
from tests.db.reverting import (
    EDITS,
    GRID,
    PAGE,
    REPO,
    fill,
    in_the_way,
    made,
    refreshed,
    see_that_the_log_agrees,
    state,
    undo,
)
from tests.db.small import APPS, Q2, QUEUES, Q, fetch, loaded


@pytest.fixture(autouse=True)
async def _directory(engine: AsyncEngine) -> None:
    await fill(engine)


def test_the_page_names_the_fields_of_each_type() -> None:
    named = {
        name: re.findall(r"`(\w+)`", f)
        for name, f in re.findall(r"^\| `([A-Z]+)` \|(.*)", PAGE, re.M)
    }
    fields = {name: [field.name for field in fields_of(model)] for name, model in MODELS.items()}
    assert {name: sorted(each) for name, each in named.items() if name in fields} == {
        name: sorted(each) for name, each in fields.items()
    }


@pytest.mark.parametrize(("node", "function", "given"), EDITS.values(), ids=EDITS)
async def test_undone_it_is_as_before_and_that_is_undone_too(
    engine: AsyncEngine, node: str, function: EditFunction, given: Given
) -> None:
    before = await state(engine)
    number = (await made(engine, function, given))[node]
    after = await state(engine)
    assert after != before
    for _ in range(2):
        number = (await undo(engine, number))[node]
        assert await state(engine) == before
        number = (await undo(engine, number))[node]
        assert await state(engine) == after
    await see_that_the_log_agrees(engine)


@pytest.mark.parametrize(("node", "function", "given"), EDITS.values(), ids=EDITS)
async def test_what_is_undone_is_not_undone_again(
    engine: AsyncEngine, node: str, function: EditFunction, given: Given
) -> None:
    number = (await made(engine, function, given))[node]
    undone = await undo(engine, number)
    code, named, _ = await in_the_way(engine, number)
    assert code == "CONFLICT"
    assert named in undone.values()


STACK = (
    *("a category", "a new package", "a package", "a new version", "upstream's figures"),
    *("a grid", "a new member", "cells", "an order", "a new feature", "a feature"),
    *("a feature's end", "a member's end", "a package's end", "a grid's end", "a new grid"),
)


async def test_edits_are_undone_one_after_the_other_to_the_start(engine: AsyncEngine) -> None:
    states, numbers = [], []
    for node, function, given in map(EDITS.__getitem__, STACK):
        states.append(await state(engine))
        numbers.append((await made(engine, function, given))[node])
    for before, number in zip(reversed(states), reversed(numbers), strict=True):
        await undo(engine, number)
        assert await state(engine) == before


async def test_one_row_of_many_is_undone_and_the_others_stay(engine: AsyncEngine) -> None:
    new = [
        {"repoUrl": REPO.format(n), "category": {"slug": "tool"}, "grids": [GRID]}
        for n in range(498)
    ]
    old = [{"slug": slug, "title": "New"} for slug in ("celery", "huey")]
    numbers = await made(engine, packages_upsert, {"packages": [*new, *old]})
    again = await undo(engine, numbers["PACKAGE:20"])
    assert again.keys() == {"PACKAGE:20", "GRID:1"}
    assert (await undo(engine, numbers["PACKAGE:2"])).keys() == {"PACKAGE:2"}
    assert await fetch(engine, "SELECT package_count FROM grid") == [(499,)]
    counts = await fetch(engine, "SELECT package_count FROM category ORDER BY id")
    assert counts == [(3,), (497,), (0,)]
    titles = await fetch(engine, "SELECT title FROM package WHERE id < 4 ORDER BY id")
    assert titles == [("django-q",), ("celery",), ("New",)]
    await undo(engine, again["PACKAGE:20"])
    assert await fetch(engine, "SELECT package_count FROM grid") == [(500,)]


async def test_of_a_load_one_object_is_undone(engine: AsyncEngine) -> None:
    grid = {**QUEUES, "slug": "loaded"}
    q = {**Q, "slug": "q", "grids": ["loaded"], "repoUrl": "https://a.example/b/c"}
    del q["lastFetched"]
    q |= {"cells": {"loaded": {"Broker": "no", "Retries": "++"}}}
    category = {**APPS, "slug": "loaded", "databaseId": 9}
    await loaded(engine, category, grid, q | {"category": "loaded"}, {**Q2, "category": "app"})
    query = "SELECT id, node_type FROM change WHERE actor = 'load' ORDER BY id"
    changes = [(node_type, number) for number, node_type in await fetch(engine, query)]
    numbers = dict(reversed(changes))
    after = await state(engine)
    code, named, _ = await in_the_way(engine, numbers["CATEGORY"])
    assert (code, named) == ("CONFLICT", numbers["PACKAGE"])
    for node, gone in (
        ("PACKAGE", {"PACKAGE:4", "VERSION:3", "VERSION:4", "VERSION:5", "GRID:2"}),
        ("FEATURE", {"FEATURE:4", "GRID:2"}),
        ("GRID", {"GRID:2", "FEATURE:4", "FEATURE:5"}),
    ):
        undone = await undo(engine, numbers[node])
        assert undone.keys() == gone
        await undo(engine, max(undone.values()))
        assert await state(engine) == after


async def test_what_was_changed_beside_it_stays(engine: AsyncEngine) -> None:
    number = (await made(engine, package_update, {"id": "Package:1", "title": "Q"}))["PACKAGE:1"]
    await made(engine, package_update, {"id": "Package:1", "licenses": ["BSD"]})
    await undo(engine, number)
    query = "SELECT title, licenses, revision FROM package WHERE id = 1"
    ((title, licenses, revision),) = await fetch(engine, query)
    assert (title, revision) == ("django-q", 5)
    assert "BSD" in licenses


async def test_a_feature_comes_back_after_those_that_it_came_after(engine: AsyncEngine) -> None:
    node, function, given = EDITS["a feature's end"]
    number = (await made(engine, function, given))[node]
    await made(engine, features_reorder, {"grid": GRID, "features": ["Feature:3", "Feature:1"]})
    for position in (0, 2):
        of_grid = {"grid": GRID, "title": f"New {position}", "position": position}
        await made(engine, feature_create, of_grid)
    await undo(engine, number)
    query = "SELECT title, position FROM feature ORDER BY position"
    titles = ["New 0", "Admin", "New 2", "Broker", "Retries"]
    assert await fetch(engine, query) == [(each, n) for n, each in enumerate(titles)]
    assert await fetch(
        engine, "SELECT text FROM cell WHERE feature_id = 2 ORDER BY package_id"
    ) == [
        ("no",),
        ("++",),
    ]


async def test_what_comes_back_has_a_revision_that_it_never_had(engine: AsyncEngine) -> None:
    revisions = []
    query = (
        "SELECT (SELECT revision FROM package WHERE id = 1), revision, created < modified FROM grid"
    )
    ((before, of_grid, _),) = await fetch(engine, query)
    node, function, given = EDITS["a package's end"]
    number = (await made(engine, function, given))[node]
    for _ in range(2):
        again = (await undo(engine, number))[node]
        revisions += await fetch(engine, query)
        await undo(engine, again)
    assert revisions == [(before + 1, of_grid + 2, True), (before + 2, of_grid + 4, True)]


async def test_a_score_that_moved_is_worked_out_anew(engine: AsyncEngine) -> None:
    node, function, given = EDITS["upstream's figures"]
    number = (await made(engine, function, given))[node]
    moved = (await made(engine, refreshed, {"package": 1, "values": {"score": 30}}))[node]
    assert (await in_the_way(engine, moved))[::2] == (
        "INVALID",
        "nothing to undo: other fields decide what it changed, score",
    )
    await undo(engine, number)
    query = "SELECT repo_watchers, score FROM package WHERE id = 1"
    assert await fetch(engine, query) == [(10, 7)]


async def test_an_editor_undoes_a_category_s_end(engine: AsyncEngine) -> None:
    node, function, given = EDITS["a category's end"]
    await undo(engine, (await made(engine, function, given))[node], EDITOR)


async def names(engine: AsyncEngine) -> set[tuple[Any, ...]]:
    return {*await fetch(engine, "SELECT kind, name, node_id FROM alias")}


async def test_an_undone_merge_gives_former_names_back(engine: AsyncEngine) -> None:
    await made(
        engine, package_update, {"id": "Package:1", "slug": "q", "repoUrl": REPO.format("q")}
    )
    before, former = await state(engine), await names(engine)
    assert former == {
        ("SLUG", "django-q", 1),
        ("REPO_URL", "github.com/some/django-q", 1),
    }
    node, function, given = EDITS["a package merged into another"]
    number = (await made(engine, function, given))[node]
    merged, after = await state(engine), await names(engine)
    assert {key for *_, key in after} == {3}
    for _ in range(2):
        numbers = await undo(engine, number)
        assert (await state(engine), await names(engine)) == (before, former)
        numbers = await undo(engine, numbers["PACKAGE:3"])
        assert (await state(engine), await names(engine)) == (merged, after)
        number = numbers["PACKAGE:1"]


async def test_a_former_name_that_was_taken_since_is_not_given_back(engine: AsyncEngine) -> None:
    await made(engine, package_update, {"id": "Package:1", "slug": "q"})
    node, function, given = EDITS["a package merged into another"]
    number = (await made(engine, function, given))[node]
    await made(engine, package_update, {"id": "Package:2", "slug": "django-q"})
    await undo(engine, number)
    assert await names(engine) == {("SLUG", "celery", 2)}
    diff = "SELECT diff FROM change WHERE node_id = 1 ORDER BY id DESC LIMIT 1"
    assert "aliases" not in str(await fetch(engine, diff))
