"""Upstreams that are not to be asked for a while: what one worker is told, the others heed."""

import datetime as dt
from collections.abc import Awaitable, Callable

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.ingest import IngestHost
from ingest.limits import Gates


def announce(engine: AsyncEngine) -> Callable[[str, dt.datetime, str], Awaitable[None]]:
    """Tells the other workers that an upstream at this origin is not to be asked until then."""

    async def tell(origin: str, until: dt.datetime, why: str) -> None:
        async with AsyncSession(engine) as session, session.begin():
            await session.execute(delete(IngestHost).where(IngestHost.origin == origin))
            row = {"origin": origin, "closed_until": until, "why": why}
            await session.execute(insert(IngestHost).values(row))

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
