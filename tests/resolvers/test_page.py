"""Pages: all rows, each once, whatever the order, the direction and the size."""

import asyncio
import itertools
from typing import Any

import pytest

from tests.application import Application
from tests.resolvers.paged import PACKAGES, add, filled, package, page, remove, slugs

SIZES = range(1, 8)


def value_of(field: str, row: dict[str, Any]) -> Any:
    """What a package is sorted by."""
    match field:
        case "TITLE" | "SLUG":
            return row[field.lower()].casefold()
        case "GRID_COUNT":
            return len(row["grids"])
    first, *rest = field.lower().split("_")
    return row.get(first + "".join(map(str.title, rest)))


def expected_order(rows: list[dict[str, Any]], field: str, descending: bool) -> list[str]:
    """Nulls last either way, then by key: rows have theirs in the order of loading."""
    known = [row for row in rows if value_of(field, row) is not None]
    unknown = [row for row in rows if value_of(field, row) is None]
    # Sorted in reverse, equal rows keep their order too.
    known.sort(key=lambda row: value_of(field, row), reverse=descending)
    return [row["slug"] for row in (*known, *unknown)]


ROWS = {
    "root": PACKAGES,
    "category": [row for row in PACKAGES if row["category"] == "one"],
    "grid": [row for row in PACKAGES if row["grids"]],
}
# fmt: off
FIELDS = [
    "TITLE", "SLUG", "REPO_WATCHERS", "REPO_FORKS", "SCORE", "LAST_UPDATED", "LAST_FETCHED",
    "CREATED", "MODIFIED", "GRID_COUNT",
]
# fmt: on


async def check_paging(app: Application, place: str, expected: list[str], **order: Any) -> None:
    """All sizes and both ways give the rows in the expected order, with exact `pageInfo`."""
    count = len(expected)
    for size in SIZES:
        cursor, found = None, 0
        while True:
            got = await page(app, place, first=size, after=cursor, **order)
            assert slugs(got) == expected[found : found + size]
            info = got["pageInfo"]
            assert info["hasPreviousPage"] == (found > 0)
            found += len(got["nodes"])
            assert info["hasNextPage"] == (found < count)
            assert got["totalCount"] == count
            if not info["hasNextPage"]:
                break
            cursor = info["endCursor"]
        assert found == count

        cursor, left = None, count
        while True:
            got = await page(app, place, last=size, before=cursor, **order)
            assert slugs(got) == expected[max(0, left - size) : left]
            info = got["pageInfo"]
            assert info["hasNextPage"] == (left < count)
            left -= len(got["nodes"])
            assert info["hasPreviousPage"] == (left > 0)
            if not info["hasPreviousPage"]:
                break
            cursor = info["startCursor"]
        assert left == 0


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("place", ROWS)
async def test_pages_hold_every_row_once(
    small: Application,
    place: str,
    field: str,
    direction: str,
) -> None:
    rows = ROWS[place]
    if field == "SCORE":  # Its formula is tested elsewhere.
        data = await small.data("{ packages { nodes { slug score } } }")
        scores = {node["slug"]: node["score"] for node in data["packages"]["nodes"]}
        rows = [{**row, "score": scores[row["slug"]]} for row in rows]
    expected = expected_order(rows, field, direction == "DESC")
    order_by = {"orderBy": [{"field": field, "direction": direction}]}
    await check_paging(small, place, expected, **order_by)


async def test_pages_in_an_order_of_several_keys(small: Application) -> None:
    by_title = expected_order(PACKAGES, "TITLE", True)
    rows = sorted(PACKAGES, key=lambda row: by_title.index(row["slug"]))
    expected = expected_order(rows, "REPO_WATCHERS", True)
    order_by = [{"field": field, "direction": "DESC"} for field in ("REPO_WATCHERS", "TITLE")]
    await check_paging(small, "root", expected, orderBy=order_by)


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_pages_in_the_order_of_cells(small: Application, direction: str) -> None:
    """By strength, then by text; packages without the cell come last either way."""
    strengths = {"no": -1, "some": 0, "yes": 1, "++": 2}
    sign = -1 if direction == "DESC" else 1
    cells = {row["slug"]: row["cells"]["grid"].get("Tests", "") for row in ROWS["grid"]}
    expected = sorted(cells, key=lambda s: (not cells[s], sign * strengths.get(cells[s], 0), s))
    data = await small.data('{ grid(by: {slug: "grid"}) { features { id } } }')
    (feature,) = data["grid"]["features"]
    by_cell = {"feature": feature["id"], "direction": direction}
    await check_paging(small, "cells", expected, cells=by_cell, orderBy={"field": "SLUG"})


async def test_between_two_cursors(small: Application) -> None:
    whole = await page(small, "root", orderBy={"field": "SLUG"})
    cursors = [edge["cursor"] for edge in whole["edges"]]
    expected = slugs(whole)
    for start, end in itertools.product(range(0, 14, 3), repeat=2):
        between = expected[start + 1 : end]
        for size, way in itertools.product((1, 3, 20), ("first", "last")):
            got = await page(
                small,
                "root",
                after=cursors[start],
                before=cursors[end],
                orderBy={"field": "SLUG"},
                **{way: size},
            )
            assert slugs(got) == (between[:size] if way == "first" else between[-size:])


@pytest.mark.parametrize(
    ("arguments", "has_next", "has_previous"),
    [
        ({"first": 0}, True, False),
        ({"last": 0}, False, True),
    ],
)
async def test_a_page_of_no_rows(
    small: Application, arguments: dict[str, Any], has_next: bool, has_previous: bool
) -> None:
    got = await page(small, "root", **arguments)
    info = {"hasNextPage": has_next, "hasPreviousPage": has_previous}
    assert got["nodes"] == []
    assert got["pageInfo"] == {**info, "startCursor": None, "endCursor": None}


async def test_a_page_past_the_end(small: Application) -> None:
    whole = await page(small, "root")
    info = whole["pageInfo"]
    after = await page(small, "root", after=info["endCursor"])
    before = await page(small, "root", last=5, before=info["startCursor"])
    for got, has_next, has_previous in [(after, False, True), (before, True, False)]:
        assert slugs(got) == []
        assert got["pageInfo"]["hasNextPage"] == has_next
        assert got["pageInfo"]["hasPreviousPage"] == has_previous


async def test_an_empty_list(small: Application) -> None:
    got = await small.data(
        '{ grid(by: {slug: "other"}) { packages { totalCount edges { cursor } nodes { id }'
        " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"
    )
    nothing = {"hasNextPage": False, "hasPreviousPage": False}
    assert got["grid"]["packages"] == {
        "totalCount": 0,
        "edges": [],
        "nodes": [],
        "pageInfo": {**nothing, "startCursor": None, "endCursor": None},
    }


async def test_each_parent_has_a_page_of_its_own(small: Application) -> None:
    query = "{ categories { nodes { slug packages(first: 2, orderBy: {field: SLUG, direction: %s})"
    query += " { totalCount nodes { slug } pageInfo { hasNextPage } } } } }"
    for direction, descending in [("ASC", False), ("DESC", True)]:
        data = await small.data(query % direction)
        for category in data["categories"]["nodes"]:
            rows = [row for row in PACKAGES if row["category"] == category["slug"]]
            packages = category["packages"]
            assert packages["totalCount"] == len(rows)
            assert slugs(packages) == expected_order(rows, "SLUG", descending)[:2]
            assert packages["pageInfo"] == {"hasNextPage": True}


# ------------------------------------------------------------ while rows come and go


@pytest.mark.parametrize("way", ["first", "last"])
async def test_rows_that_come_and_go_move_no_others(database_url: str, way: str) -> None:
    """The row at the cursor itself goes, and rows come before and after it."""
    forward = way == "first"
    place, info = ("after", "endCursor") if forward else ("before", "startCursor")
    order = {"orderBy": [{"field": "REPO_WATCHERS", "direction": "DESC"}]}
    async with filled(database_url) as app:
        before = slugs(await page(app, "root", **order))
        found: list[str] = []
        cursor = None
        for step in range(100):
            got = await page(app, "root", **{way: 2, place: cursor}, **order)
            found = found + slugs(got) if forward else slugs(got) + found
            cursor = got["pageInfo"][info]
            if not got["pageInfo"]["hasNextPage" if forward else "hasPreviousPage"]:
                break
            await remove(database_url, found[-1] if forward else found[0])
            for stars in (3, 1000):
                row = package(100 + 2 * step + (stars > 3), "new", stars, None)
                await add(database_url, [row])
    old = [slug for slug in found if slug in before]
    assert old == before
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("first: 101", "from 0 to 100"),
        ("last: 101", "from 0 to 100"),
        ("first: -1", "from 0 to 100"),
        ("last: -1", "from 0 to 100"),
        ("first: 2147483647", "from 0 to 100"),
        ("first: 1, last: 1", "first and last"),
    ],
)
async def test_a_size_that_cannot_be_is_refused(
    small: Application, arguments: str, said: str
) -> None:
    for opening in ("", 'grid(by: {slug: "grid"}) {', 'package(by: {slug: "p01"}) {'):
        field = "versions" if "package" in opening else "packages"
        query = f"{{ {opening} {field}({arguments}) {{ nodes {{ id }} }} }}"
        answer = await small.ask(query + " }" * bool(opening))
        assert said in answer["errors"][0]["message"]


async def test_sizes_without_a_number(small: Application) -> None:
    """20 by default; null is as if left out."""
    data = await small.data(
        "{ a: packages(first: null, last: 2) { nodes { slug } }"
        " b: packages(first: 2, last: null, after: null, before: null) { nodes { slug } }"
        " c: packages(first: null) { nodes { slug } } }"
    )
    assert [len(data[key]["nodes"]) for key in "abc"] == [2, 2, 14]


async def test_twenty_rows_are_a_page(app: Application) -> None:
    data = await app.data(
        "{ a: packages { nodes { id } } b: packages(first: 100) { nodes { id } } }"
    )
    assert [len(data[key]["nodes"]) for key in "ab"] == [20, 100]


async def test_readers_page_at_once(small: Application) -> None:
    pages = [page(small, "root", first=n % 8, orderBy={"field": FIELDS[n % 10]}) for n in range(60)]
    for n, got in enumerate(await asyncio.gather(*pages)):
        assert len(got["nodes"]) == n % 8
