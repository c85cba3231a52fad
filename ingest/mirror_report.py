"""What is told of a mirror: a line for each finding, and for each page what became of its rows."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from db.base import Base
from db.repo_url import RepoUrl


class What(enum.Enum):
    """What was found; its value is how it is told."""

    NEW = "new"
    CHANGED = "changed"
    KEPT = "kept"
    RENAMED = "renamed"
    DUPLICATE = "duplicate"
    VANISHED = "vanished"
    UNREADABLE = "unreadable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What there is to tell of a row; of its `field`, where it is about one, what both have."""

    what: What
    subject: str
    why: str = ""
    field: str | None = None
    ours: Any = None
    theirs: Any = None


def subject(model: type[Base], number: int, slug: str) -> str:
    """How a row is called."""
    return f"{model.__tablename__} {number} {slug}".rstrip()


Print = Callable[[str], None]

QUIET = {What.NEW, What.CHANGED, What.KEPT}
"""What is printed of a dry run alone: a mirror counts it."""

LONGEST = 100
"""Characters of a value."""


class Report:
    """Told of each page, it prints to `lines` and `progress`; `counts` are of subjects."""

    def __init__(self, lines: Print, progress: Print, *, is_dry: bool) -> None:
        self.counts: Counter[What] = Counter()
        self._lines = lines
        self._progress = progress
        self._is_dry = is_dry

    def __call__(self, place: str, findings: list[Finding]) -> None:
        for finding in findings:
            if self._is_dry or finding.what not in QUIET:
                self._lines(line_of(finding))
        subjects = {what: {each.subject for each in findings if each.what is what} for what in What}
        found = {what: len(names) for what, names in subjects.items() if names}
        self.counts.update(found)
        counted = ", ".join(f"{count:,} {what.value}" for what, count in found.items())
        self._progress(f"{place}: {counted or 'nothing new'}")


def line_of(finding: Finding) -> str:
    """A finding as a line: `kept package 7 django-q title: ours "Q", theirs "Django Q" (why)`."""
    line = f"{finding.what.value:10} {finding.subject}"
    if finding.field is not None:
        line += f" {finding.field}: ours {_shown(finding.ours)}, theirs {_shown(finding.theirs)}"
    elif finding.why:
        return f"{line}: {finding.why}"
    return f"{line} ({finding.why})" if finding.why else line


def _shown(value: Any) -> str:
    if isinstance(value, RepoUrl):
        value = value.url
    elif isinstance(value, dt.datetime):
        value = value.astimezone(dt.UTC).isoformat(timespec="seconds")
    text = orjson.dumps(value).decode()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
