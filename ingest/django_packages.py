"""Django Packages' REST API v4: its pages fetched, and read as rows of ours.

What is unknown there is 0, an empty text or an empty list, as what is known to be so may be: none
of them is a value here.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from db import checks
from db.base import Base
from db.category import Category
from db.grid import Grid
from db.keys import FIRST_OWN_NUMBER
from db.package import Package
from db.pypi import name_from_url, normalize_name
from ingest.errors import Unreadable
from ingest.http import Requests
from ingest.reading import answer_of, count, counts, date, elements, flag, read, text, texts

ZONE = ZoneInfo("America/New_York")
"""The site's: that of its dates without an offset."""

EMPTY: tuple[Any, ...] = (None, "", [])

_MIDNIGHT: Any = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
_LINK = re.compile(r"/([1-9][0-9]{0,8})/?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Item:
    """A category, grid or package there.

    `values` are by the columns of its `model`; what is not known is not there. `category` and
    `grids` are numbers. `wrong` says what could not be read, and so is not known.
    """

    model: type[Base]
    number: int
    values: Mapping[str, Any]
    category: int | None = None
    grids: tuple[int, ...] = ()
    last_fetched: dt.datetime | None = None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """`size` rows of `count`: the items, and what is wrong with rows that are none."""

    count: int
    size: int
    items: tuple[Item, ...]
    wrong: tuple[str, ...]


def base_of(url: str) -> str:
    """The API's address, from that or the site's, without a slash at its end."""
    site = url.strip().rstrip("/").removesuffix("/api/v4")
    return f"{site}/api/v4"


async def fetch(requests: Requests, base: str, resource: str, offset: int, limit: int) -> bytes:
    """A page of "categories", "grids" or "packages", as JSON. Raises UpstreamError."""
    url = f"{base}/{resource}/?limit={limit}&offset={offset}"
    return (await requests.get(url, headers={"Accept": "application/json"})).body


@answer_of("Django Packages")
def parse(resource: str, body: bytes) -> Page:
    """Read a page. Raises Unreadable where it is none."""
    data = read(body)
    total, rows = count(data, "count"), elements(data, "results")
    if total is None or rows is None:
        raise Unreadable("expected a page, with count and results")
    items, wrong = [], []
    for place, row in enumerate(rows, 1):
        try:
            items.append(ITEMS[resource](Fields(row), _number(row)))
        except Unreadable as error:
            wrong.append(f"row {place} of its page: {error}")
    return Page(total, len(rows), tuple(items), tuple(wrong))


class Fields:
    """An object's fields; what cannot be read is None, and told to `wrong`."""

    def __init__(self, data: Any) -> None:
        self._data = data
        self.wrong: list[str] = []

    def __call__(self, reader: Callable[..., Any], key: str, *arguments: Any) -> Any:
        try:
            return reader(self._data, key, *arguments)
        except Unreadable as error:
            self.wrong.append(str(error))
            return None


def _category(field: Fields, number: int) -> Item:
    values = {
        "title_plural": field(text, "title_plural", 100),
        "show_pypi": field(flag, "show_pypi"),
    }
    return _item(Category, field, number, values | _described(field))


def _grid(field: Fields, number: int) -> Item:
    values = {"is_locked": field(flag, "is_locked"), "header": field(flag, "header")}
    return _item(Grid, field, number, values | _described(field))


def _package(field: Fields, number: int) -> Item:
    last_fetched = field(date, "last_fetched", ZONE)
    values = {
        "repo_url": field(_checked, "repo_url", checks.repo_url),
        "repo_description": field(text, "repo_description"),
        "repo_watchers": field(count, "repo_watchers") or None,
        "repo_forks": field(count, "repo_forks") or None,
        "pypi_version": field(text, "pypi_version"),
        "documentation_url": field(_checked, "documentation_url", checks.url),
        "commits_over_52": field(_weeks, "commits_over_52"),
        # GitHub's weeks end with the midnight, UTC, that the day begins with.
        "commits_over_52_ends": last_fetched and last_fetched.replace(**_MIDNIGHT),
        "participants": field(_participants, "participants"),
        "last_updated": field(date, "last_updated", ZONE),
    }
    return _item(
        *(Package, field, number, values | (field(_pypi, "pypi_url") or {})),
        category=field(_link, "category"),
        grids=tuple(field(_links, "grids") or ()),
        last_fetched=last_fetched,
    )


ITEMS = {"categories": _category, "grids": _grid, "packages": _package}
"""What reads a row of each resource, in the order in which they refer to each other."""


def _item(
    model: type[Base], field: Fields, number: int, values: Mapping[str, Any], **more: Any
) -> Item:
    """An item with what all of them have."""
    known = {
        "title": field(text, "title", 100),
        "slug": field(_checked, "slug", checks.slug),
        **values,
        "created": field(date, "created", ZONE),
        "modified": field(date, "modified", ZONE),
    }
    known = {column: value for column, value in known.items() if value not in EMPTY}
    return Item(model, number, known, wrong=tuple(field.wrong), **more)


def _described(field: Fields) -> dict[str, Any]:
    return {"description": field(_lines, "description", 20_000)}


def _number(data: Any) -> int:
    number = count(data, "id")
    if not number or number >= FIRST_OWN_NUMBER:
        raise Unreadable(f"id: expected a number from 1 to {FIRST_OWN_NUMBER - 1:,}")
    return number


def _text(data: Any, key: str) -> str:
    """A text as it is, "" where it is null."""
    value = data.get(key) or ""
    if not isinstance(value, str):
        raise Unreadable(f"{key}: expected a text")
    return value.strip()


def _lines(data: Any, key: str, most: int) -> str:
    """A text of several lines, cut to `most` characters."""
    lines = _text(data, key).replace("\r\n", "\n")[:most]
    return checks.CONTROL_BUT_LINES.sub(" ", lines).strip()


def _checked(data: Any, key: str, check: checks.Check) -> Any:
    """A text that is checked as ours are; None where it is empty."""
    value = _text(data, key)
    try:
        return check(value) if value else None
    except ValueError as error:
        raise Unreadable(f"{key}: {error}") from None


def _pypi(data: Any, key: str) -> dict[str, str | None]:
    """The project's address as it is spelled there, or its name, which may stand in its place."""
    value = _text(data, key)
    if not value or name_from_url(value):
        return {"pypi_url": _checked(data, key, checks.url)}
    try:
        return {"pypi_name": normalize_name(value)}
    except ValueError:
        raise Unreadable(f"{key}: expected a project of the package index") from None


def _weeks(data: Any, key: str) -> list[int] | None:
    """The counts of 52 weeks: a list, or a text with commas, of which letters may be listed."""
    value = data.get(key)
    if isinstance(value, list) and "," in value and all(isinstance(part, str) for part in value):
        value = "".join(value)
    if isinstance(value, str):
        numbers = [part.strip() for part in value.split(",")] if value.strip() else []
        if not all(map(_COUNT.fullmatch, numbers)):
            raise Unreadable(f"{key}: expected whole numbers with commas between them")
        value = [int(number) for number in numbers]
    weeks = counts({key: value}, key)
    if weeks and len(weeks) != checks.WEEKS:
        raise Unreadable(f"{key}: expected the counts of {checks.WEEKS} weeks, not {len(weeks)}")
    return weeks


def _participants(data: Any, key: str) -> list[str] | None:
    """Logins: a list, or a text with commas."""
    value = data.get(key)
    return texts({key: value.split(",") if isinstance(value, str) else value}, key)


def _link(data: Any, key: str) -> int | None:
    """The number that an address ends in."""
    value = _text(data, key)
    found = _LINK.search(value)
    if value and not found:
        raise Unreadable(f"{key}: expected an address that ends in a number")
    return int(found[1]) if found else None


def _links(data: Any, key: str) -> list[int]:
    links = [_link({key: value}, key) for value in elements(data, key) or ()]
    return [link for link in links if link is not None]
