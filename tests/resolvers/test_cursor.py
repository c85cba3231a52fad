"""Cursors: what is none, and which list and order one belongs to."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.application import Application
from tests.resolvers.paged import PLACES, page

ORDERS = ["TITLE", "REPO_WATCHERS", "LAST_UPDATED", "CREATED"]


def spoiled(cursor: str) -> Iterator[str]:
    """Texts that are no cursors, made from one that is."""
    tag, *values = json.loads(cursor)
    yield from ("", " ", "x", "null", "1", '"x"', "{}", "[]", "[", "]", "[null]", "NaN", "[1]")
    yield from (cursor[:end] for end in range(1, len(cursor), 5))
    yield cursor + "x"
    yield "[" * 2000 + "]" * 2000
    yield json.dumps([tag])
    yield json.dumps([tag, *values, 1])
    yield json.dumps([tag, *values[:-1]])
    yield json.dumps([tag.lower(), *values])
    yield json.dumps([f"{tag}, SLUG ASC", *values])
    yield json.dumps([None, *values])
    yield json.dumps(dict(enumerate([tag, *values])))
    for index in range(len(values)):
        for wrong in (None, True, 1.5, [values[index]], {"a": 1}, 10**30, 2**63, -(2**63) - 1):
            yield json.dumps([tag, *values[:index], wrong, *values[index + 1 :]])
        swapped = str(values[index]) if isinstance(values[index], int) else 5
        yield json.dumps([tag, *values[:index], swapped, *values[index + 1 :]])
    for constant in ("NaN", "Infinity", "1e999", "9" * 5000, '"\\ud800"', '"\\u0000"'):
        yield f"[{json.dumps(tag)},{constant},{values[-1]}]"


@pytest.mark.parametrize("argument", ["after", "before"])
@pytest.mark.parametrize("field", ORDERS)
async def test_a_text_that_is_no_cursor_is_refused(
    small: Application, field: str, argument: str
) -> None:
    order = {"orderBy": {"field": field}}
    whole = await page(small, "root", **order)
    cursor = whole["edges"][3]["cursor"]
    assert len((await page(small, "root", **order, **{argument: cursor}))["nodes"]) in (3, 10)
    for wrong in spoiled(cursor):
        answer = await small.ask(PLACES["root"], {**order, argument: wrong})
        assert answer["data"] is None, wrong
        (error,) = answer["errors"]
        assert error["message"].startswith(f"{argument} is not a cursor of this list")
        assert (error["path"], error["extensions"]["code"]) == (["packages"], "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "instant",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
async def test_a_cursor_out_of_time_is_refused(small: Application, instant: str) -> None:
    order = {"orderBy": {"field": "CREATED"}}
    cursor = (await page(small, "root", **order))["pageInfo"]["endCursor"]
    tag, _, key = json.loads(cursor)
    answer = await small.ask(PLACES["root"], {**order, "after": json.dumps([tag, instant, key])})
    assert "is not a cursor" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    "instant",
    [
        "2026-01-01T00:00:00",
        "2026-01-01",
        "yesterday",
        "2026-13-01T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "",
    ],
)
async def test_a_cursor_without_an_instant_is_refused(small: Application, instant: str) -> None:
    order = {"orderBy": {"field": "CREATED"}}
    cursor = (await page(small, "root", **order))["pageInfo"]["endCursor"]
    tag, _, key = json.loads(cursor)
    answer = await small.ask(PLACES["root"], {**order, "after": json.dumps([tag, instant, key])})
    assert "is not a cursor" in answer["errors"][0]["message"]


CURSORS = {
    "packages": "packages(first: 1) { edges { cursor } }",
    "by score": "packages(first: 1, orderBy: {field: SCORE}) { edges { cursor } }",
    "descending": "packages(first: 1, orderBy: {field: TITLE, direction: DESC})"
    " { edges { cursor } }",
    "two keys": "packages(first: 1, orderBy: [{field: TITLE}, {field: SCORE}])"
    " { edges { cursor } }",
    "grids": "grids(first: 1) { edges { cursor } }",
    "categories": "categories(first: 1) { edges { cursor } }",
    "search": 'search(query: "p02", first: 1) { edges { cursor } }',
    "another search": 'search(query: "p04", first: 1) { edges { cursor } }',
    "a grid's": 'grid(by: {slug: "grid"}) { packages(first: 1) { edges { cursor } } }',
}


async def test_a_cursor_of_another_list_or_order_is_refused(small: Application) -> None:
    cursors = {}
    for name, query in CURSORS.items():
        found: Any = await small.data(f"{{ {query} }}")
        while "edges" not in found:
            (found,) = found.values()
        cursors[name] = found["edges"][0]["cursor"]
    for (own, query), (name, cursor) in itertools.product(CURSORS.items(), cursors.items()):
        with_cursor = query.replace("first: 1", f"first: 1, after: {json.dumps(cursor)}")
        answer = await small.ask(f"{{ {with_cursor} }}")
        assert ("errors" in answer) == (own != name), (own, name, answer)
