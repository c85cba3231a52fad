"""Every golden case and every query of the benchmark is answered by indexes: their plans show it.

Two things are faults in a plan:

- "package is read whole": its rows are visited from end to end, and not to fill a page. A page in
  an order that has an index walks that from its place on, and stops when it is full.
- "package is sorted whole": a page's rows come out of a sort of all the rows, or of all on one side
  of a cursor. A sort of the few that an index finds by equality (a grid's packages) is none.

The starter directory is small, and PostgreSQL would scan it anyhow. So scans and joins by hash or
merge, and to look for sorts also those, are its last resort: what stays is what no index serves.
"""

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db.base import Base
from db.engine import create_engine
from db.read import open_reader
from db.writer import Writer
from resolvers.compile import Limits
from resolvers.executor import Executor
from resolvers.explain import explained
from schema.query import build_schema
from tests.bench.data import sqlite_file
from tests.bench.operations import PAGE_MAX, Operation, operations
from tests.conftest import DIRECTORY
from tests.schema.serving import fill
from tests.schema.test_cases import CASES, log

FILTERED = "what a filter without an index selects is counted"
COUNTED = "all are counted"
READ_WHOLE = {
    "categories": COUNTED,
    "fragments": COUNTED,
    "one_of_several_operations": COUNTED,
    "packages_by_default": COUNTED,
    "total_alone": COUNTED,
    "variables_left_out": COUNTED,
    "variables_that_are_null": COUNTED,
    "date_operators": FILTERED,
    "empty_logic": FILTERED,
    "enum_and_flag_filters": FILTERED,
    "facets": FILTERED,
    "int_operators": FILTERED,
    "list_filters": FILTERED,
    "string_operators": FILTERED,
    "wildcards_stand_for_themselves": FILTERED,
    "why_not_fetched": "there are few workers",
}
"""The cases that ask for something of all rows, and for what."""

SORTED_WHOLE = {
    "categories": "by PACKAGE_COUNT",
    "grids": "by PACKAGE_COUNT",
    "every_package_order": "by LAST_FETCHED, and by REPO_WATCHERS and LAST_UPDATED ascending",
    "nulls_last_either_way": "by LAST_UPDATED ascending",
}
"""The cases that ask for an order that has no index."""

ON_ONE: dict[str, dict[str, dict[str, str]]] = {
    "sqlite": {
        "read": {"variables_with_defaults": "it counts by startsWith, which is no range to it"},
        "sorted": {"several_orders": "it does not begin with an index of the first key"},
    },
    "postgresql": {
        "read": {
            "related_filters": "it begins with the grids that a filter without an index selects",
            "logic": "few rows are what it asks for, by an OR of which one side has no index",
        },
        "sorted": {},
    },
}
"""What is excused on one database alone."""

BY_INDEX = "enable_seqscan enable_bitmapscan enable_hashjoin enable_mergejoin"
LAST_RESORTS = {"sqlite": ("", ""), "postgresql": (BY_INDEX, f"{BY_INDEX} enable_sort")}
"""The settings that are off to plan what is read, and to plan what is sorted."""


@dataclass
class Step:
    """A line of a plan, with the line that it is a part of, and its own parts."""

    text: str
    above: "Step | None"
    below: list["Step"] = field(default_factory=list)

    def around(self, *borders: str) -> Iterator[str]:
        """The lines that it is a part of, up to the first that begins like one of `borders`."""
        step = self.above
        while step is not None:
            yield step.text
            step = None if step.text.startswith(borders) else step.above


def steps(lines: Sequence[str]) -> list[Step]:
    """A plan's lines, of which those that are indented are parts of the one above."""
    found: list[Step] = []
    inside: list[tuple[int, Step]] = []
    for line in lines:
        line = line.replace("->  ", " " * 4)
        depth = len(line) - len(line.lstrip())
        while inside and inside[-1][0] >= depth:
            inside.pop()
        step = Step(line.strip(), inside[-1][1] if inside else None)
        if step.above is not None:
            step.above.below.append(step)
        inside.append((depth, step))
        found.append(step)
    return found


TABLES = "|".join(Base.metadata.tables)
BORDERS = ("Limit", "Aggregate", "GroupAggregate", "HashAggregate", "CTE", "SubPlan", "InitPlan")


def faults_on_sqlite(sql: str, read: Sequence[str], _: Sequence[str]) -> Iterator[str]:
    """The faults in a plan of the statement `sql`; `page_1` and `found_1` are names of its CTEs."""
    tables = {table: table for table in Base.metadata.tables}  # as which it counts a whole one
    tables |= {alias: table for table, alias in re.findall(rf"\b({TABLES}) AS (\w+)", sql)}
    for step in steps(read):
        found = re.match(r"(SCAN|SEARCH) (\w+)(.*)", step.text)
        if found is None or found[2] not in tables:
            continue
        assert step.above is not None
        table = tables[found[2]]
        is_whole = found[1] == "SCAN" or "AUTOMATIC" in found[3]
        around = step.around("SCALAR", "CORRELATED", "LIST", "MATERIALIZE found")
        is_for_page = any(re.search(r" page_\d+$", line) for line in around)
        beside = [each.text for each in step.above.below]
        is_sorted = is_for_page and "USE TEMP B-TREE FOR ORDER BY" in beside
        if is_whole and not is_for_page:
            yield f"{table} is read whole"
        if is_sorted and (is_whole or "=?" not in found[3]):
            yield f"{table} is sorted whole"


def faults_on_postgresql(_: str, read: Sequence[str], in_order: Sequence[str]) -> Iterator[str]:
    """The faults in the plans of a statement, to read and to read in order."""
    scan = re.compile(rf"(?:Seq|Index|Index Only) Scan .*?\bon ({TABLES})\b")
    for lines in (read, in_order):
        for step in steps(lines):
            found = scan.match(step.text)
            if found is None:
                continue
            conditions = [each.text for each in step.below if each.text.startswith("Index Cond")]
            around = list(step.around(*BORDERS))
            is_for_page = around[-1].startswith("Limit")
            is_sorted = is_for_page and any(line.startswith("Sort  (") for line in around)
            if lines is read and not conditions and not is_for_page:
                yield f"{found[1]} is read whole"
            if lines is in_order and is_sorted and not re.search("[^<>]= ", "".join(conditions)):
                yield f"{found[1]} is sorted whole"


@dataclass
class Planner:
    """A database, with an executor for each of its last resorts."""

    backend: str
    executors: Sequence[Executor]

    async def faults(
        self, query: str, variables: dict[str, Any] | None = None, operation: str | None = None
    ) -> set[str]:
        """The faults in the plan of an operation; there are none in one without a statement."""
        told = []
        for executor in self.executors:
            answer = json.loads((await explained(executor, query, variables, operation)).body)
            told.append(answer.get("extensions", {}).get("explain", {"sql": None}))
        sql, plans = told[0]["sql"], [each.get("plan") for each in told]
        if sql is None:
            return set()
        assert all(plans)
        faults = faults_on_sqlite if self.backend == "sqlite" else faults_on_postgresql
        return set(faults(sql, *plans))


@asynccontextmanager
async def planning(backend: str, url: str) -> AsyncIterator[Planner]:
    async with AsyncExitStack() as stack:
        executors = []
        for settings in LAST_RESORTS[backend]:
            off = "".join(f"&{setting}=off" for setting in settings.split())
            reader = await open_reader(url + off)
            stack.push_async_callback(reader.close)
            writer = Writer(create_engine(url))
            executors.append(Executor(build_schema(), reader, writer, Limits(page_max=PAGE_MAX)))
        yield Planner(backend, executors)


@pytest.fixture(scope="module")
def golden_url(new_database: Callable[[], str]) -> str:
    """The URL of a database with what the golden cases are asked of."""
    url = new_database()
    asyncio.run(fill(url, DIRECTORY, log()))
    return url


@pytest.fixture(scope="module")
async def planner(backend: str, golden_url: str) -> AsyncIterator[Planner]:
    """Over the golden cases' directory."""
    if backend == "postgresql":
        await execute(golden_url, "ANALYZE")  # before it does so itself, at some time
    async with planning(backend, golden_url) as opened:
        yield opened


async def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def check(planner: Planner, name: str, faults: set[str]) -> None:
    """There is no fault but what is excused, which is still one."""
    for kind, both in (("read", READ_WHOLE), ("sorted", SORTED_WHOLE)):
        is_excused = name in both | ON_ONE[planner.backend][kind]
        is_found = any(fault.endswith(f"{kind} whole") for fault in faults)
        assert is_found == is_excused, (name, faults)


def golden(case: Path) -> tuple[str, dict[str, Any], str | None]:
    """A golden case: its document, its variables, and the name of its operation."""
    file = case.with_suffix(".variables.json")
    document = case.read_text()
    named = re.match("# operation: (.*)", document)
    variables = json.loads(file.read_text()) if file.exists() else {}
    return document, variables, named[1] if named else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
async def test_a_golden_case_is_answered_by_indexes(planner: Planner, case: Path) -> None:
    check(planner, case.stem, await planner.faults(*golden(case)))


@pytest.fixture(scope="module")
def benchmark() -> list[Operation]:
    return operations(sqlite_file(300))


async def test_the_benchmark_is_answered_by_indexes(
    planner: Planner, benchmark: list[Operation]
) -> None:
    for asked in benchmark:
        faults = await planner.faults(asked.document, asked.variables[-1])
        check(planner, asked.name, faults)


def test_what_is_excused_is_asked() -> None:
    kinds = (kind for database in ON_ONE.values() for kind in database.values())
    excused = {*READ_WHOLE, *SORTED_WHOLE, *itertools.chain(*kinds)}
    assert excused <= {case.stem for case in CASES}


BY_SCORE = "{ packages(orderBy: [{field: SCORE, direction: DESC}]) { nodes { slug } } }"
AFTER = BY_SCORE.replace("(", '(after: "[\\"Query.packages SCORE DESC\\",5,1]", ', 1)


@pytest.mark.parametrize("query", [BY_SCORE, AFTER])
async def test_an_index_that_is_not_there_is_missed(
    backend: str, database_url: str, query: str
) -> None:
    async with planning(backend, database_url) as planner:
        assert await planner.faults(query) == set()
    await execute(database_url, "DROP INDEX ix_package_score")
    async with planning(backend, database_url) as planner:
        assert await planner.faults(query) == {"package is sorted whole"}


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("{ packages { totalCount } }", "package is read whole"),
        ('{ packages(where: {title: {contains: "a"}}) { totalCount } }', "package is read whole"),
        (
            "{ packages(orderBy: [{field: LAST_FETCHED}]) { nodes { slug } } }",
            "package is sorted whole",
        ),
    ],
)
async def test_a_fault_is_found(planner: Planner, query: str, fault: str) -> None:
    assert await planner.faults(query) == {fault}
