"""The feed: the numbers of changes, from a place in the log on and for as long as it grows.

A subscriber pulls: it reads the log itself and takes the next number once it is done with the one
before. So nothing is kept for it, however slow it is, and the switch from what was to what comes
can neither lose nor repeat a change: numbers are in the order of the commits (see `db.change`).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable
from functools import lru_cache, partial
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Dialect, Text, bindparam, select
from sqlalchemy.sql.compiler import SQLCompiler

from db.change import Change
from db.head import Head
from db.read import Reader, Statement
from db.sql import Spelled, limited

logger = logging.getLogger(__name__)

T = TypeVar("T")

About: TypeAlias = tuple[str, int] | None
"""Whose changes: `NodeType`'s name and the object's own key; all changes where it is None."""

BATCH = 100
"""How many numbers are read at once."""

LOOK = 0.05
"""Seconds until it is looked again whether anything was committed, while somebody waits."""

PAUSE = 1.0
"""Seconds until it is tried again after a failure."""

NEWEST = Statement("SELECT CAST(coalesce(max(id), 0) AS TEXT) FROM change")


class Listed(Spelled):
    """Aggregate: numbers as one text, with commas between them; NULL where there are none."""

    type = Text()
    sqlite = "group_concat({0})"
    postgresql = "string_agg(CAST({0} AS text), ',')"


class Feed:
    """One for a process. It looks at the database while somebody waits for a change; else at none.

    `head` tells without a statement that nothing was committed; where it is None, or does not know,
    the newest change is asked for each time.
    """

    def __init__(self, reader: Reader, head: Head | None) -> None:
        self._reader = reader
        self._head = head
        self._known = 0
        self._waiting = 0
        self._grown = asyncio.Event()
        self._following: asyncio.Task[None] | None = None
        self._reads: dict[Hashable, asyncio.Task[Any]] = {}

    async def newest(self) -> int:
        """The number of the newest change that is committed; 0 where there is none."""
        (number,) = await self._reader.row(NEWEST, [])
        return int(number or 0)

    async def changes(self, position: int, about: About = None) -> AsyncIterator[int]:
        """The numbers of the changes after `position`, in order, those to come too: without end.

        Raises what a read raises: the next subscriber may go on from the last number that it had.
        """
        while True:
            known = self._known  # before the read, which has all up to here
            asked = partial(self._after, position, about)
            numbers = await self.once((position, about, known), asked)
            for number in numbers:
                yield number
            if len(numbers) == BATCH:
                position = numbers[-1]
            else:
                position = max(position, known, *numbers)
                await self._beyond(position)

    async def once(self, key: Hashable, read: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `read` gives; one that is under way is for all who ask for its `key` meanwhile.

        A change wakes all subscribers at once, and many of them follow the same.
        """
        task = self._reads.get(key)
        if task is None:
            task = self._reads[key] = asyncio.create_task(read())
            task.add_done_callback(lambda _: self._reads.pop(key))
        found: T = await asyncio.shield(task)
        return found

    async def _after(self, position: int, about: About) -> list[int]:
        """The numbers of the first changes after `position`."""
        statement, sql = _after(self._reader.dialect, about is not None)
        node_type, node_id = about or (None, None)
        given = {"position": position, "node_type": node_type, "node_id": node_id}
        assert sql.positiontup is not None
        values = [given.get(name, sql.params[name]) for name in sql.positiontup]
        (text,) = await self._reader.row(statement, values)
        return sorted(map(int, text.split(b","))) if text else []

    async def _beyond(self, position: int) -> None:
        """Return once there is a change after `position`."""
        self._waiting += 1
        try:
            if self._following is None or self._following.done():
                self._following = asyncio.create_task(self._follow())
            while self._known <= position:
                await self._grown.wait()
        finally:
            self._waiting -= 1

    async def _follow(self) -> None:
        """Look for new changes until nobody waits for one."""
        seen = None
        while self._waiting:
            head = self._head.now() if self._head else None  # before the read, which may be newer
            if head is None or head != seen:
                try:
                    newest = await self.newest()
                except Exception as error:
                    logger.warning("the log of changes cannot be read: %r", error)
                    await asyncio.sleep(PAUSE)
                    continue
                seen = head
                if newest > self._known:
                    self._known = newest
                    self._grown.set()
                    self._grown = asyncio.Event()
            await asyncio.sleep(LOOK)

    async def close(self) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait([self._following])


@lru_cache(maxsize=8)
def _after(dialect: Dialect, of_one: bool) -> tuple[Statement, SQLCompiler]:
    """Selects the numbers of the first changes after `position`, maybe of one object alone."""
    rows = select(Change.id).where(Change.id > bindparam("position")).order_by(Change.id)
    if of_one:
        rows = rows.where(
            Change.node_type == bindparam("node_type"), Change.node_id == bindparam("node_id")
        )
    numbers = limited(rows, BATCH).subquery()
    sql = select(Listed(numbers.c.id)).compile(dialect=dialect)
    return Statement(sql.string), sql
