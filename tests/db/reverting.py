"""A directory, edits of each kind on it, and how tests undo them and look at what became of it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.base import Base
from db.category_edits import category_create, category_delete, category_update
from db.cell_edits import grid_cells_set
from db.change_revert import change_revert
from db.edit import CHANGE, Edit
from db.feature_edits import feature_create, feature_delete, feature_update, features_reorder
from db.fields import fields_of, global_id, instant
from db.grid_edits import (
    grid_create,
    grid_delete,
    grid_package_add,
    grid_package_remove,
    grid_update,
)
from db.inputs import Given, Outcome
from db.inverse import MODELS, key_in
from db.package import Package
from db.package_edits import package_create, package_delete, package_update
from db.package_merge import package_merge
from db.token import Actor
from db.version import Version
from tests.db.editing import ADMIN, EditFunction, edited, refused
from tests.db.small import fetch

Row = dict[str, Any]
Tables = dict[str, Any]

COMPARED = (
    *("category", "package", "version", "grid", "feature", "grid_package", "cell", "ingest"),
    *("search_document", "search_posting"),
)
"""The tables that are as they were before once a change is undone."""

MOVED = {"revision", "modified", "next_due"}
"""Columns that an undo moves on, as any edit does, or any of an address."""


async def mappings(engine: AsyncEngine, query: Executable) -> list[Row]:
    async with engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(query)).mappings()]


async def state(engine: AsyncEngine) -> Tables:
    tables: Tables = {}
    for name in COMPARED:
        rows = await mappings(engine, select(Base.metadata.tables[name]))
        kept = [{key: row[key] for key in row.keys() - MOVED} for row in rows]
        tables[name] = sorted(kept, key=lambda row: sorted(map(repr, row.items())))
    return tables


PAGE = (Path(__file__).parents[2] / "docs" / "changes.md").read_text()


def apply_as_documented() -> Callable[[Tables, Row], None]:
    """`apply` of docs/changes.md."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    apply: Callable[[Tables, Row], None] = names["apply"]
    return apply


async def see_that_the_log_agrees(engine: AsyncEngine) -> None:
    """See that the log, applied from its start to empty tables, makes the directory."""
    apply, tables = apply_as_documented(), {name: Tables() for name in MODELS}
    for change in await mappings(engine, select(CHANGE).order_by(CHANGE.c.id)):
        model = MODELS[change["node_type"]]
        shown = {
            "type": change["node_type"],
            "nodeId": global_id(model.__name__, change["node_id"]),
            "at": instant(change["at"]),
        }
        apply(tables, change | shown)
    expected: Tables = {}
    for name, model in MODELS.items():
        rows = await mappings(engine, select(Base.metadata.tables[model.__tablename__]))
        expected[name] = {
            global_id(model.__name__, row["id"]): {
                field.name: field.shown(row[field.column]) for field in fields_of(model)
            }
            | ({} if model is Version else {"revision": row["revision"]})
            for row in rows
        }
    for key, grid in expected["GRID"].items():
        in_it = f"WHERE grid_id = {key_in(key)}"
        features = await fetch(engine, f"SELECT id FROM feature {in_it} ORDER BY position, id")
        members = await fetch(engine, f"SELECT package_id FROM grid_package {in_it}")
        texts = await fetch(engine, f"SELECT package_id, feature_id, text FROM cell {in_it}")
        grid["features"] = [f"Feature:{feature}" for (feature,) in features]
        grid["packages"] = {f"Package:{package}" for (package,) in members}
        grid["cells"] = {(f"Package:{p}", f"Feature:{f}"): text for p, f, text in texts}
    assert tables == expected


async def versions_add(edit: Edit, given: Given) -> Outcome:
    """Releases of a package."""
    rows = await edit.blank(Version, len(given["numbers"]))
    for row, number in zip(rows, given["numbers"], strict=True):
        edit.rows[Version].put(row | {"package_id": given["package"], "number": number})
    return {}


async def version_remove(edit: Edit, given: Given) -> Outcome:
    await edit.rows[Version].get(given["id"])
    edit.rows[Version].remove(given["id"])
    return {}


async def refreshed(edit: Edit, given: Given) -> Outcome:
    """What a fetch from upstream changes."""
    row = await edit.rows[Package].get(given["package"])
    assert row is not None
    edit.rows[Package].put(row | given["values"])
    return {}


async def several(edit: Edit, given: Given) -> Outcome:
    """Several edits in one transaction."""
    for function, input_ in given["edits"]:
        await function(edit, input_)
    return {}


def cells(**texts: str) -> Given:
    """Cells of the first grid: `p1f2="yes"`."""
    of_grid = []
    for key, value in texts.items():
        package, feature = key.removeprefix("p").split("f")
        ids = {"package": {"id": f"Package:{package}"}, "feature": f"Feature:{feature}"}
        of_grid.append({**ids, "text": value})
    return {"grid": GRID, "cells": of_grid}


def member(package: int) -> Given:
    return {"grid": GRID, "package": {"id": f"Package:{package}"}}


GRID = {"id": "Grid:1"}
REPO = "https://github.com/some/{}"

DIRECTORY: list[tuple[EditFunction, Given]] = [
    (category_create, {"title": "App"}),
    (category_create, {"title": "Tool"}),
    (category_create, {"title": "Empty"}),
    *(
        (package_create, {"repoUrl": REPO.format(name), "category": {"slug": "app"}})
        for name in ("django-q", "celery", "huey")
    ),
    (
        grid_create,
        {
            "title": "Queues",
            "features": ["Broker", "Retries", "Admin"],
            "packages": [{"id": "Package:1"}, {"id": "Package:2"}],
        },
    ),
    (grid_cells_set, cells(p1f1="yes", p1f2="no", p2f2="++", p2f3="since 5.0")),
    (versions_add, {"package": 1, "numbers": ["1.0", "2.0a1"]}),
    (refreshed, {"package": 1, "values": {"repo_watchers": 10, "licenses": ["MIT"]}}),
    (package_update, {"id": "Package:3", "replacedBy": {"id": "Package:2"}}),
]


async def fill(engine: AsyncEngine) -> None:
    """Make the directory."""
    for function, given in DIRECTORY:
        await edited(engine, function, dict(given))


async def made(engine: AsyncEngine, function: EditFunction, given: Given) -> dict[str, int]:
    """Make an edit: the numbers of its changes, by "PACKAGE:1"."""
    _, changes = await edited(engine, function, dict(given), ADMIN)
    return {f"{change['node_type']}:{change['node_id']}": change["id"] for change in changes}


async def undo(engine: AsyncEngine, number: int, actor: Actor = ADMIN) -> dict[str, int]:
    """Undo a change: the numbers of its changes, by "PACKAGE:1"."""
    given = {"id": f"Change:{number}"}
    outcome, changes = await edited(engine, change_revert, given, actor)
    assert outcome["node"] is None
    (of_it,) = [
        change
        for change in changes
        if [change["node_type"], change["node_id"]] == outcome["reverted"]
    ]
    assert of_it["reverts_id"] == number
    return {f"{change['node_type']}:{change['node_id']}": change["id"] for change in changes}


async def in_the_way(
    engine: AsyncEngine, number: int, actor: Actor = ADMIN
) -> tuple[str, int | None, str]:
    """Have an undo refused: the code, which change it names, and the message."""
    refusal = await refused(engine, change_revert, {"id": f"Change:{number}"}, actor)
    (error,) = refusal.errors
    assert error.path == ("input", "id")
    named = re.search(r"Change:(\d+)", error.message)
    return error.code.name, named and int(named[1]), error.message


EDITS: dict[str, tuple[str, EditFunction, Given]] = {
    "a new category": ("CATEGORY:4", category_create, {"title": "Library"}),
    "a category": (
        "CATEGORY:1",
        category_update,
        {"id": "Category:1", "title": "Application", "slug": "apps", "showPypi": False},
    ),
    "a category's end": ("CATEGORY:3", category_delete, {"id": "Category:3"}),
    "a new package": (
        "PACKAGE:4",
        package_create,
        {"repoUrl": REPO.format("rq"), "category": {"slug": "app"}, "grids": [GRID]},
    ),
    "a package": (
        "PACKAGE:1",
        package_update,
        {
            "id": "Package:1",
            "slug": "q",
            "category": {"slug": "tool"},
            "repoUrl": "https://gitlab.com/some/q",
            "licenses": [],
            "deprecatedAt": "2026-01-02T03:04:05+01:00",
            "replacedBy": {"id": "Package:2"},
        },
    ),
    "a package merged into another": (
        "PACKAGE:1",
        package_merge,
        {"from": {"id": "Package:1"}, "into": {"id": "Package:3"}},
    ),
    "a package merged into one without a repository": (
        "PACKAGE:3",
        package_merge,
        {"from": {"id": "Package:1"}, "into": {"id": "Package:3"}},
    ),
    "a package's end": ("PACKAGE:1", package_delete, {"id": "Package:1"}),
    "a new version": ("VERSION:3", versions_add, {"package": 1, "numbers": ["3.0"]}),
    "a version's end": ("VERSION:2", version_remove, {"id": 2}),
    "upstream's figures": (
        "PACKAGE:1",
        refreshed,
        {"package": 1, "values": {"repo_watchers": 20, "score": 14, "participants": ["a"]}},
    ),
    "a new grid": (
        "GRID:2",
        grid_create,
        {
            "title": "Caches",
            "isLocked": True,
            "features": ["Speed", "Size"],
            "packages": [{"id": "Package:3"}],
        },
    ),
    "a grid": ("GRID:1", grid_update, {"id": "Grid:1", "title": "Tasks", "isLocked": True}),
    "a grid's end": ("GRID:1", grid_delete, {"id": "Grid:1"}),
    "a new member": ("GRID:1", grid_package_add, member(3)),
    "a member's end": ("GRID:1", grid_package_remove, member(1)),
    "a new feature": ("FEATURE:4", feature_create, {"grid": GRID, "title": "Cron", "position": 1}),
    "a new feature, by its grid": ("GRID:1", feature_create, {"grid": GRID, "title": "Cron"}),
    "a feature": ("FEATURE:1", feature_update, {"id": "Feature:1", "title": "Brokers"}),
    "a feature's end": ("FEATURE:2", feature_delete, {"id": "Feature:2"}),
    "a feature's end, by its grid": ("GRID:1", feature_delete, {"id": "Feature:1"}),
    "an order": (
        "GRID:1",
        features_reorder,
        {"grid": GRID, "features": ["Feature:3", "Feature:1", "Feature:2"]},
    ),
    "cells": ("GRID:1", grid_cells_set, cells(p1f1="", p1f3="no", p2f2="-")),
}


Made = tuple[str, EditFunction, Given]
"""An edit, and which of its changes is meant."""
