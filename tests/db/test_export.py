"""The directory leaves whole, and comes back the same."""

import asyncio
import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import export
from db.alias import Alias
from db.engine import create_engine
from db.export import TABLES, records, snapshot, write_lines, write_tables
from db.export_sqlite import LEFT_OUT, write_sqlite
from db.ingest import Pin
from db.load import load
from tests.conftest import DIRECTORY, NOW
from tests.db.small import APPS, Q2, QUEUES, Q, changed, everything, loaded
from tests.yardstick.directory import lines

OWN = "1000123"
"""A number that was given here: it is no name elsewhere."""


async def lines_of(url: str) -> bytes:
    file = io.BytesIO()
    async with snapshot(url) as connection:
        await write_lines(connection, file)
    return file.getvalue()


async def filled(url: str, file: list[bytes] | list[str], now: dt.datetime = NOW) -> None:
    engine = create_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        await load(session, file, now=now)
    await engine.dispose()


async def test_a_directory_comes_back_byte_for_byte(
    database_url: str, new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "BATCH", 7)
    await filled(database_url, list(lines()))
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(
            insert(Alias),
            [
                {"node_type": node_type, "kind": kind, "name": name, "node_id": key}
                for node_type, kind, name, key in (
                    ("PACKAGE", "SLUG", "once", 1),
                    ("PACKAGE", "REPO_URL", "github.com/a/once", 1),
                    ("PACKAGE", "DATABASE_ID", "77", 2),
                    ("PACKAGE", "DATABASE_ID", OWN, 2),
                    ("GRID", "SLUG", "once-a-grid", 3),
                )
            ],
        )
        await connection.execute(insert(Pin), {"package_id": 9, "field": "TITLE", "at": NOW})
    await engine.dispose()
    first = await lines_of(database_url)
    assert first.count(b'"formerNames"') == 3
    assert OWN.encode() not in first
    assert first.count(b'"pins":{"TITLE":') == 1
    other = await asyncio.to_thread(new_database)
    await filled(other, first.splitlines(), NOW + dt.timedelta(days=400))
    assert await lines_of(other) == first


async def test_all_that_the_starter_directory_says_is_in_it(directory_url: str) -> None:
    given, found = (
        {(row["type"], row["slug"]): row for row in map(orjson.loads, file.splitlines())}
        for file in (DIRECTORY.read_bytes(), await lines_of(directory_url))
    )
    assert found.keys() == given.keys()
    for key, row in given.items():
        for name, value in row.items():
            if value and name not in {"grids", "versions", "repoUrl"}:
                assert comparable(found[key][name]) == comparable(value), (key, name)
        for name in ("grids", "versions"):
            assert len(found[key].get(name, ())) == len(row.get(name, ()))


def comparable(value: object) -> object:
    """A value with its instants and names in one spelling."""
    if isinstance(value, list):
        return [comparable(each) for each in value]
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items() if each}
    try:
        return dt.datetime.fromisoformat(str(value))
    except ValueError:
        return value


async def test_every_stored_field_is_carried(database_url: str) -> None:
    whole = changed(
        Q,
        repoUrl="https://git.example.org/a/b",
        repoHost="FORGEJO",
        homepageUrl="https://example.org/",
        topics=["queue"],
        advisories=["PYSEC-1"],
        formerNames={"SLUG": ["q"]},
        pins={"LICENSES": "2026-01-02T03:04:05+00:00"},
        replacedBy="django-q2",
    )
    await filled(database_url, [orjson.dumps(row) for row in (APPS, QUEUES, whole, Q2)])
    async with snapshot(database_url) as connection:
        rows = [row async for row in records(connection)]
    (found,) = [row for row in rows if row["slug"] == "django-q"]
    same = ("repoHost", "homepageUrl", "topics", "advisories", "formerNames", "replacedBy")
    assert [found[key] for key in same] == [whole[key] for key in same]
    assert found["pins"] == {"LICENSES": dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)}
    assert found["cells"] == {"Queues": {"Broker": "No", "Retries": "++"}}
    assert [version["number"] for version in found["versions"]] == ["1.3.9", "1.3.10", "2.0a1"]
    assert "databaseId" not in next(row for row in rows if row["slug"] == "django-q2")


async def test_former_names_and_pins_that_are_there_stay(engine: AsyncEngine) -> None:
    named = changed(Q, formerNames={"SLUG": ["q"]}, pins={"TITLE": NOW.isoformat()})
    await loaded(engine, APPS, QUEUES, named, Q2)
    before = await everything(engine)
    await loaded(engine, APPS, QUEUES, named, Q2)
    assert await everything(engine) == before
    assert len(before["alias"]) == len(before["pin"]) == 1


async def test_it_is_of_one_moment_and_no_edit_waits(database_url: str) -> None:
    await filled(database_url, [orjson.dumps(row) for row in (APPS, QUEUES, Q)])
    async with snapshot(database_url) as connection:
        found = records(connection)
        assert (await anext(found))["type"] == "category"
        await filled(database_url, [orjson.dumps(row) for row in (changed(Q, title="New"), Q2)])
        titles = [row["title"] async for row in found]
    assert titles == ["Task Queues", "Django Q"]


async def test_a_snapshot_cannot_write(small_url: str) -> None:
    async with snapshot(small_url) as connection:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await connection.execute(text("DELETE FROM category"))


async def test_the_tables_hold_the_same_rows(database_url: str, tmp_path: Path) -> None:
    await filled(database_url, [orjson.dumps(row) for row in (APPS, QUEUES, Q, Q2)])
    async with snapshot(database_url) as connection:
        counts = await write_tables(connection, tmp_path)
    tables = {
        name: list(csv.DictReader(io.StringIO((tmp_path / f"{name}.csv").read_text("utf-8"))))
        for name in TABLES
    }
    assert {name: len(rows) for name, rows in tables.items()} == counts
    package = tables["package"][0]
    assert package["licenses"] == '["MIT"]'
    assert (package["category"], package["supportsPython3"]) == ("apps", "true")
    assert package["lastFetched"] == "2026-02-15T08:05:54.219101+00:00"
    assert tables["cell"][1] == {
        "grid": "Queues",
        "package": "django-q",
        "feature": "Retries",
        "text": "++",
    }


async def test_the_sqlite_file_is_the_database_with_its_log(
    engine: AsyncEngine, database_url: str, tmp_path: Path
) -> None:
    replaced = changed(Q, replacedBy="django-q2")
    await loaded(engine, APPS, QUEUES, replaced, Q2)
    file = tmp_path / "copy.sqlite3"
    async with snapshot(database_url) as connection:
        await write_sqlite(connection, file)
    url = f"sqlite:///{file}"
    assert await lines_of(url) == await lines_of(database_url)
    copy = create_engine(url)
    there, here = await everything(engine), await everything(copy)
    counts = {name: len(rows) for name, rows in there.items() if name not in LEFT_OUT}
    assert {name: len(here[name]) for name in counts} == counts
    assert counts["change"] > 0
    assert all(not here[name] for name in LEFT_OUT)
    # It is edited as the other would be: the next keys are the same.
    third = changed(Q2, slug="q3", title="Q3", repoUrl="https://github.com/a/q3")
    for each in (engine, copy):
        await loaded(each, third)
    assert await lines_of(url) == await lines_of(database_url)
    await copy.dispose()
    assert not file.with_name("copy.sqlite3-wal").exists()
