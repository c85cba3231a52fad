"""The feed under load: who pages while many write in several processes misses and repeats none."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count, cycle, groupby
from random import Random
from typing import Any

import httpx2

from tests.counts import pick, reached
from tests.web.curating import token
from tests.web.processes import serving

WRITERS = 20

CHANGES = {
    "postgresql": pick(test=800, prove=20_000),
    "sqlite": pick(test=400, prove=4_000),
}
"""How many changes are made while the feed is read."""

UPSERT = """mutation ($input: PackagesUpsertInput!) {
  edit: packagesUpsert(input: $input) { changes { id } errors { path message } }
}"""
UPDATE = """mutation ($input: PackageUpdateInput!) {
  edit: packageUpdate(input: $input) { changes { id } errors { path message } }
}"""
CELLS = """mutation ($input: GridCellsSetInput!) {
  edit: gridCellsSet(input: $input) { changes { id } errors { path message } }
}"""
START = """mutation ($packages: PackagesUpsertInput!, $grid: GridCreateInput!) {
  categoryCreate(input: {title: "Apps"}) { errors { message } }
  packagesUpsert(input: $packages) { rows { package { id } } errors { path message } }
  gridCreate(input: $grid) { grid { id features { id } } errors { path message } }
}"""
PAGE = """query ($after: String) {
  changes(first: 100, after: $after) {
    edges { cursor node { id transaction } }
    pageInfo { hasNextPage }
  }
}"""

Change = tuple[str, str]
"""The ids of a change and of its transaction."""


async def ask(
    client: httpx2.AsyncClient, query: str, variables: dict[str, Any], **headers: str
) -> Any:
    """The data of an answer without errors."""
    body = {"query": query, "variables": variables}
    answer = (await client.post("/graphql", json=body, headers=headers, timeout=60)).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


class Load:
    """Writers, who edit until there are `wanted` changes; `made` are those that they were told."""

    def __init__(self, clients: list[httpx2.AsyncClient], wanted: int) -> None:
        self.clients = clients
        self.wanted = wanted
        self.made: list[str] = []
        self.texts = count()
        self.is_over = False

    async def start(self) -> None:
        """Make what they edit."""
        packages = [self.row(number) for number in range(200)]
        for row in packages:
            row |= {"category": {"slug": "apps"}}
        names = [{"slug": f"package-{number}"} for number in range(20)]
        grid = {"title": "Grid", "features": [*"abcde"], "packages": names}
        given = {"packages": {"packages": packages}, "grid": grid}
        made = await ask(self.clients[0], START, given)
        assert not any(payload["errors"] for payload in made.values()), made
        self.packages = [row["package"]["id"] for row in made["packagesUpsert"]["rows"]]
        self.grid = made["gridCreate"]["grid"]

    def row(self, number: int) -> dict[str, Any]:
        """A row of an upsert that is unlike all that there is."""
        address = f"https://github.com/owner/package-{number}"
        return {"repoUrl": address, "repoDescription": f"text {next(self.texts)}"}

    def edit(self, random: Random) -> tuple[str, dict[str, Any]]:
        """An edit of many rows, of one, or of a grid."""
        kind = random.choice([UPSERT, UPDATE, CELLS, CELLS])
        if kind is UPSERT:
            numbers = random.sample(range(200), 100)
            return kind, {"packages": [self.row(number) for number in numbers]}
        if kind is UPDATE:
            return kind, {"id": random.choice(self.packages), "title": f"Title {next(self.texts)}"}
        cells = [
            {"package": {"id": package}, "feature": feature["id"], "text": f"{next(self.texts)}"}
            for package in self.packages[:20]
            for feature in self.grid["features"]
        ]
        return kind, {"grid": {"id": self.grid["id"]}, "cells": cells}

    async def write(self, number: int) -> None:
        random, client = Random(number), self.clients[number % len(self.clients)]
        while len(self.made) < self.wanted:
            query, given = self.edit(random)
            is_dry = random.random() < 0.1  # leaves a gap in the numbers
            payload = (await ask(client, query, {"input": given | {"dryRun": is_dry}}))["edit"]
            assert not payload["errors"], payload
            if not is_dry:
                self.made += [change["id"] for change in payload["changes"]]

    async def run(self) -> None:
        async with asyncio.TaskGroup() as writers:
            for number in range(WRITERS):
                writers.create_task(self.write(number))
        self.is_over = True


async def feed(clients: list[httpx2.AsyncClient], load: Load) -> AsyncIterator[Change]:
    """All changes, page by page, of the one server and the other, until the load is over."""
    after = ""
    for client in cycle(clients):
        was_over = load.is_over
        fresh = {"cache-control": "no-cache"} if was_over else {}
        page = (await ask(client, PAGE, {"after": after}, **fresh))["changes"]
        for edge in page["edges"]:
            yield edge["node"]["id"], edge["node"]["transaction"]
            after = edge["cursor"]
        if not page["pageInfo"]["hasNextPage"]:
            if was_over:
                return
            await asyncio.sleep(0.02)


async def test_a_reader_that_pages_while_many_write_misses_and_repeats_no_change(
    backend: str, database_url: str
) -> None:
    secret = await token(database_url)
    async with serving(database_url) as one, serving(database_url) as other:
        clients = [one.client, other.client]
        for client in clients:
            client.headers["authorization"] = f"Bearer {secret}"
        load = Load(clients, CHANGES[backend])
        await load.start()
        found: list[Change] = []
        live = 0
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(load.run())
            async for change in feed(clients, load):
                found.append(change)
                live += not load.is_over
        again = [change async for change in feed(clients[::-1], load)]
    ids = [id_ for id_, _ in found]
    assert found == again
    assert len({*ids}) == len(ids)
    assert {*load.made} <= {*ids}
    assert len(load.made) == len({*load.made})
    transactions = [transaction for transaction, _ in groupby(found, key=lambda each: each[1])]
    assert len({*transactions}) == len(transactions)  # none lies between another's changes
    assert live > len(ids) / 2
    reached(f"changes followed while {WRITERS} write ({backend})", len(ids))
