"""Documents, operations and variables, asked over HTTP: what is answered and what is refused."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.application import Application, application
from tests.web.asking import ask, code_of


@pytest.fixture(scope="session")
async def app(directory_url: str) -> AsyncIterator[Application]:
    async with application(directory_url) as opened:
        yield opened


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
        "subscription { nothing }",
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
        f"{{ packages(first: {'9' * 5000}) {{ totalCount }} }}",
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
FIRST = "query($n: Int) { packages(first: $n) { totalCount } }"
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
        "{" + "".join(f"a{n}: __typename " for n in range(600)) + "}",
        "{ packages(first: 1) { nodes {" + "".join(f"a{n}: title " for n in range(600)) + "} } }",
        "{ packages(first: 1) { nodes {"
        + "".join(f"a{n}: category {{ title }} " for n in range(300))
        + "} } }",
        "{" + "".join(f"a{n}: packages {{ totalCount }} " for n in range(150)) + "}",
    ],
    ids=["__typename", "stored", "related", "connections"],
)
async def test_hundreds_of_aliases(app: Application, query: str) -> None:
    response = await ask(app, query)
    assert (response.status_code, "errors" in response.json()) == (200, False)


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("{" + "".join(f"a{n}: packages {{ totalCount }} " for n in range(300)) + "}", "tables"),
        (
            "{" + "".join(f'a{n}: search(query: "a") {{ totalCount }} ' for n in range(11)) + "}",
            "10 searches",
        ),
        (
            "{ packages(where: {AND: [" + "{inGrid: {header: true}} " * 21 + "]}) { totalCount } }",
            "20 filters of related objects",
        ),
        (
            "{ packages(first: 100) { nodes { category { packages(first: 100) {"
            " nodes { category { packages(first: 100) { nodes { id } } } } } } } } }",
            "objects",
        ),
    ],
    ids=["tables", "searches", "related", "objects"],
)
async def test_an_operation_that_asks_for_too_much_is_refused(
    app: Application, query: str, most: str
) -> None:
    (error, *_) = (await ask(app, query)).json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert most in error["message"]


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


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("order", [{"field": "TITLE"}] * 2000, "orderBy takes at most 10 keys"),
        ("where", {"title": {"contains": "%" * 5001}}, "contains takes at most 5000 characters"),
        ("where", {"OR": [{"AND": [{"slug": {"eq": "a"}}] * 100}] * 11}, "1000 arguments"),
    ],
)
async def test_variables_that_ask_for_too_much_are_refused(
    app: Application, variable: str, value: Any, said: str
) -> None:
    query = "query($order: [PackageOrder!], $where: PackageWhere) {"
    query += " packages(orderBy: $order, where: $where) { nodes { id } } }"
    (error,) = (await ask(app, query, variables={variable: value})).json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert said in error["message"]


async def test_a_document_of_too_many_tokens_is_refused(app: Application) -> None:
    response = await ask(app, "{" + "__typename " * 2000 + "}")
    assert code_of(response) == "GRAPHQL_PARSE_FAILED"
    assert "2000 tokens: pass values as variables" in response.text


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
