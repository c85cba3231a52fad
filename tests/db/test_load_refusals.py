"""What a load refuses, and how it says so."""

import json

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.errors import LoadError
from db.load import load
from tests.conftest import NOW
from tests.db.small import APPS, Q2, QUEUES, SMALL, Q, Row, changed, everything, loaded


async def refused(engine: AsyncEngine, *rows: Row | str) -> list[str]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    with pytest.raises(LoadError) as error:
        async with AsyncSession(engine) as session, session.begin():
            await load(session, lines, now=NOW)
    return error.value.problems


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('{"type": "package"', "not JSON in UTF-8: unexpected end of data at column 19"),
        ("[]", 'expected an object with "type": category, grid or package'),
        (
            '{"type": "grid", "slug": "a", "title": "A", "slug": "b"}',
            "the key 'slug' is there twice",
        ),
        (
            json.dumps(changed(QUEUES, features=[{"title": "A"}])).replace(
                '"A"', '"A", "title": 1'
            ),
            "the key 'title' is there twice in one object",
        ),
        ("[" * 1_020 + "]" * 1_020, "expected "),
        ('{"type": "grid", "": 1, "": 2}', "the key '' is there twice in one object"),
        ('{"type": "grid", "type": "grid"}', "the key 'type' is there twice in one object"),
        ({"type": "pakage"}, 'expected an object with "type": category, grid or package'),
        (changed(Q2, slug="ein leerer"), "slug: expected 1 to 100 letters, digits, '_' and '-'"),
        (changed(Q2, stars=1), "packages have no 'stars'"),
        (changed(Q2, title=""), "title: expected a text that is not empty"),
        (changed(Q2, title="x" * 101), "title: expected 100 characters at most, not 101"),
        (changed(Q2, title="a\x00b"), "title: expected a text without control characters"),
        (changed(Q2, title="a\nb"), "title: expected a text without control characters"),
        (changed(Q2, title=None), "title: expected a text"),
        (changed(Q2, repoDescription="x" * 1001), "repoDescription: expected 1,000 characters"),
        (changed(APPS, description="x" * 20_001), "description: expected 20,000 characters"),
        (changed(Q2, repoWatchers=True), "repoWatchers: expected a whole number from 0"),
        (changed(Q2, repoWatchers=-1), "repoWatchers: expected a whole number from 0"),
        (changed(Q2, repoWatchers=2**31), "repoWatchers: expected a whole number from 0"),
        (changed(Q2, isArchived=1), "isArchived: expected true or false"),
        (changed(Q2, created="2026-01-01T00:00:00"), "created: expected a date and time with an"),
        (changed(Q2, created="0001-01-01T00:00:00+14:00"), "created: expected a date and time"),
        (changed(Q2, documentationUrl="ftp://x.org"), "documentationUrl: expected an address"),
        (changed(Q2, documentationUrl="javascript:1"), "documentationUrl: expected an address"),
        (changed(Q2, documentationUrl="http://[x"), "documentationUrl: expected an address"),
        (changed(Q2, repoUrl="https://github.com/x"), "repoUrl: expected the address of a repo"),
        (changed(Q2, repoUrl="https://x.org/" + "y" * 2000), "repoUrl: expected 2,000 characters"),
        (changed(Q2, pypiName="!"), "pypiName: expected a PyPI project name"),
        (changed(Q2, developmentStatus="DONE"), "developmentStatus: expected one of PLANNING,"),
        (changed(Q2, commitsOver52=[1]), "commitsOver52: expected the counts of 52 weeks"),
        (changed(Q2, licenses=["MIT", ""]), "licenses: 2. expected a text that is not empty"),
        (changed(Q2, category="none"), "category: 'none' is not there"),
        (changed(Q2, grids=["none"]), "grids: 'none' is not there"),
        (changed(Q2, cells={"queues": {"Broker": "no"}}), "cells: the package is not in the grid"),
        (
            changed(Q2, grids=["queues"], cells={"queues": {"None": "no"}}),
            "cells: 'queues' has no feature 'None'",
        ),
        (
            changed(Q2, grids=["queues"], cells={"queues": {"Broker": " "}}),
            "cells: 'queues' 'Broker' expected a text that is not empty",
        ),
        (changed(Q2, replacedBy="none"), "replacedBy: 'none' is not there"),
        (changed(Q2, replacedBy="django-q2"), "replacedBy: it leads back to the package itself"),
        (changed(Q2, versions=[{}]), "versions: 1. versions need a number"),
        (changed(Q2, versions=[{"number": "1"}] * 2), "versions: number '1' is there twice"),
        (changed(QUEUES, features=[{"title": "A"}] * 2), "features: title 'A' is there twice"),
        (
            changed(QUEUES, slug="x", features=[{"title": f"{n}"} for n in range(101)]),
            "features: expected a list of 100 at most",
        ),
        (
            changed(QUEUES, features=[{"title": f"{n}"} for n in range(99)]),
            "features: expected 100 at most in a grid",
        ),
        (changed(Q2, databaseId=1_000_009), "databaseId 1000009 is not there; new ones are given"),
        (changed(Q2, databaseId=2948), "its slug is that of number 1000002"),
        (changed(Q, databaseId=5), "its slug is that of number 2948"),
        (changed(Q2, repoUrl=Q["repoUrl"]), "its repoUrl is that of number 2948"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
async def test_what_is_wrong_is_refused_with_its_line(
    small: AsyncEngine, row: Row | str, problem: str
) -> None:
    before = await everything(small)
    other = {"type": "package", "slug": "fine", "title": "Fine", "category": "apps"}
    found = await refused(small, other, "", row)
    assert found[0].startswith(f"line 3: {problem}")
    assert await everything(small) == before


async def test_lines_that_take_the_same_are_refused(engine: AsyncEngine) -> None:
    assert await refused(
        engine,
        APPS,
        changed(APPS, slug="APPS", databaseId=2),
        Q,
        changed(Q2, slug="DJANGO-Q"),
        changed(Q2, databaseId=2948, slug="x"),
        changed(Q2, repoUrl="http://www.github.com/koed00/DJANGO-Q/tree/main", slug="y"),
        QUEUES,
    ) == [
        "line 2: its slug is that of line 1",
        "line 4: its slug is that of line 3",
        "line 5: its databaseId is that of line 3",
        "line 5: its repoUrl is that of line 4",
        "line 6: its repoUrl is that of line 3",
    ]


async def test_lines_that_take_the_same_are_told_of_with_those_that_refer_to_nothing(
    engine: AsyncEngine,
) -> None:
    cells = {"queues": {"None": "no"}, "other": {"Broker": "no"}}
    lost = changed(Q, category="none", grids=["queues", "none"], cells=cells, replacedBy="none")
    assert await refused(
        engine, APPS, QUEUES, lost, changed(QUEUES, title="Again"), changed(Q2, databaseId=2948)
    ) == [
        "line 3: category: 'none' is not there",
        "line 3: replacedBy: 'none' is not there",
        "line 3: grids: 'none' is not there",
        "line 3: cells: 'queues' has no feature 'None'",
        "line 3: cells: the package is not in the grid 'other'",
        "line 4: its slug is that of line 2",
        "line 5: its databaseId is that of line 3",
    ]


async def test_a_line_that_cannot_be_read_may_be_what_others_refer_to(engine: AsyncEngine) -> None:
    assert await refused(engine, changed(APPS, title=""), Q2, changed(Q2, slug="x")) == [
        "line 1: title: expected a text that is not empty",
        "line 3: its repoUrl is that of line 2",
    ]


async def test_two_lines_about_one_row_are_refused(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    by_slug = {"type": "package", "slug": "django-q", "title": "Q", "category": "apps"}
    assert await refused(engine, changed(Q, slug="new"), by_slug) == [
        "line 2: it is about the same row as line 1"
    ]


async def test_the_first_20_problems_are_told_at_once(engine: AsyncEngine) -> None:
    problems = await refused(engine, *[{"type": "package"}] * 30)
    assert len(problems) == 21
    assert problems[:4] == [
        "line 1: packages need a title",
        "line 1: packages need a slug",
        "line 1: packages need a category",
        "line 2: packages need a title",
    ]
    assert problems[-1] == "these are the first 20"


async def test_replacements_that_go_round_in_a_circle_are_refused(engine: AsyncEngine) -> None:
    third: Row = {"type": "package", "slug": "q3", "title": "Q3", "category": "apps"}
    chain = [changed(Q, replacedBy="django-q2"), changed(Q2, replacedBy="q3")]
    circle = "replacedBy: it leads back to the package itself"
    assert await refused(engine, APPS, QUEUES, *chain, changed(third, replacedBy="django-q")) == [
        f"line 3: {circle}",
        f"line 4: {circle}",
        f"line 5: {circle}",
    ]
    await loaded(engine, APPS, QUEUES, *chain, third)
    assert await refused(engine, changed(third, replacedBy="django-q")) == [f"line 1: {circle}"]
