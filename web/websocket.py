"""GraphQL over WebSocket, by the protocol `graphql-transport-ws`; docs/subscriptions.md has more.

Nothing is kept for a client: an operation goes on when the socket took its last message, and a
socket that takes none is closed.
"""

import asyncio
import datetime as dt
import logging
from contextlib import suppress
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from db.token import Actor
from web import operations
from web.bearer import Unauthenticated, actor_of
from web.graphql import Asked, BadRequest, asked_in, headers_of, too_large
from web.operations import Operations

logger = logging.getLogger(__name__)

PROTOCOL = "graphql-transport-ws"

WAIT = 10.0
"""Seconds within which a client has to send connection_init."""

PARTING = 1.0
"""Seconds within which it has to take the socket's end."""

OPERATIONS = 100
"""How many operations a socket may have at once."""


class Close(Exception):
    """The socket has to be closed, with this code and this reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Gone(Exception):
    """The client has closed the socket, or its connection is lost."""


class WebSockets:
    """`/graphql` over WebSocket, an ASGI application. A message has at most `size_max` bytes."""

    operations: Operations

    def __init__(self, size_max: int) -> None:
        self.size_max = size_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # that it connects
        headers = headers_of(scope)
        if is_foreign(headers):
            return await send({"type": "websocket.close"})  # which refuses the handshake: 403
        is_spoken = PROTOCOL in scope["subprotocols"]
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL if is_spoken else None})
        socket = Socket(self, headers.get(b"authorization"), receive, send)
        try:
            if not is_spoken:
                raise Close(4406, "Subprotocol not acceptable")
            await socket.run()
        except* Gone:
            pass
        except* Close as closes:
            close = closes.exceptions[0]
            assert isinstance(close, Close)
            await socket.close(close.code, str(close))
        except* Exception:
            logger.exception("a socket failed")
            await socket.close(4500, "Internal server error")


class Socket:
    """A client's socket, once the handshake is made."""

    def __init__(
        self, served: WebSockets, authorization: bytes | None, receive: Receive, send: Send
    ) -> None:
        self._served = served
        self._authorization = authorization
        self._receive = receive
        self._send_message = send
        self._sending = asyncio.Lock()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._tasks = asyncio.TaskGroup()
        self._actor: Actor | None = None
        self._is_acknowledged = False

    async def run(self) -> None:
        """Serve the client. Raises Close and Gone, in a group, when that is at its end."""
        async with self._tasks:
            try:
                async with asyncio.timeout(WAIT):
                    while not self._is_acknowledged:
                        await self._handle(await self._message())
            except TimeoutError:
                raise Close(4408, "Connection initialisation timeout") from None
            while True:
                await self._handle(await self._message())

    async def close(self, code: int, reason: str) -> None:
        """Close the socket; a reason has at most 123 bytes."""
        message = {"type": "websocket.close", "code": code, "reason": shortened(reason)}
        with suppress(OSError):  # TimeoutError among them
            async with asyncio.timeout(PARTING):
                await self._send_message(message)

    async def _message(self) -> dict[str, Any]:
        """The client's next message."""
        event = await self._receive()
        if event["type"] == "websocket.disconnect":
            raise Gone
        text = event.get("text")
        if text is None:
            raise Close(4400, "A message must be text")
        if len(text.encode()) > self._served.size_max:
            raise Close(1009, too_large("the message", self._served.size_max))
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError:
            message = None
        if not isinstance(message, dict) or not isinstance(message.get("payload"), dict | None):
            raise Close(4400, "A message must be a JSON object, and its payload too")
        return message

    async def _handle(self, message: dict[str, Any]) -> None:
        match message:
            case {"type": "ping", "payload": payload}:
                await self._send(type="pong", payload=payload)
            case {"type": "ping"}:
                await self._send(type="pong")
            case {"type": "pong"}:
                pass
            case {"type": "connection_init"}:
                await self._acknowledge(message.get("payload") or {})
            case {"type": "subscribe", "id": str(id_), "payload": payload} if id_:
                await self._subscribe(id_, payload)
            case {"type": "complete", "id": str(id_)} if id_:
                if id_ in self._operations:
                    self._operations.pop(id_).cancel()
            case _:
                raise Close(4400, "Not a message of graphql-transport-ws")

    async def _acknowledge(self, payload: dict[str, Any]) -> None:
        if self._is_acknowledged:
            raise Close(4429, "Too many initialisation requests")
        self._authorization = authorization_in(payload) or self._authorization
        await self._authenticate()
        self._is_acknowledged = True
        await self._send(type="connection_ack")
        if self._actor is not None:
            self._tasks.create_task(self._check())

    async def _authenticate(self) -> None:
        try:
            self._actor = await actor_of(self._authorization, self._served.operations.tokens)
        except Unauthenticated:
            raise Close(4403, "Forbidden") from None
        if self._actor is not None:
            self._served.operations.tokens.used(self._actor, dt.datetime.now(dt.UTC))

    async def _check(self) -> None:
        """End the socket when its token is not good any more, though it asks for nothing."""
        while True:
            await asyncio.sleep(operations.CHECKED)
            await self._authenticate()

    async def _subscribe(self, id_: str, payload: Any) -> None:
        if not self._is_acknowledged:
            raise Close(4401, "Unauthorized")
        if self._actor is not None:
            await self._authenticate()  # a revoked token begins nothing more
        if id_ in self._operations:
            raise Close(4409, f"Subscriber for {id_} already exists")
        try:
            asked = asked_in(payload)
        except BadRequest as error:
            raise Close(4400, str(error)) from None
        if len(self._operations) == OPERATIONS:
            message = f"a socket may have {OPERATIONS} operations at once"
            await self._refuse(id_, operations.error(message, "TOO_MANY_OPERATIONS"))
        else:
            self._operations[id_] = self._tasks.create_task(self._operate(id_, asked))

    async def _operate(self, id_: str, asked: Asked) -> None:
        """Send an operation's answers, and that there are no more."""
        try:
            async for answer in self._served.operations.answers(*asked, self._actor):
                if not answer.data:
                    return await self._refuse(id_, *orjson.loads(answer.body)["errors"])
                await self._send(type="next", id=id_, payload=orjson.Fragment(answer.body))
            await self._send(type="complete", id=id_)
        except (Close, Gone):
            raise
        except Exception:
            logger.exception("an operation failed")
            await self._refuse(id_, operations.failed())
        finally:
            # Where the client has completed it, the id may be another one's by now.
            if self._operations.get(id_) is asyncio.current_task():
                del self._operations[id_]

    async def _refuse(self, id_: str, *errors: Any) -> None:
        """Send why an operation is not answered; no more follows."""
        await self._send(type="error", id=id_, payload=errors)

    async def _send(self, **message: Any) -> None:
        """Send a message. Raises Close where the client takes none, Gone where there is none."""
        event = {"type": "websocket.send", "text": orjson.dumps(message).decode()}
        try:
            async with self._sending, asyncio.timeout(operations.SLOW):
                await self._send_message(event)
        except TimeoutError:
            raise Close(4410, operations.too_slow()) from None
        except OSError:
            raise Gone from None


def is_foreign(headers: dict[bytes, bytes]) -> bool:
    """Whether a page of another origin opens the socket: browsers let any page do so."""
    origin = headers.get(b"origin")
    return origin is not None and origin.partition(b"://")[2] != headers.get(b"host")


def authorization_in(payload: dict[str, Any]) -> bytes | None:
    """The token in the payload of connection_init, as `Authorization` has it: `Bearer …`.

    It is there as `Authorization`, or bare as `token`, both in any case.
    """
    for name, value in payload.items():
        if value is not None:
            match name.lower():
                case "authorization":
                    return str(value).encode(errors="replace")
                case "token":
                    return f"Bearer {value}".encode(errors="replace")
    return None


def shortened(reason: str) -> str:
    """What of a reason a close frame has room for."""
    return reason.encode()[:123].decode(errors="ignore")
