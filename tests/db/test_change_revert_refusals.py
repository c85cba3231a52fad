"""Undoing changes: what is in the way, what is another one's now, and what is not an editor's."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.category_edits import category_create, category_delete
from db.cell_edits import grid_cells_set
from db.change_revert import change_revert
from db.feature_edits import feature_create, feature_delete
from db.grid_edits import (
    grid_create,
    grid_package_add,
    grid_update,
)
from db.package_edits import package_create, package_update
from tests.db.editing import EDITOR, refused
from tests.db.reverting import (
    EDITS,
    GRID,
    Made,
    cells,
    fill,
    in_the_way,
    made,
    several,
    undo,
    versions_add,
)


@pytest.fixture(autouse=True)
async def _directory(engine: AsyncEngine) -> None:
    await fill(engine)


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
