"""Load a file of the directory: rows that are not there are made, others brought up to the file.

A row is found by its number (`databaseId`), else by its slug, else by its repository; a feature by
its title, a version by its number. What a line leaves out stays as it is, and so do the rows,
memberships, cells, features and versions that the file does not name.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from db.alias import Alias
from db.directory_file import Problems, read_directory
from db.edit import Edit, Progress
from db.ingest import IngestSource, Pin
from db.load_merge import merge
from db.rows import Rows
from db.settle import WRITTEN
from db.token import Actor, Role
from db.writer import take_turn, without_collections

ACTOR = Actor("load", Role.ADMIN)


class Counts(NamedTuple):
    """What became of a table's rows, as far as the load read them."""

    created: int
    updated: int
    unchanged: int


async def load(
    session: AsyncSession,
    lines: Iterable[str | bytes],
    *,
    now: dt.datetime,
    progress: Progress | None = None,
) -> dict[str, Counts]:
    """Load the file that `lines` are, with `now` as the date of what has none and for the scores.

    Gives what became of each table's rows, by its name.

    All is done in the session's transaction, which the caller commits. Raises LoadError, before
    anything is written, with the first 20 problems and their line numbers; and Busy.
    """
    problems = Problems()
    edit = Edit(session, ACTOR, now.astimezone(dt.UTC))
    with without_collections():
        file = read_directory(lines, problems)
        await take_turn(session)
        await merge(edit, file, problems)
        await edit.finish(progress=progress)
    tables = [edit.rows[model] for model in WRITTEN if model not in (Alias, IngestSource, Pin)]
    return {rows.table.name: _counts(rows) for rows in tables}


def _counts(rows: Rows) -> Counts:
    created, updated = len(rows.created), sum(1 for _ in rows.changed)
    return Counts(created, updated, len(rows.after) - created - updated)
