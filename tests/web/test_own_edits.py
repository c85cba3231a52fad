"""Whoever has the response to an edit reads nothing that is older, kept answers or not."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable

import pytest

from db.token import Role
from tests.counts import pick, reached
from tests.web.editing import ERRORS, Office, Script, office

EDITS = pick(test=100, prove=3_000)

READ = '{ package(by: {id: "Package:2"}) { revision repoDescription } }'
EDIT = f"""mutation($text: String) {{
    packageUpdate(input: {{id: "Package:2", repoDescription: $text}}) {{
        package {{ revision }} {ERRORS}
    }}
}}"""


@pytest.fixture(scope="module")
def url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture(scope="module")
async def both(url: str) -> AsyncIterator[Office]:
    async with office(url) as both:
        yield both


async def edited(script: Script, text: str) -> tuple[int, str]:
    """Edit the package: its revision then, and what to send to get nothing that is older."""
    body = {"query": EDIT, "variables": {"text": text}}
    response = await script.send(body)
    payload = response.json()["data"]["packageUpdate"]
    assert payload["errors"] == []
    return payload["package"]["revision"], response.headers["packgrid-after"]


async def revision(script: Script, dice: random.Random, **headers: str) -> int:
    """The package's revision, by an answer that may be a kept one."""
    if dice.random() < 0.5:
        sent = script.headers | headers
        response = await script.client.get("/graphql", params={"query": READ}, headers=sent)
    else:
        response = await script.send({"query": READ}, **headers)
    found: int = response.json()["data"]["package"]["revision"]
    return found


async def test_no_answer_of_a_server_is_older_than_its_response_to_an_edit(
    both: Office, backend: str
) -> None:
    """Two scripts edit and read what they edited, while they and another read all the time."""
    dice, server = random.Random(EDITS), both.servers[0]
    editor, admin, nobody = (
        both.directory.script(server.client, role) for role in (Role.EDITOR, Role.ADMIN, None)
    )
    newest, editing = 0, 2

    async def edit(script: Script, name: str) -> None:
        nonlocal newest, editing
        for number in range(EDITS // 2):
            found, _ = await edited(script, f"{name} {number}")
            least = newest = max(newest, found)
            assert await revision(script, dice) >= least
            await asyncio.sleep(dice.choice([0, 0, 0.001, 0.03]))
        editing -= 1

    async def read(script: Script) -> int:
        count = 0
        while editing:
            least = newest
            assert await revision(script, dice) >= least
            count += 1
        return count

    await server.serves_kept_answers()
    before = await server.statements()
    *_, a, b, c = await asyncio.gather(
        edit(editor, "editor"), edit(admin, "admin"), read(editor), read(admin), read(nobody)
    )
    reads = a + b + c + EDITS
    assert await server.statements() - before < reads
    await server.serves_kept_answers()
    reached(f"reads beside edits of the same server, none older than these, on {backend}", reads)


async def test_who_sends_the_change_that_was_seen_reads_nothing_older_anywhere(
    both: Office, backend: str
) -> None:
    dice = random.Random(EDITS)
    there, here = both.scripts(2)
    for server in both.servers:
        await server.serves_kept_answers()
    for number in range(EDITS):
        await revision(here, dice)
        found, seen = await edited(there, str(number))
        assert await revision(here, dice, **{"packgrid-after": seen}) == found
        if backend == "sqlite":
            assert await revision(here, dice) == found
        there, here = here, there
    reached(f"reads by another server after an edit, none older than it, on {backend}", EDITS)


async def test_a_response_names_the_last_change_that_it_has(both: Office) -> None:
    (script,) = both.scripts(1)
    fields = [
        'a: categoryCreate(input: {title: "A"}) { changes { id } }',
        'b: categoryCreate(input: {title: "B", dryRun: true}) { changes { id } }',
        'c: gridUpdate(input: {id: "Grid:9"}) { changes { id } }',
    ]
    for query in (fields, fields[:1], fields[1:]):
        response = await script.send({"query": f"mutation {{ {' '.join(query)} }}"})
        made = response.json()["data"].get("a", {"changes": []})["changes"]
        told = response.headers.get("packgrid-after")
        if made:
            assert told == f'["Query.changes",{made[-1]["id"].partition(":")[2]}]'
        newest = await script.data("{ changes(last: 1) { pageInfo { endCursor } } }")
        assert told in (None, newest["changes"]["pageInfo"]["endCursor"])
