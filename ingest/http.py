"""The only way out: one Client a process, and the Requests of one fetch."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import aiohttp
import orjson
import stamina
import stamina.instrumentation
from aiohttp.connector import Connection
from yarl import URL

from ingest.addresses import Refused, public_socket
from ingest.errors import Missing, Unreachable, Unreadable, Unsafe, UpstreamError, Withheld
from ingest.limits import Announce, Gate, Gates, is_limit, left, speaks_of_limit
from ingest.settings import IngestSettings

MOST_BYTES = 10 * 2**20
MOST_REDIRECTS = 5
MOST_OF_A_URL, MOST_OF_A_PACKAGE = 6, 60
_ATTEMPTS = 4
_LONGEST_BACKOFF = 8.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ANSWERS = frozenset({200, 202, 204, 304})


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: until connected, between two pieces of an answer, until it is whole.

    `patience` is what one fetch may wait for limits in all, and `backoff` the most before a second
    attempt; it doubles with each.
    """

    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0
    patience: float = 90.0
    backoff: float = 0.5


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: 200, 202, 204, or 304 to a request with an etag. Its headers know no case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def etag(self) -> str | None:
        """What to ask with the next time."""
        return self.headers.get("ETag")

    @property
    def is_unchanged(self) -> bool:
        """Whether it is as it was when the etag was given."""
        return self.status == 304


class _Again(Exception):
    """A failure that is worth another attempt: after a backoff, or when the gate opens."""

    def __init__(self, error: UpstreamError, *, is_limit: bool = False) -> None:
        self.error = error
        self.is_limit = is_limit


class _Shut(aiohttp.ClientError):
    """While a connection was made, the gate was closed."""


def _request_to(gates: Gates) -> type[aiohttp.ClientRequest]:
    """aiohttp's request, which looks at the gate once more: connecting may have taken seconds."""

    class Request(aiohttp.ClientRequest):
        async def send(self, conn: Connection) -> aiohttp.ClientResponse:
            if gates.of(self.url).is_closed:
                raise _Shut
            return await super().send(conn)

    return Request


async def _sent_once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Where a kept connection breaks, aiohttp would send once more by itself, uncounted."""
    try:
        return await handler(request)
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        if isinstance(error, aiohttp.ClientConnectorError):
            raise
        raise aiohttp.ClientConnectionError(str(error)) from error


class Client:
    """What all requests of a process go out by. An asynchronous context manager.

    `bases` are addresses that are trusted beside those of the settings. `announce` is called when
    an upstream announces a limit; what other workers announced is told to `gates.close`.
    """

    def __init__(
        self,
        settings: IngestSettings,
        *,
        bases: Iterable[str] = (),
        announce: Announce | None = None,
        times: Times | None = None,
    ) -> None:
        self.settings = settings
        self.times = times or Times()
        graphql = settings.github_graphql_address
        apis = [
            settings.github_api,
            graphql,
            settings.gitlab_api,
            settings.bitbucket_api,
            settings.codeberg_api,
            settings.pypi_api,
            *settings.gitlab_hosts.values(),
            *settings.forgejo_hosts.values(),
            *bases,
        ]
        self.gates = Gates(apis, (settings.github_api, graphql), announce)
        self._trusted = frozenset(URL(api).origin() for api in apis)
        self._allowed = frozenset(settings.allowed_hosts)

    async def __aenter__(self) -> Self:
        stamina.instrumentation.set_on_retry_hooks([])  # It would log each retry on stderr.
        self._open = self._session(aiohttp.TCPConnector(limit=0))
        self._guarded = self._session(aiohttp.TCPConnector(limit=0, socket_factory=public_socket))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.close()
        await self._guarded.close()

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.settings.user_agent},
            timeout=aiohttp.ClientTimeout(
                total=self.times.total, connect=self.times.connect, sock_read=self.times.read
            ),
            request_class=_request_to(self.gates),
            middlewares=(_sent_once,),
            trust_env=False,
        )

    def requests(self, subjects: int = 1) -> "Requests":
        """Those of one fetch, of so many packages."""
        return Requests(self, subjects)

    def is_trusted(self, url: URL) -> bool:
        """Whether an address is one of the settings: it may be an inner one, and get a token."""
        return url.origin() in self._trusted

    def session(self, url: URL) -> aiohttp.ClientSession:
        """What goes where it likes for an address of the settings, and to public ones else."""
        host = url.host_subcomponent
        is_allowed = not self._allowed.isdisjoint({host, f"{host}:{url.port}"})
        return self._open if is_allowed or self.is_trusted(url) else self._guarded


class Requests:
    """The requests of one fetch: `count` were sent, `left` is what an upstream says it has left."""

    def __init__(self, client: Client, subjects: int) -> None:
        self.settings = client.settings
        self.count = 0
        self.left: int | None = None
        self._client = client
        self._most = MOST_OF_A_PACKAGE * subjects
        self._of_url: Counter[tuple[str, bytes | None]] = Counter()
        self._patience = client.times.patience

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Response:
        """Ask for an address, where an etag is given only for what is not as it was then.

        `token` is the value of Authorization. It goes to this origin alone, and only where that is
        one of the settings. Raises an UpstreamError.
        """
        start, sent = self._begun(url, headers, token)
        if etag:
            sent["If-None-Match"] = etag
        here = start
        for _ in range(MOST_REDIRECTS + 1):
            try:
                response = await self._attempts("GET", here, sent)
            except Unsafe as error:
                raise Unsafe(f"{start.host} leads to an address that may not be asked") from error
            if response.status not in _REDIRECTS:
                return _checked(response, here, sent)
            there = redirected(here, response.headers.get("Location", ""))
            if there.origin() != here.origin():
                sent.pop("Authorization", None)
                sent.pop("If-None-Match", None)
            here = there
        raise Unreadable(f"{here.host} redirects more than {MOST_REDIRECTS} times")

    async def post(
        self,
        url: str,
        json: Any,
        *,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Response:
        """Send JSON to an address, with the token as in `get`. A redirect is not followed."""
        here, sent = self._begun(url, headers, token)
        sent["Content-Type"] = "application/json"
        response = await self._attempts("POST", here, sent, orjson.dumps(json))
        return _checked(response, here, sent)

    def _begun(
        self, url: str, headers: Mapping[str, str] | None, token: str | None
    ) -> tuple[URL, dict[str, str]]:
        here = _parsed(url)
        sent = dict(headers or {})
        if token and self._client.is_trusted(here):
            sent["Authorization"] = token
        return here, sent

    async def _attempts(
        self, method: str, url: URL, headers: Mapping[str, str], body: bytes | None = None
    ) -> Response:
        gate = self._client.gates.of(url)
        send = partial(self._send, gate, method, url, headers, body)
        failed: list[_Again] = []
        try:
            return await send()
        except _Again as again:
            failed.append(again)

        # Stamina takes as much processor as a request does, so it is called in when one failed:
        # that is its first attempt.
        async def attempt() -> Response:
            if failed:
                raise failed.pop()
            return await send()

        retries = stamina.AsyncRetryingCaller(attempts=_ATTEMPTS, timeout=None)
        try:
            return await retries(_full_jitter(self._client.times.backoff), attempt)
        except _Again as again:
            raise again.error from None  # aiohttp's own would show the token that was sent.

    async def _send(
        self, gate: Gate, method: str, url: URL, headers: Mapping[str, str], body: bytes | None
    ) -> Response:
        key = (str(url), body)
        if self.count >= self._most or self._of_url[key] >= MOST_OF_A_URL:
            raise Unreachable(f"{url.host} takes more requests than one package may cost")
        self._patience -= await gate.enter(self._patience)
        self.count += 1
        self._of_url[key] += 1
        try:
            response = await self._exchange(gate, method, url, headers, body)
        except _Shut:
            raise _Again(gate.later(), is_limit=True) from None
        except (aiohttp.InvalidURL, UnicodeError) as error:
            raise Unsafe(f"{url.host} is no address") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            if isinstance(error.__cause__, Refused):
                raise Unsafe(f"{url.host} is no public address") from error
            gate.failed()
            raise _broken(url.host, error) from error
        finally:
            gate.leave()
        if is_limit(response.status, response.headers):
            raise _Again(gate.later(), is_limit=True)
        # A right answer to a GET may hold any text.
        if (response.status != 200 or body) and speaks_of_limit(response.status, response.body):
            await gate.refused()
            raise _Again(gate.later(), is_limit=True)
        if response.status >= 500 or response.status == 408:
            gate.failed()
            raise _Again(Unreachable(f"{url.host} has a fault of its own ({response.status})"))
        gate.succeeded()
        return response

    async def _exchange(
        self, gate: Gate, method: str, url: URL, headers: Mapping[str, str], body: bytes | None
    ) -> Response:
        session = self._client.session(url)
        async with session.request(
            method, url, headers=headers, data=body, allow_redirects=False
        ) as answer:
            # Before the body, which may take its time: nothing more goes out meanwhile.
            await gate.heard(answer.status, answer.headers)
            if (remaining := left(answer.headers)) is not None:
                self.left = remaining
            pieces, size = [], 0
            async for piece in answer.content.iter_any():
                size += len(piece)
                if size > MOST_BYTES:
                    answer.close()
                    raise Unreadable(f"{url.host} answers with more than {MOST_BYTES >> 20} MB")
                pieces.append(piece)
            return Response(answer.status, answer.headers, b"".join(pieces), str(url))


def _broken(host: str | None, error: Exception) -> Exception:
    """What to raise for an answer that did not come, or not whole."""
    match error:
        case aiohttp.ServerTimeoutError():
            return _Again(Unreachable(f"{host} does not answer in time"))
        case TimeoutError():  # The whole time is over: to spend it again would hold up others.
            return Unreachable(f"{host} does not finish its answer in time")
        case aiohttp.ClientConnectorDNSError():
            return _Again(Unreachable(f"{host} is no name that is known"))
        case aiohttp.ClientSSLError():
            return _Again(Unreachable(f"{host} cannot be connected to safely (TLS)"))
        case aiohttp.ClientConnectorError():
            return _Again(Unreachable(f"{host} cannot be connected to"))
        case aiohttp.ClientResponseError():
            return _Again(Unreadable(f"{host} answers with what is no HTTP"))
    return _Again(Unreachable(f"{host} broke off its answer"))


def _full_jitter(first: float) -> Callable[[Exception], bool | float]:
    """What stamina asks of each failure: whether to try again, and after how many seconds."""
    most = first

    def backoff(error: Exception) -> bool | float:
        nonlocal most
        if not isinstance(error, _Again):
            return False
        if error.is_limit:
            return 0.0
        seconds = random.uniform(0, most)
        most = min(2 * most, _LONGEST_BACKOFF)
        return seconds

    return backoff


def _may_be_asked(url: URL) -> bool:
    return bool(url.scheme in {"http", "https"} and url.host and not (url.user or url.password))


def _parsed(url: str) -> URL:
    try:
        parsed = URL(url)
    except ValueError as error:
        raise Unsafe("An address that is none") from error
    if not _may_be_asked(parsed):
        raise Unsafe(f"{parsed.host} cannot be asked in this way")
    return parsed.with_fragment(None)


def redirected(here: URL, location: str) -> URL:
    """Where an answer's Location leads to.

    Raises Unreadable where it says nothing, and Unsafe where it leads out of http and https, out
    of https, or to an address with a password.
    """
    if not location:
        raise Unreadable(f"{here.host} redirects without an address")
    try:
        there = here.join(URL(location))
    except ValueError as error:
        raise Unreadable(f"{here.host} redirects to what is no address") from error
    if not _may_be_asked(there):
        raise Unsafe(f"{here.host} leads to an address that may not be asked")
    if here.scheme == "https" and there.scheme == "http":
        raise Unsafe(f"{here.host} leads from https to http")
    return there.with_fragment(None)


def _checked(response: Response, url: URL, sent: Mapping[str, str]) -> Response:
    status, host = response.status, url.host
    if status in _ANSWERS and (status != 304 or "If-None-Match" in sent):
        return response
    if status in {404, 410}:
        raise Missing(f"{host} does not have it ({status})")
    if status == 401:
        what = "refuses our token" if "Authorization" in sent else "wants to know who asks"
        raise Withheld(f"{host} {what} (401)")
    if status == 403:
        raise Withheld(f"{host} does not let us see it (403)")
    if status == 451:
        raise Withheld(f"{host} withholds it for legal reasons (451)")
    raise Unreadable(f"{host} gives an answer that we do not understand ({status})")
