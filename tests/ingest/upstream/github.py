"""GitHub's REST API: repositories, commits, contributors, statistics."""

import re
from typing import Any

from tests.ingest.upstream.answers import Answer, Ask, Make, commit_date, paged, sha
from tests.ingest.upstream.world import Repository, iso

NOT_FOUND = {
    "message": "Not Found",
    "documentation_url": "https://docs.github.com/rest",
    "status": "404",
}
BLOCKED = {
    "message": "Repository access blocked",
    "block": {"reason": "dmca", "created_at": "2025-01-01T00:00:00Z", "html_url": None},
}


def answer(ask: Ask) -> Answer:
    """Answer a request to the REST API."""
    by_name = re.fullmatch(r"/repos/([^/]+/[^/]+)(/.*)?", ask.path)
    by_id = re.fullmatch(r"/repositories/(\d{1,12})(/.*)?", ask.path)
    if by_name:
        found = ask.world.find(ask.site, by_name[1])
    else:
        found = ask.world.by_id(ask.site, int(by_id[1])) if by_id else None
    if not found:
        return Answer(404, NOT_FOUND)
    rest = (by_name or by_id or [""] * 3)[2] or ""
    at = f"{ask.url}/repositories/{found.id}"
    if by_name and by_name[1].lower() != found.path.lower():
        query = "&".join(f"{key}={value}" for key, value in ask.query.items())
        to = f"{at}{rest}" + (f"?{query}" if query else "")
        return Answer(301, {"message": "Moved Permanently", "url": to}, {"Location": to})
    if found.is_blocked:
        return Answer(451, BLOCKED)
    return _about(ask, found, rest, at)


def _about(ask: Ask, found: Repository, rest: str, at: str) -> Answer:
    match rest:
        case "":
            return Answer(200, repository(found, ask.url), etag='W/"{}"')
        case "/contributors" if found.is_empty:
            return Answer(204, b"")
        case "/contributors":
            items, link = paged(ask, found.contributors, _contributor(found), at=f"{at}{rest}")
            return Answer(200, items, link, etag='W/"{}"')
        case "/commits" if found.is_empty:
            return Answer(409, {"message": "Git Repository is empty.", "status": "409"})
        case "/commits":
            items, link = paged(ask, found.commits, commit(found), at=f"{at}{rest}")
            return Answer(200, items, link, etag='W/"{}"')
        case "/stats/participation":
            if found.computed != found.pushed:
                found.computed = found.pushed
                return Answer(202, {})
            weeks = ask.world.weeks(found)
            return Answer(200, {"all": weeks, "owner": [0] * 52}, etag='W/"{}"')
    return Answer(404, NOT_FOUND)


def repository(of: Repository, url: str) -> dict[str, Any]:
    """A repository as REST gives it."""
    owner, name = of.path.split("/")
    key, title, spdx = of.license or (None, None, None)
    return {
        "id": of.id,
        "name": name,
        "full_name": of.path,
        "owner": {"login": owner, "id": 1, "type": "Organization"},
        "html_url": f"https://github.com/{of.path}",
        "description": of.description,
        "url": f"{url}/repos/{of.path}",
        "created_at": iso(of.created),
        "updated_at": iso(of.updated),
        "pushed_at": iso(of.pushed),
        "homepage": of.homepage or "",
        "size": 0 if of.is_empty else 900,
        "stargazers_count": of.stars,
        "watchers_count": of.stars,
        "subscribers_count": of.watchers,
        "forks_count": of.forks,
        "archived": of.is_archived,
        "default_branch": "main",
        "license": {"key": key, "name": title, "spdx_id": spdx, "url": None} if key else None,
        "topics": list(of.topics),
    }


def _contributor(of: Repository) -> Make:
    return lambda index: {
        "login": f"developer-{(of.id * 7 + index) % 9_000}",
        "id": of.id * 7 + index,
        "type": "User",
        "contributions": of.contributors - index + (0 if index else of.commits),
    }


def commit(of: Repository) -> Make:
    """Makes a commit as REST gives it: the newest is 0."""

    def made(index: int) -> dict[str, Any]:
        person = {"name": "A", "email": "a@example.org", "date": commit_date(of.pushed, index)}
        return {
            "sha": sha(of.id, of.commits - index),
            "commit": {"author": person, "committer": person, "message": f"Commit {index}"},
            "author": {"login": f"developer-{index % 9}"},
        }

    return made
