"""Bring a database's tables to where the code is, or back. Works alike from any folder."""

import warnings
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from alembic import command, op
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import BatchOperations
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, Connection, CursorResult, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

# Named so that their tables are in the metadata.
from db import alias, category, change, grid, ingest, outcome, package, search, token, version  # noqa: F401
from db.base import Base
from db.engine import create_engine, explained
from db.errors import DatabaseUnavailable
from db.guard import LOGGED

METADATA = Base.metadata
"""All tables, as the code has them."""

SCRIPTS = Path(__file__).resolve().parent.parent / "alembic"

ADVISORY_LOCK = 0x7061636B67726964
"""The bytes of "packgrid": whoever migrates a PostgreSQL database holds the lock of this number."""


async def upgrade(engine: AsyncEngine, revision: str = "head", *, scripts: Path = SCRIPTS) -> None:
    """Run the migrations up to `revision`, all of them in one transaction or none.

    Processes that start at once do it one after the other, the later ones finding nothing to do.
    Raises DatabaseUnavailable where the database cannot be opened.
    """
    async with migrating(engine) as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(scripts, sync), revision))


async def downgrade(engine: AsyncEngine, revision: str, *, scripts: Path = SCRIPTS) -> None:
    """Undo the migrations after `revision` ("base": all), in one transaction. Loses what they hold.

    Raises DatabaseUnavailable where the database cannot be opened.
    """
    async with migrating(engine) as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(scripts, sync), revision))


async def current(engine: AsyncEngine) -> str | None:
    """The revision that the database is at; None before the first migration.

    Raises DatabaseUnavailable where the database cannot be opened.
    """
    async with _opened(engine) as connection:
        return await connection.run_sync(_revision)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def at_head(engine: AsyncEngine) -> bool:
    """Whether the database's tables are those of the code. Raises as `current` does."""
    return await current(engine) == ScriptDirectory(str(SCRIPTS)).get_current_head()


async def see_that_current(engine: AsyncEngine) -> None:
    """Raises DatabaseUnavailable where the tables are not those of the code, or as `current`."""
    if not await at_head(engine):
        raise DatabaseUnavailable(
            "the database's tables are not of this version: run `python server.py migrate`"
        )


async def prepare(url: str) -> None:
    """Bring SQLite's tables up to date; see that PostgreSQL's are.

    Raises DatabaseUnavailable where they are not, or the database cannot be opened.
    """
    engine = create_engine(url)
    try:
        if engine.dialect.name == "sqlite":
            await upgrade(engine)
        else:
            await see_that_current(engine)
    finally:
        await engine.dispose()


def required(name: str, type_: Any) -> Column[Any]:
    """For migrations: a column that is never null."""
    return Column(name, type_, nullable=False)


def optional(name: str, type_: Any) -> Column[Any]:
    """For migrations: a column that may be null."""
    return Column(name, type_, nullable=True)


def one_of(column: str, values: Sequence[str]) -> CheckConstraint:
    """For migrations: as `db.base.one_of`, of the names that an enum has now."""
    return CheckConstraint(f"{column} IN ({str(list(values))[1:-1]})", name=column)


def index(table: str, name: str, *columns: Any) -> None:
    """For migrations: make an index; an element of `columns` is a name or an expression."""
    op.create_index(f"ix_{table}_{name}", table, columns)


def moves_head(*tables: str) -> None:
    """For migrations: have each change of these tables move PostgreSQL's head, which 0003 makes."""
    for table in tables:
        op.execute(
            f"CREATE TRIGGER move_head BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION caching.move_head()"
        )


@contextmanager
def altering(table: str) -> Iterator[BatchOperations]:
    """For migrations: `op.batch_alter_table`, so that SQLite too keeps all of the table.

    SQLite cannot alter or drop a constraint: Alembic makes the table anew from what SQLAlchemy can
    reflect. That is no index on an expression, no DESC in an index, no WITHOUT ROWID, and no
    AUTOINCREMENT with the last key that was given.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        with op.batch_alter_table(table) as batch:
            yield batch
        return

    def run(statement: str, **values: Any) -> CursorResult[Any]:
        return connection.execute(text(statement), {"table": table, **values})

    made = run("SELECT sql FROM sqlite_master WHERE name = :table").scalar_one()
    options = {
        "sqlite_autoincrement": "AUTOINCREMENT" in made,
        "sqlite_with_rowid": "WITHOUT ROWID" not in made,
    }
    last_key = run("SELECT seq FROM sqlite_sequence WHERE name = :table").scalar()
    indexes = (
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = :table AND sql LIKE 'CREATE%INDEX%'"
    )
    before = {row.name: row.sql for row in run(indexes)}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based")
        reflected = {index["name"] for index in inspect(connection).get_indexes(table)}
        with op.batch_alter_table(table, table_kwargs=options) as batch:
            yield batch
    after = {row.name: row.sql for row in run(indexes)}
    for name, statement in before.items():
        # One that could be reflected and is not there any more was dropped on purpose.
        if after.get(name) != statement and (name in after or name not in reflected):
            op.execute(f"DROP INDEX IF EXISTS {name}")
            op.execute(statement)
    if last_key is not None:
        run("DELETE FROM sqlite_sequence WHERE name = :table")
        run("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)", last=last_key)


def _config(scripts: Path, connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


@asynccontextmanager
async def _opened(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    with explained(engine.url):
        connection = await engine.connect()
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def migrating(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection in a transaction that only one process has at a time.

    SQLite changes a table by making it anew and dropping the old one, which with foreign keys on
    would delete every row that refers to it: they are off meanwhile, and checked at the end.
    """
    async with _opened(engine) as connection:
        await connection.execution_options(**LOGGED)
        if engine.dialect.name == "postgresql":
            async with connection.begin():
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
                yield connection
            return
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        # Not by SQLAlchemy, which would begin a transaction, in which this pragma does nothing.
        await raw.execute("PRAGMA foreign_keys = OFF")
        try:
            async with connection.begin():
                before = await connection.run_sync(_revision)
                yield connection
                if await connection.run_sync(_revision) != before:  # to check takes a while
                    broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
                    if broken:
                        raise AssertionError(f"a migration broke foreign keys: {broken[:5]}")
        finally:
            await raw.execute("PRAGMA foreign_keys = ON")
