"""`python server.py refresh`: what is due is fetched, once."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from commands.base import (
    DatabaseUrl,
    Stop,
    Stopped,
    console,
    ingest_settings,
    run,
    settings_with_database,
)
from db import migrate as migrations
from db.engine import create_engine
from db.package import Package
from db.text import fold

if TYPE_CHECKING:
    from ingest.plan import Want
    from ingest.progress import Count, Failure
    from ingest.settings import IngestSettings

    Report = tuple[list[Count], list[Failure]]

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
DURATION = re.compile(r"([0-9]{1,5})([smhdw])")


def duration(text: str) -> dt.timedelta:
    """`90s`, `30m`, `24h`, `7d`, `2w`. Raises ValueError."""
    parts = DURATION.fullmatch(text)
    if parts is None:
        raise ValueError(f"expected a number and one of s, m, h, d, w, like 24h, not {text!r}")
    return dt.timedelta(**{UNITS[parts[2]]: int(parts[1])})


def refresh(
    context: typer.Context,
    only: Annotated[str | None, typer.Option(metavar="SOURCE", help="From there alone.")] = None,
    package: Annotated[
        str | None, typer.Option(metavar="SLUG", help="This one, whether it is due or not.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="So many packages at most, the longest due first.")
    ] = None,
    stale: Annotated[
        str | None,
        typer.Option(metavar="AGE", help="What was fetched longer ago: 24h. Due or not."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would change, and write nothing.")
    ] = False,
    is_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Bring every package that is due up to date, from GitHub, PyPI and the like.

    It ends with 1 where something failed, and says what did.
    """
    # Here, since what fetches takes 1.3 s that no server needs.
    from commands.showing import print_summary, put_summary
    from ingest.plan import Want
    from ingest.sources import SOURCES

    def refuse(option: str, message: str) -> typer.BadParameter:
        return typer.BadParameter(message, ctx=context, param_hint=option)

    if only is not None and only not in SOURCES:
        raise refuse("--only", f"expected one of {', '.join(SOURCES)}, not {only!r}")
    try:
        age = None if stale is None else duration(stale)
    except ValueError as error:
        raise refuse("--stale", str(error)) from None
    want = Want(only=only, package=package, limit=limit, stale=age)
    url = settings_with_database(database_url, "nothing is due").database_url.get_secret_value()
    ingest = ingest_settings()
    work = _compared if dry_run else _fetched
    try:
        counts, failures = run(work(url, ingest, want, is_json))
    except UnknownPackage:
        raise refuse("--package", f"there is no package {package!r}") from None
    except Stopped as stopped:
        kept = "nothing is recorded" if dry_run else "what is recorded stays"
        console.print(f"Interrupted: {kept}, and the rest is due as before.")
        raise typer.Exit(stopped.code) from None
    if is_json:
        put_summary(counts, failures)
    else:
        print_summary(console, counts, failures)
        if ingest.github_token is None and any(
            count.source == "github" and count.postponed for count in counts
        ):
            console.print("GitHub answers 60 requests an hour without PACKGRID_GITHUB_TOKEN.")
    if any(count.failed for count in counts):
        raise typer.Exit(1)


async def _fetched(url: str, ingest: "IngestSettings", want: "Want", is_json: bool) -> "Report":
    from commands.showing import shown
    from ingest import jobs
    from ingest.refresh import refresh

    stop = Stop()
    await migrations.prepare(url)
    async with jobs.working(url, ingest) as shop:
        await _see_that_there(shop.engine, want)
        with shown(console, is_json=is_json) as see:
            return await stop.until_stopped(refresh(shop, want, see))


async def _compared(url: str, ingest: "IngestSettings", want: "Want", is_json: bool) -> "Report":
    from commands.showing import line, print_difference, put_difference, say
    from ingest.dry_run import dry_run

    stop = Stop()
    engine = create_engine(url)
    try:
        await migrations.see_that_current(engine)
        await _see_that_there(engine, want)
        tell = put_difference if is_json else print_difference
        counts, failures = await stop.until_stopped(dry_run(engine, ingest, want, tell))
        for count in () if is_json else counts:
            say(console, line(count))
        return counts, failures
    finally:
        await engine.dispose()


class UnknownPackage(Exception): ...


async def _see_that_there(engine: AsyncEngine, want: "Want") -> None:
    if want.package is None:
        return
    async with AsyncSession(engine) as session:
        there = select(Package.id).where(Package.slug_folded == fold(want.package))
        if await session.scalar(there) is None:
            raise UnknownPackage
