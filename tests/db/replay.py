"""Whether the log and all that is worked out agree with the tables: the one folded, the other anew.

The log is read as docs/changes.md describes it. Each change must fit those before it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.base import Base
from db.derived import DERIVE
from db.diff import LOGGED_MODELS
from db.fields import fields_of, global_id
from db.package import Package
from db.search import Document, SearchType, document_words, popularity
from db.settle import NAMED

Row = Mapping[str, Any]
Tables = dict[str, list[Row]]

LATER: dict[str, Row] = {"PACKAGE": {"homepageUrl": None, "topics": [], "advisories": []}}
"""Fields that came after the log: an older change has none of them, and they were empty."""

Directory = dict[str, dict[str, Any]]
"""Objects by their global ids: their fields as diffs have them, `revision`, and a grid's parts."""

NOTES = {"aliases", "mergedInto"}
"""What a diff says beside fields and parts."""

ABSENT = {"packages": False, "cells": ""}
"""What diffs say of a part of a grid that is not there."""


async def see_that_all_agrees(engine: AsyncEngine) -> Tables:
    """Fail where the log or anything that is worked out does not agree with the tables.

    They come back.
    """
    tables = await read(engine)
    logged, there = fold(tables["change"]), stored(tables)
    differ = {key for key in logged.keys() | there.keys() if logged.get(key) != there.get(key)}
    assert not differ, {key: (logged.get(key), there.get(key)) for key in differ}
    see_that_worked_out(tables)
    see_that_found(tables)
    return tables


async def read(engine: AsyncEngine) -> Tables:
    """The rows of all tables, in the order of their keys; nobody writes meanwhile."""

    async def rows(table: Table) -> list[Row]:
        result = await connection.execute(select(table).order_by(*table.primary_key))
        return [*result.mappings()]

    async with engine.connect() as connection:
        return {name: await rows(table) for name, table in Base.metadata.tables.items()}


def fold(changes: Iterable[Row]) -> Directory:
    """The directory that the rows of the log lead to."""
    directory: Directory = {}
    newest: Counter[str] = Counter()
    for change in changes:
        node, action = global_id(change["node_type"], change["node_id"]), change["action"]
        before = directory.pop(node, None)
        assert (before is None) == (action == "CREATE"), change
        if before is None:
            before = {"packages": {}, "cells": {}} if change["node_type"] == "GRID" else {}
        after = _changed(before, change)
        if action == "CREATE":
            after = {**LATER.get(change["node_type"], {}), **after}
        if action != "DELETE":
            directory[node] = after
        else:
            left = {name: value for name, value in after.items() if value not in (None, {})}
            assert left.keys() == {"revision"}, change
        if change["node_type"] != "VERSION":
            steps = {"CREATE": {1}, "UPDATE": {0, 1}, "DELETE": {0}}
            assert after["revision"] - newest[node] in steps[action], change
        newest[node] = after["revision"]
    return directory


def _changed(row: Row, change: Row) -> dict[str, Any]:
    """An object's row with a change applied to it."""
    diff = {name: each for name, each in change["diff"].items() if name not in NOTES}
    if "modified" in row and "modified" not in diff:
        at = change["at"].astimezone(dt.UTC).isoformat(timespec="microseconds")
        diff["modified"] = [row["modified"], at]
    if "revision" not in diff:
        diff["revision"] = [row.get("revision"), change["revision"]]
    after = {**row, "revision": change["revision"]}
    for name, told in diff.items():
        if name not in ABSENT:
            assert row.get(name) == told[0], (name, change)
            after[name] = told[1]
            continue
        parts = after[name] = dict(row[name])
        for key, (was, is_now) in told.items() if name == "packages" else _cells(told):
            assert parts.pop(key, ABSENT[name]) == was, (key, change)
            if is_now != ABSENT[name]:
                parts[key] = is_now
    return after


def _cells(told: Mapping[str, Mapping[str, Any]]) -> Iterable[tuple[tuple[str, str], Any]]:
    """What a diff tells of cells, by package and feature."""
    return [((p, f), texts) for p, row in told.items() for f, texts in row.items()]


def stored(tables: Tables) -> Directory:
    """The directory that the tables have."""
    directory: Directory = {}
    for model in LOGGED_MODELS:
        for row in tables[model.__tablename__]:
            told = {each.name: each.shown(row[each.column]) for each in fields_of(model)}
            told["revision"] = row.get("revision", 1)
            directory[global_id(model.__name__, row["id"])] = told
    for row in tables["grid"]:
        directory[global_id("grid", row["id"])] |= {"features": [], "packages": {}, "cells": {}}
    for row in sorted(tables["feature"], key=lambda row: (row["grid_id"], row["position"])):
        features = directory[global_id("grid", row["grid_id"])]["features"]
        assert row["position"] == len(features), row
        features.append(global_id("feature", row["id"]))
    for row in tables["grid_package"]:
        packages = directory[global_id("grid", row["grid_id"])]["packages"]
        packages[global_id("package", row["package_id"])] = True
    for row in tables["cell"]:
        cells = directory[global_id("grid", row["grid_id"])]["cells"]
        key = (global_id("package", row["package_id"]), global_id("feature", row["feature_id"]))
        cells[key] = row["text"]
    return directory


def see_that_worked_out(tables: Tables) -> None:
    """Fail where a column is not what is worked out of its row, or a count is another."""
    for model, derive in DERIVE.items():
        for row in tables[model.__tablename__]:
            assert {**row, **derive(dict(row))} == row
    for table, count, counted, key in (
        ("category", "package_count", "package", "category_id"),
        ("grid", "package_count", "grid_package", "grid_id"),
        ("package", "grid_count", "grid_package", "package_id"),
    ):
        counts = Counter(row[key] for row in tables[counted])
        assert {row["id"]: row[count] for row in tables[table]} == {
            row["id"]: counts[row["id"]] for row in tables[table]
        }
    packages = {row["id"] for row in tables["package"]}
    assert {row["package_id"] for row in tables["ingest"]} == packages


def see_that_found(tables: Tables) -> None:
    """Fail where search knows anything but the rows as they are."""
    documents, postings = [], []
    for model in NAMED:
        node_type = SearchType[model.__tablename__.upper()]
        for row in tables[model.__tablename__]:
            document = Document(
                node_type=node_type,
                node_id=row["id"],
                title=row["title"],
                slug=row["slug"],
                description=row["repo_description" if model is Package else "description"],
                participants=row.get("participants", []),
                stars=row.get("repo_watchers"),
            )
            about = {"node_type": node_type.name, "node_id": row["id"]}
            about["popularity"] = popularity(document.stars)
            words = document_words(document)
            documents.append(
                about
                | {name: getattr(document, name) for name in ("title", "slug", "description")}
                | {"participants": document.participants, "words": [[*word] for word in words]}
            )
            best = {term: min(word[1] for word in words if word[0] == term) for term, *_ in words}
            postings += [about | {"term": term, "field": field} for term, field in best.items()]
    assert sorted(map(dict, tables["search_document"]), key=_order) == sorted(documents, key=_order)
    assert sorted(map(dict, tables["search_posting"]), key=_order) == sorted(postings, key=_order)


def _order(row: Row) -> list[Any]:
    return [str(row.get(name)) for name in ("node_type", "node_id", "term")]
