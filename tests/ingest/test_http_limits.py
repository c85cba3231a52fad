"""Limits and failures over real HTTP: who asks when, as the upstream itself counts it."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable

import pytest
from aiohttp import web
from yarl import URL

from ingest.errors import Later, Unreachable, UpstreamError
from ingest.http import Times
from tests.ingest.loopback import IMPATIENT, always, upstream


class Limiting:
    """An upstream that lets `most` through, then refuses for a time, and counts who asks in it."""

    def __init__(self, most: int, refusal: Callable[[], web.Response], seconds: float) -> None:
        self.most, self.refusal, self.seconds = most, refusal, seconds
        self.answered: Counter[str] = Counter()
        self.told = 0.0
        self.early = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        now = time.monotonic()
        if self.told and now < self.told + self.seconds:
            self.early += now > self.told + 0.1  # What was under way is forgiven.
            return self.refusal()
        if self.most == 0 and not self.told:
            self.told = now
            return self.refusal()
        self.most -= 1
        await asyncio.sleep(0.01)
        self.answered[request.path] += 1
        return web.Response(headers={"X-RateLimit-Remaining": "17"})


def refusal(status: int, **headers: str) -> Callable[[], web.Response]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: web.Response(status=status, headers=named)


def primary() -> web.Response:
    at = str(int(time.time()) + 2)
    return web.Response(status=403, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": at})


@pytest.mark.parametrize(
    ("refusing", "seconds"),
    [
        (refusal(429, Retry_After="1"), 1),
        (refusal(403, Retry_After="1"), 1),
        (refusal(503, Retry_After="1"), 1),
        (primary, 1),
    ],
)
async def test_a_limit_holds_for_all_and_is_waited_for(
    refusing: Callable[[], web.Response], seconds: float
) -> None:
    limiting = Limiting(20, refusing, seconds)
    async with upstream(limiting) as (it, client):
        fetches = [client.requests() for _ in range(60)]
        urls = [f"{it.base}/github/repos/a/b{number}" for number in range(60)]
        await asyncio.gather(*(one.get(url) for one, url in zip(fetches, urls, strict=True)))
    assert limiting.early == 0
    assert len(limiting.answered) == 60
    assert set(limiting.answered.values()) == {1}
    assert fetches[0].left == 17


async def test_a_limit_that_lasts_is_for_later() -> None:
    async with upstream(always(429, Retry_After="86400")) as (it, client):
        with pytest.raises(Later, match="asks us to wait"):
            await client.requests().get(it.url)
        with pytest.raises(Later):
            await client.requests().get(it.url)
        assert len(it.asked) == 1
        with pytest.raises(Later):
            await client.requests().get(f"{it.base}/gitlab/x")
        assert len(it.asked) == 2


async def test_patience_is_for_all_of_a_fetch() -> None:
    async with upstream(always(429, Retry_After="1"), Times(patience=2.5)) as (it, client):
        began = time.monotonic()
        with pytest.raises(Later):
            await client.requests().get(it.url)
    assert 2 <= time.monotonic() - began < 2.5
    assert len(it.asked) == 3


async def test_a_refusal_in_words_alone() -> None:
    body = b'{"message": "You have exceeded a secondary rate limit."}'
    async with upstream(always(403, body)) as (it, client):
        with pytest.raises(Later) as raised:
            await client.requests().get(it.url)
        with pytest.raises(Later):
            await client.requests().post(f"{it.base}/github/graphql", {})
    assert 59 < raised.value.until.timestamp() - time.time() <= 60
    assert len(it.asked) == 1


async def test_graphql_has_limits_of_its_own() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.method == "GET":
            return web.Response()
        spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + 600)}
        return web.Response(body=b'{"errors":[{"type":"RATE_LIMITED"}]}', headers=spent)

    async with upstream(answer) as (it, client):
        with pytest.raises(Later, match="has no requests left for us") as raised:
            await client.requests().post(f"{it.base}/github/graphql", {})
        assert (await client.requests().get(it.url)).status == 200
    assert 590 < raised.value.until.timestamp() - time.time() <= 601


async def test_a_limit_is_known_before_its_body_is_read() -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=429, headers={"Retry-After": "60"})
        await response.prepare(request)
        await asyncio.sleep(30)
        return response

    async with upstream(slow, IMPATIENT) as (it, client):
        first = asyncio.create_task(client.requests().get(it.url))
        await asyncio.sleep(0.1)
        with pytest.raises(Later):
            await client.requests().get(it.url)
        with pytest.raises(UpstreamError):
            await first
    assert len(it.asked) == 1


async def test_a_gate_that_closes_while_a_connection_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with upstream() as (it, client):
        loop, connect = asyncio.get_running_loop(), asyncio.get_running_loop().sock_connect

        async def slowly(*args: object) -> None:
            client.gates.of(it_url).close(60, "is full")
            await connect(*args)  # type: ignore[arg-type]

        it_url = URL(it.url)
        monkeypatch.setattr(loop, "sock_connect", slowly)
        with pytest.raises(Later, match="is full"):
            await client.requests().get(it.url)
    assert it.asked == []


async def test_a_dead_host_is_left_alone_and_holds_up_no_other() -> None:
    async with upstream() as (it, client):
        dead = f"{it.base}/bitbucket/"

        async def answer(request: web.Request) -> web.StreamResponse:
            return await always(500 if request.path.startswith("/bitbucket") else 200)(request)

        it.answer = answer
        fetches = [client.requests().get(f"{dead}{number}") for number in range(50)]
        fetches += [client.requests().get(f"{it.url}{number}") for number in range(50)]
        answers = await asyncio.gather(*fetches, return_exceptions=True)
    assert all(isinstance(answer, Unreachable | Later) for answer in answers[:50])
    assert isinstance(answers[49], Later)
    assert str(answers[49]).startswith("127.0.0.1 does not answer; it is asked again at ")
    assert not any(isinstance(answer, BaseException) for answer in answers[50:])
    assert sum(asked.path.startswith("/bitbucket") for asked in it.asked) <= 10 + 16


async def test_one_failure_in_ten_breaks_nothing() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=503 if len(it.asked) % 10 == 0 else 200)

    async with upstream(answer) as (it, client):
        fetches = (client.requests().get(f"{it.url}{number}") for number in range(500))
        answers = await asyncio.gather(*fetches)
    assert {answer.status for answer in answers} == {200}
