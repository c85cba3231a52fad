"""How tests refresh: a directory of the fake's packages, runs without the queue, and what came."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import writer
from db.base import Base
from db.change import Change
from db.edit import Edit
from db.ingest import Ingest, IngestSource
from db.package import Package
from db.token import Actor, Role
from ingest import work
from ingest.errors import UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.plan import Planned, Want, plan
from ingest.record import Heard, Tally, record
from ingest.work import Workshop
from tests.db.small import APPS, Row, loaded
from tests.ingest.upstream import Upstream, World, running

GITHUB = ("github.com",)
NOTHING: Mapping[str, str] = {}
DAY = dt.timedelta(days=1)

_number = 0


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def row_of(world: World, number: int, **values: Any) -> Row:
    """A package of the fake's world, as a line of the directory's file: nothing was fetched yet."""
    repository = world.repository(number)
    return {
        "type": "package",
        "slug": f"package-{number}",
        "title": f"Package {number}",
        "category": "apps",
        "repoUrl": f"https://{repository.host}/{repository.path}",
        "pypiName": world.project(number).name,
    } | values


@asynccontextmanager
async def refreshing(
    url: str,
    world: World,
    rows: Iterable[Row] | None = None,
    *,
    latency: float = 0.0,
    **settings: Any,
) -> AsyncIterator[tuple[Upstream, Workshop]]:
    """The fake, and a workshop on the database at `url` with these rows, else with all packages."""
    async with running(world, latency=latency) as upstream:
        given = {"github_token": "secret", **settings}
        async with work.opened(url, upstream.settings(**given)) as shop:
            if rows is None:
                rows = [row_of(world, number) for number in range(world.packages)]
            await loaded(shop.engine, APPS, *rows, now=now())
            yield upstream, shop


async def planned(
    shop: Workshop, want: Want | None = None, at: dt.datetime | None = None, name: str | None = None
) -> Planned | None:
    """Plan a run: of what is due, where nothing else is wanted."""
    global _number
    _number += 1
    async with AsyncSession(shop.engine) as session:
        name = name or f"test-{_number}"
        found = await plan(session, want or Want(), shop.settings, name, at or now())
        await session.commit()
    return found


async def refreshed(
    shop: Workshop, want: Want | None = None, at: dt.datetime | None = None
) -> Planned | None:
    """Do a run; without a want, of all packages, due or not."""
    all_of_them = Want(stale=dt.timedelta(0)), now() + 400 * DAY
    run = await planned(shop, *((want, at) if want else all_of_them))
    for source, keys in run.jobs if run else ():
        await work.do(shop, run.run, source, keys)  # type: ignore[union-attr]
    return run


async def told(
    shop: Workshop,
    source: str,
    said: Mapping[int, Facts | UpstreamError | None],
    memo: Mapping[str, str] = NOTHING,
    part: str | None = None,
) -> Tally:
    """Record what a source is made to say of packages, by their keys: None is nothing new.

    All is in one part of its answer, the main one where none is named.
    """
    part = part or ("project" if source == "pypi" else "repository")
    packages = await rows(shop.engine, Package)
    heard = []
    for key, facts in said.items():
        package = packages[key]
        host, _, name = (package["repo_url"] or "").removeprefix("https://").partition("/")
        subject = Subject(key, *(("", package["pypi_name"]) if source == "pypi" else (host, name)))
        heard.append(as_heard(subject, facts, memo, part))
    return await recorded(shop, source, heard)


def as_heard(
    subject: Subject,
    facts: Facts | UpstreamError | None,
    memo: Mapping[str, str] = NOTHING,
    part: str = "repository",
) -> Heard:
    """What a source said of a package in a part of an answer."""
    if isinstance(facts, UpstreamError):
        return Heard(subject, facts)
    bodies = {} if facts is None else {part: b"{}"}
    return Heard(subject, (Fetched(now(), bodies, memo), facts))


async def recorded(shop: Workshop, source: str, heard: list[Heard]) -> Tally:
    """Record what was heard."""

    async def put(edit: Edit) -> Tally:
        tally = await record(edit, source, heard)
        await edit.finish()
        await edit.session.commit()
        return tally

    return await shop.writer.run(Actor(f"ingest:{source}", Role.ADMIN), put)


def later(patch: pytest.MonkeyPatch, time: dt.timedelta) -> None:
    """From now on, edits are made that much later."""
    patch.setattr(writer, "Edit", partial(_shifted, time))


def _shifted(time: dt.timedelta, session: AsyncSession, actor: Actor, at: dt.datetime) -> Edit:
    return Edit(session, actor, at + time)


async def rows(engine: AsyncEngine, model: type[Base]) -> dict[Any, dict[str, Any]]:
    """All rows of a table, by their keys: that of a source by package and name."""
    table = Base.metadata.tables[model.__tablename__]
    keys = [column.name for column in table.primary_key]
    async with AsyncSession(engine) as session:
        found = [dict(row) for row in (await session.execute(select(table))).mappings()]
    return {tuple(row[k] for k in keys) if len(keys) > 1 else row[keys[0]]: row for row in found}


async def package(engine: AsyncEngine, key: int = 1) -> dict[str, Any]:
    return (await rows(engine, Package))[key]


async def ingest(engine: AsyncEngine, key: int = 1) -> dict[str, Any]:
    return (await rows(engine, Ingest))[key]


async def source(engine: AsyncEngine, name: str = "github", key: int = 1) -> dict[str, Any]:
    return (await rows(engine, IngestSource))[key, name]


async def changes(engine: AsyncEngine, after: int = 0) -> list[dict[str, Any]]:
    """The log, from a change's number on."""
    found = await rows(engine, Change)
    return [found[number] for number in sorted(found) if number > after]


async def newest_change(engine: AsyncEngine) -> int:
    return max(int(number) for number in await rows(engine, Change))
