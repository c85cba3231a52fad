"""Who may: every mutation of the schema with every role and with none, and locked grids."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.db.small import everything
from tests.web.editing import (
    EDITS,
    ERRORS,
    Desk,
    Given,
    Script,
    desk,
    document,
    mutations,
    written,
)

ADMINS_ONLY = {"categoryDelete"}

SHUT = {"grid": {"slug": "shut"}}
HELD = {"package": {"slug": "held"}}

LOCKED: dict[str, list[tuple[Given, str]]] = {
    "packageCreate": [
        (EDITS["packageCreate"] | {"grids": [{"slug": "queues"}, {"slug": "shut"}]}, "grids.1")
    ],
    "packageDelete": [({"id": "Package:3"}, "id")],
    "packageMerge": [
        ({"from": {"slug": "held"}, "into": {"slug": "django-q"}}, "from"),
    ],
    "packagesUpsert": [
        ({"packages": [{"slug": "django-q"}, {"slug": "django-q2", **grids}]}, "packages.1.grids.0")
        for grids in ({"grids": [{"slug": "shut"}]}, {"grids": [{"id": "Grid:2"}]})
    ],
    "gridUpdate": [({"id": "Grid:2", "title": "Open"}, "id")],
    "gridDelete": [({"id": "Grid:2"}, "id")],
    "gridPackageAdd": [({**SHUT, "package": {"slug": "django-q"}}, "grid")],
    "gridPackageRemove": [({**SHUT, **HELD}, "grid")],
    "featureCreate": [({**SHUT, "title": "New"}, "grid")],
    "featureUpdate": [({"id": "Feature:3", "title": "New"}, "id")],
    "featureDelete": [({"id": "Feature:3"}, "id")],
    "featuresReorder": [({**SHUT, "features": ["Feature:4", "Feature:3"]}, "grid")],
    "gridCellsSet": [
        (
            {
                **SHUT,
                "cells": [{"package": {"slug": "held"}, "feature": "Feature:4", "text": "no"}],
            },
            "grid",
        )
    ],
}
"""Edits that would change a locked grid, and what their error is about."""

OPEN = {
    *("categoryCreate", "categoryUpdate", "categoryDelete", "packageUpdate", "packageRefresh"),
    *("gridCreate", "changeRevert"),
}
"""Mutations that change no grid that is there; a change of a locked grid is undone below."""


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


def code_of(payload: dict[str, Any]) -> str | None:
    """The code of a payload's only error, None where it has none."""
    codes = [error["code"] for error in payload["errors"]]
    assert len(codes) <= 1
    return codes[0] if codes else None


def test_of_every_mutation_an_edit_is_known() -> None:
    assert set(EDITS) == set(mutations())
    assert set(LOCKED) | OPEN == set(mutations())
    assert not set(LOCKED) & OPEN


async def test_every_mutation_with_every_role(opened: Desk) -> None:
    expected: dict[str, tuple[Script, Any]] = {
        "nobody": (opened.nobody, lambda name: "UNAUTHENTICATED"),
        "reader": (opened.reader, lambda name: "FORBIDDEN"),
        "editor": (opened.editor, lambda name: "FORBIDDEN" if name in ADMINS_ONLY else None),
        "admin": (opened.admin, lambda name: None),
    }
    before = await everything(opened.engine)
    for name in mutations():
        for who, (script, code) in expected.items():
            payload = await script.edit(name, EDITS[name] | {"dryRun": True})
            assert (name, who, code_of(payload)) == (name, who, code(name))
    assert await written(opened.engine, before) == set()


async def test_who_may_not_learns_nothing_and_changes_nothing(opened: Desk) -> None:
    before = await everything(opened.engine)
    nothing = {"errors", "__typename"}
    for name in mutations():
        refused = [(opened.nobody, "UNAUTHENTICATED"), (opened.reader, "FORBIDDEN")]
        if name in ADMINS_ONLY:
            refused.append((opened.editor, "FORBIDDEN"))
        for script, code in refused:
            for given in (EDITS[name], EDITS[name] | {"idempotencyKey": "k" * 1_000}):
                payload = await script.edit(name, given)
                (error,) = payload["errors"]
                assert (error["path"], error["code"]) == ([], code)
                assert not [key for key in payload.keys() - nothing if payload[key]]
    assert await written(opened.engine, before) == set()


async def test_a_refusal_does_not_hold_up_the_other_fields(opened: Desk) -> None:
    query = """mutation {
        one: categoryCreate(input: {title: "One"}) { category { slug } errors { code } }
        two: categoryDelete(input: {id: "Category:2"}) { deletedId errors { code } }
        three: categoryCreate(input: {title: "Three"}) { category { slug } errors { code } }
    }"""
    assert await opened.editor.data(query) == {
        "one": {"category": {"slug": "one"}, "errors": []},
        "two": {"deletedId": None, "errors": [{"code": "FORBIDDEN"}]},
        "three": {"category": {"slug": "three"}, "errors": []},
    }


async def test_only_admins_lock_and_unlock(opened: Desk) -> None:
    locked = [("gridUpdate", {"id": "Grid:1", "isLocked": True})]
    locked += [("gridCreate", {"title": "New", "isLocked": True})]
    for name, given in locked:
        assert await opened.editor.refused(name, given) == [("isLocked", "FORBIDDEN")]
    unlocked = {"id": "Grid:2", "isLocked": False}
    assert await opened.editor.refused("gridUpdate", unlocked) == [("id", "LOCKED")]
    as_it_is = {"id": "Grid:1", "isLocked": False, "title": "T"}
    await opened.editor.made("gridUpdate", as_it_is)
    await opened.editor.made("gridCreate", {"title": "Not locked", "isLocked": False})
    for name, given in (*locked, ("gridUpdate", unlocked)):
        await opened.admin.made(name, given)


async def test_a_locked_grid_is_locked_through_every_door(opened: Desk) -> None:
    before = await everything(opened.engine)
    for name in set(mutations()) & set(LOCKED):
        for given, path in LOCKED[name]:
            refused = await opened.editor.refused(name, given)
            assert (name, refused) == (name, [(path, "LOCKED")])
            await opened.admin.made(name, given | {"dryRun": True})
    assert await written(opened.engine, before) == set()


async def test_a_change_of_a_locked_grid_is_not_undone_by_an_editor(opened: Desk) -> None:
    edits = {"gridUpdate": "GRID", "featureUpdate": "FEATURE", "packageDelete": "PACKAGE"}
    for name, node_type in edits.items():
        ((given, _),) = LOCKED[name]
        made = await opened.admin.made(name, given, f"{{ changes {{ id type }} {ERRORS} }}")
        (undone,) = [each["id"] for each in made["changes"] if each["type"] == node_type]
        ((_, code),) = await opened.editor.refused("changeRevert", {"id": undone})
        assert code == "LOCKED"
        await opened.admin.made("changeRevert", {"id": undone})


async def test_what_only_admins_do_only_they_do_by_undoing(opened: Desk) -> None:
    undone: dict[str, Given] = {
        "categoryCreate": {"title": "New"},
        "gridCreate": {"title": "New", "isLocked": True},
        "gridUpdate": {"id": "Grid:2", "isLocked": False},
    }
    for name, given in undone.items():
        made = await opened.admin.made(name, given, f"{{ changes {{ id }} {ERRORS} }}")
        undo = {"id": made["changes"][-1]["id"]}
        ((_, code),) = await opened.editor.refused("changeRevert", undo)
        assert (name, code) in {(name, "FORBIDDEN"), ("gridCreate", "LOCKED")}
        await opened.admin.made("changeRevert", undo)


@pytest.mark.parametrize("value", ["Bearer packgrid_unknown", "Basic YTpi", "Bearer"])
async def test_a_token_that_is_not_good_edits_nothing(opened: Desk, value: str) -> None:
    before = await everything(opened.engine)
    body = {"query": document("categoryCreate"), "variables": {"input": EDITS["categoryCreate"]}}
    response = await opened.admin.send(body, authorization=value)
    assert response.status_code == 401
    assert await written(opened.engine, before) == set()
