"""A small directory, and how tests load it and look at what became of it."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import migrate
from db.load import Counts, load
from tests.conftest import NOW

Row = dict[str, Any]

APPS: Row = {
    "type": "category",
    "slug": "apps",
    "title": "App",
    "titlePlural": "Apps",
    "databaseId": 1,
}
QUEUES: Row = {
    "type": "grid",
    "slug": "Queues",
    "title": "Task Queues",
    "features": [{"title": "Broker"}, {"title": "Retries", "description": "Tries again."}],
}
Q: Row = {
    "type": "package",
    "databaseId": 2948,
    "slug": "django-q",
    "title": "Django Q",
    "category": "apps",
    "grids": ["queues"],
    "cells": {"queues": {"Broker": " No ", "Retries": "++"}},
    "repoUrl": "git@github.com:Koed00/django-q.git",
    "repoDescription": "A Größe",
    "repoWatchers": 1878,
    "pypiName": "Django_Q",
    "participants": ["Koed00", "Straße"],
    "licenses": ["MIT"],
    "lastUpdated": "2021-06-26T08:04:16-04:00",
    "lastFetched": "2026-02-15T08:05:54.219101Z",
    "supportsPython3": True,
    "developmentStatus": "STABLE",
    "versions": [{"number": "1.3.10"}, {"number": "1.3.9"}, {"number": "2.0a1"}],
}
Q2: Row = {
    "type": "package",
    "slug": "django-q2",
    "title": "Django Q2",
    "category": "apps",
    "repoUrl": "https://github.com/django-q2/django-q2",
}
SMALL = [APPS, QUEUES, Q, Q2]


def as_lines(rows: Iterable[Row]) -> list[str]:
    return [json.dumps(row) for row in rows]


async def loaded(engine: AsyncEngine, *rows: Row, now: dt.datetime = NOW) -> dict[str, Counts]:
    async with AsyncSession(engine) as session, session.begin():
        return await load(session, as_lines(rows), now=now)


async def fetch(engine: AsyncEngine, query: str) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def everything(engine: AsyncEngine) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: sorted(await fetch(engine, f"SELECT * FROM {table}"), key=repr)
        for table in migrate.METADATA.tables
    }


def changed(row: Row, **values: Any) -> Row:
    return {**row, **values}
