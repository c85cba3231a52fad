"""JSON from upstream, read with care: each reader gives the value of a key as its column takes it.

`data` is an object of an answer. A key that is not there, and one whose value is null, give None:
the upstream does not say. Whatever else is not as expected raises Unreadable with the key and what
was expected; `answer_of` puts the upstream's name before it. The text never holds the value.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import orjson

from db import checks
from ingest.errors import Unreadable

_BOM = b"\xef\xbb\xbf"
_ZERO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_AHEAD = dt.timedelta(days=1)


@contextmanager
def answer_of(upstream: str) -> Iterator[None]:
    """Name the upstream in what is raised within; a decorator too."""
    try:
        yield
    except Unreadable as error:
        raise Unreadable(f"The answer of {upstream} cannot be read: {error}") from None


def read(body: bytes) -> Any:
    """The value that a JSON text in UTF-8 stands for: as RFC 8259 has it, but for a leading BOM.

    NaN, halves of surrogate pairs and more than 1,024 levels raise Unreadable, as no JSON does.
    """
    try:
        return orjson.loads(body.removeprefix(_BOM))
    except orjson.JSONDecodeError:
        raise Unreadable("it is no valid JSON") from None


def count(data: Any, key: str) -> int | None:
    """A whole number from 0 to 2,147,483,647."""
    value = _value(data, key)
    return None if value is None else _checked(key, checks.COUNT, value)


def counts(data: Any, key: str) -> list[int] | None:
    """A list of whole numbers from 0 to 2,147,483,647."""
    found = elements(data, key)
    return None if found is None else [_checked(key, checks.COUNT, value) for value in found]


def flag(data: Any, key: str) -> bool | None:
    value = _value(data, key)
    return None if value is None else _checked(key, checks.boolean, value)


def text(data: Any, key: str, most: int = 1_000) -> str | None:
    """A text in one line, cut to `most` characters; it may be empty."""
    value = _value(data, key)
    return None if value is None else _line(key, value, most)


def lines(data: Any, key: str, most: int = 50) -> list[str] | None:
    """The first `most` lines of a text that are not empty, each cut to 1,000 characters."""
    value = _value(data, key)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"{key}: expected a text")
    if value is None:
        return None
    found = value[: 1_000 * most].splitlines()
    return [line for each in found if (line := _line(key, each, 1_000))][:most]


def texts(data: Any, key: str, most: int = 100) -> list[str] | None:
    """The first `most` texts of a list that are not empty, each as one line of 100 characters."""
    found = elements(data, key)
    if found is None:
        return None
    return list(islice((line for value in found if (line := _line(key, value, 100))), most))


def address(data: Any, key: str) -> str | None:
    """An address of the web. Somebody typed it: what is none by `db.checks.url` gives None."""
    value = _value(data, key)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"{key}: expected a text")
    try:
        return str(checks.url(value))
    except ValueError:
        return None


def date(data: Any, key: str, zone: dt.tzinfo | None = None) -> dt.datetime | None:
    """A date and time in UTC, from after the zero of clocks, in 1970, to a day from now.

    `zone` is that of one without an offset.
    """
    value = _value(data, key)
    if value is None:
        return None
    try:
        given = dt.datetime.fromisoformat(value)
        if given.tzinfo is None:
            given = given.replace(tzinfo=zone)
        moment: dt.datetime = checks.instant(given)
        if _ZERO < moment <= dt.datetime.now(dt.UTC) + _AHEAD:
            return moment
    except (TypeError, ValueError):
        pass
    raise Unreadable(f"{key}: expected a date and time of the past, with its offset from UTC")


def part(data: Any, key: str) -> dict[str, Any] | None:
    """An object within an object."""
    value = _value(data, key)
    return None if value is None else _object(key, value)


def parts(data: Any, key: str) -> list[dict[str, Any]] | None:
    """A list of objects."""
    found = elements(data, key)
    return None if found is None else [_object(key, value) for value in found]


def items(body: bytes) -> list[dict[str, Any]]:
    """The list of objects that a whole answer is."""
    found = parts({"list": read(body)}, "list")
    if found is None:
        raise Unreadable("expected a list")
    return found


def number_of(data: Any) -> str:
    """The number by which an upstream knows an object: more than an integer column may take."""
    value = data.get("id")
    if type(value) is not int or value < 1:
        raise Unreadable("id: expected a number from 1")
    return str(value)


def elements(data: Any, key: str) -> list[Any] | None:
    """A list of anything."""
    value = _value(data, key)
    if value is not None and not isinstance(value, list):
        raise Unreadable(f"{key}: expected a list")
    return value


def _value(data: Any, key: str) -> Any:
    if type(data) is not dict:
        raise Unreadable(f"expected an object with {key}")
    return data.get(key)


def _object(key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"{key}: expected an object")
    return value


def _line(key: str, value: Any, most: int) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{key}: expected a text")
    # What is far beyond the cut is not even looked at: a text may have millions of characters.
    return " ".join(checks.CONTROL.sub(" ", value[: 10 * most]).split())[:most].rstrip()


def _checked(key: str, check: checks.Check, value: Any) -> Any:
    try:
        return check(value)
    except ValueError as error:
        raise Unreadable(f"{key}: {error}") from None
