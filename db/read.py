"""The seam through which reads go: compiled SQL on the drivers' own connections.

SQLAlchemy's async engine costs more than a small read does, so reads go past it: sqlite3 in this
process (in a thread where a statement was slow, so that the event loop goes on), asyncpg from a
pool (see `db.pool`) that resets no session: a read leaves nothing behind in one.
"""

import asyncio
import ctypes
import math
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import asyncpg
from sqlalchemy import URL, Dialect

from db.engine import SESSION, explained, prepare_sqlite, read_url
from db.errors import InputError
from db.pool import Pool, dsn

SLOW = 0.005
"""Seconds: a statement that took longer lately runs in a thread."""

LONGEST = 8.0
"""Seconds: a statement that takes longer is ended."""

THREADS = 4
"""How many statements run in threads at once, on as many processors."""

PATIENCE = 0.02
"""Seconds: a statement that is slow though it was not before is begun anew in a thread."""

STEPS = 200_000
"""Of SQLite's virtual machine, some milliseconds: how often a statement's time is looked at."""

SQLITE_LIMITS = ("parser stack overflow", "Expression tree is too large", "too many columns")
"""What SQLite says of a statement that is deeper or wider than it is made for."""

PREPARED = 100
"""How many prepared statements a connection keeps: one of a search takes SQLite some 300 KB."""


class TooLong(InputError):
    def __init__(self) -> None:
        super().__init__(f"the operation took longer than {LONGEST:.0f} seconds: ask for less")


@dataclass(slots=True)
class Statement:
    """SQL as the driver takes it; `seconds` is the most that it took, slowly forgotten.

    `is_readable` is whether the database is known to read it: see `SQLITE_LIMITS`.
    """

    sql: str
    seconds: float = SLOW
    is_readable: bool = False

    def took(self, seconds: float) -> None:
        self.seconds = max(seconds, self.seconds * 0.9)


class Reader(Protocol):
    """Runs statements that read, spelled in `dialect`. One for a process; `close` it at the end."""

    dialect: Dialect

    async def row(self, statement: Statement, values: Sequence[Any]) -> Sequence[bytes | None]:
        """The first row that `statement` selects, its texts in UTF-8.

        Raises InputError where it takes too long, or is deeper than the database reads.
        """

    async def plan(self, statement: Statement, values: Sequence[Any]) -> list[str]:
        """How the database runs `statement`, line by line. Raises as `row` does."""

    async def close(self) -> None: ...


class Session(sqlite3.Connection):
    """A connection that reads texts as UTF-8, and ends a statement at its `deadline`."""

    deadline = math.inf

    def is_late(self) -> bool:
        return time.perf_counter() > self.deadline


class SqliteReader:
    def __init__(self, url: URL) -> None:
        self.dialect: Dialect = url.get_dialect()()
        self._file = str(url.database)
        self._idle: list[Session] = []
        self._is_closed = False
        # More threads than processors would wait for each other, each with a cache of its own.
        threads = min(THREADS, len(os.sched_getaffinity(0)))
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="read")

    async def row(self, statement: Statement, values: Sequence[Any]) -> Sequence[bytes | None]:
        now = time.perf_counter()
        if statement.seconds < SLOW:
            with suppress(TooLong):
                return self._row(statement, values, time.perf_counter, now + PATIENCE)
        loop = asyncio.get_running_loop()
        # By its own clock, or a thread that waits for others would make all statements slow ones.
        return await loop.run_in_executor(
            self._threads, self._row, statement, values, time.thread_time, now + LONGEST
        )

    def _row(
        self,
        statement: Statement,
        values: Sequence[Any],
        clock: Callable[[], float],
        deadline: float,
    ) -> Sequence[bytes | None]:
        session = self._take(deadline)
        start = clock()
        try:
            row: Sequence[bytes | None] = session.execute(statement.sql, values).fetchone()
        except sqlite3.OperationalError as error:
            raise limit_of(error) from None
        finally:
            statement.took(clock() - start)
            self._idle.append(session)
        return row

    async def plan(self, statement: Statement, values: Sequence[Any]) -> list[str]:
        session = self._take(time.perf_counter() + LONGEST)
        try:
            rows = session.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values).fetchall()
        except sqlite3.OperationalError as error:
            raise limit_of(error) from None
        finally:
            self._idle.append(session)
        depths = {0: 0}
        for id_, parent, _, _ in rows:
            depths[id_] = depths[parent] + 1
        return [f"{'  ' * (depths[id_] - 1)}{detail.decode()}" for id_, _, _, detail in rows]

    def _take(self, deadline: float) -> Session:
        try:
            session = self._idle.pop()
        except IndexError:
            session = self._connect()
        session.deadline = deadline
        return session

    def _connect(self) -> Session:
        if self._is_closed:
            raise RuntimeError("the reader is closed")
        session = sqlite3.connect(
            self._file, check_same_thread=False, cached_statements=PREPARED, factory=Session
        )
        prepare_sqlite(session)
        session.execute("PRAGMA query_only = ON")
        session.text_factory = bytes
        session.set_progress_handler(session.is_late, STEPS)
        return session

    async def close(self) -> None:
        self._is_closed = True
        await asyncio.to_thread(self._threads.shutdown)
        while self._idle:
            self._idle.pop().close()


def limit_of(error: sqlite3.OperationalError) -> Exception:
    """What an error of SQLite is: InputError where the statement asks for too much."""
    if str(error) == "interrupted":
        return TooLong()
    if any(limit in str(error) for limit in SQLITE_LIMITS):
        return InputError(
            f"the query is nested deeper than SQLite {sqlite3.sqlite_version} reads:"
            " ask in two queries (newer SQLites and PostgreSQL read deeper ones)"
        )
    return error


READING = SESSION | {
    "default_transaction_read_only": "on",
    "statement_timeout": f"{LONGEST:.0f}s",
}
"""The settings of the sessions that read."""


class PostgresReader:
    def __init__(self, url: URL, pool: Pool) -> None:
        self.dialect: Dialect = url.get_dialect()()
        self._pool = pool

    async def row(self, statement: Statement, values: Sequence[Any]) -> Sequence[bytes | None]:
        (row,) = await self._fetch(statement.sql, values)
        return [None if text is None else text.encode() for text in row]

    async def plan(self, statement: Statement, values: Sequence[Any]) -> list[str]:
        return [line for (line,) in await self._fetch(f"EXPLAIN {statement.sql}", values)]

    async def _fetch(self, sql: str, values: Sequence[Any]) -> list[Any]:
        async def fetch(session: asyncpg.Connection) -> list[Any]:
            try:
                return list(await session.fetch(sql, *values))
            except (asyncpg.QueryCanceledError, TimeoutError):
                raise TooLong from None

        return await self._pool.run(fetch)

    async def close(self) -> None:
        await self._pool.close()


def keep_memory() -> None:
    """Have glibc keep what a large answer took for the next one.

    Left to itself it gives it back to the system each time, or not, by how the heap came to lie:
    an answer of 300 KB, and some searches, then take twice to four times as long.
    """
    with suppress(OSError, AttributeError):  # of another C library
        libc = ctypes.CDLL(None)
        libc.mallopt(M_TRIM_THRESHOLD, 64 * 2**20)
        libc.mallopt(M_MMAP_THRESHOLD, 32 * 2**20)


M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""What mallopt(3) calls the two."""


async def open_reader(url: str, connections: int = 10) -> Reader:
    """The reader of the database at `url`. Raises DatabaseUnavailable where that cannot be read."""
    parsed = read_url(url)
    keep_memory()
    if parsed.get_backend_name() == "sqlite":
        return SqliteReader(parsed)
    connect = partial(
        asyncpg.connect,
        dsn(parsed),
        timeout=LONGEST,
        command_timeout=LONGEST + 1,  # where the server does not even say that it ended it
        statement_cache_size=PREPARED,
        max_cacheable_statement_size=0,  # no limit: a search is longer than 15 KB
        server_settings=READING,
    )
    pool = Pool(connect, connections, LONGEST)
    with explained(parsed):
        await pool.run(lambda session: session.execute("SELECT 1"))
    return PostgresReader(parsed, pool)
