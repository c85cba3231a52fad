"""Relay connections: one page of rows by keyset, forwards or backwards, in one subquery.

    SELECT '{"nodes":[' || <joined> || '],"pageInfo":{…}}'           -- Page.answer
      FROM (SELECT rank, <JSON of a row> … FROM                      -- rows, of which one is spare
              (SELECT id, <keys>, row_number() … LIMIT size + 1)     -- the page: an index range
              JOIN package ON … ORDER BY rank)

The spare row says whether there is more. What is not asked for (a total, facets, the rows on the
other side) is not in the statement.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    column,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from db.base import Base
from db.errors import InputError
from resolvers.compile import Selected
from resolvers.json_text import JsonText, Quoted, joined_array, or_null, scalar, truth
from resolvers.order import Order
from resolvers.reads import Row


@dataclass(frozen=True, slots=True)
class Source:
    """The rows that a connection pages through: `row` within `tables`, where `conditions` hold."""

    row: Row | FromClause
    tables: FromClause
    own: tuple[FromClause, ...]
    conditions: tuple[ColumnElement[bool], ...]

    def select(self, *columns: Any) -> Select[Any]:
        """A query over these rows, correlated to all that is around it."""
        query = select(*columns).select_from(self.tables).where(*self.conditions)
        return query.correlate_except(*self.own)

    def with_each(self, elements: FromClause) -> "Source":
        """These rows, each once for each of its elements."""
        tables = self.tables.join(elements, true())
        return Source(self.row, tables, (*self.own, elements), self.conditions)


class Page:
    """The scope of a connection's fields: one page of `source` in `order`."""

    def __init__(self, selected: Selected, source: Source, order: Order) -> None:
        self.selected = selected
        self.source = source
        self.order = order
        arguments = selected.arguments
        if "first" in arguments and "last" in arguments:
            raise InputError("first and last cannot be given together")
        self.forward = "last" not in arguments
        self.size = self._size()
        self.after = order.bound(selected, "after") if "after" in arguments else None
        self.before = order.bound(selected, "before") if "before" in arguments else None
        self.page = self._page()
        self.keys = [self.page.c[name] for name in self._key_names()]
        self.columns: dict[str, ColumnElement[Any]] = {}

    def _size(self) -> BindParameter[int]:
        name = "first" if self.forward else "last"
        limits = self.selected.limits

        def convert(size: int) -> int:
            if not 0 <= size <= limits.page_max:
                raise InputError(f"{name} must be from 0 to {limits.page_max}, {size} was given")
            return size

        given = self.selected.arguments.get(name, min(limits.page_default, limits.page_max))
        return self.selected.bind(given, BigInteger(), convert)

    def each(self, selected: Selected, scope: Any) -> JsonText:
        """The object that `selected` selects of each row."""
        return selected.each(scope, self.size.key)

    def _key_names(self) -> list[str]:
        return [key.name or f"key_{i}" for i, key in enumerate(self.order.keys)]

    def _page(self) -> FromClause:
        keys = self.order.keys if self.forward else [k.reversed for k in self.order.keys]
        ordered = [key.ordered for key in keys]
        names = self._key_names()
        values = [key.value.label(name) for key, name in zip(keys, names, strict=True)]
        rank = func.row_number().over(order_by=ordered).label("rank")
        query = self.source.select(*values, rank)
        if self.after is not None:
            query = query.where(self.order.beyond(self.after, ahead=True))
        if self.before is not None:
            query = query.where(self.order.beyond(self.before, ahead=False))
        query = query.order_by(*ordered).limit(self.size + 1)
        return query.subquery(self.selected.alias("page"))

    @property
    def tables(self) -> FromClause:
        """The page's rows, with what their objects are made of."""
        return self.page

    @property
    def own(self) -> tuple[FromClause, ...]:
        """The tables that are the page's, not its surroundings'."""
        return (self.page,)

    @property
    def cursor(self) -> ColumnElement[str]:
        """The text of a row's cursor, where `row` is in scope."""
        return self.order.cursor(self.selected, self.keys)

    def kept(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """`value`, of each row, as a column of the rows that are put together."""
        name = f"value_{len(self.columns)}"
        self.columns[name] = value
        return column(name, value.type)

    @property
    def rank(self) -> ColumnElement[int]:
        """A row's place in the page, counted from where it begins; the spare row's is the last."""
        self.columns["rank"] = self.page.c.rank
        return column("rank", Integer)

    def list(self, element: JsonText) -> JsonText:
        """The array of `element` of each row of the page, without the spare one."""
        return joined_array(self.kept(element), self.rank <= self.size)

    def cursor_at(self, start: bool) -> JsonText:
        """The cursor of the page's first (`start`) or last row; null where it is empty."""
        kept, rank = self.kept(self.cursor), self.rank
        at_place = rank == 1
        if start != self.forward:
            self.columns["row_count"] = func.count().over()
            at_place = or_(rank == self.size, rank == column("row_count", Integer))
        return or_null(Quoted(func.max(case((and_(rank <= self.size, at_place), kept)))))

    def has_more(self, ahead: bool) -> JsonText:
        """Whether rows come after (`ahead`) or before the page in all that the filter selects."""
        place = self.before if ahead else self.after
        further: list[ColumnElement[bool]] = []
        if ahead == self.forward:
            further.append(func.max(self.rank) > self.size)
        if place is not None:
            beyond = self.order.beyond(place, ahead, or_at=True)
            further.append(exists(self.source.select(1).where(beyond)))
        return truth(or_(false(), *further))

    def answer(self) -> JsonText:
        """The connection's object, over the rows where its fields asked for any."""
        body = self.selected.object(self)
        if not self.columns:
            return body
        rows = (
            select(*(value.label(name) for name, value in self.columns.items()))
            .select_from(self.tables)
            .order_by(self.page.c.rank.asc() if self.forward else self.page.c.rank.desc())
            .correlate_except(*self.own)
            .subquery()
        )
        return select(body).select_from(rows).correlate_except(rows).scalar_subquery()


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
        super().__init__(selected, source, order)
        self.row = Row(selected, model)
        self.parent = parent

    @property
    def tables(self) -> FromClause:
        # The last key of an order is always the row's own. Of the spare row nothing is read.
        is_row = and_(self.row.c.id == self.keys[-1], self.page.c.rank <= self.size)
        return self.row.within(self.page.outerjoin(self.row.table, is_row))

    @property
    def own(self) -> tuple[FromClause, ...]:
        return (self.page, *self.row.own)


def edges(page: Page, selected: Selected) -> JsonText:
    """A connection's edges; their scope is the page."""
    return page.list(page.each(selected, page))


def nodes(page: RowPage, selected: Selected) -> JsonText:
    return page.list(page.each(selected, page.row))


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
