"""The server that the model is compared with, and what it says of all that there is."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.engine import create_engine
from db.guard import LOGGED
from db.read import open_reader
from db.token import Actor, Role, create
from db.writer import Writer
from resolvers.compile import Limits
from resolvers.executor import Executor
from tests.db.small import APPS, Q2, QUEUES, Q, changed, loaded
from tests.model.model import Objects
from tests.web.editing import HELD, SHUT, TOOLS, document, mutations, schema

DIRECTORY = [
    *(APPS, TOOLS, SHUT),
    changed(QUEUES, features=[{"title": title} for title in ("Broker", "Retries", "One")]),
    Q,
    changed(
        Q2,
        grids=["queues"],
        cells={"queues": {"Broker": "yes", "One": "1"}},
        versions=[{"number": "1.3.9"}, {"number": "2.0"}],
    ),
    HELD,
]
"""What there is at first."""

CHANGE = "id transaction type nodeId action revision at actor reverts diff"

FEED = f"""query ($after: String!) {{
  changes(first: 100, after: $after) {{ nodes {{ {CHANGE} }} pageInfo {{ endCursor }} }}
}}"""

COMMON = "id databaseId revision slug title created modified"

EVERYTHING = f"""{{
  categories(first: 100) {{ nodes {{ {COMMON} description titlePlural showPypi }} }}
  packages(first: 100) {{ nodes {{
    {COMMON} category {{ id }} replacedBy {{ id }} repoUrl repoHost repoDescription repoWatchers
    repoForks commitCount contributorCount pypiUrl pypiName pypiVersion documentationUrl
    homepageUrl topics advisories commitsOver52 commitsOver52Ends participants lastUpdated licenses
    requiresPython supportsPython3 developmentStatus isArchived deprecatedAt
    versions(first: 10) {{ nodes {{
      id number uploadedAt licenses requiresPython developmentStatus isYanked isPrerelease
    }} }}
  }} }}
  grids(first: 100) {{ nodes {{
    {COMMON} description isLocked header
    features {{ id revision title description position }}
    packages(first: 50) {{ edges {{ node {{ id }} cells {{ feature {{ id }} text }} }} }}
  }} }}
}}"""

SUBJECTS = ("category", "package", "grid", "feature")


def selection(name: str) -> str:
    """What is asked for of a payload."""
    if name == "changeRevert":
        return f"{{ change {{ {CHANGE} }} errors {{ code }} }}"
    payload = schema().mutation_type.fields[name].type.of_type  # type: ignore[union-attr]
    parts = [f"changes {{ {CHANGE} }} errors {{ path code message }}"]
    parts += [f"{each} {{ id revision }}" for each in SUBJECTS if each in payload.fields]
    more = {
        "cells": "cells { package { id } feature { id } text }",
        "deletedId": "deletedId alsoDeletedIds current { id }",
        "rows": "rows { package { id } outcome errors { code } }",
    }
    parts += [asked for each, asked in more.items() if each in payload.fields]
    return f"{{ {' '.join(parts)} }}"


class Server:
    """The executor over a database, whose contents are `DIRECTORY` after each `reset`."""

    def __init__(self, runner: asyncio.Runner, url: str) -> None:
        self.runner = runner
        self.engine = create_engine(url)
        self.reader = runner.run(open_reader(url))
        self.writer = Writer(self.engine)
        self.executor = Executor(schema(), self.reader, self.writer, Limits(objects_max=1_000_000))
        self.actors = [runner.run(self._actor(role)) for role in (Role.ADMIN, Role.EDITOR)]
        self.documents = {name: document(name, selection(name)) for name in mutations()}

    async def _actor(self, role: Role) -> Actor:
        async with AsyncSession(self.engine) as session, session.begin():
            await create(session, role.name.lower(), role, dt.datetime.now(dt.UTC), 1)
            number = await session.scalar(text("SELECT max(id) FROM token"))
        return Actor(role.name.lower(), role, number)

    def reset(self) -> None:
        self.runner.run(self._reset())

    async def _reset(self) -> None:
        tables = [each.name for each in Base.metadata.sorted_tables if each.name != "token"]
        async with self.engine.begin() as connection:
            await connection.execution_options(**LOGGED)
            if self.engine.dialect.name == "sqlite":
                for table in reversed(tables):
                    await connection.execute(text(f"DELETE FROM {table}"))
                await connection.execute(text("DELETE FROM sqlite_sequence"))
            else:
                statement = f"TRUNCATE {', '.join(tables)} RESTART IDENTITY"
                await connection.execute(text(statement))
        await loaded(self.engine, *DIRECTORY)

    def ask(self, query: str, variables: Any = None, is_editor: bool = False) -> Any:
        """The data of an answer without errors."""
        actor = self.actors[is_editor]
        asked = self.executor.answer(query, variables, None, actor, True)
        answer = orjson.loads(self.runner.run(asked).body)
        assert "errors" not in answer, (variables, answer["errors"])
        return answer["data"]

    def read(self) -> Objects:
        """All objects, as GraphQL has them."""
        data = self.ask(EVERYTHING)
        objects: Objects = {row.pop("id"): row for row in data["categories"]["nodes"]}
        for package in data["packages"]["nodes"]:
            objects[package["id"]] = package
            for version in package.pop("versions")["nodes"]:
                key = version.pop("id")
                objects[key] = version | {"package": package["id"], "revision": 1}
            package["category"] = package["category"]["id"]
            package["replacedBy"] = (package["replacedBy"] or {}).get("id")
            del package["id"]
        for grid in data["grids"]["nodes"]:
            id_ = grid.pop("id")
            features, edges = grid["features"], grid["packages"]["edges"]
            grid["features"] = [feature["id"] for feature in features]
            grid["packages"] = {edge["node"]["id"] for edge in edges}
            grid["cells"] = {
                (edge["node"]["id"], cell["feature"]["id"]): cell["text"]
                for edge in edges
                for cell in edge["cells"]
                if cell["text"]
            }
            objects[id_] = grid
            for place, feature in enumerate(features):
                assert feature.pop("position") == place
                key = feature.pop("id")
                objects[key] = feature | {"grid": id_}
        return objects

    def close(self) -> None:
        self.runner.run(self.writer.close())
        self.runner.run(self.reader.close())
        self.runner.run(self.engine.dispose())


@contextmanager
def serving(url: str) -> Iterator[Server]:
    with asyncio.Runner() as runner:
        server = Server(runner, url)
        try:
            yield server
        finally:
            server.close()
