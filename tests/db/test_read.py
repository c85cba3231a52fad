"""The reader: compiled SQL on the drivers' own connections."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from db.engine import create_engine
from db.errors import DatabaseUnavailable, InputError
from db.guard import LOGGED
from db.read import SLOW, Reader, SqliteReader, Statement, open_reader

DRIVER_ERRORS = (sqlite3.Error, asyncpg.PostgresError)


@asynccontextmanager
async def opened(url: str, connections: int = 10) -> AsyncIterator[Reader]:
    reader = await open_reader(url, connections)
    try:
        yield reader
    finally:
        await reader.close()


def spelled(backend: str, sqlite: str, postgresql: str) -> Statement:
    return Statement(sqlite if backend == "sqlite" else postgresql)


def echo(backend: str) -> Statement:
    """Gives back its one value, a text."""
    return spelled(backend, "SELECT ?", "SELECT $1::text")


def waiting(backend: str) -> Statement:
    """Takes a tenth of a second or more on either database."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
    return spelled(backend, f"{endless} SELECT max(i) FROM n", "SELECT pg_sleep(0.2)::text")


async def test_a_statement_gives_its_first_row(directory_url: str, backend: str) -> None:
    async with opened(directory_url) as reader:
        for value in ("a", "größe \U0001f984 ' %", None, ""):
            expected = None if value is None else value.encode()
            assert list(await reader.row(echo(backend), [value])) == [expected]
        two = spelled(backend, "SELECT 'a', NULL UNION SELECT 'b', 'c'", "SELECT 'a', NULL")
        assert tuple(await reader.row(two, [])) == (b"a", None)


async def test_fifty_reads_at_once_each_get_their_own(directory_url: str, backend: str) -> None:
    statement = echo(backend)
    async with opened(directory_url, connections=3) as reader:
        for seconds in (0.0, SLOW):
            statement.seconds = seconds
            texts = [str(number) for number in range(50)]
            rows = await asyncio.gather(*(reader.row(statement, [text]) for text in texts))
            assert [tuple(row) for row in rows] == [(text.encode(),) for text in texts]


async def test_a_slow_statement_leaves_the_event_loop_free(
    directory_url: str, backend: str
) -> None:
    async with opened(directory_url) as reader:
        slow = asyncio.create_task(reader.row(waiting(backend), []))
        ticks = 0
        while not slow.done():
            await asyncio.sleep(0.005)
            ticks += 1
        await slow
        assert ticks > 5


async def test_a_statement_that_was_fast_runs_in_the_event_loop_s_thread(tmp_path: Any) -> None:
    """A hop to a thread costs more than a small read; one that was slow makes it."""
    reader = SqliteReader(create_engine(f"sqlite:///{tmp_path / 'x'}").url)
    threads: list[str] = []
    run = reader._row

    def noted(*given: Any) -> Any:
        threads.append(threading.current_thread().name)
        return run(*given)

    reader._row = noted  # type: ignore[assignment]
    statement = Statement("SELECT 1")
    for seconds in (SLOW, 0.0, SLOW * 2):
        statement.seconds = seconds
        await reader.row(statement, [])
    await reader.close()
    assert [name.startswith("read") for name in threads] == [True, False, True]


async def test_the_reader_cannot_write(database_url: str) -> None:
    async with opened(database_url) as reader:
        for sql in ("DELETE FROM version", "UPDATE package SET title = 'x'"):
            with pytest.raises((sqlite3.OperationalError, asyncpg.ReadOnlySQLTransactionError)):
                await reader.row(Statement(sql), [])


async def test_what_was_committed_is_seen(database_url: str, backend: str) -> None:
    count = Statement("SELECT CAST(count(*) AS TEXT) FROM category")
    insert = (
        "INSERT INTO category (database_id, revision, created, modified, title, title_folded, slug,"
        " slug_folded, description, title_plural, show_pypi, package_count) VALUES"
        " (1, 1, {now}, {now}, 'a', 'a', 'a', 'a', '', 'a', {true}, 0)"
    )
    spelling = {"now": "'2026-01-01T00:00:00.000000+00:00'", "true": "1"}
    if backend == "postgresql":
        spelling = {"now": "now()", "true": "true"}
    async with opened(database_url) as reader:
        engine = create_engine(database_url)
        async with engine.execution_options(**LOGGED).begin() as connection:
            await connection.exec_driver_sql(insert.format(**spelling))
            assert tuple(await reader.row(count, [])) == (b"0",)
        assert tuple(await reader.row(count, [])) == (b"1",)
        await engine.dispose()


async def test_a_statement_that_fails_leaves_the_reader_as_it_was(
    directory_url: str, backend: str
) -> None:
    async with opened(directory_url, connections=1) as reader:
        for sql in ("SELEC", "SELECT nothing FROM package", "SELECT * FROM nothing"):
            with pytest.raises(DRIVER_ERRORS):
                await reader.row(Statement(sql), [])
        failing = spelled(backend, "SELECT json('{')", "SELECT ('{'::json)::text")
        for seconds in (0.0, SLOW):
            failing.seconds = seconds
            with pytest.raises(DRIVER_ERRORS):
                await reader.row(failing, [])
        assert tuple(await reader.row(echo(backend), ["a"])) == (b"a",)


async def test_a_read_that_is_given_up_leaves_the_reader_as_it_was(
    directory_url: str, backend: str
) -> None:
    async with opened(directory_url, connections=1) as reader:
        slow = asyncio.create_task(reader.row(waiting(backend), []))
        await asyncio.sleep(0.01)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        assert tuple(await reader.row(echo(backend), ["a"])) == (b"a",)


async def test_what_sqlite_cannot_parse_is_said(directory_url: str, backend: str) -> None:
    deep = Statement("SELECT " + "(SELECT " * 200 + "'a'" + ")" * 200)
    async with opened(directory_url) as reader:
        if backend == "sqlite" and sqlite3.sqlite_version_info < (3, 46):
            with pytest.raises(InputError, match="nested deeper"):
                await reader.row(deep, [])
        else:
            assert tuple(await reader.row(deep, [])) == (b"a",)


async def test_closing_waits_for_what_runs(directory_url: str, backend: str) -> None:
    reader = await open_reader(directory_url)
    slow = asyncio.create_task(reader.row(waiting(backend), []))
    await asyncio.sleep(0.01)
    await reader.close()
    assert len(await slow) == 1


@pytest.mark.parametrize("seconds", [0.0, SLOW])
async def test_a_closed_reader_reads_no_more(
    directory_url: str, backend: str, seconds: float
) -> None:
    reader = await open_reader(directory_url)
    await reader.close()
    statement = echo(backend)
    statement.seconds = seconds
    with pytest.raises((RuntimeError, asyncpg.InterfaceError)):
        await reader.row(statement, ["a"])


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody:secret@127.0.0.1:1/nothing",
        "postgresql://nobody:secret@127.0.0.1:99999/nothing",
        "postgresql://nobody:secret@/nothing?host=/nowhere",
        "mysql://nobody:secret@127.0.0.1/nothing",
        "sqlite:///:memory:",
        "nonsense",
    ],
)
async def test_a_database_that_cannot_be_read_is_said(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as error:
        await open_reader(url)
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)
