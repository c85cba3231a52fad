"""The counts that the project promises, and how far a run got.

`make test` takes the small sizes, `make prove` (PACKGRID_TESTS=prove) the promised ones.
"""

import os
from collections import Counter

PROVE = os.environ.get("PACKGRID_TESTS") == "prove"

REACHED: Counter[str] = Counter()
"""What the tests of this process did, by name; tests/conftest.py adds up and prints it."""


def pick(*, test: int, prove: int) -> int:
    """The count for this run: `prove` under `make prove`, else `test`."""
    return prove if PROVE else test


def reached(name: str, count: int = 1) -> None:
    """Note that `count` more of `name` are done: "generated queries on SQLite", say."""
    REACHED[name] += count


GENERATED_QUERIES = pick(test=300, prove=5_000)
"""Generated queries whose answer equals a plain execution's, on each database."""

INGESTED = pick(test=60, prove=10_000)
"""Packages that are fetched from the fake of the upstream hosts."""
