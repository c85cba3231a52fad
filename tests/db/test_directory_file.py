"""The file's format follows from the tables: which columns are in it, and how they are checked."""

from typing import Any

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

from db import derived
from db.base import Instant, List, one_of
from db.directory_file import KINDS
from db.fields import check_of
from db.package import DevelopmentStatus, Package
from tests.conftest import NOW

TABLE = Table(
    "new",
    MetaData(),
    Column("motto", Text),
    Column("remark", Text, default="", nullable=False),
    Column("wiki_url", Text),
    Column("state", Text, nullable=False),
    Column("followers", Integer),
    Column("seen", Instant, nullable=False),
    Column("keywords", List, default=list, nullable=False),
    Column("logo", LargeBinary),
    one_of("state", DevelopmentStatus),
)


@pytest.mark.parametrize(
    ("column", "value", "read"),
    [
        ("motto", " All of it ", "All of it"),
        ("motto", None, None),
        ("remark", "", ""),
        ("wiki_url", "https://wiki.example.org", "https://wiki.example.org"),
        ("state", "STABLE", "STABLE"),
        ("followers", 2**31 - 1, 2**31 - 1),
        ("seen", "2026-11-24T14:00:00+02:00", NOW),
        ("keywords", ["a", "b"], ["a", "b"]),
    ],
)
def test_a_value_is_read_by_the_type_of_its_column(column: str, value: Any, read: Any) -> None:
    assert check_of(TABLE.c[column])(value) == read


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("motto", "", "not empty"),
        ("motto", "x" * 1_001, "1,000 characters at most"),
        ("remark", None, "a text"),
        ("wiki_url", "javascript:alert()", "http:// or https://"),
        ("state", "DONE", "one of PLANNING"),
        ("state", None, "one of PLANNING"),
        ("followers", -1, "from 0 to 2,147,483,647"),
        ("followers", True, "from 0 to 2,147,483,647"),
        ("seen", None, "a date and time with an offset"),
        ("keywords", [""], "1. expected a text that is not empty"),
    ],
)
def test_a_value_of_another_type_is_refused(column: str, value: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        check_of(TABLE.c[column])(value)


def test_a_type_without_a_check_is_an_error() -> None:
    with pytest.raises(TypeError, match=r"new\.logo"):
        check_of(TABLE.c.logo)


def test_what_is_worked_out_is_not_in_the_file() -> None:
    package: dict[str, Any] = dict.fromkeys(Package.__table__.columns.keys(), "")
    package |= {"repo_url": None, "pypi_url": None, "pypi_name": None}
    # These are given, and put into one form or worked out where they are not.
    worked_out = derived.package(package).keys() - {"repo_url", "repo_host", "pypi_name"}
    assert worked_out > {"title_folded", "repo_key"}
    assert all(derived.is_worked_out(name) for name in worked_out)
    given = {name for kind in KINDS.values() for name, _ in kind.keys.values()}
    assert not given & worked_out
    assert given > {"title", "database_id", "repo_url", "commits_over_52_ends", "created"}
