"""The whole database as linked Python objects, read by plain SELECTs."""

import datetime as dt
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import asyncpg
from packaging.version import InvalidVersion, Version

Table = list[dict[str, Any]]

TABLES = (
    "category",
    "package",
    "version",
    "grid",
    "feature",
    "grid_package",
    "cell",
    "ingest",
    "ingest_source",
    "ingest_worker",
    "pin",
    "change",
    "alias",
)


class Row:
    """One row: each column under its GraphQL name, and the rows it is linked with. Frozen.

    `kind` is the name of its GraphQL type. Instants are aware, JSON is lists, absent is None.
    """

    kind: str
    id: int

    def __init__(self, kind: str, values: dict[str, Any]) -> None:
        vars(self).update({camel_case(name): value for name, value in values.items()}, kind=kind)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"a {self.kind} has no {name}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("rows are frozen")

    def __repr__(self) -> str:
        return f"{self.kind}:{vars(self).get('id')}"


@dataclass(frozen=True)
class Rows:
    """Every object of the directory, by kind and by key; and keys by type, kind and former name."""

    by_kind: dict[str, dict[int, Row]]
    aliases: dict[tuple[str, str, str], int]

    def all(self, kind: str) -> list[Row]:
        return list(self.by_kind[kind].values())


def camel_case(name: str) -> str:
    """`commits_over_52_ends` as GraphQL spells it."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


async def read_rows(url: str) -> Rows:
    """All rows of the database at `url` (sqlite:///... or postgresql://..., with any driver)."""
    backend, _, rest = url.partition("://")
    if backend.startswith("sqlite"):
        return link(_read_sqlite(rest.removeprefix("/")))
    return link(await _read_postgresql(f"postgresql://{rest}"))


def _read_sqlite(path: str) -> dict[str, Table]:
    readers: dict[str, Callable[[Any], Any]] = {
        "BOOLEAN": bool,
        "JSON": json.loads,
        "VARCHAR(32)": dt.datetime.fromisoformat,
    }
    tables = {}
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            read = {name: readers.get(type_, _as_it_is) for _, name, type_, *_ in columns}
            tables[table] = [
                {
                    name: None if value is None else read[name](value)
                    for name, value in zip(read, row, strict=True)
                }
                for row in connection.execute(f"SELECT * FROM {table}")
            ]
    return tables


async def _read_postgresql(url: str) -> dict[str, Table]:
    connection = await asyncpg.connect(url)
    try:
        await connection.set_type_codec(
            "json", encoder=json.dumps, decoder=json.loads, schema="pg_catalog"
        )
        return {
            table: [dict(row) for row in await connection.fetch(f"SELECT * FROM {table}")]
            for table in TABLES
        }
    finally:
        await connection.close()


def link(tables: dict[str, Table]) -> Rows:
    """Rows that know each other: a package its category, grids, cells, versions, ingest; and back.

    A change knows its object, and an object the changes that are its own. Packages and grids are
    counted here, whatever the database has stored.
    """
    categories, packages, versions, grids, features = (
        {values["id"]: Row(kind, values) for values in tables[kind.lower()]}
        for kind in ("Category", "Package", "Version", "Grid", "Feature")
    )
    grids_of, packages_of = defaultdict(list), defaultdict(list)
    for member in tables["grid_package"]:
        grids_of[member["package_id"]].append(grids[member["grid_id"]])
        packages_of[member["grid_id"]].append(packages[member["package_id"]])
    cells_of: dict[int, dict[int, Row]] = defaultdict(dict)
    for cell in tables["cell"]:
        row = Row("Cell", cell)
        _set(row, package=packages[row.packageId], feature=features[row.featureId])
        cells_of[row.packageId][row.featureId] = row
    sources_of = _grouped((Row("SourceStatus", s) for s in tables["ingest_source"]), "packageId")
    ingest_of = {values["package_id"]: Row("IngestStatus", values) for values in tables["ingest"]}
    pins_of = _grouped((Row("Pin", pin) for pin in tables["pin"]), "packageId")
    workers = [Row("Worker", worker) for worker in tables["ingest_worker"]]
    versions_of = _grouped(versions.values(), "packageId")
    members_of = _grouped(packages.values(), "categoryId")
    features_of = _grouped(features.values(), "gridId")

    for version in versions.values():
        _set(version, package=packages[version.packageId])
    for feature in features.values():
        _set(feature, grid=grids[feature.gridId])
    for category in categories.values():
        members = members_of[category.id]
        _set(category, packages=members, packageCount=len(members))
    for grid in grids.values():
        members = packages_of[grid.id]
        in_order = sorted(features_of[grid.id], key=lambda row: (row.position, row.id))
        _set(grid, packages=members, packageCount=len(members), features=in_order)
    for package in packages.values():
        ingest = ingest_of.get(package.id) or _never_fetched()
        sources = sorted(sources_of[package.id], key=lambda row: row.source)
        _set(ingest, sources=sources, workers=workers)
        _set(
            package,
            category=categories[package.categoryId],
            grids=sorted(grids_of[package.id], key=lambda row: (row.title.casefold(), row.id)),
            gridCount=len(grids_of[package.id]),
            replacedBy=packages.get(package.replacedById),
            versions=sorted(versions_of[package.id], key=lambda row: row.id),
            cells=cells_of[package.id],
            ingest=ingest,
            lastFetched=ingest.lastFetched,
            pins={pin.field for pin in pins_of[package.id]},
        )
    kinds = (categories, packages, versions, grids, features)
    names = ("Category", "Package", "Version", "Grid", "Feature")
    by_kind = dict(zip(names, kinds, strict=True))
    by_kind["Change"] = _changes(tables["change"], by_kind)
    aliases = {(a["node_type"], a["kind"], a["name"]): a["node_id"] for a in tables["alias"]}
    return Rows(by_kind, aliases)


def _changes(table: Table, by_kind: dict[str, dict[int, Row]]) -> dict[int, Row]:
    """The changes by key, with what the schema says of them, known to the objects they are of."""
    changes = {values["id"]: Row("Change", values) for values in table}
    for kind, types in (
        ("Category", ["CATEGORY"]),
        ("Package", ["PACKAGE"]),
        ("Grid", ["GRID", "FEATURE"]),
    ):
        of_object = defaultdict(list)
        for change in changes.values():
            if change.nodeType in types:
                of_object[change.gridId if kind == "Grid" else change.nodeId].append(change)
        for row in by_kind[kind].values():
            _set(row, changes=of_object[row.id])
    for change in changes.values():
        kind = change.nodeType.capitalize()
        _set(
            change,
            transaction=f"Transaction:{change.transactionId}",
            type=change.nodeType,
            node=by_kind[kind].get(change.nodeId),
            nodeId=f"{kind}:{change.nodeId}",
            reverts=change.revertsId and f"Change:{change.revertsId}",
        )
    return changes


def cell_of(package: Row, feature: Row) -> Row:
    """What is said of `package` under `feature`; a cell that holds nothing is UNKNOWN."""
    cell: Row | None = package.cells.get(feature.id)
    return cell or Row(
        "Cell",
        {"package": package, "feature": feature, "text": "", "verdict": "UNKNOWN", "strength": 0},
    )


def version_order(version: Row) -> tuple[bool, Version]:
    """What versions are sorted by, as PEP 440 says; what is no version comes before all others."""
    try:
        return True, Version(version.number)
    except InvalidVersion:
        return False, Version("0")


def _as_it_is(value: Any) -> Any:
    return value


def _set(row: Row, **links: Any) -> None:
    vars(row).update(links)


def _grouped(rows: Iterable[Row], column: str) -> dict[int, list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def _never_fetched() -> Row:
    nothing = dict.fromkeys(("last_fetched", "next_due", "last_error", "last_error_at"))
    return Row("IngestStatus", {"state": "NEVER", "failure_count": 0, **nothing})
