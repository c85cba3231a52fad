"""The benchmark itself, at a small size: all servers answer alike, and its figures can be shown."""

import json
import pickle
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.bench import report
from tests.bench.data import batches, sqlite_file
from tests.bench.databases import database
from tests.bench.operations import Operation, operations
from tests.bench.peers import EMPTY_CELL, content
from tests.bench.run import Run, check_equal, compare, measure_edits
from tests.bench.single import first_uses, flood, start_up, statements
from tests.bench.subjects import CACHED, LIMIT, MEMORY, OURS, PLAIN, started
from tests.missing import missing
from tests.postgres import NoPostgres

PACKAGES = 300
SUBJECTS = (OURS, CACHED, LIMIT, PLAIN, MEMORY)


@pytest.fixture(scope="module")
def asked() -> list[Operation]:
    """The operations, with values of a directory of 300 packages."""
    return operations(sqlite_file(PACKAGES))


@pytest.fixture(scope="module")
def url(backend: str) -> Iterator[str]:
    """A database with a directory of 300 packages."""
    try:
        with database(backend, PACKAGES) as url:
            yield url
    except NoPostgres as error:
        missing(str(error))


@pytest.fixture(scope="module")
def result(
    backend: str, url: str, asked: list[Operation], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """A short run, in which each server was asked each operation."""
    if shutil.which("wrk") is None:
        missing("wrk is missing: apt install wrk")
    folder = tmp_path_factory.mktemp("bench")
    with ExitStack() as stack:
        servers = [stack.enter_context(started(each, url, asked)) for each in SUBJECTS[:4]]
        (folder / "answers").write_bytes(pickle.dumps(check_equal(servers)))
        servers.append(stack.enter_context(started(MEMORY, url, asked, folder / "answers")))
        check_equal(servers[::-4])
        for server in servers:
            server.operations = {"Q1": server.operations["Q1"]}
        return {
            "database": backend,
            "packages": PACKAGES,
            "operations": compare(servers, folder, 1, 1, lambda: None),
            "memory": {server.subject.name: server.memory("VmHWM") for server in servers},
            "start_up": start_up(OURS, url, asked[0]),
            "first_uses": {OURS.name: first_uses(servers[0], asked[:1])},
            "flood": flood(servers[0], asked[0], 10),
        }


@pytest.fixture(scope="module")
def edits(backend: str) -> dict[str, Any]:
    """A short run of the edits."""
    if shutil.which("wrk") is None:
        missing("wrk is missing: apt install wrk")
    try:
        return measure_edits(Run([], 1, 1, 0), backend, PACKAGES, rows=20)
    except NoPostgres as error:
        missing(str(error))


def test_each_server_answers_alike_and_is_timed(result: dict[str, Any]) -> None:
    for connections in ("1", "32"):
        figures = result["operations"]["Q1"]["figures"][connections]
        assert figures.keys() == {each.name for each in SUBJECTS}
        assert all(each["rate"] > 0 and each["cpu"] > 0 for each in figures.values())


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)  # it logs its statements
def test_an_operation_is_one_statement(url: str, asked: list[Operation]) -> None:
    counts = statements([OURS, LIMIT], url, asked)
    once = {operation.name: 1 for operation in asked}
    assert counts == {each.name: once for each in (OURS, LIMIT)}


def test_each_edits_alike_and_is_timed(edits: dict[str, Any]) -> None:
    assert edits["bulk"].keys() == {"packagesUpsert", "gridCellsSet"}
    assert all(each["ours"] > 0 and each["by_hand"] > 0 for each in edits["bulk"].values())
    for figures in edits["operations"]["M1"]["figures"].values():
        assert figures.keys() == {OURS.name, LIMIT.name, PLAIN.name}
        assert all(each["rate"] > 0 for each in figures.values())


def test_figures_are_written_and_drawn(
    result: dict[str, Any], edits: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    for part, measured in (("bench", result), ("peers", result), ("edits", edits)):
        report.report([measured], {"arguments": ""}, part, write=True)
    parts = json.loads((tmp_path / "docs" / "bench.json").read_text())
    assert [part["results"] for part in parts.values()] == [[result], [result], [edits]]
    drawn = ElementTree.parse(tmp_path / "docs" / "images" / "bench.svg").getroot()
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.index("Q1") < texts.index("M1")


def test_the_content_of_an_answer_is_compared_whatever_wraps_and_sorts_it() -> None:
    yes: dict[str, Any] = {"text": "yes", "verdict": "YES", "strength": 1}
    ours: Any = {"grid": {"databaseId": 17, "packages": {"nodes": []}, "title": "A"}}
    ours["grid"]["packages"]["nodes"] += [{"slug": "b", "cells": [yes, EMPTY_CELL]}, {"slug": "a"}]
    theirs: Any = {"grid": {"title": "A", "databaseId": "17", "packages": []}}
    theirs["grid"]["packages"] += [{"slug": "a"}, {"slug": "b", "cells": {"nodes": [yes]}}]
    assert content(ours) == content(theirs)
    theirs["grid"]["packages"].pop()
    assert content(ours) != content(theirs)


def test_the_directory_is_the_same_each_time() -> None:
    first, second = (list(batches(PACKAGES)) for _ in range(2))
    assert first == second
    members = [row for rows in first for row in rows.get("grid_package", ())]
    assert sum(row["grid_id"] == 1 for row in members) == 60
