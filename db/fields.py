"""The fields of the tables: a column's name outside, how it is checked, how it stands in a diff."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, Boolean, Column, Integer, Text, inspect

from db import checks
from db.base import Base, Instant
from db.checks import Check, list_of, or_null, text
from db.derived import COUNTED, FOLDED

EXCEPTIONS: dict[str, Check] = {
    "database_id": checks.whole_number(1, checks.LARGEST),
    "slug": checks.slug,
    "title": checks.TITLE,
    "title_plural": checks.TITLE,
    "category.description": checks.LONG_OR_EMPTY,
    "grid.description": checks.LONG_OR_EMPTY,
    "cell.text": checks.SHORT_OR_EMPTY,
    "repo_url": checks.repo_url,
    "pypi_name": checks.pypi_name,
    "commits_over_52": checks.weeks,
    "participants": list_of(text(100), 1_000),
}
"""The checks of columns whose type does not say enough, by table.column or by column."""

UNSEEN = {"id", "repo_key", "sort_key"} | COUNTED
"""Columns that no diff has by themselves: counted or worked out, or said by the change itself."""


GLOBAL_ID = re.compile(r"([A-Z][A-Za-z]*):([1-9][0-9]{0,17})", re.ASCII)
"""The name of a type, and the key of a row."""


class Field(NamedTuple):
    """A stored field: its name outside, its column, and how a diff gives a value of it."""

    name: str
    column: str
    shown: Callable[[Any], Any]


@cache
def outer_name(column: str) -> str:
    """A column's name in camelCase; a reference's without `_id`: `replaced_by_id`, `replacedBy`."""
    first, *others = column.split("_")
    if others and others[-1] == "id" and column != "database_id":
        others.pop()
    return first + "".join(word.capitalize() for word in others)


def global_id(model_or_type: str, key: int) -> str:
    """The global id of the row with this key: `Package:17`, of a type or of its table's name."""
    return f"{model_or_type.capitalize()}:{key}"


def instant(value: dt.datetime | None) -> str | None:
    """A date as a diff has it."""
    return None if value is None else value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _reference(table: str) -> Callable[[int | None], str | None]:
    return lambda key: None if key is None else global_id(table, key)


def _itself(value: Any) -> Any:
    return value


@cache
def fields_of(model: type[Base]) -> list[Field]:
    """The fields that a diff of this table's rows may have, in the order of the columns."""
    found = []
    for column in inspect(model).columns:
        if column.name in UNSEEN or column.name.endswith(FOLDED):
            continue
        shown: Callable[[Any], Any] = _itself
        if isinstance(column.type, Instant):
            shown = instant
        for key in column.foreign_keys:
            shown = _reference(key.column.table.name)
        found.append(Field(outer_name(column.name), column.name, shown))
    return found


@cache
def check_of(column: Column[Any]) -> Check:
    """The check of a column's value from outside: that of EXCEPTIONS, or else that of its type.

    Raises TypeError where there is none.
    """
    check = EXCEPTIONS.get(str(column)) or EXCEPTIONS.get(column.name) or _check_of_type(column)
    return or_null(check) if column.nullable else check


def _check_of_type(column: Column[Any]) -> Check:
    match column.type:
        case Boolean():
            return checks.boolean
        case Integer():
            return checks.COUNT
        case Instant():
            return checks.instant
        case JSON():
            return list_of(text(100), 100)
        case Text():
            for constraint in column.table.constraints:
                if column.name in constraint.info:
                    return checks.name_of(constraint.info[column.name])
            if column.name.endswith("_url"):
                return checks.url
            return checks.SHORT_OR_EMPTY if column.default else checks.SHORT
    raise TypeError(f"{column}: no check is known for its type")
