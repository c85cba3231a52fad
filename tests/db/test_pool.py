"""The connections to PostgreSQL that reads share."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import asyncpg
import pytest

from db import pool as pool_module
from db.pool import Pool

MOST = 3


async def pid(connection: asyncpg.Connection) -> int:
    """The number of the connection's process on the server."""
    return int(await connection.fetchval("SELECT pg_backend_pid()"))


async def pid_later(connection: asyncpg.Connection) -> int:
    return int(await connection.fetchval("SELECT pg_backend_pid() FROM pg_sleep(0.05)"))


async def forever(connection: asyncpg.Connection) -> None:
    await connection.execute("SELECT pg_sleep(60)")


@pytest.fixture
async def pool(postgres: str) -> AsyncIterator[Pool]:
    opened = Pool(partial(asyncpg.connect, postgres.format(name="postgres")), MOST, patience=0.5)
    yield opened
    await opened.close()


async def test_one_connection_serves_one_after_the_other(pool: Pool) -> None:
    assert len({await pool.run(pid) for _ in range(20)}) == 1


async def test_many_at_once_share_a_few(pool: Pool) -> None:
    assert len(set(await asyncio.gather(*(pool.run(pid_later) for _ in range(20))))) == MOST


async def test_who_waits_for_too_long_is_told(pool: Pool) -> None:
    given_up = [asyncio.create_task(pool.run(forever)) for _ in range(MOST)]
    await asyncio.sleep(0.1)
    with pytest.raises(TimeoutError):
        await pool.run(pid)
    for task in given_up:
        task.cancel()
    await asyncio.wait(given_up)
    assert len(set(await asyncio.gather(*(pool.run(pid_later) for _ in range(20))))) == MOST


async def test_a_read_that_is_given_up_at_any_moment_leaves_nothing_to_the_next(
    pool: Pool,
) -> None:
    for number in range(200):
        tasks = [asyncio.create_task(pool.run(pid_later)) for _ in range(MOST + 1)]
        await asyncio.sleep(0.0005 * (number % 10))
        for task in tasks:
            task.cancel()
        assert await pool.run(lambda c, n=number: c.fetchval(f"SELECT {n}")) == number  # type: ignore[misc]
        await asyncio.wait(tasks)


async def test_a_connection_that_broke_is_replaced(pool: Pool) -> None:
    first = await pool.run(pid)
    with pytest.raises(asyncpg.PostgresError):
        await pool.run(lambda c: c.execute("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert await pool.run(pid) != first


async def test_a_connection_that_was_idle_for_long_is_replaced(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await pool.run(pid)
    assert await pool.run(pid) == first
    monkeypatch.setattr(pool_module, "IDLE", 0.0)
    assert await pool.run(pid) != first
