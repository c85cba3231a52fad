"""The server, which says at /statements how many it ran: `uvicorn --factory` in a process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.schema.serving import Recorder
from web import app as web_app
from web.settings import read_settings


def create_app() -> Starlette:
    app = web_app.create_app(read_settings())
    plain = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with plain(app):
            app.state.executor.reader = Recorder(app.state.executor.reader)
            yield

    async def statements(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(app.state.executor.reader.statements)))

    app.router.lifespan_context = lifespan
    app.router.routes.append(Route("/statements", statements))
    return app
