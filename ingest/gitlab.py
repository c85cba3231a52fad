"""GitLab: gitlab.com, and others by setting. Groups nest, so a name may have many parts."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import orjson

from ingest import forge
from ingest.errors import Missing, Unreadable, UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.forge import Commit, Page, Visit, Who
from ingest.http import Requests, Response
from ingest.licenses import spdx
from ingest.reading import answer_of, count, date, flag, items, number_of, part, text, texts

SITE = "gitlab.com"

_API = "/api/v4"
_PAGE = 100
_MOST_TOPICS = 20
_DEBOUNCE = dt.timedelta(hours=1)
"""For so long after it told of a push, a project tells of no other."""


async def fetch(
    requests: Requests, subjects: Sequence[Subject]
) -> dict[int, Fetched | UpstreamError]:
    """Ask for projects, one after the other: each is one request where nothing is new, else six."""
    return await forge.each(requests, subjects, _fetch)


def parse(fetched: Fetched) -> Facts:
    """What a GitLab says of a project. It has no homepage. Raises Unreadable."""
    readers = {"repository": _project, "contributors": _contributors, "sequence": _sequence}
    return forge.facts(fetched, _who, readers)


async def _fetch(requests: Requests, subject: Subject) -> Fetched:
    settings, secret = requests.settings, requests.settings.gitlab_token
    if subject.host == SITE:
        token = f"Bearer {secret.get_secret_value()}" if secret else None
        visit = forge.begin(requests, subject, settings.gitlab_api, _API, token)
    else:
        address = forge.address_of(subject.host, settings.gitlab_hosts)
        visit = forge.begin(requests, subject, address, _API)
    data = await forge.repository(visit, _path(quote(subject.name, safe="")), _path, _who)
    if data is None:
        return await forge.end(visit)
    with answer_of(subject.host):
        active = date(data, "last_activity_at")
        has_commits = text(data, "repository_access_level") in {None, "enabled"}
        has_commits &= not flag(data, "empty_repo")
    if active and visit.at - active < _DEBOUNCE:
        del visit.marks["repository"]
    at = f"/projects/{quote(_who(data).name, safe='')}/repository"
    return await forge.end(visit, _rest(visit, at) if has_commits else None)


def _path(project: str) -> str:
    return f"/projects/{project}?license=true"


async def _rest(visit: Visit, at: str) -> None:
    """Ask for commits, how many there are where their list does not tell, and contributors."""
    commits = await forge.commits(visit, f"{at}/commits?per_page={_PAGE}", _page)
    if not commits:
        return
    if commits.total is None and not commits.is_whole:
        with suppress(Missing):  # GitLab before 16.9 does not tell.
            response = await visit.get(f"{at}/commits/{commits.commits[0].id}/sequence")
            visit.bodies["sequence"] = response.body
    by_commits = f"{at}/contributors?order_by=commits&sort=desc&per_page={_PAGE}"
    if found := await forge.part(visit, "contributors", by_commits):
        with answer_of(visit.subject.host):
            visit.bodies["contributors"] = _people(found)


def _people(response: Response) -> bytes:
    """Contributors by their commits: how many there are, and their names."""
    people = items(response.body)
    if not people:
        raise Unreadable("expected contributors")
    people.sort(key=lambda one: count(one, "commits") or 0, reverse=True)
    total = forge.total(response, "X-Total")
    if total is None and forge.has_next(response, len(people), _PAGE) is False:
        total = len(people)
    names = [forge.person(_name(one)) for one in people]
    return orjson.dumps({"total": total, "names": [name for name in names if name]})


def _who(data: Any) -> Who:
    return Who(forge.name_of(data, "path_with_namespace"), number_of(data))


def _page(response: Response) -> Page:
    commits = [
        Commit(forge.hash_of(commit, "id"), forge.moment(commit, "committed_date"))
        for commit in items(response.body)
    ]
    has_next = forge.has_next(response, len(commits), _PAGE)
    return Page(commits, forge.total(response, "X-Total"), has_next)


def _name(person: Any) -> str:
    name = text(person, "name")
    if name is None:
        raise Unreadable("name: expected a text")
    return name


def _project(data: Any) -> dict[str, Any]:
    known = spdx(text(part(data, "license") or {}, "key") or "")
    return {
        "repo_description": text(data, "description"),
        "repo_watchers": count(data, "star_count"),
        "repo_forks": count(data, "forks_count"),
        "is_archived": flag(data, "archived"),
        "topics": texts(data, "topics", _MOST_TOPICS),
        "licenses": [known] if known else None,
    }


def _contributors(data: Any) -> dict[str, Any]:
    return {
        "contributor_count": count(data, "total"),
        "participants": list(dict.fromkeys(texts(data, "names", forge.PEOPLE) or [])),
    }


def _sequence(data: Any) -> dict[str, Any]:
    return {"commit_count": count(data, "count")}
