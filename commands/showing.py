"""How a refresh is shown: a live table on a terminal, else lines of text, or lines of JSON."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from ingest.dry_run import Difference
from ingest.progress import Count, Failure

TOLD = 20
"""Failures that are told to a person."""

PAUSE = 5.0
"""Seconds between two lines of a source."""

See: TypeAlias = Callable[[Sequence[Count]], None]


@dataclass
class Pace:
    """How fast sources are done; what was done before the first look tells nothing."""

    first: dict[str, tuple[float, int]] = field(default_factory=dict)

    def seconds_left(self, count: Count) -> float | None:
        """None where that cannot be told yet."""
        now = time.monotonic()
        began, before = self.first.setdefault(count.source, (now, count.done))
        if count.done == count.total:
            return 0.0
        if count.done == before:
            return None
        return (count.total - count.done) * (now - began) / (count.done - before)


def shown(console: Console, *, is_json: bool) -> AbstractContextManager[See]:
    """What shows how far it is, as long as it is open."""
    if is_json:
        return _objects()
    return _table(console) if console.is_terminal else _lines(console)


@contextmanager
def _table(console: Console) -> Iterator[See]:
    pace = Pace()
    with Live(console=console, auto_refresh=False) as live:

        def see(counts: Sequence[Count]) -> None:
            if counts:
                live.update(_drawn(counts, pace), refresh=True)

        yield see


def _drawn(counts: Sequence[Count], pace: Pace) -> Table:
    table = Table("source", box=None, padding=(0, 1, 0, 0))
    for head in ("done", "changed", "unchanged", "failed", "later", "requests", "left"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("to go", justify="right", no_wrap=True)
    for count in counts:
        counted = (count.changed, count.unchanged, count.failed, count.postponed, count.requests)
        table.add_row(
            count.source,
            f"{count.done:,}/{count.total:,}",
            *map("{:,}".format, counted),
            "" if count.rate_left is None else f"{count.rate_left:,}",
            duration(pace.seconds_left(count)),
        )
    return table


@contextmanager
def _lines(console: Console) -> Iterator[See]:
    """A source's line every few seconds where it has changed, and at the end."""
    pace = Pace()
    began = time.monotonic()
    told: dict[str, tuple[float, Count | None]] = {}

    def see(counts: Sequence[Count]) -> None:
        now = time.monotonic()
        for count in counts:
            seconds_left = pace.seconds_left(count)
            at, last = told.get(count.source, (began, None))
            if count != last and (count.done == count.total or now - at >= PAUSE):
                told[count.source] = now, count
                say(console, line(count, seconds_left))

    yield see


def line(count: Count, seconds_left: float | None = None) -> str:
    """What was done of a source, in a line of text; what there was none of is left out."""
    named = {
        "changed": count.changed,
        "unchanged": count.unchanged,
        "failed": count.failed,
        "postponed": count.postponed,
        "requests": count.requests,
    }
    parts = [f"{count.source}: {count.done:,} of {count.total:,}"]
    parts += [f"{number:,} {name}" for name, number in named.items() if number]
    if count.rate_left is not None:
        parts.append(f"{count.rate_left:,} requests left")
    if seconds_left:
        parts.append(f"{duration(seconds_left)} to go")
    return ", ".join(parts)


def duration(seconds: float | None) -> str:
    """`45 s`, `12 min`, `3 h 20 min`; nothing where it is not known, or over."""
    if not seconds:
        return ""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def _objects() -> Iterator[See]:
    """A JSON object a line on stdout, where something has changed."""
    pace = Pace()
    last: Sequence[Count] = []

    def see(counts: Sequence[Count]) -> None:
        nonlocal last
        left = [pace.seconds_left(count) for count in counts]
        if counts != last:
            last = counts
            sources = [
                as_json(count) | {"secondsLeft": None if seconds is None else round(seconds, 1)}
                for count, seconds in zip(counts, left, strict=True)
            ]
            put({"type": "progress", "sources": sources})

    yield see


def put(value: dict[str, Any]) -> None:
    """Print an object as a line of JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def as_json(count: Count) -> dict[str, Any]:
    """The numbers by the names that `ingestRuns` has for them."""
    return {
        "source": count.source,
        "total": count.total,
        "done": count.done,
        "changed": count.changed,
        "unchanged": count.unchanged,
        "failed": count.failed,
        "postponed": count.postponed,
        "requests": count.requests,
        "rateLeft": count.rate_left,
    }


def put_difference(difference: Difference) -> None:
    """Print what would change as a line of JSON."""
    told = {
        "package": difference.slug,
        "source": difference.source,
        "version": difference.version,
        "isNew": difference.is_new,
        "diff": difference.diff,
    }
    put({"type": "difference"} | told)


def print_difference(difference: Difference) -> None:
    """Print what would change in lines of text."""
    place = f"{difference.slug} ({difference.source})"
    if difference.version is not None:
        place += f" version {difference.version}"
    if difference.is_new:
        typer.echo(f"{place}: new")
        return
    for name, (before, after) in difference.diff.items():
        typer.echo(f"{place} {name}: {_value(before)} -> {_value(after)}")


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def put_summary(counts: Sequence[Count], failures: Sequence[Failure]) -> None:
    """Print what came of it as a line of JSON."""
    failed = [
        {"package": failure.slug, "source": failure.source, "error": failure.error}
        for failure in failures
    ]
    put({"type": "summary", "sources": [*map(as_json, counts)], "failures": failed})


def print_summary(console: Console, counts: Sequence[Count], failures: Sequence[Failure]) -> None:
    """Say what came of it: what failed by package, and what was postponed."""
    if not counts:
        say(console, "Nothing is due.")
    for failure in failures[:TOLD]:
        say(console, f"{failure.slug} ({failure.source}) failed: {failure.error}")
    if len(failures) > TOLD:
        say(console, f"{len(failures) - TOLD:,} more failed: Package.ingest says why.")
    postponed = sum(count.postponed for count in counts)
    if postponed:
        say(console, f"{postponed:,} postponed: they are due once their upstreams have time.")


def say(console: Console, text: str) -> None:
    """Print a line as it is."""
    console.print(text, markup=False, soft_wrap=True)
