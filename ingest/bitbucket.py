"""Bitbucket. It has no stars, licences, topics or archive, and does not count commits."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ingest import forge
from ingest.errors import Missing, Unreadable, UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.forge import Commit, Page, Visit, Who
from ingest.http import Requests, Response
from ingest.reading import address, answer_of, count, part, parts, read, text

_API = "/2.0"
_UUID = re.compile(r"\{[0-9a-f-]{32,36}\}")


async def fetch(
    requests: Requests, subjects: Sequence[Subject]
) -> dict[int, Fetched | UpstreamError]:
    """Ask for repositories, one after the other: each is one request where nothing is new, else
    at most five."""
    return await forge.each(requests, subjects, _fetch)


def parse(fetched: Fetched) -> Facts:
    """What Bitbucket says of a repository. Raises Unreadable."""
    return forge.facts(fetched, _who, {"repository": _repository, "forks": _forks})


async def _fetch(requests: Requests, subject: Subject) -> Fetched:
    if subject.name.count("/") != 1:
        raise Missing(f"{subject.host} has no repositories at such an address")
    visit = forge.begin(requests, subject, requests.settings.bitbucket_api, _API)
    data = await forge.repository(visit, _path(quote(subject.name)), _by_uuid, _who)
    if data is None:
        return await forge.end(visit)
    with answer_of(subject.host):
        at, branch = _path(_who(data).name), text(part(data, "mainbranch") or {}, "name")
    return await forge.end(visit, _rest(visit, at, branch))


async def _rest(visit: Visit, at: str, branch: str | None) -> None:
    """Ask for the main branch's commits, where there are any, and for how many forks there are."""
    if branch:
        query = f"include={quote(branch, safe='')}&pagelen=100"
        await forge.commits(visit, f"{at}/commits?{query}", _page)
    if response := await forge.part(visit, "forks", f"{at}/forks?pagelen=1"):
        visit.bodies["forks"] = response.body


def _path(name: str) -> str:
    return f"/repositories/{name}"


def _by_uuid(uuid: str) -> str:
    """A repository's path by its number, which needs no workspace."""
    return _path(f"{quote('{}')}/{quote(uuid)}")


def _who(data: Any) -> Who:
    uuid = text(data, "uuid")
    if not uuid or not _UUID.fullmatch(uuid):
        raise Unreadable("uuid: expected a number in braces")
    return Who(forge.name_of(data, "full_name"), uuid)


def _page(response: Response) -> Page:
    """A page of commits, where `next` is the next one's address."""
    data = read(response.body)
    values = parts(data, "values")
    if values is None:
        raise Unreadable("values: expected a list")
    following = text(data, "next", 2_000)
    return Page(
        [_commit(value) for value in values],
        count(data, "size"),
        has_next=following is not None,
        # The page is asked for at the API's address, whatever stands before its query.
        following=(following or "").partition("?")[2] or None,
    )


def _commit(data: Any) -> Commit:
    author = part(data, "author") or {}
    name = text(part(author, "user") or {}, "nickname", forge.PEOPLE) or forge.person(
        text(author, "raw")
    )
    return Commit(forge.hash_of(data, "hash"), forge.moment(data, "date"), name)


def _repository(data: Any) -> dict[str, Any]:
    return {
        "repo_description": text(data, "description"),
        "homepage_url": address(data, "website"),
    }


def _forks(data: Any) -> dict[str, Any]:
    return {"repo_forks": count(data, "size")}
