"""What a subscription says: every change once, whoever makes it and wherever it is followed."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import create_engine
from db.token import Role, create
from tests.conftest import NOW
from tests.counts import pick, reached
from tests.db.log import Append, appending
from tests.web.processes import Server, fill, serving
from tests.web.streaming import Listening, Remote, Socket, listening

RESTARTS = pick(test=3, prove=20)

CHANGES = "subscription($after: String, $node: ID) { changes(after: $after, node: $node) {%s} }"
CURSORS = CHANGES % "cursor"


def cursor(number: int) -> str:
    return f'["Query.changes",{number}]'


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


async def count_of(server: Listening) -> int:
    """How many changes are in the log."""
    found: int = (await server.ask("{ changes { totalCount } }"))["changes"]["totalCount"]
    return found


async def numbers(socket: Socket, count: int) -> list[int]:
    """The numbers of the next changes."""
    texts = [(await socket.data("1"))["changes"]["cursor"] for _ in range(count)]
    return [json.loads(text)[1] for text in texts]


async def quiet(socket: Socket) -> bool:
    """Whether nothing comes for a while."""
    await asyncio.sleep(0.3)
    return await socket.is_open()


async def test_from_now_on_nothing_of_what_was_comes(server: Listening, append: Append) -> None:
    async with server.acknowledged() as socket:
        for variables in ({}, {"after": None, "node": None}):
            newest = await count_of(server)
            await socket.subscribe("1", CURSORS, variables=variables)
            assert await quiet(socket)
            await append(2)
            assert await numbers(socket, 2) == [newest + 1, newest + 2]
            await socket.send("complete", id="1")


async def test_from_a_cursor_all_comes_that_is_after_it(server: Listening, append: Append) -> None:
    newest = await count_of(server)
    pages = await server.ask("{ changes(first: 3) { pageInfo { endCursor } } }")
    after = pages["changes"]["pageInfo"]["endCursor"]
    for begun, first in ((after, 4), ("", 1), (cursor(newest), newest + 1)):
        async with server.acknowledged() as socket:
            await socket.subscribe("1", CURSORS, variables={"after": begun})
            assert await numbers(socket, newest + 1 - first) == [*range(first, newest + 1)]
            assert await quiet(socket)
            await append()
            newest += 1
            assert await numbers(socket, 1) == [newest]


async def test_of_one_object_only_its_own_changes_come(server: Listening, append: Append) -> None:
    async with server.acknowledged() as socket:
        await append(1, key=1, type_="GRID")
        newest = await count_of(server)
        await socket.subscribe("1", CURSORS, variables={"node": "Package:1", "after": ""})
        (created,) = await numbers(socket, 1)
        assert created < newest
        await append(1, key=1, type_="GRID")
        await append(1, key=2)
        assert await quiet(socket)
        await append(1, key=1)
        assert await numbers(socket, 1) == [newest + 3]


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"after": "x"}, "after is not a cursor of this list"),
        ({"after": '["Query.packages TITLE ASC","a",1]'}, "after is not a cursor of this list"),
        ({"after": cursor(0)}, "after is not a cursor of this list"),
        ({"after": cursor(1_000)}, "after is a cursor of a change that is not in this"),
        ({"after": cursor(2**63)}, "after is not a cursor of this list"),
        ({"node": "x"}, "is not a global id"),
        ({"node": "Change:1"}, "is not the id of an object whose changes are logged"),
    ],
)
async def test_what_cannot_be_followed_is_said_at_once(
    server: Listening, variables: dict[str, Any], said: str
) -> None:
    async with server.acknowledged() as socket:
        await socket.subscribe("1", CURSORS, variables=variables)
        code, message = await socket.refusal("1")
        assert code == "BAD_USER_INPUT"
        assert said in message
        assert await socket.is_open()


async def test_an_operation_that_cannot_be_answered_is_refused_before_any_change(
    server: Listening,
) -> None:
    deep = "packages { nodes { category {" * 6 + "id" + "} } }" * 6
    large = "packages(first: 100) { nodes { category {" * 3 + "id" + "} } }" * 3
    async with server.acknowledged() as socket:
        for selection, said in ((deep, "nested deeper"), (large, "ask for smaller pages")):
            query = CHANGES % f"node {{ node {{ ... on Category {{ {selection} }} }} }}"
            await socket.subscribe("1", query, variables={"after": ""})
            code, message = await socket.refusal("1")
            assert code == "BAD_USER_INPUT"
            assert said in message
        assert await socket.is_open()


async def test_an_event_is_read_as_any_query_is(server: Listening, token: str) -> None:
    selection = """
        at: cursor __typename
        node { ...Said now: node { __typename ... on Category { title packages { totalCount } } } }
    """
    query = CHANGES % selection + "fragment Said on Change { actor action revision nodeId diff }"
    edit = 'mutation { categoryCreate(input: {title: "New"}) { category { id } } }'
    async with server.acknowledged({"token": token}) as socket:
        await socket.subscribe("1", query)
        assert await quiet(socket)
        newest = await count_of(server)
        made = await server.ask(edit, token)
        id_ = made["categoryCreate"]["category"]["id"]
        (event,) = (await socket.data("1")).values()
        assert list(event) == ["at", "__typename", "node"]
        assert event["at"] == cursor(newest + 1)
        assert event["__typename"] == "ChangeEdge"
        diff = event["node"].pop("diff")
        assert diff["title"] == [None, "New"]
        category = {"__typename": "Category", "title": "New", "packages": {"totalCount": 0}}
        assert event["node"] == {
            "actor": "ann",
            "action": "CREATE",
            "revision": 1,
            "nodeId": id_,
            "now": category,
        }
        feed = await server.ask("{ changes(last: 1) { edges { cursor node { nodeId } } } }")
        assert feed["changes"]["edges"] == [{"cursor": event["at"], "node": {"nodeId": id_}}]


def remote(server: Server) -> Remote:
    """How the server is followed."""
    return Remote(str(server.client.base_url).removeprefix("http://"))


async def test_a_commit_in_one_process_reaches_a_subscriber_of_another_within_a_second(
    database_url: str, token: str
) -> None:
    await fill(database_url)
    delays = []
    async with serving(database_url) as edits, serving(database_url) as follows:
        followed = remote(follows)
        async with followed.acknowledged() as socket, followed.events(CURSORS) as events:
            await socket.subscribe("1", CURSORS)
            assert await quiet(socket)
            for number in range(10):
                title = f'categoryCreate(input: {{title: "C{number}"}}) {{ errors {{ code }} }}'
                made = await remote(edits).ask(f"mutation {{ {title} }}", token)
                assert made == {"categoryCreate": {"errors": []}}
                start = time.monotonic()
                found = (await socket.data("1"))["changes"]
                assert await events.next() == ("next", {"data": {"changes": found}})
                delays.append(time.monotonic() - start)
                await asyncio.sleep(0.1)
    assert max(delays) < 1, delays


async def test_a_client_that_comes_back_with_its_cursor_misses_nothing(
    database_url: str, append: Append
) -> None:
    """The server is killed again and again while another process writes."""
    stopped = asyncio.Event()
    written = 0

    async def write() -> None:
        nonlocal written
        while not stopped.is_set():
            await append(3)
            written += 3
            await asyncio.sleep(0.005)

    writing = asyncio.create_task(write())
    found: list[int] = []
    after = ""
    for number in range(RESTARTS):
        async with serving(database_url) as server:
            wanted = len(found) + 200
            if number % 2:
                async with remote(server).events(CURSORS, variables={"after": after}) as events:
                    while len(found) < wanted:
                        after = (await events.next())[1]["data"]["changes"]["cursor"]
                        found.append(json.loads(after)[1])
            else:
                async with remote(server).acknowledged() as socket:
                    await socket.subscribe("1", CURSORS, variables={"after": after})
                    while len(found) < wanted:
                        found += await numbers(socket, 1)
                        after = cursor(found[-1])
    stopped.set()
    await writing
    assert found == [*range(1, 200 * RESTARTS + 1)]
    assert written >= len(found)
    reached("restarts of a server that is followed", RESTARTS)
