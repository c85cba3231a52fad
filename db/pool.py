"""A few connections to PostgreSQL that many reads share.

asyncpg's own pool takes some 16 microseconds to lend a connection: longer than a small read.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg
from sqlalchemy import URL

T = TypeVar("T")

IDLE = 300.0
"""Seconds: a firewall may have forgotten a connection that was not used for so long."""


class Pool:
    """At most so many connections, opened by `connect` when they are needed.

    A read that was given up may leave its statement running: asyncpg has it cancelled, and lets the
    connection's next statement wait until it is.
    """

    def __init__(
        self, connect: Callable[[], Awaitable[asyncpg.Connection]], most: int, patience: float
    ) -> None:
        self._connect = connect
        self._most = most
        self._patience = patience
        self._places = asyncio.Semaphore(most)
        self._idle: list[tuple[asyncpg.Connection, float]] = []
        self._is_closed = False

    async def run(self, use: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        """What `use` gives on a connection that is its own meanwhile.

        Raises TimeoutError where none is free for `patience` seconds; and what connecting raises.
        """
        if self._is_closed:
            raise RuntimeError("the pool is closed")
        if self._places.locked():
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        else:
            await self._places.acquire()
        try:
            connection = self._last_used() or await self._connect()
            try:
                used = await use(connection)
            except BaseException:
                self._idle.insert(0, (connection, time.monotonic()))  # the last to be lent again
                raise
            self._idle.append((connection, time.monotonic()))
            return used
        finally:
            self._places.release()

    def _last_used(self) -> asyncpg.Connection | None:
        """The connection that was used last, of those that still are open."""
        while self._idle:
            connection, used = self._idle.pop()
            if time.monotonic() - used > IDLE:
                connection.terminate()
            elif not connection.is_closed():
                return connection
        return None

    async def close(self) -> None:
        """Close the connections, each once it is given back."""
        self._is_closed = True
        for _ in range(self._most):
            await self._places.acquire()
        for connection, _ in self._idle:
            await connection.close()


def dsn(url: URL) -> str:
    """The URL as asyncpg takes it, with the password."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
