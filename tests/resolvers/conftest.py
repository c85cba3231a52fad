"""The application over the starter directory, for tests that only read it."""

from collections.abc import AsyncIterator

import pytest

from tests.application import Application, application


@pytest.fixture(scope="session")
async def app(directory_url: str) -> AsyncIterator[Application]:
    async with application(directory_url) as opened:
        yield opened
