"""Undoing a change: what it left must be so still, and becomes what it was before."""

from sqlalchemy import func, select

from db.alias import LOOKUPS, Alias, AliasKind
from db.category import Category
from db.change import Change, ChangeAction, node_type
from db.derived import Values, package_score
from db.edit import Edit
from db.errors import ErrorCode
from db.fields import fields_of, global_id
from db.grid import IN_ORDER, MOST_FEATURES, Cell, Feature, Grid, GridPackage
from db.in_the_way import Place, about, in_the_way, see_that_unique, see_that_whole
from db.inputs import Given, Outcome, key_of, refuse
from db.inverse import FOLLOWING, PATH, Undone, change_of, key_in, put_back, stored, undone_with
from db.package import Package
from db.rows import Rows
from db.version import Version


async def change_revert(edit: Edit, given: Given) -> Outcome:
    """Undo a change, with what belongs to it; `reverted` has the type and key of its object.

    Raises Refused: CONFLICT where a later change is in the way.
    """
    change = await change_of(edit, key_of(Change, given["id"], PATH))
    undone = await undone_with(edit, change)
    for each in undone:
        await _put_row_back(edit, each)
        edit.reverts[node_type(each.model), each.key] = each.id
    for each in undone:
        if each.model is Grid:
            await _put_parts_back(edit, each)
    await _put_notes_back(edit, undone)
    await see_that_whole(edit)
    await see_that_unique(edit)
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
            came = Place(undone.model, undone.key, action=ChangeAction.CREATE)
            raise await in_the_way(edit, came)
        rows.put(rows.blank | values | await _again(edit, rows, undone))
        return
    if row is None:
        raise await in_the_way(edit, Place(undone.model, undone.key))
    moved = {
        field.column
        for field in told
        if field.shown(row[field.column]) != undone.diff[field.name][1]
    }
    for field in told:
        if field.column in moved - FOLLOWING:
            raise await in_the_way(edit, Place(undone.model, undone.key, (field.name,)))
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
    newest = select(func.max(Change.revision)).where(*about(undone.model, undone.key))
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
            raise await in_the_way(edit, Place(Grid, grid, ("packages", package)))
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
                raise await in_the_way(edit, Place(Grid, grid, ("cells", package, feature)))
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
    now.sort(key=IN_ORDER)
    ids = [global_id("feature", row["id"]) for row in now]
    order = put_back(ids, *(each or [] for each in undone.diff["features"]))
    if order is None:
        raise await in_the_way(edit, Place(Grid, undone.key, ("features",)))
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
        held = [int(text) if kind is AliasKind.DATABASE_ID else text]
        if not was and now == row:
            aliases.remove(aliases.key(row))
        elif was and now is None and not await packages.find(kind.value, held):
            aliases.put(row)
        else:
            continue
        edit.notes.setdefault((Package, key), {}).setdefault("aliases", {})[name] = [is_now, was]
    for each in undone:
        if "mergedInto" in each.diff:
            note = edit.notes.setdefault((Package, each.key), {})
            note["mergedInto"] = each.diff["mergedInto"][::-1]
