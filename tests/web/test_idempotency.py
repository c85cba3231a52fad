"""An edit with an idempotency key is made once: a repeat has the first one's outcome."""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator
from random import Random
from urllib.parse import urlsplit

import pytest
from sqlalchemy import update

from db.outcome import KEPT, KeptOutcome
from db.token import Role
from tests.counts import pick, reached
from tests.db.replay import see_that_all_agrees
from tests.db.small import everything, fetch
from tests.web.editing import (
    EDITS,
    ERRORS,
    Desk,
    Directory,
    Given,
    Script,
    bearer,
    desk,
    directory,
    document,
    office,
    written,
)
from tests.web.processes import Server, serving

AT_ONCE = pick(test=24, prove=200)
CRASHES = pick(test=3, prove=20)

KEY = {"idempotencyKey": "k"}
INVALID = [("idempotencyKey", "INVALID")]
CREATED = f"{{ category {{ id title revision }} changes {{ id }} {ERRORS} }}"


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


async def test_a_repeat_of_any_edit_has_its_outcome_and_edits_nothing(opened: Desk) -> None:
    for name, given in EDITS.items():
        keyed = given | {"idempotencyKey": f"{name}: 1"}
        first = await opened.admin.edit(name, keyed)
        assert (name, first["errors"]) == (name, [])
        before = await everything(opened.engine)
        for _ in range(2):
            assert await opened.admin.edit(name, keyed) == first
        assert (name, await written(opened.engine, before)) == (name, set())


async def test_a_repeat_of_a_refused_edit_is_refused_for_the_same_reasons(opened: Desk) -> None:
    upsert = {"packages": [{"slug": "django-q", "title": ""}, {"slug": "held"}]}
    refused: dict[str, Given] = {
        "categoryCreate": {"title": "App", "slug": "apps"},
        "categoryDelete": {"id": "Category:1"},
        "gridUpdate": {"id": "Grid:1", "expectedRevision": 9, "title": "Never"},
        "packagesUpsert": upsert,
    }
    first = {
        name: await opened.admin.edit(name, given | {"idempotencyKey": name})
        for name, given in refused.items()
    }
    skipped = upsert | {"onError": "SKIP_FAILED", "idempotencyKey": "skipped"}
    first["skipped"] = await opened.admin.edit("packagesUpsert", skipped)
    assert [row["outcome"] for row in first["skipped"]["rows"]] == ["FAILED", "UNCHANGED"]
    before = await everything(opened.engine)
    for name, given in refused.items():
        assert first[name]["errors"]
        assert await opened.admin.edit(name, given | {"idempotencyKey": name}) == first[name]
    assert await opened.admin.edit("packagesUpsert", skipped) == first["skipped"]
    assert await written(opened.engine, before) == set()
    await opened.admin.made("categoryUpdate", {"id": "Category:1", "slug": "free"})
    given = refused["categoryCreate"] | {"idempotencyKey": "categoryCreate"}
    assert await opened.admin.refused("categoryCreate", given) == [("slug", "TAKEN")]


async def test_the_selection_of_a_repeat_is_read_from_the_rows_as_they_are(opened: Desk) -> None:
    given = {"title": "New"} | KEY
    first = await opened.editor.made("categoryCreate", given, CREATED)
    category = {"id": first["category"]["id"]}
    await opened.editor.made("categoryUpdate", category | {"title": "Newer"})
    repeat = await opened.editor.made("categoryCreate", given, CREATED)
    assert repeat["category"] == category | {"title": "Newer", "revision": 2}
    assert repeat["changes"] == first["changes"]
    other = await opened.editor.made(
        "categoryCreate", given, "{ category { slug } errors { path } }"
    )
    assert other["category"] == {"slug": "new"}
    await opened.admin.made("categoryDelete", category)
    gone = await opened.editor.made("categoryCreate", given, CREATED)
    assert (gone["category"], gone["changes"]) == (None, first["changes"])


async def test_the_same_key_with_another_input_is_invalid(opened: Desk) -> None:
    given: Given = {"id": "Grid:1", "title": "New", "header": True} | KEY
    await opened.editor.made("gridUpdate", given)
    before = await everything(opened.engine)
    await opened.editor.made("gridUpdate", dict(reversed(given.items())))
    await opened.editor.made("gridUpdate", given | {"dryRun": False})
    literal = '{id: "Grid:1", header: true, title: "New", idempotencyKey: "k", dryRun: null}'
    data = await opened.editor.data(f"mutation {{ gridUpdate(input: {literal}) {{ {ERRORS} }} }}")
    assert data["gridUpdate"]["errors"] == []
    others: list[Given] = [
        {"title": "Newer"},
        {"title": "new"},
        {"header": None},
        {"description": None},
        {"expectedRevision": 1},
        {"id": "Grid:01"},
    ]
    for other in others:
        assert await opened.editor.refused("gridUpdate", given | other) == INVALID
    assert await opened.editor.refused("gridDelete", {"id": "Grid:1"} | KEY) == INVALID
    assert await written(opened.engine, before) == set()


async def test_a_key_is_a_tokens_own(opened: Desk) -> None:
    second = await opened.directory.token("second", Role.EDITOR)
    scripts = [opened.editor, opened.admin, Script(opened.app.client, bearer(second))]
    for number, script in enumerate(scripts):
        given = {"title": f"New {number}"} | KEY
        made = [await script.made("categoryCreate", given, CREATED) for _ in range(2)]
        assert made[0] == made[1]
        assert made[0]["category"]["title"] == f"New {number}"
    assert await fetch(opened.engine, "SELECT count(*) FROM category") == [(5,)]


async def test_a_key_has_its_limits_and_null_is_none(opened: Desk) -> None:
    before = await everything(opened.engine)
    for key in ("", "x" * 256, "a\n", "a\x7f", "\0"):
        wrong = {"title": "New", "idempotencyKey": key}
        assert await opened.editor.refused("categoryCreate", wrong) == INVALID
    assert await written(opened.engine, before) == set()
    good = ("x" * 255, "\N{SNOWMAN}" * 255, " ", "'; --", None, None)
    for place, any_key in enumerate(good):
        edit: Given = {"title": f"New {place}", "idempotencyKey": any_key}
        await opened.editor.made("categoryCreate", edit)
    assert await fetch(opened.engine, "SELECT count(*) FROM kept_outcome") == [(4,)]


async def test_a_key_is_forgotten_after_a_day(opened: Desk) -> None:
    async def age(by: dt.timedelta) -> None:
        async with opened.engine.begin() as connection:
            await connection.execute(update(KeptOutcome).values(at=dt.datetime.now(dt.UTC) - by))

    minute = dt.timedelta(minutes=1)
    edit = {"title": "New"} | KEY
    first = await opened.editor.made("categoryCreate", edit, CREATED)
    await opened.editor.made("categoryUpdate", EDITS["categoryUpdate"] | {"idempotencyKey": "2"})
    await age(KEPT - minute)
    assert await opened.editor.made("categoryCreate", edit, CREATED) == first
    await age(KEPT + minute)
    assert await opened.editor.refused("categoryCreate", edit) == [("slug", "TAKEN")]
    assert await fetch(opened.engine, "SELECT key FROM kept_outcome") == [("k",)]


async def test_repeats_at_once_are_one_edit(database_url: str, backend: str) -> None:
    async with office(database_url) as both:
        scripts = both.scripts(AT_ONCE)
        for number in range(3):
            given = {"title": f"New {number}", "idempotencyKey": str(number)}
            edits = (script.made("categoryCreate", given, CREATED) for script in scripts)
            first, *others = await asyncio.gather(*edits)
            assert all(other == first for other in others)
            assert first["category"]["title"] == f"New {number}"
        assert await fetch(both.engine, "SELECT count(*) FROM category") == [(5,)]
        await see_that_all_agrees(both.engine)
    reached(f"repeats at once that are one edit, on {backend}", 3 * AT_ONCE)


async def send(server: Server, secret: str, given: Given) -> asyncio.StreamWriter:
    """Send an edit whose response nobody reads."""
    address = urlsplit(str(server.client.base_url))
    _, writer = await asyncio.open_connection(address.hostname, address.port)
    edit = {"query": document("categoryCreate"), "variables": {"input": given}}
    body = json.dumps(edit).encode()
    head = f"POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {secret}\r\n"
    head += f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    return writer


async def killed(server: Server, filled: Directory, given: Given, dice: Random) -> None:
    """Send an edit, and kill the server once it is committed, or some time before or after."""
    writer = await send(server, filled.secrets["EDITOR"], given)
    if dice.random() < 0.5:
        query = f"SELECT count(*) FROM category WHERE title = '{given['title']}'"
        async with asyncio.timeout(20):
            while await fetch(filled.engine, query) == [(0,)]:
                pass
    else:
        await asyncio.sleep(dice.random() * 0.02)
    server.process.kill()
    await server.process.wait()
    writer.close()


async def test_a_repeat_after_a_crash_has_the_outcome_of_what_was_committed(
    database_url: str, backend: str
) -> None:
    """And makes what was not."""
    dice = Random(CRASHES)
    edits: list[Given] = [
        {"title": f"New {number}", "idempotencyKey": str(number)} for number in range(CRASHES)
    ]
    async with directory(database_url) as filled:
        for given, following in zip([None, *edits], [*edits, None], strict=True):
            async with serving(database_url) as server:
                if given is not None:
                    script = filled.script(server.client, Role.EDITOR)
                    made = await script.made("categoryCreate", given, CREATED)
                    assert made["category"]["title"] == given["title"]
                    assert made["category"]["revision"] == len(made["changes"]) == 1
                if following is not None:
                    await killed(server, filled, following, dice)
        found = await fetch(filled.engine, "SELECT title FROM category WHERE id > 2 ORDER BY id")
        assert [title for (title,) in found] == [given["title"] for given in edits]
        await see_that_all_agrees(filled.engine)
    reached(f"edits repeated after the server was killed, on {backend}", CRASHES)
