"""How long `load` takes beside hand-written statements of the same effect.

    python -m tests.bench.load

The statements insert the very rows that a load left, search entries and the log included, from
tuples that are ready: by the driver alone, in one transaction, into an empty migrated database.
Nothing is read, checked or worked out for them. The directory is loaded as it is and, with copies
of its packages under other names, at 10,000 packages; of five runs the fastest counts.
"""

import asyncio
import datetime as dt
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import Table, make_url
from sqlalchemy.ext.asyncio import AsyncSession

from db import migrate
from db.engine import create_engine, prepare_sqlite
from db.load import load
from tests.conftest import DIRECTORY, NOW
from tests.postgres import running

RUNS = 5
OF_INGEST = ("ingest_", "mirror")
TABLES = [t for t in migrate.METADATA.sorted_tables if not t.name.startswith(OF_INGEST)]

Rows = dict[Table, list[tuple[Any, ...]]]


def directory(packages: int) -> list[bytes]:
    """The lines of the directory with this many packages."""
    lines = DIRECTORY.read_bytes().splitlines()
    own = [row for line in lines if (row := json.loads(line))["type"] == "package"]
    for number in range(len(own), packages):
        row = dict(own[number % len(own)])
        row.pop("databaseId", None)
        row["slug"] += f"-{number}"
        row["title"] = f"{row['title'][:80]} {number}"
        row["repoUrl"] += f"-{number}"
        lines.append(json.dumps(row, ensure_ascii=False).encode())
    return lines


async def time_load(url: str, lines: list[bytes], now: dt.datetime) -> float:
    engine = create_engine(url)
    async with AsyncSession(engine) as session:
        await session.connection()
        start = time.perf_counter()
        await load(session, lines, now=now)
        await session.commit()
        taken = time.perf_counter() - start
    await engine.dispose()
    return taken


def statement(table: Table, placeholder: Callable[[int], str]) -> str:
    names = [column.name for column in table.columns]
    places = [placeholder(number) for number in range(1, len(names) + 1)]
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(places)})"


def time_sqlite(url: str, rows: Rows) -> float:
    connection = sqlite3.connect(str(make_url(url).database))
    prepare_sqlite(connection)
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        connection.executemany(statement(table, lambda number: "?"), rows[table])
    connection.execute("COMMIT")
    taken = time.perf_counter() - start
    connection.close()
    return taken


async def time_postgresql(url: str, rows: Rows) -> float:
    connection = await asyncpg.connect(url)
    start = time.perf_counter()
    async with connection.transaction():
        for table in TABLES:
            await connection.executemany(statement(table, lambda number: f"${number}"), rows[table])
    taken = time.perf_counter() - start
    await connection.close()
    return taken


async def rows_of(url: str) -> Rows:
    """All rows as the driver gives them, each package after the one that replaces it."""
    queries = {
        table: f"SELECT {', '.join(column.name for column in table.columns)} FROM {table.name}"
        + (" ORDER BY replaced_by_id IS NOT NULL" if table.name == "package" else "")
        for table in TABLES
    }
    if url.startswith("sqlite"):
        connection = sqlite3.connect(str(make_url(url).database))
        rows = {table: connection.execute(query).fetchall() for table, query in queries.items()}
        connection.close()
        return rows
    server = await asyncpg.connect(url)
    found = {table: await server.fetch(query) for table, query in queries.items()}
    await server.close()
    return {table: [tuple(row) for row in rows] for table, rows in found.items()}


async def compare(name: str, packages: int, fresh: Callable[[str], Any]) -> None:
    lines = directory(packages)
    loads, statements, again = [], [], []
    for run in range(RUNS):
        url = await fresh(f"load{packages}_{run}")
        loads.append(await time_load(url, lines, NOW))
        again.append(await time_load(url, lines, NOW))
        rows = await rows_of(url)
        url = await fresh(f"statements{packages}_{run}")
        by_hand = time_sqlite(url, rows) if name == "SQLite" else await time_postgresql(url, rows)
        statements.append(by_hand)
    count = sum(map(len, rows.values()))
    sys.stdout.write(
        f"{name:<11}{packages:>7,} packages, {count:>8,} rows:"
        f" load {min(loads):.2f} s, statements {min(statements):.2f} s,"
        f" ratio {min(loads) / min(statements):.2f}; loaded again {min(again):.2f} s\n"
    )


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running() as server:

        async def migrated(url: str) -> str:
            engine = create_engine(url)
            await migrate.upgrade(engine)
            await engine.dispose()
            return url

        async def fresh_sqlite(name: str) -> str:
            return await migrated(f"sqlite:///{Path(folder) / name}.sqlite3")

        async def fresh_postgresql(name: str) -> str:
            connection = await asyncpg.connect(server.format(name="postgres"))
            await connection.execute(f"CREATE DATABASE {name}")
            await connection.close()
            return await migrated(server.format(name=name))

        for packages in (264, 10_000):
            await compare("SQLite", packages, fresh_sqlite)
            await compare("PostgreSQL", packages, fresh_postgresql)


if __name__ == "__main__":
    asyncio.run(main())
