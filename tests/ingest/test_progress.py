"""How far runs have come, and which have what is wanted."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import create_engine
from db.ingest import Ingest, IngestRun, IngestRunSource, IngestSource
from db.package import Package
from ingest.plan import Want
from ingest.progress import Count, Failure, counted, failures, holders, lately, open_runs, streaks
from tests.db.small import APPS, loaded
from tests.ingest.refreshing import DAY, now

SLUGS = ("one", "two", "Three")


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    """A directory of three packages: run 1 is finished, and run 2 has `two` from two sources."""
    engine = create_engine(database_url)
    packages = [
        {"type": "package", "slug": slug, "title": slug, "category": "apps"} for slug in SLUGS
    ]
    await loaded(engine, APPS, *packages, now=now())
    async with AsyncSession(engine) as session:
        keys = await key_by_slug(session)
        start = now()
        await session.execute(
            insert(IngestRun),
            [
                {"id": 1, "workflow": "a", "started": start - DAY, "finished": start},
                {"id": 2, "workflow": "b", "started": start, "finished": None},
            ],
        )
        numbers = {"done": 5, "changed": 2, "failed": 1, "postponed": 1, "requests": 9}
        await session.execute(
            insert(IngestRunSource),
            [
                {"run_id": 1, "source": "pypi", "total": 6, "rate_left": None, **numbers},
                {"run_id": 1, "source": "github", "total": 7, "rate_left": 40, **numbers},
                {"run_id": 2, "source": "github", "total": 10, "rate_left": 30, **numbers},
            ],
        )
        await session.execute(
            insert(IngestSource),
            [
                {"package_id": keys["two"], "source": name, "run_id": 2, "failure_count": 0}
                for name in ("github", "pypi")
            ],
        )
        yield session
    await engine.dispose()


async def key_by_slug(session: AsyncSession) -> dict[str, int]:
    rows = await session.execute(select(Package.slug, Package.id))
    return {row.slug: row.id for row in rows}


async def test_runs_are_counted_together_by_source(session: AsyncSession) -> None:
    counts = await counted(session, [1, 2])
    assert counts == [
        Count("github", 17, 10, 4, 2, 2, 18, 30),
        Count("pypi", 6, 5, 2, 1, 1, 9, None),
    ]
    assert [count.unchanged for count in counts] == [2, 1]
    assert await counted(session, []) == []


async def test_runs_that_are_under_way(session: AsyncSession) -> None:
    assert await open_runs(session, [1, 2, 3]) == [2]
    assert [run.id for run in await lately(session)] == [1, 2]
    long_ago = update(IngestRun).values(finished=now() - dt.timedelta(minutes=2))
    await session.execute(long_ago.where(IngestRun.id == 1))
    assert [run.id for run in await lately(session)] == [2]


async def test_runs_that_have_what_is_wanted(session: AsyncSession) -> None:
    assert await holders(session, Want(), now()) == [2]
    assert await holders(session, Want(package="TWO"), now()) == [2]
    assert await holders(session, Want(package="one"), now()) == []
    assert await holders(session, Want(only="pypi"), now()) == [2]
    assert await holders(session, Want(only="gitlab"), now()) == []
    assert await holders(session, Want(limit=2), now()) == []
    await session.execute(update(Ingest).values(next_due=now() + DAY))
    assert await holders(session, Want(), now()) == []
    assert await holders(session, Want(stale=DAY), now()) == [2]
    await session.execute(update(IngestRun).values(started=now() - 2 * DAY))
    assert await holders(session, Want(stale=DAY), now()) == [], "a run that is lost"


async def test_what_failed_since(session: AsyncSession) -> None:
    keys = await key_by_slug(session)
    await session.execute(
        insert(IngestSource),
        [
            {"package_id": keys["one"], "source": "pypi", "failure_count": 2, "last_error": "old"},
            {"package_id": keys["Three"], "source": "pypi", "failure_count": 1, "last_error": "x"},
        ],
    )
    before = await streaks(session)
    assert before == {(keys["one"], "pypi"): 2, (keys["Three"], "pypi"): 1}
    assert await failures(session, before) == []
    for slug, source in (("two", "pypi"), ("Three", "pypi")):
        failed = update(IngestSource).where(
            IngestSource.package_id == keys[slug], IngestSource.source == source
        )
        more = IngestSource.failure_count + 1
        await session.execute(failed.values(failure_count=more, last_error=f"{slug} is gone"))
    assert await failures(session, before) == [
        Failure("Three", "pypi", "Three is gone"),
        Failure("two", "pypi", "two is gone"),
    ]
