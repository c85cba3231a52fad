"""What the benchmark's edits need: databases alike, one for each who writes, and a token."""

import asyncio
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import orjson
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from db import token
from db.engine import create_engine
from db.token import Role
from tests.bench.data import KEPT
from tests.bench.effects import contents, effect
from tests.bench.operations import ACTOR, EDITED
from tests.bench.subjects import Server, Subject


@contextmanager
def copies(url: str, count: int) -> Iterator[list[str]]:
    """The URLs of so many copies of the database at `url`, to which nobody may be connected.

    Those of SQLite lie beside its kept file, on the same disk; those of PostgreSQL stay.
    """
    if url.startswith("sqlite"):
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            files = [Path(folder) / f"{number}.sqlite3" for number in range(count)]
            for file in files:
                shutil.copy(str(make_url(url).database), file)
            yield [f"sqlite:///{file}" for file in files]
    else:
        yield asyncio.run(_postgresql_copies(url, count))


async def _postgresql_copies(url: str, count: int) -> list[str]:
    original = make_url(url)
    server = await asyncpg.connect(str(original.set(database="postgres")))
    names = [f"{original.database}_{number}" for number in range(count)]
    for name in names:
        await server.execute(f"CREATE DATABASE {name} TEMPLATE {original.database}")
    await server.close()
    return [str(original.set(database=name)) for name in names]


def with_token(subject: Subject, url: str) -> Subject:
    """The subject, sent a new editor's token of the database at `url`."""
    secret = asyncio.run(_new_token(url))
    return replace(subject, headers={"Authorization": f"Bearer {secret}"})


async def _new_token(url: str) -> str:
    engine = create_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        secret = await token.create(session, ACTOR, Role.EDITOR, dt.datetime.now(dt.UTC), 1)
    await engine.dispose()
    return secret


def check_same_effect(servers: Sequence[Server], urls: Sequence[str]) -> None:
    """Have each server make the same edits, and see that their databases are equal after them.

    Raises RuntimeError.
    """
    first = None
    for server, url in zip(servers, urls, strict=True):
        before = asyncio.run(contents(url))
        numbers = (1, 2, EDITED + 1)  # the last is of the first one's package
        answers = [orjson.loads(server.answer("M1", number)) for number in numbers]
        found = (answers, effect(before, asyncio.run(contents(url))))
        first = first or found
        if found != first:
            raise RuntimeError(f"M1: {server.subject.name} edits otherwise")
