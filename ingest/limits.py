"""When an upstream may be asked: what it announced, its pace, and whether it answers at all."""

import asyncio
import datetime as dt
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from pypi_simple import PYPI_SIMPLE_ENDPOINT
from yarl import URL

from ingest.errors import Later

Announce = Callable[[str, dt.datetime, str], Awaitable[None]]
"""What is called with an API's address, until when it is closed, and why."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many requests may be under way at once, and how many may begin in a second."""

    concurrency: int = 16
    rate: float | None = None


# Below what each upstream says that it bears: GitHub 900 a minute, GitLab 400 of projects.
PACES = {
    "api.github.com": Pace(rate=14),
    "gitlab.com": Pace(concurrency=8, rate=6),
    "api.bitbucket.org": Pace(concurrency=4, rate=4),
    "codeberg.org": Pace(concurrency=4, rate=4),
    str(URL(PYPI_SIMPLE_ENDPOINT).host): Pace(rate=50),
}

_MINUTE = 60.0
_HOUR = 3600.0
_DAY = 86400.0
_FAILURES = 10
_OPEN_FIRST, _OPEN_MOST = 30.0, 600.0
_PROBE = 30.0
_WIDER = 1 / 16  # for each success: one more at once after sixteen
_SPEAKS_OF_LIMIT = re.compile(rb"rate.?limit|abuse detection|too many requests", re.IGNORECASE)


def _number(headers: Mapping[str, str], *names: str) -> int | None:
    for name in names:
        text = headers.get(name, "").strip()
        if text.isascii() and text.isdigit() and len(text) < 16:
            return int(text)
    return None


def _date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, TypeError, OverflowError):
        return None


def left(headers: Mapping[str, str]) -> int | None:
    """How many requests an answer says are left of the limit."""
    return _number(headers, "X-RateLimit-Remaining", "RateLimit-Remaining")


def until_reset(headers: Mapping[str, str]) -> float | None:
    """Seconds until the limit is whole again; by the upstream's own clock where it tells it."""
    reset = _number(headers, "X-RateLimit-Reset", "RateLimit-Reset")
    if reset is None:
        return None
    now = _date(headers.get("Date")) or time.time()
    seconds = reset - now if reset > 10 * _DAY else float(reset)
    return min(seconds, _DAY) if seconds > 0 else None


def until_retry(headers: Mapping[str, str]) -> float | None:
    """The seconds of Retry-After, at least one and at most a day; None where it says nothing."""
    seconds: float | None = _number(headers, "Retry-After")
    if seconds is None and (date := _date(headers.get("Retry-After"))) is not None:
        seconds = date - (_date(headers.get("Date")) or time.time())
    return None if seconds is None else min(max(seconds, 1.0), _DAY)


def is_limit(status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer's headers say that it refuses because of a limit."""
    if status in {403, 503}:
        return left(headers) == 0 or until_retry(headers) is not None
    return status == 429


def speaks_of_limit(status: int, body: bytes) -> bool:
    """Whether an answer that does not say so in its headers refuses because of a limit.

    GitHub's secondary limits are told by the text alone, and GraphQL's by a short answer of status
    200 without data.
    """
    if status == 200 and (len(body) > 2000 or b'"data":{' in body):
        return False
    return status in {200, 403} and bool(_SPEAKS_OF_LIMIT.search(body, 0, 2000))


class Gate:
    """The way to one API. Each request goes through `enter`, and `leave` when it is over.

    It is closed while a limit that was announced lasts, and while the upstream does not answer:
    after ten failures with no success between for half a minute, then one request is let through
    as a probe, and as long as that fails the time doubles, to ten minutes at most. A refusal that
    is not of the hour's or the minute's limit halves how many go at once; it grows back slowly.
    """

    def __init__(self, api: str, pace: Pace, announce: Announce | None = None) -> None:
        self.api = api
        self.kin: list[Gate] = []
        self._host = URL(api).host
        self._announce = announce
        self._slots = asyncio.Semaphore(pace.concurrency)
        self._most_at_once, self._at_once = pace.concurrency, float(pace.concurrency)
        self._interval = 1 / pace.rate if pace.rate else 0.0
        self._next = 0.0
        self._closed_until, self._why = 0.0, ""
        self._refusals = 0
        self._left, self._left_until = 0, 0.0
        self._under_way = 0
        self._one_over = asyncio.Event()
        self._failures = 0
        self._broken_until, self._broken_for = 0.0, 0.0
        self._probing = False

    async def enter(self, patience: float) -> float:
        """Wait for one's turn; gives the seconds spent on limits.

        Raises Later where these would be more than `patience`, or the upstream does not answer.
        """
        spent, turn = 0.0, None
        await self._slots.acquire()
        try:
            while True:
                now = time.monotonic()
                if now < self._broken_until:
                    raise self._later(self._broken_until - now, "does not answer")
                if (wait := self._closed_until - now) > 0:
                    if spent + wait > patience:
                        raise self.later()
                    await asyncio.sleep(wait)
                    spent += wait
                elif self._under_way >= max(self._may_be_under_way(now), 1):
                    await self._one_over.wait()
                elif turn is None:
                    turn = max(self._next, now)
                    self._next = turn + self._interval
                elif now < turn:
                    await asyncio.sleep(turn - now)
                else:
                    break
            if self._broken_until:
                self._broken_until, self._probing = now + _PROBE, True
        except BaseException:
            self._slots.release()
            raise
        self._under_way += 1
        return spent

    def _may_be_under_way(self, now: float) -> float:
        return min(self._at_once, self._left) if now < self._left_until else self._at_once

    def leave(self) -> None:
        """A request is over."""
        self._under_way -= 1
        self._slots.release()
        self._one_over.set()
        self._one_over.clear()

    @property
    def is_closed(self) -> bool:
        """Whether a limit lasts."""
        return time.monotonic() < self._closed_until

    def later(self) -> Later:
        """What to raise while a limit lasts."""
        return self._later(self._closed_until - time.monotonic(), self._why)

    def _later(self, seconds: float, why: str) -> Later:
        until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=max(seconds, 0))
        return Later(f"{self._host} {why}; it is asked again at {until:%H:%M} UTC", until)

    def close(self, seconds: float, why: str) -> bool:
        """Let nothing through for so long, or longer where it is closed already.

        Whether that is news: more than a second longer than was known.
        """
        until = time.monotonic() + seconds
        is_news = until > self._closed_until + 1
        if until > self._closed_until:
            self._closed_until, self._why = until, why
        return is_news

    def failed(self) -> None:
        """A request was not answered, or by an error of the upstream's."""
        self._failures += 1
        now = time.monotonic()
        if self._probing or (self._failures >= _FAILURES and now >= self._broken_until):
            self._broken_for = min(self._broken_for * 2 or _OPEN_FIRST, _OPEN_MOST)
            self._broken_until, self._probing = now + self._broken_for, False

    def succeeded(self) -> None:
        """A request was answered, and not refused because of a limit."""
        self._mend()
        self._at_once = min(self._at_once + _WIDER, self._most_at_once)
        if not self.is_closed:
            self._refusals = 0

    def _mend(self) -> None:
        self._failures, self._broken_until, self._broken_for = 0, 0.0, 0.0
        self._probing = False

    async def heard(self, status: int, headers: Mapping[str, str]) -> None:
        """Take in what an answer's headers say of limits."""
        remaining, reset = left(headers), until_reset(headers)
        if remaining is not None and reset is not None:
            until = time.monotonic() + reset
            # Answers overtake each other: of one window, the least that was told holds.
            if abs(until - self._left_until) < 2:
                self._left = min(remaining, self._left)
            else:
                self._left, self._left_until = remaining, until
        used_up_for = reset if remaining == 0 and reset is not None else 0
        if is_limit(status, headers):
            seconds = max(until_retry(headers) or 0, used_up_for)
            await self.refused(seconds, is_of_all=remaining != 0)
        elif used_up_for:
            await self._shut(used_up_for, "has no requests left for us", [self])

    async def refused(self, seconds: float = 0, *, is_of_all: bool = True) -> None:
        """Close because of a refusal: for a minute where it does not say how long, then for two.

        What is not the limit of one API is that of its kin as well.
        """
        self._mend()
        if is_of_all and not self.is_closed:
            self._at_once = max(self._at_once // 2, 1)
        if not seconds and not self.is_closed:
            seconds = min(_MINUTE * 2**self._refusals, _HOUR)
            self._refusals += 1
        await self._shut(seconds, "asks us to wait", [self, *self.kin] if is_of_all else [self])

    async def _shut(self, seconds: float, why: str, gates: "list[Gate]") -> None:
        until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
        news = [gate.api for gate in gates if gate.close(seconds, why)]
        if self._announce:
            for api in news:
                await self._announce(api, until, why)


def _spelled(api: str) -> str:
    return str(URL(api)).rstrip("/")


class Gates:
    """The gates of all APIs: one for each address that is in the settings, else for each origin."""

    def __init__(
        self, apis: Iterable[str], kin: tuple[str, str], announce: Announce | None = None
    ) -> None:
        self._announce = announce
        self._gates: dict[str, Gate] = {}
        self._apis = sorted({_spelled(api) for api in apis}, key=len, reverse=True)
        first, second = (self._of(_spelled(api)) for api in kin)
        first.kin, second.kin = [second], [first]

    def of(self, url: URL) -> Gate:
        """The gate that a request to this address goes through."""
        text = str(url)
        for api in self._apis:
            if text.startswith(api) and text[len(api) : len(api) + 1] in {"", "/", "?"}:
                return self._of(api)
        return self._of(str(url.origin()))

    def _of(self, api: str) -> Gate:
        if api not in self._gates:
            pace = PACES.get(URL(api).host or "", Pace())
            self._gates[api] = Gate(api, pace, self._announce)
        return self._gates[api]

    def close(self, api: str, until: dt.datetime, why: str) -> None:
        """Close an API's gate, as another worker announced it."""
        seconds = (until - dt.datetime.now(dt.UTC)).total_seconds()
        self._of(_spelled(api)).close(seconds, why)
