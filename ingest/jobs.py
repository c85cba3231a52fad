"""The queue: runs and their jobs as workflows of DBOS, which several workers share.

A run is planned once, and its jobs are put into the queue of their source. A worker that is killed
leaves its jobs to the others: they see that it is not alive any more, and DBOS gives them what it
had begun. DBOS keeps its own books, beside an SQLite file in another one, and in PostgreSQL in a
schema of its own.
"""

import asyncio
import datetime as dt
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions
from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import read_url
from db.ingest import IngestHost, IngestRun, IngestWorker
from ingest import hosts, work
from ingest.plan import LOST, Planned, Want, due, plan
from ingest.settings import IngestSettings
from ingest.sources import SOURCES
from ingest.work import Workshop

log = logging.getLogger("packgrid.ingest")

VERSION = "1"
"""Of the workflows: another one would leave what was begun to workers of the old version."""

HERE, EVERYWHERE = 2, 8
"""How many jobs of a source a worker, and all of them, have under way at once."""

POLL = 0.2
"""Seconds between two looks into a queue."""

BEAT, DEAD = 20.0, 90.0
"""Seconds between two signs of life, and after how many without one a worker is dead."""

LOOK = 2.0
"""Seconds between two looks for what curators ask for."""

SCHEDULE = 60.0
"""Seconds between two looks for what is due."""

KEPT = dt.timedelta(days=30)
"""How long finished runs are kept."""

RETRIED: StepOptions = {"retries_allowed": True, "max_attempts": 5, "interval_seconds": 1.0}
"""For steps: where the database was gone for a moment."""

_open: list[Workshop] = []
"""The workshop of this process, for as long as it works: DBOS knows functions alone."""


def jobs_url(database_url: str) -> str:
    """Where DBOS keeps its books beside this database."""
    url = read_url(database_url)
    if url.get_backend_name() == "sqlite":
        file = Path(str(url.database))
        return f"sqlite:///{file.with_name(f'{file.stem}.jobs.sqlite3')}"
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@DBOS.workflow(name="run")
async def run(want: Want) -> int | None:
    """Fetch what is wanted; gives the run's number, None where there was nothing to do."""
    workflow = str(DBOS.workflow_id)
    planned = await DBOS.run_step_async(RETRIED, _plan, want, workflow)
    if planned is None:
        return None
    handles = []
    for number, (source, packages) in enumerate(planned.jobs):
        with SetWorkflowID(f"{workflow}-{number}"):
            queued = DBOS.enqueue_workflow_async(source, job, planned.run, source, packages)
            handles.append(await queued)
    for handle in handles:
        await handle.get_result(polling_interval_sec=POLL)
    await DBOS.run_step_async(RETRIED, _finish, planned.run)
    return planned.run


@DBOS.workflow(name="job")
async def job(run_id: int, source: str, packages: list[int]) -> None:
    await DBOS.run_step_async(RETRIED, _do, run_id, source, packages)


async def _plan(want: Want, workflow: str) -> Planned | None:
    (shop,) = _open
    async with AsyncSession(shop.engine) as session:
        planned = await plan(session, want, shop.settings, workflow, _now())
        await session.commit()
    return planned


async def _do(run_id: int, source: str, packages: list[int]) -> None:
    (shop,) = _open
    await work.do(shop, run_id, source, packages)


async def _finish(run_id: int) -> None:
    (shop,) = _open
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.execute(
            update(IngestRun).where(IngestRun.id == run_id).values(finished=_now())
        )
        await session.execute(delete(IngestRun).where(IngestRun.finished < _now() - KEPT))
        await session.execute(delete(IngestHost).where(IngestHost.closed_until < _now() - LOST))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@asynccontextmanager
async def working(database_url: str, settings: IngestSettings) -> AsyncIterator[Workshop]:
    """A worker in this process: it does jobs of whatever runs there are, and looks after the dead.

    The database's tables are up to date. There is one worker in a process at a time.
    """
    name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    async with work.opened(database_url, settings) as shop:
        _open.append(shop)
        DBOS(config=_config(database_url, name))
        try:
            DBOS.launch()
            for source in SOURCES:
                await DBOS.register_queue_async(
                    source,
                    worker_concurrency=HERE,
                    global_concurrency=EVERYWHERE,
                    polling_interval_sec=POLL,
                )
            await _sign_in(shop, name)
            beating = asyncio.create_task(_beat(shop, name))
            try:
                yield shop
            finally:
                beating.cancel()
                with suppress(asyncio.CancelledError):
                    await beating
                await _sign_out(shop, name)
        finally:
            await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=10)
            _open.remove(shop)
            # DBOS made its own threads the loop's, and has ended them.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())


def _config(database_url: str, name: str) -> DBOSConfig:
    return {
        "name": "packgrid",
        "system_database_url": jobs_url(database_url),
        "application_version": VERSION,
        "executor_id": name,
        "log_level": "WARNING",
    }


async def serve(shop: Workshop, *, schedule: bool) -> None:
    """Begin runs for ever: of what curators ask for, and with `schedule` of what is due."""
    next_look = 0.0
    loop = asyncio.get_running_loop()
    while True:
        wants = [Want(requested=True)]
        if schedule and loop.time() >= next_look:
            wants.append(Want())
            next_look = loop.time() + SCHEDULE
        for want in wants:
            if await is_due(shop, want):
                await DBOS.start_workflow_async(run, want)
        await asyncio.sleep(LOOK)


async def is_due(shop: Workshop, want: Want) -> bool:
    """Whether there is anything of what is wanted, if only for a run that has it already."""
    async with AsyncSession(shop.engine) as session:
        return bool(await session.scalar(select(exists(due(want, _now()).limit(1)))))


async def _sign_in(shop: Workshop, name: str) -> None:
    async with AsyncSession(shop.engine) as session, session.begin():
        row = {"id": name, "started": _now(), "seen": _now()}
        await session.execute(insert(IngestWorker).values(row))


async def _sign_out(shop: Workshop, name: str) -> None:
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.execute(delete(IngestWorker).where(IngestWorker.id == name))


async def _beat(shop: Workshop, name: str) -> None:
    """Say that this worker is alive, heed what others were told, and take over from the dead."""
    beaten = -BEAT
    loop = asyncio.get_running_loop()
    while True:
        if loop.time() - beaten >= BEAT:
            beaten = loop.time()
            async with AsyncSession(shop.engine) as session, session.begin():
                sign = update(IngestWorker).where(IngestWorker.id == name).values(seen=_now())
                await session.execute(sign)
        await hosts.heed(shop.engine, shop.client.gates, _now())
        await _bury(shop)
        await asyncio.sleep(1)


async def _bury(shop: Workshop) -> None:
    """Have DBOS give out again what dead workers had begun."""
    async with AsyncSession(shop.engine) as session:
        workers = (await session.scalars(select(IngestWorker))).all()
    dead = [worker.id for worker in workers if _is_dead(worker)]
    if not dead:
        return
    await asyncio.to_thread(DBOS._recover_pending_workflows, dead)
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.execute(delete(IngestWorker).where(IngestWorker.id.in_(dead)))
    log.warning("took over from %s", ", ".join(dead))


def _is_dead(worker: IngestWorker) -> bool:
    """Whether it gave no sign for long, or was a process of this machine that is not there."""
    host, pid, _ = worker.id.rsplit(":", 2)
    if host == socket.gethostname() and not Path(f"/proc/{pid}").exists():
        return True
    return (_now() - worker.seen).total_seconds() > DEAD
