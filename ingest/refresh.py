"""One run from its beginning to its end, watched."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

from dbos import DBOS
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import explained
from db.errors import DatabaseUnavailable
from db.ingest import IngestRun
from ingest import jobs
from ingest.plan import Want
from ingest.progress import Count, Failure, counted, failures, holders, open_runs, streaks
from ingest.work import Workshop

LOOK = 0.5
"""Seconds between two looks at how far it is."""

See = Callable[[Sequence[Count]], None]
"""Is shown how far it is, again and again."""


async def refresh(shop: Workshop, want: Want, see: See) -> tuple[list[Count], list[Failure]]:
    """Have all that is wanted fetched, by a run of its own and by those that have some of it.

    Gives what was done by source, nothing where nothing is due, and what failed. If that is cut
    short, what the run has not fetched is due as it was before. Raises what ended the run, and
    DatabaseUnavailable where the database is lost: another worker goes on then.
    """
    with explained(shop.engine.url):
        async with AsyncSession(shop.engine) as session:
            before = await streaks(session)
            runs = {*await holders(session, want, dt.datetime.now(dt.UTC))}
        handle = await DBOS.start_workflow_async(jobs.run, want)
    result = asyncio.create_task(handle.get_result())
    try:
        while True:
            with explained(shop.engine.url):
                is_done = result.done()  # before it is looked how far it is
                if is_done:
                    await result
                counts, is_open = await _look(shop, runs, handle.workflow_id)
            see(counts)
            if is_done and not is_open:
                break
            if is_done:
                await asyncio.sleep(LOOK)
            else:
                await asyncio.wait([result], timeout=LOOK)
    except DatabaseUnavailable:
        result.cancel()
        raise
    except BaseException:
        result.cancel()
        await jobs.give_up(shop, handle.workflow_id)
        raise
    async with AsyncSession(shop.engine) as session:
        return counts, await failures(session, before)


async def _look(shop: Workshop, runs: set[int], workflow: str) -> tuple[list[Count], bool]:
    """How far the runs are, this workflow's among them, and whether any is not at its end."""
    async with AsyncSession(shop.engine) as session:
        runs.update(
            await session.scalars(select(IngestRun.id).where(IngestRun.workflow == workflow))
        )
        return await counted(session, runs), bool(await open_runs(session, runs))
