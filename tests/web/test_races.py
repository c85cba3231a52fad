"""Scripts that edit at once, over HTTP, by two servers: no update is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.counts import pick, reached
from tests.db.replay import see_that_all_agrees
from tests.db.small import fetch
from tests.web.editing import ERRORS, Given, Office, Script, office

SCRIPTS = pick(test=24, prove=200)
STEPS = pick(test=20, prove=200)

SELECTION = f"{{ package {{ id revision title repoDescription }} {ERRORS} }}"


@pytest.fixture(scope="module")
def url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture(scope="module")
async def both(url: str) -> AsyncIterator[Office]:
    """Two servers for all tests of this module: each edits rows of its own."""
    async with office(url) as both:
        yield both


async def test_of_scripts_that_race_on_a_row_one_wins_each_round(
    both: Office, backend: str
) -> None:
    """Each adds its mark to what it has seen, once: all marks are there in the end."""
    racing = dict(enumerate(both.scripts(SCRIPTS)))
    row: dict[str, Any] = {"id": "Package:2", "revision": 1, "repoDescription": ""}
    conflict = [("expectedRevision", "CONFLICT")]

    async def edit(number: int, script: Script) -> tuple[int, Any]:
        given = {
            "id": row["id"],
            "expectedRevision": row["revision"],
            "repoDescription": f"{row['repoDescription']}{number},",
        }
        return number, await script.edit("packageUpdate", given, SELECTION)

    for revision in range(2, SCRIPTS + 2):
        payloads = dict(await asyncio.gather(*(edit(*each) for each in racing.items())))
        (winner,) = (number for number, payload in payloads.items() if not payload["errors"])
        expected = f"{row['repoDescription']}{winner},"
        row = payloads.pop(winner)["package"]
        assert (row["revision"], row["repoDescription"]) == (revision, expected)
        for payload in payloads.values():
            assert payload["package"] == row
            errors = [(".".join(e["path"][1:]), e["code"]) for e in payload["errors"]]
            assert errors == conflict
        del racing[winner]
    marks = [int(mark) for mark in row["repoDescription"].split(",")[:-1]]
    assert sorted(marks) == list(range(SCRIPTS))
    logged = "SELECT count(*) FROM change WHERE node_type = 'PACKAGE' AND node_id = 2"
    assert await fetch(both.engine, logged) == [(SCRIPTS + 1,)]
    await see_that_all_agrees(both.engine)
    reached(f"scripts that race on one row, one of which wins each round, on {backend}", SCRIPTS)


async def test_scripts_that_try_again_all_get_through(both: Office, backend: str) -> None:
    """Each as fast as it can, with the row that a refusal has."""

    async def add(number: int, script: Script) -> int:
        row = {"revision": 1, "repoDescription": ""}
        for tries in range(1, SCRIPTS + 2):
            given = {
                "id": "Package:4",
                "expectedRevision": row["revision"],
                "repoDescription": f"{row['repoDescription']}{number},",
            }
            payload = await script.edit("packageUpdate", given, SELECTION)
            seen, row = row, payload["package"]
            if not payload["errors"]:
                return tries
            assert row["revision"] > seen["revision"]
        raise AssertionError("it lost more often than there are others")

    tries = await asyncio.gather(*(add(*each) for each in enumerate(both.scripts(SCRIPTS))))
    ((text, revision),) = await fetch(
        both.engine, "SELECT repo_description, revision FROM package WHERE id = 4"
    )
    assert sorted(map(int, text.split(",")[:-1])) == list(range(SCRIPTS))
    assert revision == SCRIPTS + 1
    reached(f"edits of scripts that tried again until they got through, on {backend}", sum(tries))


async def test_without_a_revision_the_last_writer_wins_field_by_field(
    both: Office, backend: str
) -> None:
    fields = ("title", "repoDescription", "documentationUrl", "pypiUrl")
    shown = f"{{ revision {' '.join(fields)} }}"
    selection = f"{{ package {shown} {ERRORS} }}"
    query = f'{{ package(by: {{id: "Package:1"}}) {shown} }}'

    async def write(field: str, script: Script, name: str) -> None:
        for number in range(STEPS):
            given = {"id": "Package:1", field: f"https://e.example/{name}/{number}"}
            payload = await script.made("packageUpdate", given, selection)
            assert payload["package"][field] == given[field]

    scripts = both.scripts(len(fields))
    before = (await scripts[0].data(query))["package"]["revision"]
    await asyncio.gather(*(write(*each) for each in zip(fields, scripts, fields, strict=True)))
    assert (await scripts[0].data(query))["package"] == {
        "revision": before + STEPS * len(fields),
        **{field: f"https://e.example/{field}/{STEPS - 1}" for field in fields},
    }
    await see_that_all_agrees(both.engine)
    reached(f"edits of different fields of one row at once, on {backend}", STEPS * len(fields))


async def test_of_scripts_that_make_the_same_one_does(both: Office) -> None:
    scripts = both.scripts(SCRIPTS)
    package = {"repoUrl": "https://github.com/same/same", "category": {"slug": "apps"}}
    edits: dict[str, tuple[Given, str]] = {
        "categoryCreate": ({"title": "Same"}, "slug"),
        "packageCreate": (package, "repoUrl"),
        "featureCreate": ({"grid": {"slug": "queues"}, "title": "Same"}, "title"),
    }
    for name, (given, path) in edits.items():
        edited = (script.edit(name, given, f"{{ {ERRORS} }}") for script in scripts)
        payloads = await asyncio.gather(*edited)
        refused = [payload["errors"] for payload in payloads if payload["errors"]]
        assert len(refused) == SCRIPTS - 1
        for errors in refused:
            assert [(each["path"][1], each["code"]) for each in errors] == [(path, "TAKEN")]
    await see_that_all_agrees(both.engine)


async def test_what_one_script_deletes_others_find_no_more(both: Office) -> None:
    first, *scripts = both.scripts(SCRIPTS)
    made = await first.made("gridCreate", {"title": "Short-lived"}, f"{{ grid {{ id }} {ERRORS} }}")
    grid = made["grid"]["id"]

    async def edit(number: int, script: Script) -> tuple[str, list[str]]:
        name = "gridUpdate" if number % 4 else "gridDelete"
        given = {"id": grid, "title": str(number)} if number % 4 else {"id": grid}
        payload = await script.edit(name, given, f"{{ {ERRORS} }}")
        return name, [each["code"] for each in payload["errors"]]

    found = await asyncio.gather(*(edit(*each) for each in enumerate(scripts)))
    assert [codes for name, codes in found if name == "gridDelete"].count([]) == 1
    assert all(codes in ([], ["NOT_FOUND"]) for _, codes in found)
    await see_that_all_agrees(both.engine)
