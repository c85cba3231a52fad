"""Edits of many rows, beside statements by hand of the same effect.

The edits go through the executor, without HTTP, each on a document and variables as a script sends
them. The statements are made of the rows that the edit left, log and search entries included: they
write these, and nothing is read, checked or worked out for them. Each has a database of its own, in
which they take turns.
"""

import gc
import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from db.token import Actor, Role
from tests.application import Application, application
from tests.bench.data import CELLS
from tests.bench.effects import contents, driver, repeat
from tests.bench.operations import ACTOR

EDITOR = Actor(ACTOR, Role.EDITOR)

ROWS = 500
"""Of an upsert: half of them are new, if there are so many packages to change."""

FEATURES, COLUMNS = 20, 50
"""Of the grid whose 1,000 cells are set."""

UPSERT = """
mutation Upsert($input: PackagesUpsertInput!) {
  edit: packagesUpsert(input: $input) {
    rows { outcome package { id slug } }
    errors { path code message }
  }
}"""

GRID = """
mutation Grid($input: GridCreateInput!) {
  edit: gridCreate(input: $input) {
    grid { id features { id } packages(first: 100) { nodes { id } } }
    errors { path code message }
  }
}"""

CELLS_SET = """
mutation Cells($input: GridCellsSetInput!) {
  edit: gridCellsSet(input: $input) { grid { slug revision } errors { path code message } }
}"""


@dataclass(frozen=True, slots=True)
class Bulk:
    """An edit of many rows: what it is, its document, and its input at each turn."""

    what: str
    document: str
    given: Callable[[int], dict[str, Any]]


async def edited(app: Application, document: str, given: dict[str, Any]) -> Any:
    """The payload of an edit. Raises RuntimeError where it was not made."""
    answer = await app.executor.answer(document, {"input": given}, None, EDITOR)
    payload = orjson.loads(answer.body)["data"]["edit"]
    if payload["errors"]:
        raise RuntimeError(payload["errors"])
    return payload


def upsert(file: Path, rows: int) -> Bulk:
    """New packages, and as many that have another description and documentation from now on."""
    directory = sqlite3.connect(file)
    packages = directory.execute("SELECT repo_url, repo_description FROM package ORDER BY id")
    known = packages.fetchall()
    directory.close()
    half = rows // 2

    def given(turn: int) -> dict[str, Any]:
        packages = []
        for place in range(turn * half, (turn + 1) * half):
            url, description = known[place % len(known)][0], known[-1 - place % len(known)][1]
            words = {"repoDescription": description, "documentationUrl": f"{url}/wiki/{turn}"}
            new = {"repoUrl": f"https://github.com/bench/new-{place}", "title": f"New {place}"}
            packages += [
                {"repoUrl": url, **words},
                {**new, "category": {"slug": "apps"}, "licenses": ["MIT"], **words},
            ]
        return {"packages": packages}

    return Bulk(f"{rows:,} packages upserted, half of them new", UPSERT, given)


async def cells(app: Application, file: Path) -> Bulk:
    """Cells of a new grid, each another one at each turn: a tenth of them comes, a tenth goes."""
    directory = sqlite3.connect(file)
    numbers = directory.execute(f"SELECT database_id FROM package ORDER BY id LIMIT {COLUMNS}")
    packages = [{"databaseId": number} for (number,) in numbers]
    directory.close()
    features = [f"Feature {number}" for number in range(FEATURES)]
    grid = {"title": "Everything compared", "features": features, "packages": packages}
    made = (await edited(app, GRID, grid))["grid"]
    of_grid = [
        {"package": {"id": package["id"]}, "feature": feature["id"]}
        for package in made["packages"]["nodes"]
        for feature in made["features"]
    ]
    texts = (*CELLS, "")

    def given(turn: int) -> dict[str, Any]:
        cells = [
            {**cell, "text": texts[(place + turn) % len(texts)]}
            for place, cell in enumerate(of_grid)
        ]
        return {"grid": {"id": made["id"]}, "cells": cells}

    return Bulk(f"{len(of_grid):,} cells set", CELLS_SET, given)


async def compare_bulk(
    url: str, url_by_hand: str, file: Path, rounds: int, rows: int
) -> dict[str, Any]:
    """The medians, in seconds, of edits of the first database, and by hand of the other one.

    The two are copies of the directory in the SQLite file. Raises RuntimeError where they are not
    equal in the end.
    """
    taken: dict[str, tuple[list[float], list[float]]] = {}
    async with application(url) as app, driver(url_by_hand) as connection:
        before = await contents(url)
        bulks = {"packagesUpsert": upsert(file, rows), "gridCellsSet": await cells(app, file)}
        for name, bulk in bulks.items():
            taken[name] = ours, by_hand = [], []
            for turn in range(rounds + 1):
                given = bulk.given(turn)
                gc.freeze()  # a collection would look through all that was read to be compared
                start = time.perf_counter()
                await edited(app, bulk.document, given)
                ours.append(time.perf_counter() - start)
                after = await contents(url)
                by_hand.append(await repeat(connection, before, after))
                before = after
    if await contents(url_by_hand) != before:
        raise RuntimeError("the statements by hand left other rows than the edits")
    # The first turn is left out: it compiles the document, and makes the grid.
    return {
        name: {
            "what": bulks[name].what,
            "ours": round(statistics.median(ours[1:]), 4),
            "by_hand": round(statistics.median(by_hand[1:]), 4),
            "rounds": rounds,
        }
        for name, (ours, by_hand) in taken.items()
    }
