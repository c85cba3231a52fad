"""What fields read: each function here makes a `Read` for the schema to name beside a field.

`on(parent, child)` says which rows of a child belong to a parent's row.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from graphql import is_non_null_type
from sqlalchemy import ColumnElement, FromClause, Text, cast, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base
from resolvers.compile import Read, Selected
from resolvers.json_text import Constant, JsonText, chain, json_array, or_null, scalar

Condition: TypeAlias = Callable[[Any, Any], ColumnElement[bool]]
Expression: TypeAlias = Callable[[Any], ColumnElement[Any]]


LIST = 10
"""How long a list without a size is taken to be."""


class Row:
    """A row of a query that is being built: its table under a name of its own, its columns `c`.

    What belongs to it one to one is joined to it when a field reads that, and not selected in a
    subquery: it is the faster way, and SQLite's parser takes few levels of subqueries.
    """

    def __init__(
        self,
        selected: Selected,
        model: type[Base],
        joins: list[tuple[FromClause, ColumnElement[bool]]] | None = None,
    ) -> None:
        self.table = model.__table__.alias(selected.alias(model.__tablename__))
        self.c = self.table.c
        self.joins = [] if joins is None else joins
        self.joined: dict[Condition, Row] = {}

    def to_one(self, selected: Selected, model: type[Base], on: Condition) -> "Row":
        """The row of `model` that belongs to this one: of nulls where there is none."""
        if on not in self.joined:
            child = Row(selected, model, self.joins)
            self.joins.append((child.table, on(self, child)))
            self.joined[on] = child
        return self.joined[on]

    def within(self, tables: FromClause | None = None) -> FromClause:
        """`tables`, else this row's own, with what was joined to it so far."""
        tables = self.table if tables is None else tables
        for table, condition in self.joins:
            tables = tables.outerjoin(table, condition)
        return tables

    @property
    def own(self) -> tuple[FromClause, ...]:
        """Its table and those joined to it: what a query of it does not take from around it."""
        return (self.table, *(table for table, _ in self.joins))


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
        child = parent.to_one(selected, model, on)
        if is_non_null_type(selected.type):
            return selected.object(child)
        # Empty, and NULL where there is no row: then the whole chain is.
        there = func.substr(cast(child.c.id, Text), literal_column("1"), literal_column("0"))
        return or_null(chain(there, selected.object(child)))

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
        child = Row(selected, model)
        query = select(selected.each(child, LIST)).order_by(*(child.c[key.key] for key in order))
        if through is None:
            query = query.select_from(child.within()).where(on(parent, child))
            return json_array(query.correlate_except(*child.own))
        pair = Row(selected, through[0])
        tables = pair.table.join(child.table, on(pair, child))
        query = query.select_from(child.within(tables)).where(through[1](parent, pair))
        return json_array(query.correlate_except(*pair.own, *child.own))

    return read


def same(scope: Any, selected: Selected) -> JsonText:
    """An object that is made of the same as its parent."""
    return selected.object(scope)


def first_of(
    selected: Selected, row: Row, condition: ColumnElement[bool], *order: ColumnElement[Any]
) -> JsonText:
    """The object of the first row, by `order`, for which `condition` holds; NULL without one."""
    query = select(selected.object(row)).select_from(row.within()).where(condition)
    if order:
        query = query.order_by(*order).limit(1)
    return query.correlate_except(*row.own).scalar_subquery()


def related(key: InstrumentedAttribute[Any], to: InstrumentedAttribute[Any]) -> Condition:
    """The parent's column `key` equals the child's column `to`."""
    return lambda parent, child: parent.c[key.key] == child.c[to.key]


def column(attribute: InstrumentedAttribute[Any]) -> Expression:
    """A column of whatever row is given."""
    name = attribute.key
    return lambda row: row.c[name]
