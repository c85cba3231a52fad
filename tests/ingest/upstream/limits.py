"""The limits of a site: announced, enforced, and kept watch over."""

import math
import time
from collections import deque
from dataclasses import dataclass, field

from tests.ingest.upstream.answers import Answer, Ask


@dataclass(frozen=True, slots=True)
class Limit:
    """Requests in `window` seconds, and the secondary ones: at once, and in a minute.

    Over a secondary limit the site asks for `patience` seconds.
    """

    anonymous: int = 60
    with_token: int = 5_000
    window: float = 3_600
    at_once: int | None = None
    a_minute: int | None = None
    patience: int = 2


@dataclass(slots=True)
class Bucket:
    """What one client has used of a limit until it is reset, in seconds since 1970."""

    used: int
    resets: int


@dataclass(slots=True)
class Gate:
    """A site's limits at work. `broken` are requests that came though the site had said not to."""

    github: bool
    limit: Limit | None
    buckets: dict[tuple[str | None, str], Bucket] = field(default_factory=dict)
    closed: dict[str, tuple[float, float]] = field(default_factory=dict)
    recent: deque[float] = field(default_factory=deque)
    broken: list[str] = field(default_factory=list)

    UNDERWAY = 0.5
    """Seconds for which requests that were underway as the limit was announced are forgiven."""

    def close(self, seconds: float, resource: str = "") -> None:
        """It is announced that nothing may be asked of the resource, or of all, for that long."""
        now = time.time()
        told, until = self.closed.get(resource, (now, now))
        self.closed[resource] = (told if now < until else now, max(until, now + seconds))

    def refused(self, ask: Ask, at_once: int) -> Answer | None:
        """The answer to a request that is over a limit; None where it is within all."""
        now, resource = time.time(), resource_of(ask)
        for told, until in (self.closed.get("", (0, 0)), self.closed.get(resource, (0, 0))):
            if told + self.UNDERWAY < now < until - 0.05:
                self.broken.append(f"{ask.method} {ask.path}: {until - now:.2f} s too early")
        until = self.closed.get("", (0, 0))[1]
        if now < until:
            return self._secondary(math.ceil(until - now))
        if not self.limit:
            return None
        while self.recent and self.recent[0] < now - 60:
            self.recent.popleft()
        self.recent.append(now)
        if at_once > (self.limit.at_once or at_once) or len(self.recent) > (
            self.limit.a_minute or len(self.recent)
        ):
            self.recent.clear()
            self.close(self.limit.patience)
            return self._secondary(self.limit.patience)
        bucket = self.bucket(ask)
        return None if bucket.used < self._most(ask) else self._primary(ask, bucket)

    def bucket(self, ask: Ask) -> Bucket:
        """What the client of that request has used of the limit that is for such requests."""
        now, key = time.time(), (ask.token, resource_of(ask))
        window = self.limit.window if self.limit else 3_600
        if key not in self.buckets or now >= self.buckets[key].resets:
            self.buckets[key] = Bucket(0, math.ceil(now + window))
        return self.buckets[key]

    def spend(self, ask: Ask, cost: int) -> dict[str, str]:
        """Charge a request, and announce what is left: the headers. No limit: none."""
        if not self.limit:
            return {}
        bucket = self.bucket(ask)
        bucket.used += cost
        left = max(0, self._most(ask) - bucket.used)
        if not left:
            self.close(bucket.resets - time.time(), resource_of(ask))
        prefix = "X-RateLimit-" if self.github else "RateLimit-"
        shown = {"Limit": self._most(ask), "Remaining": left, "Reset": bucket.resets}
        named = {f"{prefix}{key}": str(value) for key, value in shown.items()}
        return named | ({"X-RateLimit-Resource": resource_of(ask)} if self.github else {})

    def _most(self, ask: Ask) -> int:
        limit = self.limit or Limit()
        return limit.with_token if ask.token else limit.anonymous

    def _primary(self, ask: Ask, bucket: Bucket) -> Answer:
        headers = self.spend(ask, 0)
        message = "API rate limit exceeded for 127.0.0.1."
        if resource_of(ask) == "graphql":
            error = {"type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": message}
            return Answer(200, {"errors": [error]}, headers)
        if self.github:
            return Answer(403, {"message": message}, headers)
        wait = str(math.ceil(bucket.resets - time.time()))
        return Answer(429, {"message": "Too Many Requests"}, {**headers, "Retry-After": wait})

    def _secondary(self, seconds: int) -> Answer:
        headers = {"Retry-After": str(seconds)}
        if not self.github:
            return Answer(429, {"message": "Too Many Requests"}, headers)
        message = "You have exceeded a secondary rate limit. Please wait a few minutes."
        return Answer(403, {"message": message}, headers)


def resource_of(ask: Ask) -> str:
    """GitHub counts REST and GraphQL apart."""
    return "graphql" if ask.path == "/graphql" else "core"
