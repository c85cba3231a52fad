"""Bring a database's tables to where the code is, or back. Works alike from any folder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

# Named so that their tables are in the metadata.
from db import category, grid, ingest, package, search, version  # noqa: F401
from db.base import Base
from db.engine import explained

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
    async with _migrating(engine) as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(scripts, sync), revision))


async def downgrade(engine: AsyncEngine, revision: str, *, scripts: Path = SCRIPTS) -> None:
    """Undo the migrations after `revision` ("base": all), in one transaction. Loses what they hold.

    Raises DatabaseUnavailable where the database cannot be opened.
    """
    async with _migrating(engine) as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(scripts, sync), revision))


async def current(engine: AsyncEngine) -> str | None:
    """The revision that the database is at; None before the first migration.

    Raises DatabaseUnavailable where the database cannot be opened.
    """
    async with _opened(engine) as connection:
        return await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )


async def at_head(engine: AsyncEngine) -> bool:
    """Whether the database's tables are those of the code. Raises as `current` does."""
    return await current(engine) == ScriptDirectory(str(SCRIPTS)).get_current_head()


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
async def _migrating(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection in a transaction that only one process has at a time.

    SQLite changes a table by making it anew and dropping the old one, which with foreign keys on
    would delete every row that refers to it: they are off meanwhile, and checked at the end.
    """
    async with _opened(engine) as connection:
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
                yield connection
                broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
                if broken:
                    raise AssertionError(f"a migration broke foreign keys: {broken[:5]}")
        finally:
            await raw.execute("PRAGMA foreign_keys = ON")
