"""The fake of the upstream hosts: that it answers, changes, limits and fails as it is told."""

import asyncio
import datetime as dt
import json
import re
import sys
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest

from tests.ingest.upstream import FAULTS, HOSTS, Limit, Rule, Upstream, World, running

ALL_GITHUB = ("github.com",)
NONE: Mapping[str, str] = {}
TOKEN = {"Authorization": "Bearer secret"}


async def ask(
    url: str, headers: Mapping[str, str] = NONE, *, etag: str | None = None, follow: bool = False
) -> tuple[int, Mapping[str, str], Any]:
    """Status, headers and JSON of one request, on a connection of its own."""
    conditional = {"If-None-Match": etag} if etag else {}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers={**headers, **conditional}, allow_redirects=follow) as response,
    ):
        text = await response.text()
        return response.status, response.headers, json.loads(text) if text else None


async def query(upstream: Upstream, document: str, **variables: Any) -> tuple[int, Any]:
    """Status and JSON of one GraphQL request."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{upstream.urls['github.com']}/graphql",
            json={"query": document, "variables": variables},
            headers=TOKEN,
        ) as response,
    ):
        return response.status, await response.json()


def named(number: int) -> str:
    return f'repository(owner: "owner-{number % 50}", name: "package-{number}")'


async def test_rest_and_graphql_say_the_same_of_a_repository() -> None:
    async with running(World(5, hosts=ALL_GITHUB)) as upstream:
        github = upstream.urls["github.com"]
        _, _, rest = await ask(f"{github}/repos/owner-3/package-3")
        _, headers, commits = await ask(f"{github}/repos/owner-3/package-3/commits?per_page=1")
        status, body = await query(
            upstream,
            f"{{ {named(3)} {{ databaseId nameWithOwner stargazerCount pushedAt"
            " defaultBranchRef { target { ... on Commit"
            " { committedDate history { totalCount } } } } } rateLimit { cost remaining } }",
        )
        assert status == 200
        found = body["data"]["repository"]
        target = found["defaultBranchRef"]["target"]
        assert found["databaseId"] == rest["id"]
        assert found["nameWithOwner"] == rest["full_name"]
        assert found["stargazerCount"] == rest["stargazers_count"]
        assert target["committedDate"] == commits[0]["commit"]["committer"]["date"]
        last = re.search(r'page=(\d+)>; rel="last"', headers["Link"])
        assert last
        assert target["history"]["totalCount"] == int(last[1])
        assert body["data"]["rateLimit"] == {"cost": 1, "remaining": 4_999}


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("github.com", "/repos/{path}"),
        ("gitlab.example", "/api/v4/projects/{quoted}"),
        ("bitbucket.org", "/2.0/repositories/{path}"),
        ("codeberg.org", "/api/v1/repos/{path}"),
    ],
)
async def test_a_repository_moves_goes_and_its_name_is_used_again(host: str, path: str) -> None:
    world = World(5, hosts=(host,))
    repository = world.repository(3)
    async with running(world) as upstream:

        def at(name: str) -> str:
            return upstream.urls[host] + path.format(path=name, quoted=name.replace("/", "%2F"))

        old = repository.path
        status, headers, before = await ask(at(old))
        assert status == 200
        if etag := headers.get("ETag"):
            assert (await ask(at(old), etag=etag))[0] == 304
        world.advance(only=[3])
        status, _, after = await ask(at(old), etag=headers.get("ETag"))
        assert status == 200
        assert after != before

        world.rename(repository, "someone/else")
        assert (await ask(at(old)))[0] in (301, 307)
        status, _, moved = await ask(at(old), follow=True)
        assert status == 200
        assert "someone/else" in json.dumps(moved)
        world.create(host, old)
        status, _, other = await ask(at(old))
        assert status == 200
        assert other != after
        repository.is_gone = True
        assert (await ask(at("someone/else")))[0] == 404


async def test_graphql_follows_renames_and_tells_what_it_cannot_find() -> None:
    world = World(5, hosts=ALL_GITHUB)
    async with running(world) as upstream:
        world.rename(world.repository(1), "someone/else")
        world.repository(2).is_gone = True
        world.repository(3).is_blocked = True
        world.repository(4).is_empty = True
        document = "{" + " ".join(
            f"r{n}: {named(n)} {{ nameWithOwner isEmpty defaultBranchRef {{ name }} }}"
            for n in range(1, 5)
        )
        _, body = await query(upstream, document + "}")
        assert body["data"]["r1"]["nameWithOwner"] == "someone/else"
        assert body["data"]["r4"] == {
            "nameWithOwner": "owner-4/package-4",
            "isEmpty": True,
            "defaultBranchRef": None,
        }
        assert {(*error["path"], error["type"]) for error in body["errors"]} == {
            ("r2", "NOT_FOUND"),
            ("r3", "FORBIDDEN"),
        }
        github = upstream.urls["github.com"]
        assert (await ask(f"{github}/repos/owner-3/package-3"))[0] == 451
        assert (await ask(f"{github}/repos/owner-4/package-4/commits"))[0] == 409
        _, body = await query(upstream, "{ repository { id } }")
        assert "data" not in body


async def test_statistics_are_computed_after_each_push() -> None:
    world = World(5, hosts=ALL_GITHUB)
    world.repository(1).quiet = 0
    async with running(world) as upstream:
        weeks = f"{upstream.urls['github.com']}/repos/owner-1/package-1/stats/participation"
        assert (await ask(weeks))[0] == 202
        status, headers, before = await ask(weeks)
        assert status == 200
        assert len(before["all"]) == 52
        assert (await ask(weeks, etag=headers["ETag"]))[0] == 304
        world.advance(only=[1], commits=4)
        assert (await ask(weeks, etag=headers["ETag"]))[0] == 202
        assert (await ask(weeks, etag=headers["ETag"]))[0] == 304, "a day counts when it is over"
        world.advance(only=[], after=dt.timedelta(days=1))
        _, _, after = await ask(weeks, etag=headers["ETag"])
        assert after["all"] == [*before["all"][1:], 4]


async def test_limits_are_enforced_and_watched() -> None:
    limits = {"github.com": Limit(anonymous=2, with_token=3, window=1)}
    async with running(World(5, hosts=ALL_GITHUB), limits=limits) as upstream:
        at = f"{upstream.urls['github.com']}/repos/owner-1/package-1"
        _, headers, _ = await ask(at, TOKEN)
        assert headers["X-RateLimit-Remaining"] == "2"
        status, headers, _ = await ask(at, TOKEN, etag=headers["ETag"])
        assert (status, headers["X-RateLimit-Remaining"]) == (304, "2")
        assert [(await ask(at))[0] for _ in range(3)] == [200, 200, 403]
        assert not upstream.broken_limits, "what was underway is forgiven"
        await asyncio.sleep(0.6)
        status, headers, _ = await ask(at)
        assert (status, headers["X-RateLimit-Remaining"]) == (403, "0")
        assert len(upstream.broken_limits) == 1
        await asyncio.sleep(2)
        assert (await ask(at))[0] == 200
        assert len(upstream.broken_limits) == 1


async def test_secondary_limits_close_the_site() -> None:
    limits = {"github.com": Limit(at_once=3, patience=1)}
    world = World(5, hosts=ALL_GITHUB)
    async with running(world, limits=limits, latency=0.05) as upstream:
        at = f"{upstream.urls['github.com']}/repos/owner-1/package-1"
        answers = await asyncio.gather(*(ask(at, TOKEN) for _ in range(6)))
        refused = [headers for status, headers, _ in answers if status == 403]
        assert refused
        assert all(headers["Retry-After"] == "1" for headers in refused)
        assert upstream.stats.most_at_once["github.com"] == 6


async def test_credentials_at_a_second_site_are_a_leak() -> None:
    async with running() as upstream:
        await ask(f"{upstream.urls['github.com']}/repos/owner-1/package-1", TOKEN)
        assert not upstream.stats.leaks
        await ask(f"{upstream.urls['codeberg.org']}/api/v1/repos/a/b", TOKEN)
        await ask(f"{upstream.urls['canary']}/inner")
        assert upstream.stats.leaks == ["codeberg.org/api/v1/repos/a/b"]
        assert upstream.stats.canary == ["GET /inner"]


@pytest.mark.parametrize("fault", sorted(FAULTS))
async def test_each_fault_occurs(fault: str) -> None:
    """A client that trusts everything: whatever it meets, the site lives on."""
    given = {"megabytes": 1, "seconds": 1 if fault in ("primary", "secondary", "too_many") else 0}
    rules = [Rule(fault, match="github.com/repos/owner-1", first=1, given=given)]
    async with running(World(5, hosts=ALL_GITHUB), rules=rules) as upstream:
        at = f"{upstream.urls['github.com']}/repos/owner-1/package-1"
        timeout = aiohttp.ClientTimeout(total=5)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(at, max_redirects=2, allow_redirects=fault != "redirect_inner") as got,
            ):
                await got.read()
        except (aiohttp.ClientError, ValueError):
            pass
        assert upstream.stats.faults()[fault]
        upstream.gates["github.com"].closed.clear()
        assert (await ask(at))[0] == 200


async def test_faults_occur_by_chance_and_repeat() -> None:
    async def failed() -> list[int]:
        rules = [Rule("500", rate=0.3)]
        async with running(World(40, hosts=ALL_GITHUB), rules=rules) as upstream:
            at = f"{upstream.urls['github.com']}/repos/"
            urls = [f"{at}owner-{n}/package-{n}" for n in range(40)]
            return [(await ask(url))[0] for url in urls]

    first = await failed()
    assert first == await failed()
    assert 4 <= first.count(500) <= 20


async def test_projects_get_releases() -> None:
    world = World(40)
    async with running(world) as upstream:
        pypi = upstream.urls["pypi"]
        for number in range(40):
            status, headers, body = await ask(f"{pypi}/pypi/package-{number}/json")
            assert (status, body["info"]["name"]) == (200, f"package-{number}")
            assert body["info"]["version"] in body["releases"]
            assert (await ask(f"{pypi}/pypi/package-{number}/json", etag=headers["ETag"]))[0] == 304
        world.advance(only=[3])
        _, _, before = await ask(f"{pypi}/pypi/package-3/json")
        world.advance(only=[3], releases=2)
        _, _, after = await ask(f"{pypi}/pypi/Package.3/json", follow=True)
        assert len(after["releases"]) == len(before["releases"]) + 2
        assert (await ask(f"{pypi}/pypi/package-40/json"))[0] == 404


async def test_it_runs_in_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.ingest.upstream", "--packages", "10000"),
        *("--hosts", "github.com", "--fault", "500@1:owner-2/"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        urls = json.loads(await process.stdout.readline())
        assert set(urls) == {*HOSTS, "pypi", "canary", "control"}
        assert (await ask(f"{urls['github.com']}/repos/owner-49/package-9999"))[0] == 200
        assert (await ask(f"{urls['github.com']}/repos/owner-2/package-2"))[0] == 500
        _, _, stats = await ask(f"{urls['control']}/stats")
        assert stats["sites"] == {"github.com": 2}
        assert stats["faults"] == {"500": 1}
    finally:
        process.terminate()
        await process.wait()
