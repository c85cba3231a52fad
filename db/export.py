"""The directory as it leaves: lines that `load` reads back, or tables of comma-separated values.

All is read from one snapshot, a few hundred rows at a time, however large the directory is.
docs/export.md says what each form carries.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from sqlalchemy import RowMapping, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from db.alias import Alias, AliasKind
from db.base import Base
from db.category import Category
from db.directory_file import FEATURE, KINDS, VERSION, Kind
from db.engine import explained, read_url
from db.grid import Cell, Feature, Grid, GridPackage
from db.ingest import Ingest, Pin
from db.keys import FIRST_OWN_NUMBER
from db.package import Package
from db.version import Version

BATCH = 200
"""How many categories, grids or packages are read at once, each with all that is its own."""

Record = dict[str, Any]
"""A line of the file, before it is JSON: dates are datetimes."""

Parts = dict[int, dict[str, list[RowMapping]]]
"""The rows that belong to others: by the key of the other, and by what they are of it."""

Counts = Counter[str]
"""How many lines or rows of each kind."""


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection to whose reads the database is what it was at the first; no edit waits for it.

    It cannot write. Raises DatabaseUnavailable.
    """
    parsed = read_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    engine = create_async_engine(
        parsed,
        json_deserializer=orjson.loads,
        execution_options={} if is_sqlite else options,
    )
    try:
        with explained(parsed):
            connection = await engine.connect()
        try:
            if is_sqlite:  # whose driver begins no transaction for a SELECT
                await connection.exec_driver_sql("PRAGMA query_only = ON")
                await connection.exec_driver_sql("BEGIN")
            yield connection
        finally:
            await connection.close()
    finally:
        await engine.dispose()


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]


CATEGORY, GRID, PACKAGE = map(_table, (Category, Grid, Package))
REPLACEMENT = PACKAGE.alias()

ROWS: dict[str, Select[Any]] = {
    "category": select(CATEGORY),
    "grid": select(GRID),
    "package": select(
        PACKAGE,
        CATEGORY.c.slug.label("category"),
        REPLACEMENT.c.slug.label("replacedBy"),
        Ingest.last_fetched.label("lastFetched"),
    )
    .join(CATEGORY, CATEGORY.c.id == PACKAGE.c.category_id)
    .outerjoin(REPLACEMENT, REPLACEMENT.c.id == PACKAGE.c.replaced_by_id)
    .outerjoin(Ingest, Ingest.package_id == PACKAGE.c.id),
}
"""The rows of each type of line, and what else of a row stands under its own key."""

PARTS: dict[str, dict[str, tuple[Any, Any]]] = {
    "category": {},
    "grid": {
        "features": (
            select(_table(Feature)).order_by(Feature.position, Feature.id),
            Feature.grid_id,
        )
    },
    "package": {
        "grids": (
            select(GridPackage.package_id, Grid.slug)
            .join(Grid, Grid.id == GridPackage.grid_id)
            .order_by(Grid.id),
            GridPackage.package_id,
        ),
        "cells": (
            select(Cell.package_id, Cell.text, Grid.slug, Feature.title)
            .join(Grid, Grid.id == Cell.grid_id)
            .join(Feature, Feature.id == Cell.feature_id)
            .order_by(Grid.id, Feature.position, Feature.id),
            Cell.package_id,
        ),
        "versions": (
            select(_table(Version)).order_by(Version.sort_key, Version.id),
            Version.package_id,
        ),
        "pins": (select(_table(Pin)).order_by(Pin.field), Pin.package_id),
    },
}
"""What belongs to the rows of each type of line, with the column that says to which."""

ALIASES = select(_table(Alias)).order_by(Alias.kind, Alias.name)


async def records(connection: AsyncConnection) -> AsyncIterator[Record]:
    """The lines of the directory's file: categories, grids, packages, each in the order of keys."""
    for name, kind in KINDS.items():
        key, last = Base.metadata.tables[name].c.id, 0
        query = ROWS[name].order_by(key).limit(BATCH)
        while rows := (await connection.execute(query.where(key > last))).mappings().all():
            parts = await _parts_of(connection, name, rows[0]["id"], rows[-1]["id"])
            for row in rows:
                yield {"type": name} | _given(kind, row) | _more(row, parts)
            last = rows[-1]["id"]


async def _parts_of(connection: AsyncConnection, name: str, first: int, last: int) -> Parts:
    """What belongs to the rows of this type with keys from `first` to `last`."""
    found: Parts = defaultdict(lambda: defaultdict(list))
    aliases = ALIASES.where(Alias.node_type == name.upper())
    for part, (query, key) in {**PARTS[name], "formerNames": (aliases, Alias.node_id)}.items():
        for row in (await connection.execute(query.where(key.between(first, last)))).mappings():
            found[row[key.name]][part].append(row)
    return found


def _given(kind: Kind, row: RowMapping) -> Record:
    """What a row gives under the file's keys: neither null, nor an empty text or list.

    A number that was given here is not given, since it is not taken either.
    """
    values = ((key, row[column]) for key, column in kind.columns.items())
    return {
        key: value
        for key, value in values
        if value not in (None, "", []) and not (key == "databaseId" and _is_own(value))
    }


def _more(row: RowMapping, parts: Parts) -> Record:
    """What is said of a row in keys that are no columns of its own."""
    of_row = parts[row["id"]]
    more: Record = {key: row.get(key) for key in ("category", "replacedBy", "lastFetched")}
    more["grids"] = [member["slug"] for member in of_row["grids"]]
    more["cells"] = cells = defaultdict[str, dict[str, str]](dict)
    for cell in of_row["cells"]:
        cells[cell["slug"]][cell["title"]] = cell["text"]
    more["features"] = [_given(FEATURE, feature) for feature in of_row["features"]]
    more["versions"] = [_given(VERSION, version) for version in of_row["versions"]]
    more["formerNames"] = names = defaultdict[str, list[str]](list)
    for alias in of_row["formerNames"]:
        if not (alias["kind"] == AliasKind.DATABASE_ID.name and _is_own(alias["name"])):
            names[alias["kind"]].append(alias["name"])
    more["pins"] = {pin["field"]: pin["at"] for pin in of_row["pins"]}
    return {key: value for key, value in more.items() if value}


def _is_own(number: int | str) -> bool:
    """Whether a number was given here: another directory gives its own."""
    return int(number) >= FIRST_OWN_NUMBER


async def write_lines(connection: AsyncConnection, file: BinaryIO) -> Counts:
    """Write the directory as JSON Lines, and give how many lines of each type there are."""
    counts: Counts = Counter()
    async for record in records(connection):
        file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        counts[record["type"]] += 1
    return counts


TABLES: dict[str, list[str]] = {
    "category": [*KINDS["category"].columns],
    "grid": [*KINDS["grid"].columns],
    "feature": ["grid", *FEATURE.columns],
    "package": [*KINDS["package"].columns, "category", "replacedBy", "lastFetched"],
    "version": ["package", *VERSION.columns],
    "member": ["grid", "package"],
    "cell": ["grid", "package", "feature", "text"],
}
"""The tables of comma-separated values with their columns: rows refer to others by their slugs."""


async def write_tables(connection: AsyncConnection, folder: Path) -> Counts:
    """Write the directory's tables into a folder, and give how many rows each has."""
    counts: Counts = Counter()
    with ExitStack() as opened:
        tables = {}
        for name, columns in TABLES.items():
            file = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            tables[name] = csv.DictWriter(
                opened.enter_context(file), columns, extrasaction="ignore", lineterminator="\n"
            )
            tables[name].writeheader()
        async for record in records(connection):
            for name, row in _rows(record):
                tables[name].writerow({key: _shown(value) for key, value in row.items()})
                counts[name] += 1
    return counts


def _rows(record: Record) -> Iterator[tuple[str, Record]]:
    """The rows of tables that a line is made into."""
    slug = record["slug"]
    yield record["type"], record
    for feature in record.get("features", ()):
        yield "feature", {"grid": slug, **feature}
    for version in record.get("versions", ()):
        yield "version", {"package": slug, **version}
    for grid in record.get("grids", ()):
        yield "member", {"grid": grid, "package": slug}
    for grid, cells in record.get("cells", {}).items():
        for feature, text in cells.items():
            yield "cell", {"grid": grid, "package": slug, "feature": feature, "text": text}


def _shown(value: Any) -> str:
    """A text as it is; all else as JSON has it, a date without the quotes."""
    return value if isinstance(value, str) else orjson.dumps(value).decode().strip('"')
