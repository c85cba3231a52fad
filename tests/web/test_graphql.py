"""GraphQL over HTTP, as its specification has it, and what a stranger may send in its place."""

import json
import logging
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from tests.application import Application, application

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

INTERNAL = (
    "SELECT",
    "Traceback",
    "File ",
    ".py",
    "sqlite",
    "asyncpg",
    "sys.",
    "<class",
    "object at",
)
"""What no answer may hold."""


@pytest.fixture(scope="session")
async def app(directory_url: str) -> AsyncIterator[Application]:
    async with application(directory_url) as opened:
        yield opened


async def post(
    app: Application, body: Any, accept: str = GRAPHQL, **headers: str
) -> httpx2.Response:
    """The response to a POST of `body`, bytes or what is made JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"accept": accept, "content-type": JSON, **headers}
    response = await app.client.post("/graphql", content=content, headers=sent)
    assert not [text for text in INTERNAL if text in response.text]
    return response


async def ask(app: Application, query: str, **more: Any) -> httpx2.Response:
    return await post(app, {"query": query, **more})


def code_of(response: httpx2.Response) -> str:
    """The code of the first error of a response that has no data."""
    answer = response.json()
    assert list(answer) == ["errors"]
    code: str = answer["errors"][0]["extensions"]["code"]
    return code


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
    assert response.headers["vary"] == "Accept"
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


# ------------------------------------------------------------ operations


async def test_an_operation_is_chosen_by_its_name(app: Application) -> None:
    two = "query A { a: __typename } query B { b: __typename }"
    assert (await ask(app, two, operationName="B")).json() == {"data": {"b": "Query"}}
    for query, name in [(two, "C"), (two, None), ("{ __typename }", "A")]:
        response = await ask(app, query, operationName=name)
        assert code_of(response) == "OPERATION_RESOLUTION_FAILURE"


@pytest.mark.parametrize(
    "query",
    [
        "mutation { packageDelete { id } }",
        "subscription { changes { cursor } }",
        "type Query { a: Int } { __typename }",
        "fragment F on Query { __typename }",
        "{ ...F } fragment F on Query { ...F }",
        "{ __typename } { __typename }",
        "query($a: Int) { __typename }",
        "{ packages(first: $a) { totalCount } }",
        "query($a: Nothing) { packages(first: $a) { totalCount } }",
        "{ packages { x } }",
        "{ packages(x: 1) { totalCount } }",
        "{ packages @x { totalCount } }",
        "{ packages }",
        "{ __typename { a } }",
        "{ search(query: null) { totalCount } }",
        "{ package(by: {}) { id } }",
        '{ package(by: {id: "Package:1", slug: "a"}) { id } }',
        "{ package(by: {slug: null}) { id } }",
        "{ packages(orderBy: [{field: NOTHING}]) { totalCount } }",
        "{ packages(first: 2147483648) { totalCount } }",
        "{ packages(first: 1.5) { totalCount } }",
        '{ packages(first: "1") { totalCount } }',
        '{ packages(where: {created: {gt: "2026-02-15"}}) { totalCount } }',
        '{ packages(where: {created: {gt: "2026-02-15T08:05:54"}}) { totalCount } }',
        '{ packages(where: {created: {gt: "0001-01-01T00:00:00+14:00"}}) { totalCount } }',
        "{ packages(where: {created: {gt: 5}}) { totalCount } }",
        f"{{ packages(first: {DIGITS.decode()}) {{ totalCount }} }}",
    ],
)
async def test_a_document_that_is_not_valid_is_refused(app: Application, query: str) -> None:
    response = await ask(app, query)
    assert (response.status_code, code_of(response)) == (400, "GRAPHQL_VALIDATION_FAILED")


@pytest.mark.parametrize(
    "query",
    [
        "{ é }",
        '{ "a" }',
        r'{ package(by: {slug: "\ud800"}) { id } }',
        '{ package(by: {slug: "\n"}) { id } }',
        "{" * 5000,
        "{ packages" + "{ nodes" * 5000 + "}" * 5001,
        "{ packages(where: " + "{NOT: " * 2000 + "{}" + "}" * 2000 + ") { totalCount } }",
        "query($a: " + "[" * 5000 + "Int" + "]" * 5000 + ") { __typename }",
    ],
    ids=lambda query: ascii(query[:20]),
)
async def test_what_is_no_document_is_refused(app: Application, query: str) -> None:
    response = await ask(app, query)
    assert (response.status_code, code_of(response)) == (400, "GRAPHQL_PARSE_FAILED")


WHERE = "query($where: PackageWhere) { packages(where: $where) { totalCount } }"
IDS = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (FIRST, {"n": 2**31}),
        (FIRST, {"n": 10**20}),
        (FIRST, {"n": 1.5}),
        (FIRST, {"n": "1"}),
        (FIRST, {"n": True}),
        (FIRST, {"n": [1, 2]}),
        (IDS, {}),
        (IDS, {"ids": None}),
        (IDS, {"ids": ["Package:1", None]}),
        (IDS, {"ids": [{"a": 1}]}),
        (WHERE, {"where": {"x": 1}}),
        (WHERE, {"where": {"title": {"eq": 1}}}),
        (WHERE, {"where": {"created": {"gt": "2026-02-15T08:05:54"}}}),
        (WHERE, {"where": {"repoHost": ["NOWHERE"]}}),
        (WHERE, {"where": {"AND": {"AND": "x"}}}),
        ("query($by: PackageRef!) { package(by: $by) { id } }", {"by": {}}),
        ("query($by: PackageRef!) { package(by: $by) { id } }", {"by": {"id": None}}),
    ],
)
async def test_variables_of_other_types_are_refused(
    app: Application, query: str, variables: dict[str, Any]
) -> None:
    response = await ask(app, query, variables=variables)
    assert response.status_code == 400
    assert code_of(response) in {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    "query",
    [
        "query($v: String) { package(by: {slug: $v}) { id } }",
        'query($v: String = "a") { package(by: {slug: $v}) { id } }',
        'query($v: String = "a") { search(query: $v) { totalCount } }',
        'query($v: ID = "a") { node(id: $v) { id } }',
        'query($v: ID = "a") { nodes(ids: [$v]) { id } }',
        "query($v: OrderDirection) { grids(orderBy: {field: SLUG, direction: $v}) { totalCount } }",
        "query($v: Boolean = true) { __typename @skip(if: $v) }",
        "query($v: Boolean = true) { packages { totalCount @include(if: $v) } }",
        'query($v: String = "Package") { __type(name: $v) { name } }',
    ],
)
async def test_null_where_it_cannot_be_is_refused(app: Application, query: str) -> None:
    """Such documents are valid, for the place of the variable or the variable has a default."""
    response = await ask(app, query, variables={"v": None})
    assert response.status_code in (200, 400)
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ('{ __typename a: package(by: {slug: "a\\u0000b"}) { id } }', ["a"]),
        ('{ __typename a: node(id: "a\\u0000b") { id } }', ["a"]),
        (
            '{ __typename a: package(by: {slug: "x"}) { b: cells(grid: {id: "x"}) { text } } }',
            ["a", "b"],
        ),
        ('{ __typename a: package(by: {repoUrl: "no address"}) { id } }', ["a"]),
        ('{ __typename a: package(by: {pypi: "%"}) { id } }', ["a"]),
        ('{ __typename a: package(by: {id: "Grid:1"}) { id } }', ["a"]),
    ],
)
async def test_a_value_that_cannot_be_is_an_error_with_a_path(
    app: Application, query: str, path: list[str]
) -> None:
    response = await ask(app, query)
    (error,) = response.json()["errors"]
    assert response.json()["data"] == {"__typename": "Query", "a": None}
    assert (error["path"], error["extensions"]) == (path, {"code": "BAD_USER_INPUT"})


async def test_errors_of_a_document_tell_where_in_it_and_in_the_answer(app: Application) -> None:
    response = await ask(app, "{ a: packages { nodes { b: nothing } } }")
    (error,) = response.json()["errors"]
    assert error["path"] == ["a", "nodes", "b"]
    assert error["locations"] == [{"line": 1, "column": 25}]


async def test_errors_are_bounded(app: Application) -> None:
    response = await ask(app, "{" + " ".join(f"x{n}" for n in range(1000)) + "}")
    assert len(response.json()["errors"]) <= 21


# ------------------------------------------------------------ shapes of documents


@pytest.mark.parametrize(
    "query",
    [
        "{" + "".join(f"a{n}: __typename " for n in range(2000)) + "}",
        "{ packages(first: 1) { nodes {" + "".join(f"a{n}: title " for n in range(2000)) + "} } }",
        "{ packages(first: 1) { nodes {"
        + "".join(f"a{n}: category {{ title }} " for n in range(2000))
        + "} } }",
        "{" + "".join(f"a{n}: packages {{ totalCount }} " for n in range(1000)) + "}",
    ],
    ids=["__typename", "stored", "related", "connections"],
)
async def test_thousands_of_aliases(app: Application, query: str) -> None:
    response = await ask(app, query)
    assert (response.status_code, "errors" in response.json()) == (200, False)


def deep(*fields: str, times: int) -> str:
    """`fields`, one below the other, so many times over."""
    opening = "".join(f"{field} {{ " for field in fields) * times
    return f'{{ package(by: {{slug: "django-q"}}) {{ {opening} __typename' + " }" * (
        len(fields) * times + 2
    )


@pytest.mark.parametrize(
    "query",
    [
        deep("replacedBy", times=7),
        deep("category", "packages(first: 1)", "nodes", times=2),
        deep("grids", "packages(first: 1)", "edges", "cells", "package", times=1),
    ],
)
async def test_deep_documents(app: Application, query: str) -> None:
    assert "errors" not in (await ask(app, query)).json()


@pytest.mark.parametrize(
    "query",
    [
        deep("replacedBy", times=60),
        deep("category", "packages(first: 1)", "nodes", times=20),
        deep("grids", "packages(first: 1)", "edges", "cells", "package", times=3),
        "{ packages(where: " + "{NOT: " * 150 + "{}" + "}" * 150 + ") { totalCount } }",
        "{ packages(where: "
        + "{inGrid: {hasPackage: " * 9
        + "{}"
        + "}}" * 9
        + ") { totalCount } }",
        "{ packages(where: " + "{OR: [{AND: [" * 15 + "{}" + "]}]}" * 15 + ") { totalCount } }",
    ],
    ids=["one", "connections", "cells", "NOT", "inGrid", "OR"],
)
async def test_what_is_too_deep_is_refused(app: Application, query: str) -> None:
    response = await ask(app, query)
    assert response.status_code == 200
    for error in response.json().get("errors", []):
        assert error["extensions"]["code"] == "BAD_USER_INPUT"


# ------------------------------------------------------------ introspection


async def test_introspection_stands_beside_data(app: Application) -> None:
    query = """
        query($name: String!, $n: Int) {
          __schema { queryType { name } }
          a: __type(name: $name) { ...Named }
          packages(first: $n) { nodes { __typename } }
          __type(name: "Nothing") { name }
          __typename
        }
        fragment Named on __Type { kind name }
    """
    response = await ask(app, query, variables={"name": "Package", "n": 1})
    data = response.json()["data"]
    assert list(data) == ["__schema", "a", "packages", "__type", "__typename"]
    assert data == {
        "__schema": {"queryType": {"name": "Query"}},
        "a": {"kind": "OBJECT", "name": "Package"},
        "packages": {"nodes": [{"__typename": "Package"}]},
        "__type": None,
        "__typename": "Query",
    }


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
