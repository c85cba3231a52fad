"""Undoing changes: what comes back, what is in the way, and that an undo is undone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
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
from db.packages_upsert import packages_upsert
from db.token import Actor
from db.version import Version
from tests.db.editing import ADMIN, EDITOR, EditFunction, edited, refused
from tests.db.small import APPS, Q2, QUEUES, Q, fetch, loaded

Row = dict[str, Any]
Tables = dict[str, Any]

COMPARED = (
    *("category", "package", "version", "grid", "feature", "grid_package", "cell", "ingest"),
    *("search_document", "search_posting"),
)
"""The tables that are as they were before once a change is undone."""

MOVED = {"revision", "modified"}
"""Columns that an undo moves on, as any edit does."""


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


def test_the_page_names_the_fields_of_each_type() -> None:
    named = {
        name: re.findall(r"`(\w+)`", f)
        for name, f in re.findall(r"^\| `([A-Z]+)` \|(.*)", PAGE, re.M)
    }
    fields = {name: [field.name for field in fields_of(model)] for name, model in MODELS.items()}
    assert {name: sorted(each) for name, each in named.items() if name in fields} == {
        name: sorted(each) for name, each in fields.items()
    }


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


@pytest.fixture(autouse=True)
async def _directory(engine: AsyncEngine) -> None:
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


Made = tuple[str, EditFunction, Given]
"""An edit, and which of its changes is meant."""

TITLE: Made = ("PACKAGE:1", package_update, {"id": "Package:1", "title": "Q"})
NEW_PACKAGE = EDITS["a new package"]
NEW_GRID = EDITS["a new grid"]
NEW_MEMBER = EDITS["a new member"]
PACKAGE_END = EDITS["a package's end"]
CLEARED: Made = ("GRID:1", grid_cells_set, cells(p1f1=""))
WITH_CELL: Made = ("GRID:1", grid_cells_set, cells(p3f1="yes"))
MOVED_AWAY: Made = (
    "PACKAGE:1",
    package_update,
    {"id": "Package:1", "category": {"slug": "tool"}},
)

IN_THE_WAY: dict[str, tuple[Made, list[Made], str]] = {
    "a field": (
        TITLE,
        [
            ("PACKAGE:1", package_update, {"id": "Package:1", "title": "QQ"}),
            ("PACKAGE:1", package_update, {"id": "Package:1", "documentationUrl": "http://a.b"}),
        ],
        "changed title of Package:1",
    ),
    "the end of what changed": (TITLE, [PACKAGE_END], "deleted Package:1"),
    "another title of what was made": (
        NEW_PACKAGE,
        [("PACKAGE:4", package_update, {"id": "Package:4", "title": "RQ"})],
        "changed title of Package:4",
    ),
    "a version of what was made": (
        NEW_PACKAGE,
        [("VERSION:3", versions_add, {"package": 4, "numbers": ["1"]})],
        "made Version:3",
    ),
    "a grid with what was made": (
        NEW_PACKAGE,
        [
            (
                "GRID:2",
                grid_create,
                {"title": "Caches", "packages": [{"id": "Package:4"}]},
            )
        ],
        "made Grid:2",
    ),
    "a cell of what was made": (
        NEW_PACKAGE,
        [("GRID:1", grid_cells_set, cells(p4f1="yes"))],
        "changed cells.Package:4.Feature:1 of Grid:1",
    ),
    "what is replaced by what was made": (
        NEW_PACKAGE,
        [
            (
                "PACKAGE:1",
                package_update,
                {"id": "Package:1", "replacedBy": {"id": "Package:4"}},
            )
        ],
        "changed replacedBy of Package:1",
    ),
    "a package of the category": (
        EDITS["a new category"],
        [
            (
                "PACKAGE:1",
                package_update,
                {"id": "Package:1", "category": {"slug": "library"}},
            )
        ],
        "changed category of Package:1",
    ),
    "a member of what was made": (
        NEW_GRID,
        [("GRID:2", grid_package_add, {"grid": {"id": "Grid:2"}, "package": {"id": "Package:1"}})],
        "changed packages.Package:1 of Grid:2",
    ),
    "a feature of what was made": (
        NEW_GRID,
        [("FEATURE:6", feature_create, {"grid": {"id": "Grid:2"}, "title": "Price"})],
        "made Feature:6",
    ),
    "a cell of the new member": (
        NEW_MEMBER,
        [WITH_CELL],
        "changed cells.Package:3.Feature:1 of Grid:1",
    ),
    "a cell of the new feature": (
        EDITS["a new feature"],
        [("GRID:1", grid_cells_set, cells(p1f4="yes"))],
        "changed cells.Package:1.Feature:4 of Grid:1",
    ),
    "the end of the category before": (
        EDITS["a package"],
        [
            *(
                (
                    f"PACKAGE:{key}",
                    package_update,
                    {"id": f"Package:{key}", "category": {"slug": "tool"}},
                )
                for key in (2, 3)
            ),
            ("CATEGORY:1", category_delete, {"id": "Category:1"}),
        ],
        "deleted Category:1",
    ),
    "the end of the member": (EDITS["a member's end"], [PACKAGE_END], "deleted Package:1"),
    "the end of the grid": (
        EDITS["a feature's end"],
        [EDITS["a grid's end"]],
        "deleted Grid:1",
    ),
    "the end of a grid that it was in": (
        PACKAGE_END,
        [EDITS["a grid's end"]],
        "deleted Grid:1",
    ),
    "the end of the cell's feature": (
        CLEARED,
        [("FEATURE:1", feature_delete, {"id": "Feature:1"})],
        "deleted Feature:1",
    ),
    "the end of the cell's member": (
        CLEARED,
        [EDITS["a member's end"]],
        "changed packages.Package:1 of Grid:1",
    ),
    "a feature after another order": (
        EDITS["an order"],
        [("GRID:1", feature_create, {"grid": GRID, "title": "Cron"})],
        "changed features of Grid:1",
    ),
    "a replacement that leads back": (
        (
            "PACKAGE:3",
            package_update,
            {"id": "Package:3", "replacedBy": None},
        ),
        [
            (
                "PACKAGE:1",
                package_update,
                {"id": "Package:1", "replacedBy": {"id": "Package:3"}},
            ),
            (
                "PACKAGE:2",
                package_update,
                {"id": "Package:2", "replacedBy": {"id": "Package:1"}},
            ),
        ],
        "changed replacedBy of Package:2",
    ),
    "a field of one of two that were merged": (
        EDITS["a package merged into another"],
        [("PACKAGE:3", package_update, {"id": "Package:3", "licenses": ["BSD"]})],
        "changed licenses of Package:3",
    ),
}


@pytest.mark.parametrize(("first", "later", "said"), IN_THE_WAY.values(), ids=IN_THE_WAY)
async def test_what_is_in_the_way_is_named(
    engine: AsyncEngine, first: Made, later: list[Made], said: str
) -> None:
    node, function, given = first
    number = (await made(engine, function, given))[node]
    numbers = [(await made(engine, function, given))[node] for node, function, given in later]
    code, named, message = await in_the_way(engine, number)
    assert (code, said) == ("CONFLICT", said)
    assert message.endswith(f": it {said}")
    assert named in numbers
    for number_ in reversed(numbers[numbers.index(named) :]):
        await undo(engine, number_)
    await undo(engine, number)


TAKEN: dict[str, tuple[Made, Made, str]] = {
    "a slug": (
        PACKAGE_END,
        ("PACKAGE:4", package_create, {**NEW_PACKAGE[2], "slug": "DJANGO-q"}),
        "Package:4 has 'django-q' now",
    ),
    "a repository": (
        PACKAGE_END,
        (
            "PACKAGE:2",
            package_update,
            {"id": "Package:2", "repoUrl": "https://github.com/SOME/django-q.git"},
        ),
        "Package:2 has 'github.com/some/django-q' now",
    ),
    "a category's slug": (
        EDITS["a category"],
        ("CATEGORY:4", category_create, {"title": "App"}),
        "Category:4 has 'app' now",
    ),
    "a version's number": (
        EDITS["a version's end"],
        ("VERSION:3", versions_add, {"package": 1, "numbers": ["2.0a1"]}),
        "Version:3 has '2.0a1' now",
    ),
    "a feature's title": (
        EDITS["a feature's end"],
        ("FEATURE:4", feature_create, {"grid": GRID, "title": "Retries"}),
        "Feature:4 has 'Retries' now",
    ),
}


@pytest.mark.parametrize(("first", "later", "said"), TAKEN.values(), ids=TAKEN)
async def test_what_another_one_has_taken_is_told(
    engine: AsyncEngine, first: Made, later: Made, said: str
) -> None:
    numbers = [
        (await made(engine, function, given))[node] for node, function, given in (first, later)
    ]
    code, _, message = await in_the_way(engine, numbers[0])
    assert (code, message) == ("TAKEN", said)
    await undo(engine, numbers[1])
    await undo(engine, numbers[0])


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
    node, function, given = PACKAGE_END
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


async def test_a_grid_that_moved_with_a_feature_alone_has_nothing_to_undo(
    engine: AsyncEngine,
) -> None:
    node, function, given = EDITS["a feature"]
    numbers = await made(engine, function, given)
    code, named, _ = await in_the_way(engine, numbers["GRID:1"])
    assert (code, named) == ("INVALID", numbers[node])


@pytest.mark.parametrize(
    ("id_", "code"),
    [("Change:999", "NOT_FOUND"), ("Package:1", "INVALID"), ("17", "INVALID")],
)
async def test_only_what_is_logged_is_undone(engine: AsyncEngine, id_: str, code: str) -> None:
    (error,) = (await refused(engine, change_revert, {"id": id_})).errors
    assert (error.path, error.code.name) == (("input", "id"), code)


async def test_a_full_grid_takes_no_feature_back(engine: AsyncEngine) -> None:
    node, function, given = EDITS["a feature's end"]
    number = (await made(engine, function, given))[node]
    new = [(feature_create, {"grid": GRID, "title": f"New {n}"}) for n in range(98)]
    await made(engine, several, {"edits": new})
    assert (await in_the_way(engine, number))[0] == "TOO_MANY"


LOCK: Made = ("GRID:1", grid_update, {"id": "Grid:1", "isLocked": True})

NOT_AN_EDITOR_S: dict[str, tuple[Made, Made | None, str]] = {
    "a lock": (LOCK, None, "FORBIDDEN"),
    "a locked grid": (EDITS["a new grid"], None, "FORBIDDEN"),
    "a category": (EDITS["a new category"], None, "FORBIDDEN"),
    "a cell of a locked grid": (CLEARED, LOCK, "LOCKED"),
    "a feature of a locked grid": (EDITS["a feature"], LOCK, "LOCKED"),
    "a title of a locked grid": (
        ("GRID:1", grid_update, {"id": "Grid:1", "title": "Tasks"}),
        LOCK,
        "LOCKED",
    ),
    "a package of a locked grid": (PACKAGE_END, LOCK, "LOCKED"),
    "a new package of a locked grid": (NEW_PACKAGE, LOCK, "LOCKED"),
    "a merge in a locked grid": (EDITS["a package merged into another"], LOCK, "LOCKED"),
}


@pytest.mark.parametrize(("first", "later", "code"), NOT_AN_EDITOR_S.values(), ids=NOT_AN_EDITOR_S)
async def test_an_editor_undoes_what_an_editor_may_do(
    engine: AsyncEngine, first: Made, later: Made | None, code: str
) -> None:
    node, function, given = first
    number = (await made(engine, function, given))[node]
    if later is not None:
        await made(engine, later[1], later[2])
    refusal = await refused(engine, change_revert, {"id": f"Change:{number}"}, EDITOR)
    assert [error.code.name for error in refusal.errors] == [code]
    await undo(engine, number)


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
