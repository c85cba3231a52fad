"""Edits wait for their turn, and not without end."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from db import engine as engines
from db import writer as turns
from db.edit import Edit
from db.engine import create_engine
from db.errors import Busy
from db.writer import Writer, take_turn
from tests.db.editing import ADMIN


async def nothing(edit: Edit) -> int:
    return len(await edit.finish())


async def test_edits_of_a_process_wait_for_each_other(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(database_url)
    writer = Writer(engine)
    with monkeypatch.context() as impatient:
        impatient.setattr(turns, "PATIENCE", 0.05)
        async with writer._turn:
            with pytest.raises(Busy):
                await writer.run(ADMIN, nothing)
    assert await asyncio.gather(*(writer.run(ADMIN, nothing) for _ in range(5))) == [0] * 5
    await writer.close()
    await engine.dispose()


async def test_an_edit_does_not_wait_for_another_process_without_end(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = ("busy_timeout = 100", *engines.SQLITE_PRAGMAS[1:])
    monkeypatch.setattr(engines, "SQLITE_PRAGMAS", pragmas)
    monkeypatch.setattr(turns, "TURN", text(str(turns.TURN).replace("10s", "100ms")))
    engine, other = create_engine(database_url), create_engine(database_url)
    writer = Writer(engine)
    async with AsyncSession(other) as session:
        await take_turn(session)
        with pytest.raises(Busy):
            await writer.run(ADMIN, nothing)
    assert await writer.run(ADMIN, nothing) == 0
    await writer.close()
    for each in (engine, other):
        await each.dispose()


async def test_an_edit_that_is_begun_is_made(database_url: str) -> None:
    engine = create_engine(database_url)
    writer = Writer(engine)
    done = []

    async def work(edit: Edit) -> None:
        done.append(len(await edit.finish()))

    async with writer._turn:
        waiting = asyncio.create_task(writer.run(ADMIN, work))
        await asyncio.sleep(0)
        waiting.cancel()
    await writer.close()
    assert waiting.cancelled()
    assert done == [0]
    await engine.dispose()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_an_edit_finds_a_server_that_was_started_anew(database_url: str) -> None:
    engine = create_engine(database_url)
    writer = Writer(engine)
    assert await writer.run(ADMIN, nothing) == 0
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    async with engine.connect() as connection:
        for tenths in range(20):  # the connection is ended while an edit begins, or just before
            await connection.execute(text(end + " AND datname = current_database()"))
            await asyncio.sleep(tenths / 10_000)
            assert await writer.run(ADMIN, nothing) == 0
    await writer.close()
    await engine.dispose()
