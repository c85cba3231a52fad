"""The directory as a file of JSON Lines: one category, grid or package a line. README in data/.

The format follows from the tables: a column that is neither a key nor worked out is given under its
name in camelCase, and its type says how it is checked. Here each line is checked by itself, and
against the other lines of its file; a key that it leaves out is left out of its record too.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import inspect

from db import checks
from db.alias import AliasKind
from db.base import Base
from db.category import Category
from db.checks import Check, list_of, or_null
from db.derived import is_worked_out
from db.errors import LoadError
from db.fields import check_of, outer_name
from db.grid import MOST_FEATURES, Feature, Grid
from db.ingest import PackageField
from db.package import Package
from db.text import fold
from db.version import Version

MOST_PROBLEMS = 20

IDENTIFIERS = {"database_id": "databaseId", "slug_folded": "slug", "repo_key": "repoUrl"}
"""The columns by which a row is found, with their keys in the file; the first that fits decides."""

GIVEN_ELSE = {"database_id", "created", "modified", "is_prerelease"}
"""The columns without a default that the loader fills where a line leaves them out."""


class Problems:
    """What is wrong with a file, line by line: collected, so that one run tells of all."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def add(self, line: int, text: str) -> None:
        """Note a problem; raises LoadError with all of them when there are 20."""
        self.found.append((line, text))
        if len(self.found) == MOST_PROBLEMS:
            self.stop("these are the first 20")

    def stop(self, *more: str) -> None:
        """Raise LoadError if there are any."""
        if self.found:
            in_order = sorted(self.found, key=lambda problem: problem[0])
            raise LoadError([*(f"line {line}: {text}" for line, text in in_order), *more])


@dataclass
class Record:
    """One line: its number from 1, and what it gives.

    `values` has columns of its row by their names, and by the keys of the file, of a grid
    `features` (rows); of a package `category`, `replacedBy` and `grids` (folded slugs), `cells`
    ({grid's folded slug: {feature's title: text}}), `versions` (rows), `lastFetched` and `pins`
    ({field: instant}); of each `formerNames` ({kind of alias: names}). `row` is the one that it is
    about as it was found, or a new one.
    """

    line: int
    values: dict[str, Any]
    row: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What says which row it is: columns of IDENTIFIERS, as far as given."""
        number, slug, url = map(self.values.get, ("database_id", "slug", "repo_url"))
        found = (number, slug and fold(slug), url and url.key)
        return {name: it for name, it in zip(IDENTIFIERS, found, strict=True) if it is not None}


class Kind:
    """A kind of JSON object: a row of `model`, and what is said in `more` keys of its own.

    `columns` are those of the row by their keys.
    """

    def __init__(self, name: str, model: type[Base], *required: str, **more: Check) -> None:
        self.name = name
        self.required: list[str] = []
        self.columns: dict[str, str] = {}
        self.keys = {key: (key, check) for key, check in more.items()}
        for column in inspect(model).columns:
            if column.primary_key or column.foreign_keys or is_worked_out(column.name):
                continue
            key = outer_name(column.name)
            self.columns[key] = column.name
            self.keys[key] = column.name, check_of(column)
            if not (column.nullable or column.default or column.name in GIVEN_ELSE):
                self.required.append(key)
        self.required += required

    def read(self, data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """What `data` gives, by the names of columns where it is theirs; and what is wrong."""
        problems = [f"{self.name} need a {key}" for key in self.required if key not in data]
        values = {}
        for key, value in data.items():
            if key not in self.keys:
                problems.append(f"{self.name} have no {key!r}")
                continue
            name, check = self.keys[key]
            try:
                values[name] = check(value)
            except ValueError as error:
                problems.append(f"{key}: {error}")
        return values, problems


def read_directory(lines: Iterable[str | bytes], problems: Problems) -> dict[str, list[Record]]:
    """Read and check all lines; empty ones are passed over. What is wrong goes to `problems`.

    Gives the records of each type of KINDS, in the order of the file. Raises LoadError where a line
    is wrong by itself: what others refer to may be in that line. Lines that take the same are told
    of later, together with those that refer to what is not there.
    """
    directory: dict[str, list[Record]] = {name: [] for name in KINDS}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = orjson.loads(line)
            doubled = _doubled_key(line)
        except orjson.JSONDecodeError as error:
            problems.add(number, f"not JSON in UTF-8: {error.msg} at column {error.colno}")
            continue
        except RecursionError:
            problems.add(number, "expected fewer lists and objects in one another")
            continue
        if doubled is not None:
            problems.add(number, f"the key {doubled!r} is there twice in one object")
        name = str(data.pop("type", None)) if isinstance(data, dict) else None
        if name not in KINDS:
            problems.add(number, 'expected an object with "type": category, grid or package')
            continue
        values, wrong = KINDS[name].read(data)
        for problem in wrong:
            problems.add(number, problem)
        directory[name].append(Record(number, values))
    lines_are_sound = not problems.found
    for records in directory.values():
        _find_doubles(records, problems)
    if not lines_are_sound:
        problems.stop()
    return directory


def _doubled_key(line: str | bytes) -> str | None:
    """A key that an object of this JSON has twice, where orjson takes the last one.

    Raises RecursionError where lists and objects are nested some thousand deep.
    """
    doubled: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        keys = [key for key, _ in pairs]
        if len(set(keys)) < len(keys):
            doubled.extend(key for key in keys if keys.count(key) > 1)

    # Numbers are left as texts, since some are too long to be read.
    json.loads(line, object_pairs_hook=look, parse_int=str)
    return doubled[0] if doubled else None


def _find_doubles(records: list[Record], problems: Problems) -> None:
    """No two lines of one type have a number, a slug or a repository in common."""
    first: dict[tuple[str, Any], int] = {}
    for record in records:
        for name, value in record.identity.items():
            line = first.setdefault((name, value), record.line)
            if line != record.line:
                problems.add(record.line, f"its {IDENTIFIERS[name]} is that of line {line}")


def reference(value: Any) -> str:
    """The folded slug of another row."""
    return fold(checks.slug(value))


def rows_of(kind: Kind, unique: str, most: int) -> Check:
    """A list of objects, no two with the same `unique` key."""

    def check_row(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValueError("expected an object")
        row, problems = kind.read(value)
        if problems:
            raise ValueError(problems[0])
        return row

    def check_rows(value: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = list_of(check_row, most)(value)
        seen: set[str] = set()
        for row in rows:
            if row[unique] in seen:
                raise ValueError(f"{unique} {row[unique]!r} is there twice")
            seen.add(row[unique])
        return rows

    return check_rows


FEATURE = Kind("features", Feature)
VERSION = Kind("versions", Version)

FORMER_NAMES = checks.map_of(checks.name_of(AliasKind), list_of(checks.SHORT, 10_000))

KINDS = {
    "category": Kind("categories", Category, formerNames=FORMER_NAMES),
    "grid": Kind(
        "grids",
        Grid,
        formerNames=FORMER_NAMES,
        features=rows_of(FEATURE, "title", MOST_FEATURES),
    ),
    "package": Kind(
        "packages",
        Package,
        "category",
        category=reference,
        grids=list_of(reference, 1_000),
        cells=checks.map_of(reference, checks.map_of(checks.TITLE, checks.SHORT)),
        lastFetched=checks.instant,
        replacedBy=or_null(reference),
        versions=rows_of(VERSION, "number", 10_000),
        formerNames=FORMER_NAMES,
        pins=checks.map_of(checks.name_of(PackageField), checks.instant),
    ),
}
"""The types of lines."""
