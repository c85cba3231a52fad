"""Load a file of the directory: rows that are not there are made, others brought up to the file.

A row is found by its number (`databaseId`), else by its slug, else by its repository; a feature by
its title, a version by its number. What a line leaves out stays as it is, and so do the rows,
memberships, cells, features and versions that the file does not name.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.category import Category
from db.directory_file import Problems, read_directory
from db.grid import Grid, GridPackage
from db.guard import LOGGED
from db.load_merge import merge
from db.load_rows import BATCH, Changes
from db.package import Package
from db.search import Document, SearchType, index

CATEGORY, GRID = (Base.metadata.tables[each.__tablename__] for each in (Category, Grid))

ADVISORY_LOCK = 0x7061636B6C6F6164
"""The bytes of "packload": on PostgreSQL, one load at a time holds the lock of this number."""

Progress = Callable[[int, int], None]
"""Told how many rows and search entries are written, and how many there are to write."""


class Counts(NamedTuple):
    """What became of a table's rows, as far as the file is about them."""

    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class LoadReport:
    """What a load did, by table."""

    tables: dict[str, Counts]

    @property
    def written(self) -> int:
        """How many rows were created or updated."""
        return sum(counts.created + counts.updated for counts in self.tables.values())


async def load(
    session: AsyncSession,
    lines: Iterable[str | bytes],
    *,
    now: dt.datetime,
    progress: Progress | None = None,
) -> LoadReport:
    """Load the file that `lines` are, with `now` as the date of what has none and for the scores.

    All is done in the session's transaction, which the caller commits. Raises LoadError, before
    anything is written, with the first 20 problems and their line numbers.
    """
    problems = Problems()
    file = read_directory(lines, problems)
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
    written = await merge(session, file, problems, now.astimezone(dt.UTC))
    await _write(session, written, progress or (lambda done, total: None))
    return LoadReport(
        {
            changes.table.name: Counts(
                len(changes.created), len(changes.updated), changes.unchanged
            )
            for changes in written
        }
    )


async def _write(session: AsyncSession, written: list[Changes], progress: Progress) -> None:
    await (await session.connection()).execution_options(**LOGGED)
    steps: list[tuple[Callable[[Any], Awaitable[Any]], list[Any]]] = []
    for changes in written:
        steps.append((partial(session.execute, insert(changes.table)), changes.created))
        steps.append((partial(session.execute, update(changes.model)), changes.updated))
    steps.append((partial(index, session), [*_documents(written)]))
    total = sum(len(rows) for _, rows in steps)
    done = 0
    for write, rows in steps:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            await write(batch)
            done += len(batch)
            progress(done, total)
    for table, holder in ((CATEGORY, Package.category_id), (GRID, GridPackage.grid_id)):
        # Locked first, so that what others have just written is counted too.
        await session.execute(select(table.c.id).order_by(table.c.id).with_for_update())
        count = select(func.count()).where(holder == table.c.id).scalar_subquery()
        other = update(table).where(table.c.package_count != count)
        await session.execute(other.values(package_count=count))


def _documents(written: list[Changes]) -> Iterator[Document]:
    """What the search index has to know of the rows that are written."""
    for changes in written:
        if changes.model in (Category, Grid, Package):
            package = changes.model is Package
            for row in changes.created + changes.updated:
                yield Document(
                    node_type=SearchType[changes.table.name.upper()],
                    node_id=row["id"],
                    title=row["title"],
                    slug=row["slug"],
                    description=row["repo_description" if package else "description"],
                    participants=row["participants"] if package else (),
                    stars=row["repo_watchers"] if package else None,
                )
