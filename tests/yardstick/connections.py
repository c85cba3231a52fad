"""Relay connections over lists: order, cursors, the page and what is around it."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from graphql import GraphQLError

from tests.yardstick.rows import Row, camel_case, version_order

DEFAULT_SIZE, LARGEST_SIZE = 20, 100

CURSOR = "yardstick:"
"""How this side's cursors begin; the server's are opaque and belong to the same places."""


@dataclass(frozen=True)
class Key:
    """One key that rows are sorted by; `value` gives None where the row has none."""

    name: str
    descending: bool
    value: Callable[[Row], Any]


NEWEST_FIRST = [Key("VERSION", True, version_order)]


def keys_of(order_by: list[dict[str, str]] | None) -> list[Key]:
    """The keys of an `orderBy` argument; by title where it is absent or empty."""
    return [
        Key(order["field"], order["direction"] == "DESC", _field(order["field"]))
        for order in order_by or [{"field": "TITLE", "direction": "ASC"}]
    ]


def _field(name: str) -> Callable[[Row], Any]:
    if name in {"TITLE", "SLUG"}:
        return lambda row: getattr(row, name.lower()).casefold()
    attribute = camel_case(name.lower())
    return lambda row: getattr(row, attribute)


def cell_keys(direction: str, feature_id: int, grid: Row) -> list[Key]:
    """The keys of an `orderByCell` argument: strength, then text. None for a cell that is not
    there, or not in this grid."""
    own = feature_id in {feature.id for feature in grid.features}
    descending = direction == "DESC"

    def strength(package: Row) -> Any:
        return package.cells[feature_id].strength if own and feature_id in package.cells else None

    def text(package: Row) -> Any:
        return package.cells[feature_id].text.casefold() if strength(package) is not None else None

    return [
        Key(f"STRENGTH {feature_id}", descending, strength),
        Key(f"TEXT {feature_id}", descending, text),
    ]


def in_order(rows: Iterable[Row], keys: list[Key]) -> list[Row]:
    """`rows` by each of the `keys` in turn, then by id; None last, whichever way a key goes."""
    ordered = sorted(rows, key=lambda row: row.id)
    for key in reversed(keys):
        there = [row for row in ordered if key.value(row) is not None]
        absent = [row for row in ordered if key.value(row) is None]
        ordered = sorted(there, key=key.value, reverse=key.descending) + absent
    return ordered


def page(
    name: str,
    found: list[Row],
    keys: list[Key],
    arguments: dict[str, Any],
    every: dict[int, Row],
) -> SimpleNamespace:
    """The page of `found` that first, after, last and before ask for, as a connection.

    `name` is that of the connection's type: cursors are good for all of them in one order. `every`
    has all rows by id: a cursor may be of a row that the filter leaves out. Raises GraphQLError
    for sizes and cursors that are not allowed.
    """
    order = [name, [[key.name, key.descending] for key in keys]]
    backwards, size = _size(arguments.get("first"), arguments.get("last"))
    after, before = (
        None if cursor is None else _place(cursor, order, every)
        for cursor in (arguments.get("after"), arguments.get("before"))
    )
    rows = in_order({*found, *filter(None, (after, before))}, keys)
    start = rows.index(after) + 1 if after else 0
    end = rows.index(before) if before else len(rows)
    members = set(found)
    between = [row for row in rows[start:end] if row in members]
    cut = max(0, len(between) - size) if backwards else size
    shown, rest = (between[cut:], between[:cut]) if backwards else (between[:cut], between[cut:])
    earlier, later = not members.isdisjoint(rows[:start]), not members.isdisjoint(rows[end:])
    edges = [SimpleNamespace(cursor=_cursor(row, order), node=row) for row in shown]
    return SimpleNamespace(
        found=found,
        edges=edges,
        nodes=shown,
        totalCount=len(found),
        pageInfo=SimpleNamespace(
            hasNextPage=later or (bool(rest) and not backwards),
            hasPreviousPage=earlier or (bool(rest) and backwards),
            startCursor=edges[0].cursor if edges else None,
            endCursor=edges[-1].cursor if edges else None,
        ),
    )


def facets(packages: list[Row]) -> SimpleNamespace:
    """How `packages` are spread: by count, then by value."""

    def counted(values: Iterable[str | None]) -> list[SimpleNamespace]:
        counts = Counter(value for value in values if value is not None)
        return [
            SimpleNamespace(value=value, count=count)
            for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]

    categories = sorted(
        Counter(package.category for package in packages).items(),
        key=lambda item: (-item[1], item[0].title.casefold(), item[0].id),
    )
    return SimpleNamespace(
        categories=[SimpleNamespace(category=row, count=count) for row, count in categories],
        licenses=counted(name for package in packages for name in set(package.licenses)),
        repoHosts=counted(package.repoHost for package in packages),
        developmentStatuses=counted(package.developmentStatus for package in packages),
    )


def _size(first: int | None, last: int | None) -> tuple[bool, int]:
    if first is not None and last is not None:
        raise GraphQLError("first and last together")
    size = DEFAULT_SIZE if first is last is None else first if last is None else last
    if size is None or not 0 <= size <= LARGEST_SIZE:
        raise GraphQLError("a page has 0 to 100 rows")
    return last is not None, size


def _cursor(row: Row, order: list[Any]) -> str:
    return CURSOR + json.dumps([order, row.id])


def _place(cursor: str, order: list[Any], every: dict[int, Row]) -> Row:
    try:
        found, row_id = json.loads(cursor.removeprefix(CURSOR))
        row = every[row_id]
    except (ValueError, TypeError, KeyError):
        raise GraphQLError("not a cursor") from None
    if found != order:
        raise GraphQLError("a cursor of another ordering")
    return row
