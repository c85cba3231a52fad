"""What follows from an edit's rows: counts, revisions and dates, former names; and what is not the
actor's to change.
"""

from collections import Counter
from collections.abc import Iterable
from graphlib import TopologicalSorter
from itertools import chain
from typing import TYPE_CHECKING

from db.alias import Alias, AliasKind
from db.base import Base
from db.category import Category
from db.change import node_type
from db.derived import Values
from db.errors import ErrorCode, Refused, UserError
from db.fields import fields_of
from db.grid import Cell, Feature, Grid, GridPackage
from db.ingest import Ingest, IngestSource, Pin
from db.package import Package
from db.rows import Rows
from db.version import Version

if TYPE_CHECKING:
    from db.edit import Edit

WRITTEN: tuple[type[Base], ...] = (
    *(Category, Grid, Feature, Package, Version, GridPackage, Cell),
    *(Ingest, IngestSource, Alias, Pin),
)
"""The tables of an edit, each after those that it refers to."""

NAMED: tuple[type[Base], ...] = (Category, Package, Grid)
"""Those of objects that are found by names and by search, and have dates."""

REVISED: tuple[type[Base], ...] = (Category, Package, Feature, Grid)
"""Those of objects that have a revision."""


async def settle(edit: "Edit") -> None:
    """Put into the edit's rows all that follows from them. Raises Refused."""
    await _count(edit)
    parts = chain.from_iterable(edit.rows[model].pairs for model in (Feature, GridPackage, Cell))
    edit.touched = {row["grid_id"] for pair in parts for row in pair if row is not None}
    await edit.rows[Grid].find("id", sorted(edit.touched))
    _see_that_allowed(edit)
    for revised in REVISED:
        _revise(edit, revised)
    edit.reordered = {
        row["grid_id"]
        for before, after in edit.rows[Feature].pairs
        for row in (before, after)
        if row is not None and (not before or not after or before["position"] != after["position"])
    }
    await edit.rows[Feature].find("grid_id", sorted(edit.reordered))
    for model in NAMED:
        await _rename(edit, model)
    ingests = edit.rows[Ingest]
    for row in edit.rows[Package].created:
        if row["id"] not in ingests.after:
            ingests.put(ingests.blank | {"package_id": row["id"]})
    await _have_fetched(edit)
    _put_replacements_first(edit.rows[Package])


async def _count(edit: "Edit") -> None:
    """Move the counts of grids and packages, and of categories, with what they count."""
    for counted, model, key, column in (
        (GridPackage, Grid, "grid_id", "package_count"),
        (GridPackage, Package, "package_id", "grid_count"),
        (Package, Category, "category_id", "package_count"),
    ):
        moved: Counter[int] = Counter()
        for before, after in edit.rows[counted].pairs:
            if before is not None:
                moved[before[key]] -= 1
            if after is not None:
                moved[after[key]] += 1
        by = {key: difference for key, difference in sorted(moved.items()) if difference}
        rows = edit.rows[model]
        for row in await rows.find("id", by):
            rows.amend(row | {column: row[column] + by[row["id"]]})


def _see_that_allowed(edit: "Edit") -> None:
    grids = edit.rows[Grid]
    for before, after in edit.rows[Grid].pairs:
        moved = after is not None and (before or grids.blank)["is_locked"] != after["is_locked"]
        if moved and not edit.is_admin:
            message = "only admins lock and unlock grids"
            raise Refused([UserError(("input", "isLocked"), ErrorCode.FORBIDDEN, message)])
        if before is not None:
            edit.see_that_open(before)
    for key in edit.touched & grids.before.keys():
        edit.see_that_open(grids.before[key])


def _revise(edit: "Edit", model: type[Base]) -> None:
    """Move a row's revision where it was edited, and its date where anything of it changed."""
    rows = edit.rows[model]
    shown = {field.column for field in fields_of(model)} - {"modified"}
    touched = {key for noted, key in edit.notes if noted is model}
    if model is Grid:
        touched |= edit.touched
    touched &= rows.before.keys() & rows.after.keys()
    changed = {after["id"]: (before, after) for before, after in rows.changed}
    changed |= {key: (rows.before[key], rows.after[key]) for key in touched}
    for key, (before, after) in changed.items():
        differ = {name for name in shown if before[name] != after[name]}
        edited = key in touched or bool(differ - edit.figures)
        moved = {"revision": before["revision"] + edited}
        if model in NAMED and (edited or differ) and (model, key) not in edit.dated:
            moved["modified"] = edit.now
        rows.amend(after | moved)


async def _rename(edit: "Edit", model: type[Base]) -> None:
    """What was a row's name is one of its former names; what is a name now is none."""
    aliases, type_name = edit.rows[Alias], node_type(model)
    names: list[tuple[str, str | None, str | None, int]] = []
    for before, after in edit.rows[model].pairs:
        if after is not None:
            for kind in AliasKind:
                was, is_now = (_text(row, kind.value) for row in (before, after))
                if was != is_now:
                    names.append((kind.name, was, is_now, after["id"]))
    await aliases.find("name", [name for _, *both, _ in names for name in both if name])
    for kind_name, was, _, key in names:
        if was:
            name = {"node_type": type_name, "kind": kind_name, "name": was}
            aliases.put(name | {"node_id": key})
    for kind_name, _, is_now, _ in names:  # last: a row may have what was another one's until now
        if is_now:
            aliases.remove((type_name, kind_name, is_now))


async def _have_fetched(edit: "Edit") -> None:
    """Packages at another address are due, and nothing is known of their upstreams; those with a
    pin less are, and are read anew.
    """
    addresses = {"repo_url", "pypi_name"} - edit.figures
    sources, ingests, due = edit.rows[IngestSource], edit.rows[Ingest], {"next_due": edit.now}
    moved = {
        after["id"]
        for before, after in edit.rows[Package].changed
        if any(before[name] != after[name] for name in addresses)
    }
    unpinned = {row["package_id"] for row in edit.rows[Pin].removed}
    for row in await sources.find("package_id", sorted(moved)):
        sources.remove(sources.key(row))
    for row in await sources.find("package_id", sorted(unpinned)):
        sources.put(row | due | {"memo": {}})
    for row in await ingests.find("package_id", sorted(moved | unpinned)):
        ingests.put(row | due)


def _text(row: Values | None, column: str) -> str | None:
    value = row and row.get(column)
    return str(value) if value else None


def _put_replacements_first(packages: Rows) -> None:
    """Have new packages each after the one that replaces it."""
    new = {row["id"]: row for row in packages.created}
    replaced: dict[int, Iterable[int]] = {
        key: [row["replaced_by_id"]] for key, row in new.items() if row["replaced_by_id"] in new
    }
    if replaced:
        order = TopologicalSorter(replaced).static_order()
        packages.after = {**{key: new[key] for key in order}, **packages.after}
