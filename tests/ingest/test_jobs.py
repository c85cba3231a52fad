"""Workers share runs; what one that is killed had begun, the others do, and nothing twice."""

import asyncio
import datetime as dt
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from dbos import DBOS
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy import delete, make_url, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.engine import create_engine
from db.ingest import Ingest, IngestHost, IngestRun, IngestRunSource, IngestSource, IngestWorker
from db.package import Package
from db.package_edits import package_refresh
from ingest import jobs, work
from ingest.http import Client
from ingest.plan import Want
from ingest.work import Workshop
from tests.counts import pick, reached
from tests.db.editing import edited
from tests.db.small import APPS, loaded
from tests.ingest.refreshing import GITHUB, ingest, now, row_of, rows
from tests.ingest.upstream import Limit, Rule, Upstream, World, running
from tests.ingest.worker import ALL, ready, worker

PACKAGES = pick(test=120, prove=2_000)
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
    holds: Callable[[], Awaitable[bool]], seconds: float = 60.0, pause: float = 0.05
) -> float:
    """Wait until something holds: the seconds that it took."""
    start = time.monotonic()
    async with asyncio.timeout(seconds):
        while not await holds():
            await asyncio.sleep(pause)
    return time.monotonic() - start


async def done(engine: AsyncEngine) -> int:
    return sum(row["done"] for row in (await rows(engine, IngestRunSource)).values())


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


def executors(url: str) -> Counter[str]:
    """How many jobs each worker did, as DBOS has it."""
    books = create_sync_engine(
        jobs.jobs_url(url).replace("postgresql://", "postgresql+psycopg://")
    )
    schema = "" if books.dialect.name == "sqlite" else "dbos."
    query = f"SELECT executor_id FROM {schema}workflow_status WHERE name = 'job'"
    with books.connect() as connection:
        found = Counter(connection.scalars(text(query)))
    books.dispose()
    return found


ENDS = {"killed": signal.SIGKILL, "stopped": signal.SIGTERM}


@pytest.mark.parametrize("other", ["before", "after"])
@pytest.mark.parametrize("end", ENDS)
async def test_what_a_worker_leaves_another_does(database_url: str, end: str, other: str) -> None:
    world = World(PACKAGES, hosts=GITHUB)
    with ExitStack() as stack:
        async with directory(database_url, world, latency=0.1) as (upstream, engine):
            first = stack.enter_context(worker(database_url, upstream, "--run"))
            await ready(first)
            if other == "before":
                second = stack.enter_context(worker(database_url, upstream))
                await ready(second)

            async def is_begun() -> bool:
                return await done(engine) > PACKAGES // 4

            await until(is_begun)
            first.send_signal(ENDS[end])
            assert await asyncio.to_thread(first.wait, 20) == (0 if end == "stopped" else -9)
            kept, asked = await recorded(engine), asked_of(upstream)
            start = time.monotonic()
            if other == "after":
                assert not await is_finished(engine)
                second = stack.enter_context(worker(database_url, upstream))
                await ready(second)

            async def is_whole() -> bool:
                return await is_finished(engine)

            await until(is_whole)
            took = time.monotonic() - start
            await check_whole(engine, world)
            asked_at_last = asked_of(upstream)
            again = {
                key
                for key, urls in asked_at_last.items()
                for url, count in urls.items()
                if count > (2 if "participation" in url else 1)
            }
            assert {key: asked[key] for key in kept if key in asked} == {
                key: asked_at_last[key] for key in kept if key in asked_at_last
            }
            assert not again & kept
            assert len(again) <= 2 * 2 * work.AT_ONCE
            assert took < 15 + PACKAGES / 20
            if end == "stopped":
                assert not again
            reached("packages taken over from a worker", 2 * PACKAGES - len(kept))


async def test_two_workers_share_a_run(database_url: str) -> None:
    world = World(PACKAGES, hosts=GITHUB)
    async with directory(database_url, world, latency=0.1) as (upstream, engine):
        with worker(database_url, upstream) as first, worker(database_url, upstream) as second:
            await asyncio.gather(ready(first), ready(second))
            with worker(database_url, upstream, "--run") as third:
                await ready(third)

                async def is_whole() -> bool:
                    return await is_finished(engine)

                await until(is_whole)
                await check_whole(engine, world)
                assert len(executors(database_url)) > 1
                asked = asked_of(upstream)
                counts = {
                    count
                    for urls in asked.values()
                    for url, count in urls.items()
                    if "participation" not in url
                }
                assert counts == {1}
