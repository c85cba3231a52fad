"""Filters: what the fields of a `where` input ask of a row.

The logic is two-valued: an operator does not hold of null, but for `isNull: true` and `ne`, which
is the complement of `eq`; NOT is the complement of what it holds.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from graphql import GraphQLInputObjectType, get_named_type
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    exists,
    false,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from db.base import Base, Instant
from db.errors import InputError
from db.repo_url import normalize
from db.sql import ListOf, Within
from db.text import fold
from resolvers.compile import Selected, storable
from resolvers.json_text import elements_of
from resolvers.order import asked_order
from resolvers.reads import Condition, Expression, Row, column

Holds: TypeAlias = ColumnElement[bool]
Filter: TypeAlias = "Callable[[Where, Any, Any], Holds]"
"""A filter's field: `(where, row, value)`, where `where` knows the field's own input type."""


@dataclass(frozen=True, slots=True)
class Where:
    """A `where` of the field `selected`, of the input type `type_`."""

    selected: Selected
    type_: GraphQLInputObjectType
    depth: int = 1

    def holds(self, row: Any, value: dict[str, Any]) -> Holds:
        """That all that is given in `value` holds of `row`. Raises InputError."""
        if self.depth > (most := self.selected.limits.where_depth_max):
            raise InputError(f"filters are nested deeper than {most} levels")
        return and_(true(), *(self._field(row, name, given) for name, given in value.items()))

    def _field(self, row: Any, name: str, value: Any) -> Holds:
        if value is None:
            raise InputError(f"{name} must not be null: leave it out")
        field = self.type_.fields[name]
        filter_: Filter = field.extensions["strawberry-definition"].metadata["filter"]
        type_ = get_named_type(field.type)
        nested = (
            Where(self.selected, type_, self.depth + 1)
            if isinstance(type_, GraphQLInputObjectType)
            else self
        )
        return filter_(nested, row, value)

    def listed(
        self, name: str, values: Any, type_: type[TypeEngine[Any]], spelling: Callable[[Any], Any]
    ) -> ColumnElement[Any]:
        """A bound list of values of this type, each as `spelling` has it."""
        most = self.selected.limits.list_max

        def convert(given: list[Any]) -> list[Any]:
            check_size(name, given, most)
            return [spelling(value) for value in given]

        return self.selected.bind(values, ListOf(type_), convert)

    def texts(
        self, name: str, values: Any, spelling: Callable[[str], str] = lambda text: text
    ) -> ColumnElement[Any]:
        """A bound list of texts, or of enum values' names."""
        return self.listed(name, values, Text, lambda text: spelling(storable(text)))


def where_of(selected: Selected, argument: str) -> Where:
    """The `where` that an argument of the field holds, or a list of them."""
    type_ = get_named_type(selected.definition.args[argument].type)
    assert isinstance(type_, GraphQLInputObjectType)
    return Where(selected, type_)


def check_size(name: str, values: list[Any], most: int) -> None:
    """Raises InputError where a list is longer than a filter may hold."""
    if len(values) > most:
        raise InputError(f"{name} takes at most {most} values, {len(values)} were given")


def every(where: Where, row: Row, value: list[dict[str, Any]]) -> Holds:
    """AND: all hold; an empty list does."""
    check_size("AND", value, where.selected.limits.list_max)
    return and_(true(), *(where.holds(row, each) for each in value))


def some(where: Where, row: Row, value: list[dict[str, Any]]) -> Holds:
    """OR: at least one holds; of an empty list none does."""
    check_size("OR", value, where.selected.limits.list_max)
    return or_(false(), *(where.holds(row, each) for each in value))


def complement(where: Where, row: Row, value: dict[str, Any]) -> Holds:
    """NOT: the given filter does not hold."""
    return _complement(where.holds(row, value))


def flag(attribute: InstrumentedAttribute[Any]) -> Filter:
    """A Boolean column is as given."""
    return lambda where, row, value: row.c[attribute.key].is_(value)


def given(attribute: InstrumentedAttribute[Any]) -> Filter:
    """Whether the column holds anything is as given."""
    return lambda where, row, value: _is_null(row.c[attribute.key], not value)


def any_of(expression: Expression) -> Filter:
    """The expression is one of the listed enum values."""
    return lambda where, row, value: Within(expression(row), where.texts("a list of values", value))


def comparison(expression: Expression) -> Filter:
    """IntFilter or DateTimeFilter over an expression."""

    def filter_(where: Where, row: Row, value: dict[str, Any]) -> Holds:
        left = expression(row)
        is_instant = isinstance(left.type, Instant)

        def operator(name: str, right: Any) -> Holds:
            if name == "isNull":
                return _is_null(left, right)
            if name == "in":
                return Within(left, where.listed(name, right, BigInteger, int))
            bound = where.selected.bind(right, Instant() if is_instant else BigInteger())
            return COMPARISONS[name](left, bound)

        return _all_operators(value, operator)

    return filter_


COMPARISONS: dict[str, Callable[[Any, Any], Holds]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: _complement(left == right),
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
}


def text(attribute: InstrumentedAttribute[Any]) -> Filter:
    """StringFilter over a column that has a folded twin, on which its index is."""
    exact, folded = column(attribute), column(_folded(attribute))

    def equal(where: Where, row: Row, name: str, right: Any) -> Holds:
        """`eq` and `in` of the folded twin, which hold where those of the column itself do."""
        if name == "eq":
            return folded(row) == where.selected.bind_text(right, fold)
        return Within(folded(row), where.texts(name, right, fold))

    def filter_(where: Where, row: Row, value: dict[str, Any]) -> Holds:
        found = [equal(where, row, name, value[name]) for name in ("eq", "in") if value.get(name)]
        return and_(text_of(exact, folded)(where, row, value), *found)

    return filter_


def _folded(attribute: InstrumentedAttribute[Any]) -> InstrumentedAttribute[Any]:
    """The column that holds `attribute` folded."""
    folded: InstrumentedAttribute[Any] = getattr(attribute.class_, f"{attribute.key}_folded")
    return folded


def text_of(
    exact: Expression, folded: Expression, spelling: Callable[[str], str] = lambda text: text
) -> Filter:
    """StringFilter over a value and its folded twin. `spelling` is made of what `exact` equals."""

    def filter_(where: Where, row: Row, value: dict[str, Any]) -> Holds:
        return _all_operators(
            value,
            lambda name, right: _text_operator(
                where, name, right, exact(row), folded(row), spelling
            ),
        )

    return filter_


def elements(attribute: InstrumentedAttribute[list[str]]) -> Filter:
    """StringFilter over a list: an operator holds when it holds of at least one element."""
    exact, folded = attribute.key, _folded(attribute).key

    def filter_(where: Where, row: Row, value: dict[str, Any]) -> Holds:
        def some_element(name: str, right: Any) -> Holds:
            table = elements_of(row.c[folded if name in PATTERNS else exact])
            found = select(1).select_from(table).correlate_except(table)
            if name == "isNull":
                return not_(exists(found)) if right else exists(found)
            element = table.c.value
            if name == "ne":
                return not_(exists(found.where(element == where.selected.bind_text(right))))
            return exists(found.where(_text_operator(where, name, right, element, element)))

        return _all_operators(value, some_element)

    return filter_


LONGEST_PART = 5_000
"""In characters: SQLite takes patterns of 50,000 bytes, and folding may treble a text."""

PATTERNS: dict[str, Callable[[str], str]] = {
    "contains": lambda text: f"%{_escaped(text)}%",
    "startsWith": lambda text: f"{_escaped(text)}%",
    "endsWith": lambda text: f"%{_escaped(text)}",
}


def _text_operator(
    where: Where,
    name: str,
    right: Any,
    exact: ColumnElement[Any],
    folded: ColumnElement[Any],
    spelling: Callable[[str], str] = lambda text: text,
) -> Holds:
    bind_text = where.selected.bind_text
    match name:
        case "isNull":
            return _is_null(exact, right)
        case "eq":
            return exact == bind_text(right, spelling)
        case "ne":
            return _complement(exact == bind_text(right, spelling))
        case "in":
            return Within(exact, where.texts(name, right, spelling))
    return folded.like(bind_text(right, partial(_pattern, name)), escape="\\")


def _pattern(name: str, text: str) -> str:
    if len(text) > LONGEST_PART:
        raise InputError(f"{name} takes at most {LONGEST_PART} characters, {len(text)} were given")
    return PATTERNS[name](fold(text))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def any_spelling(url: str) -> str:
    """A repository's address as it is compared; what is none equals no repository's."""
    try:
        return normalize(url).key
    except ValueError:
        return ""


def in_related(
    model: type[Base], on: Condition, through: tuple[type[Base], Condition] | None = None
) -> Filter:
    """At least one row of `model` that belongs to the row is as given (see `reads.many`)."""

    def filter_(where: Where, row: Row, value: dict[str, Any]) -> Holds:
        selected = where.selected
        selected.spend("filters of related objects", selected.limits.related_filters_max)
        child = Row(selected, model)
        holds = where.holds(child, value)
        if through is None:
            found = select(1).select_from(child.table).where(on(row, child), holds)
            return exists(found.correlate_except(*child.own))
        pair = Row(selected, through[0])
        found = select(1).select_from(pair.table.join(child.table, on(pair, child)))
        found = found.where(through[1](row, pair), holds)
        return exists(found.correlate_except(*pair.own, *child.own))

    return filter_


def in_one(
    model: type[Base],
    key: InstrumentedAttribute[Any],
    unique: str,
    orders: Container[tuple[str, str]],
) -> Filter:
    """The row of `model` whose id is in the column `key` is as given.

    Where that is one value of its `unique` field, and the order one of those that an index by `key`
    serves, the rows are one range of that index. In another order all of them would be sorted.
    """
    otherwise = in_related(model, lambda row, child: row.c[key.key] == child.c.id)

    def filter_(where: Where, row: Row, value: dict[str, Any]) -> Holds:
        (order, *more) = asked_order(where.selected)
        is_one = list(value) == [unique] and list(value[unique] or ()) == ["eq"]
        if more or order not in orders or not is_one:
            return otherwise(where, row, value)
        most = where.selected.limits.related_filters_max
        where.selected.spend("filters of related objects", most)
        child = Row(where.selected, model)
        id_ = select(child.c.id).where(where.holds(child, value)).correlate_except(*child.own)
        return row.c[key.key] == id_.scalar_subquery()

    return filter_


def _all_operators(value: dict[str, Any], operator: Callable[[str, Any], Holds]) -> Holds:
    for name, right in value.items():
        if right is None:
            raise InputError(f"{name} must not be null: leave it out, or ask for isNull")
    return and_(true(), *(operator(name, right) for name, right in value.items()))


def _is_null(value: ColumnElement[Any], wanted: bool) -> Holds:
    return value.is_(None) if wanted else value.is_not(None)


def _complement(holds: Holds) -> Holds:
    return holds.is_not(true())
