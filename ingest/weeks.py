"""Commits over 52 weeks: 52 counts, the oldest week first, with the end of the last one."""

import datetime as dt
from collections.abc import Iterable, Sequence

from db.checks import WEEKS

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(weeks=1)


def day_of(moment: dt.datetime) -> dt.datetime:
    """The midnight, UTC, at which its day began."""
    return moment.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def counted(commits: Iterable[dt.datetime], now: dt.datetime) -> tuple[list[int], dt.datetime]:
    """Count the commits of the 52 weeks that end with today; what is not in them is left out."""
    ends = day_of(now) + _DAY
    weeks = [0] * WEEKS
    for moment in commits:
        place = WEEKS - 1 - (ends - moment - dt.datetime.resolution) // _WEEK
        if 0 <= place < WEEKS:
            weeks[place] += 1
    return weeks, ends


def moved(
    weeks: Sequence[int], ends: dt.datetime, now: dt.datetime
) -> tuple[list[int], dt.datetime]:
    """Counts that ended with `ends`, as they are now, where there was no commit since.

    They move by whole weeks: each that has passed takes the place of the oldest one.
    """
    passed = max(0, (now - ends) // _WEEK)
    return [*weeks[passed:], *[0] * min(passed, len(weeks))], ends + passed * _WEEK
