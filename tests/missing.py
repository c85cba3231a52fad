"""What a test does where a tool that it needs is not installed."""

import os
from typing import NoReturn

import pytest


def missing(tool: str) -> NoReturn:
    """Skip, saying what to install; fail under CI=true, so that nothing is left out unseen."""
    if os.environ.get("CI") == "true":
        pytest.fail(tool)
    pytest.skip(tool)
