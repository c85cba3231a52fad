"""Migrations give the tables that the code has, on both databases, and keep what is in them."""

import asyncio
import datetime as dt
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import migrate
from db.change import Change, NodeType
from db.engine import create_engine
from db.guard import LOGGED
from db.keys import reserve
from db.load import load
from tests.conftest import DIRECTORY, NOW
from tests.db.small import SMALL, Row, loaded
from tests.yardstick.rows import camel_case

FILLED = """
INSERT INTO category (id, database_id, revision, title, title_folded, slug, slug_folded,
  description, title_plural, show_pypi, package_count, created, modified)
VALUES (1, 1, 1, 'App', 'app', 'apps', 'apps', '', 'Apps', true, 1, {now}, {now});
INSERT INTO package (id, database_id, revision, title, title_folded, slug, slug_folded, category_id,
  repo_host, repo_description, repo_description_folded, commits_over_52, participants,
  participants_folded, licenses, licenses_folded, is_archived, score, grid_count, created, modified,
  topics, advisories)
VALUES (7, 2948, 1, 'Django Q', 'django q', 'django-q', 'django-q', 1,
  'OTHER', '', '', '[]', '[]', '[]', '[]', '[]', false, 0, 1, {now}, {now}, '[]', '[]');
INSERT INTO grid (id, database_id, revision, title, title_folded, slug, slug_folded, description,
  description_folded, is_locked, header, package_count, created, modified)
VALUES (3, 136, 1, 'Queues', 'queues', 'queues', 'queues', '', '', false, false, 1, {now}, {now});
INSERT INTO feature (id, grid_id, revision, title, description, position)
VALUES (5, 3, 1, 'Runs without a broker', '', 0);
INSERT INTO grid_package (grid_id, package_id) VALUES (3, 7);
INSERT INTO cell (package_id, feature_id, grid_id, text, text_folded, verdict, strength)
VALUES (7, 5, 3, 'no', 'no', 'NO', -1)
"""

TABLES = ("category", "package", "grid", "feature", "grid_package", "cell")

HIDDEN = {"id", "revision", "position", "repo_key", "sort_key", "grid_count", "package_count"}
"""Columns that no diff has, beside those of folded texts."""

LATER = {"homepage_url", "topics", "advisories"}
"""Columns that came after the log: what was there before has nothing in them."""

WITHOUT_TABLES = {
    *(
        f"sqlite_sequence: {piece}"
        for piece in ("CREATE TABLE sqlite_sequence ... ", "name", "seq")
    ),
    "plpgsql",
}

OBJECTS_ON_POSTGRESQL = """
SELECT format('%s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    a.attnotnull, pg_get_expr(d.adbin, d.adrelid), l.collname)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind <> 'i' AND a.attnum > 0
    AND NOT a.attisdropped
UNION ALL SELECT format('%s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger
  WHERE NOT tgisinternal AND tgname <> 'move_head'
UNION ALL SELECT extname FROM pg_extension
"""

ANOTHER = """
import sqlalchemy as sa
from alembic import op

from db.migrate import altering

revision = "another"
down_revision = "{head}"
branch_labels = None
depends_on = None

LENGTH = "ck_package_title_length"


def upgrade() -> None:
    op.add_column("package", sa.Column("motto", sa.Text))
    with altering("package") as package:
        package.create_check_constraint(op.f(LENGTH), "length(title) <= 100")
    with altering("cell") as cell:
        cell.drop_constraint(op.f("ck_cell_strength"), type_="check")


def downgrade() -> None:
    with altering("cell") as cell:
        cell.create_check_constraint(op.f("ck_cell_strength"), "strength BETWEEN -3 AND 3")
    with altering("package") as package:
        package.drop_constraint(op.f(LENGTH), type_="check")
    op.drop_column("package", "motto")
"""
"""A migration after all others, which adds a column and alters constraints."""


def objects(connection: Connection) -> set[str]:
    """All that the database holds, piece by piece: columns, constraints, indexes, triggers."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(text(OBJECTS_ON_POSTGRESQL)).scalars().all()
        return {line for line in found if "alembic_version" not in line}
    pieces = set()
    query = "SELECT name, type, sql FROM sqlite_master WHERE name <> 'alembic_version'"
    for name, kind, statement in connection.execute(text(query)):
        if statement is not None:
            spelled = " ".join(statement.replace('"', "").split())
            parts = [*table_pieces(spelled)] if kind == "table" else [spelled]
            pieces |= {f"{name}: {part}" for part in parts}
    return pieces


def table_pieces(statement: str) -> Iterator[str]:
    """The columns and constraints of a CREATE TABLE, and what is around them."""
    start, end = statement.index("("), statement.rindex(")")
    yield f"{statement[:start].strip()} ... {statement[end + 1 :].strip()}"
    depth, piece = 0, ""
    for letter in statement[start + 1 : end] + ",":
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield piece.strip().replace("( ", "(").replace(" )", ")")
            piece = ""
        else:
            piece += letter


async def found(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return await connection.run_sync(objects)


def with_another(folder: Path) -> Path:
    """A copy of the scripts with ANOTHER as the newest."""
    scripts = folder / "alembic"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "another.py").write_text(ANOTHER.format(head=head()))
    return scripts


def head() -> str:
    return str(ScriptDirectory(str(migrate.SCRIPTS)).get_current_head())


async def fill(engine: AsyncEngine) -> None:
    now = "'2026-11-24T12:00:00.000000+00:00'"
    async with engine.execution_options(**LOGGED).begin() as connection:
        for statement in FILLED.format(now=now).split(";"):
            await connection.exec_driver_sql(statement)


async def rows(engine: AsyncEngine) -> dict[str, list[tuple[object, ...]]]:
    async with engine.connect() as connection:
        return {
            table: [tuple(row) for row in await connection.execute(text(f"SELECT * FROM {table}"))]
            for table in TABLES
        }


async def test_migrations_give_the_tables_of_the_code(engine: AsyncEngine) -> None:
    migrated = await found(engine)
    await migrate.downgrade(engine, "base")
    assert await found(engine) <= WITHOUT_TABLES
    async with engine.begin() as connection:
        await connection.run_sync(migrate.METADATA.create_all)
    made = await found(engine)
    assert migrated == made
    assert len(made) > 100


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
async def test_alembic_finds_nothing_to_migrate(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True},
        )
        return list(compare_metadata(context, migrate.METADATA))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_all_the_way_down_and_up_again_with_data(engine: AsyncEngine) -> None:
    await fill(engine)
    assert await migrate.at_head(engine)
    await migrate.downgrade(engine, "base")
    assert await migrate.current(engine) is None
    assert not await migrate.at_head(engine)
    await migrate.upgrade(engine)
    assert await migrate.at_head(engine)
    assert (await rows(engine))["package"] == []
    await fill(engine)
    assert [len(found) for found in (await rows(engine)).values()] == [1] * len(TABLES)


async def test_what_is_there_already_enters_the_log(engine: AsyncEngine) -> None:
    lines = DIRECTORY.read_bytes().splitlines()
    async with AsyncSession(engine) as session, session.begin():
        await load(session, lines, now=NOW)
    # The first package is replaced by one that comes later.
    others = "SELECT id FROM package WHERE id > 1 ORDER BY id LIMIT 1"
    chain = f"UPDATE package SET replaced_by_id = ({others}) WHERE id = 1"
    async with engine.execution_options(**LOGGED).begin() as connection:
        await connection.execute(text(chain))
    await migrate.downgrade(engine, "0003")
    start = dt.datetime.now(dt.UTC)
    await migrate.upgrade(engine)
    async with AsyncSession(engine) as session:
        changes = (await session.scalars(select(Change).order_by(Change.id))).all()
        stored = {
            (node_type.name, row["id"]): (diff, row.get("revision", 1), grid)
            for node_type in NodeType
            for row, diff, grid in await created(session, node_type.name.lower())
        }
    logged = {(c.node_type, c.node_id): (c.diff, c.revision, c.grid_id) for c in changes}
    assert logged == stored
    for key, (diff, _, _) in logged.items():
        assert [*diff] == [*stored[key][0]]
    for change in changes:
        said = (change.transaction_id, change.actor, change.actor_folded, change.action)
        assert said == (1, "migration", "migration", "CREATE")
        assert start <= change.at == changes[0].at <= dt.datetime.now(dt.UTC)
    assert [c.id for c in changes] == [*range(1, len(stored) + 1)]
    types = [node_type for node_type, _ in groupby(changes, lambda c: c.node_type)]
    assert types == ["CATEGORY", "PACKAGE", "VERSION", "FEATURE", "GRID"]
    made: set[str | None] = {None}
    for change in changes:
        if change.node_type == "PACKAGE":
            assert change.diff["replacedBy"][1] in made
            made.add(f"Package:{change.node_id}")


async def test_the_log_begins_with_what_was_written_last_before_it(engine: AsyncEngine) -> None:
    await fill(engine)
    await migrate.downgrade(engine, "0003")
    async with engine.execution_options(**LOGGED).begin() as connection:
        await connection.execute(text("UPDATE category SET title = 'Late'"))
        upgrading = asyncio.create_task(migrate.upgrade(engine))
        await asyncio.sleep(0.5)
        assert not upgrading.done()
    await upgrading
    async with AsyncSession(engine) as session:
        first = await session.get_one(Change, 1)
    assert first.diff["title"] == [None, "Late"]


async def created(session: AsyncSession, name: str) -> list[tuple[Row, dict[str, Any], int | None]]:
    """The rows of a table, each with the diff that makes it and the grid that it is or is in."""
    table = migrate.METADATA.tables[name]
    found = []
    for row in (await session.execute(select(table))).mappings():
        diff: dict[str, Any] = {}
        for column in table.columns:
            outer, value = camel_case(column.name), row[column.name]
            if column.name in HIDDEN | LATER or column.name.endswith("_folded"):
                continue
            for target in column.foreign_keys:
                outer = camel_case(column.name.removesuffix("_id"))
                value = value and f"{target.column.table.name.capitalize()}:{value}"
            if isinstance(value, dt.datetime):
                value = value.isoformat(timespec="microseconds")
            diff[outer] = [None, value]
        if name == "grid":
            diff |= await grid_parts(session, row["id"])
        found.append(
            (dict(row), diff, row.get("grid_id") or (row["id"] if name == "grid" else None))
        )
    return found


async def grid_parts(session: AsyncSession, grid: int) -> dict[str, Any]:
    """What the diff that makes a grid has of its features, packages and cells."""
    of_grid = {"grid": grid}
    features = await session.scalars(
        text("SELECT id FROM feature WHERE grid_id = :grid ORDER BY position"), of_grid
    )
    packages = await session.scalars(
        text("SELECT package_id FROM grid_package WHERE grid_id = :grid"), of_grid
    )
    cells: dict[str, dict[str, list[str]]] = {}
    for package, feature, content in await session.execute(
        text("SELECT package_id, feature_id, text FROM cell WHERE grid_id = :grid"), of_grid
    ):
        cells.setdefault(f"Package:{package}", {})[f"Feature:{feature}"] = ["", content]
    parts = {
        "features": [None, [f"Feature:{key}" for key in features]],
        "packages": {f"Package:{key}": [False, True] for key in packages},
        "cells": cells,
    }
    return {name: part for name, part in parts.items() if part}


async def test_a_later_migration_keeps_what_is_there(engine: AsyncEngine, tmp_path: Path) -> None:
    """SQLite cannot alter a check: the table is made anew, and what refers to its rows stays."""
    scripts = with_another(tmp_path)
    await fill(engine)
    rows_before, objects_before = await rows(engine), await found(engine)

    for _ in range(2):
        await migrate.upgrade(engine, scripts=scripts)
        assert await migrate.current(engine) == "another"
        assert not await migrate.at_head(engine)
        objects_between = await found(engine)
        lost = objects_before - objects_between
        assert [piece for piece in lost if "ck_cell_strength" not in piece] == []
        assert len(objects_between) == len(objects_before) + 1
        with pytest.raises(IntegrityError):
            async with engine.execution_options(**LOGGED).begin() as connection:
                await connection.execute(text("UPDATE package SET title = :t"), {"t": "x" * 101})

        await migrate.downgrade(engine, head(), scripts=scripts)
        assert await migrate.at_head(engine)
        assert await rows(engine) == rows_before
        assert await found(engine) == objects_before


async def test_a_key_stays_used_when_a_table_is_made_anew(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    await loaded(engine, *SMALL)
    async with engine.execution_options(**LOGGED).begin() as connection:
        await connection.execute(text("DELETE FROM package"))
    await migrate.upgrade(engine, scripts=with_another(tmp_path))
    async with AsyncSession(engine) as session:
        assert await reserve(session, "package", 2) == [3, 4]


async def test_a_failed_migration_changes_nothing(engine: AsyncEngine, tmp_path: Path) -> None:
    scripts = with_another(tmp_path)
    script = scripts / "versions" / "another.py"
    broken = "def upgrade() -> None:\n    op.drop_table('cell')\n    1 / 0\n"
    script.write_text(script.read_text().replace("def upgrade() -> None:\n", broken))
    await fill(engine)
    before = await rows(engine)
    with pytest.raises(ZeroDivisionError):
        await migrate.upgrade(engine, scripts=scripts)
    assert await migrate.current(engine) == head()
    assert await rows(engine) == before


async def test_processes_that_start_at_once_migrate_one_after_the_other(
    engine: AsyncEngine, database_url: str
) -> None:
    await migrate.downgrade(engine, "base")
    engines = [create_engine(database_url) for _ in range(4)]
    await asyncio.gather(*(migrate.upgrade(each) for each in engines))
    for each in engines:
        assert await migrate.at_head(each)
        await each.dispose()
