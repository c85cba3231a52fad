"""The parts of a score, as the database works them out, beside the score as Python does."""

import datetime as dt
import json
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest

from db.score import score
from tests.application import Application, application
from tests.resolvers.paged import DIRECTORY, NOW, add

STARS = (None, 0, 1, 2, 3, 7, 9, 10, 13, 99, 1_666, 3_333, 3_334, 3_335, 33_333, 2**31 - 1)
SUPPORTS = (True, False, None)
MONTHS = (None, -5, 0, 2, 3, 10, 23, 24, 26, 27, 29, 30, 33, 57, 300)
"""How long before the score is worked out the date of a release or a commit lies."""

CATEGORY = DIRECTORY[0]

QUERY = """
  query($after: String) {
    packages(first: 100, after: $after) {
      nodes {
        score repoWatchers supportsPython3 lastUpdated
        versions(first: 1) { nodes { uploadedAt } }
        scoreParts { rule points max reason }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
"""


def date(random: Random) -> dt.datetime | None:
    months = random.choice(MONTHS)
    if months is None:
        return None
    return NOW - dt.timedelta(days=30.44 * months, minutes=random.choice((-1, 0, 1)))


def package(number: int, random: Random) -> dict[str, Any]:
    released, updated = date(random), date(random)
    uploaded = {"uploadedAt": released.isoformat()} if released else {}
    found = {
        "type": "package",
        "slug": f"p{number}",
        "title": f"P {number}",
        "category": CATEGORY["slug"],
        "repoWatchers": STARS[number % len(STARS)],
        "supportsPython3": SUPPORTS[number % 3],
        "lastUpdated": updated and updated.isoformat(),
        "versions": random.choice(([], [{"number": "1.0", **uploaded}, {"number": "0.9"}])),
    }
    return {key: value for key, value in found.items() if value is not None}


@pytest.fixture
async def scored(database_url: str) -> AsyncIterator[list[dict[str, Any]]]:
    """The packages of a directory that has every kind of score."""
    random = Random(1)
    await add(database_url, [CATEGORY, *(package(number, random) for number in range(900))])
    async with application(database_url) as app:
        yield await everything(app)


async def everything(app: Application) -> list[dict[str, Any]]:
    nodes, after = [], None
    while True:
        page = (await app.data(QUERY, {"after": after}))["packages"]
        nodes += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return nodes


def instant(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


async def test_the_parts_add_up_to_the_score(scored: list[dict[str, Any]]) -> None:
    assert len(scored) == 900
    assert len({node["score"] for node in scored}) > 80
    for node in scored:
        stars, supports = node["repoWatchers"] or 0, node["supportsPython3"]
        newest = node["versions"]["nodes"]
        released = instant(newest[0]["uploadedAt"]) if newest else None
        updated = instant(node["lastUpdated"])
        points = {part["rule"]: part["points"] for part in node["scoreParts"]}
        assert list(points) == ["STARS", "AGE", "PYTHON3"]
        assert sum(points.values()) == node["score"]
        assert node["score"] == score(stars, supports, released, updated, NOW), node
        # What a package that was just released would lose, in whole stars.
        lost = stars - score(stars, supports, None, None, NOW)
        assert points["STARS"] == stars
        assert 0 <= lost + points["PYTHON3"] <= 1, node
        assert (points["PYTHON3"] == 0) == (bool(supports) or stars < 4), node
        assert [part["max"] for part in node["scoreParts"]] == [None, 0, 0]
        assert max(points["AGE"], points["PYTHON3"]) <= 0, node
        if not (released or updated):
            assert points["AGE"] == -(lost + points["PYTHON3"])


async def test_the_reasons_name_what_is_counted(scored: list[dict[str, Any]]) -> None:
    said: set[str] = set()
    for node in scored:
        stars, age, python3 = (part["reason"] for part in node["scoreParts"])
        newest = node["versions"]["nodes"]
        day = newest[0]["uploadedAt"] if newest else None
        assert ("1.0" in age) == bool(day)
        day = day or node["lastUpdated"]
        assert day is None or day[:10] in age
        assert str(node["repoWatchers"] or "") in stars
        assert ("lost" in python3) == (node["supportsPython3"] is not True)
        said |= {stars.replace(str(node["repoWatchers"]), "N"), age[:14], python3}
    assert len(said) == 3 + 3 + 3, json.dumps(sorted(said), indent=1)
