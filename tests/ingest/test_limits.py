"""What upstreams announce in their headers, and a gate: closed, paced, broken, probed."""

import asyncio
import datetime as dt
import time
from collections.abc import Iterator
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from multidict import CIMultiDict
from yarl import URL

from ingest import limits
from ingest.errors import Later
from ingest.limits import (
    Gate,
    Gates,
    Pace,
    is_limit,
    left,
    speaks_of_limit,
    until_reset,
    until_retry,
)

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
YESTERDAY = NOW - dt.timedelta(days=1)
DAY = 86400


def http_date(at: dt.datetime) -> str:
    return format_datetime(at, usegmt=True)


def kind(value: object) -> str:
    """The name of a case: its dates would be other ones in each process."""
    return type(value).__name__


def epoch(at: dt.datetime, seconds: int) -> str:
    return str(int(at.timestamp()) + seconds)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("2", 2),
        (" 2 ", 2),
        ("0", 1),
        ("86400", DAY),
        ("1000000000", DAY),
        (http_date(YESTERDAY + dt.timedelta(seconds=7)), 7),  # by the upstream's clock
        (http_date(YESTERDAY - dt.timedelta(seconds=7)), 1),
        (http_date(YESTERDAY + dt.timedelta(days=900)), DAY),
        *((garbage, None) for garbage in ("", "-5", "soon", "1e9", "2.5", "٣", "9" * 400, "Mon")),
        ("Fri, 99 Nov 99999 99:99:99 GMT", None),
    ],
    ids=kind,
)
def test_retry_after(given: str, seconds: float | None) -> None:
    headers = CIMultiDict({"retry-after": given, "date": http_date(YESTERDAY)})
    assert until_retry(headers) == seconds


@pytest.mark.parametrize(
    ("date", "reset", "seconds"),
    [
        (http_date(NOW), epoch(NOW, 30), 30),
        (http_date(YESTERDAY), epoch(YESTERDAY, 30), 30),
        (http_date(NOW), "30", 30),
        (http_date(NOW), epoch(NOW, -3600), None),
        (http_date(NOW), epoch(NOW, 10 * DAY), DAY),
        (http_date(NOW), "never", None),
        (http_date(NOW), "0", None),
    ],
    ids=kind,
)
@pytest.mark.parametrize("name", ["X-RateLimit-Reset", "RateLimit-Reset"])
def test_reset(name: str, date: str, reset: str, seconds: float | None) -> None:
    assert until_reset(CIMultiDict({name: reset, "Date": date})) == seconds


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Nov 99999 99:99:99 GMT"])
def test_without_a_date_ones_own_clock_is_used(date: str) -> None:
    seconds = until_reset({"X-RateLimit-Reset": epoch(dt.datetime.now(dt.UTC), 600), "Date": date})
    assert seconds is not None
    assert 500 < seconds <= 600


@pytest.mark.parametrize(
    ("status", "headers", "refuses"),
    [
        (429, {}, True),
        (403, {"Retry-After": "60"}, True),
        (403, {"X-RateLimit-Remaining": "0"}, True),
        (403, {"RateLimit-Remaining": "0"}, True),
        (403, {"X-RateLimit-Remaining": "17"}, False),
        (403, {"Retry-After": "soon"}, False),
        (503, {"Retry-After": "60"}, True),
        (503, {}, False),
        (404, {"X-RateLimit-Remaining": "0"}, False),
        (200, {"X-RateLimit-Remaining": "0"}, False),
    ],
)
def test_refusals_because_of_a_limit(status: int, headers: dict[str, str], refuses: bool) -> None:
    assert is_limit(status, headers) is refuses


@pytest.mark.parametrize(
    ("status", "body", "refuses"),
    [
        (403, b'{"message":"You have exceeded a secondary rate limit. Wait."}', True),
        (403, b'{"message":"You have triggered an abuse detection mechanism."}', True),
        (403, b'{"message":"Repository access blocked"}', False),
        (200, b'{"errors":[{"type":"RATE_LIMITED","message":"API rate limit"}]}', True),
        (200, b'{"data":{"a":{"description":"RATE_LIMITED"}}}', False),
        (200, b'{"description":"rate limit"}' + b" " * 2000, False),
        (404, b"rate limit", False),
    ],
)
def test_refusals_that_say_so_in_words(status: int, body: bytes, refuses: bool) -> None:
    assert speaks_of_limit(status, body) is refuses


class Clock(SimpleNamespace):
    """A clock that is put forward by hand."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return time.time()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


def gate(**pace: float) -> Gate:
    return Gate("https://api.example.org", Pace(**pace))  # type: ignore[arg-type]


async def may_enter(gate: Gate, patience: float = 0) -> bool:
    try:
        await gate.enter(patience)
    except Later:
        return False
    gate.leave()
    return True


async def test_no_more_at_once_than_the_pace_says() -> None:
    it, under_way, most = gate(concurrency=3), 0, 0

    async def one() -> None:
        nonlocal under_way, most
        await it.enter(0)
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.001)
        under_way -= 1
        it.leave()

    await asyncio.gather(*(one() for _ in range(50)))
    assert most == 3


async def test_no_more_in_a_second_than_the_pace_says() -> None:
    it, began = gate(rate=50), time.monotonic()
    for _ in range(11):
        await it.enter(0)
        it.leave()
    assert 0.18 <= time.monotonic() - began < 1


async def test_a_limit_is_waited_for_within_patience() -> None:
    it, began = gate(), time.monotonic()
    it.close(0.2, "asks us to wait")
    spent = await asyncio.gather(*(it.enter(1) for _ in range(16)))
    assert time.monotonic() - began >= 0.2
    assert all(0.1 < each <= 0.21 for each in spent)


async def test_a_limit_beyond_patience_is_for_later() -> None:
    it = gate()
    it.close(100, "asks us to wait")
    with pytest.raises(
        Later, match=r"^api\.example\.org asks us to wait; .* at \d\d:\d\d UTC"
    ) as is_:
        await it.enter(90)
    seconds = (is_.value.until - dt.datetime.now(dt.UTC)).total_seconds()
    assert 99 < seconds <= 100


async def test_a_limit_that_is_lengthened_while_it_is_waited_for_holds() -> None:
    it, began = gate(), time.monotonic()
    it.close(0.1, "")
    waiting = asyncio.create_task(it.enter(1))
    await asyncio.sleep(0.05)
    it.close(0.25, "")
    await waiting
    assert time.monotonic() - began >= 0.3


async def test_a_limit_is_never_shortened(clock: Clock) -> None:
    it = gate()
    assert it.close(60, "")
    assert not it.close(2, "")
    clock.now += 59
    assert not await may_enter(it)
    clock.now += 1
    assert await may_enter(it)


async def test_refusals_that_say_no_time_grow(clock: Clock) -> None:
    it = gate()
    for minutes in (1, 2, 4, 8):
        for _ in range(5):  # Those that were under way are refused as well: one refusal.
            await it.heard(429, {})
        clock.now += 60 * minutes - 1
        assert not await may_enter(it)
        clock.now += 1
        assert await may_enter(it)
    it.succeeded()
    await it.heard(429, {})
    clock.now += 60
    assert await may_enter(it)


async def test_a_refusal_halves_how_many_go_at_once(clock: Clock) -> None:
    it = gate(concurrency=16)
    for _ in range(16):
        await it.heard(429, {"Retry-After": "1"})  # They were all under way: it is one refusal.
    clock.now += 1
    waiting = [asyncio.create_task(it.enter(0)) for _ in range(16)]
    await asyncio.sleep(0.01)
    assert sum(one.done() for one in waiting) == 8
    for _ in range(16):
        it.succeeded()
    it.leave()
    await asyncio.sleep(0.01)
    assert sum(one.done() for one in waiting) == 10  # One has left, and one more may go.
    for one in waiting:
        one.cancel()


async def test_with_nothing_left_it_closes_until_the_reset(clock: Clock) -> None:
    it = gate()
    reset = {"X-RateLimit-Reset": epoch(NOW, 600), "Date": http_date(NOW)}
    await it.heard(200, {"X-RateLimit-Remaining": "1", **reset})
    assert await may_enter(it)
    await it.heard(200, {"X-RateLimit-Remaining": "0", **reset})
    clock.now += 599
    assert not await may_enter(it)
    clock.now += 1
    assert await may_enter(it)


async def test_no_more_are_under_way_than_are_left() -> None:
    it = gate()
    headers = {"X-RateLimit-Reset": epoch(NOW, 600), "Date": http_date(NOW)}
    await it.heard(200, {"X-RateLimit-Remaining": "2", **headers})
    await it.heard(200, {"X-RateLimit-Remaining": "3", **headers})  # overtaken by the other
    await it.enter(0)
    await it.enter(0)
    third = asyncio.create_task(it.enter(0))
    await asyncio.sleep(0.01)
    assert not third.done()
    it.leave()
    await third


async def test_of_a_window_that_is_over_nothing_holds_up(clock: Clock) -> None:
    it = gate()
    await it.heard(200, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "10"})
    await it.heard(200, {"X-RateLimit-Remaining": "3", "X-RateLimit-Reset": "11"})
    clock.now += 10
    assert await asyncio.wait_for(may_enter(it), 1)


async def test_a_probe_that_is_refused_because_of_a_limit_shows_that_it_answers() -> None:
    it = gate()
    for _ in range(10):
        it.failed()
    await it.heard(429, {"Retry-After": "1"})
    assert await may_enter(it, patience=1)


async def test_those_that_are_turned_away_use_up_no_turns() -> None:
    it = gate(rate=10)
    it.close(0.05, "")
    for _ in range(100):
        assert not await may_enter(it)
    began = time.monotonic()
    assert await may_enter(it, patience=1)
    assert time.monotonic() - began < 1


async def test_a_window_that_slides_is_followed() -> None:
    it = gate()
    for remaining in (1, 40):
        reset = str(60 + remaining)
        await it.heard(200, {"RateLimit-Remaining": str(remaining), "RateLimit-Reset": reset})
    await asyncio.wait_for(asyncio.gather(*(it.enter(0) for _ in range(16))), 1)


async def test_after_ten_failures_in_a_row_it_breaks_and_is_probed(clock: Clock) -> None:
    it = gate()
    for _ in range(10):
        assert await may_enter(it)
        it.failed()
    for seconds in (30, 60, 120, 240, 480, 600, 600):
        it.failed()  # one that was under way: it changes nothing
        assert not await may_enter(it)
        clock.now += seconds - 1
        assert not await may_enter(it)
        clock.now += 1
        assert await may_enter(it)
        assert not await may_enter(it)  # There is one probe.
        it.failed()
    clock.now += 600
    assert await may_enter(it)
    it.succeeded()
    assert await may_enter(it)
    for _ in range(10):
        it.failed()
    clock.now += 30
    assert await may_enter(it)


async def test_a_probe_that_gets_lost_is_followed_by_another(clock: Clock) -> None:
    it = gate()
    for _ in range(10):
        it.failed()
    for _ in range(3):
        clock.now += 30
        assert await may_enter(it)
        assert not await may_enter(it)


async def test_those_that_wait_for_a_turn_learn_that_it_broke() -> None:
    it = gate(concurrency=1)
    await it.enter(0)
    waiting = [asyncio.create_task(it.enter(0)) for _ in range(5)]
    for _ in range(10):
        it.failed()
    it.leave()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(answer, Later) for answer in answers)


async def test_who_gives_up_waiting_leaves_no_place_taken() -> None:
    it = gate(concurrency=1)
    it.close(5, "")
    waiting = asyncio.create_task(it.enter(10))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert not await may_enter(it)
    with pytest.raises(Later):
        await asyncio.wait_for(it.enter(0), 1)


async def test_each_address_has_its_gate() -> None:
    rest, graphql = "http://127.0.0.1:1/github", "http://127.0.0.1:1/github/graphql"
    gates = Gates([rest + "/", graphql, "http://127.0.0.1:1/pypi"], (rest, graphql))
    assert gates.of(URL(rest + "/repos/a/b")) is gates.of(URL(rest + "?x=1"))
    assert gates.of(URL(graphql)).api == graphql
    assert gates.of(URL("http://127.0.0.1:1/githubbub")).api == "http://127.0.0.1:1"
    assert gates.of(URL("https://example.org/a")) is gates.of(URL("https://example.org/b"))


async def test_what_is_announced_is_told_once_and_what_others_announced_holds() -> None:
    told: list[tuple[str, dt.datetime, str]] = []

    async def announce(api: str, until: dt.datetime, why: str) -> None:
        told.append((api, until, why))

    rest, graphql = "https://api.github.com", "https://api.github.com/graphql"
    gates = Gates([rest, graphql], (rest, graphql), announce)
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "50"}
    for _ in range(16):
        await gates.of(URL(rest)).heard(403, spent)
    assert [api for api, *_ in told] == [rest]
    assert 49 < (told[0][1] - dt.datetime.now(dt.UTC)).total_seconds() <= 50
    assert await may_enter(gates.of(URL(graphql)))

    await gates.of(URL(rest)).heard(403, {"Retry-After": "60"})  # a secondary limit: of both
    assert [api for api, *_ in told] == [rest, rest, graphql]
    assert not await may_enter(gates.of(URL(graphql)))

    gates.close("https://gitlab.com", dt.datetime.now(dt.UTC) + dt.timedelta(hours=1), "is full")
    with pytest.raises(Later, match=r"gitlab\.com is full"):
        await gates.of(URL("https://gitlab.com/api/v4/projects/1")).enter(90)


def test_left() -> None:
    assert left({"X-RateLimit-Remaining": "17"}) == 17
    assert left({"RateLimit-Remaining": "4"}) == 4
    assert left({"X-RateLimit-Remaining": "many"}) is None
