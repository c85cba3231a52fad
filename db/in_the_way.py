"""What keeps a change from being undone, and which later change that is."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from db.alias import AliasKind
from db.base import Base
from db.category import Category
from db.change import Change, ChangeAction, node_type
from db.derived import Values
from db.edit import Edit
from db.errors import ErrorCode, Refused
from db.fields import global_id, outer_name
from db.grid import Cell, Feature, Grid, GridPackage
from db.inputs import refuse
from db.inverse import PATH
from db.package import Package
from db.package_edits import replacements
from db.settle import NAMED
from db.version import Version

REFERENCES: tuple[tuple[type[Base], str, type[Base]], ...] = (
    (Package, "category_id", Category),
    (Package, "replaced_by_id", Package),
    (Version, "package_id", Package),
    (Feature, "grid_id", Grid),
    (GridPackage, "grid_id", Grid),
    (GridPackage, "package_id", Package),
    (Cell, "feature_id", Feature),
)
"""Which column of a table holds keys of which table."""

UNIQUE: tuple[tuple[type[Base], str, str], ...] = (
    *(
        (model, kind.value, kind.value)
        for model in NAMED
        for kind in AliasKind
        if kind.value in Base.metadata.tables[model.__tablename__].c
    ),
    (Version, "package_id", "number"),
    (Feature, "grid_id", "title"),
)
"""Of which table's rows no two that have the same in one column have the same in another."""


class Place(NamedTuple):
    """What changes may have touched: a part of an object's diff, or where it is empty `action`."""

    model: type[Base]
    key: int
    path: tuple[str, ...] = ()
    action: ChangeAction = ChangeAction.DELETE


async def see_that_whole(edit: Edit) -> None:
    """Raise Refused where what goes is needed, or what comes back needs what is gone."""
    for category in edit.rows[Category].removed:
        if category["package_count"]:  # maybe most packages of all: one of them will do
            of_it = select(Package.id).where(Package.category_id == category["id"])
            newest = of_it.order_by(Package.id.desc()).limit(1)
            package = (await edit.session.execute(newest)).scalar_one()
            raise await in_the_way(edit, Place(Package, package, ("category",)))
    for model, column, target in REFERENCES:
        gone = [row["id"] for row in edit.rows[target].removed]
        for row in await edit.rows[model].find(column, gone):
            raise await in_the_way(edit, place_of(model, column, row))
    for model, column, target in REFERENCES:
        pairs, targets = edit.rows[model].pairs, edit.rows[target]
        needed = [after[column] for _, after in pairs if after and after[column]]
        await targets.find("id", needed)
        for key in needed:
            if key not in targets.after:
                raise await in_the_way(edit, Place(target, key))
    await _see_that_members(edit)
    for before, after in [*edit.rows[Package].pairs]:  # more of them are found on the way
        if after and (before or {}).get("replaced_by_id") != after["replaced_by_id"]:
            await _see_that_no_loop(edit, after)


async def _see_that_members(edit: Edit) -> None:
    """Raise Refused where a cell would be of a package that its grid does not compare."""
    members, cells = edit.rows[GridPackage], edit.rows[Cell]
    new = [after for _, after in cells.pairs if after]
    await members.find("package_id", [row["package_id"] for row in new])
    for row in new:
        if (row["grid_id"], row["package_id"]) not in members.after:
            raise await in_the_way(edit, place_of(GridPackage, "package_id", row))
    lost = {members.key(row) for row in members.removed}
    for row in await cells.find("package_id", [package for _, package in lost]):
        if (row["grid_id"], row["package_id"]) in lost:
            raise await in_the_way(edit, place_of(Cell, "feature_id", row))


async def _see_that_no_loop(edit: Edit, package: Values) -> None:
    chain = await replacements(edit, package["replaced_by_id"])
    if package["id"] in chain:
        links = (Place(Package, key, ("replacedBy",)) for key in chain - {package["id"]})
        raise await in_the_way(edit, *links)


async def see_that_unique(edit: Edit) -> None:
    """Raise Refused where another row has taken what must be a row's own."""
    for model, shared, column in UNIQUE:
        rows = edit.rows[model]
        for before, after in [*rows.pairs]:
            if after is None or after[column] is None:
                continue
            if before and all(before[name] == after[name] for name in (shared, column)):
                continue
            for row in await rows.find(shared, [after[shared]]):
                if row[column] == after[column] and row["id"] != after["id"]:
                    holder = global_id(model.__name__, row["id"])
                    message = f"{holder} has {after[column]!r} now"
                    raise refuse(ErrorCode.TAKEN, PATH, message, holder)


def place_of(model: type[Base], column: str, row: Values) -> Place:
    """Where the log tells of a row's reference in `column`."""
    if model in (GridPackage, Cell):
        package = global_id("package", row["package_id"])
        if model is GridPackage:
            return Place(Grid, row["grid_id"], ("packages", package))
        return Place(
            Grid, row["grid_id"], ("cells", package, global_id("feature", row["feature_id"]))
        )
    return Place(model, row["id"], (outer_name(column),))


def about(model: type[Base], key: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Change.node_type == node_type(model), Change.node_id == key


async def in_the_way(edit: Edit, *places: Place) -> Refused:
    """The refusal that names the newest change that touched any of these."""
    touched = {}
    for place in places:
        told = Change.action == place.action.name
        if place.path:
            told = Change.diff[place.path].as_string().is_not(None)
        query = select(Change.id, Change.action).where(*about(place.model, place.key), told)
        newest = await edit.session.execute(query.order_by(Change.id.desc()).limit(1))
        touched[newest.one()] = place
    (key, action), place = max(touched.items(), key=lambda each: each[0])
    did = {"CREATE": "made", "DELETE": "deleted"}.get(action)
    did = did or f"changed {'.'.join(place.path)} of"
    node = global_id(place.model.__name__, place.key)
    message = f"{global_id('change', key)} is in the way: it {did} {node}"
    return refuse(ErrorCode.CONFLICT, PATH, message)
