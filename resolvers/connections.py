"""The reads of connections: which rows each pages through, filtered by `where`, in `orderBy`."""

import enum
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base
from resolvers.compile import Read, Selected
from resolvers.json_text import JsonText
from resolvers.order import Key, Order, order_by
from resolvers.page import RowPage, Source
from resolvers.reads import Condition, Row
from resolvers.where import where_of


def filtered(selected: Selected, row: Row) -> list[ColumnElement[bool]]:
    """What the argument `where` asks of `row`."""
    where = selected.arguments.get("where")
    if where is None:
        return []
    return [where_of(selected, "where").holds(row, where)]


def connection(model: type[Base], orders: type[enum.Enum], on: Condition | None = None) -> Read:
    """A page of `model`'s rows: all of them, or those that belong to the parent's row."""
    return _paged(model, on, lambda selected, row: order_by(selected, row, orders))


def fixed_connection(
    model: type[Base],
    on: Condition | None = None,
    *keys: tuple[InstrumentedAttribute[Any], bool],
    newest_first: bool = False,
) -> Read:
    """As `connection`, in one order: by columns, each with whether it descends, then by id."""

    def order(selected: Selected, row: Row) -> tuple[str, list[Key]]:
        columns = [Key(row.c[column.key], descending) for column, descending in keys]
        return selected.coordinate, columns

    return _paged(model, on, order, newest_first)


def _paged(
    model: type[Base],
    on: Condition | None,
    ordered: Callable[[Selected, Row], tuple[str, list[Key]]],
    newest_first: bool = False,
) -> Read:
    def read(parent: Row, selected: Selected) -> JsonText:
        row = Row(selected, model)
        conditions = filtered(selected, row)
        if on is not None:
            conditions.append(on(parent, row))
        tag, keys = ordered(selected, row)
        order = Order(tag, (*keys, Key(row.c.id, newest_first)))
        page = RowPage(selected, model, Source(row, row.table, row.own, tuple(conditions)), order)
        return page.answer()

    return read
