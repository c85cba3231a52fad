"""A job is done package by package: what cannot be kept keeps nobody, what is done is done."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from db.errors import Busy
from db.ingest import IngestRunSource, IngestSource
from db.package import Package
from ingest import work
from ingest.errors import UpstreamError
from ingest.facts import Facts, Fetched, Release, Subject
from ingest.http import Requests
from ingest.plan import Want
from ingest.sources import SOURCES
from ingest.work import Workshop
from tests.ingest.refreshing import (
    GITHUB,
    changes,
    ingest,
    newest_change,
    package,
    planned,
    refreshed,
    refreshing,
    rows,
    source,
)
from tests.ingest.upstream import Rule, World

PACKAGES = 12
BAD = 7
"""The key of the package of which something cannot be kept."""


def parse_badly(
    patch: pytest.MonkeyPatch, name: str, change: Callable[[Facts], Facts], only: str
) -> None:
    """Have a source's `parse` give other facts where `only` is in an answer."""
    right = SOURCES[name]

    def parse(fetched: Fetched) -> Facts:
        facts = right.parse(fetched)
        is_meant = any(only.encode() in body for body in fetched.bodies.values())
        return change(facts) if is_meant else facts

    patch.setitem(SOURCES, name, right._replace(parse=parse))


def valued(**values: Any) -> Callable[[Facts], Facts]:
    return lambda facts: replace(facts, values={**facts.values, **values})


RELEASE = Release("1.0", None, (), None, None, False, False)
UNKEPT: dict[str, Callable[[Facts], Facts]] = {
    "fewer than no stars": valued(repo_watchers=-1),
    "a number over 64 bits": valued(repo_watchers=2**70),
    "half a character": valued(repo_description="\ud83d"),
    "half a character in a list": valued(topics=["\ud83d"]),
    "a status that is none": valued(development_status="EXCELLENT"),
    "no list": valued(licenses=None),
    "a date without an offset": valued(last_updated=dt.datetime(2026, 1, 1)),
    "an address that is none": lambda facts: replace(facts, repo_url="https://"),
    "a release without a number": lambda facts: replace(
        facts,
        releases=(replace(RELEASE, number=None),),  # type: ignore[arg-type]
    ),
    "a release twice": lambda facts: replace(facts, releases=(RELEASE, RELEASE)),
}
UNKEPT_BY_POSTGRES = {
    "a character that is none": valued(repo_description="a\x00b"),
    "a number over 32 bits": valued(repo_watchers=2**40),
}


async def see_that_one_fails(shop: Workshop, world: World) -> None:
    start = await newest_change(shop.engine)
    run = await refreshed(shop, Want(only="github"))
    assert run is not None
    found = await rows(shop.engine, Package)
    for key, row in found.items():
        stars = world.repository(key - 1).stars
        assert row["repo_watchers"] == (None if key == BAD else stars), key
    failed = await source(shop.engine, "github", BAD)
    assert failed["state"] == "FAILING"
    assert failed["last_error"].startswith("what github says of it cannot be kept: ")
    assert len(failed["last_error"]) < 300
    assert failed["run_id"] is None
    assert failed["memo"] == {}
    counted = (await rows(shop.engine, IngestRunSource))[run.run, "github"]
    counts = [counted[name] for name in ("total", "done", "changed", "failed", "postponed")]
    assert counts == [PACKAGES, PACKAGES, PACKAGES - 1, 1, 0]
    told = {change["node_id"] for change in await changes(shop.engine, start)}
    assert told == {*range(1, PACKAGES + 1)} - {BAD}


@pytest.mark.parametrize("what", UNKEPT)
async def test_what_cannot_be_kept_fails_alone(
    database_url: str, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    world = World(PACKAGES, hosts=GITHUB)
    async with refreshing(database_url, world) as (_, shop):
        parse_badly(monkeypatch, "github", UNKEPT[what], f"owner-{BAD - 1}/package-{BAD - 1}")
        await see_that_one_fails(shop, world)
        # Nothing of it was taken for known: once it can be kept, it is.
        monkeypatch.undo()
        await refreshed(shop)
        assert (await package(shop.engine, BAD))["repo_watchers"] == world.repository(BAD - 1).stars
        assert (await ingest(shop.engine, BAD))["state"] == "OK"


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")
@pytest.mark.parametrize("what", UNKEPT_BY_POSTGRES)
async def test_what_postgresql_cannot_keep_fails_alone(
    database_url: str, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    world = World(PACKAGES, hosts=GITHUB)
    async with refreshing(database_url, world) as (_, shop):
        change = UNKEPT_BY_POSTGRES[what]
        parse_badly(monkeypatch, "github", change, f"owner-{BAD - 1}/package-{BAD - 1}")
        await see_that_one_fails(shop, world)


async def test_a_bug_in_reading_fails_alone(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(facts: Facts) -> Facts:
        raise ZeroDivisionError

    async with refreshing(database_url, World(3, hosts=GITHUB)) as (_, shop):
        parse_badly(monkeypatch, "github", stumble, "owner-1/package-1")
        await refreshed(shop)
        states = {key: row["state"] for key, row in (await rows(shop.engine, IngestSource)).items()}
        assert states.pop((2, "github")) == "FAILING"
        assert set(states.values()) == {"OK"}
        assert (await source(shop.engine, "github", 2))["last_error"] == (
            "Packgrid could not read the answer: ZeroDivisionError"
        )


async def test_a_bug_in_asking_fails_those_that_were_asked_for(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(
        requests: Requests, subjects: Sequence[Subject]
    ) -> dict[int, Fetched | UpstreamError]:
        return {}

    async with refreshing(database_url, World(3, hosts=GITHUB)) as (_, shop):
        right = SOURCES["github"]
        monkeypatch.setitem(SOURCES, "github", right._replace(fetch=stumble))
        await refreshed(shop)
        states = Counter(
            (name, row["state"])
            for (_, name), row in (await rows(shop.engine, IngestSource)).items()
        )
        assert states == {("github", "FAILING"): 3, ("pypi", "OK"): 3}


async def done(shop: Workshop, run: int, name: str) -> int:
    return int((await rows(shop.engine, IngestRunSource))[run, name]["done"])


async def test_a_job_that_is_done_again_does_the_rest(database_url: str) -> None:
    """As when a worker was killed in its midst."""
    world = World(PACKAGES, hosts=GITHUB)
    async with refreshing(database_url, world) as (upstream, shop):
        run = await planned(shop)
        assert run is not None
        keys = [*range(1, PACKAGES + 1)]
        await work.do(shop, run.run, "pypi", keys[:5])
        await work.do(shop, run.run, "pypi", keys)
        await work.do(shop, run.run, "pypi", keys)
        assert set(upstream.stats.urls.values()) == {1}
        assert upstream.stats.sites["pypi"] == PACKAGES
        counted = (await rows(shop.engine, IngestRunSource))[run.run, "pypi"]
        assert (counted["done"], counted["requests"]) == (PACKAGES, PACKAGES)


async def test_what_a_job_that_is_cut_short_has_recorded_stays(database_url: str) -> None:
    world = World(PACKAGES, hosts=GITHUB)
    async with refreshing(database_url, world) as (upstream, shop):
        upstream.rules.append(Rule("hang", match="package-11/json"))
        run = await planned(shop)
        assert run is not None
        doing = asyncio.create_task(work.do(shop, run.run, "pypi", [*range(1, PACKAGES + 1)]))
        async with asyncio.timeout(20):
            while await done(shop, run.run, "pypi") < PACKAGES - 1:
                pass
        doing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await doing
        upstream.rules.clear()
        upstream.forget()
        await work.do(shop, run.run, "pypi", [*range(1, PACKAGES + 1)])
        assert upstream.stats.paths() == {"pypi/pypi/package-11/json": 1}


async def test_what_was_fetched_waits_while_another_holds_the_directory(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not fetched again for that."""
    async with refreshing(database_url, World(3, hosts=GITHUB)) as (upstream, shop):
        right, refusals = shop.writer.run, [Busy(), ConnectionRefusedError()]

        async def run(*given: Any) -> Any:
            if refusals:
                raise refusals.pop()
            return await right(*given)

        monkeypatch.setattr(shop.writer, "run", run)
        monkeypatch.setattr(work, "AGAIN", 0.01)
        await refreshed(shop)
        assert upstream.stats.sites["pypi"] == 3
        assert {row["state"] for row in (await rows(shop.engine, IngestSource)).values()} == {"OK"}
