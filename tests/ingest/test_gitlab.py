"""GitLab over real HTTP: what a project costs and says, what is followed, what is left unsaid."""

import datetime as dt
import json
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from ingest.errors import Missing, Unreachable, Unreadable, Unsafe, Withheld
from ingest.facts import Fetched, Subject
from ingest.gitlab import fetch, parse
from ingest.settings import IngestSettings
from tests.ingest import loopback
from tests.ingest.forges import LONG_AGO, NOW, ODD, Asker, Table, fixture, forge, sha, survives

NAME = "Team/web.tools/mailer"
PROJECT = "/gitlab/api/v4/projects/Team%2Fweb.tools%2Fmailer"
BY_NAME, BY_NUMBER = f"{PROJECT}?license=true", "/gitlab/api/v4/projects/81230001?license=true"
COMMITS = f"{PROJECT}/repository/commits?per_page=100"
PEOPLE = f"{PROJECT}/repository/contributors?order_by=commits&sort=desc&per_page=100"
SUBJECT = Subject(1, "gitlab.com", NAME)


def commits(first: int, many: int, newest: dt.datetime = LONG_AGO) -> list[dict[str, Any]]:
    """Commits of a page, the newest first, each an hour older than the one before."""
    return [
        {
            "id": sha(number),
            "author_name": "Ann",
            "committed_date": (newest - dt.timedelta(hours=number)).isoformat(),
        }
        for number in range(first, first + many)
    ]


def table(**changes: Any) -> Table:
    """A project with three commits by two people."""
    people = [
        {"name": "Bob", "email": "b@example.org", "commits": 1},
        {"name": "Ann", "email": "a@example.org", "commits": 2},
    ]
    return {
        BY_NAME: fixture("gitlab_project") | changes,
        COMMITS: commits(0, 3),
        PEOPLE: (people, {"X-Total": "2"}),
    }


def asking(of: Table, subject: Subject = SUBJECT) -> AbstractAsyncContextManager[Asker]:
    return forge(fetch, parse, subject, of)


async def test_what_a_project_says() -> None:
    async with asking(table()) as ask:
        facts = await ask()
        assert ask.paths == [BY_NAME, COMMITS, PEOPLE]
        weeks, ends = facts.values["commits_over_52"], facts.values["commits_over_52_ends"]
        assert weeks == [0] * 52
        assert NOW < ends <= NOW + dt.timedelta(days=1)
        assert {**facts.values, "commits_over_52": None, "commits_over_52_ends": None} == {
            "repo_description": "Sends mail from templates.",
            "repo_watchers": 41,
            "repo_forks": 7,
            "is_archived": True,
            "topics": ["django", "mail"],
            "licenses": ["BSD-3-Clause"],
            "last_updated": LONG_AGO,
            "commit_count": 3,
            "contributor_count": 2,
            "participants": ["Ann", "Bob"],
            "commits_over_52": None,
            "commits_over_52_ends": None,
        }
        assert facts.repo_url == f"https://gitlab.com/{NAME}"
        assert facts.upstream_id == "81230001"


async def test_what_is_not_said_is_not_there() -> None:
    said = {"id": 81230001, "path_with_namespace": NAME, "license": {"key": "other"}}
    async with asking({BY_NAME: said | {"star_count": None, "empty_repo": True}}) as ask:
        assert (await ask()).values == {}
        assert ask.paths == [BY_NAME]


async def test_what_has_not_changed_is_one_conditional_request() -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        assert (await ask()).values == {}
        assert ask.paths == [BY_NAME]
        assert not ask.bodies

        of[BY_NAME] = of[BY_NAME] | {"star_count": 42}
        starred = await ask()
        assert ask.paths == [BY_NAME, COMMITS]
        assert starred.values["repo_watchers"] == 42
        assert not {"last_updated", "commit_count", "participants"} & starred.values.keys()


async def test_after_a_month_all_is_asked_for_anew() -> None:
    async with asking(table()) as ask:
        await ask()
        month_ago = f"{NOW - dt.timedelta(days=30):%Y-%m-%d}"
        ask.subject = replace(ask.subject, memo={**ask.subject.memo, "since": month_ago})
        assert (await ask()).values["commit_count"] == 3
        assert not any("If-None-Match" in request.headers for request in ask.asked)
        await ask()
        assert ask.paths == [BY_NAME]


async def test_a_push_that_the_project_does_not_tell_of_is_seen() -> None:
    of = table(last_activity_at=(NOW - dt.timedelta(minutes=30)).isoformat())
    async with asking(of) as ask:
        await ask()
        of[COMMITS] = commits(0, 4, NOW)
        assert (await ask()).values["commit_count"] == 4


@pytest.mark.parametrize(
    ("headers", "sequence", "expected"),
    [
        ({"Link": '<https://elsewhere.example/?page=2>; rel="next"'}, {"count": 4321}, 4321),
        ({"Link": '<https://elsewhere.example/?page=2>; rel="next"'}, 404, None),
        ({"Link": '<https://elsewhere.example/?page=2>; rel="next"', "X-Total": "9"}, 404, 9),
        ({"X-Total": "100"}, 404, 100),
    ],
)
async def test_how_many_commits_there_are(
    headers: dict[str, str], sequence: Any, expected: int | None
) -> None:
    of = table() | {COMMITS: (commits(0, 100), headers)}
    of[f"{PROJECT}/repository/commits/{sha(0)}/sequence"] = sequence
    async with asking(of) as ask:
        values = (await ask()).values
        assert values.get("commit_count") == expected
        assert values["commits_over_52"] == [0] * 52
        assert f"{COMMITS}&page=2" not in ask.paths


async def test_weeks_are_counted_where_three_pages_hold_the_year() -> None:
    link = {"Link": '<x>; rel="next"'}
    of = table() | {
        COMMITS: (commits(0, 100, NOW), link),
        f"{COMMITS}&page=2": (commits(99, 100, NOW), link),
        f"{COMMITS}&page=3": (commits(198, 50, NOW), link),
    }
    async with asking(of) as ask:
        values = (await ask()).values
        assert len(ask.paths) == 6
        assert values["last_updated"] == NOW
        assert not {"commit_count", "commits_over_52"} & values.keys()

        of[f"{COMMITS}&page=3"] = (commits(198, 50, NOW)[:9] + commits(300, 9), link)
        of[COMMITS] = (commits(0, 100, NOW), link | {"X-Total": "5000"})
        ask.subject = SUBJECT
        values = (await ask()).values
        assert values["commit_count"] == 5000
        assert sum(values["commits_over_52"]) == 207


@pytest.mark.parametrize("second", [[], commits(0, 100, NOW), commits(100, 101, NOW)])
async def test_pages_that_do_not_follow_make_no_weeks(second: list[Any]) -> None:
    link = {"Link": '<x>; rel="next"', "X-Total": "5000"}
    of = table() | {COMMITS: (commits(0, 100, NOW), link), f"{COMMITS}&page=2": (second, {})}
    async with asking(of) as ask:
        values = (await ask()).values
        assert values["commit_count"] == 5000
        assert "commits_over_52" not in values


async def test_a_clock_that_was_wrong_makes_no_weeks() -> None:
    wrong = commits(0, 3, NOW)
    wrong[0]["committed_date"] = "2100-01-01T00:00:00.000+00:00"
    async with asking(table() | {COMMITS: wrong}) as ask:
        values = (await ask()).values
        assert values["commit_count"] == 3
        assert not {"last_updated", "commits_over_52"} & values.keys()


async def test_many_contributors_and_addresses_of_mail() -> None:
    people = [{"name": f"P{number}", "commits": 200 - number} for number in range(98)]
    people += [{"name": "x@example.org", "commits": 1}, {"name": "P1", "commits": 1}]
    of = table() | {PEOPLE: (people, {"Link": '<x>; rel="next"'})}
    async with asking(of) as ask:
        values = (await ask()).values
        assert "contributor_count" not in values
        assert values["participants"] == [f"P{number}" for number in range(98)]


async def test_a_project_that_moved_is_followed_by_its_number() -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        moved = of.pop(BY_NAME) | {"path_with_namespace": "Other/mailer"}
        there = "/gitlab/api/v4/projects/Other%2Fmailer"
        of |= {key.replace(PROJECT, there): value for key, value in of.items()}
        of |= {BY_NUMBER: moved, f"{there}?license=true": moved}
        facts = await ask()
        assert ask.paths[:2] == [BY_NAME, BY_NUMBER]
        assert facts.repo_url == "https://gitlab.com/Other/mailer"
        assert (await ask()).values == {}
        assert ask.paths == [f"{there}?license=true"]


async def test_where_the_name_is_now_anothers_the_number_is_followed() -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        ours = of[BY_NAME]
        of[BY_NAME] = ours | {"id": 5, "star_count": 0}
        of[BY_NUMBER] = ours
        assert (await ask()).values == {}
        assert ask.paths == [BY_NAME, BY_NUMBER]

        # What is at the name is taken where ours is no longer anywhere.
        of[BY_NUMBER] = 404
        facts = await ask()
        assert facts.upstream_id == "5"
        assert facts.values["commit_count"] == 3


async def test_what_is_gone_is_missing_but_a_part_that_is_missing_is_not() -> None:
    of = table()
    async with asking(of) as ask:
        of[COMMITS] = 404
        assert type(await ask.error()) is Unreachable
        of[COMMITS] = 403
        assert type(await ask.error()) is Withheld
        of[BY_NAME] = 404
        assert type(await ask.error()) is Missing


@pytest.mark.parametrize("path", [COMMITS, PEOPLE])
async def test_what_of_it_fails_keeps_nothing_else_from_being_said(path: str) -> None:
    of = table()
    async with asking(of) as ask:
        await ask()
        of[BY_NAME] = of[BY_NAME] | {"star_count": 42}
        right, of[COMMITS] = of | {COMMITS: commits(0, 4)}, commits(0, 4)
        of[path] = 500
        assert (await ask()).values["repo_watchers"] == 42
        assert "(500)" in str(ask.problem)

        # All of it is asked for at the next fetch, though nothing has changed since.
        of |= right
        values = (await ask()).values
        assert not ask.problem
        assert values["commit_count"] == 4
        assert values["contributor_count"] == 2


async def test_commits_for_members_alone_are_not_asked_for() -> None:
    async with asking(table(repository_access_level="private")) as ask:
        assert (await ask()).values["repo_watchers"] == 41
        assert ask.paths == [BY_NAME]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"star_count": "41"}, "star_count"),
        ({"star_count": 2**31}, "star_count"),
        ({"archived": 1}, "archived"),
        ({"topics": "mail"}, "topics"),
        ({"license": "mit"}, "license"),
        ({"id": -1}, "id"),
        ({"id": None}, "id"),
        ({"path_with_namespace": "Team/../mailer"}, "path_with_namespace"),
        ({"path_with_namespace": "Team"}, "path_with_namespace"),
        ({"path_with_namespace": "Team/.git"}, "name"),
    ],
)
def test_what_cannot_be_read_names_the_host_and_the_key(changes: dict[str, Any], key: str) -> None:
    body = json.dumps(fixture("gitlab_project") | changes).encode()
    with pytest.raises(Unreadable, match=rf"gitlab\.com.*{key}"):
        parse(Fetched(NOW, {"repository": body}, {"host": "gitlab.com"}))


@pytest.mark.parametrize("path", [COMMITS, PEOPLE])
async def test_an_empty_list_of_what_must_be_there_is_unreadable(path: str) -> None:
    async with asking(table() | {path: []}) as ask:
        assert type(await ask.error()) is Unreadable


@pytest.mark.parametrize("end", ["", "/", "/api/v4", "/api/v4/"])
async def test_others_are_asked_at_their_addresses_and_without_the_token(end: str) -> None:
    def settings(base: str) -> IngestSettings:
        hosts = f"git.example={base}/gitlab{end}"
        return loopback.settings(base, gitlab_token="secret", gitlab_hosts=hosts)

    subject = replace(SUBJECT, host="git.example")
    async with forge(fetch, parse, subject, table(), settings=settings) as ask:
        assert (await ask()).repo_url == f"https://git.example/{NAME}"
        assert not any("Authorization" in request.headers for request in ask.asked)
        ask.subject = SUBJECT
        await ask()
        assert {request.headers["Authorization"] for request in ask.asked} == {"Bearer secret"}
        ask.subject = replace(SUBJECT, host="elsewhere.example")
        assert type(await ask.error()) is Unsafe
        assert not ask.asked


@pytest.mark.parametrize("fault", ODD)
async def test_no_answer_is_so_odd_that_it_breaks_anything(fault: str) -> None:
    await survives(fault, "gitlab.com", fetch, parse)
