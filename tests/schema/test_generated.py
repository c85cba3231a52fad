"""On generated queries the server answers as the yardstick does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import graphql
import pytest
from graphql import SelectionSetNode
from hypothesis import HealthCheck, Phase, given, settings

from tests.counts import GENERATED_QUERIES, reached
from tests.schema.comparison import difference, holds_rows, shortest, without_cursors
from tests.schema.documents import Case, Writer
from tests.schema.parts import all_parts, uses, without
from tests.schema.serving import Server, serving
from tests.schema.skeletons import skeletons, targeted
from tests.yardstick import directory
from tests.yardstick.execute import answer

SCHEMA = graphql.build_schema(Path("schema.graphql").read_text())

TRIES = 200
"""How many documents are written at most until enough show what a part of the schema is for."""

WITNESSES = 3
"""How many documents show it."""

REPORTS = 5
"""How many differences a test reports."""


@dataclass
class Judge:
    """Compares the server with the yardstick: how often, on how many rows, and what differed."""

    server: Server
    asked: int = 0
    held_rows: int = 0
    reports: list[str] = field(default_factory=list)

    def expected(self, case: Case, filled: set[str] | None = None) -> dict[str, Any]:
        document = graphql.parse(case.text)
        return answer(SCHEMA, self.server.rows, document, case.variables, filled=filled)

    def compare(
        self, case: Case, expected: dict[str, Any], known: dict[str, str]
    ) -> dict[str, str]:
        """Ask the server too, and report a difference. `known` has the server's cursors, by ours.

        Gives the cursors of this answer.
        """
        cursors: dict[str, str] = {}
        variables = {name: known.get(str(v), v) for name, v in case.variables.items()}
        found = difference(expected, self.server.ask(case.text, variables), cursors)
        if found and len(self.reports) < REPORTS:
            self.reports.append(self._report(case, variables, found))
        self.asked += 1
        self.held_rows += holds_rows(expected.get("data"))
        return cursors

    def check(self) -> None:
        """Fail if anything differed."""
        if self.reports:
            pytest.fail("\n\n".join(self.reports), pytrace=False)

    def _report(self, case: Case, variables: dict[str, Any], found: str) -> str:
        def compared(document: graphql.DocumentNode) -> str | None:
            expected = answer(SCHEMA, self.server.rows, document, case.variables)
            return difference(expected, self.server.ask(graphql.print_ast(document), variables), {})

        document = shortest(SCHEMA, graphql.parse(case.text), lambda d: compared(d) is not None)
        return f"{compared(document) or found}\n{graphql.print_ast(document)}\n{variables}"


@pytest.fixture
def judge(database_url: str, tmp_path: Path) -> Iterator[Judge]:
    file = tmp_path / "directory.jsonl"
    file.write_text("\n".join(directory.lines()))
    more = (*directory.ingest_sql(), *directory.change_sql(), *directory.alias_sql())
    with serving(database_url, file, more) as server:
        yield Judge(server)


def test_generated_queries(judge: Judge, backend: str) -> None:
    """Random selections with random arguments; many are asked again for another page."""
    seeds = count()

    @settings(
        max_examples=GENERATED_QUERIES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(skeletons(SCHEMA))
    def agree(skeleton: SelectionSetNode) -> None:
        random = Random(next(seeds))
        case = Writer(SCHEMA, judge.server.rows, random).write(skeleton)
        expected = judge.expected(case)
        cursors = judge.compare(case, expected, {})
        further = case.further(expected, random)
        if further is not None:
            judge.compare(further, judge.expected(further), cursors)

    agree()
    judge.check()
    reached(f"generated queries on {backend}", judge.asked)
    reached(f"generated queries on {backend} whose answers hold rows", judge.held_rows)
    assert judge.held_rows >= judge.asked / 2


def test_each_part_of_the_schema_matters(judge: Judge, backend: str) -> None:
    """Queries whose answers hold rows differ by each field, argument, operator and order.

    A field differs where it has a value; anything else where the answer without it is another.
    """
    every = all_parts(SCHEMA)
    idle = []
    for part in every:
        skeleton = targeted(SCHEMA, part)
        randoms = (Random(f"{part} {number}") for number in range(TRIES))
        shown = (random for random in randoms if _matters(judge, part, skeleton, random))
        if len(list(islice(shown, WITNESSES))) < WITNESSES:
            idle.append(part)
    judge.check()
    assert not idle
    reached(f"parts of the schema that changed an answer on {backend}", len(every))


def _matters(judge: Judge, part: str, skeleton: SelectionSetNode, random: Random) -> bool:
    """Whether `part` changes the answer to a new document; then the server's is compared too."""
    case = Writer(SCHEMA, judge.server.rows, random, part).write(skeleton)
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
            less = answer(SCHEMA, judge.server.rows, without(document, node), case.variables)
            differs = without_cursors(less) != without_cursors(expected)
            if differs and any(holds_rows(each.get("data")) for each in (less, expected)):
                return True
    return False
