"""`where` over one row, by two-valued logic: a condition holds or it does not, null included."""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from graphql import GraphQLError

from tests.yardstick.rows import Row, cell_of

MOST_VALUES = 200

LISTS = {"license": "licenses", "participant": "participants"}
"""Filters of a list's elements: one that fits is enough."""


def check(where: Any) -> None:
    """Raise GraphQLError for a null, or more than 200 values in a list, anywhere in a filter."""
    if where is None:
        raise GraphQLError("null in a filter")
    if isinstance(where, list) and len(where) > MOST_VALUES:
        raise GraphQLError("too many values in a filter")
    if isinstance(where, dict | list):
        for part in where.values() if isinstance(where, dict) else where:
            check(part)


def holds(where: dict[str, Any], row: Row) -> bool:
    """Whether all that `where` says holds of `row`."""
    return all(_condition_holds(name, condition, row) for name, condition in where.items())


def cell_holds(where: dict[str, Any], feature: Row, package: Row) -> bool:
    """Whether a CellWhere holds of what is said of `package` under `feature`."""
    cell = cell_of(package, feature)
    return ("verdict" not in where or cell.verdict in where["verdict"]) and (
        "text" not in where or value_holds(where["text"], cell.text)
    )


def _condition_holds(name: str, condition: Any, row: Row) -> bool:
    match name:
        case "AND":
            return all(holds(where, row) for where in condition)
        case "OR":
            return any(holds(where, row) for where in condition)
        case "NOT":
            return not holds(condition, row)
        case "category":
            return holds(condition, row.category)
        case "inGrid":
            return any(holds(condition, grid) for grid in row.grids)
        case "hasPackage":
            return any(holds(condition, package) for package in row.packages)
        case "node":
            if condition.startswith("Change:"):
                raise GraphQLError("changes are not logged")
            return bool(row.nodeId == condition)
        case "isDeprecated":
            return (row.deprecatedAt is not None) is condition
        case "ingestState":
            return row.ingest.state in condition
        case "license" | "participant":
            return list_holds(condition, getattr(row, LISTS[name]))
        case "repoUrl":
            return repo_url_holds(condition, row.repoUrl)
    value = getattr(row, name)
    if isinstance(condition, dict):
        return value_holds(condition, value)
    if isinstance(condition, list):
        return value in condition
    return bool(value is condition)


def value_holds(operators: dict[str, Any], value: Any) -> bool:
    """Whether all `operators` hold of a text, a number or an instant, or of None."""
    if isinstance(value, dt.datetime):
        operators = {
            name: instant(given) if isinstance(given, str) else given
            for name, given in operators.items()
        }
    return all(_operator_holds(name, given, value) for name, given in operators.items())


def list_holds(operators: dict[str, Any], values: list[str]) -> bool:
    """As `value_holds`, of at least one of the `values`; `ne`, and a true `isNull`, of none."""

    def operator_holds(name: str, given: Any) -> bool:
        if name == "isNull":
            return (not values) is given
        if name == "ne":
            return given not in values
        return any(_operator_holds(name, given, value) for value in values)

    return all(operator_holds(name, given) for name, given in operators.items())


def repo_url_holds(operators: dict[str, Any], url: str | None) -> bool:
    """As `value_holds`; whole addresses are compared whatever their spelling."""

    def operator_holds(name: str, given: Any) -> bool:
        if name in {"eq", "ne"}:
            return _operator_holds(name, repository(given), url and repository(url))
        if name == "in":
            return url is not None and repository(url) in map(repository, given)
        return _operator_holds(name, given, url)

    return all(operator_holds(name, given) for name, given in operators.items())


def repository(url: str) -> str:
    """One spelling for the spellings that the tests use of a stored address."""
    if " " in url:
        raise GraphQLError("no address of a repository")
    plain = re.sub(r"^(https?://|ssh://)?([^@/]*@)?(www\.)?", "", url.casefold())
    return plain.replace(":", "/", 1).partition("/tree/")[0].rstrip("/").removesuffix(".git")


@lru_cache(maxsize=4096)
def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, given: value == given,
    "in": lambda value, given: value in given,
    "gt": lambda value, given: value > given,
    "gte": lambda value, given: value >= given,
    "lt": lambda value, given: value < given,
    "lte": lambda value, given: value <= given,
    "contains": lambda value, given: given.casefold() in value.casefold(),
    "startsWith": lambda value, given: value.casefold().startswith(given.casefold()),
    "endsWith": lambda value, given: value.casefold().endswith(given.casefold()),
}
"""What holds of a value that is there. None of them holds of None."""


def _operator_holds(name: str, given: Any, value: Any) -> bool:
    if name == "isNull":
        return (value is None) is given
    if name == "ne":
        return bool(value != given)
    return value is not None and OPERATORS[name](value, given)
