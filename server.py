"""Packgrid: a GraphQL server for a directory of software packages. This is its command line."""

import asyncio
import datetime as dt
import os
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import func, make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.applications import Starlette

from db import migrate as migrations
from db.engine import create_engine, masked
from db.errors import Busy, DatabaseUnavailable, LoadError
from db.load import Counts
from db.load import load as load_directory
from db.package import Package
from db.token import Role, Token, TokenError, create, listed, revoke
from schema.query import build_schema, printed
from web import app as web_app
from web import protocol
from web.settings import BadSetting, Settings, read_settings

T = TypeVar("T")

STARTER = Path(__file__).with_name("data") / "directory.jsonl"
FIRST_QUERY = '{ package(by: {slug: "django-q"}) { title repoWatchers grids { title } } }'

cli = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
token_cli = typer.Typer(
    help="Make, list and revoke the tokens by which callers may edit.", no_args_is_help=True
)
cli.add_typer(token_cli, name="token")
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
    for table, counts in report.items():
        console.print(
            f"{table:14}{counts.created:8,} created {counts.updated:8,} updated"
            f" {counts.unchanged:8,} unchanged"
        )


TokenName = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose it is: the log has it by each change.")
]


@token_cli.command("create")
def token_create(
    name: TokenName,
    role: Annotated[
        Role,
        typer.Option(
            case_sensitive=False,
            metavar="reader|editor|admin",
            help="What it allows, each role all that the one before allows.",
        ),
    ],
    days: Annotated[int, typer.Option(help="How long it is good for.")] = 365,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a token and print it, this once: only its hash is kept."""
    now = dt.datetime.now(dt.UTC)
    settings = _settings(database_url=database_url)
    secret = _in_session(settings, lambda session: create(session, name, role, now, days))
    console.print(
        f"A token for {_database(settings)}.\n"
        f"Keep it now, it is not shown again. A request has it as Authorization: Bearer <token>,"
        f" for {days:,} day{'s' if days > 1 else ''}.",
        soft_wrap=True,
        markup=False,
    )
    typer.echo(secret)


@token_cli.command("list")
def token_list(database_url: DatabaseUrl = None) -> None:
    """List all tokens that ever were, the oldest first."""
    now = dt.datetime.now(dt.UTC)
    found = _in_session(_with_tokens(database_url), listed)
    heads = ("NAME", "ROLE", "CREATED", "EXPIRES", "LAST USED", "STATE")
    rows = [heads, *(_told(token, now) for token in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def _told(token: Token, now: dt.datetime) -> tuple[str, ...]:
    state = "revoked" if token.revoked else "expired" if token.expires <= now else "good"
    days = (f"{day:%Y-%m-%d}" for day in (token.created, token.expires))
    used = f"{token.last_used:%Y-%m-%d %H:00} UTC" if token.last_used else "never"
    return token.name, token.role.lower(), *days, used, state


@token_cli.command("revoke")
def token_revoke(name: TokenName, database_url: DatabaseUrl = None) -> None:
    """Let a token be good for nothing, from the next request on. Its name stays taken."""
    now = dt.datetime.now(dt.UTC)
    _in_session(_with_tokens(database_url), lambda session: revoke(session, name, now))
    console.print("The token is revoked.")


def _database(settings: Settings) -> str:
    """The database's URL as it may be shown."""
    return masked(make_url(settings.database_url.get_secret_value()))


def _with_tokens(database_url: str | None) -> Settings:
    """The settings; ends here where they name a file that is not there, and makes none."""
    settings = _settings(database_url=database_url)
    url = make_url(settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        _fail(f"{_database(settings)} is not there, so it has no tokens")
    return settings


def _in_session(settings: Settings, use: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """What `use` gives, in one transaction on a database whose tables are up to date."""

    async def run(engine: AsyncEngine) -> T:
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            return await use(session)

    _run(migrations.prepare(settings.database_url.get_secret_value()))
    return _run(_with_engine(settings, run))


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
    except (Busy, DatabaseUnavailable, LoadError, TokenError, OSError) as error:
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
