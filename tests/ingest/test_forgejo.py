"""Codeberg and other Forgejos over real HTTP: what a repository costs and says."""

import datetime as dt
import json
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from ingest.errors import Missing, Unreachable, Unreadable, Unsafe
from ingest.facts import Fetched, Subject
from ingest.forgejo import fetch, parse
from ingest.settings import IngestSettings
from tests.ingest import loopback
from tests.ingest.forges import LONG_AGO, NOW, ODD, Asker, Table, fixture, forge, sha, survives

HERE = "/codeberg/api/v1/repos/Team/mailer"
BY_NUMBER = "/codeberg/api/v1/repositories/4711"
COMMITS = f"{HERE}/commits?limit=50&stat=false&verification=false&files=false"
SUBJECT = Subject(1, "codeberg.org", "Team/mailer")


def commits(first: int, many: int, newest: dt.datetime = LONG_AGO) -> list[dict[str, Any]]:
    """Commits of a page, the newest first, each an hour older than the one before."""
    return [
        {
            "sha": sha(number),
            "commit": {
                "author": {"name": f"Name {number % 3}", "date": "1999-01-01T00:00:00Z"},
                "committer": {"date": (newest - dt.timedelta(hours=number)).isoformat()},
            },
            "author": {"login": "ann"} if number % 3 else None,
        }
        for number in range(first, first + many)
    ]


def table(**changes: Any) -> Table:
    return {
        HERE: fixture("forgejo_repository") | changes,
        COMMITS: (commits(0, 5), {"X-Total-Count": "5"}),
    }


def asking(of: Table, *, has_etags: bool = False) -> AbstractAsyncContextManager[Asker]:
    return forge(fetch, parse, SUBJECT, of, has_etags=has_etags)


async def test_what_a_repository_says() -> None:
    async with asking(table()) as ask:
        facts = await ask()
        assert ask.paths == [HERE, COMMITS]
        weeks, ends = facts.values["commits_over_52"], facts.values["commits_over_52_ends"]
        assert facts.values == {
            "repo_description": "",
            "repo_watchers": 41,
            "repo_forks": 7,
            "is_archived": True,
            "topics": ["django", "mail"],
            "licenses": ["MIT", "GPL-3.0-or-later", "LicenseRef-Own"],
            "last_updated": LONG_AGO,
            "commit_count": 5,
            "contributor_count": 2,
            "participants": ["ann", "Name 0"],
            "commits_over_52": weeks,
            "commits_over_52_ends": ends,
        }
        assert weeks == [0] * 52
        assert facts.repo_url == "https://codeberg.org/Team/mailer"
        assert facts.upstream_id == "4711"


@pytest.mark.parametrize("has_etags", [False, True])
async def test_what_has_not_changed_is_one_request(has_etags: bool) -> None:
    of = table()
    async with asking(of, has_etags=has_etags) as ask:
        await ask()
        assert (await ask()).values == {}
        assert ask.paths == [HERE]
        assert not ask.bodies
        assert ("If-None-Match" in ask.asked[0].headers) is has_etags

        of[HERE] = of[HERE] | {"stars_count": 42}
        assert (await ask()).values["repo_watchers"] == 42
        assert ask.paths == [HERE, COMMITS]
        assert ask.bodies.keys() == {"repository"}


async def test_many_commits_are_counted_by_the_header() -> None:
    of = table() | {
        COMMITS: (commits(0, 50, NOW), {"X-Total-Count": "1234", "Link": '<x>; rel="next"'}),
        f"{COMMITS}&page=2": (commits(50, 50, LONG_AGO), {"Link": '<x>; rel="next"'}),
    }
    async with asking(of) as ask:
        values = (await ask()).values
        assert ask.paths == [HERE, COMMITS, f"{COMMITS}&page=2"]
        assert values["commit_count"] == 1234
        assert sum(values["commits_over_52"]) == 50
        assert not {"contributor_count", "participants"} & values.keys()


@pytest.mark.parametrize("second", [[], commits(50, 7)])
async def test_a_full_page_that_says_nothing_may_be_the_last_one(second: list[Any]) -> None:
    of = table() | {COMMITS: commits(0, 50, NOW), f"{COMMITS}&page=2": second}
    async with asking(of) as ask:
        values = (await ask()).values
        assert values["commit_count"] == 50 + len(second)
        assert values["contributor_count"] == 2


async def test_an_empty_repository_has_no_commits_to_ask_for() -> None:
    of = table(empty=True) | {COMMITS: 409}
    async with asking(of) as ask:
        assert (await ask()).values["repo_watchers"] == 41
        assert ask.paths == [HERE]
        of |= table()
        assert (await ask()).values["commit_count"] == 5


async def test_one_that_moved_is_followed_by_its_number() -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        of[COMMITS.replace("Team/mailer", "other/mail")] = of[COMMITS]
        of[BY_NUMBER] = of.pop(HERE) | {"full_name": "other/mail"}
        assert (await ask()).repo_url == "https://codeberg.org/other/mail"
        assert ask.paths[:2] == [HERE, BY_NUMBER]


async def test_what_is_missing() -> None:
    of = table()
    async with asking(of) as ask:
        of[COMMITS] = 404
        assert type(await ask.error()) is Unreachable
        of[HERE] = 404
        assert type(await ask.error()) is Missing
        ask.subject = replace(SUBJECT, name="mailer")
        assert type(await ask.error()) is Missing
        assert not ask.asked


async def test_tokens_go_to_codeberg_alone() -> None:
    def settings(base: str) -> IngestSettings:
        hosts = f"git.example={base}/codeberg/api/v1"
        return loopback.settings(base, codeberg_token="secret", forgejo_hosts=hosts)

    async with forge(fetch, parse, SUBJECT, table(), settings=settings) as ask:
        await ask()
        assert {request.headers["Authorization"] for request in ask.asked} == {"token secret"}
        ask.subject = replace(SUBJECT, host="git.example")
        assert (await ask()).repo_url == "https://git.example/Team/mailer"
        assert not any("Authorization" in request.headers for request in ask.asked)
        ask.subject = replace(SUBJECT, host="elsewhere.example")
        assert type(await ask.error()) is Unsafe
        assert not ask.asked


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"stars_count": None, "forks_count": 1.5}, "forks_count"),
        ({"archived": "no"}, "archived"),
        ({"licenses": [1]}, "licenses"),
        ({"full_name": "Team"}, "full_name"),
        ({"id": "4711"}, "id"),
    ],
)
def test_what_cannot_be_read_names_the_host_and_the_key(changes: dict[str, Any], key: str) -> None:
    body = json.dumps(fixture("forgejo_repository") | changes).encode()
    with pytest.raises(Unreadable, match=rf"git\.example.*{key}"):
        parse(Fetched(NOW, {"repository": body}, {"host": "git.example"}))


@pytest.mark.parametrize("fault", ODD)
async def test_no_answer_is_so_odd_that_it_breaks_anything(fault: str) -> None:
    await survives(fault, "codeberg.org", fetch, parse)
