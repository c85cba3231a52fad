"""How values from outside are checked: functions that take a JSON value and give the column's.

All of them raise ValueError with what they expected; the text never holds the value.
"""

import datetime as dt
import enum
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from db.pypi import normalize_name
from db.repo_url import LENGTH as URL_LENGTH
from db.repo_url import RepoUrl, normalize
from db.text import SLUG_LENGTH

Check = Callable[[Any], Any]

LARGEST = 2**31 - 1
"""The largest Int of GraphQL, and of an integer column."""

WEEKS = 52

UNSEEN = "\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff"
"""Control characters, those that turn the direction of a line, and what is no character."""

CONTROL = re.compile(rf"[\x00-\x1f{UNSEEN}]")
CONTROL_BUT_LINES = re.compile(rf"[\x00-\x08\x0b-\x1f{UNSEEN}]")
_SLUG = re.compile(rf"[A-Za-z0-9_-]{{1,{SLUG_LENGTH}}}")


def text(most: int, *, empty: bool = False, control: re.Pattern[str] = CONTROL) -> Check:
    """A text of at most `most` characters, white space around it dropped, lines ended by "\\n"."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("expected a text")
        trimmed: str = value.strip().replace("\r\n", "\n")
        if len(trimmed) > most:
            raise ValueError(f"expected {most:,} characters at most, not {len(trimmed):,}")
        if not (trimmed or empty):
            raise ValueError("expected a text that is not empty")
        if control.search(trimmed):
            raise ValueError("expected a text without control characters")
        return trimmed

    return check


def whole_number(least: int, most: int) -> Check:
    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"expected a whole number from {least:,} to {most:,}")
        return value

    return check


def boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def instant(value: Any) -> dt.datetime:
    try:
        moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
        # PostgreSQL's driver takes the first and the last date that there are for infinity.
        if moment.tzinfo is not None and 1 < moment.year < 9999:
            return moment.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise ValueError("expected a date and time with an offset, like 2026-02-15T08:05:54+00:00")


def slug(value: Any) -> str:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise ValueError(f"expected 1 to {SLUG_LENGTH} letters, digits, '_' and '-' of ASCII")
    return value


def url(value: Any) -> str:
    value = text(URL_LENGTH)(value)
    if not value.lower().startswith(("http://", "https://")):
        raise ValueError("expected an address that begins with http:// or https://")
    if " " in value or not value.isprintable():
        raise ValueError("expected an address without spaces")
    try:
        parts = urlsplit(value)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or "@" in parts.netloc:
        raise ValueError("expected an address with a host, and no name and password before it")
    return str(value)


def repo_url(value: Any) -> RepoUrl:
    return normalize(text(URL_LENGTH)(value))


def pypi_name(value: Any) -> str:
    return normalize_name(text(100)(value))


def name_of(members: type[enum.Enum]) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in members.__members__:
            raise ValueError(f"expected one of {', '.join(members.__members__)}")
        return value

    return check


def or_null(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def list_of(check: Check, most: int) -> Check:
    def check_list(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(f"expected a list of {most:,} at most")
        return [part(f"{place}.", check, element) for place, element in enumerate(value, 1)]

    return check_list


def weeks(value: Any) -> list[int]:
    """The counts of 52 weeks, or none."""
    counts: list[int] = list_of(COUNT, WEEKS)(value)
    if len(counts) not in {0, WEEKS}:
        raise ValueError(f"expected the counts of {WEEKS} weeks, or none, not {len(counts)}")
    return counts


def map_of(check_key: Check, check: Check) -> Check:
    def check_map(value: Any) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise ValueError("expected an object")
        checked = {
            part(repr(key), check_key, key): part(repr(key), check, element)
            for key, element in value.items()
        }
        if len(checked) < len(value):
            raise ValueError("expected each key once")
        return checked

    return check_map


def part(place: str, check: Check, value: Any) -> Any:
    """Read a part of a value; `place` says in a message which."""
    try:
        return check(value)
    except ValueError as error:
        raise ValueError(f"{place} {error}") from None


COUNT = whole_number(0, LARGEST)
TITLE = text(100)
SHORT = text(1_000)
SHORT_OR_EMPTY = text(1_000, empty=True, control=CONTROL_BUT_LINES)
LONG_OR_EMPTY = text(20_000, empty=True, control=CONTROL_BUT_LINES)
