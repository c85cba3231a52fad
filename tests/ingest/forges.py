"""A forge that answers what a test says, over real HTTP, and the fetches of one package of it."""

import datetime as dt
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiohttp import web

from ingest.errors import Unreadable, UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.http import Client, Requests
from ingest.settings import IngestSettings
from tests.ingest import loopback
from tests.ingest.upstream import FAULTS, Rule, World, running

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
LONG_AGO = NOW - dt.timedelta(days=600)

Fetch = Callable[[Requests, Sequence[Subject]], Awaitable[Mapping[int, Fetched | UpstreamError]]]
Table = dict[str, Any]
"""What is at each path, with its query: JSON, or JSON with headers, or a status."""


def fixture(name: str) -> Any:
    return json.loads((Path(__file__).parent / "fixtures" / f"{name}.json").read_bytes())


def sha(number: int) -> str:
    return hashlib.sha1(b"%d" % number).hexdigest()


@dataclass
class Asker:
    """Fetches as ingest does: what was found is what the next fetch knows."""

    client: Client
    fetch: Fetch
    parse: Callable[[Fetched], Facts]
    subject: Subject
    asked: list[web.Request]
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    problem: UpstreamError | None = None

    async def __call__(self) -> Facts:
        """The facts of a fetch that succeeds, though it may be but in part."""
        answer = await self._answer()
        assert isinstance(answer, Fetched), answer
        facts = self.parse(answer)
        self.bodies, self.problem = answer.bodies, answer.problem
        self.subject = replace(
            self.subject,
            name=(facts.repo_url or self.subject.name).removeprefix(
                f"https://{self.subject.host}/"
            ),
            upstream_id=facts.upstream_id or self.subject.upstream_id,
            memo=answer.memo,
        )
        return facts

    async def error(self) -> UpstreamError | None:
        """What went wrong with a fetch, or with a part of it."""
        answer = await self._answer()
        return answer.problem if isinstance(answer, Fetched) else answer

    async def _answer(self) -> Fetched | UpstreamError:
        self.asked.clear()
        answers = await self.fetch(self.client.requests(), [self.subject])
        return answers[self.subject.package_id]

    @property
    def paths(self) -> list[str]:
        """What the last fetch asked for."""
        return [request.raw_path for request in self.asked]


@asynccontextmanager
async def forge(
    fetch: Fetch,
    parse: Callable[[Fetched], Facts],
    subject: Subject,
    table: Table,
    *,
    has_etags: bool = True,
    settings: Callable[[str], IngestSettings] = loopback.settings,
) -> AsyncIterator[Asker]:
    """A forge with that table, and who asks it for the subject."""
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        found = table.get(request.raw_path, 404)
        if isinstance(found, int):
            return web.json_response({"message": "no"}, status=found)
        data, headers = found if isinstance(found, tuple) else (found, {})
        body = json.dumps(data).encode()
        etag = {"ETag": f'W/"{hashlib.sha1(body).hexdigest()}"'} if has_etags else {}
        if etag and request.headers.get("If-None-Match") == etag["ETag"]:
            return web.Response(status=304)
        return web.Response(body=body, headers={**headers, **etag})

    async with (
        loopback.serving(answer) as base,
        Client(settings(base), times=loopback.TIMES) as client,
    ):
        yield Asker(client, fetch, parse, subject, asked)


ODD = sorted(FAULTS.keys() - {"hang", "drip", "slow", "gzip_bomb"})
LIES = {"bad_dates", "case_change", "huge_numbers", "nasty_strings", "page_endless", "wrong_types"}
"""What may still be read, and is not as it would be."""


async def survives(fault: str, host: str, fetch: Fetch, parse: Callable[[Fetched], Facts]) -> None:
    """Half of all answers are odd in that way: what is found is right, or it is said why not."""
    world = World(4, hosts=(host,), now=LONG_AGO)
    subjects = [Subject(number, host, world.repository(number).path) for number in range(4)]

    async def ask() -> dict[int, Facts]:
        async with Client(upstream.settings(), times=loopback.IMPATIENT) as client:
            answers = await fetch(client.requests(len(subjects)), subjects)
        found = {}
        for key, answer in answers.items():
            with suppress(Unreadable):
                if isinstance(answer, Fetched):
                    found[key] = parse(answer)
        return found

    async with running(world) as upstream:
        right = await ask()
        assert len(right) == 4
        upstream.rules = [Rule(fault, rate=0.5)]
        upstream.forget()
        for key, facts in (await ask()).items():
            assert fault in LIES or facts.values.items() <= right[key].values.items()
        assert max(upstream.stats.urls.values()) <= 6
        assert not upstream.stats.canary
        assert not upstream.stats.leaks
        assert not upstream.broken_limits
