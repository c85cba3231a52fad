"""What all commands do alike: read the settings, open the database, say what is wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import migrate as migrations
from db.engine import create_engine, masked
from db.errors import Busy, DatabaseUnavailable, LoadError
from db.token import TokenError
from web.settings import BadSetting, Settings, read_settings

T = TypeVar("T")

console = Console(stderr=True, highlight=False)

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        help="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
        show_default="PACKGRID_DATABASE_URL",
    ),
]


def fail(message: str) -> NoReturn:
    """Say what is wrong, and end with 1."""
    for line in message.splitlines():
        console.print(f"packgrid: {line}", markup=False, soft_wrap=True)
    raise typer.Exit(1)


def settings_of(**given: Any) -> Settings:
    """The settings in force; ends here where one cannot be."""
    try:
        return read_settings(**given)
    except BadSetting as error:
        fail(str(error))


def shown_database(settings: Settings) -> str:
    """The database's URL as it may be shown."""
    return masked(make_url(settings.database_url.get_secret_value()))


def settings_with_database(database_url: str | None, without: str) -> Settings:
    """The settings; ends here where they name a file that is not there, and makes none.

    `without` is what follows from that.
    """
    settings = settings_of(database_url=database_url)
    url = make_url(settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        fail(f"{shown_database(settings)} is not there, so {without}")
    return settings


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """What `coroutine` gives; an error that a person can mend ends the program with its text."""
    try:
        return asyncio.run(coroutine)
    except (Busy, DatabaseUnavailable, LoadError, TokenError, OSError) as error:
        fail(str(error))


async def with_engine(settings: Settings, use: Callable[[AsyncEngine], Awaitable[T]]) -> T:
    """What `use` gives, of the engine of the database."""
    engine = create_engine(settings.database_url.get_secret_value())
    try:
        return await use(engine)
    finally:
        await engine.dispose()


def in_session(settings: Settings, use: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """What `use` gives, in one transaction on a database whose tables are up to date."""

    async def in_transaction(engine: AsyncEngine) -> T:
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            return await use(session)

    run(migrations.prepare(settings.database_url.get_secret_value()))
    return run(with_engine(settings, in_transaction))
