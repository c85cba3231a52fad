"""GitHub: with a token by GraphQL, many repositories a request; without one by REST.

Contributors and commits by weeks are told by REST alone. They follow from the default branch, so
they are asked for where its newest commit is not the one that they were told of.

What is kept for the next fetch (`memo`):

    node             a digest of what GraphQL says of it
    etag, pushed     what REST says of it: its ETag; the default branch and the last push
    head, newest     the newest commit, and its date; head_etag is the ETag of REST's list
    contributors     the newest commit as they were told; contributors_etag is their ETag
    weeks            the same, with a day where they are whole for that day alone; weeks_etag
                     is the day and their ETag
"""

import asyncio
import datetime as dt
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import Any

import orjson

from db.checks import WEEKS
from ingest.errors import Later, Missing, Unreachable, Unreadable, UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.github_graphql import ask
from ingest.http import Requests, Response
from ingest.reading import (
    address,
    answer_of,
    count,
    counts,
    date,
    flag,
    items,
    number_of,
    part,
    parts,
    read,
    text,
    texts,
)
from ingest.weeks import day_of

AT_ONCE = 50
"""Repositories in one request to GraphQL."""

_PAUSES = (0.0, 2.0)
"""Seconds before weeks that are being counted are asked for again."""
_COUNTING = dt.timedelta(hours=1)
"""When a package is due again of which they were not counted meanwhile."""
_COST = 5
"""Requests for a package of which nothing is known, without a token."""
_PAGE = 100
_MOST_TOPICS = 20
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_NAME = re.compile(r"[A-Za-z0-9][\w-]*/(?!\.\.?$)[\w.-]+", re.ASCII)
_SPDX = re.compile(r"[A-Za-z0-9.+-]{1,64}")
_LAST_PAGE = re.compile(r'[?&]page=(\d{1,9})[^>]*>;\s*rel="?last')

Found = dict[int, Fetched | UpstreamError]


async def fetch(requests: Requests, subjects: Sequence[Subject]) -> Found:
    """Ask GitHub for packages: at most AT_ONCE, by their ids.

    With a token that is one request for all, and two or three more for each that has new commits.
    Without one it is a request for each, and three or four more for each that was pushed to; so
    many go at once as the limit lets be finished.
    """
    if token := _token(requests):
        with suppress(Missing):  # what stands in for GitHub may have no GraphQL: then by REST
            nodes = await ask(requests, subjects, token)
            return await _each(subjects, lambda one: _by_node(requests, one, nodes[one.package_id]))
    found: Found = {}
    while len(found) < len(subjects):
        many = max(1, (requests.left or 0) // _COST)
        some = subjects[len(found) : len(found) + many]
        found |= await _each(some, lambda one: _by_name(requests, one))
    return found


@answer_of("GitHub")
def parse(fetched: Fetched) -> Facts:
    """What GitHub says of a repository. Raises Unreadable."""
    bodies = fetched.bodies
    values: dict[str, Any] = {}
    name = number = None
    if "repository" in bodies:
        data = read(bodies["repository"])
        name, number = _who(data)
        values |= _of_repository(data)
    if "commits" in bodies:
        values["last_updated"] = date(_committer(bodies["commits"]), "date")
    if "contributors" in bodies:
        logins = [text(person, "login", 100) for person in items(bodies["contributors"])]
        values["participants"] = [login for login in logins[:_PAGE] if login]
    if "weeks" in bodies:
        weeks = counts(read(bodies["weeks"]), "all") or []
        if len(weeks) != WEEKS:
            raise Unreadable(f"all: expected the counts of {WEEKS} weeks, not {len(weeks)}")
        # GitHub's last week is the seven days before the midnight, UTC, that today began with.
        values |= {"commits_over_52": weeks, "commits_over_52_ends": day_of(fetched.at)}
    for total in ("commit_count", "contributor_count"):
        if total in bodies:
            values[total] = count({total: read(bodies[total])}, total)
    return Facts(
        values={key: value for key, value in values.items() if value is not None},
        repo_url=name and f"https://github.com/{name}",
        upstream_id=number,
    )


def _of_repository(data: Any) -> dict[str, Any]:
    branch = _branch(data)
    return {
        "repo_description": _description(data),
        "repo_watchers": count(data, "stargazers_count"),
        "repo_forks": count(data, "forks_count"),
        "is_archived": flag(data, "archived"),
        "homepage_url": address(data, "homepage"),
        "topics": _topics(data),
        "licenses": _licenses(data),
        "last_updated": date(branch, "committedDate"),
        "commit_count": count(part(branch, "history") or {}, "totalCount"),
    }


def _description(data: Any) -> str | None:
    """Null is how GitHub says that there is none."""
    return text(data, "description") or ("" if "description" in data else None)


def _topics(data: Any) -> list[str] | None:
    """REST gives a list of texts, and GraphQL one of nodes."""
    if not isinstance(data.get("topics"), dict):
        return texts(data, "topics", _MOST_TOPICS)
    topics = [part(node, "topic") or {} for node in parts(data["topics"], "nodes") or []]
    return [name for topic in topics if (name := text(topic, "name", 100))]


def _licenses(data: Any) -> list[str] | None:
    """None where GitHub finds no licence, or cannot tell which one it is."""
    spdx = text(part(data, "license") or {}, "spdx_id")
    if not spdx or spdx == "NOASSERTION":
        return None
    if not _SPDX.fullmatch(spdx):
        raise Unreadable("spdx_id: expected an identifier of SPDX")
    return [spdx]


def _branch(data: Any) -> dict[str, Any]:
    """The newest commit of the default branch, as GraphQL gives it; empty where there is none."""
    return part(part(data, "defaultBranchRef") or {}, "target") or {}


def _who(data: Any) -> tuple[str, str]:
    """What a repository is called, and its number."""
    name = text(data, "full_name")
    if not name or not _NAME.fullmatch(name):
        raise Unreadable("full_name: expected an owner and a repository")
    return name, number_of(data)


def _committer(body: bytes) -> dict[str, Any]:
    """Who committed the first commit of a list, and when; nothing where the list is empty."""
    newest = next(iter(items(body)), {})
    return part(part(newest, "commit") or {}, "committer") or {}


def _memo(subject: Subject, number: str, *stale: str) -> dict[str, str]:
    """What is known of a repository, if it is still that one; without what others may have seen."""
    memo = subject.memo if subject.upstream_id == number else {}
    return {key: value for key, value in memo.items() if key not in stale}


async def _each(subjects: Sequence[Subject], one: Callable[[Subject], Awaitable[Fetched]]) -> Found:
    async def settled(subject: Subject) -> Fetched | UpstreamError:
        try:
            if not _NAME.fullmatch(subject.name):
                raise Missing(f"{subject.host} has no repositories at such an address")
            return await one(subject)
        except UpstreamError as error:
            return error

    async with asyncio.TaskGroup() as group:
        tasks = {each.package_id: group.create_task(settled(each)) for each in subjects}
    return {package_id: task.result() for package_id, task in tasks.items()}


def _token(requests: Requests) -> str | None:
    token = requests.settings.github_token
    return f"Bearer {token.get_secret_value()}" if token else None


async def _get(requests: Requests, path: str, etag: str | None = None) -> Response:
    url = requests.settings.github_api.rstrip("/") + path
    return await requests.get(url, etag=etag, headers=_HEADERS, token=_token(requests))


async def _part(requests: Requests, path: str, etag: str | None = None) -> Response:
    """Something of a repository that is there: where it is missing, the repository is not."""
    try:
        return await _get(requests, path, etag)
    except Missing as error:
        raise Unreachable(f"GitHub has the repository, but not all of it: {error}") from error


# By GraphQL


async def _by_node(requests: Requests, subject: Subject, node: Any) -> Fetched:
    if isinstance(node, Missing) and subject.upstream_id:
        return await _by_number(requests, subject)
    if isinstance(node, UpstreamError):
        raise node
    with answer_of("GitHub"):
        name, number = _who(node)
        head, newest = text(_branch(node), "oid"), text(_branch(node), "committedDate")
    if subject.upstream_id not in {None, number}:
        with suppress(Missing):
            return await _by_number(requests, subject)
    memo = _memo(subject, number, "etag", "pushed", "head", "newest", "head_etag")
    if head:
        memo |= {"head": head, "newest": newest or ""}
    body = orjson.dumps(node)
    digest = blake2b(body, digest_size=16).hexdigest()
    bodies = {} if memo.get("node") == digest else {"repository": body}
    return await _with_parts(requests, name, bodies, memo | {"node": digest})


# By REST


async def _by_name(requests: Requests, subject: Subject) -> Fetched:
    try:
        response = await _get(requests, f"/repos/{subject.name}", subject.memo.get("etag"))
    except Missing:
        if subject.upstream_id is None:
            raise
        return await _by_number(requests, subject)
    if response.is_unchanged:
        return await _with_parts(requests, subject.name, {}, dict(subject.memo))
    with answer_of("GitHub"):
        _, number = _who(read(response.body))
    if subject.upstream_id not in {None, number}:
        with suppress(Missing):
            return await _by_number(requests, subject)
    return await _by_answer(requests, subject, response)


async def _by_number(requests: Requests, subject: Subject) -> Fetched:
    """Follow a repository to where it is now: its name is no longer there, or another's."""
    response = await _get(requests, f"/repositories/{subject.upstream_id}")
    return await _by_answer(requests, subject, response)


async def _by_answer(requests: Requests, subject: Subject, response: Response) -> Fetched:
    with answer_of("GitHub"):
        data = read(response.body)
        name, number = _who(data)
        pushed = f"{text(data, 'default_branch')} {text(data, 'pushed_at')}"
        size = count(data, "size")
    memo = _memo(subject, number, "node", "etag")
    bodies = {"repository": response.body}
    if response.etag:
        memo["etag"] = response.etag
    if memo.get("pushed") != pushed:
        try:
            await _newest(requests, name, bodies, memo)
        except Unreadable:
            # An empty repository has a conflict (409) for commits.
            if size != 0:
                raise
            for key in ("head", "newest", "head_etag"):
                memo.pop(key, None)
        memo["pushed"] = pushed
    return await _with_parts(requests, name, bodies, memo)


async def _newest(
    requests: Requests, name: str, bodies: dict[str, bytes], memo: dict[str, str]
) -> None:
    """Ask for the newest commit of the default branch, and how many there are."""
    path = f"/repos/{name}/commits?per_page=1"
    response = await _part(requests, path, memo.get("head_etag"))
    if response.is_unchanged:
        return
    with answer_of("GitHub"):
        head = text(next(iter(items(response.body)), {}), "sha")
        newest = text(_committer(response.body), "date")
        if not head:
            raise Unreadable("sha: expected a text")
    bodies["commits"] = response.body
    memo |= {"head": head, "newest": newest or "", "head_etag": response.etag or ""}
    await _count(requests, path, 1, response, "commit_count", bodies)


# What either way leaves to be asked


async def _with_parts(
    requests: Requests,
    name: str,
    bodies: dict[str, bytes],
    memo: dict[str, str],
) -> Fetched:
    """Ask for contributors and weeks where there are new commits; without one it is told all the
    same, and asked for at the next fetch.
    """
    at = dt.datetime.now(dt.UTC)
    problem = None
    for ask_for in (_contributors, _weeks):
        try:
            await ask_for(requests, name, at, bodies, memo)
        except UpstreamError as error:
            problem = error
    return Fetched(at, bodies, memo, problem)


async def _weeks(
    requests: Requests, name: str, at: dt.datetime, bodies: dict[str, bytes], memo: dict[str, str]
) -> None:
    """GitHub begins to count weeks when it is asked for them, and may tell them a moment later."""
    head, today = memo.get("head"), f"{at:%Y-%m-%d}"
    if not head or memo.get("weeks") in {head, f"{head} {today}"}:
        return
    day, _, etag = memo.get("weeks_etag", "").partition(" ")
    path = f"/repos/{name}/stats/participation"
    response = await _part(requests, path, etag if day == today else None)
    for pause in _PAUSES:
        if response.status not in {200, 304}:
            await asyncio.sleep(pause)
            response = await _part(requests, path)
    if response.status not in {200, 304}:
        raise Later("GitHub is still counting the commits by weeks", at + _COUNTING)
    # A day's commits are counted when it is over.
    memo["weeks"] = head if memo["newest"] < today else f"{head} {today}"
    if not response.is_unchanged:
        bodies["weeks"] = response.body
        memo["weeks_etag"] = f"{today} {response.etag or ''}"


async def _contributors(
    requests: Requests, name: str, at: dt.datetime, bodies: dict[str, bytes], memo: dict[str, str]
) -> None:
    head = memo.get("head")
    if not head or memo.get("contributors") == head:
        return
    path = f"/repos/{name}/contributors?per_page={_PAGE}"
    response = await _part(requests, path, memo.get("contributors_etag"))
    if not response.is_unchanged:
        bodies["contributors"] = response.body
        memo["contributors_etag"] = response.etag or ""
        await _count(requests, path, _PAGE, response, "contributor_count", bodies)
    memo["contributors"] = head


async def _count(
    requests: Requests,
    path: str,
    size: int,
    response: Response,
    key: str,
    bodies: dict[str, bytes],
) -> None:
    """Put down how many there are in a list of which the answer is the first page.

    The last page, where one is named, is asked for unless it must be full. Where none is though
    the first is full, and the second has more, the links were lost: nothing is put down.
    """
    links = response.headers.get("Link", "")
    last = _LAST_PAGE.search(links)
    page = int(last[1]) if last else 1
    if last and size > 1:
        response = await _part(requests, f"{path}&page={page}")
    with answer_of("GitHub"):
        here = len(items(response.body))
        if not last and (here >= size or 'rel="next"' in links):
            more = await _part(requests, f"{path}&page=2")
            if items(more.body):
                return
    bodies[key] = b"%d" % ((page - 1) * size + here)
