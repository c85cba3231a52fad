"""A directory of the fake's packages, and what is true of them: for proofs and benchmarks."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from dbos import DBOS
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.engine import create_engine
from db.ingest import IngestRunSource
from db.load import load
from db.package import Package
from ingest import jobs
from ingest.plan import Want
from tests.ingest.upstream import World

ALL = Want(stale=dt.timedelta(0))
"""Every package, due or not."""


async def fill(url: str, world: World) -> None:
    """Load the world's packages into an empty database: their names and addresses alone."""
    engine = create_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        await load(session, _lines(world), now=dt.datetime.now(dt.UTC))
    await engine.dispose()


def _lines(world: World) -> Iterator[bytes]:
    category = {"slug": "apps", "title": "App", "titlePlural": "Apps", "description": ""}
    yield orjson.dumps({"type": "category", **category})
    for number in range(world.packages):
        repository, project = world.repository(number), world.project(number)
        yield orjson.dumps(
            {
                "type": "package",
                "slug": project.name,
                "title": project.name,
                "category": "apps",
                "repoUrl": f"https://{repository.host}/{repository.path}",
                "pypiName": project.name,
            }
        )


async def refresh(engine: AsyncEngine, want: Want = ALL) -> dict[str, IngestRunSource]:
    """Have the worker of this process do a run: what it counted, by source."""
    handle = await DBOS.start_workflow_async(jobs.run, want)
    run = await handle.get_result(polling_interval_sec=0.1)
    async with AsyncSession(engine) as session:
        found = await session.scalars(select(IngestRunSource).where(IngestRunSource.run_id == run))
        return {row.source: row for row in found}


async def rows(engine: AsyncEngine, model: type[Any]) -> list[Any]:
    """All rows of a table."""
    async with AsyncSession(engine) as session:
        return [*await session.scalars(select(model))]


def wrong(package: Package, world: World) -> Mapping[str, tuple[Any, Any]]:
    """What a package says that is not so, and how it is: empty where all is right.

    What its upstreams do not tell is not looked at.
    """
    number = int(package.slug.removeprefix("package-"))
    repository, project = world.repository(number), world.project(number)
    truth: dict[str, Any] = {
        "repo_url": f"https://{repository.host}/{repository.path}",
        "repo_watchers": repository.stars,
        "repo_forks": repository.forks,
        "pypi_version": f"{1 + (project.releases - 1) // 8}.{(project.releases - 1) % 8}.0",
    }
    if repository.host != "bitbucket.org":
        truth["is_archived"] = repository.is_archived
        truth["topics"] = [*repository.topics]
    else:
        truth["repo_watchers"] = None
    if repository.host == "github.com":
        truth["commit_count"] = repository.commits
        truth["contributor_count"] = repository.contributors
        truth["commits_over_52"] = world.weeks(repository)
        truth["homepage_url"] = repository.homepage
    return {
        name: (getattr(package, name), value)
        for name, value in truth.items()
        if getattr(package, name) != value
    }
