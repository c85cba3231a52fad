"""The limit: a Starlette route an operation, whose statement is written by hand (`sql/`).

    python -m tests.bench.limit DATABASE_URL PORT

A statement gives the JSON of the operation's one root field; M1 is in `limit_edit`. The drivers are
the server's: sqlite3 in this process, asyncpg from a pool; its settings suit small reads from
memory.
"""

import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
import orjson
import uvicorn
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.read import keep_memory
from db.text import fold
from resolvers.search import RARE, encode
from tests.bench.limit_edit import SQL, Edits, Fetch, in_postgresql, in_sqlite

Variables: TypeAlias = dict[str, Any]


def by_slug(given: Variables) -> list[Any]:
    return [fold(given["slug"])]


def nothing(given: Variables) -> list[Any]:
    return []


def page(given: Variables) -> list[Any]:
    """The stars and key after which the page begins; without a cursor such as nothing has."""
    stars, key = orjson.loads(given["after"])[1:] if given["after"] else (2**31 - 1, 0)
    return [stars, key]


def filters(given: Variables) -> list[Any]:
    title = fold(given["title"])
    for special in "\\%_":
        title = title.replace(special, f"\\{special}")
    return [given["category"], given["stars"], f"%{title}%"]


def words(given: Variables) -> list[Any]:
    """The ranges of terms that are meant, without those for typos."""
    return [encode(given["text"])]


# By operation: its root field, its file, what makes its values of the variables.
STATEMENTS: dict[str, tuple[str, str, Callable[[Variables], list[Any]]]] = {
    "Q1": ("package", "q1", by_slug),
    "Q2": ("package", "q2", by_slug),
    "Q3": ("packages", "q3", nothing),
    "Q4": ("grid", "q4", by_slug),
    "Q5": ("grids", "q5", nothing),
    "Q6": ("packages", "q6", page),
    "Q6 in one": ("packages", "q6", page),
    "Q7": ("packages", "q7", filters),
    "Q7 page": ("packages", "q7_page", filters),
    "Q8": ("search", "q8", words),
    "Q8 common": ("search", "q8", words),
    "Q9": ("packages", "q9", page),
}


def route(operation: str, database: str) -> Route:
    field, file, values = STATEMENTS[operation]
    statement = (SQL / database / f"{file}.sql").read_text()
    start, end = f'{{"data":{{"{field}":'.encode(), b"}}"

    async def answer(request: Request) -> Response:
        given = orjson.loads(await request.body())["variables"]
        # PostgreSQL plans a LIMIT that is bound anew each time: it is part of the text.
        text = statement.replace("{first}", str(int(given.get("first", 0))))
        row = await request.app.state.fetch(text, values(given))
        if row is None:
            return Response(start + b"null" + end, media_type="application/json")
        if len(row) > 1 and row[1] < RARE:
            raise NotImplementedError("a word that may be a typo: such searches are not measured")
        return Response(start + row[0].encode() + end, media_type="application/json")

    return Route(f"/{operation.replace(' ', '-')}", answer, methods=["POST"])


async def edit(request: Request) -> Response:
    """M1."""
    given = orjson.loads(await request.body())["variables"]["input"]
    package = await request.app.state.edits.describe(given["id"], given["repoDescription"])
    data = {"packageUpdate": {"package": package, "errors": []}}
    return Response(orjson.dumps({"data": data}), media_type="application/json")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[Fetch, Edits]]:
    """What reads from the database, and what edits it."""
    keep_memory()
    if url.startswith("sqlite"):
        connection = sqlite3.connect(str(make_url(url).database), cached_statements=100)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cache_size = -8000")  # as the server has it

        async def fetch(statement: str, values: Sequence[Any]) -> Any:
            return connection.execute(statement, values).fetchone()

        yield fetch, in_sqlite(url)
        connection.close()
    else:

        async def no_reset(connection: asyncpg.Connection) -> None:
            pass

        settings = {"timezone": "UTC", "jit": "off", "random_page_cost": "1.1"}
        async with asyncpg.create_pool(url, reset=no_reset, server_settings=settings) as pool:

            async def fetch_from_pool(statement: str, values: Sequence[Any]) -> Any:
                return await pool.fetchrow(statement, *values)

            yield fetch_from_pool, in_postgresql(pool)


def create_app(url: str) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(url) as (app.state.fetch, app.state.edits):
            yield

    database = "sqlite" if url.startswith("sqlite") else "postgresql"
    routes = [route(each, database) for each in STATEMENTS]
    return Starlette(routes=[*routes, Route("/M1", edit, methods=["POST"])], lifespan=lifespan)


if __name__ == "__main__":
    uvicorn.run(
        create_app(sys.argv[1]), port=int(sys.argv[2]), log_level="warning", access_log=False
    )
