"""What upstreams say is recorded, with its bookkeeping; and what is left alone."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.alias import Alias
from db.ingest import Ingest, IngestSource
from db.package import Package
from db.package_edits import package_delete, package_update
from db.package_merge import package_merge
from db.pypi import OLD_ADDRESS
from db.version import Version
from ingest.errors import Missing, Unreachable
from ingest.facts import Facts, Release, Subject
from ingest.plan import Want, subjects
from ingest.work import Workshop
from tests.db.editing import ADMIN, edited
from tests.ingest.refreshing import (
    DAY,
    GITHUB,
    as_heard,
    changes,
    ingest,
    later,
    newest_change,
    package,
    recorded,
    refreshed,
    refreshing,
    row_of,
    rows,
    source,
    told,
)
from tests.ingest.upstream import World

INDEX = OLD_ADDRESS.removesuffix("/django-q")


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Workshop]:
    """Three packages of which nothing was fetched; the upstreams are not asked."""
    async with refreshing(database_url, World(3, hosts=GITHUB)) as (_, shop):
        yield shop


def facts(**values: Any) -> Facts:
    return Facts(values)


def release(number: str, **values: Any) -> Release:
    given: dict[str, Any] = {
        "uploaded_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "licenses": (),
        "requires_python": ">=3.9",
        "development_status": None,
        "is_yanked": False,
        "is_prerelease": False,
    }
    return Release(number=number, **given | values)


async def asked_for(shop: Workshop, *keys: int) -> list[Subject]:
    """Packages as GitHub is asked for them now."""
    async with AsyncSession(shop.engine) as session:
        return await subjects(session, "github", [*keys], shop.settings, None)


# What is new and what is not


async def test_what_github_and_pypi_say_is_logged_in_their_names(database_url: str) -> None:
    world = World(3, hosts=GITHUB)
    async with refreshing(database_url, world) as (_, shop):
        before, start = await package(shop.engine), await newest_change(shop.engine)
        await refreshed(shop)
        after, repository = await package(shop.engine), world.repository(0)
        expected = {
            "repo_watchers": repository.stars,
            "repo_forks": repository.forks,
            "commit_count": repository.commits,
            "contributor_count": repository.contributors,
            "is_archived": repository.is_archived,
            "repo_description": repository.description or "The synthetic package 0",
            "commits_over_52": world.weeks(repository),
            "requires_python": ">=3.9",
            "supports_python3": True,
        }
        assert {name: after[name] for name in expected} == expected
        assert after["revision"] == before["revision"] == 1
        assert after["modified"] > before["modified"]
        log = await changes(shop.engine, start)
        actors = {change["actor"] for change in log if change["node_type"] == "PACKAGE"}
        assert actors == {"ingest:github", "ingest:pypi"}
        assert {change["revision"] for change in log} == {1}
        assert {change["actor"] for change in log if change["node_type"] == "VERSION"} == {
            "ingest:pypi"
        }
        assert len(await rows(shop.engine, Version)) == sum(
            change["node_type"] == "VERSION" for change in log
        )
        bookkeeping = await ingest(shop.engine)
        assert bookkeeping["state"] == "OK"
        assert bookkeeping["last_fetched"] is not None
        assert bookkeeping["last_error"] is None
        assert bookkeeping["next_due"] == min(
            [(await source(shop.engine, name))["next_due"] for name in ("github", "pypi")]
        )


async def test_nothing_new_leaves_no_change_and_the_package_as_it_is(database_url: str) -> None:
    async with refreshing(database_url, World(3)) as (upstream, shop):
        await refreshed(shop)
        packages, start = await rows(shop.engine, Package), await newest_change(shop.engine)
        fetched = (await ingest(shop.engine))["last_fetched"]
        upstream.forget()
        await refreshed(shop)
        assert upstream.stats.status(200, "pypi") == 0
        assert await changes(shop.engine, start) == []
        assert await rows(shop.engine, Package) == packages
        assert (await ingest(shop.engine))["last_fetched"] > fetched


async def test_the_same_said_again_leaves_no_change(shop: Workshop) -> None:
    """As when a source forgot what it knew, and read all of it anew."""
    for _ in range(2):
        said = Facts(
            {"repo_watchers": 5, "licenses": ["MIT"], "pypi_version": "1"},
            releases=(release("1", licenses=("MIT",)), release("2rc1", is_prerelease=True)),
        )
        tally = await told(shop, "pypi", {1: said})
        start = await newest_change(shop.engine)
    assert (tally.done, tally.changed) == (1, 0)
    assert await changes(shop.engine, start - 1) == [(await changes(shop.engine))[-1]]


async def test_a_run_counts_what_came_of_its_packages(shop: Workshop) -> None:
    said = {1: facts(repo_watchers=7), 2: None, 3: Missing("github.com does not have it (404)")}
    tally = await told(shop, "github", said)
    assert (tally.done, tally.changed, tally.failed, tally.postponed) == (3, 1, 1, 0)


# Pins


async def test_what_is_pinned_is_left_alone_until_it_is_not(database_url: str) -> None:
    world = World(1, hosts=GITHUB)
    world.repository(0).license = ("mit", "MIT License", "MIT")
    world.project(0).license = None
    async with refreshing(database_url, world) as (upstream, shop):
        await refreshed(shop)
        given = {"id": "Package:1", "repoDescription": "By hand", "licenses": ["0BSD"]}
        await edited(shop.engine, package_update, given | {"isArchived": True})
        world.advance(only=[0])
        world.repository(0).description = "What GitHub says"
        await refreshed(shop)
        pinned = await package(shop.engine)
        assert pinned["repo_watchers"] == world.repository(0).stars
        assert pinned["repo_description"] == "By hand"
        assert (pinned["licenses"], pinned["is_archived"]) == (["0BSD"], True)

        unpinned = {"id": "Package:1", "unpin": ["REPO_DESCRIPTION", "LICENSES", "IS_ARCHIVED"]}
        await edited(shop.engine, package_update, unpinned)
        assert (await package(shop.engine))["repo_description"] == "By hand"
        # Nothing is new upstream, and it is due at once all the same.
        await refreshed(shop, Want())
        after = await package(shop.engine)
        assert after["repo_description"] == "What GitHub says"
        assert (after["licenses"], after["is_archived"]) == (["MIT"], False)
        upstream.forget()
        await refreshed(shop, Want())
        assert not upstream.stats.sites


async def test_what_is_unpinned_while_it_is_fetched_is_fetched_again(database_url: str) -> None:
    async with refreshing(database_url, World(1, hosts=GITHUB)) as (_, shop):
        await refreshed(shop)
        given: dict[str, Any] = {"id": "Package:1", "repoDescription": "By hand"}
        await edited(shop.engine, package_update, given)
        (subject,) = await asked_for(shop, 1)
        given = {"id": "Package:1", "unpin": ["REPO_DESCRIPTION"]}
        await edited(shop.engine, package_update, given)
        await recorded(shop, "github", [as_heard(subject, None, subject.memo)])
        await refreshed(shop, Want())
        assert (await package(shop.engine))["repo_description"] != "By hand"


# Two that say the same


LICENSES = [
    (["github", "pypi"], ["MIT"], ["BSD-3-Clause"], ["BSD-3-Clause"]),
    (["pypi", "github"], ["MIT"], ["BSD-3-Clause"], ["BSD-3-Clause"]),
    (["github", "pypi"], ["MIT"], None, ["MIT"]),
    (["pypi", "github"], ["MIT"], None, ["MIT"]),
    (["github", "pypi"], None, ["BSD-3-Clause"], ["BSD-3-Clause"]),
]


@pytest.mark.parametrize(("order", "of_github", "of_pypi", "expected"), LICENSES)
async def test_licences_are_those_of_pypi(
    shop: Workshop, order: list[str], of_github: Any, of_pypi: Any, expected: list[str]
) -> None:
    said = {"github": of_github, "pypi": of_pypi}
    for name in order * 2:
        values = {"repo_watchers": 5} if said[name] is None else {"licenses": said[name]}
        await told(
            shop, name, {1: Facts(values)}, part="project" if name == "pypi" else "repository"
        )
    assert (await package(shop.engine))["licenses"] == expected


@pytest.mark.parametrize("order", [["github", "pypi"], ["pypi", "github"]])
@pytest.mark.parametrize(
    ("of_github", "expected"), [("Of GitHub", "Of GitHub"), ("", "Of PyPI"), (None, "Of PyPI")]
)
async def test_the_description_is_that_of_the_forge_if_it_has_one(
    shop: Workshop, order: list[str], of_github: str | None, expected: str
) -> None:
    said: dict[str, Facts] = {
        "github": facts(repo_watchers=1)
        if of_github is None
        else facts(repo_description=of_github),
        "pypi": facts(repo_description="Of PyPI"),
    }
    for name in order * 2:
        await told(shop, name, {1: said[name]})
    assert (await package(shop.engine))["repo_description"] == expected


async def test_a_part_of_an_answer_takes_nothing_back(shop: Workshop) -> None:
    """Where weeks alone are new, GitHub has a description still."""
    await told(shop, "github", {1: facts(repo_description="Of GitHub", repo_watchers=1)})
    await told(shop, "github", {1: facts(commits_over_52=[0] * 52)}, part="weeks")
    await told(shop, "pypi", {1: facts(repo_description="Of PyPI")})
    assert (await package(shop.engine))["repo_description"] == "Of GitHub"
    gave = (await source(shop.engine))["gave"]
    assert gave == ["commits_over_52", "repo_description", "repo_watchers"]


async def test_what_one_stops_to_give_is_the_others(shop: Workshop) -> None:
    """Nothing is erased; the other is read anew at its next fetch, though it has nothing new."""
    await told(shop, "pypi", {1: facts(licenses=["MIT"])}, {"etag": "a"})
    await told(shop, "github", {1: facts(licenses=["0BSD"])}, {"etag": "b"})
    assert (await package(shop.engine))["licenses"] == ["MIT"]
    await told(shop, "pypi", {1: facts(pypi_version="2")}, {"etag": "c"})
    assert (await package(shop.engine))["licenses"] == ["MIT"]
    assert (await source(shop.engine, "pypi"))["memo"]["etag"] == "c"
    assert (await source(shop.engine, "github"))["memo"] == {}
    await told(shop, "github", {1: facts(licenses=["0BSD"])}, {"etag": "b"})
    assert (await package(shop.engine))["licenses"] == ["0BSD"]


async def test_a_failure_of_one_does_not_give_the_word_to_the_other(shop: Workshop) -> None:
    await told(shop, "pypi", {1: facts(licenses=["MIT"])})
    await told(shop, "pypi", {1: Unreachable("it does not answer")})
    await told(shop, "github", {1: facts(licenses=["0BSD"])})
    assert (await package(shop.engine))["licenses"] == ["MIT"]


async def test_who_is_gone_gives_nothing_any_more(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told(shop, "pypi", {1: facts(licenses=["MIT"])}, {"etag": "a"})
    for days in range(4):
        later(monkeypatch, days * DAY)
        await told(shop, "pypi", {1: Missing("it is not there (404)")})
    await told(shop, "github", {1: facts(licenses=["0BSD"])})
    assert (await package(shop.engine))["licenses"] == ["0BSD"]
    # Whoever comes back is read anew.
    assert (await source(shop.engine, "pypi"))["memo"] == {}


# Addresses


async def by_address(shop: Workshop, address: str) -> int | None:
    """The key of the package that has or had a repository's address, as it is compared."""
    async with AsyncSession(shop.engine) as session:
        key = await session.scalar(select(Package.id).where(Package.repo_key == address))
        alias = select(Alias.node_id).where(Alias.kind == "REPO_URL", Alias.name == address)
        return key or await session.scalar(alias)


@pytest.mark.parametrize("token", ["secret", None])
async def test_a_repository_is_followed_to_its_new_address(
    database_url: str, token: str | None
) -> None:
    world = World(2, hosts=GITHUB)
    async with refreshing(database_url, world, github_token=token) as (upstream, shop):
        await refreshed(shop)
        start = await newest_change(shop.engine)
        world.rename(world.repository(0), "New-Owner/renamed")
        await refreshed(shop)
        after = await package(shop.engine)
        assert after["repo_url"] == "https://github.com/New-Owner/renamed"
        assert after["repo_host"] == "GITHUB"
        assert after["revision"] == 1
        assert await by_address(shop, "github.com/new-owner/renamed") == 1
        assert await by_address(shop, "github.com/owner-0/package-0") == 1
        (change,) = await changes(shop.engine, start)
        assert change["actor"] == "ingest:github"
        assert change["diff"]["repoUrl"] == [
            "https://github.com/owner-0/package-0",
            "https://github.com/New-Owner/renamed",
        ]
        # What is known of it goes with it: nothing is asked for anew.
        upstream.forget()
        await refreshed(shop)
        assert upstream.stats.sites["github.com"] == (1 if token else 2)
        assert (await source(shop.engine))["upstream_id"] == "1000000"


async def test_a_transfer_to_the_address_of_another_package_is_told(database_url: str) -> None:
    world = World(2, hosts=GITHUB)
    async with refreshing(database_url, world) as (_, shop):
        await refreshed(shop)
        taken = world.repository(1)
        world.rename(taken, "elsewhere/package")
        world.rename(world.repository(0), "owner-1/package-1")
        other = (await package(shop.engine, 2))["repo_url"]
        for _ in range(2):  # it is told at each refresh, though nothing is new upstream
            await refreshed(shop, Want(package="package-0"))
            state = await source(shop.engine)
            assert state["state"] == (await ingest(shop.engine))["state"] == "OK"
            assert "that of package-1: merge the two" in state["last_error"]
            assert (await ingest(shop.engine))["last_error"] == state["last_error"]
            assert (await package(shop.engine))[
                "repo_url"
            ] == "https://github.com/owner-0/package-0"
        # Once the other one has moved on, it is followed.
        await refreshed(shop, Want(package="package-1"))
        assert (await package(shop.engine, 2))["repo_url"] == "https://github.com/elsewhere/package"
        assert other == "https://github.com/owner-1/package-1"
        await refreshed(shop, Want(package="package-0"))
        assert (await package(shop.engine))["repo_url"] == other
        assert (await source(shop.engine))["last_error"] is None


async def test_an_editors_new_address_is_fetched_at_once_and_as_a_new_one(
    database_url: str,
) -> None:
    world = World(3, hosts=GITHUB)
    async with refreshing(database_url, world, [row_of(world, 0)]) as (upstream, shop):
        await refreshed(shop)
        given = {"id": "Package:1", "repoUrl": "https://github.com/owner-2/package-2"}
        await edited(shop.engine, package_update, given)
        upstream.forget()
        await refreshed(shop, Want())
        assert (await package(shop.engine))["repo_watchers"] == world.repository(2).stars
        assert (await source(shop.engine))["upstream_id"] == "1000002"
        assert (await package(shop.engine))["repo_url"] == given["repoUrl"]
        upstream.forget()
        await refreshed(shop, Want())
        assert not upstream.stats.sites


async def test_an_editors_new_project_is_fetched_at_once(database_url: str) -> None:
    world = World(3, hosts=GITHUB)
    async with refreshing(database_url, world, [row_of(world, 0)]) as (_, shop):
        await refreshed(shop)
        given = {"id": "Package:1", "pypiUrl": f"{INDEX}/package-2"}
        await edited(shop.engine, package_update, given)
        await refreshed(shop, Want())
        after = await package(shop.engine)
        assert (after["pypi_name"], after["documentation_url"]) == (
            "package-2",
            "https://package-2.example.org/docs",
        )
        await edited(shop.engine, package_update, {"id": "Package:1", "pypiUrl": None})
        await refreshed(shop, Want())
        assert set(await rows(shop.engine, IngestSource)) == {(1, "github")}


async def test_pypi_names_the_repository_of_a_package_that_has_none(database_url: str) -> None:
    world = World(1, hosts=GITHUB)
    row = row_of(world, 0)
    del row["repoUrl"]
    async with refreshing(database_url, world, [row]) as (_, shop):
        await refreshed(shop)
        assert (await package(shop.engine))["repo_url"] == "https://github.com/owner-0/package-0"
        assert (await package(shop.engine))["repo_host"] == "GITHUB"
        # And it is due there at once.
        await refreshed(shop, Want())
        assert (await package(shop.engine))["repo_watchers"] == world.repository(0).stars


async def test_a_number_is_followed_and_a_namesake_is_not(database_url: str) -> None:
    """Renamed, and the old name is another repository's: the number tells which is meant."""
    world = World(1, hosts=GITHUB)
    async with refreshing(database_url, world) as (_, shop):
        await refreshed(shop)
        old = world.repository(0)
        world.rename(old, "new/home")
        world.create("github.com", "owner-0/package-0").stars = 19_999
        await refreshed(shop)
        assert (await package(shop.engine))["repo_url"] == "https://github.com/new/home"
        assert (await package(shop.engine))["repo_watchers"] == old.stars


async def test_one_that_was_deleted_and_made_anew_is_taken(database_url: str) -> None:
    world = World(1, hosts=GITHUB)
    async with refreshing(database_url, world) as (_, shop):
        await refreshed(shop)
        world.repository(0).is_gone = True
        made = world.create("github.com", "owner-0/package-0")
        await refreshed(shop)
        after = await package(shop.engine)
        assert after["repo_watchers"] == made.stars
        assert after["commit_count"] == made.commits
        assert (await source(shop.engine))["upstream_id"] == str(made.id)
        assert (await source(shop.engine))["state"] == "OK"


# States


@pytest.mark.parametrize("token", ["secret", None])
async def test_archived_and_not_any_more(database_url: str, token: str | None) -> None:
    world = World(1, hosts=GITHUB)
    repository = world.repository(0)
    async with refreshing(database_url, world, github_token=token) as (_, shop):
        for is_archived in (True, False, True):
            repository.is_archived = is_archived
            repository.updated += 1
            await refreshed(shop)
            after = await package(shop.engine)
            assert after["is_archived"] is is_archived
            span = (await source(shop.engine))["next_due"] - after["modified"]
            assert (span > 20 * DAY) is is_archived


@pytest.mark.parametrize("token", ["secret", None])
async def test_an_empty_repository(database_url: str, token: str | None) -> None:
    world = World(1, hosts=GITHUB)
    world.repository(0).is_empty = True
    async with refreshing(database_url, world, github_token=token) as (_, shop):
        await refreshed(shop)
        state = await source(shop.engine)
        assert (state["state"], state["last_error"]) == ("OK", None)
        assert (await package(shop.engine))["repo_watchers"] == world.repository(0).stars
        assert (await package(shop.engine))["last_updated"] is None


async def test_one_that_is_withheld_is_told_of_and_known_still(database_url: str) -> None:
    world = World(1, hosts=GITHUB)
    async with refreshing(database_url, world, github_token=None) as (_, shop):
        await refreshed(shop)
        before = await package(shop.engine)
        world.repository(0).is_blocked = True
        await refreshed(shop)
        state = await source(shop.engine)
        assert state["state"] == "FAILING"
        assert "for legal reasons (451)" in state["last_error"]
        assert (await package(shop.engine))["repo_watchers"] == before["repo_watchers"]


async def test_gone_after_three_in_a_row_over_three_days(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(1, hosts=GITHUB)
    async with refreshing(database_url, world) as (_, shop):
        await refreshed(shop)
        before, start = await package(shop.engine), await newest_change(shop.engine)
        world.repository(0).is_gone = True
        states = []
        for hours in (0, 1, 2, 71, 72):
            later(monkeypatch, dt.timedelta(hours=hours))
            await refreshed(shop, Want(package="package-0", only="github"))
            states.append(
                ((await source(shop.engine))["state"], (await ingest(shop.engine))["state"])
            )
        # By the wall clock: five in a row, of which the last is three days after the first.
        assert states == [("FAILING", "FAILING")] * 4 + [("GONE", "GONE")]
        gone = await source(shop.engine)
        assert (gone["missing_count"], gone["failure_count"]) == (5, 5)
        assert "does not have it" in gone["last_error"] or "Could not resolve" in gone["last_error"]
        assert (await source(shop.engine, "pypi"))["state"] == "OK"
        assert await changes(shop.engine, start) == []
        assert await package(shop.engine) == before

        world.repository(0).is_gone = False
        await refreshed(shop, Want(package="package-0", only="github"))
        back = await source(shop.engine)
        assert (back["state"], (await ingest(shop.engine))["state"]) == ("OK", "OK")
        assert (back["missing_count"], back["missing_since"], back["failure_count"]) == (0, None, 0)
        assert back["last_error"] is None


async def test_another_failure_breaks_a_row_of_missing(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing, broken = Missing("it is not there (404)"), Unreachable("it does not answer")
    for days, error in enumerate((missing, missing, broken, missing, missing, missing)):
        later(monkeypatch, days * DAY)
        await told(shop, "github", {1: error})
    state = await source(shop.engine)
    assert (state["state"], state["missing_count"], state["failure_count"]) == ("FAILING", 3, 6)
    later(monkeypatch, 6 * DAY)
    await told(shop, "github", {1: missing})
    assert (await source(shop.engine))["state"] == "GONE"


async def test_what_is_gone_stays_so_while_it_cannot_be_asked(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in range(4):
        later(monkeypatch, days * DAY)
        await told(shop, "github", {1: Missing("it is not there (404)")})
    await told(shop, "github", {1: Unreachable("it does not answer")})
    state = await source(shop.engine)
    assert (state["state"], state["last_error"]) == ("GONE", "it does not answer")
    await told(shop, "github", {1: facts(repo_watchers=1)})
    assert (await source(shop.engine))["state"] == "OK"


async def test_what_is_paused_stays_so(shop: Workshop) -> None:
    async with AsyncSession(shop.engine) as session, session.begin():
        (await session.get_one(Ingest, 1)).state = "PAUSED"
    await told(shop, "github", {1: facts(repo_watchers=3)})
    assert (await ingest(shop.engine))["state"] == "PAUSED"


# What moves by itself


async def test_weeks_move_on_though_nothing_is_new(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(1, hosts=GITHUB)
    async with refreshing(database_url, world, github_token=None) as (upstream, shop):
        await refreshed(shop)
        before = await package(shop.engine)
        assert before["commits_over_52"] == world.weeks(world.repository(0))
        upstream.forget()
        later(monkeypatch, dt.timedelta(days=15))
        await refreshed(shop)
        after = await package(shop.engine)
        assert after["commits_over_52"] == [*before["commits_over_52"][2:], 0, 0]
        ends = before["commits_over_52_ends"] + dt.timedelta(days=14)
        assert after["commits_over_52_ends"] == ends
        assert upstream.stats.status(200, "github.com") == 0


async def test_a_score_ages_at_each_refresh(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime.now(dt.UTC)
    said = facts(repo_watchers=100, supports_python3=True, last_updated=now - dt.timedelta(days=5))
    await told(shop, "github", {1: said})
    assert (await package(shop.engine))["score"] == 100
    start = await newest_change(shop.engine)
    for days in (30, 60, 95, 96):
        later(monkeypatch, days * DAY)
        await told(shop, "github", {1: None})
    assert (await package(shop.engine))["score"] == 90
    (change,) = await changes(shop.engine, start)
    assert change["diff"] == {"score": [100, 90]}


async def test_a_score_is_of_the_newest_release(shop: Workshop) -> None:
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=95)
    said = Facts(
        {"repo_watchers": 100, "supports_python3": True},
        releases=(release("1", uploaded_at=old), release("0.9")),
    )
    await told(shop, "pypi", {1: said})
    assert (await package(shop.engine))["score"] == 90
    await told(shop, "github", {1: None})
    assert (await package(shop.engine))["score"] == 90


# Versions


async def test_versions_come_are_yanked_and_stay(shop: Workshop) -> None:
    async def versions() -> dict[str, bool]:
        found = await rows(shop.engine, Version)
        return {row["number"]: row["is_yanked"] for row in found.values()}

    async def say(*releases: Release) -> list[str]:
        start = await newest_change(shop.engine)
        await told(shop, "pypi", {1: Facts({}, releases=releases)})
        log = await changes(shop.engine, start)
        return [f"{each['action']} {each['node_type']}" for each in log]

    assert await say(release("1.0"), release("1.1")) == ["CREATE VERSION"] * 2
    assert await say(release("1.0"), release("1.1", is_yanked=True)) == ["UPDATE VERSION"]
    assert await versions() == {"1.0": False, "1.1": True}
    assert await say(release("1.0"), release("1.1"), release("2.0")) == [
        "CREATE VERSION",
        "UPDATE VERSION",
    ]
    assert await say(release("2.0")) == []
    assert await versions() == {"1.0": False, "1.1": False, "2.0": False}


async def test_what_is_only_known_of_the_newest_stays(shop: Workshop) -> None:
    newest = release("1.0", licenses=("MIT",), development_status="BETA")
    await told(shop, "pypi", {1: Facts({}, releases=(newest,))})
    said = Facts({}, releases=(release("1.0"), release("2.0")))
    await told(shop, "pypi", {1: said})
    found = {row["number"]: row for row in (await rows(shop.engine, Version)).values()}
    assert found["1.0"]["licenses"] == ["MIT"]
    assert found["1.0"]["development_status"] == "BETA"


# Meanwhile


async def test_a_package_that_is_gone_meanwhile_is_passed_over(shop: Workshop) -> None:
    wanted = await asked_for(shop, 1, 2, 3)
    await edited(shop.engine, package_delete, {"id": "Package:1"}, ADMIN)
    merge = {"from": {"id": "Package:2"}, "into": {"id": "Package:3"}}
    await edited(shop.engine, package_merge, merge, ADMIN)
    heard = [as_heard(each, facts(repo_watchers=5)) for each in wanted]
    tally = await recorded(shop, "github", heard)
    assert tally.done == 3
    assert set(await rows(shop.engine, Package)) == {3}
    assert (await package(shop.engine, 3))["repo_watchers"] == 5


async def test_an_answer_from_a_former_address_says_nothing(shop: Workshop) -> None:
    wanted = await asked_for(shop, 1, 2)
    for key in (1, 2):
        given = {"id": f"Package:{key}", "repoUrl": f"https://github.com/new/{key}"}
        await edited(shop.engine, package_update, given)
    said = Facts({"repo_watchers": 5}, repo_url="https://github.com/owner-0/package-0")
    heard = [
        as_heard(wanted[0], said, {"etag": "a"}),
        as_heard(wanted[1], Missing("it is not there (404)")),
    ]
    tally = await recorded(shop, "github", heard)
    assert (tally.done, tally.changed, tally.failed, tally.postponed) == (2, 0, 0, 2)
    assert (await package(shop.engine))["repo_url"] == "https://github.com/new/1"
    assert (await package(shop.engine))["repo_watchers"] is None
    for key in (1, 2):
        state = await ingest(shop.engine, key)
        assert (state["state"], state["failure_count"]) == ("NEVER", 0)
        assert state["next_due"] is None or state["next_due"] <= dt.datetime.now(dt.UTC)


async def test_an_edit_between_fetch_and_record_stays(shop: Workshop) -> None:
    await edited(shop.engine, package_update, {"id": "Package:1", "repoDescription": "By hand"})
    await told(shop, "github", {1: facts(repo_description="Of GitHub", repo_watchers=1)})
    after = await package(shop.engine)
    assert (after["repo_description"], after["repo_watchers"]) == ("By hand", 1)
    assert after["revision"] == 2
