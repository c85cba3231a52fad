"""Who edits when: one after the other, each with the directory to itself.

On SQLite every transaction begins IMMEDIATE. On PostgreSQL an edit begins by locking the row that
each change of the directory moves anyway (`caching.head`). In one process edits queue first, so
that they come in their turn, and one connection is enough.
"""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.change import Change
from db.direct import DirectSession, completed
from db.edit import Edit
from db.engine import create_direct_engine
from db.errors import Busy
from db.read import LONGEST, Statement, TooLong, limit_of
from db.token import Actor

T = TypeVar("T")

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


async def take_turn(session: AsyncSession) -> None:
    """Begin the session's transaction with the directory to itself. Raises Busy."""
    try:
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(TURN)
        else:
            await session.execute(BEGIN)
    except DBAPIError as error:
        if any(said in str(error) for said in BUSY):
            raise Busy from None
        raise


async def read_row(session: AsyncSession, statement: Statement, values: Sequence[Any]) -> bytes:
    """The first value that a compiled read selects, as the session's transaction sees it.

    Raises InputError where the statement is deeper than the database reads, or takes too long.
    """
    connection = await session.connection()
    try:
        async with asyncio.timeout(LONGEST) if isinstance(session, AsyncSession) else nullcontext():
            found = await connection.exec_driver_sql(statement.sql, tuple(values))
    except TimeoutError:
        raise TooLong from None
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.OperationalError):
            raise limit_of(error.orig) from None
        raise
    text = found.scalar_one()
    return b"null" if text is None else str(text).encode()


async def newest_change(session: AsyncSession) -> int | None:
    """The number of the newest change in the log."""
    return await session.scalar(select(func.max(Change.id)))


class Writer:
    """Opens a process's edits. `close` it at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        self._direct: Engine | None = None
        if engine.dialect.name == "sqlite":
            self._direct = create_direct_engine(engine.url)
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="edit")

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
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turn.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            if self._direct is None:
                return await self._work(actor, work)
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(
                self._thread, lambda: completed(self._work(actor, work))
            )
        finally:
            self._turn.release()

    async def _work(self, actor: Actor, work: Callable[[Edit], Coroutine[Any, Any, T]]) -> T:
        async with self.edit(actor) as edit:
            return await work(edit)

    @asynccontextmanager
    async def edit(self, actor: Actor) -> AsyncIterator[Edit]:
        """An edit out of turn: it waits for the database alone."""
        async with self._session() as session:
            try:
                await take_turn(session)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                await session.rollback()  # the server was started anew since the last edit
                await take_turn(session)
            yield Edit(session, actor, dt.datetime.now(dt.UTC))

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        if self._direct is None:
            async with AsyncSession(self._engine) as session:
                yield session
        else:
            with self._direct.connect() as connection:
                yield cast(AsyncSession, DirectSession(connection))

    async def close(self) -> None:
        """Wait for the edits that are begun."""
        if self._running:
            await asyncio.wait(self._running)
        if self._direct is not None:
            await asyncio.to_thread(self._thread.shutdown)
            self._direct.dispose()
