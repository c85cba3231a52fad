"""Facets: how the rows that a connection's filter selects are spread."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from db.category import Category
from resolvers.compile import Read, Selected
from resolvers.json_text import ByCodePoint, JsonText, elements_of, json_array, scalar
from resolvers.page import Page
from resolvers.reads import LIST, Expression, Row


@dataclass(frozen=True, slots=True)
class Count:
    """The scope of a facet's entry: what is counted, and how often it is there."""

    what: Any
    count: ColumnElement[int]


def count(scope: Count, selected: Selected) -> JsonText:
    return scalar(scope.count)


def counted_value(scope: Count, selected: Selected) -> JsonText:
    return scalar(scope.what)


def counted_object(scope: Count, selected: Selected) -> JsonText:
    return selected.object(scope.what)


def categories(page: Page, selected: Selected) -> JsonText:
    """Packages by category, most first, then by title."""
    row = page.source.row
    counts = (
        page.source.select(row.c["category_id"], func.count().label("count"))
        .group_by(row.c["category_id"])
        .subquery()
    )
    category = Row(selected, Category)
    element = selected.each(Count(category, counts.c.count), LIST)
    tables = counts.join(category.table, category.c.id == counts.c.category_id)
    return json_array(
        select(element)
        .select_from(category.within(tables))
        .order_by(counts.c.count.desc(), category.c.title_folded, category.c.id)
        .correlate_except(counts, *category.own)
    )


def values(expression: Expression) -> Read:
    """Packages by the value of an expression, null left out; most first, then by value."""

    def read(page: Page, selected: Selected) -> JsonText:
        value = expression(page.source.row)
        query = page.source.select(value.label("value"), func.count().label("count"))
        return _value_counts(query.where(value.is_not(None)).group_by(value), selected)

    return read


def list_values(expression: Expression) -> Read:
    """Packages by each of the texts of a list; most first, then by value."""

    def read(page: Page, selected: Selected) -> JsonText:
        elements = elements_of(expression(page.source.row))
        value = elements.c.value
        query = page.source.with_each(elements).select(value, func.count().label("count"))
        return _value_counts(query.group_by(value), selected)

    return read


def _value_counts(query: Any, selected: Selected) -> JsonText:
    counts = query.subquery()
    return json_array(
        select(selected.each(Count(counts.c.value, counts.c.count), LIST))
        .select_from(counts)
        .order_by(counts.c.count.desc(), ByCodePoint(counts.c.value))
        .correlate_except(counts)
    )
