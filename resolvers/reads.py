"""What fields read: each function here makes a `Read` for the schema to name beside a field.

A row is a table's alias (`FromClause`); `on(parent, child)` says which rows of a child belong to a
parent's row.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, select
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base
from resolvers.compile import Read, Selected
from resolvers.json_text import Constant, JsonText, chain, json_array, or_null, scalar

Row: TypeAlias = FromClause
Condition: TypeAlias = Callable[[Row, Row], ColumnElement[bool]]
Expression: TypeAlias = Callable[[Any], ColumnElement[Any]]


def aliased(selected: Selected, model: type[Base]) -> Row:
    """A row of `model`'s table, under a name of its own."""
    return model.__table__.alias(selected.alias(model.__tablename__))


def global_id(row: Row, selected: Selected) -> JsonText:
    """The id of a `Node`: its type and its row's own key."""
    return chain(Constant(f'"{selected.parent.name}:'), row.c.id, Constant('"'))


def stored(column: InstrumentedAttribute[Any]) -> Read:
    """A column of the object's own row."""
    name = column.key
    return lambda row, selected: scalar(row.c[name])


def computed(expression: Expression) -> Read:
    """A value worked out from the object's row."""
    return lambda row, selected: scalar(expression(row))


def one(model: type[Base], on: Condition) -> Read:
    """The one row of `model` that belongs to the object's; null where there is none."""

    def read(parent: Row, selected: Selected) -> JsonText:
        child = aliased(selected, model)
        query = select(selected.object(child)).select_from(child).where(on(parent, child))
        return or_null(query.correlate_except(child).scalar_subquery())

    return read


def many(
    model: type[Base],
    on: Condition,
    *order: InstrumentedAttribute[Any],
    through: tuple[type[Base], Condition] | None = None,
) -> Read:
    """The list of `model`'s rows that belong to the object's, by `order`.

    With `through`, a table of pairs and its condition on the parent; `on` is then its condition on
    the child.
    """

    def read(parent: Row, selected: Selected) -> JsonText:
        child = aliased(selected, model)
        query = select(selected.object(child)).order_by(*(child.c[key.key] for key in order))
        if through is None:
            query = query.select_from(child).where(on(parent, child)).correlate_except(child)
        else:
            pair = aliased(selected, through[0])
            query = query.select_from(pair.join(child, on(pair, child)))
            query = query.where(through[1](parent, pair)).correlate_except(pair, child)
        return json_array(query)

    return read


def same(row: Any, selected: Selected) -> JsonText:
    """An object that is made of the same row as its parent."""
    return selected.object(row)


def first_of(
    selected: Selected, row: Row, condition: ColumnElement[bool], *order: ColumnElement[Any]
) -> JsonText:
    """The object of the first row, by `order`, for which `condition` holds; else null."""
    query = select(selected.object(row)).select_from(row).where(condition)
    if order:
        query = query.order_by(*order).limit(1)
    return or_null(query.correlate_except(row).scalar_subquery())


def related(key: InstrumentedAttribute[Any], to: InstrumentedAttribute[Any]) -> Condition:
    """The parent's column `key` equals the child's column `to`."""
    return lambda parent, child: parent.c[key.key] == child.c[to.key]


def column(attribute: InstrumentedAttribute[Any]) -> Expression:
    """A column of whatever row is given."""
    name = attribute.key
    return lambda row: row.c[name]
