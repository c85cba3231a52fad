"""The REST APIs of GitLab, Bitbucket and Forgejo."""

import re
from typing import Any
from urllib.parse import quote, unquote

from tests.ingest.upstream.answers import Answer, Ask, Make, commit_date, paged, sha, whole
from tests.ingest.upstream.github import commit
from tests.ingest.upstream.world import Repository, iso


def gitlab(ask: Ask) -> Answer:
    """Answer a request to GitLab's API: projects by number, or by path with %2F in it."""
    asked = re.fullmatch(r"/api/v4/projects/([^/]+)(/.*)?", ask.path)
    name = unquote(asked[1]) if asked else ""
    by_id = name.isdecimal()
    find = ask.world.by_id(ask.site, whole(name, 0)) if by_id else ask.world.find(ask.site, name)
    if not find or not asked:
        return Answer(404, {"message": "404 Project Not Found"})
    at, rest = f"{ask.url}/api/v4/projects/{find.id}", asked[2] or ""
    if not by_id and name.lower() != find.path.lower():
        return Answer(301, b"", {"Location": f"{at}{rest}"})
    match rest:
        case "":
            return Answer(200, _project(find, "license" in ask.query), etag='W/"{}"')
        case "/repository/commits" if find.is_empty:
            return Answer(404, {"message": "404 Repository Not Found"})
        case "/repository/commits":
            items, link = paged(ask, find.commits, _gitlab_commit(find), at=at, default=20)
            return Answer(200, items, link | _next(ask, find.commits), etag='W/"{}"')
        case _ if re.fullmatch("/repository/commits/[0-9a-f]{40}/sequence", rest):
            return Answer(200, {"count": find.commits}, etag='W/"{}"')
        case "/repository/contributors":
            total = 0 if find.is_empty else find.contributors
            items, link = paged(ask, total, _author(find), at=f"{at}{rest}", default=20)
            headers = link | _next(ask, total) | {"X-Total": str(total)}
            return Answer(200, items, headers, etag='W/"{}"')
    return Answer(404, {"error": "404 Not Found"})


def bitbucket(ask: Ask) -> Answer:
    """Answer a request to Bitbucket's API."""
    asked = re.fullmatch(r"/2\.0/repositories/([^/]+/[^/]+)/?([a-z/]*)", ask.path)
    find = ask.world.find(ask.site, asked[1]) if asked else None
    if not find or not asked:
        error = {"message": f"Repository {asked and asked[1]} not found"}
        return Answer(404, {"type": "error", "error": error})
    at, rest = f"{ask.url}/2.0/repositories/{find.path}", asked[2].strip("/")
    if asked[1].lower() != find.path.lower():
        return Answer(301, b"", {"Location": f"{at}/{rest}".rstrip("/")})
    totals = {"forks": find.forks, "watchers": find.watchers, "commits": find.commits}
    if not rest:
        return Answer(200, _workspace(find, at), etag='"{}"')
    if rest not in totals:
        return Answer(404, {"type": "error", "error": {"message": "Resource not found"}})
    total = 0 if find.is_empty and rest == "commits" else totals[rest]
    make = _bitbucket_commit(find) if rest == "commits" else _account
    items, link = paged(ask, total, make, at=f"{at}/{rest}", size="pagelen", default=10)
    following = re.search(r'<([^>]*)>; rel="next"', link.get("Link", ""))
    body = {"pagelen": len(items), "values": items, "page": whole(ask.query.get("page"), 1)}
    body |= {"size": total} if rest != "commits" else {}
    return Answer(200, body | ({"next": following[1]} if following else {}), etag='"{}"')


def forgejo(ask: Ask) -> Answer:
    """Answer a request to Forgejo's API, which sends no ETags."""
    asked = re.fullmatch(r"/api/v1/repos/([^/]+/[^/]+)(/.*)?", ask.path)
    find = ask.world.find(ask.site, asked[1]) if asked else None
    if not find or not asked:
        message = "The target couldn't be found."
        return Answer(404, {"errors": [], "message": message, "url": f"{ask.url}/api/swagger"})
    at, rest = f"{ask.url}/api/v1/repos/{find.path}", asked[2] or ""
    if asked[1].lower() != find.path.lower():
        return Answer(307, b"", {"Location": f"/api/v1/repos/{quote(find.path)}{rest}"})
    match rest:
        case "":
            return Answer(200, _forgejo(find, ask))
        case "/commits" if find.is_empty:
            return Answer(409, {"message": "Git Repository is empty.", "url": ask.url})
        case "/commits":
            items, link = paged(ask, find.commits, commit(find), at=f"{at}{rest}", size="limit")
            return Answer(200, items, link | {"X-Total-Count": str(find.commits)})
    return Answer(404, {"message": "Not Found"})


def _project(of: Repository, with_license: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": of.id,
        "description": of.description,
        "path_with_namespace": of.path,
        "created_at": iso(of.created, ".000Z"),
        "topics": list(of.topics),
        "web_url": f"https://{of.host}/{of.path}",
        "forks_count": of.forks,
        "star_count": of.stars,
        "last_activity_at": iso(of.updated, ".123Z"),
        "archived": of.is_archived,
        "empty_repo": of.is_empty,
    }
    if with_license:
        key, title, _ = of.license or (None, None, None)
        shown["license"] = {"key": key, "name": title, "nickname": None} if key else None
    return shown


def _workspace(of: Repository, at: str) -> dict[str, Any]:
    return {
        "type": "repository",
        "uuid": f"{{00000000-0000-4000-8000-{of.id:012}}}",
        "full_name": of.path,
        "description": of.description or "",
        "website": of.homepage or "",
        "created_on": iso(of.created, ".583000+00:00"),
        "updated_on": iso(of.updated, ".583000+00:00"),
        "mainbranch": None if of.is_empty else {"type": "branch", "name": "master"},
        "links": {rest: {"href": f"{at}/{rest}"} for rest in ("commits", "watchers", "forks")},
    }


def _forgejo(of: Repository, ask: Ask) -> dict[str, Any]:
    return {
        "id": of.id,
        "full_name": of.path,
        "description": of.description or "",
        "empty": of.is_empty,
        "html_url": f"https://{of.host}/{of.path}",
        "url": f"{ask.url}/api/v1/repos/{of.path}",
        "website": of.homepage or "",
        "stars_count": of.stars,
        "forks_count": of.forks,
        "watchers_count": of.watchers,
        "archived": of.is_archived,
        "created_at": iso(of.created),
        "updated_at": iso(of.updated),
        "archived_at": iso(of.updated if of.is_archived else 0),
        "topics": list(of.topics),
        "licenses": [of.license[2]] if of.license and of.license[2] != "NOASSERTION" else [],
    }


def _gitlab_commit(of: Repository) -> Make:
    return lambda index: {
        "id": sha(of.id, of.commits - index),
        "title": f"Commit {index}",
        "committed_date": commit_date(of.pushed, index, ".000+00:00"),
    }


def _bitbucket_commit(of: Repository) -> Make:
    return lambda index: {
        "type": "commit",
        "hash": sha(of.id, of.commits - index),
        "date": commit_date(of.pushed, index, "+00:00"),
        "author": {"type": "author", "raw": f"Developer {index % 9} <d@example.org>"},
    }


def _author(of: Repository) -> Make:
    return lambda index: {
        "name": f"Developer {index}",
        "email": f"{index}@example.org",
        "commits": of.contributors - index,
    }


def _account(index: int) -> dict[str, Any]:
    return {"type": "user", "display_name": f"User {index}"}


def _next(ask: Ask, total: int) -> dict[str, str]:
    """GitLab's own headers of a page; it counts no commits."""
    most, page = whole(ask.query.get("per_page"), 20), whole(ask.query.get("page"), 1)
    return {"X-Page": str(page), "X-Next-Page": str(page + 1) if page * most < total else ""}
