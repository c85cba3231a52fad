"""The directory as an SQLite file that can be served as it is, with its log."""

from pathlib import Path

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db import migrate
from db.engine import create_engine
from db.guard import LOGGED
from db.ingest import IngestHost, IngestRun, IngestRunSource, IngestSource, IngestWorker, Mirror
from db.outcome import KeptOutcome
from db.sql import BATCH
from db.token import Token

LEFT_OUT = {
    each.__tablename__
    for each in (Token, KeptOutcome, IngestRun, IngestRunSource, IngestWorker, IngestHost, Mirror)
}
"""The tables that are no part of the directory: secrets, and what processes are at just now."""

LAST_KEYS = {
    "sqlite": "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :name",
    "postgresql": "SELECT coalesce(pg_sequence_last_value("
    "CAST(pg_get_serial_sequence(:name, 'id') AS regclass)), 0)",
}
"""The last key that a table gave, also where its row is gone: none is ever given again."""


async def write_sqlite(connection: AsyncConnection, file: Path) -> dict[str, int]:
    """Write the database of a `db.export.snapshot` into a new file; how many rows each table has.

    Keys, revisions, former names, pins and the index of search are there as they were.
    """
    engine = create_engine(f"sqlite:///{file}")
    counts = {}
    try:
        await migrate.upgrade(engine)
        async with engine.execution_options(**LOGGED).begin() as target:
            # A package may come before the one that replaces it.
            await target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in migrate.METADATA.sorted_tables:
                if table.name in LEFT_OUT:
                    continue
                counts[table.name] = 0
                # No run goes with them: what was in one is due as it was before.
                none = {"run_id": None} if table.name == IngestSource.__tablename__ else {}
                async with connection.stream(select(table)) as found:
                    async for rows in found.mappings().partitions(BATCH):
                        await target.execute(insert(table), [{**row, **none} for row in rows])
                        counts[table.name] += len(rows)
                if table.dialect_options["sqlite"]["autoincrement"]:
                    await _keep_last_key(connection, target, table.name)
    finally:
        await engine.dispose()
    return counts


async def _keep_last_key(source: AsyncConnection, target: AsyncConnection, name: str) -> None:
    query = text(LAST_KEYS[source.dialect.name])
    values = {"name": name, "last": await source.scalar(query, {"name": name})}
    await target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
    statement = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"
    await target.execute(text(statement), values)
