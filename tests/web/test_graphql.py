"""GraphQL over HTTP, as its specification has it, and what a stranger may send in its place."""

import logging
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.application import Application, application
from tests.web.asking import GRAPHQL, JSON, ask, code_of, post

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="session")
async def app(directory_url: str) -> AsyncIterator[Application]:
    async with application(directory_url) as opened:
        yield opened


# ------------------------------------------------------------ media types and statuses


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        ("*/*", JSON),
        ("application/*", JSON),
        ("", JSON),
        ("APPLICATION/JSON", JSON),
        (f"{JSON}; charset=utf-8", JSON),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON};q=0.5, {GRAPHQL};q=0.6", GRAPHQL),
        (f"image/png, {GRAPHQL};q=0.1", GRAPHQL),
        (BROWSER, JSON),
    ],
)
async def test_the_response_has_the_type_that_is_accepted(
    app: Application, accept: str, expected: str
) -> None:
    response = await post(app, {"query": "{ __typename }"}, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{expected}; charset=utf-8"
    assert response.headers["vary"] == "Accept, Authorization"
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "accept", ["text/html", "image/png", f"{JSON};q=0", f"{JSON};q=x", f"{JSON};q=nan", f"{JSON}p"]
)
async def test_a_post_that_accepts_neither_type_is_refused(app: Application, accept: str) -> None:
    response = await post(app, {"query": "{ __typename }"}, accept)
    assert (response.status_code, code_of(response)) == (406, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ x }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($a: Int!) { packages(first: $a) { totalCount } }", "BAD_USER_INPUT"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
    ],
)
async def test_only_the_new_media_type_says_by_its_status_that_nothing_was_executed(
    app: Application, query: str, code: str
) -> None:
    for accept, status in [(GRAPHQL, 400), (JSON, 200)]:
        response = await post(app, {"query": query}, accept)
        assert (response.status_code, code_of(response)) == (status, code)


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_an_error_in_a_field_leaves_the_status_at_200(app: Application, accept: str) -> None:
    response = await post(app, {"query": '{ node(id: "x") { id } __typename }'}, accept)
    assert response.status_code == 200
    assert response.json()["data"] == {"node": None, "__typename": "Query"}


# ------------------------------------------------------------ bodies


DIGITS = b"9" * 5000
TEXT_VARIABLE = b'"query":"query($s:String!){package(by:{slug:$s}){id}}","variables":'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(body, id=ascii(body[:24]))
        for body in [
            b"",
            b"null",
            b"1",
            b'"x"',
            b"true",
            b"[]",
            b"{}",
            b'[{"query":"{__typename}"}]',
            b'{"query":null}',
            b'{"query":1}',
            b'{"query":"{__typename}"',
            b'{"query":"{__typename}"}x',
            b"\xff\xfe{\x00}\x00",
            b'\xef\xbb\xbf{"query":"{__typename}"}',
            b'{"query":"\xff"}',
            b'{"query":"{__typename}","variables":[]}',
            b'{"query":"{__typename}","variables":"{}"}',
            b'{"query":"{__typename}","extensions":[]}',
            b'{"query":"{__typename}","operationName":1}',
            b'{"query":"{__typename}","variables":{"a":NaN}}',
            b"[" * 2000 + b"]" * 2000,
            b'{"a":' * 2000 + b"1" + b"}" * 2000,
            b'{"query":"{__typename}","variables":{"a":' + DIGITS + b"}}",
            b"{" + TEXT_VARIABLE + rb'{"s":"\ud800"}}',
            b"{" + TEXT_VARIABLE + rb'{"s":"\udc00\ud800"}}',
            b"{" + TEXT_VARIABLE + b'{"s":"\xed\xa0\x80"}}',
            rb'{"query":"{package(by:{slug:\"\ud800\"}){id}}"}',
        ]
    ],
)
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_a_body_that_is_no_request_is_refused(
    app: Application, body: bytes, accept: str
) -> None:
    response = await post(app, body, accept)
    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")
    assert response.headers["content-type"].startswith(accept)


@pytest.mark.parametrize(
    "more",
    [
        {"variables": None, "operationName": None, "extensions": None},
        {"operationName": ""},
        {"extensions": {"a": 1}},
        {"variables": {"unused": {"a": [1.5, None]}}},
        {"something": "else"},
    ],
)
async def test_what_says_nothing_is_passed_over(app: Application, more: dict[str, Any]) -> None:
    assert (await ask(app, "{ __typename }", **more)).json() == {"data": {"__typename": "Query"}}


async def test_of_two_equal_keys_the_last_counts(app: Application) -> None:
    response = await post(app, b'{"query":"{ a: __typename }","query":"{ b: __typename }"}')
    assert response.json() == {"data": {"b": "Query"}}


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("Application/JSON", 200),
        ("application/json;charset=UTF-8", 200),
        ('application/json; charset="utf-8"', 200),
        ("application/json; a=b", 200),
        ("", 415),
        ("text/plain", 415),
        ("text/json", 415),
        ("application/jsonfoo", 415),
        ("application/json, text/plain", 415),
        ("application/graphql", 415),
        (GRAPHQL, 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/json; charset=utf-16", 415),
        ("application/json; charset=latin-1", 415),
    ],
)
async def test_only_json_in_utf8_is_taken(app: Application, content_type: str, status: int) -> None:
    response = await post(app, {"query": "{ __typename }"}, **{"content-type": content_type})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("encoding", "status"),
    [
        ("identity", 200),
        ("gzip", 415),
        ("GZIP", 415),
        ("gzip, identity", 415),
        ("Identity", 200),
    ],
)
async def test_only_a_body_that_is_not_encoded_is_taken(
    app: Application, encoding: str, status: int
) -> None:
    response = await post(app, {"query": "{ __typename }"}, **{"content-encoding": encoding})
    assert response.status_code == status


async def in_pieces(piece: bytes, times: int) -> AsyncIterator[bytes]:
    for _ in range(times):
        yield piece


@pytest.mark.parametrize("times", [1, 2])
async def test_a_body_that_is_too_large_is_refused(app: Application, times: int) -> None:
    piece = b" " * 100_001
    body: Any = piece if times == 1 else in_pieces(piece, times)
    response = await app.client.post("/graphql", content=body, headers={"content-type": JSON})
    assert response.status_code == 413
    assert "100000 bytes (PACKGRID_BODY_MAX): send fewer at once" in response.text
    assert response.headers["content-type"].startswith(JSON)
    assert code_of(response) == "BAD_REQUEST"


async def test_the_largest_body_is_taken(app: Application) -> None:
    body = b'{"query":"{__typename}"}'
    assert (await post(app, body + b" " * (100_000 - len(body)))).status_code == 200


# ------------------------------------------------------------ GET and other methods


def address(**parameters: str) -> str:
    return f"/graphql?{urlencode(parameters)}"


FIRST = "query First($n: Int) { packages(first: $n) { nodes { databaseId } } }"


async def test_a_get_asks_by_its_address(app: Application) -> None:
    query = f"{FIRST} query Other {{ __typename }}"
    for variables, length in [('{"n": 2}', 2), ("null", 20), ("", 20)]:
        response = await app.client.get(
            address(query=query, variables=variables, extensions="{}", operationName="First")
        )
        assert response.status_code == 200
        assert len(response.json()["data"]["packages"]["nodes"]) == length


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"variables": "{}"},
        {"query": "{ __typename }", "variables": "{"},
        {"query": "{ __typename }", "variables": "[]"},
        {"query": "{ __typename }", "variables": '"{}"'},
        {"query": "{ __typename }", "variables": r'{"s": "\ud800"}'},
        {"query": "{ __typename }", "extensions": "1"},
    ],
)
async def test_a_get_that_is_no_request_is_refused(
    app: Application, parameters: dict[str, str]
) -> None:
    response = await app.client.get(address(**parameters), headers={"accept": GRAPHQL})
    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


async def test_a_browser_gets_a_page(app: Application) -> None:
    for accept in ("text/html", BROWSER):
        response = await app.client.get("/graphql", headers={"accept": accept})
        assert response.headers["content-type"].startswith("text/html")
    query = address(query="{ __typename }")
    response = await app.client.get(query, headers={"accept": f"{JSON}, text/html;q=0.9"})
    assert response.json() == {"data": {"__typename": "Query"}}


async def test_head_answers_as_get_does(app: Application) -> None:
    response = await app.client.head(address(query="{ __typename }"))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(JSON)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_another_method_is_told_which_there_are(app: Application, method: str) -> None:
    response = await app.client.request(method, address(query="{ __typename }"))
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["allow"].split(", "))


# ------------------------------------------------------------ failures


async def test_a_failure_is_logged_and_says_nothing(
    app: Application, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any) -> None:
        raise RuntimeError("SELECT secret FROM sqlite: a password")

    monkeypatch.setattr(app.recorder, "row", fail)
    for accept in (GRAPHQL, JSON):
        caplog.clear()
        response = await post(app, {"query": "{ packages { totalCount } }"}, accept)
        assert (response.status_code, code_of(response)) == (500, "INTERNAL_SERVER_ERROR")
        assert "secret" not in response.text
        (record,) = [r for r in caplog.records if r.levelno >= logging.ERROR]
        assert record.exc_info
        assert "a password" in str(record.exc_info[1])
    assert (await ask(app, "{ __typename }")).status_code == 200
