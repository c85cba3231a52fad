"""Workers share runs; what one that is killed had begun, the others do, and nothing twice."""

import asyncio
import datetime as dt
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from dbos import DBOS
from sqlalchemy import Engine, delete, make_url, text
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from yarl import URL

from db import migrate
from db.engine import create_engine
from db.ingest import Ingest, IngestHost, IngestRun, IngestRunSource, IngestSource, IngestWorker
from db.package import Package
from db.package_edits import package_refresh
from ingest import hosts, jobs, work, workers
from ingest.errors import Later
from ingest.http import Client
from ingest.sources import SOURCES
from ingest.work import Workshop
from tests.counts import pick, reached
from tests.db.editing import edited
from tests.db.small import APPS, loaded
from tests.ingest.refreshing import DAY, GITHUB, ingest, now, row_of, rows
from tests.ingest.upstream import Limit, Rule, Upstream, World, running
from tests.ingest.worker import ALL, ready, worker
from tests.postgres import find_binaries, unprivileged, wait_until_ready
from tests.postgres import running as running_postgres

PACKAGES = pick(test=120, prove=500)
UNLIMITED = {"github.com": Limit(with_token=10**9)}


@asynccontextmanager
async def directory(
    url: str, world: World, latency: float = 0.0
) -> AsyncIterator[tuple[Upstream, AsyncEngine]]:
    """The fake, and a database with its packages."""
    engine = create_engine(url)
    lines = [row_of(world, number) for number in range(world.packages)]
    await loaded(engine, APPS, *lines, now=now())
    try:
        async with running(world, latency=latency, limits=UNLIMITED) as upstream:
            yield upstream, engine
    finally:
        await engine.dispose()


async def until(
    holds: Callable[[], Awaitable[bool]], seconds: float = 60.0 + PACKAGES / 4, pause: float = 0.05
) -> float:
    """Wait until something holds: the seconds that it took."""
    start = time.monotonic()
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - what is waited for is another process's
            await asyncio.sleep(pause)
    return time.monotonic() - start


async def is_done(engine: AsyncEngine, count: int) -> bool:
    """Whether more than so many fetches are done."""
    of_runs = (await rows(engine, IngestRunSource)).values()
    return sum(int(row["done"]) for row in of_runs) >= count


async def recorded(engine: AsyncEngine) -> set[tuple[int, str]]:
    """What was recorded, by package and source."""
    found = await rows(engine, IngestSource)
    return {key for key, row in found.items() if row["last_fetched"] is not None}


async def is_finished(engine: AsyncEngine) -> bool:
    runs = (await rows(engine, IngestRun)).values()
    return bool(runs) and all(run["finished"] is not None for run in runs)


def asked_of(upstream: Upstream) -> dict[tuple[int, str], Counter[str]]:
    """The requests that name a package alone, by its key and the source."""
    found: dict[tuple[int, str], Counter[str]] = {}
    for url, count in upstream.stats.urls.items():
        if named := re.search(r"package-(\d+)\b", url):
            name = "pypi" if url.startswith("pypi") else "github"
            found.setdefault((int(named[1]) + 1, name), Counter())[url] += count
    return found


async def check_whole(engine: AsyncEngine, world: World) -> None:
    """All of it was fetched and recorded, by one run."""
    packages = await rows(engine, Package)
    for key, package in packages.items():
        assert package["repo_watchers"] == world.repository(key - 1).stars
    sources = await rows(engine, IngestSource)
    assert set(sources) == {(key, name) for key in packages for name in ("github", "pypi")}
    assert {(row["state"], row["run_id"]) for row in sources.values()} == {("OK", None)}
    assert {row["state"] for row in (await rows(engine, Ingest)).values()} == {"OK"}
    (run,) = (await rows(engine, IngestRun)).values()
    assert run["finished"] is not None
    for row in (await rows(engine, IngestRunSource)).values():
        assert (row["done"], row["failed"]) == (row["total"], 0) == (world.packages, 0)


STATUS = {"sqlite": "workflow_status", "postgresql": "dbos.workflow_status"}


def open_books(url: str) -> Engine:
    """DBOS's books of a database."""
    return create_sync_engine(jobs.jobs_url(url).replace("postgresql:", "postgresql+psycopg:"))


def executors(url: str) -> set[str]:
    """The workers that did jobs."""
    books = open_books(url)
    query = f"SELECT executor_id FROM {STATUS[books.dialect.name]} WHERE name = 'job'"
    with books.connect() as connection:
        found = {*connection.scalars(text(query))}
    books.dispose()
    return found


ENDS = {"killed": (signal.SIGKILL, -signal.SIGKILL), "stopped": (signal.SIGTERM, 0)}


@pytest.mark.parametrize("other", ["before", "after"])
@pytest.mark.parametrize("end", ENDS)
async def test_what_a_worker_leaves_another_does(database_url: str, end: str, other: str) -> None:
    """It began the run as well; the other one was there, or comes when it is gone."""
    world, (signal_, code) = World(PACKAGES, hosts=GITHUB), ENDS[end]
    async with directory(database_url, world, latency=0.1) as (upstream, engine):
        with ExitStack() as stack:
            first = stack.enter_context(worker(database_url, upstream, "--run"))
            await ready(first)
            if other == "before":
                await ready(stack.enter_context(worker(database_url, upstream)))
            await until(lambda: is_done(engine, PACKAGES // 4))
            first.send_signal(signal_)
            start = time.monotonic()
            assert await asyncio.to_thread(first.wait, 20) == code
            kept, asked = await recorded(engine), asked_of(upstream)
            if other == "after":
                assert not await is_finished(engine)
                await ready(stack.enter_context(worker(database_url, upstream)))
            await until(lambda: is_finished(engine))
            assert time.monotonic() - start < 15 + PACKAGES / 20
        await check_whole(engine, world)
        asked_at_last = asked_of(upstream)
        for key in kept & asked.keys():
            assert asked_at_last[key] == asked[key], "what was recorded is not asked for again"
        again = {
            key for key, urls in asked_at_last.items() if any(map(is_again, urls, urls.values()))
        }
        # What was under way alone: of each of the worker's jobs.
        assert len(again) <= len(SOURCES) * jobs.HERE * work.AT_ONCE
        reached("packages taken over from a worker", 2 * PACKAGES - len(kept))


def is_again(url: str, count: int) -> bool:
    """Whether that is oftener than one fetch asks: GitHub counts weeks when it is asked first."""
    return count > (2 if url.endswith("participation") else 1)


async def test_workers_share_a_run(database_url: str) -> None:
    world = World(PACKAGES, hosts=GITHUB)
    async with directory(database_url, world, latency=0.1) as (upstream, engine):
        with worker(database_url, upstream) as first:
            await ready(first)
            with worker(database_url, upstream, "--run") as second:
                await ready(second)
                await until(lambda: is_finished(engine))
        await check_whole(engine, world)
        assert len(executors(database_url)) == 2
        asked = asked_of(upstream).values()
        assert not any(is_again(url, count) for urls in asked for url, count in urls.items())


# In this process


@asynccontextmanager
async def working(
    url: str, world: World, **settings: Any
) -> AsyncIterator[tuple[Upstream, Workshop]]:
    async with directory(url, world) as (upstream, _):
        given = upstream.settings(github_token="secret", **settings)
        async with jobs.working(url, given) as shop:
            yield upstream, shop


async def run_all() -> int | None:
    handle = await DBOS.start_workflow_async(jobs.run, ALL)
    return await handle.get_result(polling_interval_sec=0.05)


async def test_what_one_worker_is_told_another_heeds(database_url: str) -> None:
    async with working(database_url, World(3, hosts=GITHUB)) as (upstream, shop):
        url = upstream.urls["pypi"]
        gate = shop.client.gates.of(URL(url))
        upstream.rules.append(Rule("too_many", given={"seconds": 3_600}))
        other = create_engine(database_url)
        async with Client(shop.settings, announce=hosts.announce(other)) as client:
            with pytest.raises(Later):
                await client.requests().get(f"{url}/pypi/package-0/json")
        await other.dispose()
        assert await until(_holds(lambda: gate.is_closed)) < 2
        upstream.forget()
        await run_all()
        assert upstream.stats.sites["pypi"] == 0
        found = await rows(shop.engine, IngestSource)
        assert all("asks us to wait" in found[key, "pypi"]["last_error"] for key in (1, 2, 3))


def _holds(holds: Callable[[], bool]) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return holds()

    return look


async def test_what_curators_ask_for_is_fetched_soon_and_by_one_run(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK", 0.3)
    async with working(database_url, World(3, hosts=GITHUB)) as (upstream, shop):
        upstream.latency = 0.5
        serving = asyncio.create_task(jobs.serve(shop, schedule=False))
        await asyncio.sleep(0.1)
        assert not upstream.stats.sites
        for key in (1, 3):
            await edited(shop.engine, package_refresh, {"package": {"id": f"Package:{key}"}})

        async def are_fetched() -> bool:
            return [(await ingest(shop.engine, key))["state"] for key in (1, 3)] == ["OK", "OK"]

        await until(are_fetched, seconds=30)
        await asyncio.sleep(2 * jobs.LOOK)
        serving.cancel()
        assert (await ingest(shop.engine, 2))["state"] == "NEVER"
        assert 1 <= len(await DBOS.list_workflows_async(name="run")) <= 2


async def test_a_schedule_fetches_what_is_due(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK", 0.3)
    monkeypatch.setattr(jobs, "SCHEDULE", 0.3)
    async with working(database_url, World(3, hosts=GITHUB)) as (upstream, shop):
        serving = asyncio.create_task(jobs.serve(shop, schedule=True))
        await until(lambda: is_done(shop.engine, 6))
        upstream.forget()
        await asyncio.sleep(2 * jobs.LOOK)
        serving.cancel()
        assert not upstream.stats.sites


async def test_what_is_long_past_is_forgotten(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs, also one that never came to its end, hosts and workflows."""
    async with working(database_url, World(3, hosts=GITHUB)) as (_, shop):
        long_ago = now() - 40 * DAY
        async with AsyncSession(shop.engine) as session, session.begin():
            session.add(IngestHost(origin="http://a", closed_until=long_ago, why="asks"))
            session.add(IngestRun(workflow="lost", started=long_ago))
        await jobs.release(shop)
        first = await run_all()
        await jobs.forget()
        assert first in await rows(shop.engine, IngestRun)
        assert await DBOS.list_workflows_async()
        assert await rows(shop.engine, IngestHost) == {}
        monkeypatch.setattr(jobs, "KEPT", dt.timedelta(0))
        second = await run_all()
        await jobs.forget()
        assert set(await rows(shop.engine, IngestRun)) <= {second}
        assert await DBOS.list_workflows_async() == []


async def test_a_job_that_cannot_be_done_gives_back_what_it_had(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are done, the run ends, and the next one takes the rest."""
    right = work.do

    async def do(shop: Workshop, run: int, source: str, keys: list[int]) -> None:
        if source == "pypi":
            raise RuntimeError("a bug")
        await asyncio.sleep(0.5)
        await right(shop, run, source, keys)

    async with working(database_url, World(3, hosts=GITHUB)) as (_, shop):
        monkeypatch.setitem(jobs.RETRIED, "max_attempts", 1)
        monkeypatch.setattr(work, "do", do)
        with pytest.raises(Exception, match="exceeded"):
            await run_all()
        (run,) = (await rows(shop.engine, IngestRun)).values()
        assert run["finished"] is not None
        states = {
            (name, row["state"], row["run_id"])
            for (_, name), row in (await rows(shop.engine, IngestSource)).items()
        }
        assert states == {("github", "OK", None), ("pypi", "NEVER", None)}
        monkeypatch.undo()
        await run_all()
        found = (await rows(shop.engine, IngestSource)).values()
        assert {row["state"] for row in found} == {"OK"}


async def test_a_worker_is_known_before_it_begins_anything(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is killed just then is taken over from."""

    def launch() -> None:
        raise RuntimeError

    monkeypatch.setattr(DBOS, "launch", launch)
    with pytest.raises(RuntimeError):
        async with working(database_url, World(1, hosts=GITHUB)):
            pass
    engine = create_engine(database_url)
    assert len(await rows(engine, IngestWorker)) == 1
    await engine.dispose()


async def test_who_was_taken_for_dead_signs_in_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BEAT", 0.1)
    async with working(database_url, World(1, hosts=GITHUB)) as (_, shop):
        (name,) = await rows(shop.engine, IngestWorker)
        async with AsyncSession(shop.engine) as session, session.begin():
            await session.execute(delete(IngestWorker))

        async def is_back() -> bool:
            return name in await rows(shop.engine, IngestWorker)

        await until(is_back, seconds=10)


async def test_what_was_begun_here_and_is_not_under_way_is_begun_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when DBOS could not write that it is done."""
    monkeypatch.setattr(workers, "BEAT", 0.1)
    async with working(database_url, World(1, hosts=GITHUB)):
        await run_all()
        books = open_books(database_url)
        with books.begin() as connection:
            done = "UPDATE {} SET status = 'PENDING', output = NULL, completed_at = NULL"
            connection.execute(text(done.format(STATUS[books.dialect.name])))
        books.dispose()

        async def are_done() -> bool:
            found = await DBOS.list_workflows_async()
            return {each.status for each in found} == {"SUCCESS"}

        await until(are_done, seconds=20)


async def test_one_that_ended_is_not_taken_for_alive(database_url: str) -> None:
    async with working(database_url, World(1, hosts=GITHUB)):
        pass
    engine = create_engine(database_url)
    (worker,) = (await rows(engine, IngestWorker)).values()
    await engine.dispose()
    assert worker["seen"] < now() - dt.timedelta(seconds=workers.DEAD)


@pytest.mark.parametrize(
    ("name", "age", "is_dead"),
    [
        ("{here}:{this}:a", 0, False),
        ("{here}:{this}:a", 100, True),
        ("{here}:{none}:a", 0, True),
        ("elsewhere:{none}:a", 0, False),
        ("elsewhere:{this}:a", 100, True),
    ],
)
def test_who_is_dead(name: str, age: int, is_dead: bool) -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    id_ = name.format(here=workers.MACHINE, this=os.getpid(), none=process.pid)
    seen = now() - dt.timedelta(seconds=age)
    assert workers.is_dead(IngestWorker(id=id_, started=seen, seen=seen)) is is_dead


# PostgreSQL


@contextmanager
def restartable() -> Iterator[tuple[str, Callable[[float], Awaitable[None]]]]:
    """A server of PostgreSQL: a database's URL, and what starts it anew after so many seconds."""
    servers: list[subprocess.Popen[bytes]] = []
    with running_postgres() as url:
        folder = Path(str(make_url(url).query["host"]))

        async def restart(seconds: float) -> None:
            pid = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            os.kill(pid, signal.SIGINT)
            await until(_holds(lambda: not (folder / "data" / "postmaster.pid").exists()))
            await asyncio.sleep(seconds)
            command = [str(find_binaries() / "postgres"), "-D", str(folder / "data")]
            command += ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
            quiet: dict[str, Any] = {"stderr": subprocess.DEVNULL, "cwd": folder, **unprivileged()}
            servers.append(await asyncio.to_thread(_begun, command, quiet))
            await asyncio.to_thread(wait_until_ready, servers[-1], folder)

        try:
            yield url.format(name="packgrid"), restart
        finally:
            for server in servers:
                server.send_signal(signal.SIGINT)
                server.wait(timeout=30)


def _begun(command: list[str], how: dict[str, Any]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, **how)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")
async def test_a_database_that_is_gone_for_a_moment(backend: str) -> None:
    world = World(PACKAGES, hosts=GITHUB)
    with restartable() as (url, restart):
        admin = await asyncpg.connect(make_url(url).set(database="postgres").render_as_string())
        await admin.execute("CREATE DATABASE packgrid")
        await admin.close()
        engine = create_engine(url)
        await migrate.upgrade(engine)
        await engine.dispose()
        async with directory(url, world, latency=0.1) as (upstream, engine):
            with worker(url, upstream, "--run") as process:
                await ready(process)
                await until(lambda: is_done(engine, PACKAGES // 4))
                await restart(3)
                await engine.dispose()
                await until(lambda: is_finished(engine))
            await check_whole(engine, world)
