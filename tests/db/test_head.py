"""The head of the directory: each commit gives another one."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Hashable, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from db import migrate
from db.engine import create_engine
from db.head import SILENCE, Head, PostgresHead, SqliteHead, open_head
from tests.db.small import SMALL, loaded

NUMBER = "SELECT number FROM caching.head"

NO_ANSWERS = {"token", "kept_outcome", "ingest_host", "mirror"}
"""Tables that no answer is made of: to write them leaves the head."""

on_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")


@pytest.fixture
async def head(database_url: str) -> AsyncIterator[Head]:
    head = await open_head(database_url)
    yield head
    await head.close()


async def known(head: Head, other_than: Hashable | None = None) -> Hashable:
    """The head once it is known, and another one than this."""
    deadline = time.monotonic() + 5
    while (now := head.now()) in (None, other_than):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.001)
    return now


async def test_what_is_loaded_moves_the_head(database_url: str, head: Head) -> None:
    before = await known(head)
    engine = create_engine(database_url)
    await loaded(engine, *SMALL)
    await engine.dispose()
    after = await known(head, other_than=before)
    await asyncio.sleep(0.3)
    assert head.now() == after


@pytest.fixture(params=["WAL", "DELETE"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A writer of a file with a table, in this process."""
    connection = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
    connection.execute(f"PRAGMA journal_mode = {request.param}")
    connection.execute("CREATE TABLE t (x)")
    yield connection
    connection.close()


async def test_on_sqlite_the_head_is_another_after_each_commit_and_no_other_time(
    file: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The journal's mode is the writer's.
    monkeypatch.setattr("db.head.prepare_sqlite", lambda connection: None)
    head = SqliteHead(make_url(f"sqlite:///{tmp_path}/x.sqlite3"))
    seen = [head.now()]
    for number in range(100):
        file.execute("BEGIN IMMEDIATE")
        file.execute("INSERT INTO t VALUES (?)", [number])
        assert head.now() == seen[-1]
        file.execute("COMMIT" if number % 3 else "ROLLBACK")
        assert (head.now() == seen[-1]) == (number % 3 == 0)
        seen.append(head.now())
    await head.close()


async def test_the_head_of_a_locked_file_is_not_known(tmp_path: Path) -> None:
    head = SqliteHead(make_url(f"sqlite:///{tmp_path}/x.sqlite3"))
    await head.close()
    writer = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
    writer.execute("PRAGMA journal_mode = DELETE")
    writer.execute("CREATE TABLE t (x)")
    head = SqliteHead.__new__(SqliteHead)
    head._connection = sqlite3.connect(tmp_path / "x.sqlite3", timeout=0)
    writer.execute("BEGIN EXCLUSIVE")
    assert head.now() is None
    writer.execute("COMMIT")
    assert head.now() is not None
    await head.close()
    writer.close()


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@on_postgresql
async def test_on_postgresql_every_table_of_answers_moves_the_head(
    connection: asyncpg.Connection,
) -> None:
    for table in migrate.METADATA.tables.values():
        column = next(iter(table.columns)).name
        for statement in (
            f"INSERT INTO {table.name} SELECT * FROM {table.name}",
            f"UPDATE {table.name} SET {column} = {column}",
            f"DELETE FROM {table.name}",
            f"TRUNCATE {table.name} CASCADE",
        ):
            before = await connection.fetchval(NUMBER)
            await connection.execute(statement)
            moved = await connection.fetchval(NUMBER) != before
            is_beat = statement.startswith("UPDATE ingest_worker")  # that it is alive is no news
            assert moved == (table.name not in NO_ANSWERS and not is_beat), statement


@on_postgresql
async def test_on_postgresql_a_transaction_moves_the_head_once_and_only_with_its_commit(
    connection: asyncpg.Connection, head: Head
) -> None:
    before = await known(head)
    number = await connection.fetchval(NUMBER)
    for commits in (False, True):
        transaction = connection.transaction()
        await transaction.start()
        for _ in range(3):
            await connection.execute("DELETE FROM category")
        savepoint = connection.transaction()
        await savepoint.start()
        await connection.execute("DELETE FROM grid")
        await savepoint.rollback()
        await asyncio.sleep(0.3)
        assert head.now() == before
        await (transaction.commit() if commits else transaction.rollback())
        assert (await connection.fetchval(NUMBER) != number) == commits
    await known(head, other_than=before)


@on_postgresql
async def test_on_postgresql_writers_wait_for_each_other_and_never_for_ever(
    database_url: str, connection: asyncpg.Connection
) -> None:
    engine = create_engine(database_url)
    await loaded(engine, *SMALL)
    await engine.dispose()
    slugs = [slug for (slug,) in await connection.fetch("SELECT slug FROM package LIMIT 2")]

    async def write(first: str, second: str) -> None:
        own = await asyncpg.connect(database_url)
        async with own.transaction():
            for slug in (first, second):
                await own.execute("UPDATE package SET repo_forks = 1 WHERE slug = $1", slug)
                await asyncio.sleep(0.05)
        await own.close()

    await asyncio.gather(*(write(*slugs[:: 1 - 2 * (n % 2)]) for n in range(6)))


@on_postgresql
async def test_no_two_connections_have_one_head(connection: asyncpg.Connection, head: Head) -> None:
    before = await known(head)
    ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1"
    await connection.execute(ending.replace("$1", "'packgrid_head'"))
    after = await known(head, other_than=before)
    assert after != before


@on_postgresql
async def test_a_head_that_cannot_be_read_is_not_known(
    connection: asyncpg.Connection, head: Head, caplog: pytest.LogCaptureFixture
) -> None:
    before = await known(head)
    await connection.execute("ALTER TABLE caching.head RENAME TO away")
    deadline = time.monotonic() + SILENCE + 1
    while head.now() is not None:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)
    assert "head is not known" in caplog.text
    await connection.execute("ALTER TABLE caching.away RENAME TO head")
    await known(head, other_than=before)


async def test_a_database_that_cannot_be_reached_has_no_head() -> None:
    tried = 0

    async def connect() -> asyncpg.Connection:
        nonlocal tried
        tried += 1
        raise ConnectionRefusedError

    head = PostgresHead(connect)
    await asyncio.sleep(0.5)
    assert 2 <= tried <= 6
    assert head.now() is None
    await head.close()


@on_postgresql
async def test_all_of_it_is_gone_before_its_migration(
    database_url: str, connection: asyncpg.Connection
) -> None:
    engine = create_engine(database_url)
    moved = len(migrate.METADATA.tables) - len(NO_ANSWERS)
    left = "SELECT count(*) FROM pg_trigger WHERE tgname = 'move_head'"
    assert await connection.fetchval(left) == moved
    await migrate.downgrade(engine, "0002")
    assert await connection.fetchval(left) == 0
    assert await connection.fetchval("SELECT to_regnamespace('caching')") is None
    await migrate.upgrade(engine)
    assert await connection.fetchval(left) == moved
    await engine.dispose()
