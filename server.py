"""Packgrid: a GraphQL server for a directory of software packages. This is its command line."""

import asyncio
import datetime as dt
import os
import socket
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.applications import Starlette

from db import migrate as migrations
from db.engine import create_engine
from db.errors import DatabaseUnavailable, LoadError
from db.load import LoadReport
from db.load import load as load_directory
from db.package import Package
from schema.query import build_schema, printed
from web import app as web_app
from web.settings import BadSetting, Settings, read_settings

T = TypeVar("T")

STARTER = Path(__file__).with_name("data") / "directory.jsonl"
FIRST_QUERY = '{ package(by: {slug: "django-q"}) { title repoWatchers grids { title } } }'

cli = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
console = Console(stderr=True, highlight=False)

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        help="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
        show_default="PACKGRID_DATABASE_URL",
    ),
]


def create_app() -> Starlette:
    """The ASGI application on the environment's settings: `uvicorn --factory server:create_app`."""
    try:
        return web_app.create_app(read_settings())
    except BadSetting as error:
        raise SystemExit(f"packgrid: {error}") from None


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes serve.")] = None,
    database_url: DatabaseUrl = None,
    reload: Annotated[bool, typer.Option(help="Start anew when the code changes.")] = False,
) -> None:
    """Serve the directory.

    SQLite's tables are brought up to date, and the starter directory is loaded into an empty file.
    PostgreSQL's tables are left alone: see `migrate` and `load`.
    """
    settings = _settings(host=host, port=port, workers=workers, database_url=database_url)
    _run(_ready(settings))
    _see_that_nobody_listens(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}"
    console.print(f"Packgrid serves at {address}: a browser finds GraphiQL there.", soft_wrap=True)
    console.print(f"A first query to try: {FIRST_QUERY}", soft_wrap=True, markup=False)
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
    )


@cli.command()
def migrate(database_url: DatabaseUrl = None) -> None:
    """Bring the database's tables up to date."""
    settings = _settings(database_url=database_url)
    _run(_with_engine(settings, migrations.upgrade))
    console.print("The tables are up to date.")


@cli.command()
def load(
    file: Annotated[Path, typer.Argument(help="JSON Lines, as data/README.md describes.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Load a file of categories, grids and packages: all of it, or, with an error, nothing.

    Rows that are there already are brought up to date; loading a file twice changes nothing.
    """
    settings = _settings(database_url=database_url)
    _run(migrations.prepare(settings.database_url.get_secret_value()))
    report = _run(_with_engine(settings, lambda engine: _load(engine, file)))
    for table, counts in report.tables.items():
        console.print(
            f"{table:14}{counts.created:8,} created {counts.updated:8,} updated"
            f" {counts.unchanged:8,} unchanged"
        )


@cli.command()
def schema() -> None:
    """Print the GraphQL schema."""
    typer.echo(printed(build_schema()), nl=False)


@cli.command()
def settings() -> None:
    """Print the settings in force, with passwords masked."""
    fields = Settings.model_fields
    for (variable, value), field in zip(_settings().shown().items(), fields.values(), strict=True):
        typer.echo(f"# {field.description}\n{variable}={value}")


def _settings(**given: Any) -> Settings:
    try:
        return read_settings(**given)
    except BadSetting as error:
        _fail(str(error))


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
        _fail(f"cannot listen on {settings.host}, port {settings.port}: {error.strerror}")


def _fail(message: str) -> NoReturn:
    for line in message.splitlines():
        console.print(f"packgrid: {line}", markup=False, soft_wrap=True)
    raise typer.Exit(1)


def _run(coroutine: Coroutine[Any, Any, T]) -> T:
    """What `coroutine` gives; an error that a person can mend ends the program with its text."""
    try:
        return asyncio.run(coroutine)
    except (DatabaseUnavailable, LoadError, OSError) as error:
        _fail(str(error))


async def _with_engine(settings: Settings, use: Callable[[AsyncEngine], Awaitable[T]]) -> T:
    engine = create_engine(settings.database_url.get_secret_value())
    try:
        return await use(engine)
    finally:
        await engine.dispose()


async def _ready(settings: Settings) -> None:
    """A database that can be served from."""
    await migrations.prepare(settings.database_url.get_secret_value())
    await _with_engine(settings, _load_starter)


async def _load_starter(engine: AsyncEngine) -> None:
    """The starter directory, where the database is an empty SQLite file."""
    if engine.dialect.name != "sqlite":
        return
    async with AsyncSession(engine) as session:
        filled = await session.scalar(select(func.count()).select_from(Package))
    if not filled:
        await _load(engine, STARTER)


async def _load(engine: AsyncEngine, file: Path) -> LoadReport:
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
