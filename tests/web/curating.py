"""A curator who edits at random over HTTP, by every mutation that there is."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from urllib.parse import urljoin

import httpx2
from graphql import build_schema
from pypi_simple import PYPI_SIMPLE_ENDPOINT
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import create_engine
from db.load import load
from db.token import Role, create
from tests.conftest import DIRECTORY

Input: TypeAlias = dict[str, Any]

SCHEMA = build_schema((Path(__file__).parents[2] / "schema.graphql").read_text())

assert SCHEMA.mutation_type
MUTATIONS = {
    name: f"mutation ($input: {field.args['input'].type}) {{ {name}(input: $input) {{"
    f" {'change { id }' if name == 'changeRevert' else 'changes { id }'}"
    " errors { path code message } } }"
    for name, field in SCHEMA.mutation_type.fields.items()
}
"""A document for each."""

KNOWN = """{
  categories(first: 100) { nodes { id } }
  packages(first: 100, orderBy: {field: MODIFIED, direction: DESC}) { nodes { id slug repoUrl } }
  grids(first: 100, orderBy: {field: MODIFIED, direction: DESC}) {
    nodes { id features { id } packages(first: 20) { nodes { id } } }
  }
}"""

TEXTS = ("", "yes", "No", "++", "since 2.0", "✓ \U0001f600", 'quoted "text" \\', "多行")
INSTANTS = (None, "2026-02-15T08:05:54.219101+01:00", "2020-01-01T00:00:00Z")
LICENSES: tuple[list[str], ...] = ([], ["MIT"], ["MIT", "BSD-3-Clause"])
HOSTS = ("github.com", "gitlab.com", "codeberg.org", "example.org")


async def token(url: str, name: str = "curator", role: Role = Role.ADMIN) -> str:
    """A new token for the database at `url`, good for a day."""
    engine = create_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        secret = await create(session, name, role, dt.datetime.now(dt.UTC), 1)
    await engine.dispose()
    return secret


async def load_starter(url: str) -> None:
    """Load the starter directory, as whoever updates it does."""
    engine = create_engine(url)
    with DIRECTORY.open("rb") as lines:
        async with AsyncSession(engine) as session, session.begin():
            await load(session, lines, now=dt.datetime.now(dt.UTC))
    await engine.dispose()


@dataclass
class Curator:
    """Edits with what it saw of the directory up to ten edits ago: some of them are refused.

    `made` counts the edits that were made, `changes` are the ids of what they left in the log.
    """

    client: httpx2.AsyncClient
    token: str
    random: Random
    known: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)

    async def ask(self, query: str, variables: Any = None) -> Any:
        """The data of an answer without errors."""
        body = {"query": query, "variables": variables}
        headers = {"authorization": f"Bearer {self.token}"}
        answer = (await self.client.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    async def make(self, name: str, given: Input) -> list[Input]:
        """Make an edit: the errors with which it was refused."""
        payload = (await self.ask(MUTATIONS[name], {"input": given}))[name]
        if not payload["errors"] and not given.get("dryRun"):
            self.made[name] += 1
            made = payload["changes"] if "changes" in payload else [payload["change"]]
            self.changes += [change["id"] for change in made]
        errors: list[Input] = payload["errors"]
        return errors

    async def edit(self, count: int) -> None:
        """Try so many edits at random."""
        for number in range(count):
            if number % 10 == 0:
                found = await self.ask(KNOWN)
                self.known = {kind: connection["nodes"] for kind, connection in found.items()}
            name = self.random.choice([*INPUTS])
            await self.make(name, INPUTS[name](self) | {"dryRun": self.random.random() < 0.05})

    def one(self, kind: str) -> Any:
        return self.random.choice(self.known[kind])

    def ref(self, kind: str) -> Input:
        return {"id": self.one(kind)["id"]}

    def refs(self, kind: str) -> list[Input]:
        return [self.ref(kind) for _ in range(self.random.randint(0, 3))]

    def grid(self) -> Any:
        """A grid that has features and packages."""
        return self.random.choice(
            [grid for grid in self.known["grids"] if grid["features"] and grid["packages"]["nodes"]]
        )

    def feature(self) -> Input:
        return {"id": self.random.choice(self.grid()["features"])["id"]}

    def member(self) -> Input:
        grid = self.grid()
        return {
            "grid": {"id": grid["id"]},
            "package": self.random.choice(grid["packages"]["nodes"]),
        }

    def name(self) -> str:
        return f"name-{self.random.randint(1, 1_000_000)}"

    def address(self) -> str:
        return f"https://{self.random.choice(HOSTS)}/{self.name()}/{self.name()}"

    def text(self) -> str:
        return self.random.choice(TEXTS)

    def place(self) -> int:
        return self.random.randint(0, 3)

    def shuffled(self, elements: list[Any]) -> list[Any]:
        return self.random.sample(elements, len(elements))

    def some(self, **makers: Callable[[], Any]) -> Input:
        """Some of these values."""
        names = self.random.sample([*makers], self.random.randint(1, len(makers)))
        return {name: makers[name]() for name in names}

    def of_package(self) -> Input:
        """What creates, updates and upserts have in common."""
        return self.some(
            title=self.name,
            slug=self.name,
            repoDescription=self.text,
            pypiUrl=lambda: self.random.choice(
                [None, urljoin(PYPI_SIMPLE_ENDPOINT, f"/project/{self.name()}/")]
            ),
            documentationUrl=lambda: self.random.choice([None, self.address()]),
        )

    def of_upsert(self) -> Input:
        more = self.some(
            licenses=lambda: self.random.choice(LICENSES),
            deprecatedAt=lambda: self.random.choice(INSTANTS),
            replacedBy=lambda: self.ref("packages"),
            grids=lambda: self.refs("grids"),
        )
        address = self.random.choice([self.address(), self.one("packages")["repoUrl"]])
        row = {"repoUrl": address or self.address(), "category": self.ref("categories")}
        return self.of_package() | more | row

    def of_update(self) -> Input:
        return self.some(
            category=lambda: self.ref("categories"),
            repoUrl=lambda: self.random.choice([None, self.address()]),
            repoHost=lambda: self.random.choice(["FORGEJO", "OTHER"]),
            licenses=lambda: self.random.choice(LICENSES),
            isArchived=lambda: self.random.choice([True, False]),
            deprecatedAt=lambda: self.random.choice(INSTANTS),
            replacedBy=lambda: self.random.choice([None, self.ref("packages")]),
            unpin=lambda: ["TITLE"],
        )

    def of_grid(self) -> Input:
        return self.some(
            title=self.name,
            description=self.text,
            header=lambda: self.random.choice([True, False]),
            isLocked=lambda: self.random.choice([True, False]),
        )

    def of_feature(self) -> Input:
        return self.some(title=self.name, description=self.text, position=self.place)

    def cells(self) -> Input:
        grid = self.grid()
        pairs = [
            {"package": {"id": package["id"]}, "feature": feature["id"]}
            for package in grid["packages"]["nodes"]
            for feature in grid["features"]
        ]
        chosen = self.random.sample(pairs, self.random.randint(1, len(pairs)))
        return {
            "grid": {"id": grid["id"]},
            "cells": [pair | {"text": self.text()} for pair in chosen],
        }

    def order(self) -> Input:
        grid = self.grid()
        ids = [feature["id"] for feature in grid["features"]]
        return {"grid": {"id": grid["id"]}, "features": self.shuffled(ids)}


INPUTS: dict[str, Callable[[Curator], Input]] = {
    "categoryCreate": lambda curator: {"title": curator.name(), "description": curator.text()},
    "categoryUpdate": lambda curator: (
        curator.ref("categories")
        | curator.some(title=curator.name, slug=curator.name, titlePlural=curator.name)
    ),
    "categoryDelete": lambda curator: curator.ref("categories"),
    "packageCreate": lambda curator: (
        curator.of_package()
        | {"repoUrl": curator.address(), "category": curator.ref("categories")}
        | {"grids": curator.refs("grids")}
    ),
    "packageUpdate": lambda curator: (
        curator.of_package() | curator.of_update() | curator.ref("packages")
    ),
    "packageDelete": lambda curator: curator.ref("packages"),
    "packageMerge": lambda curator: {
        "from": curator.ref("packages"),
        "into": curator.ref("packages"),
    },
    "packagesUpsert": lambda curator: {
        "packages": [curator.of_upsert() for _ in range(curator.random.randint(1, 20))],
        "onError": "SKIP_FAILED",
    },
    "packageRefresh": lambda curator: {"package": curator.ref("packages")},
    "gridCreate": lambda curator: (
        {"title": curator.name(), "features": [curator.name(), curator.name()]}
        | {"packages": curator.refs("packages")}
        | curator.of_grid()
    ),
    "gridUpdate": lambda curator: curator.of_grid() | curator.ref("grids"),
    "gridDelete": lambda curator: curator.ref("grids"),
    "gridPackageAdd": lambda curator: {
        "grid": curator.ref("grids"),
        "package": curator.ref("packages"),
    },
    "gridPackageRemove": lambda curator: curator.member(),
    "featureCreate": lambda curator: (
        {"title": curator.name()} | curator.of_feature() | {"grid": curator.ref("grids")}
    ),
    "featureUpdate": lambda curator: curator.of_feature() | curator.feature(),
    "featureDelete": lambda curator: curator.feature(),
    "featuresReorder": lambda curator: curator.order(),
    "gridCellsSet": lambda curator: curator.cells(),
    "changeRevert": lambda curator: {"id": curator.random.choice(curator.changes[-50:])},
}
"""An input for each mutation."""
