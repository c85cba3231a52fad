"""Load a file of the directory: rows that are not there are made, others brought up to the file.

A row is found by its number (`databaseId`), else by its slug, else by its repository; a feature by
its title, a version by its number. What a line leaves out stays as it is, and so do the rows,
memberships, cells, features and versions that the file does not name.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Executable, and_, bindparam, insert, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.directory_file import Problems, read_directory
from db.load_match import BATCH, Row
from db.load_plan import CATEGORY, GRID, PACKAGE, Plan, make_plan
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
    steps = _steps(plan)
    documents = _documents(plan)
    total = len(documents) + sum(len(rows) for _, rows in steps)
    done = 0
    for statement, rows in steps:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            await session.execute(statement, batch)
            done += len(batch)
            progress(done, total)
    for start in range(0, len(documents), BATCH):
        indexed = documents[start : start + BATCH]
        await index(session, indexed)
        done += len(indexed)
        progress(done, total)


def _steps(plan: Plan) -> list[tuple[Executable, list[Row]]]:
    """The statements, in order, with the rows that each is executed for."""
    steps: list[tuple[Executable, list[Row]]] = []
    for table, changes in plan.changes.items():
        if changes.created:
            rows = _replacements_first(changes.created) if table is PACKAGE else changes.created
            steps.append((insert(table), rows))
        if changes.updated:
            keys = list(table.primary_key)
            same = and_(*(column == bindparam(f"key_{column.name}") for column in keys))
            names = [column.name for column in table.columns if not column.primary_key]
            change = update(table).where(same).values({name: bindparam(name) for name in names})
            rows = [
                row | {f"key_{key.name}": row[key.name] for key in keys} for row in changes.updated
            ]
            steps.append((change, rows))
    for table, more in ((CATEGORY, plan.more_in_category), (GRID, plan.more_in_grid)):
        counts = [{"key": key, "more": number} for key, number in more.items() if number]
        if counts:
            count = table.c.package_count + bindparam("more")
            same = table.c.id == bindparam("key")
            steps.append((update(table).where(same).values(package_count=count), counts))
    return steps


def _replacements_first(packages: list[Row]) -> list[Row]:
    """New packages, each after the one that it is replaced by."""
    new = {package["id"]: package for package in packages}

    def replacements(package: Row) -> int:
        replacement = new.get(package["replaced_by_id"])
        return 0 if replacement is None else 1 + replacements(replacement)

    return sorted(packages, key=replacements)


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
