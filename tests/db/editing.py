"""How tests edit: one transaction as the server runs it, and what it left in the log."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.direct import DirectSession, PostgresSession, SqliteSession
from db.edit import Edit
from db.errors import Refused
from db.token import Actor, Role
from db.writer import Writer
from tests.db.small import everything, fetch

Outcome = dict[str, Any]
EditFunction = Callable[[Edit, dict[str, Any]], Awaitable[Outcome]]

Run = Callable[[DirectSession, str, Any], Awaitable[Any]]

EDITOR = Actor("ed", Role.EDITOR)
ADMIN = Actor("ada", Role.ADMIN)


async def edited(
    engine: AsyncEngine, function: EditFunction, given: dict[str, Any], actor: Actor = EDITOR
) -> tuple[Outcome, list[dict[str, Any]]]:
    """Make an edit and commit it: its outcome, and the changes that it logged."""

    async def work(edit: Edit) -> tuple[Outcome, list[dict[str, Any]]]:
        outcome = await function(edit, given)
        changes = await edit.finish()
        await edit.session.commit()
        return outcome, changes

    writer = Writer(engine)
    try:
        return await writer.run(actor, work)
    finally:
        await writer.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """What edits run meanwhile, but for those that begin and end their transactions."""
    noted: list[str] = []

    def noting(run: Run) -> Run:
        async def run_it(session: DirectSession, sql: str, values: Any) -> Any:
            if sql != "COMMIT":
                noted.append(sql)
            return await run(session, sql, values)

        return run_it

    with pytest.MonkeyPatch.context() as patch:
        for session in (SqliteSession, PostgresSession):
            for name in ("_fetch", "_run"):
                patch.setattr(session, name, noting(getattr(session, name)))
        yield noted


async def diffs(
    engine: AsyncEngine, function: EditFunction, given: dict[str, Any], actor: Actor = EDITOR
) -> dict[str, dict[str, Any]]:
    """Make an edit: what its changes say, by "ACTION type:key@revision", in their order."""
    _, changes = await edited(engine, function, given, actor)
    return {
        "{action} {node_type}:{node_id}@{revision}".format(**change): change["diff"]
        for change in changes
    }


async def refused(
    engine: AsyncEngine, function: EditFunction, given: dict[str, Any], actor: Actor = EDITOR
) -> Refused:
    """Have an edit refused, and see that it leaves nothing behind."""
    before = await everything(engine)
    with pytest.raises(Refused) as caught:
        await edited(engine, function, given, actor)
    assert await everything(engine) == before
    return caught.value


async def errors(
    engine: AsyncEngine, function: EditFunction, given: dict[str, Any], actor: Actor = EDITOR
) -> list[tuple[str, str]]:
    """Have an edit refused: the path after "input" and the code of each error.

    Each has a message.
    """
    refusal = await refused(engine, function, given, actor)
    assert all(error.path[0] == "input" and error.message for error in refusal.errors)
    return [(".".join(error.path[1:]), error.code.name) for error in refusal.errors]


async def found_by(engine: AsyncEngine, term: str) -> set[str]:
    """What search knows by a word: "PACKAGE:1"."""
    query = f"SELECT node_type, node_id FROM search_posting WHERE term = '{term}'"
    return {f"{node_type}:{node_id}" for node_type, node_id in await fetch(engine, query)}
