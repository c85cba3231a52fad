"""Who edits when: one after the other, each with the directory to itself.

On SQLite every transaction begins IMMEDIATE. On PostgreSQL an edit begins by locking the row that
each change of the directory moves anyway (`caching.head`). In one process edits queue first, so
that they come in their turn, and one connection is enough.
"""

import asyncio
import datetime as dt
import gc
import sqlite3
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeAlias, TypeVar, cast

import asyncpg
import orjson
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.change import Change
from db.direct import (
    DirectSession,
    PostgresSession,
    SqliteSession,
    Statements,
    completed,
)
from db.edit import Edit
from db.engine import SESSION, prepare_sqlite
from db.errors import Busy
from db.pool import Pool, dsn
from db.read import PREPARED, Statement
from db.token import Actor

T = TypeVar("T")

Work: TypeAlias = Callable[[DirectSession], Coroutine[Any, Any, T]]
"""What is done in a transaction, which it commits."""

TURN = text(
    "WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', '10s', true))"
    " SELECT number FROM caching.head, patience FOR UPDATE OF head"
)
"""Locks the row, and waits no longer for it than SQLite does for its file."""

PATIENCE = 30.0
"""Seconds that an edit waits for those of its own process."""

BEGIN = text("SELECT 1")
"""With any statement a transaction begins."""

BUSY = ("database is locked", "lock timeout")
"""What the databases' errors say where another process holds the directory too long."""

CUT = (asyncpg.OperatorInterventionError, asyncpg.InternalClientError)
"""What asyncpg says of a connection that the server has ended, or is just ending."""

NEWEST = select(func.max(Change.id))


async def take_turn(session: AsyncSession) -> None:
    """Begin the session's transaction with the directory to itself. Raises Busy."""
    try:
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(TURN)
        else:
            await session.execute(BEGIN)
    except DBAPIError as error:
        raise _busy(error) from None


def _busy(error: Exception) -> Exception:
    """Busy where that is what a database's error says, else the error."""
    return Busy() if any(said in str(error) for said in BUSY) else error


async def read_row(session: AsyncSession, statement: Statement, values: Sequence[Any]) -> bytes:
    """The first value that a compiled read selects, as the session of an edit sees it.

    Raises InputError where the statement is deeper than the database reads, or takes too long.
    """
    text = await cast(DirectSession, session).read(statement.sql, values)
    return b"null" if text is None else str(text).encode()


async def newest_change(session: AsyncSession) -> int | None:
    """The number of the newest change in the log."""
    return await session.scalar(NEWEST)


@contextmanager
def without_collections() -> Iterator[None]:
    """What an edit or a load makes lives to its end: to look for garbage in it, again and again,
    would take a third of its time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Transactions(Protocol):
    """Runs transactions, one at a time, with the directory to themselves. `close` it at the end."""

    async def run(self, work: Work[T]) -> T:
        """What `work` gives; what it does not commit is rolled back. Raises Busy."""

    async def close(self) -> None: ...


class SqliteTransactions:
    """In a thread, in which `work` awaits nothing but its session."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._file = str(engine.url.database)
        self._statements = Statements(engine.dialect)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="edit")
        self._connection: sqlite3.Connection | None = None

    async def run(self, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._run, work)

    def _run(self, work: Work[T]) -> T:
        if self._connection is None:
            connection = sqlite3.connect(
                self._file, check_same_thread=False, cached_statements=PREPARED
            )
            prepare_sqlite(connection)
            self._connection = connection
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise _busy(error) from None
        try:
            return completed(work(SqliteSession(self._statements, connection)))
        finally:
            if connection.in_transaction:
                connection.rollback()

    async def close(self) -> None:
        await asyncio.to_thread(self._thread.shutdown)
        if self._connection is not None:
            self._connection.close()


class Lost(Exception):
    """A connection that broke before its transaction began."""


class PostgresTransactions:
    def __init__(self, engine: AsyncEngine) -> None:
        self._dsn = dsn(engine.url)
        self._statements = Statements(engine.dialect)
        self._pool = Pool(self._connect, 1, PATIENCE)

    async def _connect(self) -> asyncpg.Connection:
        connection = await asyncpg.connect(
            self._dsn,
            statement_cache_size=PREPARED,
            max_cacheable_statement_size=0,
            server_settings=SESSION,
        )
        # As SQLAlchemy's types have it, which write the text.
        await connection.set_type_codec(
            "json", schema="pg_catalog", encoder=str, decoder=orjson.loads
        )
        return connection

    async def run(self, work: Work[T]) -> T:
        try:
            return await self._pool.run(partial(self._run, work))
        except Lost:  # the server was started anew since the last edit
            return await self._pool.run(partial(self._run, work))

    async def _run(self, work: Work[T], connection: asyncpg.Connection) -> T:
        try:
            await self._begin(connection)
            return await work(PostgresSession(self._statements, connection))
        finally:
            if not connection.is_closed() and connection.is_in_transaction():
                await connection.execute("ROLLBACK")

    async def _begin(self, connection: asyncpg.Connection) -> None:
        try:
            await connection.execute(f"BEGIN; {TURN}")
        except (*CUT, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            if isinstance(error, CUT) or connection.is_closed():
                connection.terminate()
                raise Lost from error
            raise _busy(error) from None

    async def close(self) -> None:
        await self._pool.close()


class Writer:
    """Opens a process's edits. `close` it at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        is_sqlite = engine.dialect.name == "sqlite"
        self._transactions: Transactions = (
            SqliteTransactions(engine) if is_sqlite else PostgresTransactions(engine)
        )

    async def run(self, actor: Actor, work: Callable[[Edit], Coroutine[Any, Any, T]]) -> T:
        """What `work` does with an edit, which it commits, else it is rolled back. Raises Busy.

        On SQLite it runs in a thread, and awaits nothing but the edit's session. An edit that is
        begun is made, also if its caller is cancelled.
        """
        running = asyncio.create_task(self._in_turn(actor, work))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        return await asyncio.shield(running)

    async def _in_turn(self, actor: Actor, work: Callable[[Edit], Coroutine[Any, Any, T]]) -> T:
        async def edit(session: DirectSession) -> T:
            return await work(Edit(cast(AsyncSession, session), actor, dt.datetime.now(dt.UTC)))

        try:
            async with asyncio.timeout(PATIENCE):
                await self._turn.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            with without_collections():
                return await self._transactions.run(edit)
        finally:
            self._turn.release()

    async def close(self) -> None:
        """Wait for the edits that are begun."""
        if self._running:
            await asyncio.wait(self._running)
        await self._transactions.close()
