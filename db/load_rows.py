"""The rows of a table that a load is about: how they are found, and what becomes of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.derived import Values
from db.directory_file import IDENTIFIERS, Problems, Record
from db.keys import FIRST_OWN_NUMBER, own_number, reserve

Derive = Callable[[Values], Values]

BATCH = 1_000
"""Rows a statement: databases limit its parameters to some 32,000."""

COUNTED = {"score", "grid_count"}
"""Columns that change without an edit of their row."""


class Changes:
    """What has to be written of a table, and how many rows are as they should be already.

    `blank` is a new row as the columns' defaults have it, without an `id`.
    """

    def __init__(self, model: type[Base]) -> None:
        self.model = model
        self.table = Base.metadata.tables[model.__tablename__]
        self.created: list[Values] = []
        self.updated: list[Values] = []
        self.unchanged = 0
        self.blank: Values = {}
        for column in self.table.columns:
            default: Any = column.default
            if column.name != "id":
                self.blank[column.name] = default and (
                    default.arg(None) if default.is_callable else default.arg
                )

    def settle(self, before: Values | None, row: Values) -> bool:
        """Note what `row`, which is stored as `before`, needs; whether it has to be written."""
        if before is None:
            self.created.append(row)
        elif row != before:
            self.updated.append(row)
        else:
            self.unchanged += 1
            return False
        return True

    async def stored(
        self, session: AsyncSession, column: str, values: Collection[int]
    ) -> list[Values]:
        """The rows in whose `column` one of `values` is; on PostgreSQL they are locked."""
        rows: list[Values] = []
        ordered = sorted(values)
        for start in range(0, len(ordered), BATCH):
            chosen = self.table.c[column].in_(ordered[start : start + BATCH])
            result = await session.execute(select(self.table).where(chosen).with_for_update())
            rows += (dict(row) for row in result.mappings())
        return rows


class Parts(Changes):
    """Rows that belong to another: `rows` by its key (`parent`) and then by their `name` there."""

    def __init__(self, model: type[Base], parent: str, name: str) -> None:
        super().__init__(model)
        self.parent, self.name = parent, name
        self.rows: dict[int, dict[Any, Values]] = defaultdict(dict)

    async def fetch(self, session: AsyncSession, parents: Collection[int]) -> None:
        """Bring in what is stored of these parents."""
        for row in await self.stored(session, self.parent, parents):
            self.rows[row[self.parent]][row[self.name]] = row

    def put(self, row: Values) -> bool:
        """Take a row as it shall be; whether it has to be written."""
        rows, name = self.rows[row[self.parent]], row[self.name]
        before = rows.get(name)
        rows[name] = row
        return self.settle(before, row)


class Nodes(Changes):
    """Categories, grids or packages: `rows` by key; `keys` of all there are, by folded slug.

    `derive` works a row's other columns out. `now` is the date of what has none.
    """

    def __init__(self, model: type[Base], derive: Derive, now: dt.datetime) -> None:
        super().__init__(model)
        self.derive, self.now = derive, now
        self.rows: dict[int, Values] = {}
        self.keys: dict[str, int] = {}

    async def fetch(self, session: AsyncSession, keys: Collection[int]) -> None:
        """Bring in the rows with these keys."""
        self.rows |= {row["id"]: row for row in await self.stored(session, "id", keys)}

    async def find(self, session: AsyncSession, records: list[Record], problems: Problems) -> None:
        """Find the rows of `records`, or reserve keys for them.

        A record that fits two rows, two that fit one, and a number that a new row cannot have go
        to `problems`.
        """
        # Of all rows: one scan of short columns costs less than looking up each of three.
        columns = [column for column in self.table.c if column.name in {"id", *IDENTIFIERS}]
        stored = (await session.execute(select(*columns))).mappings().all()
        numbers = {row["id"]: row["database_id"] for row in stored}
        holders = {(name, row[name]): row["id"] for row in stored for name in row.keys() - {"id"}}
        lines: dict[int, int] = {}
        for record in records:
            problem = partial(problems.add, record.line)
            record.key = _key(record.identity, holders, numbers, problem)
            if record.key and (line := lines.setdefault(record.key, record.line)) != record.line:
                problem(f"it is about the same row as line {line}")
        new = [record for record in records if not record.key]
        for record, key in zip(new, await reserve(session, self.table.name, len(new)), strict=True):
            record.key = key
        await self.fetch(session, lines)
        self.keys = {row["slug_folded"]: row["id"] for row in stored if row["id"] not in lines}
        self.keys |= {record.identity["slug_folded"]: record.key for record in records}

    def row(self, key: int, values: Values) -> Values:
        """The row with this key as it becomes with those of `values` that are its columns'."""
        new = {"id": key, "database_id": own_number(key), "created": self.now, "modified": self.now}
        row = dict(self.rows.get(key) or self.blank | new)
        row |= {name: value for name, value in values.items() if name in self.blank}
        return row | self.derive(row)

    def put(self, row: Values, values: Values, edited: bool = False) -> None:
        """Take the row of these `values` as it shall be; an edit moves its revision and date."""
        before = self.rows.get(row["id"])
        if before is not None and (
            edited or any(row[name] != before[name] for name in row.keys() - COUNTED)
        ):
            row["revision"] += 1
            row["modified"] = values.get("modified", self.now)
        self.rows[row["id"]] = row
        self.settle(before, row)


def _key(
    identity: Values,
    holders: dict[tuple[str, Any], int],
    numbers: dict[int, int],
    problem: Callable[[str], None],
) -> int:
    """The key of the row that a record is about; 0 where it is not there yet."""
    fits = {name: holders[name, it] for name, it in identity.items() if (name, it) in holders}
    key = next(iter(fits.values()), 0)
    others = [name for name, other in fits.items() if other != key]
    number = identity.get("database_id")
    if number is not None and "database_id" not in fits:
        if number >= FIRST_OWN_NUMBER:
            problem(f"databaseId {number} is not there; new ones are given here")
        elif key and numbers[key] < FIRST_OWN_NUMBER:
            others.append(next(iter(fits)))
    for name in others:
        problem(f"its {IDENTIFIERS[name]} is that of number {numbers[fits[name]]}")
    return key
