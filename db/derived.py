"""What is worked out when a row is written: for each table, a function from the row to its columns.

`Rows.put` of an edit calls it with the whole row as it will be, and puts what comes back with it:
nothing that a read needs is worked out by a read.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from sqlalchemy import Table

from db.base import Base
from db.category import Category
from db.cell_text import read_cell
from db.grid import Cell, Grid
from db.package import Package, RepoHost
from db.pypi import is_prerelease, name_from_url, normalize_name, version_key
from db.repo_url import normalize
from db.score import score
from db.text import fold
from db.version import Version

Values = dict[str, Any]
"""A row, or a part of one: values by column."""

FOLDED = "_folded"

COUNTED = {"revision", "position", "grid_count", "package_count"}
WORKED_OUT = {"repo_key", "sort_key", "score"} | COUNTED


def is_worked_out(column: str) -> bool:
    """Whether a column of this name is worked out or counted when its row is written."""
    return column.endswith(FOLDED) or column in WORKED_OUT


@cache
def _folded_columns(table: Table) -> list[tuple[str, str]]:
    names = [column.name for column in table.columns if column.name.endswith(FOLDED)]
    return [(name, name.removesuffix(FOLDED)) for name in names]


def folded(model: type[Base], row: Values) -> Values:
    """Each column called `x_folded`: the text in `x` folded, or each text of a list."""
    values: Values = {}
    for name, source in _folded_columns(model.__table__):
        value = row[source]
        if isinstance(value, list):
            values[name] = [fold(text) for text in value]
        else:
            values[name] = fold(value) if value is not None else None
    return values


def package(row: Values) -> Values:
    """The repository's address with its key and host, the name on PyPI, and the folded columns.

    `repo_url` is a text, or a RepoUrl where it was read before. `repo_host` and `pypi_name` are the
    given ones; where one is None, it is read from `repo_url` or `pypi_url`: whoever changes an
    address alone sets what was read from it to None. Raises ValueError where an address or a name
    is none.
    """
    repo = row["repo_url"]
    if isinstance(repo, str):
        repo = normalize(repo)
    name, url = row["pypi_name"], row["pypi_url"]
    if name is not None:
        name = normalize_name(name)
    elif url is not None:
        name = name_from_url(url)
    stored = {
        "repo_url": repo.url if repo else None,
        "repo_key": repo.key if repo else None,
        "repo_host": row["repo_host"] or (repo.host if repo else RepoHost.OTHER).name,
        "pypi_name": name,
    }
    return stored | folded(Package, {**row, **stored})


def package_score(row: Values, versions: Iterable[Values], now: dt.datetime) -> int:
    """The score of a package at `now`; the newest of its `versions` is that by PEP 440."""
    return score_of(row, max(versions, key=lambda each: each["sort_key"], default=None), now)


def score_of(row: Values, newest: Values | None, now: dt.datetime) -> int:
    """The score of a package at `now`, of whose releases this one is the newest.

    Reads `repo_watchers`, `supports_python3` and `last_updated`, and of a version `uploaded_at`.
    """
    return score(
        row["repo_watchers"],
        row["supports_python3"],
        newest["uploaded_at"] if newest is not None else None,
        row["last_updated"],
        now,
    )


def version(row: Values) -> Values:
    """The sort key; and, where `is_prerelease` is None, whether the number is a pre-release's."""
    given = row["is_prerelease"]
    return {
        "sort_key": version_key(row["number"]),
        "is_prerelease": is_prerelease(row["number"]) if given is None else given,
    }


def cell(row: Values) -> Values:
    """Verdict, strength, and the folded text."""
    verdict, strength = read_cell(row["text"])
    return {"verdict": verdict.name, "strength": strength, **folded(Cell, row)}


DERIVE: dict[type[Base], Callable[[Values], Values]] = {
    Category: partial(folded, Category),
    Grid: partial(folded, Grid),
    Package: package,
    Version: version,
    Cell: cell,
}
"""What works out the other columns of each table's rows."""
