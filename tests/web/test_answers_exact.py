"""Kept answers are as new as is promised: servers in processes of their own, and a writer."""

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from db.head import CHANNEL
from tests.counts import pick, reached
from tests.web.processes import Server, Write, fill, serving, writing

ASKED = pick(test=400, prove=10_000)
"""How often the servers are asked while somebody writes."""

OLDEST = 2.0
"""Seconds: no answer is older on PostgreSQL."""

LISTENERS = (
    "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()"
)

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
on_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")


@pytest.fixture
async def write(database_url: str) -> AsyncIterator[Write]:
    await fill(database_url)
    async with writing(database_url) as write:
        await write(0)
        yield write


async def interleaved(
    servers: list[Server], write: Write, times: int, headers: dict[str, str]
) -> None:
    """Ask the servers so often, some at once, while somebody writes: no answer is too old.

    An answer is too old that lacks what was committed before the request was sent.
    """
    committed = 0
    left = times
    dice = random.Random(times)

    async def ask() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            least = committed
            assert await dice.choice(servers).stars(headers, get=dice.random() < 0.5) >= least

    asking = asyncio.gather(*(ask() for _ in range(4)))
    while not asking.done():
        await write(committed + 1)
        committed += 1
        if dice.random() < 0.2:  # what was committed is seen at once, and by a kept answer too
            for server in servers:
                assert {await server.stars(headers) for _ in range(2)} == {committed}
        await asyncio.sleep(dice.choice([0, 0, 0.001, 0.01]))
    await asking
    assert committed > times // 100


@on_sqlite
async def test_on_sqlite_no_answer_is_older_than_the_last_commit(
    database_url: str, write: Write
) -> None:
    async with serving(database_url) as first, serving(database_url) as second:
        servers = [first, second]
        await interleaved(servers, write, ASKED, {})
        ran = sum([await server.statements() for server in servers])
        assert ran < ASKED * 0.9
        for server in servers:
            await server.serves_kept_answers()
    reached("answers while somebody writes, none too old, on SQLite", ASKED)


@pytest.mark.parametrize("headers", [{"packgrid-after": "1"}, {"cache-control": "No-Cache"}])
async def test_who_asks_for_what_is_there_gets_it(
    database_url: str, write: Write, headers: dict[str, str], backend: str
) -> None:
    async with serving(database_url) as first, serving(database_url) as second:
        await first.serves_kept_answers()
        await interleaved([first, second], write, ASKED, headers)
    reached(f"answers that may not be kept ones, none too old, on {backend}", ASKED)


@on_postgresql
async def test_on_postgresql_another_process_knows_soon(database_url: str, write: Write) -> None:
    delays = []
    async with serving(database_url) as server:
        for number in range(1, pick(test=40, prove=400)):
            await server.serves_kept_answers()
            await write(number)
            start = time.monotonic()
            while await server.stars(get=number % 2 == 0) != number:
                assert time.monotonic() - start < OLDEST
            delays.append(time.monotonic() - start)
    assert statistics.median(delays) < 0.05
    assert max(delays) < OLDEST


class Proxy:
    """A socket that leads to PostgreSQL's; the connection that follows the head can be frozen."""

    def __init__(self, url: str, folder: Path) -> None:
        self._to = f"{make_url(url).query['host']}/.s.PGSQL.5432"
        self._socket = folder / ".s.PGSQL.5432"
        self.url = make_url(url).set(query={"host": str(folder)}).render_as_string(False)
        self.passes = asyncio.Event()
        self.passes.set()

    async def start(self) -> asyncio.Server:
        return await asyncio.start_unix_server(self._connected, self._socket)

    async def _connected(self, down: asyncio.StreamReader, up: asyncio.StreamWriter) -> None:
        first = await down.read(65536)
        reader, writer = await asyncio.open_unix_connection(self._to)
        gate = self.passes if CHANNEL.encode() in first else None
        writer.write(first)

        async def pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            while data := await source.read(65536):
                if gate is not None:
                    await gate.wait()
                target.write(data)
                await target.drain()
            target.close()

        await asyncio.gather(pass_on(down, writer), pass_on(reader, up), return_exceptions=True)


@on_postgresql
async def test_a_listener_that_hears_nothing_serves_nothing_old(
    database_url: str, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    proxy = Proxy(database_url, tmp_path_factory.mktemp("p"))
    async with await proxy.start(), serving(proxy.url) as server:
        for number in (1, 2):
            await server.serves_kept_answers()
            proxy.passes.clear()
            await write(number)
            start = time.monotonic()
            old = 0
            while time.monotonic() - start < OLDEST + 1:
                asked = time.monotonic()
                if await server.stars() != number:
                    assert asked - start < OLDEST
                    old += 1
            assert old, "the listener was not frozen"
            before = await server.statements()
            await server.stars()
            assert await server.statements() == before + 1
            proxy.passes.set()
        await server.serves_kept_answers()


@on_postgresql
async def test_a_listener_that_is_killed_empties_the_cache_and_comes_back(
    database_url: str, write: Write
) -> None:
    killing: asyncpg.Connection = await asyncpg.connect(database_url)
    async with serving(database_url) as server:
        for _ in range(3):
            await server.serves_kept_answers()
            before = await server.statements()
            assert await server.stars() == 0
            assert await server.statements() == before
            listener = await killing.fetchval(LISTENERS, CHANNEL)
            await killing.execute(f"SELECT pg_terminate_backend({listener})")
            deadline = time.monotonic() + 0.5
            while await server.statements() == before:
                assert time.monotonic() < deadline
                await server.stars()
        await server.serves_kept_answers()
    await killing.close()


async def test_with_no_bytes_for_them_no_answers_are_kept(
    database_url: str, write: Write, backend: str
) -> None:
    async with serving(database_url, PACKGRID_ANSWER_CACHE="0") as server:
        for _ in range(5):
            await server.stars()
        assert await server.statements() == 5
        if backend == "postgresql":
            connection: asyncpg.Connection = await asyncpg.connect(database_url)
            assert not await connection.fetch(LISTENERS, CHANNEL)
            await connection.close()
