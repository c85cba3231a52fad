"""What is due is planned as a run: in its order, within its limit, and nothing twice."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Iterable

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.ingest import Ingest, IngestRun, IngestRunSource, IngestSource
from db.package_edits import package_refresh
from ingest import work
from ingest.errors import Later
from ingest.plan import NO_UPSTREAM, Planned, Want, due, plan, subjects
from ingest.work import Workshop
from tests.counts import pick, reached
from tests.db.editing import edited
from tests.db.small import APPS, Row, loaded
from tests.ingest.refreshing import (
    DAY,
    GITHUB,
    ingest,
    now,
    planned,
    refreshed,
    refreshing,
    row_of,
    rows,
    source,
    told,
)
from tests.ingest.upstream import World

HOUR = dt.timedelta(hours=1)
PACKAGES = pick(test=1_000, prove=10_000)


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Workshop]:
    """Five packages, each on GitHub and PyPI, of which nothing was fetched."""
    async with refreshing(database_url, World(5, hosts=GITHUB)) as (_, shop):
        yield shop


def taken(run: Planned | None) -> dict[str, list[int]]:
    """The packages of a run by source."""
    by_source: dict[str, list[int]] = {}
    for name, keys in run.jobs if run else ():
        by_source.setdefault(name, []).extend(keys)
    return by_source


BOTH = {"github": [1, 2, 3, 4, 5], "pypi": [1, 2, 3, 4, 5]}


async def put_due(shop: Workshop, hours: dict[int, float | None], only: str | None = None) -> None:
    """Have packages be due so many hours from now, by their keys; those of other keys in a year."""
    async with AsyncSession(shop.engine) as session, session.begin():
        for model in (Ingest, IngestSource):
            values = {"next_due": now() + 365 * DAY, "run_id": None}
            if model is Ingest:
                del values["run_id"]
            await session.execute(update(model).values(values))
            for key, until in hours.items():
                at = None if until is None else now() + until * HOUR
                chosen = update(model).where(model.package_id == key)
                if model is IngestSource and only:
                    chosen = chosen.where(IngestSource.source == only)
                await session.execute(chosen.values(next_due=at))


async def order(shop: Workshop, want: Want | None = None) -> list[int]:
    async with AsyncSession(shop.engine) as session:
        return [row.id for row in await session.execute(due(want or Want(), now()))]


# What is taken


async def test_what_was_never_fetched_is_due_from_all_its_upstreams(shop: Workshop) -> None:
    assert taken(await planned(shop)) == BOTH
    assert await planned(shop) is None


async def test_the_longest_due_come_first(shop: Workshop) -> None:
    await refreshed(shop)
    await put_due(shop, {1: -1, 2: -3, 3: None, 4: 1, 5: -2})
    assert await order(shop) == [3, 2, 5, 1]
    assert taken(await planned(shop, Want(limit=2))) == {"github": [2, 3], "pypi": [2, 3]}
    assert taken(await planned(shop, Want(limit=2))) == {"github": [1, 5], "pypi": [1, 5]}
    assert await planned(shop) is None


async def test_a_limit_is_of_those_that_are_taken(database_url: str) -> None:
    """Those that come first may have nothing to be taken."""
    world = World(6, hosts=GITHUB)
    rows_ = [row_of(world, number) for number in range(6)]
    del rows_[0]["repoUrl"], rows_[0]["pypiName"], rows_[1]["pypiName"], rows_[2]["pypiName"]
    async with refreshing(database_url, world, rows_) as (_, shop):
        assert taken(await planned(shop, Want(only="pypi", limit=2))) == {"pypi": [4, 5]}
        assert taken(await planned(shop, Want(only="pypi", limit=2))) == {"pypi": [6]}
        assert taken(await planned(shop, Want(limit=3))) == {"github": [2, 3, 4]}


async def test_only_one_upstream(shop: Workshop) -> None:
    assert taken(await planned(shop, Want(only="pypi"))) == {"pypi": [1, 2, 3, 4, 5]}
    assert taken(await planned(shop)) == {"github": [1, 2, 3, 4, 5]}


async def test_only_the_upstream_that_is_due(shop: Workshop) -> None:
    await refreshed(shop)
    await put_due(shop, {2: -1}, only="pypi")
    assert taken(await planned(shop)) == {"pypi": [2]}


async def test_what_was_fetched_longer_ago(shop: Workshop) -> None:
    await refreshed(shop, Want(package="package-1"))
    await refreshed(shop, Want(package="package-2"))
    assert taken(await planned(shop, Want(stale=HOUR)))["github"] == [1, 4, 5]
    later = now() + 2 * HOUR
    assert taken(await planned(shop, Want(stale=HOUR), later))["github"] == [2, 3]


async def test_one_package_by_its_slug(shop: Workshop) -> None:
    await refreshed(shop)
    assert taken(await planned(shop, Want(package="Package-3"))) == {"github": [4], "pypi": [4]}
    assert await planned(shop, Want(package="none")) is None


async def test_what_curators_asked_for(shop: Workshop) -> None:
    await refreshed(shop)
    assert await planned(shop, Want(requested=True)) is None
    await edited(shop.engine, package_refresh, {"package": {"slug": "package-1"}})
    assert taken(await planned(shop, Want(requested=True))) == {"github": [2], "pypi": [2]}
    assert await planned(shop, Want(requested=True)) is None  # it is a run's already
    assert (await ingest(shop.engine, 2))["state"] == "QUEUED"


async def test_what_is_asked_for_is_done(shop: Workshop) -> None:
    await refreshed(shop)
    await edited(shop.engine, package_refresh, {"package": {"slug": "package-1"}})
    await refreshed(shop, Want(requested=True))
    assert (await ingest(shop.engine, 2))["state"] == "OK"
    assert await planned(shop, Want(requested=True)) is None


async def test_what_is_asked_for_and_has_to_wait_stays_asked_for(shop: Workshop) -> None:
    """But it is not tried before its time."""
    await refreshed(shop)
    await edited(shop.engine, package_refresh, {"package": {"slug": "package-1"}})
    await told(shop, "github", {2: Later("a limit", now() + HOUR)})
    await told(shop, "pypi", {2: None})
    assert (await ingest(shop.engine, 2))["state"] == "QUEUED"
    assert await planned(shop, Want(requested=True)) is None
    soon = now() + 2 * HOUR
    assert taken(await planned(shop, Want(requested=True), soon))["github"] == [2]
    await told(shop, "github", {2: None})
    await told(shop, "pypi", {2: None})
    assert (await ingest(shop.engine, 2))["state"] == "OK"


async def test_what_is_paused_is_not_fetched(shop: Workshop) -> None:
    async with AsyncSession(shop.engine) as session, session.begin():
        (await session.get_one(Ingest, 3)).state = "PAUSED"
    for want in (Want(package="package-2"), Want(stale=HOUR), Want(), Want(requested=True)):
        assert 3 not in taken(await planned(shop, want)).get("github", [])


# When it is due again


async def test_a_package_is_due_with_the_first_of_its_upstreams(shop: Workshop) -> None:
    """Also with one that was never fetched."""
    await refreshed(shop, Want(only="github"))
    assert (await source(shop.engine, "github"))["next_due"] is not None
    assert (await ingest(shop.engine))["next_due"] is None
    assert (await source(shop.engine, "pypi"))["state"] == "NEVER"
    await refreshed(shop, Want())
    dues = [(await source(shop.engine, name))["next_due"] for name in ("github", "pypi")]
    assert (await ingest(shop.engine))["next_due"] == min(dues)
    assert await planned(shop) is None


async def test_what_is_due_for_nothing_is_not_due(shop: Workshop) -> None:
    """Else it would be looked at for ever."""
    await refreshed(shop)
    async with AsyncSession(shop.engine) as session, session.begin():
        await session.execute(update(Ingest).values(next_due=now() - HOUR))
    assert await planned(shop) is None
    assert await order(shop) == []
    dues = [(await source(shop.engine, name))["next_due"] for name in ("github", "pypi")]
    assert (await ingest(shop.engine))["next_due"] == min(dues)


async def test_packages_without_an_upstream(database_url: str) -> None:
    row = row_of(World(1), 0, repoUrl="https://git.example.org/a/b")
    del row["pypiName"]
    async with refreshing(database_url, World(1), [row]) as (_, shop):
        assert await planned(shop) is None
        bookkeeping = await ingest(shop.engine)
        assert (bookkeeping["state"], bookkeeping["last_error"]) == ("NEVER", None)
        assert bookkeeping["next_due"] > now() + 20 * DAY
        assert await order(shop) == []
        # Who asked for it is told why nothing comes of it.
        await edited(shop.engine, package_refresh, {"package": {"slug": "package-0"}})
        assert await planned(shop, Want(requested=True)) is None
        bookkeeping = await ingest(shop.engine)
        assert (bookkeeping["state"], bookkeeping["last_error"]) == ("NEVER", NO_UPSTREAM)
        assert bookkeeping["last_error_at"] is not None


async def test_an_upstream_that_is_asked_no_more_is_forgotten(database_url: str) -> None:
    world = World(3, hosts=("gitlab.example",))
    async with refreshing(database_url, world) as (upstream, shop):
        await refreshed(shop)
        assert {name for _, name in await rows(shop.engine, IngestSource)} == {"gitlab", "pypi"}
        given = upstream.settings(gitlab_hosts={})
        async with AsyncSession(shop.engine) as session:
            again = Want(stale=dt.timedelta(0))
            run = await plan(session, again, given, "other", now() + DAY)
            await session.commit()
        assert taken(run) == {"pypi": [1, 2, 3]}
        assert {name for _, name in await rows(shop.engine, IngestSource)} == {"pypi"}


async def test_what_another_workers_settings_ask_is_left_to_him(database_url: str) -> None:
    """A job came to a worker whose settings do not name the host."""
    world = World(2, hosts=("gitlab.example",))
    async with refreshing(database_url, world) as (upstream, shop):
        run = await planned(shop)
        assert run is not None
        given = upstream.settings(gitlab_hosts={})
        async with AsyncSession(shop.engine) as session:
            assert await subjects(session, "gitlab", [1, 2], given, run.run) == []


# Runs


async def test_two_plans_at_once_take_nothing_twice(shop: Workshop) -> None:
    wants = [Want(), Want(stale=HOUR), Want(package="package-1"), Want(only="pypi")]
    runs = await asyncio.gather(*(planned(shop, want) for want in wants))
    pairs = [(name, key) for run in runs for name, keys in taken(run).items() for key in keys]
    assert sorted(pairs) == sorted((name, key) for name in BOTH for key in BOTH[name])


async def test_the_run_of_a_workflow_comes_back(shop: Workshop) -> None:
    first = await planned(shop, name="w")
    assert first is not None
    assert await planned(shop, name="w") == first
    await work.do(shop, first.run, "github", [1, 2, 3, 4, 5])
    again = await planned(shop, name="w")
    assert again is not None
    assert (again.run, taken(again)) == (first.run, {"pypi": [1, 2, 3, 4, 5]})
    assert len(await rows(shop.engine, IngestRun)) == 1


async def test_a_run_counts_what_it_is_to_fetch(shop: Workshop) -> None:
    run = await refreshed(shop)
    assert run is not None
    of_run = await rows(shop.engine, IngestRunSource)
    assert {key: row["total"] for key, row in of_run.items()} == {
        (run.run, "github"): 5,
        (run.run, "pypi"): 5,
    }
    assert {row["done"] for row in of_run.values()} == {5}


async def test_a_run_that_was_lost_for_a_day_gives_up_what_it_had(shop: Workshop) -> None:
    lost = await planned(shop)
    assert lost is not None
    assert await planned(shop, at=now() + 23 * HOUR) is None
    assert taken(await planned(shop, at=now() + 25 * HOUR)) == BOTH
    async with AsyncSession(shop.engine) as session:
        assert await subjects(session, "github", [1, 2], shop.settings, lost.run) == []


async def test_jobs_are_neither_many_nor_large(database_url: str) -> None:
    async with refreshing(database_url, World(1), []) as (_, shop):
        await fill(shop.engine, 120)
        run = await planned(shop)
        assert run is not None
        assert [(name, len(keys)) for name, keys in run.jobs] == [
            ("github", 50),
            ("github", 50),
            ("github", 20),
        ]


# How long it takes


async def fill(engine: AsyncEngine, count: int) -> None:
    """So many packages, on GitHub alone."""

    def lines() -> Iterable[Row]:
        for number in range(count):
            yield {
                "type": "package",
                "slug": f"package-{number}",
                "title": f"Package {number}",
                "category": "apps",
                "repoUrl": f"https://github.com/owner/package-{number}",
            }

    await loaded(engine, APPS, *lines(), now=now())


async def test_many_are_planned_soon_and_block_nobody(database_url: str) -> None:
    async with refreshing(database_url, World(1), []) as (_, shop):
        await fill(shop.engine, PACKAGES)
        for what in ("planned for the first time", "planned again"):
            longest = 0.0

            async def watch() -> None:
                nonlocal longest
                while True:
                    before = time.perf_counter()
                    await asyncio.sleep(0.002)
                    longest = max(longest, time.perf_counter() - before)

            watching = asyncio.create_task(watch())
            start = time.perf_counter()
            run = await planned(shop, Want(stale=HOUR))
            took = time.perf_counter() - start
            watching.cancel()
            print(f"{PACKAGES:,} {what}: {took:.3f} s, longest {longest * 1000:.0f} ms")  # noqa: T201
            assert len(taken(run)["github"]) == PACKAGES
            assert took < 0.5 + PACKAGES / 5_000
            async with AsyncSession(shop.engine) as session, session.begin():
                await session.execute(update(IngestSource).values(run_id=None))
    reached("packages planned", PACKAGES)
