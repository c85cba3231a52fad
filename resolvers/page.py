"""Relay connections: one page of rows by keyset, forwards or backwards, in one subquery.

    (WITH page AS (SELECT <keys> FROM package … ORDER BY … LIMIT size)     -- an index range
     SELECT '{"nodes":[' || <joined> || ']}'
       FROM (SELECT <JSON of a row> FROM page LEFT JOIN package ON …))

Where `pageInfo` is asked for, a spare row more says whether there is more. Where all that a filter
selects is wanted more than once (counted, by facet), it is gathered once. What is not asked for is
not in the statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Text,
    column,
    exists,
    false,
    func,
    or_,
    select,
    table,
    true,
    union_all,
)

from db.base import Base
from db.errors import InputError
from db.sql import Query, limited, number
from resolvers.compile import Selected
from resolvers.json_text import JsonText, Quoted, joined_array, or_null, scalar, truth
from resolvers.order import Columns, Order
from resolvers.reads import Row


@dataclass(frozen=True, slots=True)
class Source:
    """The rows that a connection pages through: `row` within `tables`, where `conditions` hold."""

    row: "Row | FromClause | Gathered"
    tables: FromClause
    own: tuple[FromClause, ...]
    conditions: tuple[ColumnElement[bool], ...] = ()

    def select(self, *columns: Any) -> Select[Any]:
        """A query over these rows, correlated to all that is around it."""
        query = select(*columns).select_from(self.tables).where(*self.conditions)
        return query.correlate_except(*self.own)

    def with_each(self, elements: FromClause) -> "Source":
        """These rows, each once for each of its elements."""
        tables = self.tables.join(elements, true())
        return Source(self.row, tables, (*self.own, elements), self.conditions)


class Gathered:
    """What a source selects, found once: a CTE of those of its columns that are read, as `c[…]`."""

    def __init__(self, selected: Selected, source: Source) -> None:
        self.origin = source
        self.table = table(selected.alias("found"))
        self.values: dict[str, ColumnElement[Any]] = {}

    @property
    def c(self) -> "Gathered":
        return self

    def __getitem__(self, name: str) -> ColumnElement[Any]:
        return self.read(name, self.origin.row.c[name])

    def read(self, name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """The column `name`, which holds `value` of each row."""
        if name not in self.values:
            self.values[name] = value
            self.table.append_column(column(name, value.type))
        found: ColumnElement[Any] = self.table.c[name]
        return found

    @property
    def source(self) -> Source:
        return Source(self, self.table, (self.table,))

    @property
    def cte(self) -> CTE:
        """The CTE that `source` reads by its name, with all columns that were read so far."""
        columns = (value.label(name) for name, value in self.values.items())
        return self.origin.select(*columns).cte(self.table.name).prefix_with("MATERIALIZED")


class Page:
    """The scope of a connection's fields: one page of its `source` in `order`."""

    source: Source

    def __init__(self, selected: Selected, order: Order) -> None:
        self.selected = selected
        self.order = order
        arguments = selected.arguments
        if "first" in arguments and "last" in arguments:
            raise InputError("first and last cannot be given together")
        self.forward = "last" not in arguments
        self.size = self._size()
        self.after = order.bound(selected, "after") if "after" in arguments else None
        self.before = order.bound(selected, "before") if "before" in arguments else None
        asked = selected.selections().values()
        self.has_rows = any(field.name in ("nodes", "edges", "pageInfo") for field in asked)
        self.has_spare = any(field.name == "pageInfo" for field in asked)
        self.read_order = order if self.forward else order.reversed
        self.page = self._page(self.size + self.has_spare)
        self.rows: FromClause = self.page
        if self.has_spare:
            rows = self._in_order(select(self.page), self.page.c)
            self.rows = limited(rows, self.size).subquery(selected.alias("rows"))
        self.keys = [self.rows.c[name] for name in self.order.names]
        self.elements: list[JsonText] = []

    def _size(self) -> int:
        name = "first" if self.forward else "last"
        limits = self.selected.limits
        size: int = self.selected.arguments.get(name, min(limits.page_default, limits.page_max))
        if not 0 <= size <= limits.page_max:
            raise InputError(f"{name} must be from 0 to {limits.page_max}, {size} was given")
        return size

    def _page(self, size: int) -> CTE:
        """The keys of the first `size` rows, read from where the page begins."""
        order = self.read_order
        start, end = (self.after, self.before) if self.forward else (self.before, self.after)
        rows = self.source.select(*order.columns)
        if end is not None:
            rows = rows.where(or_(*self.order.beyond(end, ahead=not self.forward)))
        name = self.selected.alias("page")
        if start is None:
            return limited(rows.order_by(*order.ordered), size).cte(name)
        # A query for each key, nearest first: one condition would walk all ties of the first key.
        parts: list[Select[Any]] = []
        for equal, place in enumerate(self.order.beyond(start, ahead=self.forward)):
            part = rows.where(place).order_by(*order.ordered[equal:])  # the others have one value
            parts.insert(0, select(limited(part, size).subquery()))
        nearest = union_all(*parts)
        return limited(self._in_order(nearest, nearest.selected_columns), size).cte(name)

    def _in_order(self, query: Query, columns: Columns) -> Query:
        """`query` in the order in which the page is read, which SQLite's joins and unions keep."""
        if self.selected.compiler.dialect.name == "sqlite":
            return query
        return query.order_by(*self.read_order.over(columns))

    @property
    def ctes(self) -> Sequence[CTE]:
        """What stands before the answer: the page, where it is read."""
        return [self.page] if self.has_rows else []

    @property
    def tables(self) -> FromClause:
        """The page's rows, with what their objects are made of."""
        return self.rows

    @property
    def own(self) -> tuple[FromClause, ...]:
        """The tables that are the page's, not its surroundings'."""
        return (self.rows,)

    @property
    def cursor(self) -> ColumnElement[str]:
        """The text of a row's cursor, where `rows` is in scope."""
        return self.order.cursor(self.selected, self.keys)

    def list(self, selected: Selected, scope: Any) -> JsonText:
        """The array of the object that `selected` selects of each row."""
        return self.array(selected.each(scope, self.size))

    def array(self, element: JsonText) -> JsonText:
        """The array of `element` of each row."""
        self.elements.append(element)
        return joined_array(column(f"element_{len(self.elements)}", Text))

    def cursor_at(self, start: bool) -> JsonText:
        """The cursor of the page's first (`start`) or last row; null where it is empty."""
        order = self.order if start else self.order.reversed
        rows = select(*self.keys).order_by(*order.over(self.rows.c)).correlate_except(self.rows)
        row = limited(rows, 1).subquery()
        return or_null(
            Quoted(select(self.order.cursor(self.selected, list(row.c))).scalar_subquery())
        )

    def has_more(self, ahead: bool) -> JsonText:
        """Whether rows come after (`ahead`) or before the page in all that the filter selects."""
        place = self.before if ahead else self.after
        further: list[ColumnElement[bool]] = []
        if ahead == self.forward:
            further.append(
                select(func.count()).select_from(self.page).scalar_subquery() > number(self.size)
            )
        if place is not None:
            beyond = self.order.beyond(place, ahead, or_at=True)
            further += [exists(self.source.select(number(1)).where(each)) for each in beyond]
        return truth(or_(false(), *further))

    def answer(self) -> JsonText:
        """The connection's object."""
        body = self.selected.object(self)
        query = select(body).add_cte(*self.ctes, nest_here=True)
        if self.elements:
            rows = self._elements().subquery()
            query = query.select_from(rows).correlate_except(rows)
        return query.scalar_subquery()

    def _elements(self) -> Select[Any]:
        """What is put together of each row, in the order of the answer."""
        columns: list[Any] = [e.label(f"element_{i}") for i, e in enumerate(self.elements, start=1)]
        rows = select(*columns).select_from(self.tables).correlate_except(*self.own)
        if self.forward:
            return self._in_order(rows, self.rows.c)
        return rows.order_by(*self.order.over(self.rows.c))


class RowPage(Page):
    """A page of `model`'s rows, which belong to the row `parent` where there is one."""

    def __init__(
        self,
        selected: Selected,
        model: type[Base],
        source: Source,
        order: Order,
        parent: Row | None = None,
    ) -> None:
        of_all = sum(  # how often all that the filter selects is wanted, and not just a page of it
            len(field.selections()) if field.name == "facets" else field.name == "totalCount"
            for field in selected.selections().values()
        )
        self.gathered = Gathered(selected, source) if source.conditions and of_all > 1 else None
        if self.gathered:
            source, order = self.gathered.source, order.through(self.gathered.read)
        self.source = source
        super().__init__(selected, order)
        self.row = Row(selected, model)
        self.parent = parent

    @property
    def ctes(self) -> Sequence[CTE]:
        """The rows that were gathered, and the page."""
        return [self.gathered.cte, *super().ctes] if self.gathered else super().ctes

    @property
    def tables(self) -> FromClause:
        # The last key of an order is always the row's own.
        return self.row.within(self.rows.outerjoin(self.row.table, self.row.c.id == self.keys[-1]))

    @property
    def own(self) -> tuple[FromClause, ...]:
        return (self.rows, *self.row.own)


def edges(page: Page, selected: Selected) -> JsonText:
    """A connection's edges; their scope is the page."""
    return page.list(selected, page)


def nodes(page: RowPage, selected: Selected) -> JsonText:
    return page.list(selected, page.row)


def node(page: RowPage, selected: Selected) -> JsonText:
    """An edge's node."""
    return selected.object(page.row)


def cursor(page: Page, selected: Selected) -> JsonText:
    return Quoted(page.cursor)


def has_next_page(page: Page, selected: Selected) -> JsonText:
    return page.has_more(ahead=True)


def has_previous_page(page: Page, selected: Selected) -> JsonText:
    return page.has_more(ahead=False)


def start_cursor(page: Page, selected: Selected) -> JsonText:
    return page.cursor_at(start=True)


def end_cursor(page: Page, selected: Selected) -> JsonText:
    return page.cursor_at(start=False)


def total_count(page: Page, selected: Selected) -> JsonText:
    """How many rows the filter selects, on all pages."""
    return scalar(page.source.select(func.count()).scalar_subquery())
