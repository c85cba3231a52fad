"""The application over a database, asked over HTTP in the event loop of the tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from pydantic import SecretStr
from starlette.applications import Starlette

from resolvers.executor import Executor
from tests.schema.serving import Recorder
from web.app import create_app
from web.settings import Settings


@dataclass(frozen=True)
class Application:
    """The application, a client of it, and what it runs on its database."""

    app: Starlette
    client: httpx2.AsyncClient
    recorder: Recorder

    @property
    def executor(self) -> Executor:
        executor: Executor = self.app.state.executor
        return executor

    async def ask(
        self, query: str, variables: dict[str, Any] | None = None, operation: str | None = None
    ) -> dict[str, Any]:
        """The JSON of the answer; one that the server failed to give fails the test."""
        body = {"query": query, "variables": variables, "operationName": operation}
        response = await self.client.post("/graphql", json=body)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def data(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = await self.ask(query, variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def refusal(
        self, query: str, variables: dict[str, Any] | None = None
    ) -> tuple[str, list[str]]:
        """The code of an answer's only error, and its path."""
        (error,) = (await self.ask(query, variables))["errors"]
        return error["extensions"]["code"], error.get("path", [])


@asynccontextmanager
async def application(url: str, **settings: Any) -> AsyncIterator[Application]:
    """The application on the database at `url`, started, and stopped at the end.

    It keeps no answers, and takes bodies of 100,000 bytes, unless `settings` say otherwise.
    """
    given = {"answer_cache": 0, "body_max": 100_000, **settings}
    app = create_app(Settings(_env_file=None, database_url=SecretStr(url), **given))
    async with app.router.lifespan_context(app):
        app.state.executor.reader = recorder = Recorder(app.state.executor.reader)
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            yield Application(app, client, recorder)
