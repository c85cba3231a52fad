"""What ingest promises of its requests, and of what becomes of packages, whatever upstreams do."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import partial

import pytest

import ingest.http
import ingest.limits
from db.ingest import Ingest, IngestSource
from db.package import Package
from db.version import Version
from ingest import jobs
from ingest.work import Workshop
from tests.counts import INGESTED, reached
from tests.ingest.proof import fill, refresh, rows, wrong
from tests.ingest.upstream import FAULTS, Limit, Rule, Upstream, World, running

UNLIMITED = {"github.com": Limit(with_token=10**9)}
TOKENS = {"github_token": "of-github", "gitlab_token": "of-gitlab", "codeberg_token": "of-codeberg"}

PASSES = frozenset(
    {
        *("202", "204", "empty", "list", "null", "text", "nulls", "missing_keys", "wrong_types"),
        *("bad_dates", "bad_versions", "huge_numbers", "nasty_strings", "not_a_number"),
        *("headers_lost", "other_case", "page_endless", "page_foreign", "page_loop", "stale_etag"),
    }
)
"""Faults after which an answer may pass for a right one."""


def check_requests(upstream: Upstream) -> None:
    """What holds of every run: of limits, costs, tokens and inner addresses."""
    stats = upstream.stats
    assert upstream.broken_limits == []
    assert stats.leaks == []
    assert stats.canary == []
    assert max(stats.urls.values()) <= 6
    assert max(stats.well.values()) <= 1, "what was answered is not asked again"
    of_package: Counter[int] = Counter()
    for url, count in stats.urls.items():
        of_package.update(dict.fromkeys(packages_of(url), count))
    assert max(of_package.values()) <= 60


def packages_of(text: str) -> set[int]:
    """The packages that a request names, by name or by number."""
    return {int(number) for number in re.findall(r"(?:package-|\b1(?=\d{6}\b))(\d+)", text)}


async def check_right(shop: Workshop, world: World) -> None:
    """Every package is as its upstreams say, and none is late."""
    packages = await rows(shop.engine, Package)
    assert len(packages) == world.packages
    assert {package.slug: found for package in packages if (found := wrong(package, world))} == {}
    states = Counter((row.state, row.last_error) for row in await rows(shop.engine, IngestSource))
    assert states == {("OK", None): 2 * world.packages}
    assert all(row.state == "OK" for row in await rows(shop.engine, Ingest))


async def test_what_is_unchanged_costs_next_to_nothing(database_url: str) -> None:
    world = World(INGESTED, hosts=("github.com",))
    await fill(database_url, world)
    async with (
        running(world, limits=UNLIMITED) as upstream,
        jobs.working(database_url, upstream.settings(**TOKENS)) as shop,
    ):
        first = await refresh(shop.engine)
        assert {source: (run.done, run.failed) for source, run in first.items()} == {
            "github": (INGESTED, 0),
            "pypi": (INGESTED, 0),
        }
        await check_right(shop, world)
        check_requests(upstream)

        upstream.forget()
        again = await refresh(shop.engine)
        assert {source: (run.done, run.changed) for source, run in again.items()} == {
            "github": (INGESTED, 0),
            "pypi": (INGESTED, 0),
        }
        assert upstream.stats.sites["github.com"] <= max(1, 0.05 * INGESTED)
        assert upstream.stats.sites["pypi"] == upstream.stats.status(304, "pypi") == INGESTED
        check_requests(upstream)

        upstream.forget()
        world.advance()
        changed = await refresh(shop.engine)
        assert changed["github"].changed == changed["pypi"].changed == INGESTED
        asked = upstream.stats.sites["github.com"] - upstream.stats.status(202, "github.com")
        assert asked <= 2.1 * INGESTED
        assert changed["github"].requests == upstream.stats.sites["github.com"]
        await check_right(shop, world)
        check_requests(upstream)
    reached("packages fetched from GitHub and PyPI: new, unchanged, changed", 3 * INGESTED)


async def test_a_second_run_within_the_day_is_mostly_not_modified(database_url: str) -> None:
    world = World(INGESTED // 10)
    await fill(database_url, world)
    async with (
        running(world, limits=UNLIMITED) as upstream,
        jobs.working(database_url, upstream.settings(**TOKENS)) as shop,
    ):
        await refresh(shop.engine)
        await check_right(shop, world)
        check_requests(upstream)
        upstream.forget()
        await refresh(shop.engine)
        assert upstream.stats.status(304) >= sum(upstream.stats.sites.values()) / 2
        await check_right(shop, world)
        check_requests(upstream)


async def test_a_tenth_of_all_requests_fails_in_every_way(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = partial(ingest.http.Times, read=0.5, total=1.5, backoff=0.05)
    monkeypatch.setattr(ingest.http, "Times", impatient)
    monkeypatch.setattr(ingest.limits, "_MINUTE", 1.0)
    world = World(INGESTED)
    rules = [Rule(fault, rate=0.1 / len(FAULTS)) for fault in FAULTS]
    of_forge = Limit(anonymous=max(30, INGESTED // 10), with_token=INGESTED, window=1)
    limits = dict.fromkeys(("gitlab.com", "codeberg.org", "bitbucket.org"), of_forge)
    limits["github.com"] = Limit(with_token=max(60, INGESTED // 4), window=1, patience=1)
    await fill(database_url, world)
    async with running(world, rules=rules, limits=limits, latency=0.02) as upstream:
        settings = upstream.settings(**TOKENS)
        async with jobs.working(database_url, settings) as shop:
            runs = await refresh(shop.engine)
            assert all(run.done == run.total for run in runs.values())
            assert sum(run.total for run in runs.values()) == 2 * INGESTED
            check_requests(upstream)
            altered = altered_by(upstream.stats.faulty)
            for row in await rows(shop.engine, Ingest):
                assert row.last_error or row.state == "OK"
            for source in await rows(shop.engine, IngestSource):
                assert source.run_id is None, "none is lost"
                assert source.last_error or source.state == "OK"
            unsaid = {row.package_id for row in await rows(shop.engine, Ingest) if row.last_error}
            for package in await rows(shop.engine, Package):
                number = int(package.slug.removeprefix("package-"))
                if package.id not in unsaid and number not in altered:
                    assert wrong(package, world) == {}
        reached("requests that failed in every way", len(upstream.stats.faulty))
        assert INGESTED < 1_000 or set(upstream.stats.faults()) == set(FAULTS)

        # Whatever was taken for an answer, all is right once upstreams are well and have news.
        upstream.rules.clear()
        upstream.forget()
        world.advance()
        async with jobs.working(database_url, settings) as shop:
            await refresh(shop.engine)
            await check_right(shop, world)
            check_requests(upstream)
            versions = Counter(
                (version.package_id, version.number) for version in await rows(shop.engine, Version)
            )
            assert set(versions.values()) == {1}


def altered_by(faulty: Iterable[tuple[str, str, bytes]]) -> set[int]:
    """The packages of which an answer may have passed for a right one."""
    return {
        number
        for fault, url, body in faulty
        if fault in PASSES
        for number in packages_of(f"{url} {body.decode()}")
    }
