"""A dry run answers as the real call would, and leaves no trace."""

import asyncio
import datetime as dt
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.db.small import everything, fetch
from tests.web.editing import EDITS, Desk, Given, Payload, desk, document, mutations, written

INSTANT = re.compile(r"20\d\d-\d\d-\d\dT[\d:.]+\+00:00")
NUMBERED = re.compile(r'("[A-Z][a-z]+:|\\"[\w.]+\\",)\d+')
"""Global ids and cursors."""

OWN = re.compile(r"\b1\d{6}\b")
"""Numbers of what has none of v4."""

REFUSED: dict[str, Given] = {
    "categoryCreate": {"title": "App", "slug": "apps"},
    "categoryDelete": {"id": "Category:1"},
    "packageUpdate": {"id": "Package:1", "expectedRevision": 9},
    "gridUpdate": {"id": "Grid:9"},
    "gridCellsSet": EDITS["gridCellsSet"] | {"expectedRevision": 0},
    "packagesUpsert": {"packages": [{"slug": "django-q", "title": ""}, {}]},
}


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


def shape(payload: Payload, since: dt.datetime) -> str:
    """A payload, in which what is of the call alone is told by its place: instants, new numbers."""

    def instant(found: re.Match[str]) -> str:
        return found[0] if dt.datetime.fromisoformat(found[0]) < since else "now"

    seen: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"{found[1]}{seen.setdefault(found[0], len(seen))}"

    return NUMBERED.sub(number, OWN.sub("own", INSTANT.sub(instant, json.dumps(payload))))


async def both(opened: Desk, name: str, given: Given) -> Payload:
    """Make an edit after a dry run of it, which answers the same and leaves nothing."""
    since = dt.datetime.now(dt.UTC)
    before = await everything(opened.engine)
    dry = await opened.admin.edit(name, given | {"dryRun": True})
    assert (name, await written(opened.engine, before)) == (name, set())
    real = await opened.admin.edit(name, given)
    assert shape(dry, since) == shape(real, since)
    return real


async def test_a_dry_run_answers_as_the_edit_does(opened: Desk) -> None:
    for name, given in EDITS.items():
        before = await everything(opened.engine)
        payload = await both(opened, name, given)
        assert (name, payload["errors"]) == (name, [])
        assert await written(opened.engine, before)


async def test_a_dry_run_is_refused_as_the_edit_is(opened: Desk) -> None:
    for name, given in REFUSED.items():
        payload = await both(opened, name, given)
        assert (name, bool(payload["errors"])) == (name, True)


async def test_a_dry_run_keeps_no_key_but_minds_one_that_is_kept(opened: Desk) -> None:
    key = {"idempotencyKey": "k"}
    for name in mutations():
        dry = EDITS[name] | key | {"dryRun": True}
        await opened.admin.made(name, dry)
    assert await fetch(opened.engine, "SELECT count(*) FROM kept_outcome") == [(0,)]
    given, selection = EDITS["categoryCreate"] | key, "{ category { id } errors { code } }"
    real = await opened.admin.made("categoryCreate", given, selection)
    again = await opened.admin.made("categoryCreate", given | {"dryRun": True}, selection)
    assert again == real
    other = given | {"title": "Other", "dryRun": True}
    refused = [("idempotencyKey", "INVALID")]
    assert await opened.admin.refused("categoryCreate", other) == refused
    wrong = {"idempotencyKey": "", "dryRun": True}
    assert await opened.admin.refused("categoryUpdate", EDITS["categoryUpdate"] | wrong) == refused
    assert await fetch(opened.engine, "SELECT count(*) FROM kept_outcome") == [(1,)]


async def test_a_dry_run_moves_no_head_and_names_no_change(database_url: str) -> None:
    async with desk(database_url, answer_cache=1_000_000) as opened:
        answers: Any = opened.app.app.graphql.answers  # type: ignore[attr-defined]

        async def head() -> Any:
            """What it is once it is known again."""
            await asyncio.sleep(0.3)
            return answers.head()

        await opened.admin.data("{ viewer { name } }")
        before = await head()
        assert before is not None
        for name in mutations():
            query = document(name)
            body = {"query": query, "variables": {"input": EDITS[name] | {"dryRun": True}}}
            assert "packgrid-after" not in (await opened.admin.send(body)).headers
        assert await head() == before
        await opened.admin.made("gridUpdate", EDITS["gridUpdate"])
        assert await head() != before
