"""HTTP servers of a test's own, on loopback."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from ingest.http import Client, Times
from ingest.settings import IngestSettings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """A server whose every request goes to the handler: its address, without a slash."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await handler(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def settings(base: str, **more: str) -> IngestSettings:
    """Settings whose sources are all at one address, each under its own path."""
    names = ("github", "gitlab", "bitbucket", "codeberg", "pypi")
    return IngestSettings.model_validate({f"{name}_api": f"{base}/{name}" for name in names} | more)


TIMES = Times(patience=5, backoff=0.01)
IMPATIENT = Times(connect=0.3, read=0.3, total=0.8, patience=0, backoff=0.01)


class Upstream:
    """A server that keeps what it was asked, and answers by the handler."""

    def __init__(self, answer: Handler | None = None) -> None:
        self.answer = answer
        self.asked: list[web.Request] = []
        self.base = ""

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        return await self.answer(request) if self.answer else web.json_response({"a": 1})

    @property
    def url(self) -> str:
        return f"{self.base}/github/repos/a/b"


@asynccontextmanager
async def upstream(
    answer: Handler | None = None, times: Times = TIMES, **more: str
) -> AsyncIterator[tuple[Upstream, Client]]:
    """An upstream, and a client whose settings name it."""
    it = Upstream(answer)
    async with serving(it) as it.base, Client(settings(it.base, **more), times=times) as client:
        yield it, client


def always(status: int, body: bytes = b"", **headers: str) -> Handler:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers=named)

    return answer


def raw(answer: bytes, *, reset: bool = False) -> Handler:
    """What the server writes, however wrong it is, before it hangs up."""

    async def respond(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(answer)
        if reset:
            request.transport.abort()
        request.transport.close()
        return web.Response()

    return respond
