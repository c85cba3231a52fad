"""What is due: which packages are fetched from which upstreams, as a run that workers share."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.derived import Values
from db.ingest import Ingest, IngestRun, IngestRunSource, IngestSource, IngestState
from db.package import Package
from db.sql import BATCH, among, batches
from db.text import fold
from db.writer import take_turn, without_collections
from ingest.facts import Subject
from ingest.record import ADDRESS
from ingest.schedule import DAY, SLOWEST
from ingest.settings import IngestSettings
from ingest.sources import asked

PACKAGE, SOURCE, INGEST = (
    Base.metadata.tables[model.__tablename__] for model in (Package, IngestSource, Ingest)
)

LEAVE = delete(SOURCE).where(
    SOURCE.c.package_id == bindparam("of_package"), SOURCE.c.source == bindparam("of_source")
)
PUT_OFF = (
    update(INGEST)
    .where(INGEST.c.package_id == bindparam("of_package"))
    .values(next_due=bindparam("first"))
)

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


Due: TypeAlias = Row[int, str | None, str | None, str]
"""What tells how to fetch a package that is due: its key, its two addresses, and its state."""


def due(want: Want, now: dt.datetime) -> Select[int, str | None, str | None, str]:
    """The packages that are wanted, the longest due first."""
    query = (
        select(Package.id, Package.repo_url, Package.pypi_name, Ingest.state)
        .join(Ingest, Ingest.package_id == Package.id)
        .where(Ingest.state != IngestState.PAUSED.name)
        .order_by(Ingest.next_due.is_not(None), Ingest.next_due, Package.id)
    )
    if want.package is not None:
        return query.where(Package.slug_folded == fold(want.package))
    if want.requested:
        query = query.where(Ingest.state == IngestState.QUEUED.name)
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
        with without_collections():
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
    return (Job(source, [*part]) for part in batches(keys, size))


async def _new_run(
    session: AsyncSession, want: Want, settings: IngestSettings, workflow: str, now: dt.datetime
) -> int | None:
    found = await look(session, want, settings, now)
    await _tidy(session, found, now)
    if not found.taken:
        return None
    made = insert(IngestRun).values(workflow=workflow, started=now).returning(IngestRun.id)
    run: int = (await session.execute(made)).scalar_one()
    for source, keys in found.taken.items():
        await session.execute(
            insert(IngestRunSource).values(run_id=run, source=source, total=len(keys))
        )
        for part in batches(keys):
            chosen = SOURCE.c.source == source, among(SOURCE.c.package_id, [*part])
            await session.execute(update(SOURCE).where(*chosen).values(run_id=run))
    return run


@dataclass(slots=True)
class Found:
    """What a look through packages found: what is `taken` by source, of `count` packages in all.

    `new` and `left` are the upstreams that packages are at for the first time, and not any more,
    `idle` the packages that are due for nothing, with when they are, and `nowhere` those at none.
    """

    count: int = 0
    taken: dict[str, list[int]] = field(default_factory=dict)
    new: list[Values] = field(default_factory=list)
    left: list[Values] = field(default_factory=list)
    idle: list[Values] = field(default_factory=list)
    nowhere: list[int] = field(default_factory=list)


async def look(
    session: AsyncSession, want: Want, settings: IngestSettings, now: dt.datetime
) -> Found:
    """Find what is wanted and no run has; nothing is written."""
    found = Found()
    packages = await session.stream(due(want, now))
    async for part in packages.partitions(BATCH):
        rows = await _sources(session, [package.id for package in part], now)
        for package in part:
            if found.count == want.limit:
                await packages.close()
                return found
            _look_at(found, package, asked(package, settings), rows.get(package.id, {}), want, now)
    return found


def _look_at(
    found: Found,
    package: Due,
    there: Mapping[str, Any],
    rows: Mapping[str, Row[Any]],
    want: Want,
    now: dt.datetime,
) -> None:
    """Find what is to be done of one package, at the upstreams `there`, of which it has `rows`."""
    key, is_queued = package.id, package.state == IngestState.QUEUED.name
    is_asked_for = is_queued or want.package is not None or want.stale is not None
    found.new += [{"package_id": key, "source": name} for name in there if name not in rows]
    found.left += [{"of_package": key, "of_source": name} for name in rows if name not in there]
    is_due = {name: name not in rows or _is_due(rows[name], now) for name in there}
    taken = [
        name
        for name in there
        if want.only in (None, name)
        and (name not in rows or not rows[name].is_taken)
        and (is_asked_for or is_due[name])
    ]
    for name in taken:
        found.taken.setdefault(name, []).append(key)
    found.count += bool(taken)
    if not there:
        found.nowhere.append(key)
    elif not taken and not any(is_due.values()):
        first = min(rows[name].next_due for name in there)
        found.idle.append({"of_package": key, "first": first})


def may_go_on(now: dt.datetime) -> ColumnElement[bool]:
    """That a run is not lost: what it has is its own."""
    return IngestRun.started > now - LOST


async def _sources(
    session: AsyncSession, keys: list[int], now: dt.datetime
) -> dict[int, dict[str, Row[Any]]]:
    """What packages are fetched from, by name; `is_taken` is whether a run has it."""
    query = (
        select(SOURCE.c.package_id, SOURCE.c.source, SOURCE.c.next_due)
        .add_columns((SOURCE.c.run_id.is_not(None) & may_go_on(now)).label("is_taken"))
        .outerjoin(IngestRun, IngestRun.id == SOURCE.c.run_id)
        .where(among(SOURCE.c.package_id, keys))
    )
    found: dict[int, dict[str, Row[Any]]] = {}
    for row in await session.execute(query):
        found.setdefault(row.package_id, {})[row.source] = row
    return found


def _is_due(row: Row[Any], now: dt.datetime) -> bool:
    return row.next_due is None or row.next_due <= now


async def _tidy(session: AsyncSession, found: Found, now: dt.datetime) -> None:
    """Have each package's upstreams be those that it is at, and it be due with the first."""
    for statement, values in (
        (insert(IngestSource), found.new),
        (LEAVE, found.left),
        (PUT_OFF, found.idle),
    ):
        for part in batches(values):
            await session.execute(statement, part)
    for keys in batches(found.nowhere):
        of_them = update(INGEST).where(among(INGEST.c.package_id, [*keys]))
        await session.execute(of_them.values(next_due=now + SLOWEST * DAY))
        told = {"state": IngestState.NEVER.name, "last_error": NO_UPSTREAM, "last_error_at": now}
        is_queued = INGEST.c.state == IngestState.QUEUED.name
        await session.execute(of_them.where(is_queued).values(told))


async def subjects(
    session: AsyncSession, source: str, keys: list[int], settings: IngestSettings, run: int | None
) -> list[Subject]:
    """The packages of a job as the source is asked for them, without those that are recorded.

    Without a run, all of them. What is known of a package at another address is left out, and so is
    a package that is not asked for here, by these settings.
    """
    joined = (SOURCE.c.package_id == Package.id) & (SOURCE.c.source == source)
    query = (
        select(Package.id, Package.repo_url, Package.pypi_name)
        .add_columns(SOURCE.c.upstream_id, SOURCE.c.memo)
        .outerjoin(SOURCE, joined)
        .where(among(PACKAGE.c.id, keys))
        .order_by(Package.id)
    )
    if run is not None:
        query = query.where(SOURCE.c.run_id == run)
    found = []
    for package in await session.execute(query):
        if at := asked(package, settings).get(source):
            subject = Subject(package.id, *at)
            if package.memo and package.memo.get(ADDRESS) == subject.address:
                subject = Subject(package.id, *at, package.upstream_id, package.memo)
            found.append(subject)
    return found
