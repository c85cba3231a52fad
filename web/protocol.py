"""uvicorn's protocols, less patient: with clients that take nothing, and when the server stops.

Left to itself, uvicorn waits without end for a client to take what was written for it.
"""

import asyncio
import math
from typing import Any

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

PATIENCE = 20.0
"""Seconds: a connection ends whose client has taken nothing of what waits for it meanwhile."""

STOPPING = 10
"""Seconds that a server which is told to stop has for the requests that it is answering."""


class Impatient(asyncio.Protocol):
    """A protocol that ends its connection where what is written stays where it is."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    _look: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """More than some 64 KB wait to be taken."""
        self._wait()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Most of that was taken."""
        if self._look is not None:
            self._look.cancel()
        super().resume_writing()

    def _wait(self, before: float = math.inf) -> None:
        """Look again and again whether less than `before` waits to be taken."""
        waiting = self.transport.get_write_buffer_size()
        if waiting < before:
            self._look = self.loop.call_later(PATIENCE, self._wait, waiting)
        else:
            self.transport.abort()


class HttpProtocol(Impatient, HttpToolsProtocol):
    def shutdown(self) -> None:
        """Finish the request, unless its response is one without end that has begun."""
        super().shutdown()
        if self.cycle and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.close()


class WebSocketProtocol(Impatient, WebSocketsSansIOProtocol):
    async def send(self, message: ASGISendEvent) -> None:
        """Send a message once the transport has room; that the socket is closed, without."""
        if message["type"] == "websocket.close":
            self.writable.set()
        await super().send(message)

    def handle_ping(self) -> None:
        """Answer it, unless the client takes no answers."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()


def options(size_max: int) -> dict[str, Any]:
    """What uvicorn is run with; a WebSocket's message has at most `size_max` bytes.

    Of one that is not much larger the application says what to do about it; uvicorn cannot.
    """
    return {
        "http": HttpProtocol,
        "ws": WebSocketProtocol,
        "ws_max_size": 2 * size_max,
        "ws_per_message_deflate": False,  # of its memory each socket would take 30 KB and more
        "timeout_graceful_shutdown": STOPPING,
    }
