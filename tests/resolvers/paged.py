"""A small directory with ties and nulls under every order, and what asks for a page of it."""

import datetime as dt
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import create_engine
from db.guard import LOGGED
from db.load import load
from tests.application import Application, application

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def day(number: int | None) -> str | None:
    return None if number is None else f"2026-01-{number:02}T00:00:00.000001+00:00"


def package(number: int, title: str, stars: int | None, updated: int | None) -> dict[str, Any]:
    """A package in one of two categories, every second one in the grid with two cells."""
    in_grid = number % 2 == 0
    cells = {"Tests": ["", "yes", "++", "no", "some"][number % 5]} if in_grid else {}
    found = {
        "type": "package",
        "slug": f"p{number:02}",
        "title": title,
        "category": "one" if number % 3 else "two",
        "grids": ["grid"] if in_grid else [],
        "cells": {"grid": {key: cell for key, cell in cells.items() if cell}} if in_grid else {},
        "repoWatchers": stars,
        "repoForks": stars and stars % 3,
        "lastUpdated": day(updated),
        "lastFetched": day(updated and updated // 2),
        "created": day(1 + number % 4),
        "modified": day(9 - number % 4),
    }
    return {key: value for key, value in found.items() if value is not None}


# Ties and nulls under every order; and titles that databases sort differently if left to it.
TITLES = ("b", "B", "a", "ä", "z", "Z", "a b", "a-b", "ß", "ss", "a", "é", "É", "_")
PACKAGES = [
    package(n, title, [None, 5, 5, 0, 90, 7][n % 6], [None, 4, 4, 8, 2][n % 5])
    for n, title in enumerate(TITLES)
]
DIRECTORY: list[dict[str, Any]] = [
    *(
        {
            "type": "category",
            "slug": slug,
            "title": slug,
            "titlePlural": slug,
            "description": "",
            "showPypi": True,
        }
        for slug in ("one", "two")
    ),
    *(
        {
            "type": "grid",
            "slug": slug,
            "title": slug,
            "description": "",
            "isLocked": False,
            "header": False,
            "features": [{"title": "Tests", "description": ""}],
        }
        for slug in ("grid", "other")
    ),
    *PACKAGES,
]


async def add(url: str, rows: list[dict[str, Any]]) -> None:
    engine = create_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        await load(session, [json.dumps(row).encode() for row in rows], now=NOW)
    await engine.dispose()


async def remove(url: str, slug: str) -> None:
    engine = create_engine(url)
    async with engine.execution_options(**LOGGED).begin() as connection:
        await connection.execute(text("DELETE FROM package WHERE slug = :slug"), {"slug": slug})
    await engine.dispose()


@asynccontextmanager
async def filled(url: str) -> AsyncIterator[Application]:
    await add(url, DIRECTORY)
    async with application(url) as opened:
        yield opened


ARGUMENTS = "first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy"


def page_query(where: str = "", cells: bool = False) -> str:
    """A query for a page of packages, at the root or within what `where` opens."""
    return f"""
        query($first: Int, $after: String, $last: Int, $before: String, $orderBy: [PackageOrder!]
              {"$cells: CellOrder" if cells else ""}) {{
          {where} packages({ARGUMENTS} {"orderByCell: $cells" if cells else ""}) {{
            totalCount
            nodes {{ slug }}
            edges {{ cursor node {{ slug }} }}
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
          }}
        {"}" if where else ""} }}
    """


PLACES = {
    "root": page_query(),
    "category": page_query('category(by: {slug: "one"}) {'),
    "grid": page_query('grid(by: {slug: "grid"}) {'),
    "cells": page_query('grid(by: {slug: "grid"}) {', cells=True),
}


async def page(app: Application, place: str, **variables: Any) -> dict[str, Any]:
    """A connection's page."""
    data = await app.data(PLACES[place], variables)
    while "edges" not in data:
        (data,) = data.values()
    assert [edge["node"] for edge in data["edges"]] == data["nodes"]
    ends = [edge["cursor"] for edge in (data["edges"][:1] + data["edges"][-1:])] or [None, None]
    assert [data["pageInfo"]["startCursor"], data["pageInfo"]["endCursor"]] == ends
    return data


def slugs(found: dict[str, Any]) -> list[str]:
    return [node["slug"] for node in found["nodes"]]
