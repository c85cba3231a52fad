"""The head of the directory: what tells whether an answer that was read earlier still stands.

It is another one after each commit that changed the directory, in whatever process.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import asyncpg
from sqlalchemy import URL

from db.engine import prepare_sqlite, read_url
from db.pool import dsn

logger = logging.getLogger(__name__)

BEAT = 0.25
"""Seconds after which PostgreSQL is asked for the head, if no notification came."""

SILENCE = 1.0
"""Seconds after which what PostgreSQL said is no longer relied on."""

LONGEST_PAUSE = 5.0
"""Seconds until it is tried again to reach PostgreSQL, after many failures."""

LOCKED = 10.0
"""Seconds after which what SQLite has no turn for is given up."""

CHANNEL = "packgrid_head"


class Head(Protocol):
    """One for a process; `close` it at the end."""

    def now(self) -> Hashable | None:
        """The head, to be compared for equality; None where it is not known."""

    def forget(self) -> None:
        """Ask anew before a head is known: this process has just committed."""

    async def close(self) -> None: ...


class SqliteHead:
    """Asks on each call: nothing that is committed anywhere goes unseen."""

    def __init__(self, url: URL) -> None:
        self._connection = sqlite3.connect(str(url.database))
        prepare_sqlite(self._connection)
        # Where the file is locked, reading it is as quick as waiting to ask.
        self._connection.execute("PRAGMA busy_timeout = 0")
        # No commit waits for the disk, since the event loop would: a power cut may undo a `write`.
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def now(self) -> Hashable | None:
        try:
            found: Hashable = self._connection.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.OperationalError:
            return None
        return found

    def forget(self) -> None:
        """It asks on each call."""

    async def write(self, statement: str, values: Mapping[str, Any]) -> None:
        """Commit a small change that no answer has: the head that this has stays what it is.

        Raises OperationalError where the file stays locked for `LOCKED` seconds.
        """
        deadline = time.monotonic() + LOCKED
        while True:
            try:
                self._connection.execute(statement, values)
                return
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.02)

    async def close(self) -> None:
        self._connection.close()


class PostgresHead:
    """Hears of commits on a connection of its own, and knows no head where that says nothing.

    The head is read at each notification and each heartbeat. What was read counts from when it was
    asked for: a commit since then may not be in it. The heads of two connections are never equal:
    behind the second may be another server, which lost what the first one had.
    """

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self._connect = connect
        self._head: Hashable | None = None
        self._asked = 0.0
        self._connections = 0
        self._failures = 0
        self._heard = asyncio.Event()
        self._forgotten = 0.0
        self._following = asyncio.create_task(self._follow())

    def now(self) -> Hashable | None:
        oldest = max(self._forgotten, time.monotonic() - SILENCE)
        return self._head if self._asked > oldest else None

    def forget(self) -> None:
        self._forgotten = time.monotonic()
        self._heard.set()

    async def _follow(self) -> None:
        while True:
            try:
                await self._listen()
            except Exception as error:
                pause = min(0.05 * 2**self._failures, LONGEST_PAUSE)
                self._failures = min(self._failures + 1, 10)
                logger.warning("no answers are kept: PostgreSQL's head is not known: %r", error)
                await asyncio.sleep(pause)

    async def _listen(self) -> None:
        """Follow the head on a new connection until that breaks, which raises."""
        heard = self._heard

        def lost(connection: object) -> None:
            self._head = None
            heard.set()

        connection = await self._connect()
        try:
            connection.add_termination_listener(lost)
            await connection.add_listener(CHANNEL, lambda *_: heard.set())
            self._connections += 1
            while True:
                heard.clear()
                asked = time.monotonic()
                number = await connection.fetchval("SELECT number FROM caching.head")
                self._head, self._asked = (self._connections, number), asked
                self._failures = 0
                with suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await heard.wait()
        finally:
            self._head = None
            connection.terminate()

    async def close(self) -> None:
        self._following.cancel()
        await asyncio.wait([self._following])


async def open_head(url: str) -> Head:
    """The head of the database at `url`. Raises DatabaseUnavailable as `read_url` does."""
    parsed = read_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteHead(parsed)
    return PostgresHead(
        partial(
            asyncpg.connect,
            dsn(parsed),
            timeout=LONGEST_PAUSE,
            command_timeout=SILENCE,
            server_settings={"application_name": CHANNEL},
        )
    )
