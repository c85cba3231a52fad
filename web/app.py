"""The ASGI application: its routes, and what it opens and closes."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from db import migrate
from db.engine import create_engine
from db.feed import Feed
from db.head import open_head
from db.read import open_reader
from db.token import Tokens
from db.writer import Writer
from resolvers.compile import Limits
from resolvers.executor import Executor
from resolvers.explain import explained
from schema.query import build_schema
from web import badges, feeds, graphiql
from web.answers import Answers
from web.graphql import GraphQL
from web.operations import Operations
from web.settings import Settings
from web.v4 import PATH as V4_PATH
from web.v4 import V4
from web.websocket import WebSockets

PATH = "/graphql"
METHODS = ("GET", "HEAD", "POST")


class Packgrid(Starlette):
    """Starlette, past which `/graphql` is answered; other methods of it are refused within."""

    graphql: GraphQL

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["path"] == scope.get("root_path", "") + PATH
            and scope["method"] in METHODS
        ):
            await self.graphql(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


async def front(request: Request) -> RedirectResponse:
    """`/`: the API is the front page."""
    return RedirectResponse(PATH)


def create_app(
    settings: Settings, beside: AbstractAsyncContextManager[object] | None = None
) -> Starlette:
    """The application; its database is opened when it starts.

    `beside` runs beside it: it is entered last, and left first.
    """
    url = settings.database_url.get_secret_value()
    schema = build_schema()
    graphql = GraphQL(settings.body_max)
    sockets = WebSockets(settings.body_max)
    v4 = V4()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            await migrate.prepare(url)
            reader = await open_reader(url, settings.read_connections)
            opened.push_async_callback(reader.close)
            limits = Limits(page_max=settings.page_max)
            engine = create_engine(url)
            opened.push_async_callback(engine.dispose)
            writer = Writer(engine)
            opened.push_async_callback(writer.close)
            app.state.executor = executor = Executor(schema, reader, writer, limits)
            graphql.explain = partial(explained, executor)
            graphql.answer = graphql.explain if settings.explain else executor.answer
            head = None
            if settings.answer_cache and not settings.explain:
                head = await open_head(url)
                opened.push_async_callback(head.close)
            graphql.answers = Answers(head, settings.answer_cache)
            v4.executor, v4.answers = executor, graphql.answers
            graphql.tokens = Tokens(reader, engine, head)
            opened.push_async_callback(graphql.tokens.close)
            feed = Feed(reader, head)
            opened.push_async_callback(feed.close)
            graphql.operations = Operations(executor, feed, graphql.answers, graphql.tokens)
            sockets.operations = graphql.operations
            if beside is not None:
                await opened.enter_async_context(beside)
            yield

    routes = [
        Route("/", front),
        Route(PATH, graphql, methods=METHODS),
        WebSocketRoute(PATH, sockets),
        Mount(V4_PATH, v4),
        *graphiql.routes,
        *badges.routes,
        *feeds.routes,
    ]
    app = Packgrid(routes=routes, lifespan=lifespan)
    app.graphql = graphql
    return app
