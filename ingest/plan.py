"""What is due: which packages are fetched from which upstreams, as a run that workers share."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.ingest import Ingest, IngestRun, IngestRunSource, IngestSource, IngestState
from db.package import Package
from db.rows import BATCH
from db.sql import among
from db.text import fold
from db.writer import take_turn
from ingest.facts import Subject
from ingest.record import ADDRESS, address_of
from ingest.schedule import DAY, SLOWEST
from ingest.settings import IngestSettings
from ingest.sources import SOURCES, asked

NO_UPSTREAM = "neither the host of its repository nor PyPI is asked: there is nothing to fetch"

JOBS, SMALLEST, LARGEST = 16, 50, 500
"""Into how many jobs an upstream's part of a run is cut, and how many packages one has."""

LOST = DAY
"""How long a run may have what it was to fetch: after that, another may take it."""


class Want(NamedTuple):
    """What is to be fetched: what is due, or else that which was asked for.

    `only` is a source, `package` a slug, `limit` the most packages, `stale` fetches again what was
    fetched longer ago than that, due or not, and `requested` is what curators asked for.
    """

    only: str | None = None
    package: str | None = None
    limit: int | None = None
    stale: dt.timedelta | None = None
    requested: bool = False


class Job(NamedTuple):
    """A part of a run: packages of one source, by their keys."""

    source: str
    packages: list[int]


class Planned(NamedTuple):
    run: int
    jobs: list[Job]


def due(want: Want, now: dt.datetime) -> Select[Any]:
    """The packages that are wanted, the longest due first, with what tells how to fetch them."""
    query = (
        select(*(Package.__table__.c[name] for name in ("id", "repo_url", "pypi_name")))
        .add_columns(Ingest.state)
        .join(Ingest, Ingest.package_id == Package.id)
        .where(Ingest.state != IngestState.PAUSED.name)
        .order_by(Ingest.next_due.is_not(None), Ingest.next_due, Package.id)
        .limit(want.limit)
    )
    if want.package is not None:
        return query.where(Package.slug_folded == fold(want.package))
    if want.requested:
        return query.where(Ingest.state == IngestState.QUEUED.name)
    if want.stale is not None:
        fetched = Ingest.last_fetched
        return query.where(or_(fetched.is_(None), fetched < now - want.stale))
    return query.where(or_(Ingest.next_due.is_(None), Ingest.next_due <= now))


async def plan(
    session: AsyncSession, want: Want, settings: IngestSettings, workflow: str, now: dt.datetime
) -> Planned | None:
    """Make a run of what is wanted and no other run has; None where there is nothing to do.

    The session's transaction is begun here, and committed by the caller. Another time, the run of
    the same `workflow` comes back as it was made.
    """
    await take_turn(session)
    run = await session.scalar(select(IngestRun.id).where(IngestRun.workflow == workflow))
    if run is None:
        run = await _new_run(session, want, settings, workflow, now)
    if run is None:
        return None
    of_run = select(IngestSource.source, IngestSource.package_id).where(IngestSource.run_id == run)
    by_source: dict[str, list[int]] = {}
    for source, key in await session.execute(of_run.order_by(IngestSource.package_id)):
        by_source.setdefault(source, []).append(key)
    return Planned(run, [job for item in by_source.items() for job in _jobs(*item)])


def _jobs(source: str, keys: list[int]) -> Iterable[Job]:
    size = min(max(-(-len(keys) // JOBS), SMALLEST), LARGEST)
    return (Job(source, [*part]) for part in _parts(keys, size))


def _parts(values: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))


async def _new_run(
    session: AsyncSession, want: Want, settings: IngestSettings, workflow: str, now: dt.datetime
) -> int | None:
    packages = (await session.execute(due(want, now))).all()
    taken: dict[str, list[int]] = {}
    new: list[dict[str, Any]] = []
    for part in _parts(packages, BATCH):
        rows = await _sources(session, [package.id for package in part], now)
        for package in part:
            there = asked(package, settings)
            await _tidy(session, package, there, rows, now)
            for source in there:
                row = rows.get((package.id, source))
                if want.only not in (None, source) or not _is_free(row, want, now):
                    continue
                if row is None:
                    new.append({"package_id": package.id, "source": source})
                taken.setdefault(source, []).append(package.id)
    if not taken:
        return None
    made = insert(IngestRun).values(workflow=workflow, started=now).returning(IngestRun.id)
    run: int = (await session.execute(made)).scalar_one()
    for part in _parts(new, BATCH):
        await session.execute(insert(IngestSource), part)
    for source, keys in taken.items():
        await session.execute(
            insert(IngestRunSource).values(run_id=run, source=source, total=len(keys))
        )
        chosen = IngestSource.__table__.c
        for part in _parts(keys, BATCH):
            await session.execute(
                update(IngestSource)
                .where(chosen.source == source, among(chosen.package_id, [*part]))
                .values(run_id=run)
            )
    return run


async def _sources(
    session: AsyncSession, keys: list[int], now: dt.datetime
) -> dict[tuple[int, str], Row[Any]]:
    """The rows of what packages are fetched from; `is_taken` is whether a run has it."""
    table = IngestSource.__table__.c
    lost = IngestRun.started <= now - LOST
    query = (
        select(table.package_id, table.source, table.next_due)
        .add_columns((table.run_id.is_not(None) & ~lost).label("is_taken"))
        .outerjoin(IngestRun, IngestRun.id == table.run_id)
        .where(among(table.package_id, keys))
    )
    return {(row.package_id, row.source): row for row in await session.execute(query)}


def _is_free(row: Row[Any] | None, want: Want, now: dt.datetime) -> bool:
    if row is None:
        return True
    if row.is_taken:
        return False
    is_asked_for = want.requested or want.package is not None or want.stale is not None
    return is_asked_for or row.next_due is None or row.next_due <= now


async def _tidy(
    session: AsyncSession,
    package: Row[Any],
    there: Mapping[str, Any],
    rows: Mapping[tuple[int, str], Row[Any]],
    now: dt.datetime,
) -> None:
    """Forget the upstreams that a package is not at any more; see to one that is at none."""
    for source in SOURCES:
        if source not in there and (package.id, source) in rows:
            await session.execute(
                delete(IngestSource).where(
                    IngestSource.package_id == package.id, IngestSource.source == source
                )
            )
    if not there:
        values: dict[str, Any] = {"next_due": now + SLOWEST * DAY}
        if package.state == IngestState.QUEUED.name:
            values |= {"last_error": NO_UPSTREAM, "last_error_at": now}
            values["state"] = IngestState.NEVER.name
        await session.execute(update(Ingest).where(Ingest.package_id == package.id).values(values))


async def subjects(
    session: AsyncSession, source: str, keys: list[int], settings: IngestSettings, run: int | None
) -> list[Subject]:
    """The packages of a job as the source is asked for them, without those that are recorded.

    Without a run, all of them. What is known of a package at another address is left out.
    """
    columns = IngestSource.__table__.c
    joined = (columns.package_id == Package.id) & (columns.source == source)
    query = (
        select(Package.id, Package.repo_url, Package.pypi_name, columns.upstream_id, columns.memo)
        .outerjoin(IngestSource, joined)
        .where(among(Package.__table__.c.id, keys))
        .order_by(Package.id)
    )
    if run is not None:
        query = query.where(columns.run_id == run)
    found = []
    for package in await session.execute(query):
        host, name = asked(package, settings).get(source, ("", ""))
        subject = Subject(package.id, host, name)
        memo = package.memo or {}
        if memo.get(ADDRESS) == address_of(subject):
            subject = Subject(package.id, host, name, package.upstream_id, memo)
        found.append(subject)
    return found
