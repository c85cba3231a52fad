"""Every text, address and list of every mutation has its limits, and an error says where it is.

The texts are read from the schema, so that none is forgotten.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from tests.db.small import everything
from tests.web.editing import EDITS, Desk, Given, desk, field_of, mutations, written

TITLE = (["", "  ", "x" * 101, "a\nb", "a\x7fb", "a\x9fb", "a\0b"], ["x" * 100, "Größe 🌍"])
SLUG = (["", "x" * 101, "a b", "é", "a/b", "a\n", "a.b"], ["x" * 100, "A_b-9"])
LONG = (["x" * 20_001, "a\x0bb", "a\x9fb", "a\0b"], ["", "x" * 20_000, "a\n\tb"])
SHORT = (["x" * 1_001, "a\x0bb", "a\x9fb", "a\0b"], ["", "x" * 1_000, "a\n\tb"])
ADDRESS = (
    [
        *("", "x", "/docs", "//e.example/", "http://", "https:///x", "http://e.example/a b"),
        *("ftp://e.example/", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"),
        *("https://e.example/\nx", "https://e.example/\x07x", "https://e.example/\0x"),
        *("https://[::1", f"https://e.example/{'x' * 1_983}"),
    ],
    [f"https://e.example/{'x' * 1_982}", "HTTP://e.example/%20?q=1#f"],
)
REPOSITORY = (
    ["", "x", "javascript:alert(1)", "file:///etc/passwd", f"https://e.example/{'x' * 1_983}"],
    ["git@e.example:o/r.git", f"https://e.example/o/{'x' * 1_980}"],
)
LICENSE = (["", "x" * 1_001, "a\nb", "a\0b"], ["MIT OR Apache-2.0"])

LIMITS: dict[str, tuple[list[str], list[str]]] = {
    "title": TITLE,
    "titlePlural": TITLE,
    "features": TITLE,
    "slug": SLUG,
    "description": LONG,
    "repoDescription": SHORT,
    "text": SHORT,
    "pypiUrl": ADDRESS,
    "documentationUrl": ADDRESS,
    "repoUrl": REPOSITORY,
    "licenses": LICENSE,
}
"""Of the texts of inputs: some that are not taken, and some that are."""

ROWS = {"packages": "PackageUpsertRow", "cells": "CellInput"}
"""Lists of inputs within an input."""


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


def texts(type_: GraphQLInputObjectType) -> Iterator[tuple[str, bool]]:
    """The names of an input's texts, and whether each is a list of them."""
    for name, field in type_.fields.items():
        if get_named_type(field.type).name == "String" and name != "idempotencyKey":
            yield name, "[" in str(field.type)


def texts_of(mutation: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Where a mutation's input has texts, and whether there is a list of them."""
    type_ = get_named_type(field_of(mutation).args["input"].type)
    for name, is_list in texts(type_):
        yield (name,), is_list
    for name, row_type in ROWS.items():
        field = type_.fields.get(name)
        if field is not None and get_named_type(field.type).name == row_type:
            for of_row, is_list in texts(get_named_type(field.type)):
                yield (name, "0", of_row), is_list


def changed(given: Given, path: tuple[str, ...], value: Any) -> Given:
    """An input with another value there."""
    name, *within = path
    if not within:
        return given | {name: value}
    first, *others = given[name]
    return given | {name: [first | {within[1]: value}, *others]}


def limits_of(mutation: str, name: str) -> tuple[list[str], list[str]]:
    return SHORT if (mutation[:7], name) == ("feature", "description") else LIMITS[name]


async def test_every_text_of_every_mutation_has_its_limits(opened: Desk) -> None:
    before = await everything(opened.engine)
    seen = set()
    for mutation in mutations():
        for path, is_list in texts_of(mutation):
            wrong, right = limits_of(mutation, path[-1])
            seen.add(path[-1])
            place = ".".join(path)
            for value in wrong:
                given = changed(EDITS[mutation], path, [value] if is_list else value)
                ((told, code),) = await opened.admin.refused(mutation, given)
                found = (mutation, value, told.removesuffix(".0"), code)
                assert found == (mutation, value, place, "INVALID")
            for value in right:
                given = changed(EDITS[mutation], path, [value] if is_list else value)
                payload = await opened.admin.edit(mutation, given | {"dryRun": True})
                assert (mutation, place, payload["errors"]) == (mutation, place, [])
    assert seen == set(LIMITS)
    assert await written(opened.engine, before) == set()


async def test_no_list_is_longer_than_it_may_be(opened: Desk) -> None:
    full = {"title": "Full", "features": [str(number) for number in range(100)]}
    await opened.admin.made("gridCreate", full)
    queues, q = {"slug": "queues"}, {"slug": "django-q"}
    cell = {"package": q, "feature": "Feature:1", "text": ""}
    too_many: list[tuple[str, Given, str]] = [
        ("gridCreate", {"title": "A", "features": [str(n) for n in range(101)]}, "features"),
        ("gridCreate", {"title": "A", "packages": [q] * 1_001}, "packages"),
        ("featureCreate", {"grid": {"slug": "full"}, "title": "A"}, "grid"),
        ("gridCellsSet", {"grid": queues, "cells": [cell] * 1_001}, "cells"),
        ("packagesUpsert", {"packages": [q] * 501}, "packages"),
        ("packagesUpsert", {"packages": [q | {"grids": [queues] * 101}]}, "packages.0.grids"),
        ("packageCreate", EDITS["packageCreate"] | {"grids": [queues] * 101}, "grids"),
    ]
    before = await everything(opened.engine)
    for mutation, given, path in too_many:
        assert await opened.admin.refused(mutation, given) == [(path, "TOO_MANY")]
    licenses = {"id": "Package:1", "licenses": ["MIT"] * 101}
    assert await opened.admin.refused("packageUpdate", licenses) == [("licenses", "INVALID")]
    for mutation, name in (("gridCreate", "features"), ("gridCreate", "packages")):
        assert await opened.admin.refused(mutation, {"title": "A", name: None}) == [
            (name, "INVALID")
        ]
    assert await written(opened.engine, before) == set()


async def test_what_is_looked_up_is_there_and_can_be_read(opened: Desk) -> None:
    before = await everything(opened.engine)
    wrong: dict[str, tuple[Any, ...]] = {
        "id": ("", "x", "Grid:1", "Package:0", "Package:01", "package:1", "Package:1 "),
        "slug": ("", "a b", "é", "x" * 101),
        "repoUrl": ("", "x", "javascript:alert(1)"),
        "pypi": ("", "a b", "é"),
    }
    missing: dict[str, Any] = {
        "id": "Package:99",
        "slug": "missing",
        "databaseId": 99,
        "repoUrl": "https://github.com/no/no",
        "pypi": "missing",
    }
    given = EDITS["gridPackageAdd"]
    for name, value in missing.items():
        edit = given | {"package": {name: value}}
        assert await opened.admin.refused("gridPackageAdd", edit) == [
            (f"package.{name}", "NOT_FOUND")
        ]
    for name, values in wrong.items():
        for value in values:
            edit = given | {"package": {name: value}}
            ((path, code),) = await opened.admin.refused("gridPackageAdd", edit)
            assert (value, path) == (value, f"package.{name}")
            assert code in ("INVALID", "NOT_FOUND")
    for mutation in mutations():
        if "id" in EDITS[mutation]:
            kind = EDITS[mutation]["id"].partition(":")[0]
            other = "Category" if kind == "Grid" else "Grid"
            for id_, code in (
                ("x", "INVALID"),
                (f"{other}:1", "INVALID"),
                (f"{kind}:99", "NOT_FOUND"),
            ):
                edit = EDITS[mutation] | {"id": id_}
                assert await opened.admin.refused(mutation, edit) == [("id", code)]
    assert await written(opened.engine, before) == set()
