"""Forgejo: Codeberg, and others by setting."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ingest import forge
from ingest.errors import Missing, UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.forge import Commit, Page, Who
from ingest.http import Requests, Response
from ingest.licenses import spdx
from ingest.reading import address, answer_of, count, flag, items, number_of, part, text, texts

CODEBERG = "codeberg.org"

_API = "/api/v1"
_MOST_TOPICS = 20
_PAGE = 50
# What a commit does not need to say, and is costly.
_BRIEFLY = "stat=false&verification=false&files=false"


async def fetch(
    requests: Requests, subjects: Sequence[Subject]
) -> dict[int, Fetched | UpstreamError]:
    """Ask for repositories, one after the other: each is one request where nothing is new, else
    at most four."""
    return await forge.each(requests, subjects, _fetch)


def parse(fetched: Fetched) -> Facts:
    """What a Forgejo says of a repository. Raises Unreadable."""
    return forge.facts(fetched, _who, {"repository": _repository})


async def _fetch(requests: Requests, subject: Subject) -> Fetched:
    if subject.name.count("/") != 1:
        raise Missing(f"{subject.host} has no repositories at such an address")
    settings, secret = requests.settings, requests.settings.codeberg_token
    if subject.host == CODEBERG:
        token = f"token {secret.get_secret_value()}" if secret else None
        visit = forge.begin(requests, subject, settings.codeberg_api, _API, token)
    else:
        hosts = settings.forgejo_hosts
        visit = forge.begin(requests, subject, forge.address_of(subject.host, hosts), _API)
    data = await forge.repository(visit, f"/repos/{quote(subject.name)}", _by_number, _who)
    if data is None:
        return await forge.end(visit)
    with answer_of(subject.host):
        is_empty = flag(data, "empty")
    commits = f"/repos/{_who(data).name}/commits?limit={_PAGE}&{_BRIEFLY}"
    return await forge.end(visit, None if is_empty else forge.commits(visit, commits, _page))


def _by_number(number: str) -> str:
    return f"/repositories/{number}"


def _who(data: Any) -> Who:
    return Who(forge.name_of(data, "full_name"), number_of(data))


def _page(response: Response) -> Page:
    commits = [_commit(data) for data in items(response.body)]
    has_next = forge.has_next(response, len(commits), _PAGE)
    return Page(commits, forge.total(response, "X-Total-Count"), has_next)


def _commit(data: Any) -> Commit:
    """A commit; its author is an account's name, or as git has it where there is none."""
    commit = part(data, "commit") or {}
    name = text(part(data, "author") or {}, "login", forge.PEOPLE) or forge.person(
        text(part(commit, "author") or {}, "name")
    )
    date = forge.moment(part(commit, "committer") or {}, "date")
    return Commit(forge.hash_of(data, "sha"), date, name)


def _repository(data: Any) -> dict[str, Any]:
    licenses = [spdx(name) for name in texts(data, "licenses") or []]
    return {
        "repo_description": text(data, "description"),
        "repo_watchers": count(data, "stars_count"),
        "repo_forks": count(data, "forks_count"),
        "is_archived": flag(data, "archived"),
        "homepage_url": address(data, "website"),
        "topics": texts(data, "topics", _MOST_TOPICS),
        "licenses": [known for known in licenses if known] or None,
    }
