"""What a site is asked and what it answers, as plain values: the server does the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.ingest.upstream.world import World, iso, numbers

Make = Callable[[int], dict[str, Any]]
"""Makes an item of a list from its index."""


class Ask(NamedTuple):
    """A request: `path` still has its percent signs, `site` is the host that is played."""

    world: World
    site: str
    url: str
    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    token: str | None


@dataclass(slots=True)
class Answer:
    """`body` is made JSON, unless it is bytes; `cost` is what the limit is charged.

    `etag` says how the site spells its ETags: 'W/"{}"', or None for one that sends none.
    """

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    cost: int = 1


def whole(text: str | None, default: int) -> int:
    """A number of a query; the default where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def paged(
    ask: Ask,
    total: int,
    make: Make,
    *,
    at: str,
    size: str = "per_page",
    default: int = 30,
) -> tuple[list[Any], dict[str, str]]:
    """The items of the page that is asked for, and its Link header; `at` is the list's own URL."""
    most = max(1, min(100, whole(ask.query.get(size), default)))
    page, last = max(1, whole(ask.query.get("page"), 1)), max(1, -(-total // most))
    others = "".join(f"{key}={value}&" for key, value in ask.query.items() if key != "page")
    pages = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    shown = {"prev": page > 1, "next": page < last, "last": page < last, "first": page > 1}
    links = ", ".join(
        f'<{at}?{others}page={pages[rel]}>; rel="{rel}"'
        for rel, is_shown in shown.items()
        if is_shown
    )
    items = [make(index) for index in range((page - 1) * most, min(page * most, total))]
    return items, {"Link": links} if last > 1 else {}


def commit_date(pushed: int, index: int, zone: str = "Z") -> str:
    """When the commit of that index was made: the newest is 0."""
    return iso(pushed - index * 40_000, zone)


def sha(*key: object) -> str:
    """A commit's name."""
    return "".join(f"{number:016x}" for number in numbers(*key))[:40]
