"""How Alembic runs migrations: on the connection that db.migrate gives, or on one of its own.

By hand, to draft a migration from the tables: PACKGRID_DATABASE_URL=sqlite:///draft.sqlite3
alembic upgrade head, then alembic revision --autogenerate -m "what it does".
"""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from db.engine import create_engine
from db.migrate import METADATA, migrating


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()


async def run_by_hand() -> None:
    engine = create_engine(os.environ["PACKGRID_DATABASE_URL"])
    async with migrating(engine) as connection:
        await connection.run_sync(run)
    await engine.dispose()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_by_hand())
