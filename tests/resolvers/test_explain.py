"""What is told of an answer: what ran, with which values, how, and for how long."""

import json
import re
import time
from typing import Any

import pytest

from resolvers.executor import Executor
from resolvers.explain import explained
from tests.application import Application


@pytest.fixture
def executor(app: Application) -> Executor:
    """One that keeps nothing yet, on the same database."""
    return Executor(
        app.executor.schema, app.recorder.reader, app.executor.writer, app.executor.limits
    )


async def told(
    executor: Executor, query: str, variables: dict[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answer, and apart from it what is told."""
    answer = json.loads((await explained(executor, query, variables, None)).body)
    return answer, answer.pop("extensions")["explain"]


def distinct(values: list[Any]) -> list[Any]:
    """SQLite is given a value again where it stands again."""
    return list(dict.fromkeys(values))


FILTERED = "query($where: PackageWhere!) { packages(where: $where) { nodes { slug } } }"
SLUG = '{ package(by: {slug: "Celery"}) { slug category { slug } } }'


@pytest.mark.parametrize(
    ("query", "variables", "values"),
    [
        (SLUG, {}, ["celery"]),
        ("{ __typename categories { nodes { slug } totalCount } }", {}, []),
        (FILTERED, {"where": {"title": {"contains": "A"}, "score": {"gt": 9}}}, ["%a%", 9]),
    ],
)
async def test_the_answer_is_the_plain_one_and_what_ran_is_told(
    app: Application, executor: Executor, query: str, variables: dict[str, Any], values: list[Any]
) -> None:
    app.recorder.statements.clear()
    plain = await app.ask(query, variables)
    start = time.perf_counter()
    answer, explain = await told(executor, query, variables)
    took = (time.perf_counter() - start) * 1e6
    assert answer == plain
    assert [explain["sql"]] == app.recorder.statements
    assert distinct(explain["values"]) == values
    steps = explain["microseconds"]
    assert list(steps) == ["parse", "validate", "coerce", "compile", "execute"]
    assert all(isinstance(each, int) and each >= 0 for each in steps.values())
    assert 0 < sum(steps.values()) < took


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
async def test_the_plan_of_sqlite(executor: Executor) -> None:
    _, explain = await told(executor, SLUG)
    # How SQLite numbers the indexes of a table's constraints depends on how the table was altered.
    plan = [re.sub(r"(autoindex_package_)\d", r"\1N", line) for line in explain["plan"]]
    assert [line for line in plan if "SEARCH" in line] == [
        "  SEARCH package_1 USING INTEGER PRIMARY KEY (rowid=?)",
        "    SEARCH package_2 USING COVERING INDEX sqlite_autoindex_package_N (slug_folded=?)",
        "    SEARCH alias_1 USING PRIMARY KEY (node_type=? AND kind=? AND name=?)",
        "  SEARCH category_1 USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
    ]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")
async def test_the_plan_of_postgresql(executor: Executor) -> None:
    _, explain = await told(executor, SLUG)
    assert explain["plan"][0].startswith("Result  (cost=")
    assert any("(slug_folded = 'celery'::text)" in line for line in explain["plan"])


@pytest.mark.parametrize("query", ["{", "{ x }", FILTERED, "mutation { x }"])
async def test_of_what_is_not_executed_nothing_is_told(
    app: Application, executor: Executor, query: str
) -> None:
    answer = json.loads((await explained(executor, query, None, None)).body)
    assert answer == await app.ask(query)
    assert list(answer) == ["errors"]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("{ __typename }", []),
        ('{ package(by: {id: "x"}) { slug } __typename }', []),
        (
            '{ a: package(by: {id: "x"}) { slug } package(by: {slug: "celery"}) { slug } }',
            ["celery"],
        ),
    ],
)
async def test_what_is_refused_is_not_in_the_statement(
    app: Application, executor: Executor, query: str, values: list[Any]
) -> None:
    app.recorder.statements.clear()
    plain = await app.ask(query)
    answer, explain = await told(executor, query)
    assert answer == plain
    assert app.recorder.statements == ([explain["sql"]] if values else [])
    assert (explain["sql"] is None) == (not values)
    assert distinct(explain["values"]) == values
    assert bool(explain["plan"]) == bool(values)
