"""A writer of the log of changes that no process of the server knows of."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import make_url

INSERT = (
    "INSERT INTO change (transaction_id, node_type, node_id, revision, at, actor, actor_folded,"
    " action, diff) VALUES (1, '{}', {}, 1, '2026-11-25T12:00:00.000000+00:00', 'ed', 'ed',"
    ' \'UPDATE\', \'{{"title": ["", "{}"]}}\')'
)

Append = Callable[..., Awaitable[None]]
"""Commits `count` changes at once, of the object of this `type_` with this `key`; the diff of each
has `size` letters.
"""


def statements(count: int, key: int, type_: str, size: int) -> str:
    return ";".join([INSERT.format(type_, key, "x" * size)] * count)


@asynccontextmanager
async def appending(url: str) -> AsyncIterator[Append]:
    """Appends to the log of the database at `url`, on a connection of a plain driver."""
    if url.startswith("sqlite"):
        file = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        file.execute("PRAGMA synchronous = OFF")

        async def append(
            count: int = 1, key: int = 1, type_: str = "PACKAGE", size: int = 1
        ) -> None:
            file.executescript(f"BEGIN; {statements(count, key, type_, size)}; COMMIT")

        yield append
        file.close()
    else:
        connection: Any = await asyncpg.connect(url)

        async def append_there(
            count: int = 1, key: int = 1, type_: str = "PACKAGE", size: int = 1
        ) -> None:
            await connection.execute(statements(count, key, type_, size))

        yield append_there
        await connection.close()
