"""What GitLab, Bitbucket and Forgejo are asked alike, and how it is read.

What is kept for the next fetch (`memo`):

    host             where it is
    since            the day on which all was asked for
    repository, ...  of each part its ETag; where the forge gives none, "#" and a digest

Where the repository is as it was, so is the rest, and one request is all. But not every forge
tells there of each fork and each push: after a month all is asked for anew.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

from db.checks import WEEKS
from db.repo_url import normalize
from ingest.errors import Missing, Unreachable, Unreadable, Unsafe, UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.http import Requests, Response
from ingest.reading import answer_of, count, date, flag, parts, read, text
from ingest.weeks import counted

PEOPLE = 100
"""The most names of contributors, and the most characters of one."""

_PARTS = ("repository", "commits", "contributors", "forks")
_PAGES = 3
_MONTH = dt.timedelta(days=30)
_NAME = re.compile(r"(?!.*(^|/)\.\.?(/|$))[\w.-]+(/[\w.-]+)+", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{7,64}")
_NUMBER = re.compile(r"[0-9]{1,12}")


class Who(NamedTuple):
    """What a repository is called, and the number that it keeps when it is renamed."""

    name: str
    number: str


class Commit(NamedTuple):
    """`date` is None where a clock was wrong, `author` where the forge tells of authors itself."""

    id: str
    date: dt.datetime | None
    author: str | None = None


class Page(NamedTuple):
    """Commits, the newest first; `total` is how many there are, where the forge tells.

    `has_next` is None where the page is full and says nothing of a next one. `following` is that
    one's query, where it is not found by its number.
    """

    commits: list[Commit]
    total: int | None
    has_next: bool | None
    following: str | None = None


class Commits(NamedTuple):
    """Commits of the default branch: all where `is_whole`, those of 52 weeks where `is_year`."""

    commits: list[Commit]
    total: int | None
    is_whole: bool
    is_year: bool


@dataclass(slots=True)
class Visit:
    """The fetch of one repository, under way.

    `api` is the API's address, and `marks` are what `memo` has of the parts.
    """

    requests: Requests
    subject: Subject
    api: str
    token: str | None
    at: dt.datetime
    since: str
    marks: dict[str, str]
    bodies: dict[str, bytes] = field(default_factory=dict)

    async def get(self, path: str, part: str | None = None) -> Response:
        """Ask; and for a part, only for what is not as its mark says."""
        mark = self.marks.get(part, "#") if part else "#"
        etag = None if mark.startswith("#") else mark
        return await self.requests.get(self.api + path, etag=etag, token=self.token)

    def is_news(self, part: str, response: Response) -> bool:
        """Whether a part is not as it was; its mark is kept."""
        if response.is_unchanged:
            return False
        before = self.marks.get(part)
        digest = blake2b(response.body, digest_size=16).hexdigest()
        self.marks[part] = response.etag or f"#{digest}"
        return self.marks[part] != before


async def each(
    requests: Requests,
    subjects: Sequence[Subject],
    one: Callable[[Requests, Subject], Awaitable[Fetched]],
) -> dict[int, Fetched | UpstreamError]:
    """Fetch one after the other, by their ids."""
    found: dict[int, Fetched | UpstreamError] = {}
    for subject in subjects:
        try:
            found[subject.package_id] = await one(requests, subject)
        except UpstreamError as error:
            found[subject.package_id] = error
    return found


def address_of(host: str, hosts: Mapping[str, str]) -> str:
    """A forge's address by the settings. Raises Unsafe where it is none of theirs."""
    if host not in hosts:
        raise Unsafe(f"{host} is none of the forges that are asked")
    return hosts[host]


def begin(
    requests: Requests, subject: Subject, address: str, version: str, token: str | None = None
) -> Visit:
    """Begin a visit. The API's address ends with `version`, whether that is said or not."""
    at = dt.datetime.now(dt.UTC)
    since = subject.memo.get("since", "")
    is_recent = since > f"{at - _MONTH:%Y-%m-%d}"
    return Visit(
        requests=requests,
        subject=subject,
        api=address.rstrip("/").removesuffix(version) + version,
        token=token,
        at=at,
        since=since if is_recent else f"{at:%Y-%m-%d}",
        marks={key: subject.memo[key] for key in _PARTS if is_recent and key in subject.memo},
    )


async def repository(
    visit: Visit, by_name: str, by_number: Callable[[str], str], who_of: Callable[[Any], Who]
) -> dict[str, Any] | None:
    """What the forge says of the repository; None where that is as it was.

    Where the name is gone, or is another's by now, the repository is followed by its number.
    """
    known = visit.subject.upstream_id
    try:
        response = await visit.get(by_name, "repository")
        if known and not response.is_unchanged and _who(visit, response, who_of).number != known:
            with suppress(Missing):
                response = await visit.get(by_number(known), "repository")
    except Missing:
        if known is None:
            raise
        response = await visit.get(by_number(known), "repository")
    if not visit.is_news("repository", response):
        return None
    if _who(visit, response, who_of).number != known:
        visit.marks = {"repository": visit.marks["repository"]}
    visit.bodies["repository"] = response.body
    data: dict[str, Any] = read(response.body)
    return data


async def part(visit: Visit, name: str, path: str) -> Response | None:
    """A part of a repository that is there; None where it is as it was."""
    response = await _get_part(visit, path, name)
    return response if visit.is_news(name, response) else None


async def commits(visit: Visit, path: str, page_of: Callable[[Response], Page]) -> Commits | None:
    """Ask for the commits of 52 weeks, by three pages at most; None where they are as they were.

    `path` is the first page's, with a query.
    """
    response = await part(visit, "commits", path)
    if not response:
        return None
    with answer_of(visit.subject.host):
        page = page_of(response)
        if not page.commits:
            raise Unreadable("expected commits")
    found, total = {commit.id: commit for commit in page.commits}, page.total
    year = visit.at - dt.timedelta(weeks=WEEKS)
    for number in range(2, _PAGES + 1):
        if page.has_next is False or len(found) == total or _is_before(page, year):
            break
        following = page.following and f"{path.partition('?')[0]}?{page.following}"
        response = await _get_part(visit, following or f"{path}&page={number}")
        with answer_of(visit.subject.host):
            more = page_of(response)
        news = {commit.id: commit for commit in more.commits if commit.id not in found}
        if page.has_next and (not news or len(more.commits) > len(page.commits)):
            # There is more, but this is not what comes next.
            break
        page, found = more, found | news
    is_whole = page.has_next is False if total is None else len(found) == total
    is_year = is_whole or _is_before(page, year)
    told = Commits(list(found.values()), total, is_whole, is_year)
    plain = told._asdict() | {"commits": [commit._asdict() for commit in told.commits]}
    visit.bodies["commits"] = orjson.dumps(plain)
    return told


async def end(visit: Visit, rest: Awaitable[object] | None = None) -> Fetched:
    """What was found, after the rest was asked for: where that fails, it is all asked for anew."""
    problem, marks = None, visit.marks
    try:
        if rest:
            await rest
    except UpstreamError as error:
        problem, marks = error, {}
    memo = {"host": visit.subject.host, "since": visit.since, **marks}
    return Fetched(visit.at, visit.bodies, memo, problem)


def facts(
    fetched: Fetched, who_of: Callable[[Any], Who], readers: Mapping[str, Callable[[Any], Any]]
) -> Facts:
    """What was fetched says; each reader gives columns of its part. Raises Unreadable."""
    host = fetched.memo["host"]
    who, url, values = None, None, dict[str, Any]()
    with answer_of(host):
        bodies = {part: read(body) for part, body in fetched.bodies.items()}
        if "repository" in bodies:
            who = who_of(bodies["repository"])
            url = _url(host, who.name)
        if "commits" in bodies:
            values |= _of_commits(bodies["commits"], fetched.at)
        for part, reader in readers.items():
            if part in bodies:
                values |= reader(bodies[part])
    return Facts(
        values={key: value for key, value in values.items() if value is not None},
        repo_url=url,
        upstream_id=who and who.number,
    )


# Readers


def name_of(data: Any, key: str) -> str:
    """The path of a repository."""
    name = text(data, key)
    if not name or not _NAME.fullmatch(name):
        raise Unreadable(f"{key}: expected an owner and a repository")
    return name


def hash_of(data: Any, key: str) -> str:
    """The name of a commit."""
    name = text(data, key)
    if not name or not _HASH.fullmatch(name):
        raise Unreadable(f"{key}: expected the hash of a commit")
    return name


def moment(data: Any, key: str) -> dt.datetime | None:
    """The date of a commit; None where it cannot be, for it is by the clock of whoever made it."""
    with suppress(Unreadable):
        return date(data, key)
    return None


def person(name: str | None) -> str | None:
    """A name, without an address of mail behind it, or in its place."""
    bare = (name or "").partition("<")[0].strip()[:PEOPLE]
    return bare if bare and "@" not in bare else None


def has_next(response: Response, found: int, most: int) -> bool | None:
    """Whether there is a page after one that has so many items of so many that it may have."""
    is_named = 'rel="next"' in response.headers.get("Link", "")
    return is_named or (None if found >= most else False)


def total(response: Response, header: str) -> int | None:
    """How many are in a list of which this is a page, where a header tells."""
    value = response.headers.get(header, "")
    return count({header: int(value)}, header) if _NUMBER.fullmatch(value) else None


async def _get_part(visit: Visit, path: str, name: str | None = None) -> Response:
    """Where something of a repository is missing, the repository is not."""
    try:
        return await visit.get(path, name)
    except Missing as error:
        message = f"{visit.subject.host} has the repository, but not all of it: {error}"
        raise Unreachable(message) from error


def _who(visit: Visit, response: Response, who_of: Callable[[Any], Who]) -> Who:
    with answer_of(visit.subject.host):
        return who_of(read(response.body))


def _url(host: str, name: str) -> str:
    try:
        return normalize(f"https://{host}/{name}").url
    except ValueError:
        raise Unreadable("its name is none that a repository has") from None


def _is_before(page: Page, moment: dt.datetime) -> bool:
    """Whether a page goes back to before that time."""
    dates = [commit.date for commit in page.commits if commit.date]
    return bool(dates) and dates[-1] < moment


def _of_commits(data: Any, at: dt.datetime) -> dict[str, Any]:
    """The columns that follow from Commits; authors are known where all commits are."""
    commits = parts(data, "commits") or []
    dates = [date(commit, "date") for commit in commits]
    authors = Counter(author for commit in commits if (author := text(commit, "author", PEOPLE)))
    is_whole, many = flag(data, "is_whole"), count(data, "total")
    values: dict[str, Any] = {
        "last_updated": dates[0] if dates else None,
        "commit_count": len(commits) if is_whole and many is None else many,
    }
    if flag(data, "is_year") and None not in dates:
        known = [moment for moment in dates if moment]
        values["commits_over_52"], values["commits_over_52_ends"] = counted(known, at)
    if is_whole and authors:
        values["contributor_count"] = len(authors)
        values["participants"] = [author for author, _ in authors.most_common(PEOPLE)]
    return values
