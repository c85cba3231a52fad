"""What people did, as the log tells: not what was loaded, fetched or mirrored."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.change import Change, ChangeAction, node_type
from db.sql import among
from db.token import RESERVED

_OF_PEOPLE = (
    select(
        *(Change.id, Change.node_id, Change.actor, Change.action, Change.reverts_id, Change.diff)
    )
    .where(Change.node_type == bindparam("type"))
    .where(*(Change.actor != name for name in sorted(RESERVED)))
    .where(Change.actor.not_like("ingest:%"))
    .order_by(Change.id)
)
_OF_ROWS: Select[tuple[object, ...]] = _OF_PEOPLE.where(among(Change.node_id.expression, "keys"))
_DELETIONS = _OF_PEOPLE.where(Change.action == ChangeAction.DELETE.name)

EMPTY: tuple[Any, ...] = (None, "", [])

Setters = dict[tuple[int, str], str]
"""Who set a field by hand, by the row's key and the field's name outside."""


async def setters(session: AsyncSession, model: type[Base], keys: Collection[int]) -> Setters:
    """Who last set the fields of the rows with these keys, where a person did and left it so.

    Of a grid also who took packages in or out, by the packages' global ids.
    """
    if not keys:
        return {}
    values = {"type": node_type(model), "keys": sorted(keys)}
    changes = (await session.execute(_OF_ROWS, values)).all()
    numbers = {change.id for change in changes}
    undone = {change.reverts_id for change in changes}
    found: Setters = {}
    for change in changes:
        if change.id in undone or change.reverts_id in numbers:
            continue
        is_new = change.action == ChangeAction.CREATE.name
        for field, pair in {**change.diff, **change.diff.get("packages", {})}.items():
            if not (is_new and pair[1] in EMPTY):
                found[change.node_id, field] = change.actor
    return found


async def deleters(session: AsyncSession, model: type[Base]) -> dict[int, str]:
    """Who deleted rows of a table, by the `databaseId` that they had."""
    changes = await session.execute(_DELETIONS, {"type": node_type(model)})
    return {change.diff["databaseId"][0]: change.actor for change in changes}
