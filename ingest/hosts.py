"""Upstreams that are not to be asked for a while: what one worker is told, the others heed."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.base import Instant
from db.ingest import IngestHost
from ingest.limits import Gates

log = logging.getLogger("packgrid.ingest")

TELL = text("""
INSERT INTO ingest_host (origin, closed_until, why) VALUES (:origin, :until, :why)
ON CONFLICT (origin) DO UPDATE SET closed_until = excluded.closed_until, why = excluded.why
WHERE excluded.closed_until > ingest_host.closed_until
""").bindparams(bindparam("until", type_=Instant()))
"""The longest time that was told holds."""


def announce(engine: AsyncEngine) -> Callable[[str, dt.datetime, str], Awaitable[None]]:
    """Tells the other workers that an upstream at this origin is not to be asked until then."""

    async def tell(origin: str, until: dt.datetime, why: str) -> None:
        try:
            async with AsyncSession(engine) as session, session.begin():
                await session.execute(TELL, {"origin": origin, "until": until, "why": why})
        except (DBAPIError, OSError):  # here it is heeded all the same
            log.warning("the others could not be told that %s %s", origin, why, exc_info=True)

    return tell


async def heed(engine: AsyncEngine, gates: Gates, now: dt.datetime) -> None:
    """Close the gates of the upstreams that other workers were told not to ask."""
    async with AsyncSession(engine) as session:
        closed = await session.execute(
            select(IngestHost.origin, IngestHost.closed_until, IngestHost.why).where(
                IngestHost.closed_until > now
            )
        )
        for origin, until, why in closed:
            gates.close(origin, until, why)
