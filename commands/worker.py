"""`python server.py worker`: what is due is fetched, for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from commands.base import (
    DatabaseUrl,
    Stop,
    Stopped,
    console,
    ingest_settings,
    run,
    settings_with_database,
)
from db import migrate as migrations

if TYPE_CHECKING:
    from ingest.settings import IngestSettings
    from ingest.work import Workshop

LOOK = 1.0
"""Seconds between two looks at the runs that there are."""


def worker(
    schedule: Annotated[
        bool, typer.Option(help="Fetch what is due; else only what curators ask for.")
    ] = True,
    database_url: DatabaseUrl = None,
) -> None:
    """Fetch for ever: what curators ask for at once, and each package when it is due.

    Start as many as you like, on as many machines: they share the work.
    """
    settings = settings_with_database(database_url, "there is nothing to fetch")
    url = settings.database_url.get_secret_value()
    ingest = ingest_settings()
    with suppress(Stopped):
        run(_work(url, ingest, schedule))
    console.print("The worker has ended; what it had begun is left to the next.")


async def _work(url: str, ingest: "IngestSettings", schedule: bool) -> None:
    stop = Stop()
    await migrations.prepare(url)
    async with fetching(url, ingest, schedule=schedule) as shop:
        what = "what is due and what curators ask for" if schedule else "what curators ask for"
        console.print(f"A worker fetches {what}; Ctrl-C ends it.")
        await stop.until_stopped(_tell(shop))


async def prepared(url: str) -> None:
    """Have all that a worker needs be there. Raises DatabaseUnavailable."""
    from ingest import jobs

    await asyncio.to_thread(jobs.prepare, url)


@asynccontextmanager
async def fetching(
    url: str, ingest: "IngestSettings", *, schedule: bool
) -> AsyncIterator["Workshop"]:
    """A worker that runs in this process for as long as this is open."""
    # Here, since it takes 1.3 s that a server without one need not have.
    from ingest import jobs

    async with jobs.working(url, ingest) as shop:
        serving = asyncio.create_task(jobs.serve(shop, schedule=schedule))
        try:
            yield shop
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


async def _tell(shop: "Workshop") -> NoReturn:
    """Say of each run when it begins and when it is finished, for ever."""
    from commands.showing import duration, line, say
    from ingest import jobs
    from ingest.progress import counted, lately

    async with AsyncSession(shop.engine) as session:
        ended = {run.id for run in await lately(session) if run.finished is not None}
    begun = ended

    async def look() -> None:
        nonlocal begun, ended
        async with AsyncSession(shop.engine) as session:
            runs = await lately(session)
            for run in runs:
                if run.id in ended:
                    continue
                counts = await counted(session, [run.id])
                if run.id not in begun:
                    totals = (f"{count.source} {count.total:,}" for count in counts)
                    say(console, f"Run {run.id} begins: {', '.join(totals)}.")
                if run.finished is not None:
                    seconds = (run.finished - run.started).total_seconds()
                    say(console, f"Run {run.id} is finished, after {duration(seconds)}.")
                    for count in counts:
                        say(console, f"  {line(count)}")
        begun = {run.id for run in runs}
        ended = {run.id for run in runs if run.finished is not None}

    await jobs.for_ever(look, LOOK)
