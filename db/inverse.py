"""A change read the other way round: what of it is undone, and the values that come back."""

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Row, and_, or_, select

from db.base import Base, Instant
from db.change import Change, ChangeAction, node_type
from db.diff import LOGGED_MODELS, Diff
from db.edit import CHANGE, Edit
from db.errors import ErrorCode
from db.fields import global_id
from db.grid import Feature, Grid, GridPackage
from db.inputs import INPUT, refuse
from db.package import Package
from db.sql import among
from db.version import Version

PATH = (*INPUT, "id")

MODELS = {node_type(model): model for model in LOGGED_MODELS}
"""The tables by the types of the log."""

NOTES = {"mergedInto", "aliases"}
"""What a diff says beside columns and parts: of an edit that is undone as a whole."""

FOLLOWING = {"modified", "score"}
"""Columns that follow from others: nothing that a later change could be in the way of."""


class Undone(NamedTuple):
    """A change that is undone, or as much of it as `diff` says: that of the row `key`."""

    id: int
    model: type[Base]
    key: int
    action: ChangeAction
    diff: Diff


async def change_of(edit: Edit, key: int) -> Row[Any]:
    """The change with this key. Raises Refused."""
    found = (await edit.session.execute(select(CHANGE).where(Change.id == key))).one_or_none()
    if found is None:
        raise refuse(ErrorCode.NOT_FOUND, PATH, "there is no such change")
    return found


async def undone_with(edit: Edit, change: Row[Any]) -> list[Undone]:
    """What is undone with a change; first it itself, but of an edit that is undone as a whole.

    With an object that came or went, that is what came or went with it in the same transaction.
    Raises Refused where there is nothing to undo.
    """
    node = whole(change)
    if change.reverts_id is not None or change.diff.keys() & NOTES:
        return [whole(each) for each in await _of_transaction(edit, change)]
    if node.action is ChangeAction.UPDATE:
        await _see_that_it_says_something(edit, change)
    if node.model is Grid:
        if "features" not in change.diff:
            return [node]
        features = await _of_transaction(edit, change, _is_feature_of(change))
        return [node, *(whole(each) for each in features if each.action != "UPDATE")]
    if node.action is ChangeAction.UPDATE or node.model not in (Feature, Package):
        return [node]
    chosen: ColumnElement[bool] = (Change.node_type == "VERSION") | (Change.node_type == "GRID")
    if node.model is Feature:
        chosen = (Change.node_type == "GRID") & (Change.node_id == change.grid_id)
    elif node.action is ChangeAction.CREATE:
        chosen = await _of_new_package(edit, node.key)
    id_ = global_id(node.model.__name__, node.key)
    others = await _of_transaction(edit, change, chosen)
    parts = [part_about(each, id_) for each in others if each.node_type == "GRID"]
    return [
        node,
        *(whole(each) for each in others if id_ in each.diff.get("package", ())),
        *(part for part in parts if part.diff),
    ]


async def _see_that_it_says_something(edit: Edit, change: Row[Any]) -> None:
    if change.diff.keys() == {"revision"}:
        others = await _of_transaction(edit, change, _is_feature_of(change))
        names = ", ".join(global_id("change", each.id) for each in others)
        message = f"nothing to undo by itself: the grid moved with its features by {names}"
    elif change.diff.keys() <= FOLLOWING:
        message = f"nothing to undo: other fields decide what it changed, {', '.join(change.diff)}"
    else:
        return
    raise refuse(ErrorCode.INVALID, PATH, message)


def _is_feature_of(change: Row[Any]) -> ColumnElement[bool]:
    return and_(Change.node_type == "FEATURE", Change.grid_id == change.grid_id)


async def _of_transaction(
    edit: Edit, change: Row[Any], *chosen: ColumnElement[bool]
) -> list[Row[Any]]:
    same = Change.transaction_id == change.transaction_id
    query = select(CHANGE).where(same, *chosen).order_by(Change.id)
    return [*await edit.session.execute(query)]


async def _of_new_package(edit: Edit, key: int) -> ColumnElement[bool]:
    """Changes of what belongs to a package now: a load's transaction has those of many others."""
    versions = await edit.rows[Version].find("package_id", [key])
    members = await edit.rows[GridPackage].find("package_id", [key])
    parts = {
        "VERSION": [row["id"] for row in versions],
        "GRID": [row["grid_id"] for row in members],
    }
    return or_(
        *(
            (Change.node_type == name) & among(CHANGE.c.node_id, keys)
            for name, keys in parts.items()
        )
    )


def whole(change: Row[Any]) -> Undone:
    """All that a change says."""
    action = ChangeAction[change.action]
    return Undone(change.id, MODELS[change.node_type], change.node_id, action, change.diff)


def part_about(change: Row[Any], node: str) -> Undone:
    """What a grid's change says of one package or of one feature, `node` being its global id.

    Nothing but its membership, its cells, and that it came among the features or went from them.
    """
    packages, cells = (change.diff.get(name, {}) for name in ("packages", "cells"))
    told: Diff = {}
    if node in packages:
        told["packages"] = {node: packages[node]}
    if node in cells:
        told["cells"] = {node: cells[node]}
    elif of_feature := {id_: {node: row[node]} for id_, row in cells.items() if node in row}:
        told["cells"] = of_feature
    was, is_now = (each or [] for each in change.diff.get("features", ([], [])))
    if (node in was) != (node in is_now):
        ids = was if node in was else is_now
        told["features"] = [[id_ for id_ in ids if id_ != node or node in s] for s in (was, is_now)]
    return Undone(change.id, Grid, change.node_id, ChangeAction.UPDATE, told)


def key_in(id_: str) -> int:
    """The key in a global id of a diff."""
    return int(id_.partition(":")[2])


def stored(column: Column[Any], shown: Any) -> Any:
    """A column's value as a row has it, of a diff's."""
    if shown is None:
        return None
    if column.foreign_keys:
        return key_in(shown)
    return dt.datetime.fromisoformat(shown) if isinstance(column.type, Instant) else shown


def put_back(now: list[str], was: list[str], is_now: list[str]) -> list[str] | None:
    """The order of a grid's features `now`, with the change from `was` to `is_now` taken back.

    What came is taken out. What went is put after the nearest of those before it that is there.
    None where the change moved others, and they are not all where it left them.
    """
    if [id_ for id_ in was if id_ in is_now] != [id_ for id_ in is_now if id_ in was]:
        return was if now == is_now else None
    order = [id_ for id_ in now if id_ in was or id_ not in is_now]
    for place, id_ in enumerate(was):
        if id_ not in is_now:
            before = [order.index(other) for other in was[:place] if other in order]
            order.insert(before[-1] + 1 if before else 0, id_)
    return order
