"""What is wrong with the request of a mutation is told before anything is edited."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from db.errors import Busy
from db.read import TooLong
from db.writer import Writer
from tests.db.small import everything, fetch
from tests.web.asking import GRAPHQL, code_of
from tests.web.editing import EDITS, Desk, desk, document, mutations, written

DEEP = "{ NOT: " * 17 + '{ title: { eq: "x" } }' + " }" * 17
"""A filter that SQLite reads, though not many of them within each other."""


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


async def slugs(opened: Desk) -> list[str]:
    """Of the categories that tests made, in their order."""
    found = await fetch(opened.engine, "SELECT slug FROM category WHERE id > 2 ORDER BY id")
    return [slug for (slug,) in found]


def nested(depth: int, inner: str, arguments: str = "first: 1") -> str:
    """Packages of a category of packages of a category..."""
    for _ in range(depth):
        inner = f"packages({arguments}) {{ nodes {{ category {{ {inner} }} }} }}"
    return inner


CANNOT_BE = {
    'packages(after: "x") { nodes { id } }': "not a cursor of this list",
    'packages(after: "[]") { totalCount }': "not a cursor of this list",
    "packages(first: 101) { nodes { id } }": "first",
    "packages(first: 1, last: 1) { nodes { id } }": "first",
    nested(3, "id", "first: 100"): "objects",
    nested(5, "id"): "deeper than 12 levels",
    "packages(where: {title: {eq: null}}) { totalCount }": "null",
    "nothing": "Cannot query field",
}
"""Selections of a category, and what is said of them."""


async def test_a_payload_that_cannot_be_is_told_before_anything_is_edited(opened: Desk) -> None:
    before = await everything(opened.engine)
    for selection, said in CANNOT_BE.items():
        query = f"""mutation {{
            a: categoryCreate(input: {{title: "A"}}) {{ errors {{ code }} }}
            b: categoryCreate(input: {{title: "B"}}) {{ category {{ {selection} }} }}
        }}"""
        for _ in range(2):
            response = await opened.editor.send({"query": query}, accept=GRAPHQL)
            assert response.status_code == 400
            assert list(response.json()) == ["errors"]
            assert said in response.text
    assert await written(opened.engine, before) == set()


async def test_a_payload_that_sqlite_cannot_read_is_told_before_anything_is_edited(
    opened: Desk, backend: str
) -> None:
    arguments = f"first: 1, where: {DEEP}"
    selection = nested(3, f"packages(where: {DEEP}) {{ totalCount }}", arguments)
    query = f"""mutation {{
        a: categoryCreate(input: {{title: "A"}}) {{ errors {{ code }} }}
        b: categoryCreate(input: {{title: "B"}}) {{ category {{ {selection} }} }}
    }}"""
    for script in (opened.editor, opened.reader):
        response = await script.send({"query": query}, accept=GRAPHQL)
        if backend == "sqlite":
            assert (response.status_code, code_of(response)) == (400, "BAD_USER_INPUT")
        else:
            assert response.status_code == 200
    assert await slugs(opened) == ([] if backend == "sqlite" else ["a", "b"])


async def test_all_payloads_together_are_not_too_large(opened: Desk) -> None:
    selection = nested(2, "id", "first: 100")
    field = f'categoryCreate(input: {{title: "A"}}) {{ category {{ {selection} }} }}'
    query = "mutation { " + " ".join(f"a{number}: {field}" for number in range(10)) + " }"
    response = await opened.editor.send({"query": query}, accept=GRAPHQL)
    assert (response.status_code, code_of(response)) == (400, "BAD_USER_INPUT")
    assert await slugs(opened) == []


WRONG = (
    "mutation($i: CategoryCreateInput!) { categoryCreate(input: $i) { errors { code } } }",
    "mutation { categoryCreate(input: {title: 1}) { errors { code } } }",
    "mutation { categoryCreate(input: {}) { errors { code } } }",
    'mutation { categoryCreate(input: {title: "A", more: 1}) { errors { code } } }',
    "mutation { categoryCreate(input: null) { errors { code } } }",
    'mutation { a: gridPackageAdd(input: {grid: {slug: "queues", id: "Grid:1"},'
    ' package: {slug: "held"}}) { errors { code } } }',
    "mutation { categoryCreate { errors { code } } }",
    'mutation A { categoryCreate(input: {title: "A"}) { errors { code } } }'
    ' mutation B { categoryCreate(input: {title: "B"}) { errors { code } } }',
)


async def test_a_wrong_document_edits_nothing(opened: Desk) -> None:
    before = await everything(opened.engine)
    for query in WRONG:
        response = await opened.editor.send({"query": query}, accept=GRAPHQL)
        assert response.status_code == 400, query
    assert await written(opened.engine, before) == set()


async def test_a_mutation_is_only_ever_sent_as_json_by_post(opened: Desk) -> None:
    query = 'mutation { categoryCreate(input: {title: "A"}) { errors { code } } }'
    before = await everything(opened.engine)
    client, headers = opened.admin.client, opened.admin.headers
    for accept in (GRAPHQL, "application/json"):
        sent = headers | {"accept": accept}
        for method in ("GET", "HEAD"):
            response = await client.request(
                method, "/graphql", params={"query": query}, headers=sent
            )
            assert response.status_code == 405
            assert response.headers["allow"] == "POST"
            assert response.headers["cache-control"] == "no-store"
    stream = headers | {"accept": "text/event-stream"}
    response = await client.get("/graphql", params={"query": query}, headers=stream)
    assert "METHOD_NOT_ALLOWED" in response.text
    form = httpx2.Request("POST", "http://test/graphql", data={"query": query}, headers=headers)
    assert (await client.send(form)).status_code == 415
    for media_type in ("text/plain", "application/graphql", "multipart/form-data; boundary=x", ""):
        response = await opened.admin.send({"query": query}, **{"content-type": media_type})
        assert response.status_code == 415
    for method in ("PUT", "PATCH", "DELETE"):
        response = await client.request(method, "/graphql", json={"query": query}, headers=headers)
        assert response.status_code == 405
    address = await client.post("/graphql", params={"query": query}, json={}, headers=headers)
    assert address.status_code == 400
    assert await written(opened.engine, before) == set()


@pytest.mark.parametrize("size", [0, 1_000_000])
async def test_the_answer_to_a_mutation_is_never_kept(database_url: str, size: int) -> None:
    async with desk(database_url, answer_cache=size) as opened:
        await asyncio.sleep(0.3)
        for name in mutations():
            body = {"query": document(name), "variables": {"input": EDITS[name] | {"dryRun": True}}}
            for _ in range(2):
                response = await opened.admin.send(body)
                assert response.headers["cache-control"] == "no-store"
                assert "etag" not in response.headers
        query = 'mutation { gridUpdate(input: {id: "Grid:1", header: %s}) { grid { header } } }'
        for is_header in (True, False, True):
            same = {"query": query % str(is_header).lower()}
            for _ in range(2):
                answer = (await opened.admin.send(same)).json()["data"]
                assert answer == {"gridUpdate": {"grid": {"header": is_header}}}
        assert await fetch(opened.engine, "SELECT revision FROM grid WHERE id = 1") == [(4,)]


TWO = """mutation {
    a: categoryCreate(input: {title: "A"}) { category { slug } errors { path code } }
    b: categoryCreate(input: {title: "B"}) { category { slug } errors { path code } }
}"""


async def test_a_payload_that_takes_too_long_takes_its_edit_back(
    opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened.editor.data(TWO.replace('"}', '", dryRun: true}'))
    monkeypatch.setattr("db.direct.STEPS", 1)
    monkeypatch.setattr("db.direct.LONGEST", -1)
    answer = (await opened.editor.send({"query": TWO})).json()
    (error,) = answer["errors"]
    assert answer["data"] is None
    assert (error["path"], error["extensions"]["code"]) == (["a"], "BAD_USER_INPUT")
    assert await slugs(opened) == []


@pytest.mark.parametrize(("error", "code"), [(Busy(), "CONFLICT"), (TooLong(), "INVALID")])
async def test_what_is_committed_is_told_though_a_later_field_has_no_turn(
    opened: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    run, turns = Writer.run, itertools.count(1)

    async def once(*arguments: Any) -> Any:
        if next(turns) == 2:
            raise error
        return await run(*arguments)

    monkeypatch.setattr(Writer, "run", once)
    assert await opened.editor.data(TWO) == {
        "a": {"category": {"slug": "a"}, "errors": []},
        "b": {"category": None, "errors": [{"path": [], "code": code}]},
    }
    assert await slugs(opened) == ["a"]
