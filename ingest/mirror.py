"""Copies a running Django Packages through its API v4: page by page, each in its own transaction.

What a page says and how far the mirror has come are committed together, so that one that is
interrupted goes on there. A page that is read twice changes nothing the second time.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.base import Base
from db.category import Category
from db.edit import Edit
from db.grid import Grid
from db.ingest import Mirror
from db.keys import FIRST_OWN_NUMBER
from db.package import Package
from db.token import Actor, Role
from db.writer import Writer
from ingest.django_packages import Item, Page, base_of, fetch, parse
from ingest.http import Client
from ingest.mirror_merge import Merged, merge
from ingest.mirror_report import Finding, What, subject
from ingest.settings import IngestSettings

ACTOR = Actor("mirror", Role.ADMIN)

RESOURCES: dict[str, type[Base]] = {"categories": Category, "grids": Grid, "packages": Package}
"""In the order in which they refer to each other."""

SIZE = 100
"""Rows of a page."""

AT = select(Mirror.resource, Mirror.offset, Mirror.started).where(Mirror.url == bindparam("of"))
LEAVE = delete(Mirror).where(Mirror.url == bindparam("of"))
ARRIVE = insert(Mirror)


@dataclass(frozen=True, slots=True)
class Turn:
    """A page as it was read: from which row on, and where the next begins."""

    resource: str
    page: Page
    offset: int
    after: int

    @property
    def is_last(self) -> bool:
        return not self.page.size or self.after >= self.page.count

    def __str__(self) -> str:
        done = min(self.after, self.page.count)
        return f"{self.resource} {done:,} of {self.page.count:,}"


Tell = Callable[[str, list[Finding]], None]
"""Is told of each page that is recorded: which it is, and what was found."""


async def run(
    engine: AsyncEngine, settings: IngestSettings, url: str, tell: Tell, *, is_dry: bool
) -> None:
    """Mirror the site at `url`, or only compare. Raises UpstreamError, Busy."""
    base = base_of(url)
    async with Client(settings, bases=[base]) as client:
        await (compare if is_dry else mirror)(engine, client, base, tell)


async def mirror(engine: AsyncEngine, client: Client, base: str, tell: Tell) -> None:
    """Bring the directory to what the API at `base` has, from where the last mirror came to.

    Raises UpstreamError, Busy; what was told of is recorded then, and the next mirror goes on.
    """
    writer = Writer(engine)
    try:
        at, offset = await writer.run(ACTOR, partial(_position, base=base))
        for resource in _from(at):
            found = Merged()
            # What went away since would have moved rows to the page before.
            async for turn in pages(client, base, resource, max(0, offset - SIZE)):
                merged = await writer.run(ACTOR, partial(_record, base=base, turn=turn))
                tell(str(turn), merged.findings)
                found.add(merged)
            if again := _again(found):
                work = partial(_record_again, model=RESOURCES[resource], again=again, found=found)
                tell(f"{resource} again", (await writer.run(ACTOR, work)).findings)
            offset = 0
    finally:
        await writer.close()


async def compare(engine: AsyncEngine, client: Client, base: str, tell: Tell) -> None:
    """Tell what a mirror from the beginning would find, and change nothing.

    Raises UpstreamError, Busy.
    """
    turns = {name: [turn async for turn in pages(client, base, name, 0)] for name in RESOURCES}

    async def work(edit: Edit) -> list[tuple[str, list[Finding]]]:
        told = []
        for resource, of_resource in turns.items():
            found = Merged()
            for turn in of_resource:
                merged = await _merged(edit, turn)
                told.append((str(turn), merged.findings))
                found.add(merged)
            if again := _again(found):
                merged = await merge(edit, RESOURCES[resource], again, found.vanished)
                told.append((f"{resource} again", merged.findings))
        return told

    writer = Writer(engine)
    try:
        for place, findings in await writer.run(ACTOR, work):
            tell(place, findings)
    finally:
        await writer.close()


async def pages(client: Client, base: str, resource: str, offset: int) -> AsyncIterator[Turn]:
    """The pages of a resource, from a row on. Raises UpstreamError.

    Each begins with the row that the one before ended with, and where there are fewer rows than
    before, by as many sooner: no row is missed that moved towards the beginning.
    """
    count = 0
    while True:
        page = parse(resource, await fetch(client.requests(), base, resource, offset, SIZE))
        missing, count = max(0, count - page.count), page.count
        if missing and offset:
            offset = max(0, offset - missing)
            continue
        turn = Turn(resource, page, offset, offset + page.size)
        yield turn
        if turn.is_last:
            return
        offset = max(turn.after - 1, offset + 1)


def _from(resource: str) -> list[str]:
    """A resource and those after it."""
    names = [*RESOURCES]
    return names[names.index(resource) :]


async def _position(edit: Edit, *, base: str) -> tuple[str, int]:
    """Where a mirror goes on, else where it begins."""
    found = (await edit.session.execute(AT, {"of": base})).first()
    return (found.resource, found.offset) if found else (next(iter(RESOURCES)), 0)


async def _record(edit: Edit, *, base: str, turn: Turn) -> Merged:
    """Write what a page says, and that it is written."""
    merged = await _merged(edit, turn)
    await edit.finish()
    found = (await edit.session.execute(AT, {"of": base})).first()
    await edit.session.execute(LEAVE, {"of": base})
    rest, offset = _from(turn.resource), turn.after
    if turn.is_last:
        rest, offset = rest[1:], 0
    if rest:
        started = found.started if found else edit.now
        position = {"url": base, "resource": rest[0], "offset": offset, "started": started}
        await edit.session.execute(ARRIVE, position)
    await edit.session.commit()
    return merged


def _again(found: Merged) -> list[Item]:
    """Those that were taken for others, which are not there any more."""
    return [item for item, number in found.duplicates if number in found.vanished]


async def _record_again(
    edit: Edit, *, model: type[Base], again: list[Item], found: Merged
) -> Merged:
    merged = await merge(edit, model, again, found.vanished)
    await edit.finish()
    await edit.session.commit()
    return merged


async def _merged(edit: Edit, turn: Turn) -> Merged:
    """Put a page into the edit; what there is to tell of it, and of what it should have."""
    model = RESOURCES[turn.resource]
    merged = await merge(edit, model, turn.page.items)
    failures = [*turn.page.wrong]
    if not turn.page.size and turn.offset < turn.page.count:
        failures.append(f"row {turn.offset + 1:,} of {turn.page.count:,} was not given")
    merged.findings += [Finding(What.FAILED, turn.resource, failure) for failure in failures]
    for number, slug in await _vanished(edit, model, turn):
        called = subject(model, number, slug)
        merged.findings.append(Finding(What.VANISHED, called, "it is here, and not there"))
        merged.vanished.add(number)
    return merged


async def _vanished(edit: Edit, model: type[Base], turn: Turn) -> list[tuple[int, str]]:
    """The numbers and slugs of rows here that the page would have, if they were there still.

    None where the rows there are not in the order of their numbers.
    """
    numbers = [item.number for item in turn.page.items]
    is_falling = numbers == sorted(numbers, reverse=True)
    is_empty = not (turn.page.size or turn.offset)
    if not (is_falling or numbers == sorted(numbers)) or not (numbers or is_empty):
        return []
    has_lowest, has_highest = turn.is_last, not turn.offset
    if not is_falling:
        has_lowest, has_highest = has_highest, has_lowest
    low = 0 if has_lowest else min(numbers)
    high = FIRST_OWN_NUMBER if has_highest else max(numbers)
    number, slug = model.__table__.c.database_id, model.__table__.c.slug
    within = select(number, slug).where(number > low, number < high).order_by(number)
    rows = (await edit.session.execute(within)).all()
    return [(row.database_id, row.slug) for row in rows if row.database_id not in numbers]
