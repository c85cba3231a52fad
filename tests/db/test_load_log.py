"""What loads leave in the log: all that they wrote, as the log's first migration tells of it."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db import migrate
from db.change import Change
from tests.conftest import DIRECTORY, NOW
from tests.db.replay import LATER as NEWER
from tests.db.replay import see_that_all_agrees
from tests.db.small import APPS, Q2, QUEUES, SMALL, Q, changed, fetch, loaded

LATER = NOW + dt.timedelta(days=1)
CHANGE = migrate.METADATA.tables[Change.__tablename__]

STARTER = [json.loads(line) for line in DIRECTORY.read_bytes().splitlines()]


async def log(engine: AsyncEngine, after: int = 0) -> list[Row[Any]]:
    async with engine.connect() as connection:
        newer = select(CHANGE).where(CHANGE.c.id > after).order_by(CHANGE.c.id)
        return [*await connection.execute(newer)]


def told(changes: Iterable[Row[Any]]) -> dict[str, Any]:
    """What changes say, by "ACTION type:key@revision"."""
    return {f"{c.action} {c.node_type}:{c.node_id}@{c.revision}": c.diff for c in changes}


async def test_the_log_of_loads_is_what_they_wrote(engine: AsyncEngine) -> None:
    await loaded(engine, *STARTER)
    first = await log(engine)
    await see_that_all_agrees(engine)
    assert {(c.actor, c.transaction_id, c.at, c.action) for c in first} == {
        ("load", 1, NOW, "CREATE")
    }
    await loaded(engine, *STARTER, now=LATER)
    assert await log(engine) == first

    packages = [row for row in STARTER if row["type"] == "package"]
    grid = next(row for row in STARTER if row.get("features"))
    member = next(row for row in packages if grid["slug"] in row.get("grids", ()))
    one, two, *_ = (row for row in packages if row is not member)
    features = [{"title": "First of all"}, *reversed(grid["features"])]
    cells = {grid["slug"]: {"First of all": "yes", features[1]["title"]: "++"}}
    await loaded(
        engine,
        {"type": "category", "slug": "new", "title": "New", "titlePlural": "New ones"},
        grid | {"features": features, "description": "Another."},
        one | {"slug": "renamed", "replacedBy": "brand-new", "repoWatchers": 7},
        two | {"category": "new", "versions": [{"number": "999.0"}]},
        member | {"modified": "2026-11-20T00:00:00+00:00", "cells": cells},
        {"type": "package", "slug": "newest", "title": "Newest", "category": "new"},
        {
            "type": "package",
            "slug": "brand-new",
            "title": "New",
            "category": "new",
            "replacedBy": "newest",
            "grids": [grid["slug"]],
            "cells": cells,
        },
        now=LATER,
    )
    await see_that_all_agrees(engine)
    second = await log(engine, after=len(first))
    assert {(c.actor, c.transaction_id, c.at) for c in second} == {("load", len(first) + 1, LATER)}
    assert {c.action for c in second} == {"CREATE", "UPDATE"}


async def test_a_load_logs_what_the_migration_logs_of_what_is_there(engine: AsyncEngine) -> None:
    await loaded(engine, *STARTER)
    by_load = {
        key: {name: told for name, told in diff.items() if name not in NEWER["PACKAGE"]}
        for key, diff in told(await log(engine)).items()
    }
    await migrate.downgrade(engine, "0003")
    await migrate.upgrade(engine)
    by_migration = told(await log(engine))
    assert by_load == by_migration
    assert {key: [*diff] for key, diff in by_load.items()} == {
        key: [*diff] for key, diff in by_migration.items()
    }


@pytest.mark.parametrize(
    ("row", "diffs"),
    [
        (changed(Q2, title="Q2"), {"UPDATE PACKAGE:2@2": {"title": ["Django Q2", "Q2"]}}),
        (
            changed(QUEUES, features=[{"title": "Retries"}]),
            {
                "UPDATE GRID:1@2": {
                    "features": [["Feature:1", "Feature:2"], ["Feature:2", "Feature:1"]]
                }
            },
        ),
        (
            changed(QUEUES, features=[{"title": "Broker", "description": "Needs one."}]),
            {
                "UPDATE FEATURE:1@2": {"description": ["", "Needs one."]},
                "UPDATE GRID:1@2": {"revision": [1, 2]},
            },
        ),
        (
            changed(Q, cells={"queues": {"Broker": "yes"}}),
            {"UPDATE GRID:1@2": {"cells": {"Package:1": {"Feature:1": ["No", "yes"]}}}},
        ),
        (
            changed(Q, versions=[{"number": "1.3.9", "isYanked": True}]),
            {"UPDATE VERSION:2@1": {"isYanked": [False, True]}},
        ),
        (changed(APPS, slug="APPS"), {"UPDATE CATEGORY:1@2": {"slug": ["apps", "APPS"]}}),
        (changed(Q, lastFetched="2026-11-20T00:00:00Z"), {}),
    ],
)
async def test_what_a_load_changes_is_told(
    engine: AsyncEngine, row: dict[str, Any], diffs: dict[str, Any]
) -> None:
    await loaded(engine, *SMALL)
    before = len(await log(engine))
    await loaded(engine, row, now=NOW)
    assert told(await log(engine, after=before)) == diffs
    await see_that_all_agrees(engine)


async def test_a_date_that_a_file_gives_is_told_by_each_change(engine: AsyncEngine) -> None:
    given = "2026-01-01T00:00:00.000000+00:00"
    grid = changed(QUEUES, modified=given)
    await loaded(engine, APPS, grid, Q, Q2)
    before = len(await log(engine))
    await loaded(engine, grid, changed(Q2, grids=["queues"]), now=LATER)
    assert told(await log(engine, after=before)) == {
        "UPDATE GRID:1@2": {"packages": {"Package:2": [False, True]}, "modified": [given, given]}
    }
    await see_that_all_agrees(engine)


async def test_former_names_of_what_a_load_renames_are_kept(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    await loaded(engine, changed(Q, slug="renamed"))
    names = "SELECT kind, name, node_id FROM alias"
    assert await fetch(engine, names) == [("SLUG", "django-q", 1)]
    await loaded(engine, changed(Q2, slug="django-q", databaseId=5))
    assert sorted(await fetch(engine, names)) == [
        ("DATABASE_ID", "1000002", 2),
        ("SLUG", "django-q2", 2),
    ]
