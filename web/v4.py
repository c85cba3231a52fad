"""The REST API v4, read-only, as Django Packages serves it: `/api/v4/`.

An ASGI application, mounted there. docs/migration.md says what of it differs.
"""

import datetime as dt
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import orjson
from starlette.datastructures import QueryParams
from starlette.types import Receive, Scope, Send

from db.errors import InputError
from db.text import fold
from resolvers import v4 as reads
from resolvers.executor import Executor
from web.answers import Answers
from web.graphql import headers_of, wants_fresh
from web.response import JSON, Response, etag_of, response
from web.v4_page import HTML, page
from web.v4_search import found

logger = logging.getLogger(__name__)

PATH = "/api/v4"
SIZE = 20
"""Rows of a page, where no limit is asked for."""

ZONE = ZoneInfo("America/New_York")
"""That of the instants in v4's answers."""

METHODS = ("GET", "HEAD", "OPTIONS")
FORMATS = {"json": JSON, "api": HTML}
NAMES = {"packages": "Package", "search": "Search V3", "grids": "Grid", "categories": "Category"}
ABOUT = {
    "packages": "Packages, those with the highest numbers first.",
    "search": "What has all words of the parameter q, best first: 20 at most.",
    "grids": "Grids, those with the highest numbers first.",
    "categories": "Categories, those with the highest numbers first.",
}
PARSES = [JSON, "application/x-www-form-urlencoded", "multipart/form-data"]

_PATH = re.compile(rf"/(?:({'|'.join(NAMES)})(?:/([^/.]+))?(?:/|\.([a-z0-9]+)/?))?")
_HOST = re.compile(rb"[A-Za-z0-9._-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")
_MARKED = re.compile(rb'\x01([^"]+)')
_RANGES = [(JSON, JSON), (HTML, HTML), ("application/*", JSON), ("text/*", HTML)]
_RANGES += [("*/*", JSON), ("*/*", HTML)]


class Refusal(Exception):
    """A request that gets no rows: its status, and what is said."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


NOT_FOUND = "Not found."


@dataclass(frozen=True)
class Asked:
    """What a request asks for: `name` is that of an object; `base` ends with a slash."""

    method: str
    site: str
    path: str
    query: str
    resource: str | None
    name: str | None
    suffix: str | None

    @property
    def base(self) -> str:
        return f"{self.site}{PATH}/"

    @property
    def url(self) -> str:
        return f"{self.base[:-1]}{self.path}" + (f"?{self.query}" if self.query else "")

    @cached_property
    def parameters(self) -> QueryParams:
        return QueryParams(self.query)

    @property
    def tail(self) -> str:
        """What the addresses in the answer end with."""
        tail = f".{self.suffix}" if self.suffix else "/"
        if "format" in self.parameters:
            tail += "?" + urlencode({"format": self.parameters["format"]})
        return tail

    @property
    def title(self) -> str:
        if self.resource is None:
            return "Api Root"
        return f"{NAMES[self.resource]} {'Instance' if self.name else 'List'}"

    def whole(self, name: str, least: int) -> int | None:
        """A parameter, where it is a whole number from `least` up."""
        try:
            number = int(self.parameters.get(name, ""))
        except ValueError:
            return None
        return number if number >= least else None

    def at(self, limit: int, offset: int) -> str:
        """The address of another page."""
        parts = urlsplit(self.url)
        query = parse_qs(parts.query, keep_blank_values=True)
        query["limit"], query["offset"] = [str(limit)], [str(offset)]
        if not offset:
            del query["offset"]
        return urlunsplit(parts._replace(query=urlencode(sorted(query.items()), doseq=True)))


class V4:
    """The application; `executor` and `answers` are to be set before it is asked."""

    executor: Executor
    answers: Answers

    def __init__(self) -> None:
        self._queries: dict[tuple[str, bool], reads.Query] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        media_type, asked = JSON, None
        try:
            asked = asked_in(scope, headers)
            given = asked.suffix or asked.parameters.get("format")
            media_type = negotiated(headers.get(b"accept", b"*/*"), given)
            response = await self._response(asked, media_type, headers)
        except Moved as moved:
            response = _response(301, JSON, b"", [(b"location", moved.location.encode())])
        except Refusal as refusal:
            response = _said(asked, refusal.status, {"detail": refusal.detail}, media_type)
        except InputError as error:
            response = _said(asked, 400, {"detail": str(error)}, media_type)
        except Exception:
            logger.exception("a request failed")
            detail = "the server failed to answer; it is logged"
            response = _said(asked, 500, {"detail": detail}, media_type)
        if response.is_known_by(headers.get(b"if-none-match")):
            response = response.not_modified()
        await send({**response.start, "headers": [*response.start["headers"]]})
        await send(response.end)

    async def _response(
        self, asked: Asked, media_type: str, headers: Mapping[bytes, bytes]
    ) -> Response:
        """The response with what is asked for, a kept one unless it has to be fresh."""
        if asked.method == "OPTIONS":
            return _said(asked, 200, options(asked), media_type)
        if asked.method not in METHODS:
            raise Refusal(405, f'Method "{asked.method}" not allowed.')
        head = self.answers.head()
        key = (True, asked.url.encode(), f"v4 {media_type}", None)
        if not wants_fresh(headers) and (kept := self.answers.get(key)):
            return kept
        # As Django REST framework writes JSON, which may stand in a script.
        body = (await self._read(asked)).replace(b"\xe2\x80\xa8", rb"\u2028")
        response = _shown(asked, 200, body.replace(b"\xe2\x80\xa9", rb"\u2029"), media_type)
        self.answers.keep(key, response, head)
        return response

    async def _read(self, asked: Asked) -> bytes:
        """The JSON that is asked for. Raises Refusal, InputError."""
        if asked.resource is None:
            return orjson.dumps({name: f"{asked.base}{name}{asked.tail}" for name in NAMES})
        if asked.resource == "search":
            results = await found(self.executor, asked.parameters.get("q", ""), zoned)
            return orjson.dumps(results)
        if asked.name is not None:
            return await self._one(asked, asked.resource, asked.name)
        return await self._page(asked, asked.resource)

    async def _one(self, asked: Asked, resource: str, name: str) -> bytes:
        number = number_of(resource, name)
        slug = None if resource == "categories" or "\0" in name else fold(name)
        values = {"number": number, "name": slug}
        (body,) = await self._row(asked, resource, is_one=True, **values)
        if body is None:
            raise Refusal(404, f"No {NAMES[resource]} matches the given query.")
        return _in_zone(body)

    async def _page(self, asked: Asked, resource: str) -> bytes:
        limit, offset = asked.whole("limit", 1) or SIZE, asked.whole("offset", 0) or 0
        cut = {"limit": min(limit, reads.MOST), "offset": min(offset, reads.MOST)}
        total, results = await self._row(asked, resource, is_one=False, **cut)
        count = int(total or 0)
        after = asked.at(limit, offset + limit) if offset + limit < count else None
        before = asked.at(limit, max(0, offset - limit)) if offset else None
        envelope = orjson.dumps({"count": count, "next": after, "previous": before})
        return envelope[:-1] + b',"results":' + _in_zone(results or b"[]") + b"}"

    async def _row(self, asked: Asked, resource: str, is_one: bool, **values: Any) -> Any:
        reader = self.executor.reader
        query = self._queries.get((resource, is_one))
        if query is None:
            query = (reads.one if is_one else reads.page)(resource, reader.dialect)
            self._queries[resource, is_one] = query
        return await reader.row(
            query.statement, query.values(base=asked.base, tail=asked.tail, **values)
        )


class Moved(Exception):
    """The address that is meant has a slash at its end."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


def asked_in(scope: Scope, headers: Mapping[bytes, bytes]) -> Asked:
    """What a request asks for. Raises Refusal, Moved."""
    host = headers.get(b"host") or "{}:{}".format(*scope["server"]).encode()
    if not _HOST.fullmatch(host):
        raise Refusal(400, "Host is not that of a server.")
    root: str = scope.get("root_path", "")
    path = scope["path"].removeprefix(root) or "/"
    query = scope["query_string"].decode("latin-1")
    site = f"{scope['scheme']}://{host.decode()}{root.removesuffix(PATH)}"
    match = _PATH.fullmatch(path)
    if match is None and _PATH.fullmatch(f"{path}/"):
        raise Moved(f"{root}{path}/" + (f"?{query}" if query else ""))
    if match is None or (match[1] == "search" and match[2]):
        raise Refusal(404, NOT_FOUND)
    return Asked(scope["method"], site, path, query, *match.groups())


@lru_cache(maxsize=200)
def negotiated(accept: bytes, given: str | None) -> str:
    """The type of the response, by the request's format and what it accepts. Raises Refusal."""
    if given and given not in FORMATS:
        raise Refusal(404, NOT_FOUND)
    ranges = {each.partition(";")[0].strip() for each in accept.decode("latin-1").split(",")}
    for range_, media_type in _RANGES:
        if range_ in ranges and (not given or media_type == FORMATS[given]):
            return media_type
    raise Refusal(406, "Could not satisfy the request Accept header.")


def number_of(resource: str, name: str) -> int | None:
    """The number that an object is asked for by; None where it is a slug. Raises Refusal."""
    try:
        if resource == "categories" or name.isdigit():
            return max(-1, min(int(name), reads.MOST))
    except ValueError:
        raise Refusal(404, NOT_FOUND) from None
    return None


def options(asked: Asked) -> dict[str, Any]:
    """What OPTIONS tells of an address."""
    about = "The resources of the API." if asked.resource is None else ABOUT[asked.resource]
    renders = [*FORMATS.values()]
    return {"name": asked.title, "description": about, "renders": renders, "parses": PARSES}


@lru_cache(maxsize=10_000)
def zoned(instant: str) -> str:
    """An instant in the zone of v4's answers, without digits of a second that are all 0."""
    return dt.datetime.fromisoformat(instant).astimezone(ZONE).isoformat()


def _in_zone(body: bytes) -> bytes:
    return _MARKED.sub(lambda found: zoned(found[1].decode()).encode(), body)


def _said(asked: Asked | None, status: int, said: Any, media_type: str) -> Response:
    return _shown(asked, status, orjson.dumps(said), media_type)


def _shown(asked: Asked | None, status: int, body: bytes, media_type: str) -> Response:
    if media_type == HTML and asked is not None:
        body = page(asked, status, body).encode()
        return _response(status, f"{HTML}; charset=utf-8", body)
    return _response(status, JSON, body)


def _response(
    status: int, content_type: str, body: bytes, more: list[tuple[bytes, bytes]] | None = None
) -> Response:
    etag = etag_of(body, content_type.encode()) if status == 200 else None
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"vary", b"Accept, Cookie"),
        (b"allow", ", ".join(METHODS).encode()),
        *HEADERS,
        *([(b"etag", etag)] if etag else []),
        *(more or []),
    ]
    return response(status, headers, body, etag)


HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
]
