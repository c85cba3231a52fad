"""The queue: runs and their jobs as workflows of DBOS, which several workers share.

A run is planned once, and its jobs are put into the queue of their source. A worker that is killed
leaves its jobs to the others: they see that it is not alive any more, and DBOS gives them what it
had begun. DBOS keeps its own books, beside an SQLite file in another one, and in PostgreSQL in a
schema of its own.
"""

import asyncio
import datetime as dt
import gc
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions
from sqlalchemy import delete, exists, make_url, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import OPENING_ERRORS, explained, read_url
from db.ingest import IngestHost, IngestRun, IngestSource, IngestWorker
from db.package import Package
from ingest import hosts, work
from ingest.plan import LOST, Planned, Want, due, plan
from ingest.settings import IngestSettings
from ingest.sources import SOURCES
from ingest.work import Workshop, first_line

log = logging.getLogger("packgrid.ingest")

# DBOS's own handler would write to what stderr was when it was imported.
assert logging.lastResort is not None
logging.getLogger("dbos").handlers = [logging.lastResort]
logging.getLogger("dbos").addFilter(lambda record: _in_a_line(record))

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

GOING_ON = ("PENDING", "ENQUEUED", "DELAYED")
"""What DBOS says of a workflow that is not at its end."""

SCHEDULE = 60.0
"""Seconds between two looks for what is due."""

KEPT = dt.timedelta(days=30)
"""How long finished runs are kept."""

RETRIED: StepOptions = {"retries_allowed": True, "max_attempts": 5, "interval_seconds": 1.0}
"""For steps: where the database was gone for a moment."""


class Open(NamedTuple):
    shop: Workshop
    dbos: DBOS


_open: list[Open] = []
"""What this process has open, for as long as it works: DBOS knows functions alone."""


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
    shop = _open[0].shop
    async with AsyncSession(shop.engine) as session:
        planned = await plan(session, want, shop.settings, workflow, _now())
        await session.commit()
    return planned


async def _do(run_id: int, source: str, packages: list[int]) -> None:
    shop = _open[0].shop
    await work.do(shop, run_id, source, packages)


async def _finish(run_id: int) -> None:
    shop = _open[0].shop
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.execute(
            update(IngestRun).where(IngestRun.id == run_id).values(finished=_now())
        )
        await session.execute(delete(IngestRun).where(IngestRun.finished < _now() - KEPT))
        await session.execute(delete(IngestHost).where(IngestHost.closed_until < _now() - LOST))


def _in_a_line(record: logging.LogRecord) -> bool:
    """Have a log say in a line that the database is gone."""
    error = record.exc_info and record.exc_info[1]
    if isinstance(error, OPENING_ERRORS):
        record.msg, record.args = f"{record.getMessage()} {first_line(error)}", ()
        record.exc_info = record.exc_text = None
    return True


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@asynccontextmanager
async def working(database_url: str, settings: IngestSettings) -> AsyncIterator[Workshop]:
    """A worker in this process: it does jobs of whatever runs there are, and looks after the dead.

    The database's tables are up to date. There is one worker in a process at a time. What it has
    begun and not done when it ends is left to the others. Raises DatabaseUnavailable where the
    books cannot be kept.
    """
    name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    async with work.opened(database_url, settings) as shop:
        await hosts.heed(shop.engine, shop.client.gates, _now())  # before anything is asked
        _open.append(Open(shop, DBOS(config=_config(database_url, name))))
        try:
            with _explained(database_url):
                DBOS.launch()
            for source in SOURCES:
                await DBOS.register_queue_async(
                    source,
                    worker_concurrency=HERE,
                    global_concurrency=EVERYWHERE,
                    polling_interval_sec=POLL,
                )
            worker = IngestWorker(id=name, started=_now(), seen=_now())
            await _sign(shop, worker)
            await _take_over(shop)
            await release(shop)
            await forget()
            # What is there now lives to the end: to look for garbage in it would hold up the loop.
            gc.collect()
            gc.freeze()
            beating = asyncio.create_task(_beat(shop, worker))
            try:
                yield shop
            finally:
                beating.cancel()
                with suppress(asyncio.CancelledError):
                    await beating
                await _drop_work()
                worker.seen -= dt.timedelta(seconds=DEAD)  # whoever looks next takes over
                with explained(shop.engine.url):
                    await _sign(shop, worker)
        finally:
            await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=0)
            await _drop_work()  # what was begun while it ended
            _open.clear()
            # DBOS made its own threads the loop's, and has ended them.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())


def _config(database_url: str, name: str) -> DBOSConfig:
    return {
        "name": "packgrid",
        "system_database_url": jobs_url(database_url),
        "application_version": VERSION,
        "executor_id": name,
        "log_level": "ERROR",
    }


def prepare(database_url: str) -> None:
    """Make DBOS's books, or bring them up to date. Raises DatabaseUnavailable."""
    with _explained(database_url) as url:
        DBOS.migrate(url)


@contextmanager
def _explained(database_url: str) -> Iterator[str]:
    """As `db.engine.explained`, of DBOS's books: DBOS would also log what it raises."""
    url = jobs_url(database_url)
    logger = logging.getLogger("dbos")
    logger.disabled = True
    try:
        with explained(make_url(url)):
            yield url
    finally:
        logger.disabled = False


async def _drop_work() -> None:
    """Have this process begin nothing more, and stop what it has begun: it stays begun."""
    dbos = _open[0].dbos
    for event in dbos.background_thread_stop_events:
        event.set()
    while tasks := [*dbos._workflow_tasks]:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def serve(shop: Workshop, *, schedule: bool) -> NoReturn:
    """Begin runs for ever: of what curators ask for, and with `schedule` of what is due."""
    next_look = 0.0
    loop = asyncio.get_running_loop()

    async def look() -> None:
        nonlocal next_look
        await _begin(shop, Want(requested=True))
        if schedule and loop.time() >= next_look:
            await _begin(shop, Want())
            await forget()
            next_look = loop.time() + SCHEDULE

    await for_ever(look, LOOK)


async def _begin(shop: Workshop, want: Want) -> None:
    """Begin a run of what is wanted, where there is any of it that no run has."""
    is_held = exists().where(
        IngestSource.package_id == Package.id, IngestSource.run_id.is_not(None)
    )
    async with AsyncSession(shop.engine) as session:
        wanted = due(want, _now()).where(~is_held).limit(1)
        is_any = await session.scalar(select(exists(wanted)))
    if is_any:
        await DBOS.start_workflow_async(run, want)


async def for_ever(look: Callable[[], Awaitable[None]], seconds: float) -> NoReturn:
    """Look again and again, with that much time between; whatever went wrong."""
    is_wrong = False
    while True:
        try:
            await look()
            is_wrong = False
        except OPENING_ERRORS as error:
            if not is_wrong:
                log.warning("the database is not there, and is waited for: %s", first_line(error))
            is_wrong = True
        except Exception:
            if not is_wrong:
                log.exception("something is wrong, and is tried again")
            is_wrong = True
        await asyncio.sleep(seconds)


async def give_up(shop: Workshop, workflow: str) -> None:
    """End with a run: nobody goes on with it, and what it has not fetched is due as before."""
    await _drop_work()
    await DBOS.cancel_workflow_async(workflow, cancel_children=True)
    await release(shop)


async def forget() -> None:
    """Have DBOS forget what ended long ago, a part at a time."""
    old = await DBOS.list_workflows_async(
        completed_before=(_now() - KEPT).isoformat(), limit=1_000, load_input=False
    )
    if old:
        await DBOS.delete_workflows_async([each.workflow_id for each in old])


async def release(shop: Workshop) -> None:
    """Give back what runs have that nobody goes on with: those that failed, or are not known."""
    async with AsyncSession(shop.engine) as session:
        found = select(IngestRun.id, IngestRun.workflow).where(IngestRun.finished.is_(None))
        runs = (await session.execute(found)).all()
    for key, workflow in runs:
        status = await DBOS.get_workflow_status_async(workflow)
        if status is not None and status.status in GOING_ON:
            continue
        async with AsyncSession(shop.engine) as session, session.begin():
            held = update(IngestSource).where(IngestSource.run_id == key)
            await session.execute(held.values(run_id=None))
            ended = update(IngestRun).where(IngestRun.id == key, IngestRun.finished.is_(None))
            await session.execute(ended.values(finished=_now()))


async def _sign(shop: Workshop, worker: IngestWorker) -> None:
    """Say when this worker gave a sign of life, also after it was taken for dead."""
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.merge(worker)


async def _beat(shop: Workshop, worker: IngestWorker) -> NoReturn:
    """Say that this worker is alive, heed what others were told, and take over from the dead."""
    loop = asyncio.get_running_loop()
    beaten = loop.time()

    async def beat() -> None:
        nonlocal beaten
        if loop.time() - beaten >= BEAT:
            beaten = loop.time()
            worker.seen = _now()
            await _sign(shop, worker)
            await release(shop)
        await hosts.heed(shop.engine, shop.client.gates, _now())
        await _take_over(shop)

    await for_ever(beat, 1.0)


async def _take_over(shop: Workshop) -> None:
    """Have DBOS give out again what dead workers had begun."""
    async with AsyncSession(shop.engine) as session:
        workers = (await session.scalars(select(IngestWorker))).all()
    dead = [worker.id for worker in workers if _is_dead(worker)]
    if not dead:
        return
    begun = await asyncio.to_thread(DBOS._recover_pending_workflows, dead)
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.execute(delete(IngestWorker).where(IngestWorker.id.in_(dead)))
    if begun:
        log.warning("took over what %s had begun", ", ".join(dead))


def _is_dead(worker: IngestWorker) -> bool:
    """Whether it gave no sign for long, or was a process of this machine that is not there."""
    host, pid, _ = worker.id.rsplit(":", 2)
    if host == socket.gethostname():
        with suppress(PermissionError):  # another user's
            try:
                os.kill(int(pid), 0)
            except ProcessLookupError:
                return True
    return (_now() - worker.seen).total_seconds() > DEAD
