"""The sites on loopback, each on a port of its own, so that each is an origin of its own."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import orjson
from aiohttp import web

from ingest.settings import IngestSettings
from tests.ingest.upstream import faults, forges, github, graphql, pypi
from tests.ingest.upstream.answers import Answer, Ask
from tests.ingest.upstream.limits import Gate, Limit
from tests.ingest.upstream.world import World

SITES: dict[str, Callable[[Ask], Answer] | None] = {
    "github.com": github.answer,
    "gitlab.com": forges.gitlab,
    "gitlab.example": forges.gitlab,
    "bitbucket.org": forges.bitbucket,
    "codeberg.org": forges.forgejo,
    "forgejo.example": forges.forgejo,
    "pypi": pypi.answer,
    "canary": None,
}
"""What is played, by the host of the repositories; the canary is an inner service, never to be
asked."""


@dataclass(slots=True)
class Stats:
    """What was asked. `urls` has a site and a URL, after a POST a hash of what was sent."""

    sites: Counter[str] = field(default_factory=Counter)
    urls: Counter[str] = field(default_factory=Counter)
    well: Counter[str] = field(default_factory=Counter)
    """How often a URL was answered as it should be, with what it was asked for."""
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    faulty: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Requests that were answered badly: the fault, the URL, and what was sent."""
    most_at_once: Counter[str] = field(default_factory=Counter)
    conditional: int = 0
    sent: int = 0
    """Bytes of bodies."""
    canary: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    """Requests with credentials that another site was shown before."""

    def paths(self) -> Counter[str]:
        """Requests by site and path, whatever the query."""
        counted: Counter[str] = Counter()
        for url, count in self.urls.items():
            counted[url.partition("?")[0].partition("#")[0]] += count
        return counted

    def faults(self) -> Counter[str]:
        """How often each fault occurred."""
        return Counter(fault for fault, _, _ in self.faulty)

    def status(self, status: int, site: str | None = None) -> int:
        """How many answers had that status: those of all sites, or of one."""
        return sum(
            count
            for (at, answered), count in self.statuses.items()
            if answered == status and site in (None, at)
        )


@dataclass
class Upstream:
    """The sites, running. Rules, limits and latency (in seconds) may be changed as they run."""

    world: World
    rules: list[faults.Rule]
    limits: Mapping[str, Limit]
    latency: float
    most_repositories: int = 100
    """As many as one GraphQL query may name; more are a timeout."""
    stats: Stats = field(default_factory=Stats)
    urls: dict[str, str] = field(default_factory=dict)
    gates: dict[str, Gate] = field(default_factory=dict)
    at_once: Counter[str] = field(default_factory=Counter)
    holders: dict[str, str] = field(default_factory=dict)
    log: list[tuple[str, str, str, dict[str, str], str]] | None = None
    """All requests, if a list is put here: site, method, path and query, headers, body."""

    @property
    def broken_limits(self) -> list[str]:
        """Requests that came in a time for which the site had said that none should."""
        return [broken for gate in self.gates.values() for broken in gate.broken]

    def settings(self, **others: Any) -> IngestSettings:
        """Settings that lead each source here."""
        by_host = {
            "github_api": self.urls["github.com"],
            "gitlab_api": self.urls["gitlab.com"],
            "bitbucket_api": self.urls["bitbucket.org"],
            "codeberg_api": self.urls["codeberg.org"],
            "pypi_api": self.urls["pypi"],
            "gitlab_hosts": {"gitlab.example": self.urls["gitlab.example"]},
            "forgejo_hosts": {"forgejo.example": self.urls["forgejo.example"]},
        }
        return IngestSettings.model_validate({**by_host, **others})

    def forget(self) -> None:
        """Count anew, and forget what was used of the limits."""
        self.stats = Stats()
        self.gates = {site: self._gate(site) for site in SITES}

    def _gate(self, site: str) -> Gate:
        return Gate(site == "github.com", self.limits.get(site))

    async def handle(self, site: str, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request to that site."""
        self.stats.sites[site] += 1
        self.at_once[site] += 1
        most = self.stats.most_at_once
        most[site] = max(most[site], self.at_once[site])
        try:
            response = await self._handle(site, request)
            self.stats.sent += max(0, response.body_length)
        finally:
            self.at_once[site] -= 1
        self.stats.statuses[site, response.status] += 1
        return response

    async def _handle(self, site: str, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        url = f"{site}{request.raw_path}"
        if request.method == "POST":
            url += f"#{hashlib.blake2b(body, digest_size=6).hexdigest()}"
        self.stats.urls[url] += 1
        self.stats.conditional += "If-None-Match" in request.headers
        self._watch(site, url, request.headers)
        if self.log is not None:
            headers = {name: text for name, text in request.headers.items() if name != "Host"}
            self.log.append((site, request.method, request.raw_path, headers, body.decode()))
        play = SITES[site]
        if not play:
            self.stats.canary.append(f"{request.method} {request.raw_path}")
            return web.json_response({"description": "canary"})
        ask = Ask(
            world=self.world,
            site=site,
            url=self.urls[site],
            method=request.method,
            path=request.raw_path.partition("?")[0],
            query=request.query,
            body=body,
            token=request.headers.get("Authorization") or request.headers.get("Private-Token"),
        )
        if self.latency:
            await asyncio.sleep(self.latency)
        gate = self.gates[site]
        refused = gate.refused(ask, self.at_once[site])
        if refused:
            return respond(refused, request)
        call = faults.Call(
            request=request,
            ask=ask,
            gate=gate,
            urls=self.urls,
            seen=self.stats.urls[url],
            answer=cache(partial(self._answer, ask, play, gate)),
        )
        for rule in self.rules:
            if rule.applies(self.world.seed, url, call.seen):
                self.stats.faulty.append((rule.fault, url, body))
                try:
                    faulty = await faults.FAULTS[rule.fault](call, rule.given)
                except ConnectionResetError:
                    return web.Response(status=599)  # the client would not have any more of it
                if faulty:
                    return faulty
        answer = call.answer()
        response = respond(answer, request)
        self.stats.well[url] += response.status in (200, 304)
        # What has not changed costs nothing of GitHub's limit, where one has a token.
        free = response.status == 304 and ask.token
        response.headers.update(gate.spend(ask, 0 if free else answer.cost))
        return response

    def _answer(self, ask: Ask, play: Callable[[Ask], Answer], gate: Gate) -> Answer:
        if ask.site == "github.com" and ask.path == "/graphql":
            bucket, limit = gate.bucket(ask), gate.limit or Limit()
            most = self.most_repositories
            return graphql.answer(ask, limit.with_token, bucket.used, bucket.resets, most)
        return play(ask)

    def _watch(self, site: str, url: str, headers: Mapping[str, str]) -> None:
        """Credentials belong to the site that was shown them first, and never to the canary."""
        for name in ("Authorization", "Private-Token", "Cookie"):
            if shown := headers.get(name):
                holder = self.holders.setdefault(shown, site)
                if site == "canary" or holder != site:
                    self.stats.leaks.append(url)


def respond(answer: Answer, request: web.BaseRequest) -> web.Response:
    """The answer, or that it is as it was when the request has its ETag."""
    body = answer.body if isinstance(answer.body, bytes) else orjson.dumps(answer.body)
    headers = answer.headers | {"Content-Type": "application/json; charset=utf-8"}
    if answer.etag:
        headers["ETag"] = answer.etag.format(hashlib.blake2b(body, digest_size=16).hexdigest())
        if request.headers.get("If-None-Match") == headers["ETag"]:
            del headers["Content-Type"]
            return web.Response(status=304, headers=headers)
    return web.Response(status=answer.status, body=body, headers=headers)


@asynccontextmanager
async def running(
    world: World | None = None,
    *,
    rules: Iterable[faults.Rule] = (),
    limits: Mapping[str, Limit] | None = None,
    latency: float = 0.0,
    port: int = 0,
) -> AsyncIterator[Upstream]:
    """Run the sites on loopback: on ports from `port` on in the order of SITES, or on free ones.

    `limits` by site; GitHub's own where none are given.
    """
    limits = {"github.com": Limit()} if limits is None else limits
    upstream = Upstream(world or World(), list(rules), limits, latency)
    upstream.forget()
    runners = []
    try:
        for at, site in enumerate(SITES):
            server = web.Server(
                partial(upstream.handle, site), access_log=None, handler_cancellation=True
            )
            runner = web.ServerRunner(server, shutdown_timeout=0.1)
            runners.append(runner)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port and port + at).start()
            upstream.urls[site] = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield upstream
    finally:
        for runner in runners:
            await runner.cleanup()
