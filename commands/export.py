"""`python server.py export`: the directory as files."""

import enum
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.base import DatabaseUrl, console, fail, run, settings_with_database
from db import migrate as migrations
from db.export import snapshot, write_lines, write_tables
from db.export_sqlite import write_sqlite


class Format(enum.StrEnum):
    NDJSON = "ndjson"
    CSV = "csv"
    SQLITE = "sqlite"


def export(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="What is made: a file, of csv a folder. ndjson goes to the output without one.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Format,
        typer.Option("--format", metavar="ndjson|csv|sqlite", help="docs/export.md tells of them."),
    ] = Format.NDJSON,
    database_url: DatabaseUrl = None,
) -> None:
    """Write the directory: as lines that `load` reads, as tables, or as a database to serve.

    It is the directory of one moment, whatever is edited meanwhile; nobody waits for it.
    """
    if file is None and form is not Format.NDJSON:
        fail(f"{form} needs a name for the {'folder' if form is Format.CSV else 'file'} it makes")
    for path in (file, _unfinished(file)) if file else ():
        if path.exists():
            fail(f"{path} is there already")
    settings = settings_with_database(database_url, "there is nothing to export")
    url = settings.database_url.get_secret_value()
    run(migrations.prepare(url))
    for name, count in run(_written(url, form, file)).items():
        console.print(f"{name:16}{count:10,}")


def _unfinished(file: Path) -> Path:
    return file.with_name(f"{file.name}.unfinished")


async def _written(url: str, form: Format, file: Path | None) -> dict[str, int]:
    """Write it under another name first: what has its own name is whole."""
    async with snapshot(url) as connection:
        if file is None:
            return await write_lines(connection, sys.stdout.buffer)
        unfinished = _unfinished(file)
        if form is Format.CSV:
            unfinished.mkdir()
            counts: dict[str, int] = await write_tables(connection, unfinished)
        elif form is Format.SQLITE:
            counts = await write_sqlite(connection, unfinished)
        else:
            with unfinished.open("xb") as lines:
                counts = await write_lines(connection, lines)
    unfinished.rename(file)
    return counts
