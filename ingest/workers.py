"""Which workers are alive: each gives signs of life, and who gave none for long is dead."""

import datetime as dt
import os
import secrets
import socket
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.engine import explained
from db.ingest import IngestWorker

BEAT, DEAD = 20.0, 90.0
"""Seconds between two signs of life, and after how many without one a worker is dead."""


def _machine() -> str:
    """This host, and which processes are seen here: a container may bear its host's name."""
    seen = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()}/{seen.stat().st_ino if seen.exists() else 0}"


MACHINE = _machine()


def new_name() -> str:
    """A name for a worker in this process: no other ever had it."""
    return f"{MACHINE}:{os.getpid()}:{secrets.token_hex(4)}"


async def sign(engine: AsyncEngine, name: str, *, ends: bool = False) -> None:
    """Have a worker give a sign of life, also after it was taken for dead; where it `ends`, have
    whoever looks next take over from it. Raises DatabaseUnavailable.
    """
    now = dt.datetime.now(dt.UTC)
    seen = now - dt.timedelta(seconds=DEAD) if ends else now
    with explained(engine.url):
        async with AsyncSession(engine) as session, session.begin():
            worker = await session.get(IngestWorker, name)
            if worker is None:
                session.add(IngestWorker(id=name, started=now, seen=seen))
            else:
                worker.seen = seen


async def dead(engine: AsyncEngine) -> list[str]:
    """The names of those that are dead."""
    async with AsyncSession(engine) as session:
        return [row.id for row in await session.scalars(select(IngestWorker)) if is_dead(row)]


async def bury(engine: AsyncEngine, names: Collection[str]) -> None:
    """Forget workers that others took over from."""
    async with AsyncSession(engine) as session, session.begin():
        await session.execute(delete(IngestWorker).where(IngestWorker.id.in_(names)))


def is_dead(worker: IngestWorker) -> bool:
    """Whether it gave no sign for long, or was a process of this machine that is not there."""
    machine, pid, _ = worker.id.rsplit(":", 2)
    if machine == MACHINE:
        with suppress(PermissionError):  # another user's
            try:
                os.kill(int(pid), 0)
            except ProcessLookupError:
                return True
    return (dt.datetime.now(dt.UTC) - worker.seen).total_seconds() > DEAD
