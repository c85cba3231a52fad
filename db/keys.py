"""Keys of rows that are about to be made: known before, since other columns hold them too."""

from sqlalchemy import BigInteger, column, text
from sqlalchemy.ext.asyncio import AsyncSession

KEY = column("key", BigInteger)

NEXT = text(
    "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)"
).columns(KEY)

LAST = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :name").columns(KEY)

FIRST_OWN_NUMBER = 1_000_001
"""The first `database_id` of what is made here; v4's numbers are below it."""


def own_number(key: int) -> int:
    """The `database_id` of a row that has no number of the REST API v4."""
    return FIRST_OWN_NUMBER - 1 + key


async def reserve(session: AsyncSession, table: str, count: int) -> list[int]:
    """`count` keys for new rows of `table`, which nobody else gets, ascending.

    On SQLite the rows must be inserted before this transaction ends, or asks for the next keys.
    """
    if not count:
        return []
    if session.get_bind().dialect.name == "postgresql":
        return sorted(await session.scalars(NEXT, {"name": table, "n": count}))
    # Each transaction here begins IMMEDIATE: nobody else inserts before this one is over.
    first = (await session.execute(LAST, {"name": table})).scalar_one() + 1
    return list(range(first, first + count))
