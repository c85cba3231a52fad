"""Who edits when: one after the other, each with the directory to itself.

On SQLite every transaction begins IMMEDIATE. On PostgreSQL an edit begins by locking the row that
each change of the directory moves anyway (`caching.head`). In one process edits queue first, so
that they come in their turn, and one connection is enough.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.edit import Edit
from db.errors import Busy
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

    async def close(self) -> None:
        await self.engine.dispose()
