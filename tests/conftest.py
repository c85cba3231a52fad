"""What every test shares: databases of both kinds, and the counts that a run reached."""

import asyncio
import datetime as dt
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from db import migrate
from db.engine import create_engine
from db.load import load
from tests.counts import PROVE, REACHED
from tests.missing import missing
from tests.postgres import NoPostgres, running

DIRECTORY = Path(__file__).parents[1] / "data" / "directory.jsonl"
"""The starter directory."""

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
"""When `directory_url` was loaded: the scores are those of this day."""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The database that a test runs on: each test that has one runs on both."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server: the URL of a database on it, with `{name}` in place of its name."""
    try:
        with running() as url:
            yield url
    except NoPostgres as error:
        missing(str(error))


@pytest.fixture(scope="session")
def new_database(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Call it for the URL of a fresh, migrated, empty database."""
    numbers = itertools.count()
    if backend == "sqlite":
        folder = tmp_path_factory.mktemp("sqlite")
        first = folder / "empty.sqlite3"
        asyncio.run(_migrate(f"sqlite:///{first}"))

        def copy_file() -> str:
            file = folder / f"{next(numbers)}.sqlite3"
            shutil.copy(first, file)
            return f"sqlite:///{file}"

        return copy_file

    server: str = request.getfixturevalue("postgres")
    asyncio.run(_execute(server, "CREATE DATABASE empty"))
    asyncio.run(_migrate(server.format(name="empty")))

    def copy_template() -> str:
        name = f"test{next(numbers)}"
        asyncio.run(_execute(server, f"CREATE DATABASE {name} TEMPLATE empty"))
        return server.format(name=name)

    return copy_template


@pytest.fixture
def database_url(
    backend: str, new_database: Callable[[], str], request: pytest.FixtureRequest
) -> Iterator[str]:
    """The URL of a fresh, migrated, empty database, for one test alone."""
    server = request.getfixturevalue("postgres") if backend == "postgresql" else None
    url = new_database()
    yield url
    if server is not None:
        asyncio.run(_execute(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)"))


@pytest.fixture(scope="session")
def directory_url(new_database: Callable[[], str]) -> str:
    """The URL of a database with the starter directory, loaded at `NOW`. Tests only read it."""
    url = new_database()
    asyncio.run(_load(url))
    return url


async def _load(url: str) -> None:
    engine = create_engine(url)
    with DIRECTORY.open("rb") as lines:
        async with AsyncSession(engine) as session, session.begin():
            await load(session, lines, now=NOW)
    await engine.dispose()


async def _migrate(url: str) -> None:
    engine = create_engine(url)
    await migrate.upgrade(engine)
    await engine.dispose()


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server.format(name="postgres"))
    await connection.execute(statement)
    await connection.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its counts to the controller."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["reached"] = dict(REACHED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The controller adds a worker's counts; one that crashed has none."""
    REACHED.update(getattr(node, "workeroutput", {}).get("reached", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what this run reached."""
    if REACHED:
        size = "promised counts" if PROVE else "small sizes; `make prove` runs the promised counts"
        terminalreporter.section(f"reached ({size})")
        for name, count in sorted(REACHED.items()):
            terminalreporter.line(f"{count:>9,}  {name}")
