"""A server that is killed at any moment: what it answered is there, and nothing is half there."""

import asyncio
import os
import random
import sys
import time
from collections import defaultdict
from typing import Any

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import create_engine
from tests.counts import pick, reached
from tests.db.replay import Tables, read, see_that_all_agrees
from tests.db.small import SMALL, loaded
from tests.web.conftest import ROOT, free_port, listens
from tests.web.curating import token
from tests.web.editing import bearer, document

SHARED = ["Feature:1", "Feature:2"]
"""The features of a grid that all scripts edit."""

SCRIPTS = 8
"""That edit at once."""

ROUNDS = pick(test=1, prove=9)
"""Of each script."""

EDITS = SCRIPTS * ROUNDS * 28
"""That all of them make: 2,000 are promised."""

KILLS = pick(test=2, prove=20)
"""How often the server is killed meanwhile."""

Payload = dict[str, Any]

CHANGE = "id type nodeId action revision diff"


class Server:
    """`python server.py serve` on a database; `up` unless it is killed."""

    def __init__(self, url: str) -> None:
        self.port = free_port()
        self.up = asyncio.Event()
        self._command = ["server.py", "serve", "--port", str(self.port), "--database-url", url]
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        own = {name: text for name, text in os.environ.items() if not name.startswith("PACKGRID_")}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, *self._command, cwd=ROOT, env=own, stderr=asyncio.subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while not listens(self.port):
            if self._process.returncode is not None or time.monotonic() > deadline:
                pytest.fail("the server did not start")
            await asyncio.sleep(0.05)
        self.up.set()

    async def kill(self) -> None:
        """Kill it with SIGKILL."""
        self.up.clear()
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


class Script:
    """A curator's script: it repeats an edit, under one key, until it is answered.

    What it does hangs on its name and the answers alone: run again, it does the same again.
    `answered` has payloads by their keys; `failed` is how many edits the server failed to make, as
    it does where its connection is cut.
    """

    def __init__(self, name: str, secret: str, server: Server) -> None:
        self.name = name
        self.answered: dict[str, Payload] = {}
        self.failed = 0
        self._headers = bearer(secret)
        self._server = server

    async def run(self) -> None:
        address = f"http://127.0.0.1:{self._server.port}"
        async with httpx2.AsyncClient(
            base_url=address, headers=self._headers, timeout=60
        ) as self._client:
            for number in range(ROUNDS):
                await self._round(f"{self.name}-{number}")

    async def edit(self, mutation: str, refused: str | None = None, /, **given: Any) -> Payload:
        """Make an edit; the code of its only error is `refused`, if it has any."""
        key = f"{len(self.answered)} {mutation}"
        changes = "change" if mutation == "changeRevert" else "changes"
        selection = f"{{ changes: {changes} {{ {CHANGE} }} errors {{ code }} }}"
        variables = {"input": given | {"idempotencyKey": key}}
        body = {"query": document(mutation, selection), "variables": variables}
        payload: Payload = (await self._answer(body))["data"]["edit"]
        if mutation == "changeRevert":
            payload["changes"] = [payload["changes"]]
        codes = [error["code"] for error in payload["errors"]]
        assert codes == ([refused] if refused else []), (variables, payload)
        self.answered[key] = payload
        return payload

    async def _answer(self, body: dict[str, Any]) -> Any:
        while True:
            await self._server.up.wait()
            try:
                response = await self._client.post("/graphql", json=body)
            except httpx2.TransportError:
                continue
            if response.status_code == 200:
                answer = response.json()
                assert "errors" not in answer, (body, answer)
                return answer
            self.failed += 1

    async def _round(self, name: str) -> None:
        """Edits of all kinds, each of what those before it made."""
        edit = self.edit

        def package(what: str) -> dict[str, Any]:
            repo = f"https://github.com/{name}/{what}"
            return {"repoUrl": repo, "category": {"id": category}, "title": f"{name} {what}"}

        category = made(await edit("categoryCreate", title=f"Kind {name}"), "CATEGORY")
        await edit("categoryUpdate", id=category, description="More of it")
        payload = await edit("gridCreate", title=f"Grid {name}", features=["One", "Two"])
        grid, features = {"id": made(payload, "GRID")}, made_all(payload, "FEATURE")
        grids = [grid, {"slug": "queues"}]
        one = made(await edit("packageCreate", **package("one"), grids=grids), "PACKAGE")
        await edit("packageCreate", "TAKEN", **package("one"))
        rows = [package(what) | {"grids": [grid]} for what in ("one", "two", "three", "four")]
        payload = await edit("packagesUpsert", packages=rows)
        two, three, four = made_all(payload, "PACKAGE")
        await edit(
            "packageUpdate", id=one, expectedRevision=1, slug=f"{name}-uno", licenses=["MIT"]
        )
        await edit("packageUpdate", "CONFLICT", id=one, expectedRevision=1, title="Late")
        members = [{"package": {"id": id_}, "feature": features[0]} for id_ in (one, two, three)]
        await edit("gridCellsSet", grid=grid, cells=[each | {"text": "yes"} for each in members])
        members = [{"package": {"id": one}, "feature": id_} for id_ in SHARED]
        shared = [each | {"text": name} for each in members]
        await edit("gridCellsSet", grid={"slug": "queues"}, cells=shared)
        payload = await edit("featureCreate", grid=grid, title="Three", position=0)
        third = made(payload, "FEATURE")
        await edit("featureUpdate", id=third, title="Last", position=2)
        await edit("featuresReorder", grid=grid, features=[third, *features])
        payload = await edit("gridDelete", id=grid["id"])
        await edit("changeRevert", id=changed(payload, grid["id"]))
        payload = await edit("featureDelete", id=features[0])
        await edit("changeRevert", id=changed(payload, features[0]))
        await edit("gridPackageRemove", grid=grid, package={"id": two})
        await edit("gridPackageAdd", grid=grid, package={"id": two})
        payload = await edit("packageMerge", **{"from": {"id": two}}, into={"id": one})
        await edit("changeRevert", id=changed(payload, one))
        into = {"repoUrl": package("three")["repoUrl"]}
        await edit("packageMerge", **{"from": {"id": four}}, into=into)
        await edit("packageUpdate", id=two, replacedBy={"id": three})
        await edit("packageDelete", "IN_USE", id=three)
        await edit("packageDelete", id=two)
        await edit("packageRefresh", package={"id": one})
        await edit("gridUpdate", id=grid["id"], isLocked=True)
        await edit("categoryDelete", "IN_USE", id=category)


def made_all(payload: Payload, type_: str) -> list[str]:
    """The ids of the objects of this type that an edit made."""
    changes = [each for each in payload["changes"] if each["action"] == "CREATE"]
    return [change["nodeId"] for change in changes if change["type"] == type_]


def made(payload: Payload, type_: str) -> str:
    """The id of the first of them."""
    return made_all(payload, type_)[0]


def changed(payload: Payload, node: str) -> str:
    """The id of the change of this object."""
    (found,) = (each["id"] for each in payload["changes"] if each["nodeId"] == node)
    return str(found)


async def test_a_server_that_is_killed_loses_nothing(database_url: str) -> None:
    engine = create_engine(database_url)
    await loaded(engine, *SMALL)
    names = [f"script-{number}" for number in range(SCRIPTS)]
    tokens = {name: await token(database_url, name) for name in names}
    server, chance = Server(database_url), random.Random(1)
    moments = sorted(chance.sample(range(EDITS - SCRIPTS), KILLS))
    scripts = [Script(name, tokens[name], server) for name in names]
    await server.start()
    try:
        async with asyncio.TaskGroup() as group:
            for script in scripts:
                group.create_task(script.run())
            for number, moment in enumerate(moments):
                await answers(scripts, moment)
                await asyncio.sleep(chance.uniform(0, 0.03))
                if number == KILLS // 2 and engine.dialect.name == "postgresql":
                    assert await connections(engine, "pg_terminate_backend(pid)")
                    await answers(scripts, moment + 3 * SCRIPTS)
                await server.kill()
                await see_that_nothing_is_lost(engine, scripts)
                await server.start()
        assert sum(len(script.answered) for script in scripts) == EDITS
        if engine.dialect.name == "sqlite":
            assert not any(script.failed for script in scripts)
        before = await see_that_nothing_is_lost(engine, scripts)
        again = [Script(name, tokens[name], server) for name in names]
        await asyncio.gather(*(script.run() for script in again))
        assert [script.answered for script in again] == [script.answered for script in scripts]
        assert (await read(engine))["change"] == before["change"]
    finally:
        await server.kill()
        await engine.dispose()
    reached(f"edits over HTTP on {engine.dialect.name} while the server was killed", EDITS)
    reached(f"times that it was killed on {engine.dialect.name}", KILLS)


async def see_that_nothing_is_lost(engine: AsyncEngine, scripts: list[Script]) -> Tables:
    """Fail where an answer is not in the log, or an edit has not its outcome and all its changes.

    The tables come back.
    """
    await see_that_nobody_writes(engine)
    tables = await see_that_all_agrees(engine)
    log = {f"Change:{row['id']}": row for row in tables["change"]}
    for payload in (payload for script in scripts for payload in script.answered.values()):
        for change in payload["changes"]:
            assert log[change["id"]]["diff"] == change["diff"]
            assert log[change["id"]]["revision"] == change["revision"]
    names = {row["id"]: row["name"] for row in tables["token"]}
    kept = {(names[row["token_id"]], row["key"]): row["outcome"] for row in tables["kept_outcome"]}
    answered = {(script.name, key) for script in scripts for key in script.answered}
    assert answered <= kept.keys()
    assert len(kept) <= len(answered) + SCRIPTS
    reached("edits that were committed when their answer was lost", len(kept) - len(answered))
    transactions = defaultdict(list)
    for row in tables["change"]:
        if row["actor"] in names.values():
            transactions[row["transaction_id"]].append(row["id"])
    assert transactions == {
        each["transaction"]: [*range(each["transaction"], each["lastChange"] + 1)]
        for each in kept.values()
        if each.get("transaction")
    }
    return tables


async def see_that_nobody_writes(engine: AsyncEngine) -> None:
    """Return once PostgreSQL has done with the last statements of a server that is gone."""
    if engine.dialect.name == "postgresql":
        while {*await connections(engine, "state")} - {"idle"}:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def connections(engine: AsyncEngine, what: str) -> list[Any]:
    """What is selected of the clients' connections to the database, other than this one."""
    others = "datname = current_database() AND pid <> pg_backend_pid() AND client_port = -1"
    query = text(f"SELECT {what} FROM pg_stat_activity WHERE {others}")
    async with engine.connect() as connection:
        return [*await connection.scalars(query)]


async def answers(scripts: list[Script], count: int) -> None:
    """Return once the scripts have so many."""
    while sum(len(script.answered) for script in scripts) < count:  # noqa: ASYNC110
        await asyncio.sleep(0.002)
