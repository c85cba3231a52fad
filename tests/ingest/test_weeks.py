"""Commits over 52 weeks: how they are counted, and how they move on."""

import datetime as dt

import pytest

from ingest.weeks import counted, day_of, moved

NOW = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
ENDS = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WEEK = dt.timedelta(weeks=1)


@pytest.mark.parametrize(
    ("ago", "week"),
    [
        (SECOND, 51),
        (WEEK, 51),
        (WEEK + SECOND, 50),
        (51 * WEEK + SECOND, 0),
        (52 * WEEK, 0),
        (52 * WEEK + SECOND, None),
        (0 * WEEK, None),
        (-9_000 * WEEK, None),
    ],
)
def test_a_commit_is_counted_in_its_week(ago: dt.timedelta, week: int | None) -> None:
    weeks, ends = counted([ENDS - ago], NOW)
    assert ends == ENDS
    assert weeks == [int(place == week) for place in range(52)]


def test_commits_of_one_week_add_up_whatever_their_zone() -> None:
    east = dt.timezone(dt.timedelta(hours=14))
    weeks, ends = counted([NOW, (NOW - WEEK).astimezone(east), NOW], NOW.astimezone(east))
    assert (weeks[50:], ends) == ([1, 2], ENDS)


def test_no_commits_are_52_weeks_of_none() -> None:
    assert counted([], NOW)[0] == [0] * 52


def test_a_day_begins_at_midnight_utc() -> None:
    assert (
        day_of(dt.datetime.fromisoformat("2026-11-24T01:00:00+02:00")) == ENDS - 2 * SECOND * 86400
    )


@pytest.mark.parametrize("since", [-3 * WEEK, -SECOND, 0 * WEEK, WEEK - SECOND])
def test_weeks_stay_until_one_has_passed(since: dt.timedelta) -> None:
    weeks = list(range(52))
    assert moved(weeks, ENDS, ENDS + since) == (weeks, ENDS)


@pytest.mark.parametrize("passed", [1, 2, 51, 52, 53, 9_000])
def test_each_week_that_passes_takes_the_place_of_the_oldest(passed: int) -> None:
    weeks = list(range(52))
    expected = [*weeks, *[0] * passed][-52:]
    assert moved(weeks, ENDS, ENDS + passed * WEEK + SECOND) == (expected, ENDS + passed * WEEK)


def test_moving_in_steps_comes_to_the_same() -> None:
    there = moved(list(range(52)), ENDS, ENDS + 3 * WEEK)
    assert moved(*there, ENDS + 9 * WEEK) == moved(list(range(52)), ENDS, ENDS + 9 * WEEK)


def test_counts_that_are_not_known_stay_so() -> None:
    assert moved([], ENDS, ENDS + 9 * WEEK)[0] == []
