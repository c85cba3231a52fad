"""Scripts that edit over HTTP: a small directory, tokens for it, and an edit of each kind."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db import token
from db.engine import create_engine
from db.token import Role
from schema.query import build_schema
from tests.application import Application, application
from tests.conftest import NOW
from tests.db.small import APPS, Q2, QUEUES, Q, Row, changed, everything, loaded
from tests.web.processes import Server, serving

Given = dict[str, Any]
Payload = dict[str, Any]
Tables = dict[str, list[tuple[Any, ...]]]

TOOLS: Row = {"type": "category", "slug": "tools", "title": "Tool", "titlePlural": "Tools"}
SHUT: Row = {
    "type": "grid",
    "slug": "shut",
    "title": "Shut",
    "isLocked": True,
    "features": [{"title": "Closed"}, {"title": "Kept"}],
}
HELD: Row = changed(
    Q2,
    slug="held",
    title="Held",
    repoUrl="https://github.com/held/held",
    grids=["shut"],
    cells={"shut": {"Closed": "yes"}},
)
SPARE: Row = changed(Q2, slug="spare", title="Spare", repoUrl="https://github.com/spare/spare")
DIRECTORY = [APPS, TOOLS, QUEUES, SHUT, Q, Q2, HELD, SPARE]
"""Category:1 and 2; Grid:1, and 2, which is locked; Feature:1 to 4; Package:1 to 4. Package:1 is in
Grid:1, Package:3 in Grid:2, the others in none. Change:6 made Package:4.
"""

EDITS: dict[str, Given] = {
    "categoryCreate": {"title": "Framework"},
    "categoryUpdate": {"id": "Category:1", "title": "Application", "slug": "applications"},
    "categoryDelete": {"id": "Category:2"},
    "packageCreate": {
        "repoUrl": "https://github.com/new/new",
        "category": {"slug": "apps"},
        "grids": [{"slug": "queues"}],
    },
    "packageUpdate": {"id": "Package:2", "slug": "q2", "replacedBy": {"slug": "django-q"}},
    "packagesUpsert": {
        "packages": [
            {
                "repoUrl": "https://github.com/many/many",
                "slug": "many",
                "category": {"slug": "apps"},
            },
            {"slug": "django-q", "title": "Q", "grids": [{"slug": "queues"}]},
            {"slug": "django-q2"},
        ]
    },
    "packageRefresh": {"package": {"slug": "django-q"}},
    "gridCreate": {"title": "New", "packages": [{"slug": "held"}], "features": ["One", "Two"]},
    "gridUpdate": {"id": "Grid:1", "title": "Queues of Tasks", "header": True},
    "gridPackageAdd": {"grid": {"slug": "queues"}, "package": {"slug": "django-q2"}},
    "gridCellsSet": {
        "grid": {"slug": "queues"},
        "cells": [
            {"package": {"slug": "django-q"}, "feature": "Feature:1", "text": "yes"},
            {"package": {"slug": "django-q"}, "feature": "Feature:2", "text": ""},
        ],
    },
    "featuresReorder": {"grid": {"slug": "queues"}, "features": ["Feature:2", "Feature:1"]},
    "featureCreate": {"grid": {"slug": "queues"}, "title": "New", "position": 0},
    "featureUpdate": {"id": "Feature:2", "title": "Tries again", "position": 0},
    "featureDelete": {"id": "Feature:1"},
    "packageMerge": {"from": {"slug": "django-q2"}, "into": {"slug": "django-q"}},
    "gridPackageRemove": {"grid": {"slug": "queues"}, "package": {"slug": "django-q"}},
    "gridDelete": {"id": "Grid:1"},
    "packageDelete": {"id": "Package:1"},
    "changeRevert": {"id": "Change:6"},
}
"""Of each mutation an edit of `DIRECTORY` that changes something. An admin can make each by itself,
and all of them in this order.
"""

ERRORS = "errors { path code message }"


@cache
def schema() -> GraphQLSchema:
    return build_schema()


def _root() -> GraphQLObjectType:
    root = schema().mutation_type
    assert root is not None
    return root


def mutations() -> list[str]:
    """The names of all mutations of the schema."""
    return list(_root().fields)


def field_of(name: str) -> Any:
    """The definition of a mutation."""
    return _root().fields[name]


@cache
def whole(type_name: str, depth: int = 4) -> str:
    """A selection of all that an object has, so deep; of lists in pages the first three."""
    type_ = schema().type_map[type_name]
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    parts = ["__typename"]
    for name, field in type_.fields.items():
        target = get_named_type(field.type)
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        page = "(first: 3)" if "first" in field.args else ""
        if is_leaf_type(target):
            parts.append(name)
        elif depth > 0:
            parts.append(f"{name}{page} {whole(target.name, depth - 1)}")
    return f"{{ {' '.join(parts)} }}"


def payload_of(name: str, depth: int = 4) -> str:
    """All of a mutation's payload."""
    return whole(get_named_type(field_of(name).type).name, depth)


def document(name: str, selection: str | None = None) -> str:
    """A mutation with one field, `edit`, and one variable, `input`."""
    type_ = field_of(name).args["input"].type
    selected = selection or payload_of(name)
    return f"mutation($input: {type_}) {{ edit: {name}(input: $input) {selected} }}"


@dataclass(frozen=True)
class Script:
    """Who asks and edits: a client of a server, and the headers that it sends."""

    client: httpx2.AsyncClient
    headers: dict[str, str]

    async def send(self, body: Any, **headers: str) -> httpx2.Response:
        """The response to a POST of JSON."""
        sent = {"content-type": "application/json", **self.headers, **headers}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.client.post("/graphql", content=content, headers=sent)

    async def answer(
        self, query: str, variables: dict[str, Any] | None = None, **headers: str
    ) -> dict[str, Any]:
        """The answer to an operation that was executed."""
        response = await self.send({"query": query, "variables": variables}, **headers)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def data(
        self, query: str, variables: dict[str, Any] | None = None, **headers: str
    ) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = await self.answer(query, variables, **headers)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def edit(self, name: str, given: Given, selection: str | None = None) -> Payload:
        """The payload of a mutation: all of it, where nothing is selected."""
        payload: Payload = (await self.data(document(name, selection), {"input": given}))["edit"]
        return payload

    async def made(self, name: str, given: Given, selection: str = f"{{ {ERRORS} }}") -> Payload:
        """The payload of a mutation that is to be made."""
        payload = await self.edit(name, given, selection)
        assert payload["errors"] == []
        return payload

    async def refused(self, name: str, given: Given) -> list[tuple[str, str]]:
        """The path after "input" and the code of each error of a mutation; each has a message."""
        payload = await self.edit(name, given, f"{{ {ERRORS} }}")
        assert payload["errors"], (name, given)
        assert all(error["message"] for error in payload["errors"])
        return [(".".join(each["path"][1:]), each["code"]) for each in payload["errors"]]


@dataclass(frozen=True)
class Directory:
    """`DIRECTORY` in a database, and the tokens for it by the names of their roles."""

    url: str
    engine: AsyncEngine
    secrets: dict[str, str]

    def script(self, client: httpx2.AsyncClient, role: Role | None) -> Script:
        """A script with the token of this role; None is one without."""
        return Script(client, bearer(self.secrets[role.name]) if role else {})

    async def token(self, name: str, role: Role) -> str:
        """Another token."""
        async with AsyncSession(self.engine) as session, session.begin():
            return await token.create(session, name, role, NOW, 3_650)


@dataclass(frozen=True)
class Desk:
    """The application over `DIRECTORY`, and scripts of each role."""

    directory: Directory
    app: Application
    nobody: Script
    reader: Script
    editor: Script
    admin: Script

    @property
    def engine(self) -> AsyncEngine:
        """To look into the database; the application has one of its own."""
        return self.directory.engine


async def written(engine: AsyncEngine, before: Tables) -> set[str]:
    """The tables whose rows are others than `before`, but for when tokens were used."""
    after = await everything(engine)
    return {table for table in after if after[table] != before[table]} - {"token"}


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


@asynccontextmanager
async def directory(url: str) -> AsyncIterator[Directory]:
    """`DIRECTORY`, loaded into the empty database at `url`."""
    engine = create_engine(url)
    await loaded(engine, *DIRECTORY)
    made = Directory(url, engine, {})
    for role in Role:
        made.secrets[role.name] = await made.token(role.name.lower(), role)
    yield made
    await engine.dispose()


@asynccontextmanager
async def desk(url: str, **settings: Any) -> AsyncIterator[Desk]:
    """The application over the empty database at `url` once it holds `DIRECTORY`."""
    async with directory(url) as filled, application(url, **settings) as app:
        roles = (None, Role.READER, Role.EDITOR, Role.ADMIN)
        yield Desk(filled, app, *(filled.script(app.client, role) for role in roles))


@dataclass(frozen=True)
class Office:
    """Two servers in processes of their own over `DIRECTORY`."""

    directory: Directory
    servers: list[Server]

    @property
    def engine(self) -> AsyncEngine:
        return self.directory.engine

    def scripts(self, count: int, role: Role = Role.EDITOR) -> list[Script]:
        """So many scripts, half of which ask the one server and half the other."""
        clients = [server.client for server in self.servers]
        return [
            self.directory.script(clients[number % len(clients)], role) for number in range(count)
        ]


@asynccontextmanager
async def office(url: str) -> AsyncIterator[Office]:
    """Two servers over the empty database at `url` once it holds `DIRECTORY`."""
    async with directory(url) as filled, serving(url) as first, serving(url) as second:
        yield Office(filled, [first, second])
