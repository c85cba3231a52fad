"""When a package is fetched next, and what becomes of its bookkeeping; no I/O.

Who is active is fetched daily, who is archived monthly. Each package has its own place in its
interval, worked out of its key, so that a directory that was loaded at once is not fetched at once.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from db.ingest import IngestState
from ingest.errors import Later, Missing, UpstreamError

DAY = dt.timedelta(days=1)

INTERVALS = ((90, 1), (365, 3), (3 * 365, 7))
"""Days since the newest commit at most, and how many days lie between two fetches then."""

SLOW = 14
"""Days between two fetches of a package that nobody worked on for longer."""

SLOWEST = 30
"""Days between two fetches of one that is archived, deprecated or gone."""

GONE_COUNT, GONE_AFTER = 3, 3 * DAY
"""How often in a row an upstream has to say that a package is not there, and over what time."""

SPREAD = 0.1
"""The part of an interval by which a package's own lies below or above it at most."""

RETRY = dt.timedelta(hours=1)
"""When a first failure is tried again; each further one after twice as long."""

WORST_FIRST = ("QUEUED", "FAILING", "GONE", "OK", "NEVER")
"""A package's state is the first of these that one of its upstreams has."""

Row = Mapping[str, Any]


def interval(package: Row, now: dt.datetime) -> dt.timedelta:
    """The time between two fetches of a package, without its spread."""
    if package["is_archived"] or package["deprecated_at"] is not None:
        return SLOWEST * DAY
    updated = package["last_updated"]
    if updated is None:
        return DAY
    age = (now - updated).days
    return next((days for most, days in INTERVALS if age <= most), SLOW) * DAY


def spread(span: dt.timedelta, package_id: int, source: str) -> dt.timedelta:
    """`span`, made shorter or longer by a part that is the package's own for this source."""
    place = crc32(f"{package_id}:{source}".encode()) / 2**32
    return span * (1 - SPREAD + 2 * SPREAD * place)


def succeeded(
    row: Row, package: Row, now: dt.datetime, note: str | None, problem: UpstreamError | None
) -> dict[str, Any]:
    """A source's row after a success; `note` is what a curator should know all the same, and
    `problem` what kept a part from being fetched.
    """
    span = spread(interval(package, now), row["package_id"], row["source"])
    if isinstance(problem, Later):
        span = min(span, problem.until - now)
    note = note or (str(problem) if problem else None)
    return {
        "state": IngestState.OK.name,
        "last_fetched": now,
        "next_due": now + span,
        "failure_count": 0,
        "missing_count": 0,
        "missing_since": None,
        "last_error": note,
        "last_error_at": now if note else row["last_error_at"],
        "run_id": None,
    }


def failed(row: Row, package: Row, now: dt.datetime, error: UpstreamError) -> dict[str, Any]:
    """A source's row after a failure: nothing that is known is lost by one.

    GONE is who is not there three times in a row over three days at least; whoever comes back is
    read anew. Who was not even asked keeps his state.
    """
    told = {"last_error": str(error), "last_error_at": now, "run_id": None}
    if isinstance(error, Later):
        return told | {"next_due": error.until}
    count = row["failure_count"] + 1
    told |= {"state": IngestState.FAILING.name, "failure_count": count}
    span = min(RETRY * 2 ** min(count - 1, 20), interval(package, now))
    if isinstance(error, Missing):
        missing, since = row["missing_count"] + 1, row["missing_since"] or now
        told |= {"missing_count": missing, "missing_since": since}
        span = DAY
        if missing >= GONE_COUNT and now - since >= GONE_AFTER:
            told |= {"state": IngestState.GONE.name, "memo": {}}
            span = SLOWEST * DAY
    elif row["state"] == IngestState.GONE.name:
        told["state"] = row["state"]
    else:
        told |= {"missing_count": 0, "missing_since": None}
    return told | {"next_due": now + spread(span, row["package_id"], row["source"])}


def summary(sources: Iterable[Row]) -> dict[str, Any]:
    """What a package's bookkeeping says over all its upstreams, once none is being fetched."""
    rows = [*sources]
    due = [row["next_due"] for row in rows]
    wrong = [row for row in rows if row["last_error"] is not None]
    latest = max(wrong, key=lambda row: row["last_error_at"], default=None)
    states = {row["state"] for row in rows}
    return {
        "state": next((state for state in WORST_FIRST if state in states), "NEVER"),
        "last_fetched": max(filter(None, (row["last_fetched"] for row in rows)), default=None),
        "next_due": None if None in due else min(due, default=None),
        "failure_count": max((row["failure_count"] for row in rows), default=0),
        "last_error": latest and latest["last_error"],
        "last_error_at": latest and latest["last_error_at"],
    }
