"""The log of changes as it is read, and who is told to be asking."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from db.engine import create_engine
from db.guard import LOGGED
from db.token import Actor, Role
from tests.application import Application, application

COUNT = 250
DIFF = '{"title": [null,  "Größe \\u00e9"], "score":[1.50, 1e2]}'


@pytest.fixture
async def logged(database_url: str) -> AsyncIterator[Application]:
    """Over a log of COUNT changes of objects that are gone, and nothing else."""
    engine = create_engine(database_url)
    insert = text(
        "INSERT INTO change (id, transaction_id, node_type, node_id, revision, at, actor,"
        " actor_folded, action, diff) VALUES (:id, :id, 'PACKAGE', 7, 1,"
        r" '2026-11-24T12\:00\:00.000000+00\:00', 'Ann', 'ann', 'UPDATE', :diff)"
    )
    rows = [{"id": number, "diff": DIFF} for number in range(1, COUNT + 1)]
    async with engine.begin() as connection:
        await connection.execute(insert, rows, execution_options=LOGGED)
    await engine.dispose()
    async with application(database_url) as opened:
        yield opened


FEED = """query($after: String, $first: Int) {
  changes(after: $after, first: $first) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}"""


async def test_the_feed_is_paged_through_from_the_empty_text(logged: Application) -> None:
    after, seen, pages = "", [], 0
    while True:
        page = (await logged.data(FEED, {"after": after, "first": 40}))["changes"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] == (after != "")
        after, pages = page["edges"][-1]["cursor"], pages + 1
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [f"Change:{number}" for number in range(1, COUNT + 1)]
    assert pages == len(logged.recorder.statements) == 7
    assert after == f'["Query.changes",{COUNT}]'
    assert (await logged.data(FEED, {"after": after}))["changes"]["edges"] == []


async def test_before_the_beginning_there_is_nothing(logged: Application) -> None:
    query = '{ changes(before: "") { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }'
    page = (await logged.data(query))["changes"]
    more = {"hasNextPage": True, "hasPreviousPage": False}
    assert page == {"nodes": [], "pageInfo": more}


@pytest.mark.parametrize(
    "cursor",
    [
        " ",
        "[]",
        '["Query.changes"]',
        '["Query.changes",0]',
        '["Query.changes",1,2]',
        '["Query.changes",-1]',
        '["Package.changes",1]',
        '["Query.changes","1"]',
        "1",
    ],
)
async def test_a_text_that_is_no_cursor_is_refused(logged: Application, cursor: str) -> None:
    assert await logged.refusal(FEED, {"after": cursor}) == ("BAD_USER_INPUT", ["changes"])


async def test_a_diff_leaves_as_it_is_stored(logged: Application) -> None:
    answer = await logged.executor.answer(
        '{ node(id: "Change:1") { ... on Change { diff } } }', {}, None
    )
    assert answer.body.decode() == f'{{"data":{{"node":{{"diff":{DIFF}}}}}}}'


@pytest.mark.parametrize("node", ["x", "", "Change:1", "Transaction:1", "Cell:1", "Package:0"])
async def test_only_of_what_is_logged_there_are_changes(logged: Application, node: str) -> None:
    query = "query($node: ID!) { changes(where: {node: $node}) { totalCount } }"
    assert (await logged.data(query, {"node": "Package:7"}))["changes"] == {"totalCount": COUNT}
    assert (await logged.data(query, {"node": "Grid:7"}))["changes"] == {"totalCount": 0}
    assert await logged.refusal(query, {"node": node}) == ("BAD_USER_INPUT", ["changes"])


WHO = '{ a: __typename viewer { role __typename name } node(id: "Change:1") { id } }'
ACTORS: list[tuple[Actor | None, Any]] = [
    (None, None),
    (
        Actor('A "nn" é', Role.EDITOR, 1),
        {"role": "EDITOR", "__typename": "Viewer", "name": 'A "nn" é'},
    ),
    (Actor("root", Role.ADMIN, 2), {"role": "ADMIN", "__typename": "Viewer", "name": "root"}),
]


async def test_all_who_ask_share_a_plan_and_each_is_told_who_it_is(logged: Application) -> None:
    for actor, expected in ACTORS:
        answer = await logged.executor.answer(WHO, {}, None, actor)
        data = {"a": "Query", "viewer": expected, "node": {"id": "Change:1"}}
        assert json.loads(answer.body) == {"data": data}
    assert len(logged.executor.plans) == 1


async def test_no_variable_says_who_asks(logged: Application) -> None:
    answer = await logged.ask("{ viewer { name } }", {"@actor": ["root", "ADMIN", 1]})
    assert answer == {"data": {"viewer": None}}
