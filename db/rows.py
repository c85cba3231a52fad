"""The rows of a table that an edit knows: as they were found, and as they shall be."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Select, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.derived import DERIVE, Values
from db.sql import among, batches

Key: TypeAlias = Any
"""A row's primary key: its value, or a tuple of the values where it has several columns."""


class Rows:
    """`before` is what was found in the database, `after` what shall be there, by primary key.

    The rows are not to be changed: `put` takes a new one. `blank` is a new row as the columns'
    defaults have it, without keys; `reserved` is how many new rows have got a key.
    """

    def __init__(self, session: AsyncSession, model: type[Base]) -> None:
        self.session = session
        self.model = model
        self.table: Table = Base.metadata.tables[model.__tablename__]
        self.keys = _keys(self.table)
        self.key: Callable[[Values], Key] = itemgetter(*self.keys)
        self.before: dict[Key, Values] = {}
        self.after: dict[Key, Values] = {}
        self.blank = _blank(self.table)
        self.reserved = 0
        self._derive = DERIVE.get(model)
        self._holders: dict[str, dict[Any, dict[Key, None]]] = {}
        self._found: set[tuple[str, Any]] = set()

    async def find(self, column: str, values: Collection[Any]) -> list[Values]:
        """The rows, as they shall be, in whose `column` one of `values` is, in their order."""
        await self._fetch(column, values)
        holders = self._holders[column]
        return [
            self.after[key]
            for value in dict.fromkeys(values)
            for key in holders.get(value, ())
            if key in self.after and self.after[key][column] == value
        ]

    async def get(self, key: Key) -> Values | None:
        """The row with this key of one column, as it shall be."""
        if key not in self.after:
            await self._fetch(self.keys[0], [key])
        return self.after.get(key)

    async def holder(self, column: str, value: Any, other_than: Key = None) -> Key | None:
        """The key of a row that has a unique value, or had it at any time in this edit."""
        await self._fetch(column, [value])
        holders = self._holders[column].get(value, ())
        return next((key for key in holders if key != other_than), None)

    def put(self, row: Values) -> Values:
        """Have a row be so; what is worked out of it is, and comes back with it."""
        if self._derive is not None:
            row = row | self._derive(row)
        self._note(self.amend(row), row)
        return row

    def amend(self, row: Values) -> Key:
        """As `put`, where only counts and dates are other ones: nothing is worked out of them."""
        key = self.key(row)
        before = self.before.get(key)
        self.after[key] = before if row == before else row  # what is the same need not be compared
        return key

    def remove(self, key: Key) -> None:
        self.after.pop(key, None)

    async def remove_all(self, **values: Any) -> list[Values]:
        """Remove the rows that have these values; they are found by the first. Gives them."""
        column, value = next(iter(values.items()))
        rows = [row for row in await self.find(column, [value]) if values.items() <= row.items()]
        for row in rows:
            self.remove(self.key(row))
        return rows

    @property
    def created(self) -> list[Values]:
        return [row for key, row in self.after.items() if key not in self.before]

    @property
    def removed(self) -> list[Values]:
        return [row for key, row in self.before.items() if key not in self.after]

    @property
    def pairs(self) -> Iterator[tuple[Values | None, Values | None]]:
        """The rows that come, change or go: as they were, as they shall be."""
        yield from ((None, row) for row in self.created)
        yield from self.changed
        yield from ((row, None) for row in self.removed)

    @property
    def changed(self) -> Iterator[tuple[Values, Values]]:
        """The rows that are other ones now, as they were and as they shall be."""
        for key, before in self.before.items():
            after = self.after.get(key, before)
            if after is not before:
                yield before, after

    async def _fetch(self, column: str, values: Collection[Any]) -> None:
        holders = self._holders.get(column)
        if holders is None:
            self._holders[column] = defaultdict(dict)
            for rows in (self.before, self.after):
                for key, row in rows.items():
                    self._holders[column][row[column]][key] = None
        missing = [v for v in dict.fromkeys(values) if (column, v) not in self._found]
        for batch in batches(missing):
            result = await self.session.execute(_found(self.table, column), {"wanted": batch})
            names = list(result.keys())  # mappings() would ask for them again at each row
            for found in result:
                self._take(dict(zip(names, found, strict=True)))
            self._found.update((column, value) for value in batch)

    def _take(self, row: Values) -> None:
        key = self.key(row)
        if key not in self.before:
            self.before[key] = self.after[key] = row
            self._note(key, row)

    def _note(self, key: Key, row: Values) -> None:
        for column, holders in self._holders.items():
            holders[row[column]][key] = None


@cache
def _keys(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]


@cache
def _blank(table: Table) -> Values:
    blank: Values = {}
    for column in table.columns:
        if not column.primary_key:
            default: Any = column.default
            blank[column.name] = default and (
                default.arg(None) if default.is_callable else default.arg
            )
    return blank


@cache
def _found(table: Table, column: str) -> Select[Any]:
    """The rows in whose `column` one of the values called `wanted` is."""
    return select(table).where(among(table.c[column], "wanted"))
