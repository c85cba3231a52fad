"""Packgrid: a GraphQL server for a directory of software packages. This is its command line."""

import datetime as dt
import os
import shlex
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import func, make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.applications import Starlette

from commands import token
from commands.base import DatabaseUrl, console, fail, ingest_settings, run, settings_of, with_engine
from commands.export import export
from commands.mirror import mirror
from commands.refresh import refresh
from commands.worker import fetching, prepared
from commands.worker import worker as work
from db import migrate as migrations
from db.engine import masked
from db.load import Counts
from db.load import load as load_directory
from db.package import Package
from schema.query import build_schema, printed
from web import app as web_app
from web import protocol
from web.settings import BadSetting, Settings, read, read_settings

STARTER = Path(__file__).with_name("data") / "directory.jsonl"
FIRST_QUERY = '{ package(by: {slug: "django-q"}) { title repoWatchers grids { title } } }'

cli = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
cli.add_typer(token.cli, name="token")


def create_app() -> Starlette:
    """The ASGI application on the environment's settings: `uvicorn --factory server:create_app`."""
    try:
        settings = read_settings()
        if not settings.worker:
            return web_app.create_app(settings)
        url = settings.database_url.get_secret_value()
        from ingest.settings import IngestSettings  # which takes 0.3 s

        worker = fetching(url, read(IngestSettings), schedule=settings.schedule)
        return web_app.create_app(settings, worker)
    except BadSetting as error:
        raise SystemExit(f"packgrid: {error}") from None


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes serve.")] = None,
    database_url: DatabaseUrl = None,
    reload: Annotated[bool, typer.Option(help="Start anew when the code changes.")] = False,
    worker: Annotated[
        bool | None, typer.Option("--worker", help="Also fetch what curators ask for.")
    ] = None,
    schedule: Annotated[
        bool | None, typer.Option("--schedule", help="With --worker: also fetch what is due.")
    ] = None,
) -> None:
    """Serve the directory.

    SQLite's tables are brought up to date, and the starter directory is loaded into an empty file.
    PostgreSQL's tables are left alone: see `migrate` and `load`.
    """
    given = {"host": host, "port": port, "workers": workers, "worker": worker}
    settings = settings_of(**given, schedule=schedule, database_url=database_url)
    if settings.worker:
        ingest_settings()
    elif settings.schedule:
        raise typer.BadParameter("a schedule is a worker's: --worker", param_hint="--schedule")
    run(_ready(settings))
    if settings.worker:
        run(prepared(settings.database_url.get_secret_value()))
    _see_that_nobody_listens(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}"
    console.print(f"Packgrid serves at {address}: a browser finds GraphiQL there.", soft_wrap=True)
    console.print(f"A first query to try: {FIRST_QUERY}", soft_wrap=True, markup=False)
    console.print(f"A token, to edit: {_token_command(database_url)}", soft_wrap=True, markup=False)
    os.environ.update(settings.environment())
    uvicorn.run(
        "server:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        reload=reload,
        log_level="warning",
        timeout_worker_healthcheck=60,
        access_log=False,
        **protocol.options(settings.body_max),
    )


def _token_command(database_url: str | None) -> str:
    """The command that makes a token for the database served; no password is in it."""
    command = f"{os.path.relpath(sys.executable)} {sys.argv[0]} token create NAME --role editor"
    if database_url is None:
        return command
    url = make_url(database_url)
    if masked(url) != url.render_as_string(hide_password=False):
        return f"PACKGRID_DATABASE_URL=... {command}"
    return f"{command} --database-url {shlex.quote(database_url)}"


@cli.command()
def migrate(database_url: DatabaseUrl = None) -> None:
    """Bring the database's tables up to date."""
    settings = settings_of(database_url=database_url)
    run(with_engine(settings, migrations.upgrade))
    console.print("The tables are up to date.")


@cli.command()
def load(
    file: Annotated[Path, typer.Argument(help="JSON Lines, as data/README.md describes.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Load a file of categories, grids and packages: all of it, or, with an error, nothing.

    Rows that are there already are brought up to date; loading a file twice changes nothing.
    """
    settings = settings_of(database_url=database_url)
    run(migrations.prepare(settings.database_url.get_secret_value()))
    report = run(with_engine(settings, lambda engine: _load(engine, file)))
    for table, counts in report.items():
        console.print(
            f"{table:14}{counts.created:8,} created {counts.updated:8,} updated"
            f" {counts.unchanged:8,} unchanged"
        )


cli.command()(export)
cli.command()(mirror)
cli.command()(refresh)
cli.command("worker")(work)


@cli.command()
def schema() -> None:
    """Print the GraphQL schema."""
    typer.echo(printed(build_schema()), nl=False)


@cli.command()
def settings() -> None:
    """Print the settings in force, with passwords and tokens masked."""
    for model in (settings_of(), ingest_settings()):
        fields = type(model).model_fields.values()
        for (variable, value), field in zip(model.shown().items(), fields, strict=True):
            typer.echo(f"# {field.description}\n{variable}={value}")


def _see_that_nobody_listens(settings: Settings) -> None:
    """End here where the port is taken: several processes would each find out by themselves."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        fail(f"cannot listen on {settings.host}, port {settings.port}: {error.strerror}")


async def _ready(settings: Settings) -> None:
    """A database that can be served from."""
    await migrations.prepare(settings.database_url.get_secret_value())
    await with_engine(settings, _load_starter)


async def _load_starter(engine: AsyncEngine) -> None:
    """The starter directory, where the database is an empty SQLite file."""
    if engine.dialect.name != "sqlite":
        return
    async with AsyncSession(engine) as session:
        filled = await session.scalar(select(func.count()).select_from(Package))
    if not filled:
        await _load(engine, STARTER)


async def _load(engine: AsyncEngine, file: Path) -> dict[str, Counts]:
    with (
        Progress(
            TextColumn("Loading {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
        ) as bar,
        file.open("rb") as lines,
    ):
        task = bar.add_task(file.name, total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        async with AsyncSession(engine) as session, session.begin():
            now = dt.datetime.now(dt.UTC)
            return await load_directory(session, lines, now=now, progress=progress)


if __name__ == "__main__":
    cli()
