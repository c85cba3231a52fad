"""The log is a feed to build a mirror on: one that applies it to empty tables has the directory.

The mirror is written from docs/changes.md alone; what it has is compared with what GraphQL reads.
"""

from collections.abc import AsyncIterator
from random import Random
from typing import Any, TypeAlias

import pytest
from graphql import GraphQLObjectType, get_named_type, get_nullable_type, is_leaf_type, is_list_type

from db import migrate
from db.engine import create_engine
from tests.application import Application, application
from tests.counts import pick, reached
from tests.web.curating import MUTATIONS, SCHEMA, Curator, load_starter, token
from tests.web.mirror import Mirror

EDITS = pick(test=400, prove=4_000)
"""How many edits are tried, of which some are refused."""

NODES = ("Category", "Package", "Version", "Grid", "Feature")

UNLOGGED = {"lastFetched"}
"""Bookkeeping of fetches, which the log leaves out."""

Objects: TypeAlias = dict[str, dict[str, Any]]


def stored(type_name: str) -> str:
    """What is selected of a type: its fields that are values or references."""
    type_ = SCHEMA.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType)
    selected = []
    for name, field in type_.fields.items():
        named = get_named_type(field.type)
        if is_leaf_type(named) and name not in UNLOGGED:
            selected.append(name)
        elif named.name in NODES and not is_list_type(get_nullable_type(field.type)):
            selected.append(f"{name} {{ id }}")
    return " ".join(selected)


LISTS = {
    "categories": stored("Category"),
    "packages": f"{stored('Package')} versions(first: 100) {{ nodes {{ {stored('Version')} }} }}",
    "grids": f"{stored('Grid')} features {{ {stored('Feature')} }}"
    " packages(first: 100) { edges { node { id } cells { feature { id } text } } }",
}
"""What is read of the lists which together are the directory."""


async def nodes(app: Application, name: str) -> AsyncIterator[dict[str, Any]]:
    """All nodes of a list."""
    after, more = None, True
    while more:
        page = "pageInfo { hasNextPage endCursor }"
        query = f"query ($after: String) {{ {name}(first: 10, after: $after) {{"
        query += f" nodes {{ {LISTS[name]} }} {page} }} }}"
        found = (await app.data(query, {"after": after}))[name]
        for node in found["nodes"]:
            yield node
        after, more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]


async def read(app: Application) -> Objects:
    """All that GraphQL reads of the directory: the fields of each object, of a reference its id.

    Of a grid also the ids of its features and packages, and the texts of its cells.
    """
    found = [node for name in LISTS async for node in nodes(app, name)]
    for node in [*found]:
        found += node.pop("versions", {"nodes": []})["nodes"]
        if "features" in node:
            found += node["features"]
            node["features"] = [feature["id"] for feature in node["features"]]
            edges = node.pop("packages")["edges"]
            node["packages"] = {edge["node"]["id"] for edge in edges}
            node["cells"] = {
                (edge["node"]["id"], cell["feature"]["id"]): cell["text"]
                for edge in edges
                for cell in edge["cells"]
                if cell["text"]
            }
    return {
        node["id"]: {
            name: value["id"] if isinstance(value, dict) and "id" in value else value
            for name, value in node.items()
        }
        for node in found
    }


async def see_that_equal(app: Application, mirror: Mirror) -> None:
    """See that the mirror, once it has followed the feed, has what GraphQL reads."""
    await mirror.follow(app.data)
    found = await read(app)
    for key in mirror.objects | found:
        ours, theirs = mirror.objects.get(key, {}), found.get(key, {})
        differ = {name for name in ours | theirs if ours.get(name) != theirs.get(name)}
        assert not differ, [key, {name: (ours.get(name), theirs.get(name)) for name in differ}]


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[Application]:
    """The application over the starter directory."""
    await load_starter(database_url)
    async with application(database_url) as opened:
        yield opened


async def test_a_mirror_has_the_directory_after_edits_of_every_kind(
    app: Application, database_url: str
) -> None:
    mirror, curator = Mirror(), Curator(app.client, await token(database_url), Random(0))
    await see_that_equal(app, mirror)
    for _ in range(2):
        await curator.edit(EDITS // 2)
        await see_that_equal(app, mirror)
    assert curator.made.keys() == MUTATIONS.keys()
    reached("edits followed by a mirror", curator.made.total())

    await load_starter(database_url)
    await see_that_equal(app, mirror)
    await see_that_equal(app, Mirror())


async def test_what_was_there_before_the_log_is_in_it(database_url: str) -> None:
    await load_starter(database_url)
    async with application(database_url) as app:
        await Curator(app.client, await token(database_url), Random(1)).edit(EDITS // 8)
    engine = create_engine(database_url)
    await migrate.downgrade(engine, "0003")  # the tables of before, without log and tokens
    await migrate.upgrade(engine)
    await engine.dispose()

    async with application(database_url) as app:
        mirror = Mirror()
        await see_that_equal(app, mirror)
        await Curator(app.client, await token(database_url), Random(2)).edit(EDITS // 8)
        await see_that_equal(app, mirror)
        await see_that_equal(app, Mirror())
