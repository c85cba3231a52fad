"""On generated queries the server answers as the yardstick does."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import graphql
import pytest
from graphql import SelectionSetNode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.counts import GENERATED_QUERIES, reached
from tests.schema.comparison import difference, holds_rows, shortest, without_cursors
from tests.schema.documents import Case, Writer, skeletons, targeted
from tests.schema.parts import all_parts, uses, without
from tests.schema.serving import Server, serving
from tests.yardstick import directory
from tests.yardstick.execute import answer
from tests.yardstick.rows import Rows

SCHEMA = graphql.build_schema(Path("schema.graphql").read_text())

TRIES = 200
"""How many documents are written at most until one shows what a part of the schema is for."""


@dataclass
class Judge:
    """The server and the rows that it serves; how many queries it was asked, and what held rows."""

    server: Server
    rows: Rows
    asked: int = 0
    held_rows: int = 0

    def expected(self, case: Case, filled: set[str] | None = None) -> dict[str, Any]:
        return answer(SCHEMA, self.rows, graphql.parse(case.text), case.variables, filled=filled)

    def compare(self, case: Case, expected: dict[str, Any], known: dict[str, str]) -> dict[str, str]:
        """Fail unless the server answers as expected. `known` has the server's cursors, by ours.

        Gives the cursors of this answer.
        """
        cursors: dict[str, str] = {}
        variables = {name: known.get(str(v), v) for name, v in case.variables.items()}
        found = difference(expected, self.server.ask(case.text, variables), cursors)
        if found:
            pytest.fail(self._report(case, variables, found), pytrace=False)
        self.asked += 1
        self.held_rows += holds_rows(expected.get("data"))
        return cursors

    def _report(self, case: Case, variables: dict[str, Any], found: str) -> str:
        def differs(document: graphql.DocumentNode) -> bool:
            expected = answer(SCHEMA, self.rows, document, case.variables)
            actual = self.server.ask(graphql.print_ast(document), variables)
            return difference(expected, actual, {}) is not None

        document = shortest(SCHEMA, graphql.parse(case.text), differs)
        expected = answer(SCHEMA, self.rows, document, case.variables)
        text = graphql.print_ast(document)
        again = difference(expected, self.server.ask(text, variables), {})
        return f"{again or found}\n{text}\nvariables: {variables}\nat first: {found}"


@pytest.fixture(scope="module")
def judge(new_database: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    url = new_database()
    file = tmp_path_factory.mktemp("directory") / "rich.jsonl"
    file.write_text("\n".join(directory.lines()))
    with serving(url, file, directory.ingest_sql()) as (server, rows):
        yield Judge(server, rows)


def test_generated_queries(judge: Judge, backend: str) -> None:
    """Random selections with random arguments; many are asked again for another page."""

    @settings(
        max_examples=GENERATED_QUERIES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(skeletons(SCHEMA), st.integers(0, 2**64 - 1))
    def agree(skeleton: SelectionSetNode, seed: int) -> None:
        random = Random(seed)
        case = Writer(SCHEMA, judge.rows, random).write(skeleton)
        expected = judge.expected(case)
        cursors = judge.compare(case, expected, {})
        further = case.further(expected, random)
        if further is not None:
            judge.compare(further, judge.expected(further), cursors)

    agree()
    reached(f"generated queries on {backend}", judge.asked)
    assert judge.held_rows >= judge.asked / 2


def test_each_part_of_the_schema_matters(judge: Judge, backend: str) -> None:
    """There is a query whose answer holds rows, and differs for each field, argument, operator, order.

    A field differs where it has a value; anything else where the answer without it is another.
    """
    idle = []
    every = all_parts(SCHEMA)
    for part in every:
        skeleton = targeted(SCHEMA, part)
        if not any(_matters(judge, part, skeleton, Random(f"{part} {n}")) for n in range(TRIES)):
            idle.append(part)
    assert not idle
    reached(f"parts of the schema that changed an answer on {backend}", len(every))


def _matters(judge: Judge, part: str, skeleton: SelectionSetNode, random: Random) -> bool:
    """Whether `part` changes the answer to a new document; then the server's is compared too."""
    case = Writer(SCHEMA, judge.rows, random, part).write(skeleton)
    filled: set[str] = set()
    expected, cursors = judge.expected(case, filled), {}
    argument = part.partition("(")[2].removesuffix(")")
    if argument in {"after", "before"}:
        further = case.further(expected, random, argument)
        if further is None:
            return False
        cursors = judge.compare(case, expected, {})
        case, expected = further, judge.expected(further)
    if not (part in filled or _changes(judge, part, case, expected)):
        return False
    judge.compare(case, expected, cursors)
    return True


def _changes(judge: Judge, part: str, case: Case, expected: dict[str, Any]) -> bool:
    """Whether an answer that holds rows becomes another by `part`."""
    document = graphql.parse(case.text)
    for name, node in uses(SCHEMA, document):
        if name == part:
            less = answer(SCHEMA, judge.rows, without(document, node), case.variables)
            differs = without_cursors(less) != without_cursors(expected)
            if differs and any(holds_rows(each.get("data")) for each in (less, expected)):
                return True
    return False
