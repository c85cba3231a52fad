"""Bitbucket over real HTTP: what a repository costs and says, what is followed and what is not."""

import datetime as dt
import json
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from ingest.bitbucket import fetch, parse
from ingest.errors import Missing, Unreachable, Unreadable
from ingest.facts import Fetched, Subject
from tests.ingest.forges import (
    LONG_AGO,
    NOW,
    ODD,
    Asker,
    Table,
    fixture,
    forge,
    sha,
    survives,
)

API = "/bitbucket/2.0/repositories"
HERE = f"{API}/Team/mailer"
UUID = "{1b2c3d4e-0000-4000-8000-1234567890ab}"
BY_UUID = f"{API}/%7B%7D/%7B{UUID[1:-1]}%7D"
FORKS = f"{HERE}/forks?pagelen=1"
COMMITS = f"{HERE}/commits?include=release/1.x&pagelen=100"
SUBJECT = Subject(1, "bitbucket.org", "Team/mailer")


def commits(
    first: int, many: int, newest: dt.datetime = LONG_AGO, following: str | None = None
) -> dict[str, Any]:
    """A page of commits, the newest first, each an hour older than the one before."""
    raw = ["Bob Builder <b@example.org>", "c@example.org"]
    values = [
        {
            "type": "commit",
            "hash": sha(number),
            "date": (newest - dt.timedelta(hours=number)).isoformat(),
            "author": {"raw": "Ann <a@example.org>", "user": {"nickname": "ann"}}
            if number % 4 < 2
            else {"raw": raw[number % 2]},
        }
        for number in range(first, first + many)
    ]
    return {"pagelen": 100, "values": values} | ({"next": following} if following else {})


def table(**changes: Any) -> Table:
    return {
        HERE: fixture("bitbucket_repository") | changes,
        FORKS: {"size": 37, "values": [{"full_name": "other/mailer"}], "pagelen": 1},
        COMMITS: commits(0, 6),
    }


def asking(of: Table) -> AbstractAsyncContextManager[Asker]:
    return forge(fetch, parse, SUBJECT, of)


async def test_what_a_repository_says() -> None:
    async with asking(table()) as ask:
        facts = await ask()
        assert ask.paths == [HERE, COMMITS, FORKS]
        weeks, ends = facts.values["commits_over_52"], facts.values["commits_over_52_ends"]
        # Watchers are no stars, and nobody says what is archived or licensed.
        assert facts.values == {
            "repo_description": "Sends mail from templates.",
            "homepage_url": "https://mailer.example.org/",
            "repo_forks": 37,
            "last_updated": LONG_AGO,
            "commit_count": 6,
            "contributor_count": 2,
            "participants": ["ann", "Bob Builder"],
            "commits_over_52": weeks,
            "commits_over_52_ends": ends,
        }
        assert weeks == [0] * 52
        assert facts.repo_url == "https://bitbucket.org/Team/mailer"
        assert facts.upstream_id == UUID


async def test_what_has_not_changed_is_one_conditional_request() -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        assert (await ask()).values == {}
        assert ask.paths == [HERE]

        of[HERE] = of[HERE] | {"description": ""}
        assert (await ask()).values == {
            "repo_description": "",
            "homepage_url": "https://mailer.example.org/",
        }
        assert ask.paths == [HERE, COMMITS, FORKS]


async def test_forks_that_nothing_else_tells_of_are_seen_after_a_month() -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        of[FORKS] = {"size": 38}
        assert (await ask()).values == {}
        month_ago = f"{NOW - dt.timedelta(days=30):%Y-%m-%d}"
        ask.subject = replace(ask.subject, memo={**ask.subject.memo, "since": month_ago})
        assert (await ask()).values["repo_forks"] == 38


async def test_pages_are_followed_at_the_apis_own_address() -> None:
    second, third = (COMMITS.partition("?")[0] + f"?ctx=a1&page={page}" for page in "23")
    of = table() | {
        COMMITS: commits(0, 100, NOW, f"https://api.bitbucket.org{second}"),
        second: commits(100, 100, NOW, f"http://169.254.169.254{third}"),
        third: commits(200, 41, NOW),
    }
    async with asking(of) as ask:
        values = (await ask()).values
        assert ask.paths == [HERE, COMMITS, second, third, FORKS]
        assert values["commit_count"] == 241
        assert sum(values["commits_over_52"]) == 241
        assert values["participants"] == ["ann", "Bob Builder"]


@pytest.mark.parametrize("following", [COMMITS, f"{HERE}/commits?ctx=a1&page=2"])
async def test_pages_without_end_make_no_count(following: str) -> None:
    of = table() | {COMMITS: commits(0, 100, NOW, following)}
    of[f"{HERE}/commits?ctx=a1&page=2"] = commits(100, 100, NOW, following)
    async with asking(of) as ask:
        values = (await ask()).values
        assert len(ask.paths) <= 5
        assert values["last_updated"] == NOW
        assert not {"commit_count", "commits_over_52", "participants"} & values.keys()


async def test_a_repository_without_a_branch_has_no_commits_to_ask_for() -> None:
    async with asking(table(mainbranch=None)) as ask:
        assert (await ask()).values["repo_forks"] == 37
        assert ask.paths == [HERE, FORKS]


async def test_one_that_moved_is_followed_by_its_number() -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        there = f"{API}/other/mail"
        of |= {path.replace(HERE, there): of[path] for path in (FORKS, COMMITS)}
        of[BY_UUID] = of.pop(HERE) | {"full_name": "other/mail"}
        assert (await ask()).repo_url == "https://bitbucket.org/other/mail"
        assert ask.paths[:2] == [HERE, BY_UUID]


async def test_what_is_missing() -> None:
    of = table()
    async with asking(of) as ask:
        of[FORKS] = 404
        assert type(await ask.error()) is Unreachable
        of[HERE] = 404
        assert type(await ask.error()) is Missing
        ask.subject = replace(SUBJECT, name="Team/mailer/src")
        assert type(await ask.error()) is Missing
        assert not ask.asked


@pytest.mark.parametrize(
    ("part", "data", "key"),
    [
        ("repository", {"uuid": "1/../2"}, "uuid"),
        ("repository", {"full_name": "Team/mailer/src/.."}, "full_name"),
        ("repository", {"website": 5}, "website"),
        ("repository", {"description": ["x"]}, "description"),
        ("forks", {"size": -1}, "size"),
        ("forks", [], "size"),
    ],
)
def test_what_cannot_be_read_names_the_host_and_the_key(part: str, data: Any, key: str) -> None:
    whole = fixture("bitbucket_repository") | data if part == "repository" else data
    with pytest.raises(Unreadable, match=rf"bitbucket\.org.*{key}"):
        parse(Fetched(NOW, {part: json.dumps(whole).encode()}, {"host": "bitbucket.org"}))


@pytest.mark.parametrize(
    "page", [{}, [], {"values": []}, {"values": [1]}, {"values": [{"hash": "?"}]}, {"next": 1}]
)
async def test_a_page_that_cannot_be_read_is_said(page: Any) -> None:
    async with asking(table() | {COMMITS: page}) as ask:
        assert type(await ask.error()) is Unreadable


@pytest.mark.parametrize("fault", ODD)
async def test_no_answer_is_so_odd_that_it_breaks_anything(fault: str) -> None:
    await survives(fault, "bitbucket.org", fetch, parse)
