"""Engines, and a database with the small directory, for the tests of this folder."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import create_engine
from tests.db.small import SMALL, loaded


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """On a fresh, migrated, empty database."""
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
def small_url(new_database: Callable[[], str]) -> str:
    """The URL of a database that holds `SMALL`, for tests that leave nothing behind."""

    async def fill(url: str) -> None:
        engine = create_engine(url)
        await loaded(engine, *SMALL)
        await engine.dispose()

    url = new_database()
    asyncio.run(fill(url))
    return url


@pytest.fixture
async def small(small_url: str) -> AsyncIterator[AsyncEngine]:
    """On the database with `SMALL`."""
    engine = create_engine(small_url)
    yield engine
    await engine.dispose()
