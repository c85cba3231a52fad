"""What a file of the directory makes of the rows: worked out before anything is written."""

import datetime as dt
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db import derived
from db.category import Category
from db.derived import Values
from db.directory_file import MOST_FEATURES, Problems, Record
from db.grid import Cell, Feature, Grid, GridPackage
from db.ingest import Ingest, IngestState
from db.keys import reserve
from db.load_rows import Changes, Nodes, Parts
from db.package import Package
from db.version import Version


class Tables:
    """The tables of a load, and the keys of the grids that it edits."""

    def __init__(self, session: AsyncSession, problems: Problems, now: dt.datetime) -> None:
        self.session, self.problems, self.now = session, problems, now
        self.categories = Nodes(Category, derived.category, now)
        self.grids = Nodes(Grid, derived.grid, now)
        self.features = Parts(Feature, "grid_id", "title")
        self.packages = Nodes(Package, derived.package, now)
        self.versions = Parts(Version, "package_id", "number")
        self.members = Parts(GridPackage, "package_id", "grid_id")
        self.cells = Parts(Cell, "package_id", "feature_id")
        self.ingests = Parts(Ingest, "package_id", "package_id")
        self.edited_grids: set[int] = set()
        # In the order of writing: a row comes after those that it refers to.
        self.all: list[Changes] = [
            *(self.categories, self.grids, self.features, self.packages),
            *(self.versions, self.members, self.cells, self.ingests),
        ]


async def merge(
    session: AsyncSession, file: dict[str, list[Record]], problems: Problems, now: dt.datetime
) -> list[Changes]:
    """What becomes of the rows that the file is about, in the order of writing.

    Nothing is written. Raises LoadError where a line names what is not there, or takes what is
    another row's, and where there are `problems` already.
    """
    tables = Tables(session, problems, now)
    await tables.categories.find(session, file["category"], problems)
    await tables.grids.find(session, file["grid"], problems)
    await tables.packages.find(session, file["package"], problems)
    for record in file["category"]:
        row = tables.categories.row(record.key, record.values)
        tables.categories.put(row, record.values)
    await _merge_features(tables, file)
    await _merge_packages(tables, file["package"])
    problems.stop()
    # Last, since what is in a grid is edited with it.
    given = {record.key: record.values for record in file["grid"]}
    others = sorted(tables.edited_grids - given.keys())
    await tables.grids.fetch(session, others)
    for key, values in [*given.items(), *((key, {}) for key in others)]:
        row = tables.grids.row(key, values)
        tables.grids.put(row, values, edited=key in tables.edited_grids)
    return tables.all


async def _merge_features(tables: Tables, file: dict[str, list[Record]]) -> None:
    """Features in the order of the file, then those of the grid that the file does not name."""
    features, records = tables.features, file["grid"]
    slugs = {slug for record in file["package"] for slug in record.values.get("cells", ())}
    grids = {record.key for record in records} | {tables.grids.keys.get(slug, 0) for slug in slugs}
    await features.fetch(tables.session, grids)
    given = [record for record in records if "features" in record.values]
    new = sum(
        values["title"] not in features.rows[record.key]
        for record in given
        for values in record.values["features"]
    )
    keys = iter(await reserve(tables.session, features.table.name, new))
    for record in given:
        stored = features.rows[record.key]
        others = sorted(stored.values(), key=lambda row: (row["position"], row["id"]))
        by_title: dict[str, Values] = {row["title"]: row for row in record.values["features"]}
        by_title |= {row["title"]: {} for row in others if row["title"] not in by_title}
        if len(by_title) > MOST_FEATURES:
            problem = f"features: expected {MOST_FEATURES} at most in a grid"
            tables.problems.add(record.line, problem)
        for position, (title, values) in enumerate(by_title.items()):
            before = stored.get(title)
            row = before or {**features.blank, "id": next(keys), "grid_id": record.key}
            row = {**row, **values}
            # Another place alone is an edit of the grid, not of the feature.
            row["revision"] += before is not None and row != before
            if features.put(row | {"position": position}):
                tables.edited_grids.add(record.key)


async def _merge_packages(tables: Tables, records: list[Record]) -> None:
    packages, versions = tables.packages, tables.versions
    stored = [record.key for record in records if record.key in packages.rows]
    for parts in (versions, tables.members, tables.cells, tables.ingests):
        await parts.fetch(tables.session, stored)
    for record in records:
        values = record.values | _references(tables, record)
        if "pypi_url" in values:
            # A name that was read from the former address goes with it.
            values.setdefault("pypi_name", None)
        row = packages.row(record.key, values)
        released = _merge_versions(tables, record)
        if released or row != packages.rows.get(record.key):
            releases = versions.rows[record.key].values()
            row["score"] = derived.package_score(row, releases, tables.now)
        _merge_grids(tables, record)
        row["grid_count"] = len(tables.members.rows[record.key])
        _merge_ingest(tables, record)
        packages.put(row, values)
    await _put_replacements_first(tables, records)


def _references(tables: Tables, record: Record) -> Values:
    """The columns of a package that refer to other rows."""
    keys: Values = {}
    for key, column, nodes in (
        ("category", "category_id", tables.categories),
        ("replacedBy", "replaced_by_id", tables.packages),
    ):
        if key in record.values:
            slug = record.values[key]
            keys[column] = nodes.keys.get(slug)
            if slug is not None and keys[column] is None:
                tables.problems.add(record.line, f"{key}: {slug!r} is not there")
    return keys


def _merge_versions(tables: Tables, record: Record) -> bool:
    """The versions of a package; whether one of them has to be written."""
    versions, written = tables.versions, False
    for values in record.values.get("versions", ()):
        before = versions.rows[record.key].get(values["number"])
        row = before or {**versions.blank, "package_id": record.key, "is_prerelease": None}
        row = {**row, **values}
        written |= versions.put(row | derived.version(row))
    return written


def _merge_grids(tables: Tables, record: Record) -> None:
    """The memberships of a package, and its cells."""
    members = tables.members.rows[record.key]
    for slug in dict.fromkeys(record.values.get("grids", ())):
        grid = tables.grids.keys.get(slug)
        if grid is None:
            tables.problems.add(record.line, f"grids: {slug!r} is not there")
        elif tables.members.put({"grid_id": grid, "package_id": record.key}):
            tables.edited_grids.add(grid)
    for slug, texts in record.values.get("cells", {}).items():
        grid = tables.grids.keys.get(slug)
        if grid is None or grid not in members:
            tables.problems.add(record.line, f"cells: the package is not in the grid {slug!r}")
            continue
        for title, text in texts.items():
            feature = tables.features.rows[grid].get(title)
            if feature is None:
                tables.problems.add(record.line, f"cells: {slug!r} has no feature {title!r}")
                continue
            row = {"package_id": record.key, "feature_id": feature["id"], "grid_id": grid}
            row["text"] = text
            if tables.cells.put(row | derived.cell(row)):
                tables.edited_grids.add(grid)


def _merge_ingest(tables: Tables, record: Record) -> None:
    ingests = tables.ingests
    row = ingests.rows[record.key].get(record.key) or ingests.blank | {"package_id": record.key}
    row = row | {"last_fetched": record.values.get("lastFetched", row["last_fetched"])}
    if row["state"] == IngestState.NEVER.name and row["last_fetched"] is not None:
        row["state"] = IngestState.OK.name
    ingests.put(row)


async def _put_replacements_first(tables: Tables, records: list[Record]) -> None:
    """New packages each after the one that replaces it; a circle of them is a problem."""
    stored = select(Package.id, Package.replaced_by_id).where(Package.replaced_by_id.is_not(None))
    replaced_by = {row.id: row.replaced_by_id for row in await tables.session.execute(stored)}
    replaced_by |= {key: row["replaced_by_id"] for key, row in tables.packages.rows.items()}
    sorter = TopologicalSorter({key: [other] for key, other in replaced_by.items() if other})
    try:
        place = {key: place for place, key in enumerate(sorter.static_order())}
    except CycleError as error:
        for record in records:
            if record.key in error.args[1]:
                tables.problems.add(record.line, "replacedBy: it leads back to the package itself")
    else:
        tables.packages.created.sort(key=lambda row: place.get(row["id"], 0))
