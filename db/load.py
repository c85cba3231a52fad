"""Load a file of the directory: rows that are not there are made, others brought up to the file.

A row is found by its number (`databaseId`), else by its slug, else by its repository; a feature by
its title, a version by its number. What a line leaves out stays as it is, and so do the rows,
memberships, cells, features and versions that the file does not name.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Insert, Table, Update, and_, bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.directory_file import Problems, read_directory
from db.load_match import BATCH, Row
from db.load_plan import CATEGORY, GRID, MEMBER, PACKAGE, TABLES, Plan, make_plan
from db.search import Document, SearchType, index

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
    problems.stop()
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
    plan = await make_plan(session, file, problems, now.astimezone(dt.UTC))
    await _write(session, plan, progress or (lambda done, total: None))
    return LoadReport(
        {
            table.name: Counts(len(changes.created), len(changes.updated), changes.unchanged)
            for table, changes in plan.changes.items()
        }
    )


async def _write(session: AsyncSession, plan: Plan, progress: Progress) -> None:
    documents = _documents(plan)
    total = len(documents) + sum(
        len(changes.created) + len(changes.updated) for changes in plan.changes.values()
    )
    done = 0
    for table in TABLES:
        for statement, rows in _statements(table, plan):
            for start in range(0, len(rows), BATCH):
                batch = rows[start : start + BATCH]
                await session.execute(statement, batch)
                done += len(batch)
                progress(done, total)
    for table, counted, of in (
        (CATEGORY, plan.counted_categories, PACKAGE.c.category_id),
        (GRID, plan.counted_grids, MEMBER.c.grid_id),
    ):
        count = select(func.count()).where(of == table.c.id).scalar_subquery()
        chosen = table.c.id.in_(counted)
        await session.execute(select(table.c.id).where(chosen).with_for_update())
        await session.execute(update(table).where(chosen).values(package_count=count))
    for start in range(0, len(documents), BATCH):
        indexed = documents[start : start + BATCH]
        await index(session, indexed)
        done += len(indexed)
        progress(done, total)


def _statements(table: Table, plan: Plan) -> list[tuple[Insert | Update, list[Row]]]:
    changes = plan.changes[table]
    created = changes.created
    if table is PACKAGE:
        # What replaces a package comes before it.
        new = {row["id"]: row for row in created}

        def replacements(row: Row) -> int:
            replacement = new.get(row["replaced_by_id"])
            return 0 if replacement is None else 1 + replacements(replacement)

        created = sorted(created, key=replacements)
    keys = list(table.primary_key)
    change = (
        update(table)
        .where(and_(*(column == bindparam(f"key_{column.name}") for column in keys)))
        .values({column: bindparam(column.name) for column in table.c if column not in keys})
    )
    updated = [row | {f"key_{key.name}": row[key.name] for key in keys} for row in changes.updated]
    return [(insert(table), created), (change, updated)]


def _documents(plan: Plan) -> list[Document]:
    """What the search index has to know of the rows that are written."""
    return [
        Document(
            node_type=node_type,
            node_id=row["id"],
            title=row["title"],
            slug=row["slug"],
            description=row[description],
            participants=row.get("participants", ()),
            stars=row.get("repo_watchers"),
        )
        for table, node_type, description in (
            (CATEGORY, SearchType.CATEGORY, "description"),
            (GRID, SearchType.GRID, "description"),
            (PACKAGE, SearchType.PACKAGE, "repo_description"),
        )
        for row in plan.changes[table].created + plan.changes[table].updated
    ]
