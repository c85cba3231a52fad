"""Servers in processes of their own, which keep answers; and what is written behind them."""

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx2
import pytest
from sqlalchemy import make_url

from db.engine import create_engine
from tests.db.small import SMALL, loaded
from tests.web.conftest import ROOT, free_port, listens

NO_LIMITS = httpx2.Limits(max_connections=None)
"""As many connections as requests that are under way."""

QUERY = '{ package(by: {slug: "django-q"}) { repoWatchers } }'

Write = Callable[[int], Awaitable[None]]
"""Commits this number of stars of the package that QUERY reads."""


@dataclass(frozen=True)
class Server:
    """A process that serves, and a client of it."""

    client: httpx2.AsyncClient
    process: asyncio.subprocess.Process

    async def stars(self, headers: dict[str, str] | None = None, get: bool = False) -> int:
        """The stars of the package, by an answer that may be a kept one."""
        if get:
            response = await self.client.get("/graphql", params={"query": QUERY}, headers=headers)
        else:
            response = await self.client.post("/graphql", json={"query": QUERY}, headers=headers)
        found: int = response.json()["data"]["package"]["repoWatchers"]
        return found

    async def statements(self) -> int:
        """How many it has run."""
        return int((await self.client.get("/statements")).text)

    async def serves_kept_answers(self) -> None:
        """Return once it does."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            await self.stars()
            before = await self.statements()
            await self.stars()
            if await self.statements() == before:
                return
            await asyncio.sleep(0.02)
        pytest.fail("no answer is kept")


@asynccontextmanager
async def serving(url: str, **settings: str) -> AsyncIterator[Server]:
    """A server in a process of its own on the database at `url`."""
    port = free_port()
    command = ["-m", "uvicorn", "--factory", "tests.web.counted:create_app"]
    command += ["--port", str(port), "--log-level", "error"]
    own = {name: text for name, text in os.environ.items() if not name.startswith("PACKGRID_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, env=own | {"PACKGRID_DATABASE_URL": url} | settings
    )
    try:
        deadline = time.monotonic() + 60
        while not listens(port):
            if process.returncode is not None or time.monotonic() > deadline:
                pytest.fail("the server did not start")
            await asyncio.sleep(0.05)
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=60, limits=NO_LIMITS
        ) as client:
            yield Server(client, process)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 20)


async def fill(url: str) -> None:
    """Load a small directory into the empty database at `url`."""
    engine = create_engine(url)
    await loaded(engine, *SMALL)
    await engine.dispose()


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[Write]:
    """Writes by a plain driver, of which the server knows nothing."""
    update = "UPDATE package SET repo_watchers = {} WHERE slug = 'django-q'"
    if url.startswith("sqlite"):
        file = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        file.execute("PRAGMA synchronous = OFF")

        async def write(number: int) -> None:
            file.execute(update.format(number))

        yield write
        file.close()
    else:
        connection: Any = await asyncpg.connect(url)

        async def write_there(number: int) -> None:
            await connection.execute(update.format(number))

        yield write_there
        await connection.close()
