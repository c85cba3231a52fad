"""GraphQL over server-sent events: `distinct connections` of graphql-sse, an operation a request.

`event: next` has an answer, `event: complete` says that there are no more. Nothing is kept for a
client: an operation goes on when the socket took its last event.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

from resolvers.plan import Answer
from web import operations
from web.bearer import Unauthenticated
from web.response import COMMON

logger = logging.getLogger(__name__)

EVENTS = "text/event-stream"

ALIVE = 15.0
"""Seconds after which a comment is sent, so that nobody on the way takes the response for dead."""

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would keep events back
    *COMMON,
]


class Slow(Exception):
    """The client took nothing for too long."""


async def stream(
    answers: AsyncIterator[Answer],
    authenticate: Callable[[], Awaitable[object]],
    receive: Receive,
    send: Send,
) -> None:
    """Send `answers` until there are no more, or the client goes.

    `authenticate` raises Unauthenticated once the client's token is not good any more.
    """

    async def put(text: bytes) -> None:
        try:
            async with asyncio.timeout(operations.SLOW):
                await send({"type": "http.response.body", "body": text, "more_body": True})
        except TimeoutError:
            raise Slow from None

    async def look_after() -> None:
        while True:
            await asyncio.sleep(ALIVE)
            await authenticate()
            await put(b":\n\n")

    async def notice() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        raise ClientDisconnect

    await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS]})
    last = b""
    try:
        async with asyncio.TaskGroup() as tasks:
            others = [tasks.create_task(look_after()), tasks.create_task(notice())]
            async for answer in answers:
                await put(event("next", answer.body))
            for task in others:
                task.cancel()
    except* ClientDisconnect:
        pass  # nobody gets what is sent now
    except* Slow:
        last = refusal(operations.error(operations.too_slow(), "TOO_SLOW"))
    except* Unauthenticated as errors:
        last = refusal(operations.error(str(errors.exceptions[0]), "UNAUTHENTICATED"))
    except* Exception:
        logger.exception("an operation failed")
        last = refusal(operations.failed())
    await send({"type": "http.response.body", "body": last + event("complete", b"")})


def refusal(error: dict[str, Any]) -> bytes:
    """The event of an answer that there is not."""
    return event("next", orjson.dumps({"errors": [error]}))


def event(name: str, data: bytes) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)
