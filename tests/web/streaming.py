"""The server in the event loop of the tests, and clients that stay connected to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx2
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from web import protocol
from web.app import create_app
from web.settings import Settings
from web.websocket import PROTOCOL

Message = dict[str, Any]


@dataclass(frozen=True)
class Socket:
    """A client's socket."""

    connection: ClientConnection

    async def send(self, type_: str, **members: Any) -> None:
        await self.send_text(json.dumps({"type": type_, **members}))

    async def send_text(self, text: str | bytes) -> None:
        await self.connection.send(text)

    async def subscribe(self, id_: str, query: str, **more: Any) -> None:
        await self.send("subscribe", id=id_, payload={"query": query, **more})

    async def next(self, seconds: float = 5) -> Message:
        """The next message."""
        async with asyncio.timeout(seconds):
            message: Message = json.loads(await self.connection.recv())
        return message

    async def data(self, id_: str) -> Any:
        """The data of the next message, which is one of an operation's answers."""
        message = await self.next()
        assert (message["type"], message["id"]) == ("next", id_), message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def refusal(self, id_: str) -> tuple[str, str]:
        """The code and the text of the first error of the next message, which refuses this."""
        message = await self.next()
        assert (message["type"], message["id"]) == ("error", id_), message
        error = message["payload"][0]
        return error["extensions"]["code"], error["message"]

    async def is_open(self) -> bool:
        """Whether it answers, with nothing before that."""
        await self.send("ping")
        return await self.next() == {"type": "pong"}

    async def closed(self, seconds: float = 5) -> tuple[int, str]:
        """The code and the reason that the server closes it with; what comes before is dropped."""
        with suppress(ConnectionClosed):
            async with asyncio.timeout(seconds):
                while True:
                    await self.connection.recv()
        code, reason = self.connection.close_code, self.connection.close_reason
        assert code is not None
        assert reason is not None
        return code, reason


@dataclass(frozen=True)
class Events:
    """A response of server-sent events."""

    response: httpx2.Response
    lines: AsyncIterator[str]

    async def next(self, seconds: float = 5) -> tuple[str, Any]:
        """The next event: its name, and its data where it has any. A comment has no name."""
        name, data = "", None
        async with asyncio.timeout(seconds):
            while line := await anext(self.lines):
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif text := line.removeprefix("data: ").removeprefix(":"):
                    data = json.loads(text)
        return name, data

    async def refusal(self) -> tuple[str, str]:
        """The code and the text of the first error of the next event, which is the last one."""
        name, answer = await self.next()
        assert name == "next"
        error = answer["errors"][0]
        assert not answer.get("data")
        assert await self.next() == ("complete", None)
        return error["extensions"]["code"], error["message"]


@dataclass(frozen=True)
class Remote:
    """The server at this host and port."""

    host: str

    @asynccontextmanager
    async def socket(
        self, *protocols: str, origin: str | None = None, **headers: str
    ) -> AsyncIterator[Socket]:
        """A socket, by default one of the server's protocol."""
        offered = [Subprotocol(name) for name in protocols or (PROTOCOL,)]
        sent = dict(headers) | ({"origin": origin} if origin else {})
        async with connect(
            f"ws://{self.host}/graphql",
            subprotocols=offered,
            additional_headers=sent,
            compression=None,
            proxy=None,
        ) as connection:
            yield Socket(connection)

    @asynccontextmanager
    async def acknowledged(
        self, payload: Message | None = None, **headers: str
    ) -> AsyncIterator[Socket]:
        """A socket whose connection_init was acknowledged."""
        async with self.socket(**headers) as socket:
            await socket.send(
                "connection_init", **({} if payload is None else {"payload": payload})
            )
            assert await socket.next() == {"type": "connection_ack"}
            yield socket

    @asynccontextmanager
    async def events(
        self, query: str, method: str = "POST", variables: Any = None, **headers: str
    ) -> AsyncIterator[Events]:
        """The events that answer an operation."""
        sent = {"accept": "text/event-stream", **headers}
        asked = {"query": query, **({} if variables is None else {"variables": variables})}
        if method == "GET":
            asked = {k: v if isinstance(v, str) else json.dumps(v) for k, v in asked.items()}
        given: Any = {"params": asked} if method == "GET" else {"json": asked}
        async with (
            httpx2.AsyncClient(base_url=f"http://{self.host}", timeout=None) as client,
            client.stream(method, "/graphql", headers=sent, **given) as response,
        ):
            yield Events(response, response.aiter_lines())

    async def ask(self, query: str, token: str | None = None) -> Any:
        """The data of an answer without errors to a POST."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with httpx2.AsyncClient(base_url=f"http://{self.host}") as client:
            response = await client.post("/graphql", json={"query": query}, headers=headers)
        answer = response.json()
        assert "errors" not in answer, answer
        return answer["data"]


@dataclass(frozen=True)
class Listening(Remote):
    """A server in this process."""

    app: Starlette
    server: uvicorn.Server


@asynccontextmanager
async def listening(url: str, **settings: Any) -> AsyncIterator[Listening]:
    """The application on the database at `url`, with uvicorn as `serve` sets it up.

    It takes bodies and messages of 100,000 bytes, unless `settings` say otherwise.
    """
    own = {"body_max": 100_000, **settings}
    given = Settings(_env_file=None, database_url=SecretStr(url), **own)
    app = create_app(given)
    config = uvicorn.Config(app, port=0, log_level="error", **protocol.options(given.body_max))
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    await until(lambda: server.started or serving.done())
    if serving.done():
        await serving
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Listening(f"127.0.0.1:{port}", app, server)
    finally:
        server.should_exit = True
        async with asyncio.timeout(30):
            await serving


async def until(holds: Callable[[], object], seconds: float = 30) -> None:
    """Return once it holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
