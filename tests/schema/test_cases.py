"""Golden cases: documents with their answers, and the SQL that they become on both databases.

PACKGRID_WRITE_CASES=1 writes what the server answers and runs in place of comparing it: look at
the difference before it is committed.

cases/NAME.graphql             the document; `# operation: Second` names which operation is run
cases/NAME.variables.json      its variables, where it has some
cases/NAME.answer.json         the answer, the same on both databases
cases/NAME.sqlite.sql          how many statements it takes there, and each of them
cases/NAME.postgresql.sql
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import graphql
import pytest

from tests.schema.comparison import difference
from tests.schema.serving import Server, serving
from tests.yardstick.execute import answer

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = sorted((HERE / "cases").glob("*.graphql"))
SCHEMA = graphql.build_schema((ROOT / "schema.graphql").read_text())
WRITE = os.environ.get("PACKGRID_WRITE_CASES") == "1"

UNJUDGED = re.compile(r"\b(search|__schema|after|before)\b")
"""What the yardstick knows nothing of: texts of its own, and the server's cursors."""


@pytest.fixture(scope="module")
def server(new_database: Callable[[], str]) -> Iterator[Server]:
    with serving(new_database(), ROOT / "data" / "directory.jsonl") as server:
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, server: Server, backend: str) -> None:
    document = case.read_text()
    variables = _read_json(case.with_suffix(".variables.json")) or {}
    named = re.match("# operation: (.*)", document)
    operation = named[1] if named else None
    server.recorder.statements.clear()
    actual = server.ask(document, variables, operation)
    statements = server.recorder.statements
    sql = f"-- statements: {len(statements)}\n" + "".join(f"{each};\n" for each in statements)
    if WRITE:
        text = json.dumps(actual, ensure_ascii=False, indent=1)
        case.with_suffix(".answer.json").write_text(f"{text}\n")
        case.with_suffix(f".{backend}.sql").write_text(sql)
    expected = _read_json(case.with_suffix(".answer.json"))
    assert json.dumps(actual, indent=1) == json.dumps(expected, indent=1)
    assert sql == case.with_suffix(f".{backend}.sql").read_text()
    if not UNJUDGED.search(document):
        assert difference(_judged(server, document, variables, operation), actual, {}) is None


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


def _read_json(file: Path) -> Any:
    return json.loads(file.read_text()) if file.exists() else None


def _judged(
    server: Server, document: str, variables: dict[str, Any], operation: str | None
) -> dict[str, Any]:
    """The yardstick's answer; errors too where the document is not valid."""
    try:
        parsed = graphql.parse(document)
    except graphql.GraphQLSyntaxError as error:
        return {"errors": [error]}
    invalid = graphql.validate(SCHEMA, parsed)
    if invalid:
        return {"errors": invalid}
    return answer(SCHEMA, server.rows, parsed, variables, operation)
