"""What is worked out of a package when it is read: its score's parts, whence its fields come."""

import datetime as dt

from tests.yardstick.connections import NEWEST_FIRST, in_order
from tests.yardstick.rows import Row

# fmt: off
STORED = {
    "title", "slug", "category", "repoUrl", "repoHost", "repoDescription", "repoWatchers",
    "repoForks", "commitCount", "contributorCount", "pypiUrl", "pypiName", "pypiVersion",
    "documentationUrl", "homepageUrl", "topics", "advisories", "commitsOver52",
    "commitsOver52Ends", "participants", "lastUpdated", "licenses", "requiresPython",
    "supportsPython3", "developmentStatus", "isArchived", "deprecatedAt", "replacedBy", "score",
    "databaseId", "created", "modified",
}
"""The fields that have a provenance."""
# fmt: on

PINNED = {
    "TITLE": "title",
    "REPO_HOST": "repoHost",
    "REPO_DESCRIPTION": "repoDescription",
    "PYPI_URL": "pypiUrl",
    "DOCUMENTATION_URL": "documentationUrl",
    "LICENSES": "licenses",
    "IS_ARCHIVED": "isArchived",
    "DEPRECATED_AT": "deprecatedAt",
    "REPLACED_BY": "replacedBy",
}
"""The fields that pins are on, by the names of these."""

ALIVE = dt.timedelta(seconds=90)
"""How long ago a worker that is alive was seen at most."""


def score_parts(package: Row) -> list[Row]:
    """Stars, what age and rounding take away, what the lack of Python 3 takes away."""
    stars = package.repoWatchers or 0
    python3 = 0 if package.supportsPython3 else -int(min(0.3 * stars, 1000))
    points = {"STARS": stars, "AGE": package.score - stars - python3, "PYTHON3": python3}
    reasons = {
        "STARS": _stars(package.repoWatchers),
        "AGE": _age(package),
        "PYTHON3": {
            True: "It supports Python 3.",
            False: "It does not support Python 3" + LOST,
            None: "Whether it supports Python 3 is not known" + LOST,
        }[package.supportsPython3],
    }
    return [
        Row(
            "ScorePart",
            {
                "rule": rule,
                "points": points[rule],
                "max": None if rule == "STARS" else 0,
                "reason": reasons[rule],
            },
        )
        for rule in points
    ]


LOST = ": three tenths of the stars are lost, 1,000 at most."
BY_AGE = (
    ". A tenth of the stars is lost for each three months from then until the score was last worked"
    " out; rounding and the floor of -500 are in this part."
)


def _stars(stars: int | None) -> str:
    if stars is None:
        return "How many stars it has is not known: counted as 0."
    return "1 star." if stars == 1 else f"{stars} stars."


def _age(package: Row) -> str:
    newest = next(iter(in_order(package.versions, NEWEST_FIRST)), None)
    if newest is not None and newest.uploadedAt is not None:
        return f"Its newest release, {newest.number}, is of {_day(newest.uploadedAt)}{BY_AGE}"
    if package.lastUpdated is not None:
        since = "The date of its newest release is not known; its newest commit is of"
        return f"{since} {_day(package.lastUpdated)}{BY_AGE}"
    return "No date of a release or a commit is known: only rounding is in this part."


def _day(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).date().isoformat()


def provenance(package: Row) -> list[Row]:
    """The newest change that set each field, by the field's name."""
    newest: dict[str, Row] = {}
    for change in sorted(package.changes, key=lambda row: row.id):
        newest |= dict.fromkeys({*change.diff, "modified"} & STORED, change)
    pinned = {PINNED[pin] for pin in package.pins}
    return [
        Row(
            "FieldProvenance",
            {
                "field": name,
                "source": change.actor,
                "at": change.at,
                "is_pinned": name in pinned,
            },
        )
        for name, change in sorted(newest.items())
    ]


def reason(ingest: Row) -> str | None:
    """Why a package is not fetched yet."""
    if ingest.state != "QUEUED":
        return None
    if any(worker.seen > dt.datetime.now(dt.UTC) - ALIVE for worker in ingest.workers):
        return "A worker will fetch it next."
    return "No worker is running: start one with `python server.py worker`, or serve with --worker."
