"""Who edits when: one after the other, each with the directory to itself.

On SQLite every transaction begins IMMEDIATE. On PostgreSQL an edit begins by locking the row that
each change of the directory moves anyway (`caching.head`). In one process edits queue first, so
that they come in their turn, and one connection is enough.
"""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.change import Change
from db.edit import Edit
from db.errors import Busy
from db.read import Statement, limit_of
from db.token import Actor

TURN = text("SELECT number FROM caching.head FOR UPDATE")

BUSY = ("database is locked", "LockNotAvailable")
"""What the databases' errors say where another process holds the directory too long."""


async def take_turn(session: AsyncSession) -> None:
    """Begin the session's transaction with the directory to itself. Raises Busy."""
    try:
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(TURN)
        else:
            await session.connection()
    except DBAPIError as error:
        if any(said in str(error) for said in BUSY):
            raise Busy from None
        raise


async def read_row(session: AsyncSession, statement: Statement, values: Sequence[Any]) -> bytes:
    """The first value that a compiled read selects, as the session's transaction sees it.

    Raises InputError where the statement is deeper than the database reads.
    """
    connection = await session.connection()
    try:
        found = await connection.exec_driver_sql(statement.sql, tuple(values))
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
    """Opens a process's edits."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def edit(self, actor: Actor) -> AsyncIterator[Edit]:
        """An edit whose transaction the caller commits, else it is rolled back. Raises Busy."""
        async with self._turn, AsyncSession(self.engine) as session:
            await take_turn(session)
            yield Edit(session, actor, dt.datetime.now(dt.UTC))
