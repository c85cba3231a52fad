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

PACKAGE = "(SELECT id FROM package WHERE slug = 'django-q')"
GRID = "(SELECT id FROM grid WHERE slug = 'workers-queues-and-tasks')"
FEATURE = f"(SELECT min(id) FROM feature WHERE grid_id = {GRID})"
VERSION = f"(SELECT min(id) FROM version WHERE package_id = {PACKAGE})"
CHANGES = [
    # transaction, type, key, grid, revision, actor, action, diff, reverts
    (
        1,
        "PACKAGE",
        PACKAGE,
        "NULL",
        1,
        "Ann",
        "CREATE",
        '{"title": [null, "Größe"], "x":[ 1.50]}',
        0,
    ),
    (1, "GRID", GRID, GRID, 5, "Ann", "UPDATE", '{"packages": {"Package:1": [false, true]}}', 0),
    (3, "FEATURE", FEATURE, GRID, 2, "Ann", "UPDATE", '{"title": ["b", "a"]}', 0),
    (4, "CATEGORY", 1, "NULL", 2, "Ann", "UPDATE", '{"title": ["", "App"]}', 0),
    (5, "PACKAGE", 999999, "NULL", 7, "Bob", "DELETE", '{"title": ["Gone", null]}', 0),
    (6, "VERSION", VERSION, "NULL", 1, "ingest:pypi", "CREATE", "{}", 0),
    (
        7,
        "PACKAGE",
        PACKAGE,
        "NULL",
        2,
        "Ann",
        "UPDATE",
        '{"title": ["Größe", "Django Q"]}',
        1000001,
    ),
]
ALIASES = [
    ("PACKAGE", "SLUG", "django-queue", PACKAGE),
    ("PACKAGE", "REPO_URL", "github.com/koed00/django-queue", PACKAGE),
    ("PACKAGE", "DATABASE_ID", "17", PACKAGE),
    ("PACKAGE", "SLUG", "celery", PACKAGE),
    ("PACKAGE", "SLUG", "gone", 999999),
    ("CATEGORY", "SLUG", "applications", 1),
    ("GRID", "SLUG", "queues", GRID),
]
"""Former names: type, kind, name, key."""


def log() -> Iterator[str]:
    """Statements that log some changes beside those of loading, give some former names, queue a
    package, and pin a field.
    """
    for number, (first, type_, key, grid, revision, actor, action, diff, reverts) in enumerate(
        CHANGES, 1
    ):
        yield (
            "INSERT INTO change (id, transaction_id, node_type, node_id, grid_id, revision, at,"
            " actor, actor_folded, action, diff, reverts_id)"
            f" VALUES ({10**6 + number}, {10**6 + first},"
            f" '{type_}', {key}, {grid}, {revision}, '2026-11-{10 + number}T08:05:54.219101+00:00',"
            f" '{actor}', '{actor.lower()}', '{action}', '{diff}', {reverts or 'NULL'})"
        )
    for type_, kind, name, key in ALIASES:
        yield (
            "INSERT INTO alias (node_type, kind, name, node_id)"
            f" VALUES ('{type_}', '{kind}', '{name}', {key})"
        )
    celery = "(SELECT id FROM package WHERE slug = 'celery')"
    yield f"UPDATE ingest SET state = 'QUEUED' WHERE package_id = {celery}"
    yield (
        "INSERT INTO pin (package_id, field, at)"
        f" VALUES ({PACKAGE}, 'TITLE', '2026-11-17T08:05:54.219101+00:00')"
    )


UNJUDGED = re.compile(r"\b(search|__schema|after|before)\b")
"""What the yardstick knows nothing of: texts of its own, and the server's cursors."""


@pytest.fixture(scope="module")
def server(new_database: Callable[[], str]) -> Iterator[Server]:
    with serving(new_database(), ROOT / "data" / "directory.jsonl", log()) as server:
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
