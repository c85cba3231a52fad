"""The seam through which reads go: compiled SQL on the drivers' own connections.

SQLAlchemy's async engine costs more than a small read does, so reads go past it: sqlite3 in this
process (in a thread where a statement was slow, so that the event loop goes on), asyncpg from a
pool of its own (with no reset query: a read leaves nothing behind in a session).
"""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg
from sqlalchemy import URL

from db.engine import explained, prepare_sqlite, read_url
from db.errors import InputError

SLOW = 0.002
"""Seconds: a statement that took longer the last time runs in a thread."""

THREADS = 4
SQLITE_LIMITS = ("parser stack overflow", "Expression tree is too large", "too many columns")
"""What SQLite says of a statement that is deeper or wider than it is made for."""

PREPARED = 500
"""How many prepared statements a connection keeps."""


@dataclass(slots=True)
class Statement:
    """SQL as the driver takes it; `seconds` is what it took the last time."""

    sql: str
    seconds: float = SLOW


class Reader(Protocol):
    """Runs statements that read. One for a process; `close` it at the end."""

    async def row(self, statement: Statement, values: Sequence[Any]) -> Sequence[str | None]:
        """The first row that `statement` selects.

        Raises InputError where the statement is deeper than the database reads.
        """

    async def close(self) -> None: ...


class SqliteReader:
    def __init__(self, url: URL) -> None:
        self._file = str(url.database)
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="read")

    async def row(self, statement: Statement, values: Sequence[Any]) -> Sequence[str | None]:
        if statement.seconds < SLOW:
            return self._row(statement, values)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._row, statement, values)

    def _row(self, statement: Statement, values: Sequence[Any]) -> Sequence[str | None]:
        connection = self._idle.pop() if self._idle else self._connect()
        try:
            start = time.perf_counter()
            row: Sequence[str | None] = connection.execute(statement.sql, values).fetchone()
            statement.seconds = time.perf_counter() - start
        except sqlite3.OperationalError as error:
            if any(limit in str(error) for limit in SQLITE_LIMITS):
                raise InputError(
                    f"the query is nested deeper than SQLite {sqlite3.sqlite_version} reads:"
                    " ask in two queries (SQLite 3.46 and PostgreSQL read deeper ones)"
                ) from None
            raise
        finally:
            self._idle.append(connection)
        return row

    def _connect(self) -> sqlite3.Connection:
        if self._is_closed:
            raise RuntimeError("the reader is closed")
        connection = sqlite3.connect(
            self._file, check_same_thread=False, cached_statements=PREPARED
        )
        prepare_sqlite(connection)
        connection.execute("PRAGMA query_only = ON")
        return connection

    async def close(self) -> None:
        self._is_closed = True
        self._threads.shutdown()
        while self._idle:
            self._idle.pop().close()


class PostgresReader:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def row(self, statement: Statement, values: Sequence[Any]) -> Sequence[str | None]:
        async with self._pool.acquire() as connection:
            row: Any = await connection.fetchrow(statement.sql, *values)
        return tuple(row)

    async def close(self) -> None:
        await self._pool.close()


async def _no_reset(connection: asyncpg.Connection) -> None:
    """A read changes nothing in its session that the next one could see."""


async def open_reader(url: str, connections: int = 10) -> Reader:
    """The reader of the database at `url`. Raises DatabaseUnavailable where that cannot be read."""
    parsed = read_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteReader(parsed)
    dsn = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with explained(parsed):
        pool = await asyncpg.create_pool(
            dsn,
            min_size=1,
            max_size=connections,
            reset=_no_reset,
            statement_cache_size=PREPARED,
            # jit: compiling a statement to machine code takes longer than running any of these.
            server_settings={
                "timezone": "UTC",
                "jit": "off",
                "default_transaction_read_only": "on",
            },
        )
    return PostgresReader(pool)
