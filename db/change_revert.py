"""Undoing a change: what it left must be so still, and becomes what it was before."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from db.alias import Alias, AliasKind
from db.base import Base
from db.category import Category
from db.change import Change, ChangeAction, NodeType
from db.derived import Values, package_score
from db.edit import Edit
from db.errors import ErrorCode, Refused
from db.fields import fields_of, global_id, outer_name
from db.grid import Cell, Feature, Grid, GridPackage
from db.grid_edits import MOST_FEATURES
from db.inputs import LOOKUPS, Given, Outcome, key_of, refuse
from db.inverse import FOLLOWING, PATH, Undone, change_of, key_in, put_back, stored, undone_with
from db.package import Package
from db.rows import Rows
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
    """What changes may have touched: a part of an object's diff, or whether it is there."""

    model: type[Base]
    key: int
    path: tuple[str, ...] | ChangeAction


async def change_revert(edit: Edit, given: Given) -> Outcome:
    """Undo a change, with what belongs to it; `reverted` has the type and key of its object.

    Raises Refused: CONFLICT where a later change is in the way.
    """
    change = await change_of(edit, key_of(Change, given["id"], PATH))
    undone = await undone_with(edit, change)
    for each in undone:
        await _put_row_back(edit, each)
        node_type = NodeType[each.model.__tablename__.upper()].name
        edit.reverts[node_type, each.key] = each.id
    for each in undone:
        if each.model is Grid:
            await _put_parts_back(edit, each)
    await _put_notes_back(edit, undone)
    await _see_that_whole(edit)
    await _see_that_unique(edit)
    return {"node": None, "reverted": [change.node_type, change.node_id]}


async def _put_row_back(edit: Edit, undone: Undone) -> None:
    """Have a row be what it was before a change, where it is what the change left."""
    rows = edit.rows[undone.model]
    row = await rows.get(undone.key)
    _see_that_allowed(edit, undone)
    told = [field for field in fields_of(undone.model) if field.name in undone.diff]
    values = {
        field.column: stored(rows.table.c[field.column], undone.diff[field.name][0])
        for field in told
        if field.column != "modified"
    }
    if undone.action is ChangeAction.DELETE:
        if row is not None:
            raise await _in_the_way(edit, Place(undone.model, undone.key, ChangeAction.CREATE))
        rows.put(rows.blank | values | await _again(edit, rows, undone))
        return
    if row is None:
        raise await _in_the_way(edit, Place(undone.model, undone.key, ChangeAction.DELETE))
    moved = {
        field.column
        for field in told
        if field.shown(row[field.column]) != undone.diff[field.name][1]
    }
    for field in told:
        if field.column in moved - FOLLOWING:
            raise await _in_the_way(edit, Place(undone.model, undone.key, (field.name,)))
    if undone.action is ChangeAction.CREATE:
        rows.remove(undone.key)
        return
    row = row | values
    if "score" in moved:
        versions = await edit.rows[Version].find("package_id", [undone.key])
        row["score"] = package_score(row, versions, edit.now)
    rows.put(row)


def _see_that_allowed(edit: Edit, undone: Undone) -> None:
    """Raise Refused for what only admins do; locked grids are seen to when the edit ends."""
    if edit.is_admin:
        return
    if True in undone.diff.get("isLocked", ()):
        message = "only admins lock and unlock grids, and make locked ones"
        raise refuse(ErrorCode.FORBIDDEN, PATH, message)
    if undone.model is Category and undone.action is ChangeAction.CREATE:
        raise refuse(ErrorCode.FORBIDDEN, PATH, "only admins delete categories")


async def _again(edit: Edit, rows: Rows, undone: Undone) -> Values:
    """Of a row that comes again: its key, a revision that it never had, its date."""
    newest = select(func.max(Change.revision)).where(*_about(undone.model, undone.key))
    revision = (await edit.session.execute(newest)).scalar_one() + 1
    values = {"id": undone.key, "revision": revision, "modified": edit.now}
    return {name: value for name, value in values.items() if name in rows.table.c}


async def _put_parts_back(edit: Edit, undone: Undone) -> None:
    """Have a grid's memberships, cells and features' order be what they were before a change."""
    grid, diff = undone.key, undone.diff
    members, cells = edit.rows[GridPackage], edit.rows[Cell]
    packages, rows = diff.get("packages", {}), diff.get("cells", {})
    await members.find("package_id", [key_in(id_) for id_ in packages])
    for package, (was, is_now) in packages.items():
        row = {"grid_id": grid, "package_id": key_in(package)}
        if (members.key(row) in members.after) != is_now:
            raise await _in_the_way(edit, Place(Grid, grid, ("packages", package)))
        if was:
            members.put(row)
        else:
            members.remove(members.key(row))
    await cells.find("package_id", [key_in(id_) for id_ in rows])
    for package, texts in rows.items():
        for feature, (was, is_now) in texts.items():
            row = {"package_id": key_in(package), "feature_id": key_in(feature), "grid_id": grid}
            now = cells.after.get(cells.key(row))
            if (now["text"] if now else "") != is_now:
                raise await _in_the_way(edit, Place(Grid, grid, ("cells", package, feature)))
            if was:
                cells.put(row | {"text": was})
            else:
                cells.remove(cells.key(row))
    if "features" in diff:
        await _put_order_back(edit, undone)


async def _put_order_back(edit: Edit, undone: Undone) -> None:
    features = edit.rows[Feature]
    await features.find("grid_id", [undone.key])
    now = [row for row in features.before.values() if row["grid_id"] == undone.key]
    now.sort(key=lambda row: (row["position"], row["id"]))
    ids = [global_id("feature", row["id"]) for row in now]
    order = put_back(ids, *(each or [] for each in undone.diff["features"]))
    if order is None:
        raise await _in_the_way(edit, Place(Grid, undone.key, ("features",)))
    if len(order) > MOST_FEATURES:
        message = f"expected a grid with room: it has {len(ids)} features, the most"
        raise refuse(ErrorCode.TOO_MANY, PATH, message)
    for position, id_ in enumerate(order):
        features.put(features.after[key_in(id_)] | {"position": position})


async def _put_notes_back(edit: Edit, undone: list[Undone]) -> None:
    """Give former names back, as far as they are still there to give and free; the log tells it."""
    aliases, packages = edit.rows[Alias], edit.rows[Package]
    names = [
        (was, is_now, each.key, name)
        for each in undone
        for name, (was, is_now) in each.diff.get("aliases", {}).items()
    ]
    await aliases.find("name", [name.partition(":")[2] for *_, name in names])
    for was, is_now, key, name in sorted(names):  # what is taken comes before what is given
        lookup, _, text = name.partition(":")
        kind = AliasKind(LOOKUPS[lookup][0])
        row = {"node_type": "PACKAGE", "kind": kind.name, "name": text, "node_id": key}
        now = aliases.after.get(aliases.key(row))
        if not was and now == row:
            aliases.remove(aliases.key(row))
        elif (
            was
            and now is None
            and not await packages.find(
                kind.value, [int(text) if kind is AliasKind.DATABASE_ID else text]
            )
        ):
            aliases.put(row)
        else:
            continue
        edit.notes.setdefault((Package, key), {}).setdefault("aliases", {})[name] = [is_now, was]
    for each in undone:
        if "mergedInto" in each.diff:
            note = edit.notes.setdefault((Package, each.key), {})
            note["mergedInto"] = each.diff["mergedInto"][::-1]


async def _see_that_whole(edit: Edit) -> None:
    """Raise Refused where what is there again needs what is gone, or what goes is needed."""
    for model, column, target in REFERENCES:
        rows, targets = edit.rows[model], edit.rows[target]
        needed = [after[column] for _, after in rows.pairs if after and after[column]]
        await targets.find("id", needed)
        for key in needed:
            if key not in targets.after:
                raise await _in_the_way(edit, Place(target, key, ChangeAction.DELETE))
        for row in await rows.find(column, [row["id"] for row in targets.removed]):
            raise await _in_the_way(edit, _place(model, column, row))
    await _see_that_members(edit)
    for before, after in edit.rows[Package].pairs:
        if after and (before or {}).get("replaced_by_id") != after["replaced_by_id"]:
            await _see_that_no_loop(edit, after)


async def _see_that_members(edit: Edit) -> None:
    """Raise Refused where a cell would be of a package that its grid does not compare."""
    members, cells = edit.rows[GridPackage], edit.rows[Cell]
    new = [after for _, after in cells.pairs if after]
    await members.find("package_id", [row["package_id"] for row in new])
    for row in new:
        if (row["grid_id"], row["package_id"]) not in members.after:
            raise await _in_the_way(edit, _place(GridPackage, "package_id", row))
    lost = {members.key(row) for row in members.removed}
    for row in await cells.find("package_id", [package for _, package in lost]):
        if (row["grid_id"], row["package_id"]) in lost:
            raise await _in_the_way(edit, _place(Cell, "feature_id", row))


async def _see_that_no_loop(edit: Edit, package: Values) -> None:
    places, row = [], await edit.rows[Package].get(package["replaced_by_id"])
    while row and row["replaced_by_id"]:
        places.append(_place(Package, "replaced_by_id", row))
        if row["replaced_by_id"] == package["id"]:
            raise await _in_the_way(edit, *places)
        row = await edit.rows[Package].get(row["replaced_by_id"])


async def _see_that_unique(edit: Edit) -> None:
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


def _place(model: type[Base], column: str, row: Values) -> Place:
    """Where the log tells of a row's reference in `column`."""
    if model in (GridPackage, Cell):
        package = global_id("package", row["package_id"])
        if model is GridPackage:
            return Place(Grid, row["grid_id"], ("packages", package))
        return Place(
            Grid, row["grid_id"], ("cells", package, global_id("feature", row["feature_id"]))
        )
    return Place(model, row["id"], (outer_name(column),))


def _about(model: type[Base], key: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    node_type = NodeType[model.__tablename__.upper()].name
    return Change.node_type == node_type, Change.node_id == key


async def _in_the_way(edit: Edit, *places: Place) -> Refused:
    """The refusal that names the newest change that touched any of these."""
    touched = {}
    for place in places:
        if isinstance(place.path, ChangeAction):
            told = Change.action == place.path.name
        else:
            told = Change.diff[place.path].as_string().is_not(None)
        query = select(func.max(Change.id)).where(*_about(place.model, place.key), told)
        touched[(await edit.session.execute(query)).scalar_one()] = place
    newest = max(touched)
    node = global_id(touched[newest].model.__name__, touched[newest].key)
    path = touched[newest].path
    if isinstance(path, ChangeAction):
        did = f"{'made' if path is ChangeAction.CREATE else 'deleted'} {node}"
    else:
        did = f"changed {'.'.join(path)} of {node}"
    message = f"{global_id('change', newest)} is in the way: it {did}"
    return refuse(ErrorCode.CONFLICT, PATH, message)
