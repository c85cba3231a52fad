"""The ASGI application: its routes, and what it opens and closes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from db import migrate
from db.read import open_reader
from resolvers.compile import Limits
from resolvers.plan import Executor
from schema.query import build_schema
from web import graphiql
from web.graphql import graphql
from web.settings import Settings


async def front(request: Request) -> RedirectResponse:
    """`/`: the API is the front page."""
    return RedirectResponse("/graphql")


def create_app(settings: Settings) -> Starlette:
    """The application; its database is opened when it starts."""
    url = settings.database_url.get_secret_value()
    schema = build_schema()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await migrate.prepare(url)
        reader = await open_reader(url, settings.read_connections)
        limits = Limits(page_max=settings.page_max)
        app.state.executor = Executor(schema, reader, limits)
        try:
            yield
        finally:
            await reader.close()

    routes = [
        Route("/", front),
        Route("/graphql", graphql, methods=["GET", "POST"]),
        *graphiql.routes,
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.body_max = settings.body_max
    return app
