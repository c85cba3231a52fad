"""What a run would change: all is fetched, and nothing is written, not even that it was."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.change import ChangeAction, node_type
from db.derived import Values
from db.diff import Diff
from db.edit import Edit
from db.package import Package
from db.version import Version
from db.writer import Writer
from ingest import hosts
from ingest.errors import Later, UpstreamError
from ingest.facts import Subject
from ingest.http import Client
from ingest.plan import Want, look, subjects
from ingest.progress import Count, Failure
from ingest.record import Heard, Tally
from ingest.settings import IngestSettings
from ingest.sources import SOURCES
from ingest.work import Spent, fetch, keep


class Difference(NamedTuple):
    """What a source says otherwise of a package, or of one of its versions, which may be new.

    `diff` is as that of a change: by field, what is there and what would be.
    """

    slug: str
    source: str
    version: str | None
    is_new: bool
    diff: Diff


Tell = Callable[[Difference], None]


async def dry_run(
    engine: AsyncEngine, settings: IngestSettings, want: Want, tell: Tell
) -> tuple[list[Count], list[Failure]]:
    """Tell what would change if what is wanted were fetched; gives what `refresh` gives."""
    now = dt.datetime.now(dt.UTC)
    async with AsyncSession(engine) as session:
        chosen = (await look(session, want, settings, now)).taken
        wanted = {
            source: await subjects(session, source, chosen[source], settings, None)
            for source in SOURCES
            if source in chosen
        }
    writer = Writer(engine)
    try:
        async with Client(settings) as client:
            await hosts.heed(engine, client.gates, now)
            async with asyncio.TaskGroup() as tasks:
                asking = [
                    tasks.create_task(_ask(client, writer, *each, tell)) for each in wanted.items()
                ]
    finally:
        await writer.close()
    told = [task.result() for task in asking]
    return [count for count, _ in told], sorted(chain.from_iterable(each for _, each in told))


async def _ask(
    client: Client, writer: Writer, source: str, wanted: Sequence[Subject], tell: Tell
) -> tuple[Count, list[Failure]]:
    """Ask a source, and tell what it says otherwise."""
    count = Count(source, len(wanted))
    failures: list[Failure] = []

    async def use(heard: list[Heard], spent: Spent) -> None:
        nonlocal count
        differences: list[Difference] = []

        async def end(edit: Edit, of: Sequence[Heard], tally: Tally, spent: Spent) -> None:
            nonlocal count
            differences.extend(_differences(edit, source, await edit.finish()))
            failures.extend(_failures(edit, source, of))
            count = count._replace(
                done=count.done + tally.done,
                changed=count.changed + tally.changed,
                failed=count.failed + tally.failed,
                postponed=count.postponed + tally.postponed,
                requests=count.requests + spent.requests,
                rate_left=spent.left,
            )

        await keep(writer, source, heard, spent, end)
        for difference in differences:
            tell(difference)

    await fetch(client, source, wanted, use)
    return count, failures


def _differences(edit: Edit, source: str, changes: list[Values]) -> Iterator[Difference]:
    packages, versions = edit.rows[Package].after, edit.rows[Version].after
    for change in changes:
        key, version = change["node_id"], None
        if change["node_type"] == node_type(Version):
            row = versions[key]
            key, version = row["package_id"], row["number"]
        is_new = change["action"] == ChangeAction.CREATE.name
        yield Difference(packages[key]["slug"], source, version, is_new, change["diff"])


def _failures(edit: Edit, source: str, heard: Sequence[Heard]) -> Iterator[Failure]:
    packages = edit.rows[Package].after
    for subject, said in heard:
        is_there = subject.package_id in packages
        if is_there and isinstance(said, UpstreamError) and not isinstance(said, Later):
            yield Failure(packages[subject.package_id]["slug"], source, str(said))
