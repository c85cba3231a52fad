"""The ASGI application: its routes, and what it opens and closes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Dialect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from db import migrate
from db.engine import create_engine, read_url
from db.errors import DatabaseUnavailable
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


async def prepare(url: str) -> None:
    """Bring SQLite's tables up to date; see that PostgreSQL's are.

    Raises DatabaseUnavailable where they are not, or the database cannot be opened.
    """
    engine = create_engine(url)
    try:
        if engine.dialect.name == "sqlite":
            await migrate.upgrade(engine)
        elif not await migrate.at_head(engine):
            raise DatabaseUnavailable(
                "the database's tables are not of this version: run `python server.py migrate`"
            )
    finally:
        await engine.dispose()


def dialect_of(url: str) -> Dialect:
    """How SQL is spelled for the reader of the database at `url`."""
    dialect: Dialect = read_url(url).get_dialect()()
    return dialect


def create_app(settings: Settings) -> Starlette:
    """The application; its database is opened when it starts."""
    url = settings.database_url.get_secret_value()
    schema = build_schema()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await prepare(url)
        reader = await open_reader(url, settings.read_connections)
        limits = Limits(page_max=settings.page_max)
        app.state.executor = Executor(schema, reader, dialect_of(url), limits)
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
