"""Which rows of the database the lines of a file are about."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.directory_file import IDENTIFIERS, Problems, Record
from db.keys import FIRST_OWN_NUMBER, reserve

Row = dict[str, Any]

BATCH = 1_000
"""Rows a statement: databases limit its parameters to some 32,000."""


@dataclass
class Matched:
    """The rows of one table that a file is about.

    `keys`: of each record, a new one where it has no row yet. `stored`: rows by key, the records'
    and those that are only named. `by_slug`: the key of each of them by its folded slug.
    """

    keys: list[int]
    stored: dict[int, Row]
    by_slug: dict[str, int]

    def before(self, key: int) -> Row | None:
        """The row that a record has already."""
        return self.stored.get(key)


async def match(
    session: AsyncSession,
    table: Table,
    records: list[Record],
    named: Collection[str],
    problems: Problems,
) -> Matched:
    """Find the records' rows, and those whose folded slugs are `named`; reserve keys for new ones.

    A record that fits two rows, two that fit one, and a number that a new row cannot have go
    to `problems`.
    """
    stored: dict[int, Row] = {}
    holders: dict[str, dict[Any, int]] = {}
    for column in (table.c[name] for name in IDENTIFIERS if name in table.c):
        values = {record.identity.get(column.name) for record in records} - {None}
        if column.name == "slug_folded":
            values |= set(named)
        stored |= {row["id"]: row for row in await rows_where(session, table, column.name, values)}
    for name in IDENTIFIERS:
        holders[name] = {row.get(name): key for key, row in stored.items()}

    found = [_find(record, stored, holders, problems) for record in records]
    lines: dict[int, int] = {}
    for record, key in zip(records, found, strict=True):
        if key is not None and lines.setdefault(key, record.line) != record.line:
            problems.add(record.line, f"it is about the same row as line {lines[key]}")
    new = iter(await reserve(session, table, found.count(None)))
    keys = [next(new) if key is None else key for key in found]

    by_slug = {row["slug_folded"]: key for key, row in stored.items() if key not in lines}
    by_slug |= {r.identity["slug_folded"]: key for r, key in zip(records, keys, strict=True)}
    return Matched(keys, stored, by_slug)


def _find(
    record: Record,
    stored: dict[int, Row],
    holders: dict[str, dict[Any, int]],
    problems: Problems,
) -> int | None:
    """The key of a record's row; None where it has none yet."""
    fits = {
        name: holders[name][value]
        for name, value in record.identity.items()
        if value in holders[name]
    }
    key = next(iter(fits.values()), None)
    for name, other in fits.items():
        if other != key:
            number = stored[other]["database_id"]
            problems.add(record.line, f"its {IDENTIFIERS[name]} is that of number {number}")
    given = record.identity.get("database_id")
    if given is not None and "database_id" not in fits:
        if given >= FIRST_OWN_NUMBER:
            problems.add(record.line, f"databaseId {given} is not there; new ones are given here")
        elif key is not None and stored[key]["database_id"] < FIRST_OWN_NUMBER:
            name, number = next(iter(fits)), stored[key]["database_id"]
            problems.add(record.line, f"its {IDENTIFIERS[name]} is that of number {number}")
    return key


async def rows_where(
    session: AsyncSession, table: Table, column: str, values: Collection[Any]
) -> list[Row]:
    """The rows of `table` in whose `column` one of `values` is; on PostgreSQL they are locked."""
    rows: list[Row] = []
    ordered = sorted(values)
    for start in range(0, len(ordered), BATCH):
        chosen = table.c[column].in_(ordered[start : start + BATCH])
        result = await session.execute(select(table).where(chosen).with_for_update())
        rows += (dict(row) for row in result.mappings())
    return rows
