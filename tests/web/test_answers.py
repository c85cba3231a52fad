"""The answers' cache, over HTTP in this process: what is kept, and the headers that go with it."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Hashable
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from tests.application import Application, application
from tests.web.asking import GRAPHQL, JSON, post
from web.answers import Answers
from web.response import respond

QUERY = '{ package(by: {slug: "django-q"}) { title } }'
ADDRESS = f"/graphql?{urlencode({'query': QUERY})}"
KEPT = "public, max-age=0, must-revalidate"


@pytest.fixture
async def app(directory_url: str) -> AsyncIterator[Application]:
    async with application(directory_url, answer_cache=1_000_000) as opened:
        deadline = asyncio.get_running_loop().time() + 20
        while opened.app.graphql.answers.head() is None:  # type: ignore[attr-defined]
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.01)
        yield opened


async def get(app: Application, accept: str = JSON, **headers: str) -> httpx2.Response:
    return await app.client.get(ADDRESS, headers={"accept": accept, **headers})


# ------------------------------------------------------------ what is kept


async def test_an_answer_is_read_once(app: Application) -> None:
    for accept in (JSON, GRAPHQL):
        for ask in (post, get):
            app.recorder.statements.clear()
            asked: list[Any] = [app, {"query": QUERY}, accept] if ask is post else [app, accept]
            responses = [await ask(*asked) for _ in range(3)]
            assert len(app.recorder.statements) == 1
            assert len({response.content for response in responses}) == 1
            types = {response.headers["content-type"] for response in responses}
            assert types == {f"{accept}; charset=utf-8"}


async def test_a_head_has_what_a_get_left(app: Application) -> None:
    headers = dict((await get(app)).headers)
    app.recorder.statements.clear()
    assert dict((await app.client.head(ADDRESS)).headers) == headers
    assert app.recorder.statements == []


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "{ x }",
        '{ node(id: "x") { id } packages { totalCount } }',
        "{ packages(first: 1000) { totalCount } }",
    ],
)
async def test_an_answer_with_errors_is_not_kept(app: Application, query: str) -> None:
    for accept in (JSON, GRAPHQL):
        response = await post(app, {"query": query}, accept)
        assert "errors" in response.json()
        assert response.headers["cache-control"] == "no-store"
        response = await app.client.get(f"/graphql?{urlencode({'query': query})}")
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
    assert len(app.app.graphql.answers._kept) == 0  # type: ignore[attr-defined]


async def test_an_answer_that_the_time_alone_changes_is_not_kept(app: Application) -> None:
    query = '{ package(by: {slug: "django-q"}) { ingest { reason } } }'
    for _ in range(2):
        app.recorder.statements.clear()
        for response in (
            await post(app, {"query": query}),
            await app.client.get(f"/graphql?{urlencode({'query': query})}"),
        ):
            assert response.headers["cache-control"] == "no-store"
            assert "etag" not in response.headers
        assert len(app.recorder.statements) == 2


async def test_a_request_that_is_refused_is_no_answer(app: Application) -> None:
    await get(app)
    for response in (
        await app.client.get(ADDRESS, headers={"accept": "image/png", "if-none-match": "*"}),
        await app.client.post("/graphql", content=b"{", headers={"content-type": JSON}),
        await app.client.post("/graphql", content=b"{}"),
    ):
        assert response.status_code in (400, 406, 415)
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"packgrid-after": "x"},
        {"packgrid-after": ""},
        {"cache-control": "no-cache"},
        {"cache-control": "max-age=0, No-Cache"},
    ],
)
async def test_who_wants_what_is_there_now_has_it_read(
    app: Application, headers: dict[str, str]
) -> None:
    await get(app)
    for number in (1, 2):
        app.recorder.statements.clear()
        await get(app, **headers)
        await post(app, {"query": QUERY}, **headers)
        assert len(app.recorder.statements) == 2, number
    app.recorder.statements.clear()
    await get(app, **{"cache-control": "max-age=0"})
    assert app.recorder.statements == []


# ------------------------------------------------------------ conditional requests


async def test_a_get_has_an_etag_of_its_own_and_a_post_has_none(app: Application) -> None:
    first, second, other = [await get(app), await get(app), await get(app, GRAPHQL)]
    assert first.headers["etag"] == second.headers["etag"] != other.headers["etag"]
    assert first.headers["cache-control"] == KEPT
    response = await post(app, {"query": QUERY}, JSON, **{"if-none-match": "*"})
    assert (response.status_code, response.content) == (200, first.content)
    assert {"etag", "cache-control"}.isdisjoint(response.headers)


async def test_who_has_the_answer_is_told_so_without_a_statement(app: Application) -> None:
    etag = (await get(app)).headers["etag"]
    app.recorder.statements.clear()
    for given in (etag, f"W/{etag}", f'"a", W/"b,c" , {etag}', f'W/{etag},"x"', "*", " * "):
        for method in ("GET", "HEAD"):
            response = await app.client.request(method, ADDRESS, headers={"if-none-match": given})
            assert (response.status_code, response.content) == (304, b"")
            assert response.headers["etag"] == etag
            assert response.headers["cache-control"] == KEPT
            assert response.headers["vary"] == "Accept, Authorization"
            assert "content-type" not in response.headers
    assert app.recorder.statements == []
    for given in ('"x"', "", etag.strip('"'), f'"x{etag[1:]}', f'W/"x", "{etag[2:]}'):
        assert (await get(app, **{"if-none-match": given})).status_code == 200
    assert (await get(app, GRAPHQL, **{"if-none-match": etag})).status_code == 200


async def test_who_has_an_answer_that_is_not_kept_is_told_so_by_a_statement(
    app: Application, directory_url: str
) -> None:
    etag = (await get(app)).headers["etag"]
    app.recorder.statements.clear()
    response = await get(app, **{"if-none-match": etag, "cache-control": "no-cache"})
    assert (response.status_code, len(app.recorder.statements)) == (304, 1)
    async with application(directory_url) as other:
        response = await get(other, **{"if-none-match": etag})
        assert (response.status_code, len(other.recorder.statements)) == (304, 1)


# ------------------------------------------------------------ bounds


class Judge:
    """A head that is what it is set to."""

    head: Hashable | None = 1

    def now(self) -> Hashable | None:
        return self.head

    def forget(self) -> None: ...

    async def close(self) -> None: ...


def kept(answers: Answers, key: Any, size: int, head: Hashable | None = 1) -> bool:
    """Whether an answer of this many bytes, read under `head`, is kept."""
    answers.keep(key, respond(200, JSON, b"x" * size, is_once=False, is_get=True), head)
    return answers.get(key) is not None


def test_answers_take_no_more_bytes_than_they_may() -> None:
    most = 2_000_000
    for size in (30, 2_000, 150_000):
        answers = Answers(Judge(), most)
        answers.head()
        tracemalloc.start()
        for number in range(200_000_000 // (size + 20_000)):
            kept(answers, (False, b"%d" % number + bytes(size // 3), JSON, None), size)
        taken, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most / 4 < taken < most * 1.05, size


def test_an_answer_larger_than_an_eighth_is_not_kept() -> None:
    answers = Answers(Judge(), 80_000)
    answers.head()
    assert kept(answers, (True, b"a", JSON, None), 7_900)
    assert not kept(answers, (True, b"b", JSON, None), 10_000)
    assert not kept(answers, (True, b"c" * 5_000, JSON, None), 5_000)


def test_answers_are_of_one_head() -> None:
    judge, key = Judge(), (True, b"a", JSON, None)
    answers = Answers(judge, 1_000_000)
    assert not kept(answers, key, 10, head=1), "it was not asked for"
    assert answers.head() == 1
    assert kept(answers, key, 10, head=1)
    for head in (2, None, 2):
        judge.head = head
        assert answers.head() == head
        assert answers.get(key) is None
        assert not kept(answers, key, 10, head=1)
        assert kept(answers, key, 10, head=head) == (head is not None)
