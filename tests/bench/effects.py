"""What an edit did to a database, as rows; and the same done by hand, from rows that are ready."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
from sqlalchemy import Table, make_url

from db import migrate
from db.engine import prepare_sqlite
from tests.bench.load import rows_of, statement

UNLIKE = {
    "change": {"id", "transaction_id", "at"},
    "package": {"modified"},
    "pin": {"at"},
}
"""The columns in which the same edit of two databases differs, by table: numbers and times."""

Contents: TypeAlias = dict[Table, set[tuple[Any, ...]]]
"""The rows of tables, as the driver gives them."""

Run: TypeAlias = tuple[str, list[tuple[Any, ...]]]
"""A statement, and the values that it is run with, one after the other."""

Driver: TypeAlias = sqlite3.Connection | asyncpg.Connection


async def contents(url: str) -> Contents:
    """All rows of the database, but for tokens."""
    rows = await rows_of(url)
    return {table: set(found) for table, found in rows.items() if table.name != "token"}


def effect(before: Contents, after: Contents) -> dict[str, list[list[Any]]]:
    """The rows that go and that come, by table, but for `UNLIKE`: to be compared."""
    found = {}
    for table, rows in before.items():
        unlike = UNLIKE.get(table.name, set())
        alike = [place for place, c in enumerate(table.columns) if c.name not in unlike]
        for sign, differing in (("-", rows - after[table]), ("+", after[table] - rows)):
            if differing:
                kept = [[row[place] for place in alike] for row in differing]
                found[sign + table.name] = sorted(kept, key=repr)
    return found


def statements(before: Contents, after: Contents, placeholder: Callable[[int], str]) -> list[Run]:
    """The fewest rows' statements that make `after` of `before`: of a row that changed, only the
    columns that did.
    """
    deletes: list[Run] = []
    writes: list[Run] = []
    for table in migrate.METADATA.sorted_tables:
        if table not in before:
            continue
        names = [column.name for column in table.columns]
        keys = [names.index(column.name) for column in table.primary_key]
        gone, come = (
            {tuple(row[place] for place in keys): row for row in rows}
            for rows in (before[table] - after[table], after[table] - before[table])
        )
        deleted = [key for key in gone if key not in come]
        deletes.append((_delete(table, placeholder), deleted))
        made = [row for key, row in come.items() if key not in gone]
        writes.append((statement(table, placeholder), made))
        changed: dict[tuple[int, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for key in come.keys() & gone.keys():
            places = tuple(p for p in range(len(names)) if come[key][p] != gone[key][p])
            changed[places].append((*(come[key][place] for place in places), *key))
        for places, values in changed.items():
            set_ = [names[place] for place in places]
            writes.append((_update(table, set_, placeholder), values))
    return [run for run in (*reversed(deletes), *writes) if run[1]]


def _delete(table: Table, placeholder: Callable[[int], str]) -> str:
    return f"DELETE FROM {table.name} WHERE {_chosen(table, placeholder, 1)}"


def _update(table: Table, names: Sequence[str], placeholder: Callable[[int], str]) -> str:
    values = ", ".join(f"{name} = {placeholder(n)}" for n, name in enumerate(names, start=1))
    chosen = _chosen(table, placeholder, len(names) + 1)
    return f"UPDATE {table.name} SET {values} WHERE {chosen}"


def _chosen(table: Table, placeholder: Callable[[int], str], first: int) -> str:
    keys = enumerate(table.primary_key, start=first)
    return " AND ".join(f"{column.name} = {placeholder(number)}" for number, column in keys)


@asynccontextmanager
async def driver(url: str) -> AsyncIterator[Driver]:
    """A connection of the driver's own, as durable as the server's."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(str(make_url(url).database))
        prepare_sqlite(connection)
        yield connection
        connection.close()
    else:
        server = await asyncpg.connect(url)
        yield server
        await server.close()


async def repeat(connection: Driver, before: Contents, after: Contents) -> float:
    """Make `after` of `before` in one transaction; the seconds that it takes."""
    if isinstance(connection, sqlite3.Connection):
        runs = statements(before, after, lambda number: "?")
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in runs:
            connection.executemany(sql, values)
        connection.execute("COMMIT")
    else:
        runs = statements(before, after, lambda number: f"${number}")
        start = time.perf_counter()
        async with connection.transaction():
            for sql, values in runs:
                await connection.executemany(sql, values)
    return time.perf_counter() - start
