"""GitHub over real HTTP: what a package costs, what is followed, what odd answers end in."""

import datetime as dt
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from ingest.errors import Later, Missing, Unreachable, Unreadable, UpstreamError, Withheld
from ingest.facts import Facts, Fetched, Subject
from ingest.github import AT_ONCE, fetch, parse
from ingest.http import Client, Times
from ingest.settings import IngestSettings
from tests.ingest.upstream import FAULTS, Limit, Repository, Rule, Upstream, World, running
from tests.ingest.upstream.faults import Call

FIXTURES = Path(__file__).parent / "fixtures"
GITHUB = ("github.com",)
TIMES = Times(connect=1, read=0.5, total=1, patience=2, backoff=0.01)
AT = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
TODAY = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
LONG_AGO = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
TOKENS = pytest.mark.parametrize("token", ["secret", None])


def subjects_of(world: World) -> list[Subject]:
    return [
        Subject(number, "github.com", world.repository(number).path)
        for number in range(world.packages)
    ]


class Asker:
    """Fetches as ingest does: what is found is what the next fetch knows."""

    def __init__(self, upstream: Upstream, subjects: list[Subject], token: str | None) -> None:
        self.settings = upstream.settings(github_token=token)
        self.subjects = subjects
        self.count = 0

    async def ask(self) -> list[Fetched | UpstreamError]:
        async with Client(self.settings, times=TIMES) as client:
            requests = client.requests(len(self.subjects))
            found = await fetch(requests, self.subjects)
        assert found.keys() == {subject.package_id for subject in self.subjects}
        self.count = requests.count
        return [self._record(at, found[one.package_id]) for at, one in enumerate(self.subjects)]

    def _record(self, at: int, answer: Fetched | UpstreamError) -> Fetched | UpstreamError:
        if isinstance(answer, UpstreamError):
            return answer
        try:
            facts = parse(answer)
        except Unreadable as error:
            return error
        subject = self.subjects[at]
        self.subjects[at] = replace(
            subject,
            name=(facts.repo_url or subject.name).removeprefix("https://github.com/"),
            upstream_id=facts.upstream_id or subject.upstream_id,
            memo=answer.memo,
        )
        return answer

    async def facts(self) -> list[Facts]:
        return [parse(answer) for answer in await self.ask() if isinstance(answer, Fetched)]

    async def one(self) -> Fetched | UpstreamError:
        [answer] = await self.ask()
        return answer


@asynccontextmanager
async def github(
    token: str | None, packages: int = 1, **given: Any
) -> AsyncIterator[tuple[Upstream, World, Asker]]:
    world = World(packages, hosts=GITHUB, now=given.pop("now", LONG_AGO))
    given.setdefault("limits", {"github.com": Limit(anonymous=5_000)})
    async with running(world, **given) as upstream:
        yield upstream, world, Asker(upstream, subjects_of(world), token)


def known(of: Repository, world: World) -> dict[str, Any]:
    """The facts that are to be found out about a repository."""
    facts: dict[str, Any] = {
        "repo_description": of.description or "",
        "repo_watchers": of.stars,
        "repo_forks": of.forks,
        "is_archived": of.is_archived,
        "topics": list(of.topics),
        "last_updated": dt.datetime.fromtimestamp(of.pushed, dt.UTC),
        "commit_count": of.commits,
        "contributor_count": of.contributors,
        "commits_over_52": world.weeks(of),
        "commits_over_52_ends": TODAY,
    }
    if of.homepage:
        facts["homepage_url"] = of.homepage
    if of.license and of.license[2] != "NOASSERTION":
        facts["licenses"] = [of.license[2]]
    return facts


@TOKENS
async def test_all_is_found_out_with_and_without_a_token(token: str | None) -> None:
    async with github(token, 12) as (_, world, asker):
        world.repository(3).contributors = 257
        world.repository(4).contributors = 100
        for number, facts in enumerate(await asker.facts()):
            of = world.repository(number)
            people = facts.values["participants"]
            assert len(people) == min(100, of.contributors)
            assert people[0] == f"developer-{of.id * 7 % 9_000}"
            assert {**facts.values, "participants": None} == {
                **known(of, world),
                "participants": None,
            }
            assert (facts.repo_url, facts.upstream_id) == (
                f"https://github.com/{of.path}",
                str(of.id),
            )


async def test_with_a_token_many_cost_one_request_and_two_more_each_when_pushed_to() -> None:
    async with github("secret", AT_ONCE) as (upstream, world, asker):
        await asker.ask()
        longer = sum(world.repository(number).contributors > 100 for number in range(AT_ONCE))
        assert asker.count - upstream.stats.status(202) == 1 + 2 * AT_ONCE + longer

        unchanged = await asker.ask()
        assert asker.count == 1
        assert all(isinstance(answer, Fetched) and not answer.bodies for answer in unchanged)

        pushed = world.advance(only=[3, 5, 8], commits=2)
        changed = await asker.facts()
        assert [number for number, facts in enumerate(changed) if facts.values] == pushed
        # Each is told once more that its weeks are still being counted.
        assert asker.count == 1 + 3 * len(pushed)
        for number in pushed:
            values = changed[number].values
            expected = known(world.repository(number), world)
            assert {key: values[key] for key in expected} == expected

        world.advance(only=[3], commits=0)
        starred = await asker.facts()
        assert asker.count == 1
        assert starred[3].values["repo_watchers"] == world.repository(3).stars
        assert "commits_over_52" not in starred[3].values


async def test_without_a_token_what_has_not_changed_is_one_conditional_request() -> None:
    async with github(None, 5) as (upstream, world, asker):
        await asker.ask()
        before = upstream.stats.status(304)
        unchanged = await asker.ask()
        assert asker.count == 5
        assert upstream.stats.status(304) - before == 5
        assert all(isinstance(answer, Fetched) and not answer.bodies for answer in unchanged)

        world.advance(only=[2], commits=0)
        starred = await asker.facts()
        assert asker.count == 5
        assert [bool(facts.values) for facts in starred] == [False, False, True, False, False]

        world.advance(only=[2])
        facts = await asker.facts()
        assert asker.count == 5 + 4
        assert facts[2].values["commit_count"] == world.repository(2).commits
        assert facts[2].values["commits_over_52"] == world.weeks(world.repository(2))


async def test_without_a_token_so_many_are_finished_as_the_limit_lets() -> None:
    async with github(None, AT_ONCE, limits={"github.com": Limit(anonymous=60)}) as (
        upstream,
        world,
        asker,
    ):
        world.repository(7).contributors = 9  # to count more than 100 takes a request more
        answers = await asker.ask()
        finished = [answer for answer in answers if isinstance(answer, Fetched)]
        assert len(finished) == 12
        assert all("weeks" in answer.bodies for answer in finished)
        assert all(isinstance(answer, Later) for answer in answers[12:])
        assert not upstream.broken_limits


@TOKENS
async def test_weeks_that_are_not_counted_yet_are_asked_for_the_next_time(
    token: str | None,
) -> None:
    async with github(token) as (upstream, world, asker):
        upstream.rules = [Rule("202", match="participation")]
        [facts] = await asker.facts()
        assert "commits_over_52" not in facts.values
        assert facts.values["contributor_count"] == world.repository(0).contributors
        assert upstream.stats.paths()["github.com/repos/owner-0/package-0/stats/participation"] == 3

        upstream.rules = []
        [facts] = await asker.facts()
        assert facts.values.keys() == {"commits_over_52", "commits_over_52_ends"}
        await asker.ask()
        assert asker.count == 1


@TOKENS
async def test_weeks_of_one_that_was_pushed_to_today_are_asked_for_again_tomorrow(
    token: str | None,
) -> None:
    async with github(token, now=dt.datetime.now(dt.UTC)) as (_, world, asker):
        world.advance(after=dt.timedelta())
        await asker.ask()
        await asker.ask()
        assert asker.count == 1

        # As if that had been yesterday.
        [subject] = asker.subjects
        yesterday = f"{TODAY - dt.timedelta(days=1):%Y-%m-%d}"
        weeks = f"{subject.memo['head']} {yesterday}"
        memo = {**subject.memo, "weeks": weeks, "weeks_etag": f'{yesterday} "old"'}
        asker.subjects = [replace(subject, memo=memo)]
        [facts] = await asker.facts()
        assert facts.values.keys() == {"commits_over_52", "commits_over_52_ends"}
        assert asker.count == 2


@TOKENS
async def test_a_rename_is_followed(token: str | None) -> None:
    async with github(token) as (_, world, asker):
        await asker.ask()
        world.rename(world.repository(0), "New-Owner/new.name")
        [facts] = await asker.facts()
        assert facts.repo_url == "https://github.com/New-Owner/new.name"
        assert facts.upstream_id == str(world.repository(0).id)
        assert asker.subjects[0].name == "New-Owner/new.name"

        unchanged = await asker.one()
        assert isinstance(unchanged, Fetched)
        assert not unchanged.bodies
        assert asker.count == 1


@TOKENS
async def test_where_the_name_is_now_anothers_the_number_is_followed(token: str | None) -> None:
    async with github(token) as (_, world, asker):
        await asker.ask()
        ours = world.repository(0)
        old = ours.path
        world.rename(ours, "elsewhere/package")
        other = world.create("github.com", old)
        [facts] = await asker.facts()
        assert facts.repo_url == "https://github.com/elsewhere/package"
        assert facts.upstream_id == str(ours.id)

        # What is at an address is taken where the one that was there is no longer anywhere.
        ours.is_gone = True
        asker.subjects = [replace(asker.subjects[0], name=old)]
        [facts] = await asker.facts()
        assert facts.repo_url == f"https://github.com/{old}"
        assert facts.upstream_id == str(other.id)
        assert facts.values["contributor_count"] == other.contributors
        assert facts.values["commits_over_52"] == world.weeks(other)


@TOKENS
async def test_a_name_that_leads_nowhere_is_followed_by_the_number(token: str | None) -> None:
    async with github(token) as (_, world, asker):
        number = str(world.repository(0).id)
        asker.subjects = [replace(asker.subjects[0], name="nobody/nothing", upstream_id=number)]
        [facts] = await asker.facts()
        assert facts.repo_url == f"https://github.com/{world.repository(0).path}"


@TOKENS
async def test_what_is_gone_withheld_empty_or_no_repository(token: str | None) -> None:
    async with github(token, 6) as (_, world, asker):
        await asker.ask()
        for number, state in enumerate(("is_gone", "is_blocked", "is_empty")):
            setattr(world.repository(number), state, True)
        repository = world.repository(3)
        repository.is_archived, repository.updated = not repository.is_archived, world.now + 60
        asker.subjects[4] = replace(asker.subjects[4], name="owner/..", memo={})
        asker.subjects[5] = replace(asker.subjects[5], name="no-repository", memo={})
        gone, blocked, empty, archived, dots, bare = await asker.ask()
        assert isinstance(gone, Missing)
        assert isinstance(blocked, Withheld)
        assert isinstance(empty, Fetched)
        assert not {"last_updated", "commit_count", "participants"} & parse(empty).values.keys()
        assert isinstance(archived, Fetched)
        assert parse(archived).values["is_archived"] is repository.is_archived
        assert isinstance(dots, Missing)
        assert isinstance(bare, Missing)

        world.repository(0).is_gone = world.repository(2).is_empty = False
        world.repository(2).pushed += 1
        back, _, filled, *_ = await asker.ask()
        assert isinstance(back, Fetched)
        assert isinstance(filled, Fetched)
        assert parse(filled).values["commit_count"] == world.repository(2).commits


@TOKENS
async def test_a_repository_that_was_empty_from_the_start(token: str | None) -> None:
    async with github(token) as (_, world, asker):
        world.repository(0).is_empty = True
        [facts] = await asker.facts()
        assert facts.upstream_id == str(world.repository(0).id)
        assert not {"commit_count", "contributor_count", "commits_over_52"} & facts.values.keys()
        await asker.ask()
        assert asker.count == 1


async def test_what_takes_graphql_too_long_is_asked_for_in_halves() -> None:
    async with github("secret", AT_ONCE) as (upstream, _, asker):
        upstream.most_repositories = 13
        assert all(isinstance(answer, Fetched) for answer in await asker.ask())
        upstream.most_repositories = 0
        assert all(isinstance(answer, Unreachable | Later) for answer in await asker.ask())


@pytest.mark.parametrize("status", ["404", "410"])
async def test_where_graphql_is_missing_each_package_is_asked_for_by_rest(status: str) -> None:
    async with github("secret", 2) as (upstream, _, asker):
        upstream.rules = [Rule(status, match="graphql")]
        assert [type(answer) for answer in await asker.ask()] == [Fetched, Fetched]


@TOKENS
@pytest.mark.parametrize(
    ("match", "status", "expected"),
    [
        ("contributors|commits|participation", "404", Unreachable),
        ("contributors|commits|participation", "500", Unreachable),
        ("contributors", "403", Withheld),
        ("participation", "451", Withheld),
        ("contributors|participation", "204", Unreadable),
        ("graphql|package-0$", "401", Withheld),
    ],
)
async def test_a_part_that_fails_says_so(
    token: str | None, match: str, status: str, expected: type[UpstreamError]
) -> None:
    async with github(token) as (upstream, _, asker):
        upstream.rules = [Rule(status, match=match)]
        said = await asker.one()
        # What is no part of the repository's own answer may be missing: the rest is told.
        problem = said.problem if isinstance(said, Fetched) else said
        assert type(problem) is expected
        upstream.rules = []
        said = await asker.one()
        assert isinstance(said, Fetched)
        assert said.problem is None


@TOKENS
async def test_a_count_is_only_told_where_the_list_is_known_to_end(
    token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unlinked(call: Call, given: Mapping[str, Any]) -> web.Response:
        return web.Response(body=call.right())

    monkeypatch.setitem(FAULTS, "unlinked", unlinked)
    async with github(token, 3) as (upstream, world, asker):
        lost, exact, single = (world.repository(number) for number in range(3))
        lost.contributors, exact.contributors, single.commits = 257, 100, 1
        upstream.rules = [Rule("unlinked", match="package-0/(contributors|commits)")]
        of_lost, of_exact, of_single = [facts.values for facts in await asker.facts()]
        assert "contributor_count" not in of_lost
        assert len(of_lost["participants"]) == 100
        assert ("commit_count" in of_lost) == bool(token)
        assert of_exact["contributor_count"] == 100
        assert of_single["commit_count"] == 1


@TOKENS
@pytest.mark.parametrize("page", ["page_loop", "page_endless", "page_foreign"])
async def test_links_are_never_followed(token: str | None, page: str) -> None:
    async with github(token) as (upstream, _, asker):
        upstream.rules = [Rule(page, match="contributors|commits")]
        assert isinstance(await asker.one(), Fetched)
        assert not upstream.stats.canary
        assert asker.count <= 7


@TOKENS
@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - {"hang", "drip", "slow", "gzip_bomb"}))
async def test_no_answer_is_so_odd_that_it_breaks_anything(fault: str, token: str | None) -> None:
    async with github(token, 2) as (upstream, world, asker):
        await asker.ask()
        world.advance()
        upstream.rules = [Rule(fault)]
        upstream.forget()
        await asker.ask()
        assert max(upstream.stats.urls.values()) <= 6
        assert not upstream.stats.canary
        assert not upstream.stats.leaks
        assert not upstream.broken_limits

        upstream.rules = []
        upstream.forget()
        if fault != "stale_etag":
            assert all(isinstance(answer, Fetched | Later) for answer in await asker.ask())


@asynccontextmanager
async def answering(body: Any, **headers: str) -> AsyncIterator[IngestSettings]:
    """A GitHub whose GraphQL always answers that, and whose REST has nothing."""

    async def answer(request: web.BaseRequest) -> web.Response:
        is_graphql = request.path == "/graphql"
        return web.json_response(
            body, headers=headers, status=200 if is_graphql else 404, dumps=compact
        )

    runner = web.ServerRunner(web.Server(answer, access_log=None))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        api = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield IngestSettings.model_validate({"github_api": api, "github_token": "secret"})
    finally:
        await runner.cleanup()


def compact(body: Any) -> str:
    return json.dumps(body, separators=(",", ":"))


def node(number: int, **others: Any) -> dict[str, Any]:
    """An empty repository, as GraphQL gives it under the names that are asked for."""
    return {"id": number, "full_name": f"a/p{number}", "defaultBranchRef": None, **others}


def error(kind: str | None, *path: Any, **others: Any) -> dict[str, Any]:
    return {"type": kind, "path": list(path), "message": "No", **others}


async def test_each_error_of_graphql_is_that_of_its_package() -> None:
    errors = [
        error("NOT_FOUND", "r1"),
        error("FORBIDDEN", "r2"),
        error("RESOURCE_LIMITS_EXCEEDED", "r4", "defaultBranchRef", "target", "history"),
        error("INTERNAL", "r5"),
        {"message": "A warning of no type"},
    ]
    data = {"r0": node(1), "r1": None, "r2": None, "r3": node(4), "r4": node(5), "r5": None}
    subjects = [Subject(number, "github.com", f"a/p{number}") for number in range(1, 7)]
    async with (
        answering({"data": data, "errors": errors}) as settings,
        Client(settings, times=TIMES) as client,
    ):
        requests = client.requests(len(subjects))
        found = await fetch(requests, subjects)
    kinds = [type(found[subject.package_id]) for subject in subjects]
    # The last two are asked for again, each alone, and get what the first of the query got.
    assert kinds == [Fetched, Missing, Withheld, Fetched, Fetched, Fetched]
    assert requests.count == 3


async def test_what_graphql_never_answers_is_unreachable() -> None:
    body = {"data": {"r0": None}, "errors": [error("INTERNAL", "r0")]}
    async with answering(body) as settings, Client(settings, times=TIMES) as client:
        found = await fetch(client.requests(), [Subject(1, "github.com", "a/b")])
    assert str(found[1]) == "GitHub did not answer for it"
    assert isinstance(found[1], Unreachable)


async def test_a_limit_within_an_answer_is_obeyed_to_the_second() -> None:
    resets = int(dt.datetime.now(dt.UTC).timestamp()) + 900
    body = {"data": {"r0": node(1), "r1": None}, "errors": [error("RATE_LIMITED", "r1")]}
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(resets)}
    subjects = [Subject(number, "github.com", f"a/p{number}") for number in (1, 2)]
    async with answering(body, **headers) as settings, Client(settings, times=TIMES) as client:
        found = await fetch(client.requests(2), subjects)
    assert isinstance(found[1], Fetched)
    assert isinstance(found[2], Later)
    assert abs(found[2].until.timestamp() - resets) <= 2


# What answers say


def fixture(name: str) -> bytes:
    return (FIXTURES / f"github_{name}.json").read_bytes()


def fetched(**bodies: Any) -> Fetched:
    made = {
        key: body if isinstance(body, bytes) else json.dumps(body).encode()
        for key, body in bodies.items()
    }
    return Fetched(AT, made, {})


def repository(**changes: Any) -> dict[str, Any]:
    return {**json.loads(fixture("repository")), **changes}


def test_all_parts_make_the_facts() -> None:
    facts = parse(
        fetched(
            repository=fixture("repository"),
            commits=fixture("commits"),
            contributors=fixture("contributors"),
            weeks={"all": list(range(52)), "owner": [0] * 52},
            commit_count=1204,
            contributor_count=3,
        )
    )
    assert facts == Facts(
        values={
            "repo_description": "Keeps things in drawers \u2014 and finds them",
            "repo_watchers": 411,
            "repo_forks": 38,
            "is_archived": False,
            "homepage_url": "https://drawer.example.org/",
            "topics": ["django", "drawers"],
            "licenses": ["BSD-3-Clause"],
            "last_updated": dt.datetime(2026, 10, 29, 18, 30, 11, tzinfo=dt.UTC),
            "participants": ["ada", "dependabot[bot]", "grace"],
            "commits_over_52": list(range(52)),
            "commits_over_52_ends": dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
            "commit_count": 1204,
            "contributor_count": 3,
        },
        repo_url="https://github.com/Desk-Works/Drawer",
        upstream_id="4294967301",
    )


def test_nothing_new_says_nothing() -> None:
    assert parse(fetched()) == Facts(values={})


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({"description": None}, {"repo_description": ""}),
        ({"homepage": ""}, {}),
        ({"homepage": None}, {}),
        ({"homepage": "javascript:alert(1)"}, {}),
        ({"license": None}, {}),
        ({"license": {"key": "other", "spdx_id": "NOASSERTION"}}, {}),
        ({"license": {"key": "x", "spdx_id": None}}, {}),
        ({"topics": []}, {"topics": []}),
        ({"topics": None}, {}),
        ({"stargazers_count": None}, {}),
        ({"archived": True}, {"is_archived": True}),
    ],
)
def test_what_is_not_said_stays_unset(changes: dict[str, Any], values: dict[str, Any]) -> None:
    columns = {
        "description": "repo_description",
        "homepage": "homepage_url",
        "license": "licenses",
        "stargazers_count": "repo_watchers",
        "archived": "is_archived",
        "topics": "topics",
    }
    [column] = [columns[key] for key in changes]
    found = parse(fetched(repository=repository(**changes))).values
    assert {key: value for key, value in found.items() if key == column} == values


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", None),
        ("id", "1"),
        ("id", True),
        ("id", 0),
        ("id", 1.5),
        ("full_name", None),
        ("full_name", "no-owner"),
        ("full_name", "a/.."),
        ("full_name", "a/b/c"),
        ("full_name", "a/b?c"),
        ("stargazers_count", -1),
        ("stargazers_count", 2**31),
        ("forks_count", "12"),
        ("archived", "no"),
        ("description", 5),
        ("topics", ["a", 1]),
        ("topics", {"nodes": [None]}),
        ("license", "MIT"),
        ("license", {"spdx_id": "MIT; DROP TABLE package"}),
        ("defaultBranchRef", []),
        ("defaultBranchRef", {"target": {"committedDate": "0000-00-00T00:00:00Z"}}),
    ],
)
def test_what_cannot_be_says_where(key: str, value: Any) -> None:
    with pytest.raises(Unreadable, match=r"^The answer of GitHub cannot be read: \w+: expected"):
        parse(fetched(repository=repository(**{key: value})))


@pytest.mark.parametrize(
    "bodies",
    [
        {"repository": []},
        {"repository": b""},
        {"repository": b"[" * 20_000},
        {"commits": None},
        {"commits": {"message": "no"}},
        {"commits": [{"commit": {"committer": {"date": "tomorrow"}}}]},
        {"contributors": None},
        {"contributors": ["ada"]},
        {"contributors": [{"login": 5}]},
        {"weeks": {}},
        {"weeks": {"all": [1] * 51}},
        {"weeks": {"all": [-1] * 52}},
        {"weeks": [1] * 52},
        {"commit_count": 2**40},
    ],
)
def test_what_is_no_such_answer_is_unreadable(bodies: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match=r"^The answer of GitHub cannot be read: "):
        parse(fetched(**bodies))
