"""`python server.py export`, as a person runs it."""

import csv
from pathlib import Path

import pytest

from tests.conftest import DIRECTORY
from tests.test_server import call

URL = "sqlite:///here.sqlite3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the starter directory in here.sqlite3."""
    assert call(tmp_path, "load", str(DIRECTORY), "--database-url", URL).code == 0
    return tmp_path


def test_lines_go_to_the_output_or_a_file_and_are_loaded_again(folder: Path) -> None:
    printed = call(folder, "export", "--database-url", URL)
    assert (printed.code, printed.out.count("\n")) == (0, 318)
    assert call(folder, "export", "all.jsonl", "--database-url", URL).code == 0
    assert (folder / "all.jsonl").read_text() == printed.out
    other = ("--database-url", "sqlite:///there.sqlite3")
    assert call(folder, "load", "all.jsonl", *other).code == 0
    assert call(folder, "export", *other).out == printed.out


def test_tables_are_a_folder_and_sqlite_a_file_to_serve(folder: Path) -> None:
    tables = call(folder, "export", "--format", "csv", "tables", "--database-url", URL)
    assert (tables.code, tables.out) == (0, "")
    assert "package" in tables.err
    with (folder / "tables" / "package.csv").open(encoding="utf-8", newline="") as rows:
        assert len(list(csv.DictReader(rows))) == 264
    assert call(folder, "export", "--format", "sqlite", "b", "--database-url", URL).code == 0
    both = [call(folder, "export", "--database-url", url).out for url in (URL, "sqlite:///b")]
    assert both[0] == both[1]
    assert not list(folder.glob("*.unfinished"))


def test_what_is_there_is_left_alone(folder: Path) -> None:
    (folder / "kept").write_text("mine")
    refused = call(folder, "export", "kept", "--database-url", URL).refused()
    assert refused == "kept is there already"
    assert (folder / "kept").read_text() == "mine"
    refused = call(folder, "export", "--format", "sqlite", "--database-url", URL).refused()
    assert refused == "sqlite needs a name for the file it makes"
    refused = call(folder, "export", "--database-url", "sqlite:///none.sqlite3").refused()
    assert refused.endswith("is not there, so there is nothing to export")
    assert not (folder / "none.sqlite3").exists()
