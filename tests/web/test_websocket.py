"""graphql-transport-ws by the letter of its protocol, and what it withstands."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from websockets.exceptions import InvalidStatus

from db.engine import create_engine
from db.token import Role, create, revoke
from resolvers.executor import Executor
from tests.conftest import NOW
from tests.db.log import Append, appending
from tests.web.asking import INTERNAL
from tests.web.processes import fill
from tests.web.streaming import Listening, Socket, listening, until
from web import operations, protocol, websocket
from web.websocket import OPERATIONS, PROTOCOL

QUERY = "{ packages { totalCount } }"
ENDLESS = 'subscription { changes(after: "") { cursor } }'
LIVE = "subscription { changes { node { actor } } }"

TYPES: dict[str, Any] = {"text": "x", "number": 1, "list": [1], "true": True}


@pytest.fixture(scope="module")
def filled(new_database: Callable[[], str]) -> str:
    """The URL of a database that stays as it is."""
    url = new_database()
    asyncio.run(fill(url))
    return url


@pytest.fixture(scope="module")
async def server(filled: str) -> AsyncIterator[Listening]:
    async with listening(filled) as listens:
        yield listens


@pytest.fixture
async def quick(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Listening]:
    """A server that waits for nobody for long."""
    monkeypatch.setattr(websocket, "WAIT", 0.3)
    monkeypatch.setattr(operations, "SLOW", 0.5)
    monkeypatch.setattr(operations, "CHECKED", 0.1)
    await fill(database_url)
    async with listening(database_url) as listens:
        yield listens


@pytest.fixture
async def own(database_url: str) -> AsyncIterator[Listening]:
    """A server for one test alone."""
    await fill(database_url)
    async with listening(database_url) as listens:
        yield listens


@pytest.fixture
async def append(database_url: str) -> AsyncIterator[Append]:
    async with appending(database_url) as append:
        yield append


@pytest.fixture
async def token(database_url: str) -> str:
    """An editor's."""
    engine = create_engine(database_url)
    async with AsyncSession(engine) as session, session.begin():
        secret = await create(session, "ann", Role.EDITOR, NOW, 3650)
    await engine.dispose()
    return secret


async def test_the_protocol_is_negotiated(server: Listening) -> None:
    async with server.socket("mqtt", PROTOCOL) as socket:
        assert socket.connection.subprotocol == PROTOCOL


@pytest.mark.parametrize("name", ["graphql-ws", "mqtt", "GRAPHQL-TRANSPORT-WS"])
async def test_another_protocol_is_not_spoken(server: Listening, name: str) -> None:
    async with server.socket(name) as socket:
        assert socket.connection.subprotocol is None
        assert await socket.closed() == (4406, "Subprotocol not acceptable")


async def test_a_page_of_another_origin_is_refused(server: Listening) -> None:
    for origin in ("https://evil.example", "null", f"http://{server.host}.evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            async with server.socket(origin=origin):
                pass
        assert refused.value.response.status_code == 403
    async with server.socket(origin=f"http://{server.host}") as socket:
        assert await socket.is_open()


async def test_nothing_is_compressed(server: Listening) -> None:
    async with server.socket() as socket:
        assert socket.connection.protocol.extensions == []


@pytest.mark.parametrize("payload", [{}, {"payload": None}, {"payload": {"a": 1}}])
async def test_an_initialisation_is_acknowledged(server: Listening, payload: Any) -> None:
    async with server.socket() as socket:
        await socket.send("connection_init", **payload)
        assert await socket.next() == {"type": "connection_ack"}


async def test_a_second_initialisation_is_one_too_many(server: Listening) -> None:
    async with server.acknowledged() as socket:
        await socket.send("connection_init")
        assert await socket.closed() == (4429, "Too many initialisation requests")


async def test_who_does_not_initialise_in_time_is_closed(quick: Listening) -> None:
    async with quick.socket() as socket:
        start = time.monotonic()
        with suppress(Exception):
            while time.monotonic() - start < 2:
                assert await socket.is_open()
                await asyncio.sleep(0.02)
        assert await socket.closed() == (4408, "Connection initialisation timeout")
        assert 0.25 < time.monotonic() - start < 1
    async with quick.acknowledged() as socket:
        await asyncio.sleep(0.5)
        assert await socket.is_open()


async def test_an_operation_before_the_initialisation_is_unauthorized(server: Listening) -> None:
    async with server.socket() as socket:
        await socket.subscribe("1", QUERY)
        assert await socket.closed() == (4401, "Unauthorized")


async def test_a_query_has_one_answer_and_is_complete(server: Listening) -> None:
    async with server.acknowledged() as socket:
        for _ in range(3):
            asked = "query A($n: Int) { packages(first: $n) { totalCount } } query B { __typename }"
            await socket.subscribe("q", asked, variables={"n": 1}, operationName="A")
            assert await socket.data("q") == {"packages": {"totalCount": 2}}
            assert await socket.next() == {"type": "complete", "id": "q"}
        assert await socket.is_open()


async def test_an_edit_has_one_answer_and_is_seen_at_once(own: Listening, token: str) -> None:
    edit = (
        'mutation { categoryCreate(input: {title: "%s"}) { category { title } errors { code } } }'
    )
    count = "{ categories { totalCount } }"
    async with own.acknowledged({"token": token}) as socket:
        for number in range(1, 10):
            assert (await own.ask(count))["categories"]["totalCount"] == number
            await socket.subscribe("m", edit % f"C{number}")
            assert await socket.data("m") == {
                "categoryCreate": {"category": {"title": f"C{number}"}, "errors": []}
            }
            assert (await own.ask(count))["categories"]["totalCount"] == number + 1
            assert await socket.next() == {"type": "complete", "id": "m"}


async def test_an_edit_is_made_though_the_client_does_not_wait(own: Listening, token: str) -> None:
    edit = 'mutation { categoryCreate(input: {title: "C%d"}) { errors { code } } }'
    for number in range(20):
        async with own.acknowledged({"token": token}) as socket:
            await socket.subscribe("m", edit % number)
            await socket.send("ping")
            assert await socket.next()  # it has begun
            await socket.send("complete", id="m")
    # Edits come one after the other.
    await own.ask(edit % 20, token)
    assert await own.ask("{ categories { totalCount } }") == {"categories": {"totalCount": 22}}


async def test_a_subscription_in_use_has_its_id_to_itself(server: Listening) -> None:
    async with server.acknowledged() as socket:
        await socket.subscribe("é" * 100, LIVE)
        await socket.subscribe("é" * 100, QUERY)
        code, reason = await socket.closed()
        assert code == 4409
        assert reason.startswith("Subscriber for ééé")


async def test_a_client_completes_one_operation_and_may_use_its_id_anew(server: Listening) -> None:
    async with server.acknowledged() as socket:
        await socket.subscribe("other", LIVE)
        for _ in range(20):
            await socket.subscribe("a", ENDLESS)
            assert "changes" in await socket.data("a")
            await socket.send("complete", id="a")
            await socket.send("ping", payload={"until": "here"})
            while (await socket.next())["type"] != "pong":
                pass
        await socket.send("complete", id="never")
        assert await socket.is_open()
        await socket.subscribe("other", QUERY)
        assert (await socket.closed())[0] == 4409


@pytest.mark.parametrize("acknowledged", [True, False])
async def test_a_ping_is_answered_and_a_pong_taken(server: Listening, acknowledged: bool) -> None:
    opened = server.acknowledged() if acknowledged else server.socket()
    async with opened as socket:
        await socket.send("ping", payload={"a": [1]})
        assert await socket.next() == {"type": "pong", "payload": {"a": [1]}}
        await socket.send("ping")
        assert await socket.next() == {"type": "pong"}
        await socket.send("pong")
        await socket.send("pong", payload={"x": 1})
        assert await socket.is_open()


IDS: tuple[Any, ...] = (1, [], {}, "", None)


def subscribe(**payload: Any) -> str:
    return json.dumps({"type": "subscribe", "id": "1", "payload": payload})


INVALID: dict[str, Any] = {
    "no JSON": "{",
    "nothing": "",
    "a list": "[]",
    "a text": '"x"',
    "a number": "1",
    "null": "null",
    "true": "true",
    "an empty object": "{}",
    "deep": "[" * 50_000,
    "NaN": '{"type": "ping", "payload": {"a": NaN}}',
    "a lone surrogate": '{"type": "complete", "id": "\\ud800"}',
    "binary": b'{"type":"ping"}',
    "another type": '{"type": "nope"}',
    "a type of the old protocol": '{"type": "start", "id": "1", "payload": {"query": "{a}"}}',
    "a server's type": '{"type": "next", "id": "1", "payload": {}}',
    **{f"a type that is a {name}": json.dumps({"type": of}) for name, of in TYPES.items()},
    **{
        f"a {kind} with a payload that is a {name}": json.dumps(
            {"type": kind, "id": "1", "payload": of}
        )
        for kind in ("ping", "pong", "connection_init", "subscribe")
        for name, of in TYPES.items()
    },
    "no id": json.dumps({"type": "subscribe", "payload": {"query": QUERY}}),
    **{
        f"an id that is {of!r}": json.dumps(
            {"type": "subscribe", "id": of, "payload": {"query": QUERY}}
        )
        for of in IDS
    },
    "no payload": '{"type": "subscribe", "id": "1"}',
    "a payload that is null": '{"type": "subscribe", "id": "1", "payload": null}',
    "no query": subscribe(),
    "a query that is null": subscribe(query=None),
    "variables that are a list": subscribe(query=QUERY, variables=[1]),
    "an operationName that is a number": subscribe(query=QUERY, operationName=5),
    "a complete without id": '{"type": "complete"}',
    "a complete with a list": '{"type": "complete", "id": []}',
}


@pytest.mark.parametrize("message", INVALID.values(), ids=INVALID)
async def test_what_is_no_message_closes_with_4400(server: Listening, message: str | bytes) -> None:
    async with server.acknowledged() as socket, server.acknowledged() as other:
        await socket.send_text(message)
        code, reason = await socket.closed()
        assert code == 4400
        assert reason
        assert not [text for text in INTERNAL if text in reason]
        assert await other.is_open()


async def test_what_is_no_message_closes_before_the_initialisation_too(server: Listening) -> None:
    async with server.socket() as socket:
        await socket.send_text("null")
        assert (await socket.closed())[0] == 4400


REFUSED = {
    "{ oops": "GRAPHQL_PARSE_FAILED",
    "{ doesNotExist }": "GRAPHQL_VALIDATION_FAILED",
    "query($a: Int!) { packages(first: $a) { totalCount } }": "BAD_USER_INPUT",
    "query A { __typename } query B { __typename }": "OPERATION_RESOLUTION_FAILURE",
    "subscription { changes { cursor } __typename }": "GRAPHQL_VALIDATION_FAILED",
}


@pytest.mark.parametrize(("query", "code"), REFUSED.items())
async def test_a_bad_operation_is_refused_alone(server: Listening, query: str, code: str) -> None:
    async with server.acknowledged() as socket:
        await socket.subscribe("v", query)
        assert (await socket.refusal("v"))[0] == code
        await socket.subscribe("v", QUERY)
        await socket.data("v")
        assert await socket.next() == {"type": "complete", "id": "v"}


async def test_no_exception_s_text_reaches_a_client(
    server: Listening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with server.acknowledged() as socket:

        async def fail(*_: object) -> None:
            raise RuntimeError("secret_thing")

        for method in ("run", "answer"):
            with monkeypatch.context() as patched:
                patched.setattr(Executor, method, fail)
                await socket.subscribe("x", QUERY if method == "answer" else ENDLESS)
                said = ("INTERNAL_SERVER_ERROR", "the server failed to answer; it is logged")
                assert await socket.refusal("x") == said
        assert caplog.text.count("secret_thing") >= 2
        monkeypatch.setattr(websocket.Socket, "_subscribe", fail)
        await socket.subscribe("y", QUERY)
        assert await socket.closed() == (4500, "Internal server error")


async def test_a_socket_has_so_many_operations_at_once(server: Listening) -> None:
    async with server.acknowledged() as socket:
        for number in range(OPERATIONS):
            await socket.subscribe(str(number), LIVE)
        await socket.subscribe("more", LIVE)
        code, message = await socket.refusal("more")
        assert code == "TOO_MANY_OPERATIONS"
        assert str(OPERATIONS) in message
        await socket.send("complete", id="7")
        await socket.subscribe("more", QUERY)
        await socket.data("more")


async def test_a_message_has_a_body_s_size_at_most(server: Listening) -> None:
    async with server.acknowledged() as socket:
        await socket.subscribe("1", QUERY + " " * 90_000)
        await socket.data("1")
        await socket.send_text('{"type": "ping", "payload": {"é": "%s"}}' % ("é" * 60_000))
        said = "the message is larger than 100000 bytes (PACKGRID_BODY_MAX): send fewer at once"
        assert await socket.closed() == (1009, said)
    async with server.acknowledged() as socket:
        await socket.subscribe("2", QUERY + " " * 200_000)
        assert (await socket.closed())[0] == 1009


async def test_the_application_keeps_the_size_where_uvicorn_is_not_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "options", lambda _: {})
    async with listening(database_url) as plain, plain.acknowledged() as socket:
        await socket.subscribe("2", QUERY + " " * 100_000)
        assert (await socket.closed())[0] == 1009


GIVEN: dict[str, Callable[[str], dict[str, Any]]] = {
    "the payload": lambda token: {"payload": {"Authorization": f"Bearer {token}"}},
    "in capitals": lambda token: {"payload": {"AUTHORIZATION": f"bearer {token}"}},
    "the bare token": lambda token: {"payload": {"token": token, "other": 1}},
    "the bare token, another case": lambda token: {"payload": {"Token": token}},
    "the handshake": lambda token: {"authorization": f"Bearer {token}"},
    "both, the payload's good": lambda token: {
        "payload": {"token": token},
        "authorization": "Bearer bad",
    },
}


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
async def test_a_token_says_who_calls(
    own: Listening, token: str, given: Callable[[str], dict[str, Any]]
) -> None:
    async with own.acknowledged(**given(token)) as socket:
        await socket.subscribe("1", "{ viewer { name role } }")
        assert await socket.data("1") == {"viewer": {"name": "ann", "role": "EDITOR"}}
    async with own.acknowledged() as socket:
        await socket.subscribe("1", "{ viewer { name } }")
        assert await socket.data("1") == {"viewer": None}


BAD: dict[str, dict[str, Any]] = {
    "an unknown token": {"payload": {"token": "packgrid_no"}},
    "no token": {"payload": {"token": ""}},
    "a list": {"payload": {"token": ["a"]}},
    "a lone surrogate": {
        "payload": {"Authorization": "Bearer \N{LATIN SMALL LETTER E WITH ACUTE}"}
    },
    "another scheme": {"payload": {"authorization": "Basic YTpi"}},
    "the handshake's": {"authorization": "Bearer packgrid_no"},
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
async def test_a_bad_token_is_no_anonymous_caller(server: Listening, given: dict[str, Any]) -> None:
    headers = {name: text for name, text in given.items() if name != "payload"}
    async with server.socket(**headers) as socket:
        await socket.send("connection_init", payload=given.get("payload", {}))
        assert await socket.closed() == (4403, "Forbidden")


async def test_a_token_that_is_revoked_ends_the_socket(
    quick: Listening, token: str, database_url: str
) -> None:
    async with quick.acknowledged({"token": token}) as socket, quick.acknowledged() as other:
        await socket.subscribe("1", LIVE)
        await asyncio.sleep(0.3)
        assert await socket.is_open()
        engine = create_engine(database_url)
        async with AsyncSession(engine) as session, session.begin():
            await revoke(session, "ann", NOW)
        await engine.dispose()
        assert await socket.closed(1) == (4403, "Forbidden")
        assert await other.is_open()


async def test_a_token_that_is_revoked_begins_nothing_more(
    own: Listening, token: str, database_url: str
) -> None:
    edit = 'mutation { categoryCreate(input: {title: "New"}) { errors { code } } }'
    async with own.acknowledged({"token": token}) as socket, own.acknowledged() as other:
        engine = create_engine(database_url)
        async with AsyncSession(engine) as session, session.begin():
            await revoke(session, "ann", NOW)
        await engine.dispose()
        await socket.subscribe("1", edit)
        assert await socket.closed() == (4403, "Forbidden")
        assert await other.is_open()
    assert await own.ask("{ categories { totalCount } }") == {"categories": {"totalCount": 1}}


async def stalled(socket: Socket, query: str) -> None:
    """Ask for more than all buffers hold, and take nothing."""
    await socket.is_open()
    socket.connection.transport.pause_reading()
    for number in range(10):
        await socket.subscribe(str(number), query)


LARGE = 'subscription { changes(after: "") { node { diff } } }'


async def test_a_client_that_takes_nothing_is_cut_off_and_told_why(
    quick: Listening, append: Append
) -> None:
    await append(500, size=50_000)
    async with quick.acknowledged() as slow, quick.acknowledged() as other:
        await stalled(slow, LARGE)
        await asyncio.sleep(1)
        assert await other.is_open()
        slow.connection.transport.resume_reading()
        assert await slow.closed() == (4410, "Too slow: no message was taken for 0 seconds")


async def test_a_client_that_never_takes_anything_loses_its_connection(
    quick: Listening, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 1.0)
    await append(500, size=50_000)
    connections = quick.server.server_state.connections
    async with quick.acknowledged() as slow:
        assert len(connections) == 1
        await stalled(slow, LARGE)
        await until(lambda: not connections)
        slow.connection.transport.abort()


async def test_clients_that_vanish_leave_nothing_behind(server: Listening) -> None:
    tasks = len(asyncio.all_tasks())
    for _ in range(30):
        async with server.acknowledged() as socket:
            await socket.subscribe("1", ENDLESS)
            await socket.subscribe("2", LIVE)
            await socket.next()
            socket.connection.transport.abort()
    await until(lambda: len(asyncio.all_tasks()) <= tasks + 1)


async def test_a_server_that_stops_ends_its_sockets(database_url: str) -> None:
    async with (
        listening(database_url) as server,
        server.acknowledged() as socket,
        server.socket() as other,
    ):
        await socket.subscribe("1", LIVE)
        server.server.should_exit = True
        assert (await socket.closed())[0] == 1012
        assert (await other.closed())[0] == 1012
