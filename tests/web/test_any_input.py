"""No input of a mutation, however odd, makes the server fail, or the log disagree."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

from tests.counts import pick, reached
from tests.db.replay import see_that_all_agrees
from tests.web.editing import EDITS, ERRORS, desk, document, field_of, mutations

TRIED = pick(test=200, prove=5_000)

DESTROYS = {"categoryDelete", "featureDelete", "gridDelete", "packageDelete", "packageMerge"}
"""Mutations that are tried less often, for something to be left for the others."""

TEXTS = [
    *("", " ", "x", "apps", "django-q", "Django-Q", "held", "queues", "shut", "_", "-", "%", "'"),
    *("a\0", "x\ty", "ä" * 60, "x" * 101, "x" * 20_001, "ß", "İ", "ﬁ", "\u202e", "\U0010ffff"),
    *("{}", "null", '"', "\\", "https://e.example/", "http://[::1]/x", "https://пример.рф/x"),
    *("https://github.com/held/held", "git@github.com:a/b", "https://github.com/a/%00"),
    *("https://github.com/a/..", "https://u:p@github.com/a/b", "https://github.com:99999/a/b"),
    *("file:///x", "https://e.example/%", "ssh://git@h/x", "//x", "https://github.com/a/-"),
]
IDS = [
    *("Category:1", "Category:2", "Package:1", "Package:2", "Package:3", "Package:4", "Grid:1"),
    *("Grid:2", "Feature:1", "Feature:2", "Feature:3", "Change:6", "Version:1", "Grid:0", "x", ""),
    *("Package:-1", "Change:9223372036854775807", "Change:9223372036854775808", "Grid:１"),
]
INSTANTS = [
    *("2026-01-02T03:04:05Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x"),
    *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2026-06-30T23:59:60Z"),
]
NUMBERS = [0, 1, 2, 3, 99, -1, 2948, 1_000_004, 2**31 - 1, -(2**31)]


class Dice(Random):
    """Makes inputs at random."""

    def value(self, type_: Any) -> Any:
        """A value of a type of the schema: mostly one that can be, by itself."""
        if isinstance(type_, GraphQLNonNull):
            return self.some(type_.of_type)
        return None if self.random() < 0.06 else self.some(type_)

    def some(self, type_: Any) -> Any:
        """A value that is not null."""
        if isinstance(type_, GraphQLList):
            return [self.value(type_.of_type) for _ in range(self.choice([0, 1, 1, 2, 3]))]
        if isinstance(type_, GraphQLEnumType):
            return self.choice(list(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            return self.input(type_)
        assert isinstance(type_, GraphQLScalarType)
        scalars: dict[str, Callable[[], Any]] = {
            "String": lambda: self.choice(TEXTS),
            "ID": lambda: self.choice(IDS),
            "Int": lambda: self.choice(NUMBERS),
            "Boolean": lambda: self.random() < 0.5,
            "DateTime": lambda: self.choice(INSTANTS),
        }
        return scalars[type_.name]()

    def input(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        fields = type_.fields
        if type_.is_one_of:
            name = self.choice(list(fields))
            return {name: self.some(fields[name].type)}
        return {
            name: self.value(field.type)
            for name, field in fields.items()
            if isinstance(field.type, GraphQLNonNull) or self.random() < 0.4
        }

    def given(self, mutation: str) -> dict[str, Any]:
        """An input of a mutation, in part that of an edit that can be made."""
        given = self.input(field_of(mutation).args["input"].type.of_type)
        for name, value in EDITS[mutation].items():
            if self.random() < 0.5:
                given[name] = value
        for name, chance in (("expectedRevision", 0.8), ("dryRun", 0.7), ("idempotencyKey", 0.5)):
            if self.random() < chance:
                given.pop(name, None)
        return given


async def test_no_input_makes_the_server_fail(database_url: str, backend: str) -> None:
    dice, became = Dice(TRIED), Counter[str]()
    async with desk(database_url) as opened:
        for number in range(TRIED):
            name = dice.choice(mutations())
            if name in DESTROYS and dice.random() < 0.9:
                continue
            given = dice.given(name)
            selection = None if number % 8 == 0 else f"{{ {ERRORS} }}"
            script = dice.choice([opened.editor, opened.admin])
            body = {"query": document(name, selection), "variables": {"input": given}}
            response = await script.send(body)
            assert response.status_code == 200, (name, given)
            answer = response.json()
            if "data" in answer:
                errors = answer["data"]["edit"]["errors"]
                became[errors[0]["code"] if errors else "made"] += 1
            else:
                became[answer["errors"][0]["extensions"]["code"]] += 1
            if number % 50 == 0:
                await see_that_all_agrees(opened.engine)
        await see_that_all_agrees(opened.engine)
    assert {"made", "BAD_USER_INPUT", "INVALID", "NOT_FOUND", "CONFLICT"} <= became.keys()
    reached(f"odd inputs of mutations that the server answers, on {backend}", became.total())
