"""How far runs have come, as the bookkeeping has it: what to tell whoever waits for them."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.ingest import COUNTED, IngestRun, IngestRunSource, IngestSource
from db.package import Package
from ingest.plan import Want, due, may_go_on
from ingest.sources import SOURCES

MOMENT = dt.timedelta(minutes=1)


class Count(NamedTuple):
    """Of one upstream, how many packages and requests; `rate_left` are requests, where it said."""

    source: str
    total: int
    done: int = 0
    changed: int = 0
    failed: int = 0
    postponed: int = 0
    requests: int = 0
    rate_left: int | None = None

    @property
    def unchanged(self) -> int:
        return self.done - self.changed - self.failed - self.postponed


class Failure(NamedTuple):
    """What went wrong with a package at one upstream, in words for a curator."""

    slug: str
    source: str
    error: str


async def counted(session: AsyncSession, runs: Collection[int]) -> list[Count]:
    """What runs have done together, by source, in the order of SOURCES."""
    table = IngestRunSource.__table__.c
    query = (
        select(
            table.source, *(func.sum(table[name]) for name in COUNTED), func.min(table.rate_left)
        )
        .where(table.run_id.in_(runs))
        .group_by(table.source)
    )
    found = {row[0]: Count._make(row) for row in await session.execute(query)}
    return [found[source] for source in SOURCES if source in found]


async def open_runs(session: AsyncSession, runs: Collection[int]) -> list[int]:
    """Those that are not finished."""
    is_open = IngestRun.finished.is_(None)
    return [*await session.scalars(select(IngestRun.id).where(IngestRun.id.in_(runs), is_open))]


async def lately(session: AsyncSession) -> list[IngestRun]:
    """The runs that are under way, or were a moment ago, the oldest first."""
    ago = dt.datetime.now(dt.UTC) - MOMENT
    is_late = IngestRun.finished.is_(None) | (IngestRun.finished > ago)
    return [*await session.scalars(select(IngestRun).where(is_late).order_by(IngestRun.id))]


async def holders(session: AsyncSession, want: Want, now: dt.datetime) -> list[int]:
    """The runs that have some of what is wanted already, and are under way.

    None where a few are wanted: these are others.
    """
    if want.limit is not None:
        return []
    table = IngestSource.__table__.c
    wanted = due(want, now).subquery()
    query = (
        select(table.run_id)
        .distinct()
        .join(wanted, wanted.c.id == table.package_id)
        .join(IngestRun, IngestRun.id == table.run_id)
        .where(IngestRun.finished.is_(None), may_go_on(now))
    )
    if want.only is not None:
        query = query.where(table.source == want.only)
    return [*await session.scalars(query)]


Streaks = Mapping[tuple[int, str], int]
"""How many times in a row a package failed, by its key and the source; none left out are 0."""


async def streaks(session: AsyncSession) -> Streaks:
    """What fails, and how long it has."""
    table = IngestSource.__table__.c
    query = select(table.package_id, table.source, table.failure_count)
    rows = await session.execute(query.where(table.failure_count > 0))
    return {(package, source): count for package, source, count in rows}


async def failures(session: AsyncSession, before: Streaks) -> list[Failure]:
    """What failed since, by slugs."""
    table = IngestSource.__table__.c
    query = (
        select(Package.slug, table.package_id, table.source, table.failure_count, table.last_error)
        .join(Package, Package.id == table.package_id)
        .where(table.failure_count > 0)
        .order_by(Package.slug_folded, table.source)
    )
    return [
        Failure(row.slug, row.source, row.last_error)
        for row in await session.execute(query)
        if row.failure_count > before.get((row.package_id, row.source), 0)
    ]
