"""A package's score. docs/score.md explains it with worked examples."""

import calendar
import datetime as dt

LOWEST = -500


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
    return 0 if supports_python3 else min(3 * stars, 10_000)


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
