"""What all commands do alike: read the settings, open the database, say what is wrong."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import migrate as migrations
from db.engine import create_engine, masked
from db.errors import Busy, DatabaseUnavailable, LoadError
from db.token import TokenError
from web.settings import AnySettings, BadSetting, Settings, read

if TYPE_CHECKING:
    from ingest.settings import IngestSettings

T = TypeVar("T")

MENDABLE = (Busy, DatabaseUnavailable, LoadError, TokenError, OSError)
"""What a person can mend; the text says how."""

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
    return _read_or_fail(Settings, **given)


def ingest_settings() -> "IngestSettings":
    """As `settings_of`, of ingest."""
    # Here, since no server without a worker need wait for it.
    from ingest.settings import IngestSettings

    return _read_or_fail(IngestSettings)


def _read_or_fail(settings: type[AnySettings], **given: Any) -> AnySettings:
    try:
        return read(settings, **given)
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
    except MENDABLE as error:
        fail(str(error))
    except ExceptionGroup as group:
        if group.split(MENDABLE)[1] is not None:
            raise
        first: Exception = group
        while isinstance(first, ExceptionGroup):
            first = first.exceptions[0]
        fail(str(first))


class Stopped(Exception):
    """A signal asked the program to end; the exit code says which."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


class Stop:
    """Heeds SIGINT and SIGTERM from now on, in `until_stopped` alone.

    Elsewhere nothing is cut short: a connection that is just being opened or closed does not bear
    it. A second SIGINT ends the program at once.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._number: asyncio.Future[int] = loop.create_future()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop, number)

    def _stop(self, number: int) -> None:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
        if not self._number.done():
            self._number.set_result(number)

    async def until_stopped(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` gives. Raises Stopped, once it is cancelled and has come to its end."""
        task = asyncio.create_task(work)
        either: list[asyncio.Future[Any]] = [task, self._number]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
            if task.cancelled():
                raise Stopped(self._number.result())
        return task.result()


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
