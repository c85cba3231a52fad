"""Operations, compiled: how many statements they run, what is kept, and what they share."""

import itertools
import json
from typing import Any

import pytest

from resolvers.kept import Kept
from tests.application import Application


@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("{ __typename }", 0),
        ("{ a: __typename __schema { queryType { name } } }", 0),
        ('{ __type(name: "Package") { fields { name } } }', 0),
        ("{ packages @skip(if: true) { totalCount } }", 0),
        ('{ package(by: {slug: "django-q"}) { title } }', 1),
        ('{ package(by: {slug: "no such"}) { title category { title } } }', 1),
        ('{ a: package(by: {slug: "django-q"}) { title } b: package(by: {id: "x"}) { id } }', 1),
        ('{ package(by: {id: "x"}) { title } }', 0),
        ("{ packages { totalCount } categories { totalCount } grids { totalCount } }", 1),
        ('{ search(query: "task") { totalCount nodes { __typename } edges { snippet } } }', 1),
        (
            '{ nodes(ids: ["Package:1", "Grid:1", "Feature:1"]) { id } node(id: "Grid:1") { id } }',
            1,
        ),
        (
            "{ packages(first: 100) { totalCount nodes { category { title } grids { features { id }"
            " packages(first: 2) { edges { cells { text } } facets { licenses { value } } } }"
            " versions { nodes { number } } ingest { state sources { source } } } } __typename }",
            1,
        ),
    ],
)
async def test_an_operation_is_one_statement(app: Application, query: str, statements: int) -> None:
    for _ in range(2):
        app.recorder.statements.clear()
        await app.ask(query)
        assert len(app.recorder.statements) == statements


async def test_another_value_runs_the_same_plan(app: Application) -> None:
    query = "query($slug: String!) { package(by: {slug: $slug}) { slug } }"
    slugs = ["django-q", "celery", "wagtail"]
    await app.data(query, {"slug": "no such"})
    plans = len(app.executor.plans)
    for slug in slugs:
        assert await app.data(query, {"slug": slug}) == {"package": {"slug": slug}}
    assert len(app.executor.plans) == plans


PACKAGES = """
    query($first: Int, $where: PackageWhere, $orderBy: [PackageOrder!]) {
      packages(first: $first, where: $where, orderBy: $orderBy) {
        totalCount
        nodes { slug score repoHost }
      }
    }
"""

STARS = [{"score": {"gt": 100}}, {"score": {"gt": 5000}}]
ONE_SHAPE: list[tuple[str, list[dict[str, Any]]]] = [
    (PACKAGES, [{"where": where} for where in STARS]),
    (PACKAGES, [{"where": {"title": {"in": titles}}} for titles in ([], ["Django Q"], ["a", "b"])]),
    (PACKAGES, [{"where": {"repoHost": hosts}} for hosts in ([], ["GITLAB"], ["GITHUB", "OTHER"])]),
    (PACKAGES, [{"where": {"OR": [one, two]}} for one, two in itertools.product(STARS, STARS)]),
    (
        "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }",
        [{"ids": []}, {"ids": ["Package:1"]}, {"ids": ["Grid:1", "Package:2", "Grid:999"]}],
    ),
    (
        'query($types: [SearchType!]) { search(query: "task", types: $types) { totalCount } }',
        [{"types": []}, {"types": ["GRID"]}, {"types": ["PACKAGE", "CATEGORY"]}],
    ),
]
SHAPES: list[tuple[str, list[dict[str, Any]]]] = [
    (PACKAGES, [{"first": 1}, {"first": 100}, {"first": 0}]),
    (
        PACKAGES,
        [
            {"where": None},
            {"where": {}},
            {"where": {"score": {}}},
            {"where": {"score": {"gt": 100}}},
            {"where": {"score": {"lt": 100}}},
            {"where": {"score": {"gt": 100, "lt": 1000}}},
            {"where": {"AND": []}},
            {"where": {"OR": []}},
            {"where": {"OR": [{"score": {"gt": 100}}]}},
            {"where": {"NOT": {"OR": [{"score": {"gt": 100}}, {"isArchived": True}]}}},
            {"where": {"isArchived": True}},
            {"where": {"isArchived": False}},
            {"where": {"documentationUrl": {"isNull": True}}},
            {"where": {"documentationUrl": {"isNull": False}}},
        ],
    ),
    (
        PACKAGES,
        [
            {"orderBy": None},
            {"orderBy": []},
            {"orderBy": {"field": "SCORE"}},
            {"orderBy": [{"field": "SCORE", "direction": "DESC"}]},
            {"orderBy": [{"field": "REPO_FORKS", "direction": "DESC"}]},
            {"orderBy": [{"field": "GRID_COUNT"}, {"field": "SLUG", "direction": "DESC"}]},
            {"orderBy": [{"field": "SLUG", "direction": "DESC"}, {"field": "GRID_COUNT"}]},
        ],
    ),
    (
        "query($first: Int, $last: Int) {"
        " packages(first: $first, last: $last) { nodes { slug } pageInfo { hasNextPage } } }",
        [{}, {"first": 2}, {"last": 2}, {"first": 2, "last": None}, {"first": None, "last": 3}],
    ),
    (
        "query($no: Boolean!, $yes: Boolean! = true) { __typename @skip(if: $no)"
        ' a: package(by: {slug: "celery"}) @include(if: $yes) { slug title @skip(if: $no) }'
        ' b: package(by: {slug: "celery"}) { ... @include(if: $yes) { title } ...F @skip(if: $no) }'
        " } fragment F on Package { slug }",
        [{"no": no, "yes": yes} for no, yes in itertools.product([True, False], repeat=2)],
    ),
    (
        "query($by: PackageRef!) { package(by: $by) { slug } }",
        [{"by": {"slug": "celery"}}, {"by": {"pypi": "django_q"}}, {"by": {"databaseId": 2948}}],
    ),
]


def literal(value: Any) -> str:
    """A value of a variable as GraphQL writes it. Texts in capitals are enum values."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {literal(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return value if isinstance(value, str) and value.isupper() else json.dumps(value)


def inlined(query: str, variables: dict[str, Any]) -> str:
    """The document with the values in place of its variables; one without a value is null."""
    declared, brace, rest = query.partition(") {")
    for name in declared.replace("(", " ").replace("$", " $").split():
        if name.startswith("$"):
            value = literal(variables.get(name[1:].rstrip(":")))
            rest = rest.replace(name.rstrip(":") + ")", value + ")").replace(
                name.rstrip(":") + ",", value + ","
            )
    return f"{brace[2:]} {rest}"


@pytest.mark.parametrize(("query", "calls"), [*ONE_SHAPE, *SHAPES])
async def test_each_call_has_its_own_answer(
    app: Application, query: str, calls: list[dict[str, Any]]
) -> None:
    """It equals that of a document with the values written out, in whatever order they come."""
    expected = [await app.data(inlined(query, variables)) for variables in calls]
    assert len({json.dumps(data) for data in expected}) > 1
    for order in (calls, calls[::-1], calls):
        answers = [await app.data(query, variables) for variables in order]
        assert answers == (expected if order is calls else expected[::-1])


@pytest.mark.parametrize(("query", "calls"), ONE_SHAPE)
async def test_calls_of_one_shape_share_a_plan(
    app: Application, query: str, calls: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.executor, "plans", Kept(100))
    for variables in calls:
        await app.data(query, variables)
    assert len(app.executor.plans) == 1


async def test_documents_with_their_parts_in_the_same_places_share_nothing(
    app: Application,
) -> None:
    for slug in ("celery", "django", "celery"):
        query = f'{{ package(by: {{slug: "{slug}"}}) {{ slug }} }}'
        assert await app.data(query) == {"package": {"slug": slug}}
    for field in ("title", "score", "title"):
        data = await app.data(f'{{ package(by: {{slug: "celery"}}) {{ {field} }} }}')
        assert list(data["package"]) == [field]


async def test_operations_of_one_document_share_nothing(app: Application) -> None:
    query = "query A($n: Int) { packages(first: $n) { nodes { __typename } } }"
    query += query.replace("A", "B").replace("packages", "grids")
    for name, type_ in [("A", "Package"), ("B", "Grid"), ("A", "Package")]:
        answer = await app.ask(query, {"n": 1}, name)
        (found,) = answer["data"].values()
        assert found == {"nodes": [{"__typename": type_}]}


async def test_a_page_s_size_in_one_operation_may_be_anything_in_another(app: Application) -> None:
    query = (
        "query A($n: Int) { packages(first: $n) { nodes { __typename } } }"
        " query B($n: [ID!]!) { nodes(ids: $n) { __typename } }"
    )
    for name, n, expected in [("A", 1, 1), ("B", ["Package:1", "Grid:1"], 2), ("A", 2, 2)]:
        (found,) = (await app.ask(query, {"n": n}, name))["data"].values()
        assert len(found["nodes"] if name == "A" else found) == expected


async def test_what_is_kept_is_bounded(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    documents: Kept[Any, Any] = Kept(4)
    plans: Kept[Any, Any] = Kept(8)
    monkeypatch.setattr(app.executor, "documents", documents)
    monkeypatch.setattr(app.executor, "plans", plans)
    query = "query($where: PackageWhere) { %s: packages(where: $where) { __typename } }"
    for alias, repeat in itertools.product("abcdefgh", range(3)):
        where: Any = {"OR": [{}] * repeat}
        for _ in range(2):
            assert list(await app.data(query % alias, {"where": where})) == [alias]
    assert (len(documents), len(plans)) == (4, 8)


async def test_what_is_refused_is_not_kept(app: Application) -> None:
    kept = len(app.executor.documents), len(app.executor.plans)
    for query in ("{", "{ x }"):
        await app.refusal(query)
    assert (len(app.executor.documents), len(app.executor.plans)) == kept


@pytest.mark.parametrize(
    "query",
    [
        "{ b: __typename a: packages(first: 0) { nodes { id } } c: __typename }",
        '{ ...F a: package(by: {slug: "celery"}) { title } c: __typename }'
        ' fragment F on Query { b: __typename a: package(by: {slug: "celery"}) { slug } }',
        '{ ... @skip(if: true) { a: node(id: "x") { id } } ... { b: __typename }'
        ' a: node(id: "x") { id } c: __schema { __typename } }',
    ],
)
async def test_keys_come_in_the_order_of_the_document(app: Application, query: str) -> None:
    assert list((await app.ask(query))["data"]) == ["b", "a", "c"]


@pytest.mark.parametrize("length", [63, 64, 200, 5000])
async def test_keys_may_be_of_any_length(app: Application, length: int) -> None:
    one, two = "a" * length + "1", "a" * length + "2"
    query = f'{{ {one}: package(by: {{slug: "celery"}}) {{ {two}: slug {one}: slug }}'
    query += f' {two}: package(by: {{slug: "wagtail"}}) {{ {one}: slug }} }}'
    assert await app.data(query) == {
        one: {two: "celery", one: "celery"},
        two: {one: "wagtail"},
    }


@pytest.mark.parametrize("key", ["select", "p0", "page_1", "element_1", "_", "__a", "A"])
async def test_keys_may_be_words_of_sql(app: Application, key: str) -> None:
    query = f"{{ {key}: packages(first: 1) {{ {key}: nodes {{ {key}: __typename }} }} }}"
    assert await app.data(query) == {key: {key: [{key: "Package"}]}}


# ------------------------------------------------------------ errors


async def test_an_error_in_a_field_that_may_be_null_leaves_the_others_answered(
    app: Application,
) -> None:
    answer = await app.ask(
        '{ a: package(by: {id: "x"}) { id } b: package(by: {slug: "celery"}) { slug }'
        ' c: grid(by: {slug: "admin"}) { packages(first: 1, last: 1) { totalCount } }'
        ' d: package(by: {slug: "celery"}) { versions(after: "x") { nodes { id } } } }'
    )
    assert answer["data"] == {"a": None, "b": {"slug": "celery"}, "c": None, "d": None}
    paths = [error["path"] for error in answer["errors"]]
    assert sorted(paths) == [["a"], ["c", "packages"], ["d", "versions"]]


async def test_an_error_in_a_field_that_may_not_be_null_leaves_no_data(app: Application) -> None:
    answer = await app.ask(
        '{ package(by: {slug: "celery"}) { slug } packages(first: 101) { nodes { id } } }'
    )
    assert answer["data"] is None
    assert [error["path"] for error in answer["errors"]] == [["packages"]]


async def test_a_field_that_is_refused_for_its_filter_is_refused_once(app: Application) -> None:
    """Its second cursor cannot be either."""
    inner = 'packages(where: {title: null}, after: "x") { totalCount }'
    outer = f"packages(first: 100) {{ nodes {{ category {{ {inner} }} }} }}"
    answer = await app.ask(f'{{ category(by: {{slug: "apps"}}) {{ {outer} }} }}')
    (error,) = answer["errors"]
    assert error["path"] == ["category", "packages", "nodes", 0, "category", "packages"]
    assert answer["data"] == {"category": None}


async def test_the_same_plan_answers_with_good_values_after_bad_ones(app: Application) -> None:
    query = "query($id: ID!) { node(id: $id) { __typename } __typename }"
    for id_, expected in [("x", None), ("Grid:1", {"__typename": "Grid"}), ("Grid:x", None)]:
        answer = await app.ask(query, {"id": id_})
        assert answer["data"] == {"node": expected, "__typename": "Query"}
        assert ("errors" in answer) == (expected is None)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        (
            '{ g: grid(by: {slug: "admin"}) { p: packages { e: edges { n: node {'
            " v: versions(first: 1000) { nodes { id } } } } } } }",
            ["g", "p", "e", "n", "v"],
        ),
        (
            '{ g: grid(by: {slug: "admin"}) { p: packages(where: {title: null}) { totalCount } } }',
            ["g", "p"],
        ),
        (
            '{ g: grid(by: {slug: "admin"}) { packages(cells: [{feature: "x"}]) { totalCount } } }',
            ["g", "packages"],
        ),
    ],
)
async def test_an_error_tells_its_path(app: Application, query: str, path: list[str]) -> None:
    answer = await app.ask(query)
    (error,) = answer["errors"]
    assert answer["data"] == {"g": None}
    assert [step for step in error["path"] if isinstance(step, str)] == path


@pytest.mark.parametrize("field", ["totalCount", "facets { repoHosts { count } }", "__typename"])
@pytest.mark.parametrize("arguments", ["first: 101", "first: -1", 'after: "x"'])
async def test_arguments_are_looked_at_whatever_is_selected(
    app: Application, arguments: str, field: str
) -> None:
    assert "errors" in await app.ask(f"{{ packages({arguments}) {{ {field} }} }}")
