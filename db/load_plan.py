"""What a file of the directory makes of the rows: worked out before anything is written."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.ext.asyncio import AsyncSession

from db import derived
from db.base import Base
from db.category import Category
from db.directory_file import MOST_FEATURES, DirectoryFile, Problems, Record
from db.grid import Cell, Feature, Grid, GridPackage
from db.ingest import Ingest, IngestState
from db.keys import own_number, reserve
from db.load_match import Matched, Row, match, rows_where
from db.package import Package
from db.version import Version

CATEGORY, GRID, FEATURE, PACKAGE, VERSION, MEMBER, CELL, INGEST = TABLES = tuple(
    Base.metadata.tables[model.__tablename__]
    for model in (Category, Grid, Feature, Package, Version, GridPackage, Cell, Ingest)
)
"""In the order of writing: a row comes after those that it refers to."""

COUNTED = {"score", "grid_count", "package_count"}
"""Columns that change without an edit of their row."""


@dataclass
class Changes:
    """What becomes of the rows of one table."""

    created: list[Row] = field(default_factory=list)
    updated: list[Row] = field(default_factory=list)
    unchanged: int = 0

    def settle(self, before: Row | None, row: Row) -> bool:
        """Put `row` where it belongs; whether it has to be written."""
        if before is None:
            self.created.append(row)
        elif row != before:
            self.updated.append(row)
        else:
            self.unchanged += 1
            return False
        return True


@dataclass
class Plan:
    """The rows to write; which grids were edited; by how much counts of packages change, by key."""

    now: dt.datetime
    problems: Problems
    changes: dict[Table, Changes] = field(
        default_factory=lambda: {table: Changes() for table in TABLES}
    )
    edited_grids: set[int] = field(default_factory=set)
    more_in_category: Counter[int] = field(default_factory=Counter)
    more_in_grid: Counter[int] = field(default_factory=Counter)


@dataclass
class Named:
    """The rows that a package's line can name; features' keys by grid and title."""

    categories: Matched
    grids: Matched
    packages: Matched
    features: dict[tuple[int, str], int]


@dataclass
class Stored:
    """What the database has of the packages that a file is about, by package."""

    members: dict[int, set[int]]
    cells: dict[tuple[int, int], Row]
    versions: dict[int, dict[str, Row]]
    ingests: dict[int, Row]


async def make_plan(
    session: AsyncSession, file: DirectoryFile, problems: Problems, now: dt.datetime
) -> Plan:
    """Find the rows that the file is about, and what they become. Nothing is written.

    Raises LoadError where a line names what is not there, or takes what is another row's.
    """
    plan = Plan(now, problems)
    lines = [record.more for record in file.packages]
    slugs = {line["category"] for line in lines}
    categories = await match(session, CATEGORY, file.categories, slugs, problems)
    slugs = {slug for line in lines for slug in [*line.get("grids", ()), *line.get("cells", ())]}
    grids = await match(session, GRID, file.grids, slugs, problems)
    slugs = {line["replaced_by"] for line in lines if line.get("replaced_by") is not None}
    packages = await match(session, PACKAGE, file.packages, slugs, problems)
    problems.stop()

    features = await _plan_features(session, plan, file.grids, grids)
    named = Named(categories, grids, packages, features)
    await _plan_packages(session, plan, file.packages, named)
    problems.stop()

    for record, key in zip(file.categories, categories.keys, strict=True):
        before, row = _row(plan, CATEGORY, categories, key, record.values)
        _settle(plan, CATEGORY, before, row | derived.category(row), record.values)
    given = {key: record.values for record, key in zip(file.grids, grids.keys, strict=True)}
    for key in [*given, *sorted(plan.edited_grids - given.keys())]:
        values = given.get(key, {})
        before, row = _row(plan, GRID, grids, key, values)
        _settle(plan, GRID, before, row | derived.grid(row), values)
    return plan


async def _plan_features(
    session: AsyncSession, plan: Plan, records: list[Record], grids: Matched
) -> dict[tuple[int, str], int]:
    """The keys of the grids' features; those of the file come first in a grid, in its order."""
    stored: dict[int, dict[str, Row]] = defaultdict(dict)
    found = await rows_where(session, FEATURE, "grid_id", grids.stored)
    for row in sorted(found, key=lambda row: (row["position"], row["id"])):
        stored[row["grid_id"]][row["title"]] = row
    keys = {(row["grid_id"], row["title"]): row["id"] for row in found}
    given = [
        (record.line, grid, {values["title"]: values for values in record.more["features"]})
        for record, grid in zip(records, grids.keys, strict=True)
        if "features" in record.more
    ]
    new = [(grid, title) for _, grid, rows in given for title in rows if (grid, title) not in keys]
    keys |= zip(new, await reserve(session, FEATURE, len(new)), strict=True)
    for line, grid, rows in given:
        titles = [*rows, *(title for title in stored[grid] if title not in rows)]
        if len(titles) > MOST_FEATURES:
            plan.problems.add(line, f"features: expected {MOST_FEATURES} at most in a grid")
        for position, title in enumerate(titles):
            before = stored[grid].get(title)
            made = before or {**_blank(FEATURE), "id": keys[grid, title], "grid_id": grid}
            row = {**made, **rows.get(title, {})}
            row["revision"] += before is not None and row != before
            # Another place alone is an edit of the grid, not of the feature.
            if plan.changes[FEATURE].settle(before, row | {"position": position}):
                plan.edited_grids.add(grid)
    return keys


async def _plan_packages(
    session: AsyncSession, plan: Plan, records: list[Record], named: Named
) -> None:
    packages = named.packages
    stored = await _stored(session, packages.stored.keys() & set(packages.keys))
    lines = list(zip(records, packages.keys, strict=True))
    new_versions = sum(
        values["number"] not in stored.versions[key]
        for record, key in lines
        for values in record.more.get("versions", ())
    )
    version_keys = iter(await reserve(session, VERSION, new_versions))
    replaced_by = {key: row["replaced_by_id"] for key, row in packages.stored.items()}
    for record, key in lines:
        values = record.values | _references(plan, record, named)
        if "pypi_url" in values:
            # A name that was read from the former address goes with it.
            values.setdefault("pypi_name", None)
        before, row = _row(plan, PACKAGE, packages, key, values)
        row |= derived.package(row)
        released = _plan_versions(plan, record, key, stored, version_keys)
        if released or row != before:
            row["score"] = derived.package_score(row, stored.versions[key].values(), plan.now)
        _plan_grids(plan, record, key, named, stored)
        row["grid_count"] = len(stored.members[key])
        _settle(plan, PACKAGE, before, row, values)
        _plan_ingest(plan, record, key, stored)
        replaced_by[key] = row["replaced_by_id"]
        plan.more_in_category[row["category_id"]] += 1
        if before is not None:
            plan.more_in_category[before["category_id"]] -= 1
    await _find_circles(session, plan, lines, replaced_by)


async def _stored(session: AsyncSession, keys: set[int]) -> Stored:
    members: dict[int, set[int]] = defaultdict(set)
    for row in await rows_where(session, MEMBER, "package_id", keys):
        members[row["package_id"]].add(row["grid_id"])
    versions: dict[int, dict[str, Row]] = defaultdict(dict)
    for row in await rows_where(session, VERSION, "package_id", keys):
        versions[row["package_id"]][row["number"]] = row
    cells = await rows_where(session, CELL, "package_id", keys)
    ingests = await rows_where(session, INGEST, "package_id", keys)
    return Stored(
        members,
        {(row["package_id"], row["feature_id"]): row for row in cells},
        versions,
        {row["package_id"]: row for row in ingests},
    )


def _references(plan: Plan, record: Record, named: Named) -> Row:
    """The columns of a package that refer to other rows."""
    slug = record.more["category"]
    category = named.categories.by_slug.get(slug)
    if category is None:
        plan.problems.add(record.line, f"category: {slug!r} is not there")
    if "replaced_by" not in record.more:
        return {"category_id": category}
    slug = record.more["replaced_by"]
    replacement = named.packages.by_slug.get(slug)
    if replacement is None and slug is not None:
        plan.problems.add(record.line, f"replacedBy: {slug!r} is not there")
    return {"category_id": category, "replaced_by_id": replacement}


def _plan_versions(
    plan: Plan, record: Record, key: int, stored: Stored, new_keys: Iterator[int]
) -> bool:
    """The versions of a package, into `stored` too; whether one of them has to be written."""
    written = False
    versions = stored.versions[key]
    for values in record.more.get("versions", ()):
        before = versions.get(values["number"])
        if before is None:
            row = {**_blank(VERSION), "id": next(new_keys), "package_id": key}
            row |= {"is_prerelease": None, **values}
        else:
            row = {**before, **values}
        row |= derived.version(row)
        written |= plan.changes[VERSION].settle(before, row)
        versions[row["number"]] = row
    return written


def _plan_grids(plan: Plan, record: Record, key: int, named: Named, stored: Stored) -> None:
    """The memberships of a package, into `stored` too, and its cells."""
    members = stored.members[key]
    for slug in record.more.get("grids", ()):
        grid = named.grids.by_slug.get(slug)
        if grid is None:
            plan.problems.add(record.line, f"grids: {slug!r} is not there")
            continue
        member = {"grid_id": grid, "package_id": key}
        if plan.changes[MEMBER].settle(member if grid in members else None, member):
            members.add(grid)
            plan.edited_grids.add(grid)
            plan.more_in_grid[grid] += 1
    for slug, texts in record.more.get("cells", {}).items():
        grid = named.grids.by_slug.get(slug)
        if grid is None or grid not in members:
            plan.problems.add(record.line, f"cells: the package is not in the grid {slug!r}")
            continue
        for title, text in texts.items():
            feature = named.features.get((grid, title))
            if feature is None:
                plan.problems.add(record.line, f"cells: {slug!r} has no feature {title!r}")
                continue
            row = {"package_id": key, "feature_id": feature, "grid_id": grid, "text": text}
            before = stored.cells.get((key, feature))
            if plan.changes[CELL].settle(before, row | derived.cell(row)):
                plan.edited_grids.add(grid)


def _plan_ingest(plan: Plan, record: Record, key: int, stored: Stored) -> None:
    before = stored.ingests.get(key)
    row = dict(before or {**_blank(INGEST), "package_id": key})
    row["last_fetched"] = record.more.get("last_fetched", row["last_fetched"])
    if row["state"] == IngestState.NEVER.name and row["last_fetched"] is not None:
        row["state"] = IngestState.OK.name
    plan.changes[INGEST].settle(before, row)


async def _find_circles(
    session: AsyncSession,
    plan: Plan,
    lines: list[tuple[Record, int]],
    replaced_by: dict[int, int | None],
) -> None:
    """No package is replaced by one that, at the end of its own replacements, is replaced by it."""
    while beyond := {key for key in replaced_by.values() if key} - replaced_by.keys():
        for row in await rows_where(session, PACKAGE, "id", beyond):
            replaced_by[row["id"]] = row["replaced_by_id"]
    for record, key in lines:
        passed: set[int] = set()
        replacement = replaced_by[key]
        while replacement is not None and replacement not in passed:
            if replacement == key:
                plan.problems.add(record.line, "replacedBy: it leads back to the package itself")
            passed.add(replacement)
            replacement = replaced_by[replacement]


@cache
def _blank(table: Table) -> Row:
    """A row as the columns' defaults have it; None where there is no default."""
    return {column.name: _default(column) for column in table.columns}


def _default(column: Column[Any]) -> Any:
    if column.default is None:
        return None
    default: Any = column.default
    return default.arg(None) if default.is_callable else default.arg


def _row(
    plan: Plan, table: Table, matched: Matched, key: int, values: Row
) -> tuple[Row | None, Row]:
    """The row as it is, None for a new one, and as it becomes."""
    before = matched.stored.get(key)
    if before is not None:
        return before, {**before, **values}
    dates = {"created": plan.now, "modified": plan.now}
    made = {**_blank(table), "id": key, "database_id": own_number(key), **dates}
    return None, {**made, **values}


def _settle(plan: Plan, table: Table, before: Row | None, row: Row, values: Row) -> None:
    """Put the row where it belongs, with the revision and the date of its edit."""
    if before is not None and (
        (table is GRID and row["id"] in plan.edited_grids)
        or any(row[name] != before[name] for name in before.keys() - COUNTED)
    ):
        row["revision"] += 1
        row["modified"] = values.get("modified", plan.now)
    plan.changes[table].settle(before, row)
