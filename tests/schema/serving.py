"""The server over a database with a directory in it, asked over HTTP."""

import asyncio
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import create_engine
from db.guard import LOGGED
from db.load import load
from db.read import Reader, Statement
from tests.yardstick.rows import Rows, read_rows
from web.app import create_app
from web.settings import Settings

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
"""When the directory is loaded: scores depend on it."""


@dataclass
class Recorder:
    """A reader that notes the statements that it runs."""

    reader: Reader
    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dialect = self.reader.dialect

    async def row(self, statement: Statement, values: Sequence[Any]) -> Sequence[bytes | None]:
        self.statements.append(statement.sql)
        return await self.reader.row(statement, values)

    async def plan(self, statement: Statement, values: Sequence[Any]) -> list[str]:
        return await self.reader.plan(statement, values)

    async def close(self) -> None:
        await self.reader.close()


@dataclass
class Server:
    """The application, asked from outside of its event loop; and the rows that it serves."""

    runner: asyncio.Runner
    client: httpx2.AsyncClient
    recorder: Recorder
    rows: Rows

    def ask(
        self, query: str, variables: dict[str, Any] | None = None, operation: str | None = None
    ) -> dict[str, Any]:
        """The JSON of the answer."""
        body = {"query": query, "variables": variables, "operationName": operation}
        response = self.runner.run(self.client.post("/graphql", json=body))
        answer: dict[str, Any] = response.json()
        return answer


@contextmanager
def serving(url: str, directory: Path, more: Iterable[str] = ()) -> Iterator[Server]:
    """The server, over the empty database at `url` once it holds `directory` and `more` SQL."""
    with asyncio.Runner() as runner:
        runner.run(fill(url, directory, more))
        app = create_app(Settings(database_url=SecretStr(url), answer_cache=0))
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        app.state.executor.reader = recorder = Recorder(app.state.executor.reader)
        transport = httpx2.ASGITransport(app, raise_app_exceptions=True)
        client = httpx2.AsyncClient(transport=transport, base_url="http://test")
        try:
            yield Server(runner, client, recorder, runner.run(read_rows(url)))
        finally:
            runner.run(client.aclose())
            runner.run(lifespan.__aexit__(None, None, None))


async def fill(url: str, directory: Path, more: Iterable[str]) -> None:
    """Load the directory into the empty database at `url`, and run `more` SQL."""
    engine = create_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        with directory.open("rb") as lines:
            await load(session, lines, now=NOW)
        for statement in more:
            await session.execute(text(statement.replace(":", r"\:")), execution_options=LOGGED)
    await engine.dispose()
