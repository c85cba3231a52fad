"""Fetch, parse, record: a job is done, package by package, and what is done is done for good."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import asyncpg
from sqlalchemy import bindparam, func, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.base import Base
from db.derived import Values
from db.edit import Edit
from db.engine import create_engine
from db.errors import Busy, Refused
from db.ingest import COUNTED, IngestRunSource
from db.sql import batches
from db.token import Actor, Role
from db.writer import Writer
from ingest.errors import Unreadable, UpstreamError
from ingest.facts import Fetched, Subject
from ingest.hosts import announce
from ingest.http import Client, Requests
from ingest.plan import subjects
from ingest.record import Heard, Said, Tally, record
from ingest.settings import IngestSettings
from ingest.sources import SOURCES, Source

log = logging.getLogger("packgrid.ingest")

AT_ONCE = 32
"""Fetches of a job that are under way at once; the client lets through what a host takes."""

NOT_KEPT = (
    *(Refused, ValueError, TypeError, OverflowError, sqlite3.IntegrityError, sqlite3.DataError),
    *(asyncpg.DataError, asyncpg.IntegrityConstraintViolationError),
)
"""What the directory raises where a value cannot be."""

LARGE = 500_000
"""Bytes: longer answers are read in a thread."""

NOT_NOW = (Busy, OSError, asyncpg.CannotConnectNowError)
"""What is raised where another process holds the directory for long, or the database is gone."""

AGAIN = 1.0
"""Seconds until it is tried again."""

SLICE = 100
"""Packages that are recorded in one transaction, or some more: groups stay together."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a process that fetches has open."""

    settings: IngestSettings
    engine: AsyncEngine
    writer: Writer
    client: Client


@asynccontextmanager
async def opened(url: str, settings: IngestSettings) -> AsyncIterator[Workshop]:
    """A workshop on the database at `url`."""
    engine = create_engine(url)
    writer = Writer(engine)
    try:
        async with Client(settings, announce=announce(engine)) as client:
            yield Workshop(settings, engine, writer, client)
    finally:
        await writer.close()
        await engine.dispose()


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests that went out, and how many the upstream's limit leaves, where it says so."""

    requests: int
    left: int | None


Use = Callable[[list[Heard], Spent], Awaitable[None]]


async def do(shop: Workshop, run: int, source: str, keys: list[int]) -> None:
    """Do a job of a run. Once more, it does what was not recorded the first time."""
    async with AsyncSession(shop.engine) as session:
        wanted = await subjects(session, source, keys, shop.settings, run)
    await fetch(shop.client, source, wanted, partial(_record, shop, run, source))


async def fetch(client: Client, name: str, wanted: Sequence[Subject], use: Use) -> None:
    """Have `use` take what the source says of the packages, as it comes: SLICE at a time, or so."""
    source = SOURCES[name]
    places = asyncio.Semaphore(AT_ONCE)
    heard: asyncio.Queue[tuple[list[Heard], Spent]] = asyncio.Queue()

    async def ask(group: Sequence[Subject]) -> None:
        async with places:
            requests = client.requests(len(group))
            said = await _ask(source, requests, group)
        found = [Heard(subject, await _read(source, said[subject.package_id])) for subject in group]
        heard.put_nowait((found, Spent(requests.count, requests.left)))

    groups = [*batches(wanted, source.at_once)]
    async with asyncio.TaskGroup() as tasks:
        for group in groups:
            tasks.create_task(ask(group))
        waiting = len(groups)
        while waiting:
            found, spent = await heard.get()
            waiting -= 1
            while not heard.empty() and len(found) < SLICE:
                more, besides = heard.get_nowait()
                found, spent = found + more, Spent(spent.requests + besides.requests, besides.left)
                waiting -= 1
            await use(found, spent)


async def _ask(
    source: Source, requests: Requests, group: Sequence[Subject]
) -> dict[int, Fetched | UpstreamError]:
    """What came of each package of a group. A bug of ours is told as such, and is logged."""
    try:
        said = await source.fetch(requests, group)
        return {subject.package_id: said[subject.package_id] for subject in group}
    except UpstreamError as error:
        return {subject.package_id: error for subject in group}
    except Exception as error:
        log.exception("a fetch failed")
        wrong = Unreadable(f"Packgrid could not take in the answer: {type(error).__name__}")
        return {subject.package_id: wrong for subject in group}


async def _read(source: Source, said: Fetched | UpstreamError) -> Said:
    if isinstance(said, UpstreamError):
        return said
    try:
        if not said.bodies:
            return said, None
        if sum(map(len, said.bodies.values())) > LARGE:  # the loop goes on meanwhile
            return said, await asyncio.to_thread(source.parse, said)
        return said, source.parse(said)
    except UpstreamError as error:
        return error
    except Exception as error:
        log.exception("an answer could not be read")
        return Unreadable(f"Packgrid could not read the answer: {type(error).__name__}")


async def _record(
    shop: Workshop, run: int, source: str, heard: Sequence[Heard], spent: Spent
) -> None:
    async def end(edit: Edit, of: Sequence[Heard], tally: Tally, spent: Spent) -> None:
        await edit.finish()
        await edit.session.execute(COUNT, _counts(run, source, tally, spent))
        await edit.session.commit()

    await keep(shop.writer, source, heard, spent, end)


End = Callable[[Edit, Sequence[Heard], Tally, Spent], Awaitable[None]]
"""Ends an edit in which was recorded what was heard: it is not finished, and not committed."""


async def keep(writer: Writer, source: str, heard: Sequence[Heard], spent: Spent, end: End) -> None:
    """Record what was heard, in one transaction; what the directory cannot keep is found by halves
    and told as a failure, and the rest is recorded all the same.
    """

    async def work(edit: Edit) -> None:
        await end(edit, heard, await record(edit, source, heard), spent)

    try:
        await _write(writer, source, work)
    except NOT_KEPT as error:
        if len(heard) == 1:
            if isinstance(heard[0].said, UpstreamError):
                raise
            log.warning("what %s says cannot be kept", source, exc_info=error)
            wrong = Unreadable(f"what {source} says of it cannot be kept: {first_line(error)}")
            await keep(writer, source, [Heard(heard[0].subject, wrong)], spent, end)
            return
        middle = len(heard) // 2
        await keep(writer, source, heard[:middle], spent, end)
        await keep(writer, source, heard[middle:], Spent(0, spent.left), end)


async def _write(
    writer: Writer, source: str, work: Callable[[Edit], Coroutine[Any, Any, None]]
) -> None:
    """Make an edit, as soon as the database lets us: what was fetched is not fetched twice."""
    while True:
        try:
            return await writer.run(Actor(f"ingest:{source}", Role.ADMIN), work)
        except NOT_NOW as error:
            log.warning("what %s says waits for the database: %s", source, first_line(error))
            await asyncio.sleep(AGAIN)


def first_line(error: Exception) -> str:
    """The error's text, in one line of at most 200 characters; its type where it has none."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _counts(run: int, source: str, tally: Tally, spent: Spent) -> Values:
    return {
        "of_run": run,
        "of_source": source,
        **{f"more_{name}": count for name, count in asdict(tally).items()},
        "more_requests": spent.requests,
        "left": spent.left,
    }


def _count() -> Any:
    table = Base.metadata.tables[IngestRunSource.__tablename__]
    counted = [name for name in COUNTED if name != "total"]
    return (
        update(table)
        .where(
            table.c.run_id == bindparam("of_run"),
            table.c.source == bindparam("of_source"),
        )
        .values({name: table.c[name] + bindparam(f"more_{name}") for name in counted})
        .values(rate_left=func.coalesce(bindparam("left"), table.c.rate_left))
    )


COUNT = _count()
