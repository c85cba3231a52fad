"""What changes say: field by field, what was before and what is after. See docs/changes.md."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from db.base import Base
from db.category import Category
from db.change import ChangeAction, node_type
from db.derived import Values
from db.fields import fields_of, global_id, instant
from db.grid import IN_ORDER, Cell, Feature, Grid, GridPackage
from db.package import Package
from db.version import Version

if TYPE_CHECKING:
    from db.edit import Edit

Diff = dict[str, Any]

LOGGED_MODELS: tuple[type[Base], ...] = (Category, Package, Version, Feature, Grid)
"""The tables whose rows have changes of their own, in the order in which a transaction has them."""

DELETED: tuple[type[Base], ...] = (Feature, Grid, Version, Package, Category)
"""The order of what goes, after all that comes or changes."""


def changes_of(edit: "Edit") -> list[Values]:
    """The changes of an edit's rows, without what all of them have in common."""
    parts = _parts(edit)
    found = []
    for model in LOGGED_MODELS:
        rows = edit.rows[model]
        pairs = [*((None, row) for row in rows.created), *rows.changed]
        found += [_change(edit, model, before, after, parts) for before, after in pairs]
    for model in DELETED:
        found += [_change(edit, model, row, None, parts) for row in edit.rows[model].removed]
    return [change for change in found if change["diff"]]


def _change(
    edit: "Edit",
    model: type[Base],
    before: Values | None,
    after: Values | None,
    parts: dict[int, Diff],
) -> Values:
    row = _either(before, after)
    key = row["id"]
    told = _of_row(model, before, after, edit.now)
    if model is Grid:
        told |= parts.get(key, {})
        if before is not None and after is not None and not told and key in edit.touched:
            told["revision"] = [before["revision"], after["revision"]]
    told |= edit.notes.get((model, key), {})
    if told and before is not None and after is not None and (model, key) in edit.dated:
        told["modified"] = [instant(row["modified"]) for row in (before, after)]
    action = ChangeAction.UPDATE
    if before is None or after is None:
        action = ChangeAction.CREATE if before is None else ChangeAction.DELETE
    return {
        "node_type": node_type(model),
        "node_id": key,
        "grid_id": {Grid: key, Feature: row.get("grid_id")}.get(model),
        "revision": row.get("revision", 1),
        "action": action.name,
        "diff": told,
    }


def _of_row(model: type[Base], before: Values | None, after: Values | None, now: Any) -> Diff:
    """The fields of a row that differ: all of them of one that comes or goes.

    `modified` is left out where it is the change's own date: one that was given is told besides.
    """
    fields = fields_of(model)
    if before is None or after is None:
        row = _either(before, after)
        values = {name: shown(row[column]) for name, column, shown in fields}
        return {name: [None, it] if before is None else [it, None] for name, it in values.items()}
    return {
        name: [shown(before[column]), shown(after[column])]
        for name, column, shown in fields
        if before[column] != after[column] and not (column == "modified" and after[column] == now)
    }


def _parts(edit: "Edit") -> dict[int, Diff]:
    """What changed within grids, by their keys: the order of features, members, cells."""
    found: dict[int, Diff] = defaultdict(dict)
    features, grids = edit.rows[Feature], edit.rows[Grid]
    ordered = {row["id"] for row in grids.created + grids.removed} | edit.reordered
    orders = [_orders(rows.values()) for rows in (features.before, features.after)]
    for key in ordered:
        found[key]["features"] = [
            order[key] if key in rows else None
            for order, rows in zip(orders, (grids.before, grids.after), strict=True)
        ]
    for was, is_now in edit.rows[GridPackage].pairs:
        row = _either(was, is_now)
        members = found[row["grid_id"]].setdefault("packages", {})
        members[global_id("package", row["package_id"])] = [was is not None, is_now is not None]
    for was, is_now in edit.rows[Cell].pairs:
        row = _either(was, is_now)
        cells = found[row["grid_id"]].setdefault("cells", {})
        of_package = cells.setdefault(global_id("package", row["package_id"]), {})
        texts = ["" if each is None else each["text"] for each in (was, is_now)]
        of_package[global_id("feature", row["feature_id"])] = texts
    return found


def _either(before: Values | None, after: Values | None) -> Values:
    row = before if after is None else after
    assert row is not None
    return row


def _orders(features: Iterable[Values]) -> dict[int, list[str]]:
    """The global ids of features by their grids, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in sorted(features, key=IN_ORDER):
        found[row["grid_id"]].append(global_id("feature", row["id"]))
    return found
