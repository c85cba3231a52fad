"""Requests over real HTTP on loopback: what goes out, what comes back, and what is tried again."""

import asyncio
import gzip
import resource
import socket
import time
import zlib

import pytest
from aiohttp import web

from ingest.errors import Missing, Unreachable, Unreadable, UpstreamError, Withheld
from ingest.http import Client, Times
from tests.ingest.loopback import IMPATIENT, Handler, always, raw, settings, upstream


async def test_a_request_says_who_asks_and_its_answer_is_whole() -> None:
    async with upstream(user_agent="packgrid (curator@example.org)") as (it, client):
        requests = client.requests()
        response = await requests.get(it.url + "?x=a", headers={"Accept": "text/x"})
    assert (response.status, response.body) == (200, b'{"a": 1}')
    assert response.headers["CONTENT-TYPE"].startswith("application/json")
    assert response.url == it.url + "?x=a"
    (asked,) = it.asked
    assert asked.headers["User-Agent"] == "packgrid (curator@example.org)"
    assert asked.headers["Accept"] == "text/x"
    assert "Authorization" not in asked.headers
    assert requests.count == 1
    assert requests.left is None


async def test_a_path_that_is_quoted_stays_so() -> None:
    async with upstream() as (it, client):
        await client.requests().get(f"{it.base}/gitlab/api/v4/projects/a%2Fb%2Fc")
    assert it.asked[0].raw_path == "/gitlab/api/v4/projects/a%2Fb%2Fc"


async def test_json_is_posted() -> None:
    async def echo(request: web.Request) -> web.StreamResponse:
        assert request.content_type == "application/json"
        return web.json_response({"was": await request.json()})

    async with upstream(echo) as (it, client):
        response = await client.requests().post(it.url, {"query": "{ é }"}, token="Bearer t")
        assert response.body == b'{"was": {"query": "{ \\u00e9 }"}}'
        assert it.asked[0].headers["Authorization"] == "Bearer t"


async def test_what_is_as_it_was_is_asked_for_by_its_etag() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        status = 304 if request.headers.get("If-None-Match") == 'W/"1"' else 200
        return web.Response(status=status, headers={"ETag": 'W/"1"'})

    async with upstream(answer) as (it, client):
        first = await client.requests().get(it.url)
        assert (first.etag, first.is_unchanged) == ('W/"1"', False)
        second = await client.requests().get(it.url, etag=first.etag)
        assert (second.etag, second.is_unchanged) == ('W/"1"', True)


@pytest.mark.parametrize(
    ("status", "error", "says"),
    [
        (304, Unreadable, "do not understand"),
        (404, Missing, r"does not have it \(404\)"),
        (410, Missing, "does not have it"),
        (401, Withheld, "wants to know who asks"),
        (403, Withheld, "does not let us see it"),
        (451, Withheld, "legal reasons"),
        (400, Unreadable, "do not understand"),
        (422, Unreadable, "do not understand"),
        (201, Unreadable, "do not understand"),
        (206, Unreadable, "do not understand"),
    ],
)
async def test_a_refusal_is_final(status: int, error: type[UpstreamError], says: str) -> None:
    async with upstream(always(status)) as (it, client):
        with pytest.raises(error, match=rf"^127\.0\.0\.1 .*{says}"):
            await client.requests().get(it.url)
    assert len(it.asked) == 1


@pytest.mark.parametrize("status", [200, 202, 204])
async def test_an_answer(status: int) -> None:
    async with upstream(always(status)) as (it, client):
        assert (await client.requests().get(it.url)).status == status


async def test_a_token_that_is_refused() -> None:
    async with upstream(always(401)) as (it, client):
        with pytest.raises(Withheld, match=r"refuses our token \(401\)") as raised:
            await client.requests().get(it.url, token="Bearer secret")
    assert "secret" not in repr(raised.value)
    assert raised.value.__cause__ is None


PIECE = b"x" * 65536


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (always(500), Unreachable),
        (always(503), Unreachable),
        (always(408), Unreachable),
        (raw(b"", reset=True), Unreachable),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", reset=True), Unreachable),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), Unreachable),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"), Unreachable),
        (raw(b"SSH-2.0-OpenSSH_9.7\r\n\r\n"), Unreadable),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"A: %s\r\n" % (b"a" * 9000) + b"\r\n"), Unreadable),
        (always(200, b"no gzip", Content_Encoding="gzip"), Unreachable),
    ],
)
async def test_a_failure_is_tried_again_and_each_request_is_counted(
    answer: Handler, error: type[UpstreamError]
) -> None:
    async with upstream(answer) as (it, client):
        requests = client.requests()
        with pytest.raises(error) as raised:
            await requests.get(it.url, token="Bearer secret")
    assert type(raised.value) is error
    assert len(it.asked) == requests.count == 4
    assert raised.value.__cause__ is None


async def test_a_failure_that_passes_is_not_seen() -> None:
    failures = iter([always(502), raw(b"", reset=True), always(503)])

    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(failures, always(200))(request)

    async with upstream(answer) as (it, client):
        requests = client.requests()
        assert (await requests.get(it.url)).status == 200
    assert requests.count == 4


async def test_a_kept_connection_that_breaks_costs_no_request_that_is_not_counted() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if len(it.asked) == 2:
            return await raw(b"", reset=True)(request)
        return web.Response()

    async with upstream(answer) as (it, client):
        requests = client.requests()
        await requests.get(it.url)
        await requests.get(it.url)
    assert len(it.asked) == requests.count == 3


async def test_an_answer_that_does_not_come_is_tried_again() -> None:
    async def hang(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    async with upstream(hang, IMPATIENT) as (it, client):
        with pytest.raises(Unreachable, match="does not answer in time"):
            await client.requests().get(it.url)
    assert len(it.asked) == 4


async def test_an_answer_that_drips_is_given_up() -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)

    async with upstream(drip, IMPATIENT) as (it, client):
        with pytest.raises(Unreachable, match="does not finish"):
            await client.requests().get(it.url)
    assert len(it.asked) == 1


async def test_who_does_not_accept_connections_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        began = time.monotonic()
        async with Client(settings(f"http://127.0.0.1:{port}"), times=IMPATIENT) as client:
            with pytest.raises(Unreachable, match="in time"):
                await client.requests().get(f"http://127.0.0.1:{port}/github/x")
        assert time.monotonic() - began < 4 * 0.3 + 1
        for each in waiting:
            each.close()


async def test_a_host_without_a_name_or_a_port() -> None:
    async with Client(
        settings("http://127.0.0.1:1"), bases=["http://no.invalid"], times=IMPATIENT
    ) as it:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 cannot be connected to"):
            await it.requests().get("http://127.0.0.1:1/x")
        with pytest.raises(Unreachable, match=r"no\.invalid is no name that is known"):
            await it.requests().get("http://no.invalid/x")


async def test_a_host_that_speaks_no_tls() -> None:
    async with upstream() as (it, _):
        base = it.base.replace("http:", "https:")
        async with Client(settings(base), times=IMPATIENT) as client:
            with pytest.raises(Unreachable, match=r"cannot be connected to safely \(TLS\)"):
                await client.requests().get(f"{base}/github/x")
    assert it.asked == []


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(PIECE)


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize(
    "answer", [endless, always(200, bomb(2000), Content_Encoding="gzip")], ids=["endless", "bomb"]
)
async def test_an_answer_that_is_too_large_costs_neither_memory_nor_time(answer: Handler) -> None:
    async with upstream(answer, Times()) as (it, client):
        before = resource.getrusage(resource.RUSAGE_SELF)
        with pytest.raises(Unreadable, match="more than 10 MB"):
            await client.requests().get(it.url)
        after = resource.getrusage(resource.RUSAGE_SELF)
    assert len(it.asked) == 1
    assert after.ru_maxrss - before.ru_maxrss < 60 * 1024
    assert after.ru_utime - before.ru_utime < 2


async def test_a_large_answer_may_be_packed() -> None:
    body = b"[" + b"1," * 4_000_000 + b"1]"
    async with upstream(always(200, gzip.compress(body, 1), Content_Encoding="gzip")) as (
        it,
        client,
    ):
        assert (await client.requests().get(it.url)).body == body


async def test_cookies_are_not_kept() -> None:
    async with upstream(always(200, Set_Cookie="a=b")) as (it, client):
        for _ in range(2):
            await client.requests().get(it.url)
    assert "Cookie" not in it.asked[1].headers


async def test_a_package_costs_no_more_than_it_may() -> None:
    async with upstream() as (it, client):
        requests = client.requests()
        for _ in range(6):
            await requests.get(it.url)
        with pytest.raises(Unreachable, match="more requests"):
            await requests.get(it.url)
        for page in range(54):
            await requests.get(f"{it.url}?page={page}")
        with pytest.raises(Unreachable, match="more requests"):
            await requests.get(f"{it.url}?page=54")
        assert len(it.asked) == requests.count == 60
        batch = client.requests(subjects=50)
        for page in range(100):
            await batch.post(it.url, {"page": page})
        assert batch.count == 100
