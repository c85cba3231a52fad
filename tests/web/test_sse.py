"""graphql-sse, in distinct connections mode."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import create_engine
from db.token import Role, create, revoke
from resolvers.executor import Executor
from tests.conftest import NOW
from tests.db.log import Append, appending
from tests.web.asking import INTERNAL
from tests.web.processes import fill
from tests.web.streaming import Listening, listening, until
from web import operations, protocol, sse

QUERY = "query($n: Int) { packages(first: $n) { totalCount } }"
ENDLESS = 'subscription { changes(after: "") { cursor } }'
LIVE = "subscription { changes { cursor } }"
LARGE = 'subscription { changes(after: "") { node { diff } } }'
EDIT = 'mutation { categoryCreate(input: {title: "New"}) { category { slug } errors { code } } }'
COMPLETE = ("complete", None)


@pytest.fixture
async def server(database_url: str) -> AsyncIterator[Listening]:
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


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_a_query_has_one_answer_and_is_complete(server: Listening, method: str) -> None:
    async with server.events(QUERY, method, {"n": 1}) as events:
        assert events.response.status_code == 200
        assert events.response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert events.response.headers["cache-control"] == "no-store"
        assert await events.next() == ("next", {"data": {"packages": {"totalCount": 2}}})
        assert await events.next() == COMPLETE
        assert [line async for line in events.lines] == []


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_a_subscription_has_what_was_and_what_comes(
    server: Listening, append: Append, method: str
) -> None:
    async with server.events(ENDLESS, method) as events:
        count = (await server.ask("{ changes { totalCount } }"))["changes"]["totalCount"]
        for number in range(1, count + 2):
            if number > count:
                await append()
            change = {"cursor": f'["Query.changes",{number}]'}
            assert await events.next() == ("next", {"data": {"changes": change}})


async def test_an_edit_is_answered_to_a_post_alone(server: Listening, token: str) -> None:
    sent = {"authorization": f"Bearer {token}"}
    async with server.events(EDIT, "GET", **sent) as events:
        assert (await events.refusal())[0] == "METHOD_NOT_ALLOWED"
    count = "{ categories { totalCount } }"
    assert await server.ask(count) == {"categories": {"totalCount": 1}}
    async with server.events(EDIT, **sent) as events:
        made = {"category": {"slug": "new"}, "errors": []}
        assert await events.next() == ("next", {"data": {"categoryCreate": made}})
        assert await server.ask(count) == {"categories": {"totalCount": 2}}
        assert await events.next() == COMPLETE


REFUSED = {
    "{ oops": "GRAPHQL_PARSE_FAILED",
    "{ doesNotExist }": "GRAPHQL_VALIDATION_FAILED",
    'subscription { changes(after: "x") { cursor } }': "BAD_USER_INPUT",
}


@pytest.mark.parametrize(("query", "code"), REFUSED.items())
async def test_a_bad_operation_is_refused_in_an_event(
    server: Listening, query: str, code: str
) -> None:
    async with server.events(query) as events:
        assert events.response.status_code == 200
        assert (await events.refusal())[0] == code


async def test_what_is_no_request_is_refused_in_json(server: Listening) -> None:
    accept = {"accept": "text/event-stream"}
    async with httpx2.AsyncClient(base_url=f"http://{server.host}", headers=accept) as client:

        async def code(status: int, method: str = "POST", **given: Any) -> str:
            response = await client.request(method, "/graphql", **given)
            assert response.status_code == status
            assert response.headers["content-type"] == "application/json; charset=utf-8"
            found: str = response.json()["errors"][0]["extensions"]["code"]
            return found

        assert await code(400, json=[]) == "BAD_REQUEST"
        assert await code(400, json={"query": 1}) == "BAD_REQUEST"
        assert await code(400, "GET") == "BAD_REQUEST"
        assert await code(413, json={"query": "#" * 100_000}) == "BAD_REQUEST"
        text = {"content-type": "text/plain"}
        assert await code(415, content=b"{}", headers=text) == "BAD_REQUEST"
        bad = {"authorization": "Bearer packgrid_no"}
        assert await code(401, json={"query": QUERY}, headers=bad) == "UNAUTHENTICATED"
        head = await client.request("HEAD", "/graphql", params={"query": QUERY})
        assert head.status_code == 406


ACCEPTED = {
    "text/event-stream": "text/event-stream",
    "TEXT/Event-Stream; charset=utf-8": "text/event-stream",
    "application/json, text/event-stream": "application/json",
    "text/event-stream, application/json": "text/event-stream",
    "application/json;q=0.5, text/event-stream": "text/event-stream",
    "*/*": "application/json",
}


@pytest.mark.parametrize(("accept", "expected"), ACCEPTED.items())
async def test_accept_says_which_response_it_is(
    server: Listening, accept: str, expected: str
) -> None:
    async with server.events(QUERY, accept=accept) as events:
        assert events.response.headers["content-type"].startswith(expected)


async def test_a_subscription_answered_as_json_is_refused(server: Listening) -> None:
    async with server.events(LIVE, accept="application/json") as events:
        await events.response.aread()
        (error,) = events.response.json()["errors"]
        assert "graphql-sse" in error["message"]


async def test_comments_keep_it_alive(server: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "ALIVE", 0.1)
    async with server.events(LIVE) as events:
        for _ in range(5):
            assert await events.next(1) == ("", None)


async def test_no_exception_s_text_reaches_a_client(
    server: Listening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("secret_thing")

    monkeypatch.setattr(Executor, "run", fail)
    async with server.events(ENDLESS) as events:
        code, message = await events.refusal()
        assert code == "INTERNAL_SERVER_ERROR"
        assert not [text for text in (*INTERNAL, "secret_thing") if text in message]
    assert "secret_thing" in caplog.text


async def test_a_token_that_is_revoked_ends_it(
    server: Listening, token: str, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "ALIVE", 0.1)
    async with server.events(LIVE, authorization=f"Bearer {token}") as events:
        assert await events.next() == ("", None)
        engine = create_engine(database_url)
        async with AsyncSession(engine) as session, session.begin():
            await revoke(session, "ann", NOW)
        await engine.dispose()
        while (event := await events.next(1)) == ("", None):
            pass
        assert event[1]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert await events.next() == COMPLETE


async def slow(server: Listening) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A client that asks for a lot."""
    reader, writer = await asyncio.open_connection(*server.host.split(":"), limit=1_000)
    body = httpx2.Request("POST", "http://x", json={"query": LARGE}).content
    head = ["POST /graphql HTTP/1.1", "Host: x", "Accept: text/event-stream"]
    head += ["Content-Type: application/json", f"Content-Length: {len(body)}", "", ""]
    writer.write("\r\n".join(head).encode() + body)
    return reader, writer


async def test_a_client_that_takes_nothing_is_cut_off_and_told_why(
    server: Listening, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "SLOW", 0.5)
    await append(500, size=50_000)
    reader, writer = await slow(server)
    await asyncio.sleep(1.5)
    text = b""
    async with asyncio.timeout(10):
        while not text.endswith(b"event: complete\ndata: \n\n\r\n0\r\n\r\n"):
            text = text[-1_000:] + await reader.read(100_000)
    assert b'"code":"TOO_SLOW"' in text
    writer.close()


async def test_a_client_that_never_takes_anything_loses_its_connection(
    server: Listening, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 1.0)
    await append(500, size=50_000)
    _, writer = await slow(server)
    connections = server.server.server_state.connections
    await until(lambda: connections)
    await until(lambda: not connections)
    writer.close()


async def test_clients_that_vanish_leave_nothing_behind(server: Listening) -> None:
    await server.ask("{ __typename }")
    tasks = len(asyncio.all_tasks())
    for query in [ENDLESS, LIVE] * 10:
        async with server.events(query) as events:
            if query == ENDLESS:
                await events.next()
    await until(lambda: len(asyncio.all_tasks()) <= tasks + 1)


async def test_a_server_that_stops_ends_its_responses(database_url: str) -> None:
    async with listening(database_url) as server, server.events(LIVE) as events:
        server.server.should_exit = True
        with pytest.raises(httpx2.RemoteProtocolError):
            await events.next()
