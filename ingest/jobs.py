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
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions
from sqlalchemy import delete, event, exists, make_url, select, update
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import OPENING_ERRORS, explained, read_url
from db.ingest import IngestHost, IngestRun, IngestSource
from db.package import Package
from db.pool import dsn
from ingest import hosts, work, workers
from ingest.plan import LOST, Planned, Want, due, may_go_on, plan
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
    return dsn(url)


@DBOS.workflow(name="run")
async def run(want: Want) -> int | None:
    """Fetch what is wanted; gives the run's number, None where there was nothing to do.

    Raises what ended a job, once all are at their ends.
    """
    workflow = str(DBOS.workflow_id)
    planned = await DBOS.run_step_async(RETRIED, _plan, want, workflow)
    if planned is None:
        return None
    handles = []
    for number, (source, packages) in enumerate(planned.jobs):
        with SetWorkflowID(f"{workflow}-{number}"):
            queued = DBOS.enqueue_workflow_async(source, job, planned.run, source, packages)
            handles.append(await queued)
    failures = []
    for handle in handles:
        try:
            await handle.get_result(polling_interval_sec=POLL)
        except Exception as error:
            failures.append(error)
    await DBOS.run_step_async(RETRIED, _finish, planned.run)
    if failures:
        raise failures[0]
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
    await _end(shop, run_id)
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.execute(delete(IngestRun).where(IngestRun.finished < _now() - KEPT))
        await session.execute(delete(IngestHost).where(IngestHost.closed_until < _now() - LOST))


async def _end(shop: Workshop, run_id: int) -> None:
    """A run is finished, and gives back what it has and did not fetch."""
    async with AsyncSession(shop.engine) as session, session.begin():
        held = update(IngestSource).where(IngestSource.run_id == run_id)
        await session.execute(held.values(run_id=None))
        open_run = update(IngestRun).where(IngestRun.id == run_id, IngestRun.finished.is_(None))
        await session.execute(open_run.values(finished=_now()))


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
    name = workers.new_name()
    async with work.opened(database_url, settings) as shop:
        await workers.sign(shop.engine, name)  # before it begins what others would take over
        await hosts.heed(shop.engine, shop.client.gates, _now())  # before anything is asked
        _open.append(Open(shop, DBOS(config=_config(database_url, name))))
        try:
            with _explained(database_url):
                DBOS.launch()
            event.listen(_open[0].dbos._sys_db.engine, "handle_error", _see_disconnected)
            for source in SOURCES:
                await DBOS.register_queue_async(
                    source,
                    worker_concurrency=HERE,
                    global_concurrency=EVERYWHERE,
                    polling_interval_sec=POLL,
                )
            await _take_over(shop)
            await release(shop)
            await forget()
            # What is there now lives to the end: to look for garbage in it would hold up the loop.
            gc.collect()
            gc.freeze()
            beating = asyncio.create_task(_beat(shop, name))
            try:
                yield shop
            finally:
                beating.cancel()
                with suppress(asyncio.CancelledError):
                    await beating
                await _drop_work()
        finally:
            await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=0)
            await _drop_work()  # what was begun while it ended
            _open.clear()
            # DBOS made its own threads the loop's, and has ended them.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
            await workers.sign(shop.engine, name, ends=True)


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


def _see_disconnected(context: ExceptionContext) -> None:
    """A server whose socket is not there is away: DBOS waits for it where it is told so."""
    if "connection is bad" in str(context.original_exception):
        context.is_disconnect = True


async def _drop_work() -> None:
    """Have this process begin nothing more, and stop what it has begun: it stays begun."""
    dbos = _open[0].dbos
    for stop in dbos.background_thread_stop_events:
        stop.set()
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
        IngestSource.package_id == Package.id,
        IngestSource.run_id == IngestRun.id,
        may_go_on(_now()),
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
        if status is None or status.status not in GOING_ON:
            await _end(shop, key)


async def _beat(shop: Workshop, name: str) -> NoReturn:
    """Say that this worker is alive, heed what others were told, and take over from the dead."""
    loop = asyncio.get_running_loop()
    beaten, idle = loop.time(), set[str]()

    async def beat() -> None:
        nonlocal beaten, idle
        if loop.time() - beaten >= workers.BEAT:
            beaten = loop.time()
            await workers.sign(shop.engine, name)
            await release(shop)
            idle = await _take_up(name, idle)
        await hosts.heed(shop.engine, shop.client.gates, _now())
        await _take_over(shop)

    await for_ever(beat, 1.0)


async def _take_up(name: str, before: set[str]) -> set[str]:
    """Have DBOS give out again what it takes for begun here and is not: its books were away just
    then. Nothing is under way of that at two looks in a row; gives what this one found.
    """
    ours = await DBOS.list_workflows_async(
        status="PENDING", executor_id=name, load_input=False, load_output=False
    )
    active = _open[0].dbos._active_workflows_set.activeList()
    idle = {each.workflow_id: each.queue_name for each in ours if each.workflow_id not in active}
    for workflow in idle.keys() & before:
        await DBOS.resume_workflow_async(workflow, queue_name=idle[workflow])
    return {*idle}


async def _take_over(shop: Workshop) -> None:
    """Have DBOS give out again what dead workers had begun."""
    names = await workers.dead(shop.engine)
    if not names:
        return
    begun = await asyncio.to_thread(DBOS._recover_pending_workflows, names)
    await workers.bury(shop.engine, names)
    if begun:
        log.warning("took over what %s had begun", ", ".join(names))
