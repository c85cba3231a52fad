"""Engines: which URLs are taken, what a connection is set to, what is said where none opens."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import migrate
from db.engine import create_engine, prepare_sqlite, read_url
from db.errors import DatabaseUnavailable
from db.package import Package


async def value(engine: AsyncEngine, statement: str) -> object:
    async with engine.connect() as connection:
        return (await connection.execute(text(statement))).scalar_one()


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgresql://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
    ],
)
def test_the_driver_is_added(given: str, read: str) -> None:
    assert read_url(given).render_as_string(hide_password=False) == read


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "the database URL cannot be read"),
        ("packgrid.db", "the database URL cannot be read"),
        ("postgresql://u@h:port/d", "the database URL cannot be read"),
        ("mysql://u@h/d", "begins with mysql: it must be sqlite or postgresql"),
        ("sqlite+pysqlite:///x.db", "begins with sqlite+pysqlite: it must be"),
        ("postgresql+psycopg://u:secret@h/d", "begins with postgresql+psycopg: it must be"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite:///file:x?mode=memory&uri=true", "must name a file"),
        ("sqlite:////nowhere/at/all/x.db", "the database's folder is not there: /nowhere/at/all"),
    ],
)
def test_another_url_is_refused_in_one_line(url: str, message: str) -> None:
    with pytest.raises(DatabaseUnavailable) as error:
        create_engine(url)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    ["postgresql://u:secret@127.0.0.1:1/d", "postgresql://u:secret@127.0.0.1:99999/d"],
)
async def test_a_server_that_is_not_there_is_said_in_one_line(url: str) -> None:
    engine = create_engine(url)
    with pytest.raises(DatabaseUnavailable) as error:
        await migrate.at_head(engine)
    assert str(error.value).startswith("postgresql://u:***@127.0.0.1:")
    assert "\n" not in str(error.value)
    await engine.dispose()


async def test_a_database_that_is_not_there_is_said_in_one_line(postgres: str) -> None:
    engine = create_engine(postgres.format(name="missing"))
    with pytest.raises(DatabaseUnavailable, match='database "missing" does not exist'):
        await migrate.at_head(engine)
    await engine.dispose()


async def test_a_file_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_bytes(b"something else altogether " * 100)
    engine = create_engine(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable, match="file is not a database"):
        await migrate.upgrade(engine)
    await engine.dispose()


@pytest.fixture
async def sqlite_engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    yield engine
    await engine.dispose()


PRAGMAS = [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]


@pytest.mark.parametrize(("pragma", "expected"), PRAGMAS)
async def test_sqlite_is_safe(sqlite_engine: AsyncEngine, pragma: str, expected: object) -> None:
    assert await value(sqlite_engine, f"PRAGMA {pragma}") == expected


def test_a_connection_of_ones_own_is_prepared_alike(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db")
    prepare_sqlite(connection)
    for pragma, expected in PRAGMAS:
        assert connection.execute(f"PRAGMA {pragma}").fetchone() == (expected,)
    assert connection.isolation_level is None
    connection.close()


async def test_ddl_is_undone_with_its_transaction_on_sqlite(sqlite_engine: AsyncEngine) -> None:
    async with sqlite_engine.connect() as connection:
        await connection.execute(text("CREATE TABLE t (x INTEGER)"))
        await connection.rollback()
    assert await value(sqlite_engine, "SELECT count(*) FROM sqlite_master") == 0


async def test_transactions_that_read_before_they_write_wait_for_each_other_on_sqlite(
    sqlite_engine: AsyncEngine,
) -> None:
    """Begun as readers, they would find the database locked, however long they wait."""
    async with sqlite_engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (x INTEGER)"))
        await connection.execute(text("INSERT INTO t VALUES (0)"))

    async def increment() -> None:
        async with sqlite_engine.begin() as connection:
            x = (await connection.execute(text("SELECT x FROM t"))).scalar_one()
            await asyncio.sleep(0.01)
            await connection.execute(text("UPDATE t SET x = :x"), {"x": x + 1})

    await asyncio.gather(*(increment() for _ in range(12)))
    assert await value(sqlite_engine, "SELECT x FROM t") == 12


async def test_a_writer_locks_no_reader_out_on_sqlite(sqlite_engine: AsyncEngine) -> None:
    file = str(make_url(sqlite_engine.url).database)
    async with sqlite_engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (x INTEGER)"))
    async with sqlite_engine.begin() as connection:
        await connection.execute(text("INSERT INTO t VALUES (1)"))
        reader = sqlite3.connect(file)
        prepare_sqlite(reader)
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
        reader.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            reader.execute("BEGIN IMMEDIATE")
        reader.close()


async def test_postgresql_speaks_utc(postgres: str) -> None:
    engine = create_engine(postgres.format(name="postgres"))
    assert await value(engine, "SHOW timezone") == "UTC"
    await engine.dispose()


async def test_json_is_compact_and_keeps_its_letters(small: AsyncEngine) -> None:
    assert await value(small, "SELECT CAST(participants AS TEXT) FROM package WHERE id = 1") == (
        '["Koed00","Straße"]'
    )
    async with AsyncSession(small) as session:
        assert await session.scalar(select(Package.participants).where(Package.id == 1)) == [
            "Koed00",
            "Straße",
        ]
