"""A package's score. docs/score.md explains it with worked examples."""

import calendar
import datetime as dt
import enum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, cast, func

from db.sql import number

LOWEST = -500

PYTHON2 = 3
"""Tenths of a star that each star loses without Python 3."""

PYTHON2_MOST = 10_000
"""Tenths of a star that are lost so at most."""


class ScoreRule(enum.Enum):
    """What a score is added up from."""

    STARS = "STARS"
    AGE = "AGE"
    PYTHON3 = "PYTHON3"


def score(
    stars: int | None,
    supports_python3: bool | None,
    newest_release: dt.datetime | None,
    last_updated: dt.datetime | None,
    now: dt.datetime,
) -> int:
    """Stars, less what age and the lack of Python 3 take away; -500 at least.

    max(-500, int(stars - floor(months / 3) * stars / 10 - python2)), where months are the whole
    calendar months since the newest release, else since the newest commit (`last_updated`), and 0
    where neither is known or it lies in the future; python2 is 0 where Python 3 is supported, else
    min(0.3 * stars, 1000). Unknown stars count 0, unknown Python 3 support counts as none.
    The rule is Django Packages'; its arithmetic here is exact: all is added up in tenths of
    a star, since floats would miss a whole star where the result is one to the tenth.

    Raises ValueError where a date has no offset.
    """
    known_stars = stars or 0
    tenths = (
        10 * known_stars
        - _age_tenths(known_stars, newest_release or last_updated, now)
        - _python2_tenths(known_stars, supports_python3)
    )
    return max(LOWEST, int(tenths / 10))


def _age_tenths(stars: int, since: dt.datetime | None, now: dt.datetime) -> int:
    """A tenth of the stars for each three whole months, without limit."""
    return 0 if since is None else whole_months(since, now) // 3 * stars


def _python2_tenths(stars: int, supports_python3: bool | None) -> int:
    """Three tenths of the stars, 1,000 stars at most, unless Python 3 is known to be supported."""
    return 0 if supports_python3 else min(PYTHON2 * stars, PYTHON2_MOST)


def points(package: Any) -> dict[ScoreRule, ColumnElement[int]]:
    """What each rule adds to the score that a row of `package` has stored: SQL of its columns.

    Their sum is the score. Python 3's part is cut off to whole stars, towards zero; age has what
    the other two leave: its own part, what is rounded, and what `LOWEST` gives back.
    """
    stars = cast(func.coalesce(package.repo_watchers, number(0)), BigInteger)
    tenths, most = stars * number(PYTHON2), number(PYTHON2_MOST)
    lost = case((tenths > most, most), else_=tenths) // number(10)
    python3 = case((package.supports_python3, number(0)), else_=-lost)
    return {
        ScoreRule.STARS: stars,
        ScoreRule.AGE: package.score - stars - python3,
        ScoreRule.PYTHON3: python3,
    }


def whole_months(since: dt.datetime, now: dt.datetime) -> int:
    """The whole calendar months from `since` to `now`, in UTC; 0 where `since` is the later.

    As dateutil's relativedelta counts them (years * 12 + months): a month is over on the same day
    and time of a later month, or on that month's last day where it is shorter.
    Raises ValueError where a date has no offset.
    """
    if since.tzinfo is None or now.tzinfo is None:
        raise ValueError("expected dates with an offset from UTC")
    since, now = since.astimezone(dt.UTC), now.astimezone(dt.UTC)
    months = (now.year - since.year) * 12 + now.month - since.month
    last_day = calendar.monthrange(now.year, now.month)[1]
    anniversary = since.replace(year=now.year, month=now.month, day=min(since.day, last_day))
    return max(0, months - (now < anniversary))
