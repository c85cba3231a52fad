"""The limit's edit: one transaction by hand of all that M1 changes (`sql/*/m1.sql`).

A package's row with its folded twin, its pin, its search entry, and the change with its diff. What
a text's words are is found by the project's own function: the entry has to be the same.
"""

import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import asyncpg
import orjson
from sqlalchemy import make_url

from db.engine import prepare_sqlite
from db.search import PARTICIPANTS, Document, SearchType, document_words
from db.text import fold
from db.words import LETTERS, TYPED, TYPO_LENGTHS

SQL = Path(__file__).with_name("sql")

Fetch: TypeAlias = Callable[[str, Sequence[Any]], Awaitable[Any]]
"""Runs a statement with its values; gives its first row, None where there is none."""

Postings: TypeAlias = Sequence[tuple[str, int, int, int]]
"""Terms of a search entry, each with the best field that it stands in, the popularity, the key."""


class Transaction(NamedTuple):
    """What runs its statements, and what writes postings as its database does soonest."""

    fetch: Fetch
    post: Callable[[str, Postings], Awaitable[None]]


Begin: TypeAlias = Callable[[], AbstractAsyncContextManager[Transaction]]
"""A transaction, which is committed at its end."""


class Edits:
    """Edits one database, whose instants `instant` makes."""

    def __init__(self, database: str, begin: Begin, instant: Callable[[dt.datetime], Any]) -> None:
        self.statements = (SQL / database / "m1.sql").read_text().split(";\n")
        self.begin = begin
        self.instant = instant

    async def describe(self, id_: str, description: str) -> dict[str, Any]:
        """Give a package another description; the package as it is then."""
        read, write, pin, document, forget, postings, patterns, log = self.statements
        key, now = int(id_.partition(":")[2]), self.instant(dt.datetime.now(dt.UTC))
        async with self.begin() as (run, post):
            title, slug, participants, before, revision, popularity = await run(read, [key])
            participants = orjson.loads(participants)
            entry = Document(SearchType.PACKAGE, key, title, slug, description, participants)
            words = document_words(entry)
            best: dict[str, int] = {}
            for term, field, _, _ in words:  # the best field comes first
                best.setdefault(term, field)
            forgiving = {term for term, field, _, _ in words if is_forgiving(term, field)}
            await run(write, [key, description, fold(description), now])
            await run(pin, [key, now])
            await run(document, [key, description, as_json(words)])
            await run(forget, [key])
            await post(postings, [(*each, popularity, key) for each in best.items()])
            await run(patterns, [as_json(sorted(forgiving))])
            diff = as_json({"repoDescription": [before, description]})
            await run(log, [key, revision + 1, now, diff])
        return {"slug": slug, "repoDescription": description, "revision": revision + 1}


def is_forgiving(term: str, field: int) -> bool:
    """Whether a word is found with a typo too."""
    is_whole = term.startswith((TYPED, LETTERS))
    return field < PARTICIPANTS and len(term) in TYPO_LENGTHS and not is_whole


def as_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def in_sqlite(url: str) -> Edits:
    """The edits of SQLite's file, in this process; as durable as the server's."""
    connection = sqlite3.connect(str(make_url(url).database), cached_statements=100)
    prepare_sqlite(connection)

    async def run(statement: str, values: Sequence[Any]) -> Any:
        return connection.execute(statement, values).fetchone()

    async def post(statement: str, postings: Postings) -> None:
        connection.executemany(statement, postings)

    @asynccontextmanager
    async def begin() -> AsyncIterator[Transaction]:
        connection.execute("BEGIN IMMEDIATE")
        with connection:  # it commits
            yield Transaction(run, post)

    return Edits("sqlite", begin, lambda now: now.isoformat(timespec="microseconds"))


def in_postgresql(pool: asyncpg.Pool) -> Edits:
    """The edits of the database that the pool connects to."""

    @asynccontextmanager
    async def begin() -> AsyncIterator[Transaction]:
        async with pool.acquire() as connection, connection.transaction():

            async def run(statement: str, values: Sequence[Any]) -> Any:
                return await connection.fetchrow(statement, *values)

            async def post(statement: str, postings: Postings) -> None:
                await connection.execute(statement, *zip(*postings, strict=True))

            yield Transaction(run, post)

    return Edits("postgresql", begin, lambda now: now)
