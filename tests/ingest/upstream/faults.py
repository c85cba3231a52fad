"""What can be wrong with an answer: small functions by name, and the rules by which they occur."""

import asyncio
import gzip
import random
import re
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import cache
from typing import Any

import orjson
from aiohttp import web

from tests.ingest.upstream.answers import Answer, Ask
from tests.ingest.upstream.limits import Gate, resource_of
from tests.ingest.upstream.world import numbers


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault, for a share of the requests whose site, path and query match.

    Only the hits of one URL from `after` on, and no more than `first` of them. Chance depends on
    the seed, the rule, the URL and which hit of it this is, never on the order of requests.
    """

    fault: str
    rate: float = 1.0
    match: str = "."
    after: int = 0
    first: int | None = None
    given: Mapping[str, Any] = field(default_factory=dict)

    def applies(self, seed: int, url: str, seen: int) -> bool:
        """Whether the hit `seen` (from 1) of that URL has the fault."""
        if self.after >= seen or (self.first is not None and seen > self.after + self.first):
            return False
        chance = numbers(seed, self.fault, self.match, url, seen)[0] / 2**64
        return chance < self.rate and re.search(self.match, url) is not None


@dataclass(frozen=True, slots=True)
class Call:
    """A request that is to be answered badly: `answer` is what would be right."""

    request: web.BaseRequest
    ask: Ask
    gate: Gate
    urls: Mapping[str, str]
    seen: int
    answer: Callable[[], Answer]

    @property
    def here(self) -> str:
        """The URL that was asked for."""
        return f"{self.ask.url}{self.request.raw_path}"

    def right(self) -> bytes:
        """The body that would be right."""
        body = self.answer().body
        return body if isinstance(body, bytes) else orjson.dumps(body)

    def changed(self, change: Callable[[random.Random, Any], Any], share: float) -> web.Response:
        """The right answer with a share of its values (no lists, no objects) changed."""
        chance = random.Random(repr((self.here, self.seen)))

        def within(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: within(item) for key, item in value.items()}
            if isinstance(value, list):
                return [within(item) for item in value]
            return change(chance, value) if chance.random() < share else value

        return self.bent(within(orjson.loads(self.right() or b"{}")))

    def bent(self, body: Any, **headers: str) -> web.Response:
        """The right answer with another body, and without its ETag."""
        right = self.answer()
        return json(right.status, body, **{**right.headers, **headers})


Fault = Callable[[Call, Mapping[str, Any]], Awaitable[web.StreamResponse | None]]


def json(status: int, body: Any, **headers: str) -> web.Response:
    """An answer of JSON; in the names of headers, _ stands for -."""
    text = body if isinstance(body, bytes) else web.json_response(body).body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(
        status=status, body=text, headers={"Content-Type": "application/json", **named}
    )


# What takes its time, or breaks off.


async def hang(call: Call, given: Mapping[str, Any]) -> None:
    await asyncio.sleep(given.get("seconds", 120))


async def slow(call: Call, given: Mapping[str, Any]) -> None:
    await asyncio.sleep(given.get("seconds", 1))


async def drip(call: Call, given: Mapping[str, Any]) -> web.StreamResponse:
    """A byte at a time: each read is soon done, and the whole is not."""
    body = call.right()
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(call.request)
    for at in range(len(body)):
        await response.write(body[at : at + 1])
        await asyncio.sleep(given.get("seconds", 0.2))
    return response


async def reset(call: Call, given: Mapping[str, Any]) -> web.StreamResponse:
    return await _raw(call, b"")


async def reset_mid_body(call: Call, given: Mapping[str, Any]) -> web.StreamResponse:
    body = call.right()
    return await _raw(call, _head(f"Content-Length: {len(body)}") + body[: len(body) // 2])


async def wrong_length(call: Call, given: Mapping[str, Any]) -> web.StreamResponse:
    body = call.right()
    return await _raw(call, _head(f"Content-Length: {len(body) + 500}") + body)


async def chunked_cut(call: Call, given: Mapping[str, Any]) -> web.StreamResponse:
    body = call.right()
    chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n"
    return await _raw(call, _head("Transfer-Encoding: chunked") + chunk)


async def not_http(call: Call, given: Mapping[str, Any]) -> web.StreamResponse:
    return await _raw(call, b"SSH-2.0-OpenSSH_9.6\r\n")


def _head(header: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{header}\r\n\r\n".encode()


async def _raw(call: Call, data: bytes) -> web.StreamResponse:
    """Write that to the connection and break it off."""
    transport = call.request.transport
    if transport:
        transport.write(data)
        await asyncio.sleep(0.05 if data else 0)
        transport.abort()
    return web.Response(status=599)


# Limits: what is announced is enforced.


async def too_many(call: Call, given: Mapping[str, Any]) -> web.Response:
    """429; `as_date` says until when by a date."""
    seconds = given.get("seconds", 1)
    call.gate.close(seconds - given.get("as_date", False))  # a date is rounded down
    until = formatdate(time.time() + seconds, usegmt=True) if given.get("as_date") else str(seconds)
    return json(429, {"message": "Too Many Requests"}, Retry_After=until)


async def too_many_garbage(call: Call, given: Mapping[str, Any]) -> web.Response:
    waits = ("-5", "soon", "1e9", "", "9" * 400)
    return json(429, {"message": "Slow down"}, Retry_After=waits[call.seen % len(waits)])


async def primary(call: Call, given: Mapping[str, Any]) -> web.Response:
    """GitHub's limit is used up, until `seconds` from now (which may be in the past)."""
    seconds = given.get("seconds", 1)
    reset = int(time.time()) + seconds
    call.gate.close(reset - time.time(), resource_of(call.ask))
    body = {"message": "API rate limit exceeded for 127.0.0.1."}
    return json(403, body, X_RateLimit_Remaining="0", X_RateLimit_Reset=str(reset))


async def secondary(call: Call, given: Mapping[str, Any]) -> web.Response:
    """GitHub's secondary limit; `bare` does not say for how long."""
    body = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}
    if given.get("bare"):
        return json(403, body, X_RateLimit_Remaining="4000")
    seconds = given.get("seconds", 1)
    call.gate.close(seconds)
    return json(403, body, X_RateLimit_Remaining="4000", Retry_After=str(seconds))


# Other statuses and places.


def status(code: int) -> Fault:
    """That status, with HTML where a proxy would say it."""

    async def answered(call: Call, given: Mapping[str, Any]) -> web.Response:
        if 502 <= code <= 504:
            page = "<html><h1>Bad gateway</h1></html>"
            return web.Response(status=code, text=page, content_type="text/html")
        if code in (204, 304):
            return web.Response(status=code)
        return json(code, {} if code == 202 else {"message": f"Status {code}"})

    return answered


def redirect(code: int) -> Fault:
    """One redirect of that status to the same thing."""

    async def answered(call: Call, given: Mapping[str, Any]) -> web.Response | None:
        to = f"{call.here}{'&' if call.ask.query else '?'}moved=1"
        return None if "moved" in call.ask.query else json(code, {}, Location=to)

    return answered


async def redirect_loop(call: Call, given: Mapping[str, Any]) -> web.Response:
    return json(302, {}, Location=call.here)


async def redirect_inner(call: Call, given: Mapping[str, Any]) -> web.Response:
    """To an address that nobody may be led to, each time another one."""
    port = call.urls["canary"].rpartition(":")[2]
    names = ("127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "0")
    inner = [f"http://{name}:{port}/inner" for name in (*names, "api.github.com@127.0.0.1")]
    to = (
        *inner,
        f"//127.0.0.1:{port}/inner",
        "file:///etc/passwd",
        "gopher://a/_x",
        "http://[",
        "",
    )
    return json(302, {}, Location=to[given.get("which", numbers(call.here)[0]) % len(to)])


# Bodies that are not what they should be.


def body(made: bytes, content_type: str = "application/json") -> Fault:
    """200, with that body."""

    async def answered(call: Call, given: Mapping[str, Any]) -> web.Response:
        return web.Response(body=made, content_type=content_type)

    return answered


def bent(bend: Callable[[bytes], bytes]) -> Fault:
    """200, with the right body bent."""

    async def answered(call: Call, given: Mapping[str, Any]) -> web.Response:
        return call.bent(bend(call.right()))

    return answered


def changed(change: Callable[[random.Random, Any], Any], share: float = 0.5) -> Fault:
    """200, with a share of the values changed."""

    async def answered(call: Call, given: Mapping[str, Any]) -> web.Response:
        return call.changed(change, share)

    return answered


def _other_type(chance: random.Random, value: Any) -> Any:
    return chance.choice([None, [], {}, str(value), "x", -1, 1.5, True, {"a": 1}, [value], ""])


def _huge(chance: random.Random, value: Any) -> Any:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return chance.choice([2**31, 2**63, 10**400, -1, -(2**63)]) if is_number else value


def _nasty(chance: random.Random, value: Any) -> Any:
    nasty = [
        "a\0b",
        "\ud800",
        "A" * 100_000,  # a few of a megabyte would be more than an answer may have
        "<script>alert(1)</script>",
        "\u202eevil",
        "\r\nX: y",
    ]
    is_text = isinstance(value, str) and not re.match(r"https?:|\d{4}-", value)
    return chance.choice(nasty) if is_text else value


def _bad_date(chance: random.Random, value: Any) -> Any:
    bad = ["", "yesterday", "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z", "2024-02-30T00:00:00Z"]
    bad += ["2024-01-01", "2024-01-01T00:00:00+99:00", "2024-01-01T00:00:60Z", "20240101T000000Z"]
    is_date = isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value)
    return chance.choice(bad) if is_date else value


async def missing_keys(call: Call, given: Mapping[str, Any]) -> web.Response:
    chance = random.Random(call.here)

    def cut(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: cut(item) for key, item in value.items() if chance.random() < 0.5}
        return [cut(item) for item in value] if isinstance(value, list) else value

    return call.bent(cut(orjson.loads(call.right() or b"{}")))


async def bad_versions(call: Call, given: Mapping[str, Any]) -> web.Response | None:
    """Of a project of the index: releases that are no versions, and what is no list of files."""
    project = orjson.loads(call.right() or b"{}")
    if "releases" not in project:
        return None
    files = next(iter(project["releases"].values()))
    names = ("", "1.0-alpha-dev-x!!", "2004d", "9" * 400, "\u0661.0")
    project["releases"] = {**dict.fromkeys(names, files), "1.0": [], "latest": None}
    project["info"]["version"], project["urls"] = "banana", None
    return call.bent(project)


async def endless(call: Call, given: Mapping[str, Any]) -> web.StreamResponse:
    """A list that goes on for `megabytes`."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(call.request)
    await response.write(b"[")
    for _ in range(given.get("megabytes", 200)):
        await response.write(b"0," * 2**19)
    return response


async def gzip_bomb(call: Call, given: Mapping[str, Any]) -> web.Response:
    """A megabyte for each thousand bytes."""
    return json(200, _bomb(given.get("megabytes", 100)), Content_Encoding="gzip")


@cache
def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(b'{"description":"')]
    parts += [packer.compress(b"x" * 2**20) for _ in range(megabytes)]
    return b"".join([*parts, packer.compress(b'"}'), packer.flush()])


async def gzipped(call: Call, given: Mapping[str, Any]) -> web.Response:
    """Nothing is wrong: the right answer, compressed."""
    return call.bent(gzip.compress(call.right()), Content_Encoding="gzip")


async def bad_gzip(call: Call, given: Mapping[str, Any]) -> web.Response:
    return json(200, b"\x1f\x8b not gzip at all", Content_Encoding="gzip")


async def headers_lost(call: Call, given: Mapping[str, Any]) -> web.Response:
    """The right body, without ETag and links to other pages."""
    return json(call.answer().status, call.right())


async def many_headers(call: Call, given: Mapping[str, Any]) -> web.Response:
    response = call.bent(call.right())
    for at in range(200):
        response.headers.add(f"X-Header-{at}", "y" * 4_000)
        response.headers.add("Set-Cookie", f"c{at}=1")
    return response


# Pages and ETags.


async def page_loop(call: Call, given: Mapping[str, Any]) -> web.Response:
    """The next page is this one."""
    return _next_page(call, call.here, call.ask.query.get("page", "1"))


async def page_endless(call: Call, given: Mapping[str, Any]) -> web.Response:
    """There is always another page."""
    page = str(int(call.ask.query.get("page", "1")) + 1)
    others = "".join(f"{key}={value}&" for key, value in call.ask.query.items() if key != "page")
    return _next_page(call, f"{call.ask.url}{call.ask.path}?{others}page={page}", page)


async def page_foreign(call: Call, given: Mapping[str, Any]) -> web.Response:
    """The next page is at another site, which must not be shown our credentials."""
    return _next_page(call, f"{call.urls['canary']}/foreign?page=2", "2")


def _next_page(call: Call, to: str, page: str) -> web.Response:
    shown = orjson.loads(call.right() or b"{}")
    if isinstance(shown, dict) and "values" in shown:
        shown["next"] = to
    return call.bent(shown, Link=f'<{to}>; rel="next", <{to}>; rel="last"', X_Next_Page=page)


async def other_case(call: Call, given: Mapping[str, Any]) -> web.Response:
    """Names come back in capitals."""
    name = rb'("(?:full_name|path_with_namespace|nameWithOwner)":")([^"]*)'
    upper = re.sub(name, lambda found: found[1] + found[2].upper(), call.right())
    return call.bent(upper)


async def stale_etag(call: Call, given: Mapping[str, Any]) -> web.Response:
    """One ETag for whatever is answered."""
    if call.request.headers.get("If-None-Match") == '"same"':
        return web.Response(status=304, headers={"ETag": '"same"'})
    return json(200, call.right(), ETag='"same"')


_STATUSES = (202, 204, 304, 400, 401, 403, 404, 410, 451, 500, 502, 503, 504)
_ALONE: tuple[Fault, ...] = (
    *(hang, slow, drip, reset, reset_mid_body, wrong_length, chunked_cut, not_http),
    *(too_many, too_many_garbage, primary, secondary, redirect_loop, redirect_inner),
    *(
        missing_keys,
        bad_versions,
        endless,
        gzip_bomb,
        gzipped,
        bad_gzip,
        headers_lost,
        many_headers,
    ),
    *(page_loop, page_endless, page_foreign, other_case, stale_etag),
)

FAULTS: dict[str, Fault] = {
    **{getattr(fault, "__name__", ""): fault for fault in _ALONE},
    **{str(code): status(code) for code in _STATUSES},
    **{f"redirect_{code}": redirect(code) for code in (301, 302, 307, 308)},
    "empty": body(b""),
    "html": body(b"<!doctype html><title>Maintenance</title>", "text/html"),
    "null": body(b"null"),
    "text": body(b'"x"'),
    "list": body(b"[]"),
    "deep": body(b"[" * 20_000 + b"]" * 20_000),
    "truncated": bent(lambda right: right[: len(right) // 2]),
    "bad_utf8": bent(lambda right: right.replace(b'"name":"', b'"name":"\xff')),
    "not_a_number": bent(lambda right: re.sub(rb'(count[^"]*|size)":\d+', rb'\1":NaN', right)),
    "byte_order_mark": bent(lambda right: b"\xef\xbb\xbf" + right),
    "wrong_types": changed(_other_type),
    "nulls": changed(lambda chance, value: None, 1.0),
    "huge_numbers": changed(_huge, 1.0),
    "nasty_strings": changed(_nasty, 0.3),
    "bad_dates": changed(_bad_date, 1.0),
}
