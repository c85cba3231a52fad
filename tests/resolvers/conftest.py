"""The application over two directories, for tests that only read them."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.application import Application, application
from tests.resolvers.paged import filled


@pytest.fixture(scope="session")
async def app(directory_url: str) -> AsyncIterator[Application]:
    """Over the starter directory."""
    async with application(directory_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def small_url(new_database: Callable[[], str]) -> str:
    """The URL of an empty database, for `small`."""
    return new_database()


@pytest.fixture(scope="session")
async def small(small_url: str) -> AsyncIterator[Application]:
    """Over the directory of tests/resolvers/paged.py."""
    async with filled(small_url) as opened:
        yield opened
