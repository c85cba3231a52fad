"""Cells of a grid are set many at once: all of them or none, in few statements."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from db.cell_edits import grid_cells_set
from db.edit import Edit
from db.inputs import Given, Outcome
from db.package import Package
from tests.db.editing import diffs, edited, errors, refused
from tests.db.small import APPS, Q2, SMALL, Row, changed, fetch, loaded

QUEUES = {"slug": "queues"}
Q = {"slug": "django-q"}


@pytest.fixture(autouse=True)
async def _filled(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)


def cell(package: dict[str, Any], feature: int, text: str) -> dict[str, Any]:
    return {"package": package, "feature": f"Feature:{feature}", "text": text}


async def rename(edit: Edit, given: Given) -> Outcome:
    packages = edit.rows[Package]
    for row in await packages.find("category_id", [1]):
        packages.put(row | {"slug": f"new-{row['slug']}"})
    return {}


async def cells(engine: AsyncEngine) -> list[tuple[Any, ...]]:
    columns = "package_id, feature_id, text, verdict, strength"
    return await fetch(engine, f"SELECT {columns} FROM cell ORDER BY package_id, feature_id")


async def test_cells_are_set_and_cleared(engine: AsyncEngine) -> None:
    given = {
        "grid": QUEUES,
        "expectedRevision": 1,
        "cells": [cell({"pypi": "django-q"}, 2, " "), cell({"databaseId": 2948}, 1, "\n +++ ")],
    }
    outcome, (change,) = await edited(engine, grid_cells_set, given)
    assert outcome == {"node": 1, "cells": [[1, 2], [1, 1]]}
    assert (change["node_type"], change["revision"]) == ("GRID", 2)
    assert change["diff"] == {
        "cells": {"Package:1": {"Feature:1": ["No", "+++"], "Feature:2": ["++", ""]}}
    }
    assert await cells(engine) == [(1, 1, "+++", "YES", 3)]


async def test_cells_that_stay_as_they_are_change_nothing(engine: AsyncEngine) -> None:
    given = {"grid": QUEUES, "cells": [cell(Q, 1, "No"), cell(Q, 2, "++ ")]}
    assert await edited(engine, grid_cells_set, given) == (
        {"node": 1, "cells": [[1, 1], [1, 2]]},
        [],
    )
    assert await edited(engine, grid_cells_set, {"grid": QUEUES, "cells": []}) == (
        {"node": 1, "cells": []},
        [],
    )


async def test_a_text_may_have_lines_and_the_most_characters(engine: AsyncEngine) -> None:
    text = "a\n\tb" + "x" * 996
    said = await diffs(engine, grid_cells_set, {"grid": QUEUES, "cells": [cell(Q, 1, text)]})
    assert said["UPDATE GRID:1@2"]["cells"]["Package:1"]["Feature:1"] == ["No", text]


async def test_every_error_is_told_at_once(engine: AsyncEngine) -> None:
    other = {"type": "grid", "slug": "other", "title": "Other", "features": [{"title": "c"}]}
    await loaded(engine, other)
    wrong = [
        cell(Q, 1, "yes"),
        cell(Q, 3, "a\0"),
        cell({"slug": "django-q2"}, 2, "x" * 1_001),
        cell({"slug": "no"}, 2, ""),
        cell({"repoUrl": "git@github.com:Koed00/django-q"}, 1, "no"),
        {"package": Q, "feature": "2", "text": ""},
    ]
    assert await errors(engine, grid_cells_set, {"grid": QUEUES, "cells": wrong}) == [
        ("cells.1.feature", "NOT_FOUND"),
        ("cells.1.text", "INVALID"),
        ("cells.2.package", "NOT_FOUND"),
        ("cells.2.text", "INVALID"),
        ("cells.3.package.slug", "NOT_FOUND"),
        ("cells.4", "INVALID"),
        ("cells.5.feature", "INVALID"),
    ]
    many = {"grid": QUEUES, "cells": [cell({"slug": "no"}, 9, "")] * 1_000}
    assert len((await refused(engine, grid_cells_set, many)).errors) == 20
    assert await errors(engine, grid_cells_set, many | {"cells": [cell(Q, 1, "")] * 1_001}) == [
        ("cells", "TOO_MANY")
    ]
    assert await errors(engine, grid_cells_set, many | {"expectedRevision": 2}) == [
        ("expectedRevision", "CONFLICT")
    ]


async def test_a_thousand_cells_are_few_statements(engine: AsyncEngine) -> None:
    """Whichever way their packages are named, by former names too."""
    features = [{"title": str(number)} for number in range(20)]
    packages: list[Row] = [
        changed(
            Q2,
            slug=f"p{number}",
            repoUrl=f"https://github.com/p/{number}",
            pypiName=f"pypi-{number}",
            databaseId=number,
            grids=["big"],
        )
        for number in range(1, 51)
    ]
    grid: Row = {"type": "grid", "slug": "big", "title": "Big", "features": features}
    await loaded(engine, APPS, grid, *packages)
    await edited(engine, rename, {})
    refs: list[list[dict[str, Any]]] = [
        [{"slug": f"p{n}"}, {"repoUrl": f"github.com/P/{n}"}, {"pypi": f"PyPI_{n}"}]
        for n in range(1, 51)
    ]
    given = {
        "grid": {"slug": "big"},
        "cells": [
            cell(refs[package][feature % 3], feature + 3, f"{package} {feature}")
            for package in range(50)
            for feature in range(20)
        ],
    }
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    outcome, (change,) = await edited(engine, grid_cells_set, given)
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    assert len(statements) <= 16, statements
    assert len(outcome["cells"]) == 1_000
    assert len(change["diff"]["cells"]) == 50
    assert await fetch(engine, "SELECT count(*) FROM cell") == [(1_002,)]
