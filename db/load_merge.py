"""What a file of the directory makes of an edit's rows."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from db import derived
from db.alias import Alias
from db.base import Base
from db.category import Category
from db.change import node_type
from db.derived import Values
from db.directory_file import IDENTIFIERS, Problems, Record
from db.edit import Edit
from db.grid import IN_ORDER, MOST_FEATURES, Cell, Feature, Grid, GridPackage
from db.ingest import Ingest, IngestState, Pin
from db.keys import FIRST_OWN_NUMBER
from db.package import Package
from db.package_edits import replacements
from db.repo_url import RepoUrl
from db.settle import NAMED
from db.version import Version

READ_FROM = {"repo_host": "repo_url", "pypi_name": "pypi_url"}
"""The columns that are read from an address where they are not given."""

Keys = dict[str, int]
"""The keys of rows by their folded slugs."""

Parts = dict[int, dict[str, Values]]
"""Rows that belong to others: by the key of the other, and by their own name there."""


async def merge(edit: Edit, file: dict[str, list[Record]], problems: Problems) -> None:
    """Put the rows of the file into the edit.

    Raises LoadError where a line names what is not there, or takes what is another row's, and
    where there are `problems` already.
    """
    for model in NAMED:
        await _find(edit, model, file[model.__tablename__], problems)
    for model in (Category, Grid):
        for record in file[model.__tablename__]:
            _put(edit, model, record, _row(record))
    features = await _merge_features(edit, file, problems)
    await _merge_packages(edit, file["package"], features, problems)
    for model in NAMED:
        await _merge_former_names(edit, model, file[model.__tablename__])
    problems.stop()


async def _find(edit: Edit, model: type[Base], records: list[Record], problems: Problems) -> None:
    """Find the rows of `records`, or make blank ones.

    A record that fits two rows, two that fit one, and a number that a new row cannot have go to
    `problems`.
    """
    holders: dict[tuple[str, Any], Values] = {}
    for column in IDENTIFIERS:
        if values := [each.identity[column] for each in records if column in each.identity]:
            found = await edit.rows[model].find(column, values)
            holders |= {(column, row[column]): row for row in found}
    lines: dict[int, int] = {}
    new = []
    for record in records:
        problem = partial(problems.add, record.line)
        row = _found(record.identity, holders, problem)
        line = lines.setdefault(row["id"], record.line) if row else record.line
        if line != record.line:
            problem(f"it is about the same row as line {line}")
        if row and line == record.line:
            record.row = row
        else:
            new.append(record)
    for record, blank in zip(new, await edit.blank(model, len(new)), strict=True):
        record.row = blank


def _found(
    identity: Values, holders: dict[tuple[str, Any], Values], problem: Callable[[str], None]
) -> Values | None:
    """The row that a record is about, if it is there already."""
    fits = {name: holders[name, it] for name, it in identity.items() if (name, it) in holders}
    row = next(iter(fits.values()), None)
    others = [name for name, other in fits.items() if other is not row]
    number = identity.get("database_id")
    if number is not None and "database_id" not in fits:
        if number >= FIRST_OWN_NUMBER:
            problem(f"databaseId {number} is not there; new ones are given here")
        elif row and row["database_id"] < FIRST_OWN_NUMBER:
            others.append(next(iter(fits)))
    for name in others:
        problem(f"its {IDENTIFIERS[name]} is that of number {fits[name]['database_id']}")
    return row


def _row(record: Record) -> Values:
    """The row of a record as it becomes with those of its values that are its columns'."""
    before = record.row
    row = before | {name: value for name, value in record.values.items() if name in before}
    repo = row.get("repo_url")
    if isinstance(repo, RepoUrl) and repo.url == before["repo_url"]:
        row["repo_url"] = repo.url
    for name, address in READ_FROM.items():
        if name in row and name not in record.values and row[address] != before[address]:
            row[name] = None
    return row


def _put(edit: Edit, model: type[Base], record: Record, row: Values) -> None:
    if row != record.row:
        edit.rows[model].put(row)
    if "modified" in record.values:  # also where only what is in a grid changes
        edit.dated.add((model, row["id"]))


async def _keys(edit: Edit, model: type[Base], slugs: Iterable[str]) -> Keys:
    found = await edit.rows[model].find("slug_folded", {*slugs})
    return {row["slug_folded"]: row["id"] for row in found}


async def _parts(
    edit: Edit, model: type[Base], parent: str, name: str, given: dict[int, list[Values]]
) -> Parts:
    """The rows whose `parent` is one of the keys of `given`, and blank ones for new names."""
    parts: Parts = {key: {} for key in given}
    for row in await edit.rows[model].find(parent, given):
        parts[row[parent]][row[name]] = row
    named = [(key, values[name]) for key, rows in given.items() for values in rows]
    new = [(key, own_name) for key, own_name in named if own_name not in parts[key]]
    for (key, own_name), blank in zip(new, await edit.blank(model, len(new)), strict=True):
        parts[key][own_name] = blank | {parent: key}
    return parts


async def _merge_features(edit: Edit, file: dict[str, list[Record]], problems: Problems) -> Parts:
    """Features in the order of the file, then those of the grid that the file does not name."""
    slugs = (slug for record in file["package"] for slug in record.values.get("cells", ()))
    records = [record for record in file["grid"] if "features" in record.values]
    given = {record.row["id"]: record.values["features"] for record in records}
    others = (await _keys(edit, Grid, slugs)).values()
    given |= {key: [] for key in others if key not in given}
    features = await _parts(edit, Feature, "grid_id", "title", given)
    for record in records:
        own = features[record.row["id"]]
        rows = [own.pop(values["title"]) | values for values in record.values["features"]]
        rows += sorted(own.values(), key=IN_ORDER)
        if len(rows) > MOST_FEATURES:
            problems.add(record.line, f"features: expected {MOST_FEATURES} at most in a grid")
        for position, row in enumerate(rows):
            own[row["title"]] = edit.rows[Feature].put(row | {"position": position})
    return features


async def _merge_packages(
    edit: Edit, records: list[Record], features: Parts, problems: Problems
) -> None:
    given = {record.row["id"]: record.values.get("versions", []) for record in records}
    versions = await _parts(edit, Version, "package_id", "number", given)
    for model in (GridPackage, Cell, Ingest, Pin):
        await edit.rows[model].find("package_id", given)
    keys = await _referred(edit, records)
    for record in records:
        row = _row(record) | _references(record, keys, problems)
        own, released = versions[row["id"]], False
        for values in given[row["id"]]:
            version = own[values["number"]]
            if version | values != version:
                own[values["number"]] = edit.rows[Version].put(version | values)
                released = True
        if released or row != record.row:
            row["score"] = derived.package_score(row, own.values(), edit.now)
        _put(edit, Package, record, row)
        _merge_grids(edit, record, keys[Grid], features, problems)
        _merge_ingest(edit, record)
        for name, at in record.values.get("pins", {}).items():
            edit.rows[Pin].put({"package_id": row["id"], "field": name, "at": at})
    for record in records:
        package = edit.rows[Package].after[record.row["id"]]
        if package["id"] in await replacements(edit, package["replaced_by_id"]):
            problems.add(record.line, "replacedBy: it leads back to the package itself")


async def _referred(edit: Edit, records: list[Record]) -> dict[type[Base], Keys]:
    """The keys of what packages refer to: of packages by the slugs that they shall have."""
    slugs: dict[type[Base], set[str]] = {Category: set(), Grid: set(), Package: set()}
    for values in (record.values for record in records):
        slugs[Category].add(values["category"])
        slugs[Grid].update(values.get("grids", ()), values.get("cells", ()))
        if values.get("replacedBy"):
            slugs[Package].add(values["replacedBy"])
    keys = {model: await _keys(edit, model, of_model) for model, of_model in slugs.items()}
    own = {record.row["id"]: record.identity["slug_folded"] for record in records}
    others = {slug: key for slug, key in keys[Package].items() if key not in own}
    keys[Package] = others | {slug: key for key, slug in own.items()}
    return keys


def _references(
    record: Record, keys: dict[type[Base], Keys], problems: Problems
) -> dict[str, int | None]:
    """The columns of a package that refer to other rows."""
    found: dict[str, int | None] = {}
    for name, column, model in (
        ("category", "category_id", Category),
        ("replacedBy", "replaced_by_id", Package),
    ):
        if name in record.values:
            slug = record.values[name]
            found[column] = keys[model].get(slug)
            if slug is not None and found[column] is None:
                problems.add(record.line, f"{name}: {slug!r} is not there")
    return found


def _merge_grids(
    edit: Edit, record: Record, grids: Keys, features: Parts, problems: Problems
) -> None:
    """The memberships of a package, and its cells."""
    members, cells, package = edit.rows[GridPackage], edit.rows[Cell], record.row["id"]
    for slug in record.values.get("grids", ()):
        if slug in grids:
            members.put({"grid_id": grids[slug], "package_id": package})
        else:
            problems.add(record.line, f"grids: {slug!r} is not there")
    for slug, texts in record.values.get("cells", {}).items():
        grid = grids.get(slug)
        if grid is None or (grid, package) not in members.after:
            problems.add(record.line, f"cells: the package is not in the grid {slug!r}")
            continue
        for title, text in texts.items():
            feature = features[grid].get(title)
            if feature is None:
                problems.add(record.line, f"cells: {slug!r} has no feature {title!r}")
                continue
            row = {"package_id": package, "feature_id": feature["id"], "grid_id": grid}
            cells.put(row | {"text": text})


def _merge_ingest(edit: Edit, record: Record) -> None:
    ingests, key = edit.rows[Ingest], record.row["id"]
    row = dict(ingests.after.get(key) or ingests.blank | {"package_id": key})
    row["last_fetched"] = record.values.get("lastFetched", row["last_fetched"])
    if row["state"] == IngestState.NEVER.name and row["last_fetched"] is not None:
        row["state"] = IngestState.OK.name
    ingests.put(row)


async def _merge_former_names(edit: Edit, model: type[Base], records: list[Record]) -> None:
    """What a file names as former names leads to its rows; a name in use still leads to its row."""
    aliases = [
        {"node_type": node_type(model), "kind": kind, "name": name, "node_id": record.row["id"]}
        for record in records
        for kind, names in record.values.get("formerNames", {}).items()
        for name in names
    ]
    await edit.rows[Alias].find("name", [alias["name"] for alias in aliases])
    for alias in aliases:
        edit.rows[Alias].put(alias)
