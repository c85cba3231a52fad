"""The directory as a file of JSON Lines: one category, grid or package a line. README in data/.

Here each line is read and checked by itself, and against the other lines of its file. What a line
gives comes out under the names of the columns; a key that is left out is left out there too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson

from db.checks import (
    COUNT,
    LARGEST,
    LONG_OR_EMPTY,
    SHORT,
    SHORT_OR_EMPTY,
    TITLE,
    Read,
    boolean,
    instant,
    list_of,
    map_of,
    name_of,
    or_null,
    pypi_name,
    repo_url,
    slug,
    text,
    url,
    weeks,
    whole_number,
)
from db.errors import LoadError
from db.package import DevelopmentStatus
from db.text import fold

MOST_PROBLEMS = 20
MOST_FEATURES = 100

IDENTIFIERS = {"database_id": "databaseId", "slug_folded": "slug", "repo_key": "repoUrl"}
"""The columns by which a row is found, with their keys in the file; the first that fits decides."""


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
    """One line: its number from 1, its row's columns as far as given, and what it says besides.

    `identity` says which row it is, by columns that are unique: `database_id`, `slug_folded` and
    `repo_key`, as far as given. `more` has, where given: of a grid `features` (rows); of a package
    `category`, `replaced_by` and `grids` (folded slugs), `cells` ({grid's folded slug: {feature's
    title: text}}), `versions` (rows) and `last_fetched`.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    identity: dict[str, Any] = field(default_factory=dict)


@dataclass
class DirectoryFile:
    """The records of a file by type, each in the file's order."""

    categories: list[Record] = field(default_factory=list)
    grids: list[Record] = field(default_factory=list)
    packages: list[Record] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """A kind of JSON object: its name in messages, its keys with (column, how to read it)."""

    name: str
    keys: dict[str, tuple[str, Read]]
    required: tuple[str, ...]


def read_directory(lines: Iterable[str | bytes], problems: Problems) -> DirectoryFile:
    """Read and check all lines; empty ones are passed over. What is wrong goes to `problems`."""
    directory = DirectoryFile()
    places = {
        "category": (CATEGORY, directory.categories),
        "grid": (GRID, directory.grids),
        "package": (PACKAGE, directory.packages),
    }
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            problems.add(number, f"not JSON in UTF-8: {error.msg} at column {error.colno}")
            continue
        place = places.get(str(data.pop("type", None))) if isinstance(data, dict) else None
        if place is None:
            problems.add(number, 'expected an object with "type": category, grid or package')
            continue
        kind, records = place
        record = Record(number)
        for column, value in _read_object(kind, data, partial(problems.add, number)):
            (record.more if column in MORE else record.values)[column] = value
        record.identity = _identity(record.values)
        records.append(record)
    for _, records in places.values():
        _find_doubles(records, problems)
    return directory


def _read_object(
    kind: Kind, data: dict[str, Any], problem: Callable[[str], None]
) -> Iterable[tuple[str, Any]]:
    for key in kind.required:
        if key not in data:
            problem(f"{kind.name} need a {key}")
    for key, value in data.items():
        if key not in kind.keys:
            problem(f"{kind.name} have no {key!r}")
            continue
        column, read = kind.keys[key]
        try:
            yield column, read(value)
        except ValueError as error:
            problem(f"{key}: {error}")


def _identity(values: dict[str, Any]) -> dict[str, Any]:
    number, slug, url = (values.get(column) for column in ("database_id", "slug", "repo_url"))
    identity = {
        "database_id": number,
        "slug_folded": None if slug is None else fold(slug),
        "repo_key": None if url is None else url.key,
    }
    return {column: value for column, value in identity.items() if value is not None}


def _find_doubles(records: list[Record], problems: Problems) -> None:
    """No two lines of one type have a number, a slug or a repository in common."""
    first: dict[tuple[str, Any], int] = {}
    for record in records:
        for identifier in record.identity.items():
            line = first.setdefault(identifier, record.line)
            if line != record.line:
                problems.add(
                    record.line, f"its {IDENTIFIERS[identifier[0]]} is that of line {line}"
                )


def reference(value: Any) -> str:
    """The folded slug of another row."""
    return fold(slug(value))


def references(value: Any) -> list[str]:
    return list(dict.fromkeys(list_of(reference, 1_000)(value)))


def rows_of(kind: Kind, unique: str, most: int) -> Read:
    """A list of objects, no two with the same `unique` key."""

    def read_row(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValueError("expected an object")
        return dict(_read_object(kind, value, _raise))

    def read_rows(value: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = list_of(read_row, most)(value)
        seen: set[str] = set()
        for row in rows:
            if row[unique] in seen:
                raise ValueError(f"{unique} {row[unique]!r} is there twice")
            seen.add(row[unique])
        return rows

    return read_rows


def _raise(problem: str) -> None:
    raise ValueError(problem)


LICENSES = ("licenses", list_of(text(100), 100))
REQUIRES_PYTHON = ("requires_python", or_null(SHORT))
DEVELOPMENT_STATUS = ("development_status", or_null(name_of(DevelopmentStatus)))

NUMBERED: dict[str, tuple[str, Read]] = {
    "databaseId": ("database_id", whole_number(1, LARGEST)),
    "slug": ("slug", slug),
    "title": ("title", TITLE),
    "created": ("created", instant),
    "modified": ("modified", instant),
}

CATEGORY = Kind(
    "categories",
    NUMBERED
    | {
        "titlePlural": ("title_plural", TITLE),
        "description": ("description", LONG_OR_EMPTY),
        "showPypi": ("show_pypi", boolean),
    },
    required=("slug", "title", "titlePlural"),
)

FEATURE = Kind(
    "features",
    {"title": ("title", TITLE), "description": ("description", SHORT_OR_EMPTY)},
    required=("title",),
)

GRID = Kind(
    "grids",
    NUMBERED
    | {
        "description": ("description", LONG_OR_EMPTY),
        "isLocked": ("is_locked", boolean),
        "header": ("header", boolean),
        "features": ("features", rows_of(FEATURE, "title", MOST_FEATURES)),
    },
    required=("slug", "title"),
)

VERSION = Kind(
    "versions",
    {
        "number": ("number", SHORT),
        "uploadedAt": ("uploaded_at", or_null(instant)),
        "licenses": LICENSES,
        "requiresPython": REQUIRES_PYTHON,
        "developmentStatus": DEVELOPMENT_STATUS,
        "isYanked": ("is_yanked", boolean),
        "isPrerelease": ("is_prerelease", boolean),
    },
    required=("number",),
)

PACKAGE = Kind(
    "packages",
    NUMBERED
    | {
        "category": ("category", reference),
        "grids": ("grids", references),
        "cells": ("cells", map_of(reference, map_of(TITLE, SHORT))),
        "repoUrl": ("repo_url", or_null(repo_url)),
        "repoDescription": ("repo_description", SHORT_OR_EMPTY),
        "repoWatchers": ("repo_watchers", or_null(COUNT)),
        "repoForks": ("repo_forks", or_null(COUNT)),
        "commitCount": ("commit_count", or_null(COUNT)),
        "contributorCount": ("contributor_count", or_null(COUNT)),
        "pypiUrl": ("pypi_url", or_null(url)),
        "pypiName": ("pypi_name", or_null(pypi_name)),
        "pypiVersion": ("pypi_version", or_null(SHORT)),
        "documentationUrl": ("documentation_url", or_null(url)),
        "commitsOver52": ("commits_over_52", weeks),
        "commitsOver52Ends": ("commits_over_52_ends", or_null(instant)),
        "participants": ("participants", list_of(text(100), 1_000)),
        "lastUpdated": ("last_updated", or_null(instant)),
        "lastFetched": ("last_fetched", instant),
        "licenses": LICENSES,
        "requiresPython": REQUIRES_PYTHON,
        "supportsPython3": ("supports_python3", or_null(boolean)),
        "developmentStatus": DEVELOPMENT_STATUS,
        "isArchived": ("is_archived", boolean),
        "deprecatedAt": ("deprecated_at", or_null(instant)),
        "replacedBy": ("replaced_by", or_null(reference)),
        "versions": ("versions", rows_of(VERSION, "number", 10_000)),
    },
    required=("slug", "title", "category"),
)

MORE = {"features", "category", "grids", "cells", "last_fetched", "replaced_by", "versions"}
"""What does not go into a column of the record's own row."""
