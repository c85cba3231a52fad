import datetime as dt
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.score import score, whole_months

NOW = dt.datetime(2026, 2, 15, 12, tzinfo=dt.UTC)
DOCS = Path(__file__).parents[2] / "docs" / "score.md"
INSTANTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))


def _examples() -> list[list[str]]:
    """The cells of each row of the table of worked examples."""
    lines = DOCS.read_text(encoding="utf-8").split("## Worked examples")[1].splitlines()
    rows = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def _date(cell: str) -> dt.datetime | None:
    return None if cell == "unknown" else dt.datetime.fromisoformat(cell)


def test_the_documentation_has_examples() -> None:
    assert len(_examples()) >= 10


@pytest.mark.parametrize("row", _examples(), ids=" ".join)
def test_the_documentation_is_right(row: list[str]) -> None:
    stars, python3, released, updated, months, _, result = row
    newest_release, last_updated = _date(released), _date(updated)
    counted_from = newest_release or last_updated
    assert (whole_months(counted_from, NOW) if counted_from else 0) == int(months)
    assert score(
        None if stars == "unknown" else int(stars),
        {"true": True, "false": False, "unknown": None}[python3],
        newest_release,
        last_updated,
        NOW,
    ) == int(result)


@given(
    st.none() | st.integers(0, 2**31 - 1),
    st.sampled_from([True, False, None]),
    st.none() | INSTANTS,
    st.none() | INSTANTS,
)
@example(2, False, dt.datetime(2023, 2, 15, 12, tzinfo=dt.UTC), None)
def test_it_is_the_formula(
    stars: int | None,
    python3: bool | None,
    released: dt.datetime | None,
    updated: dt.datetime | None,
) -> None:
    known = Fraction(stars or 0)
    months = next((whole_months(date, NOW) for date in (released, updated) if date), 0)
    python2 = Fraction(0) if python3 else min(Fraction(3, 10) * known, Fraction(1000))
    formula = known - math.floor(Fraction(months, 3)) * known / 10 - python2
    assert score(stars, python3, released, updated, NOW) == max(-500, int(formula))


@pytest.mark.parametrize(
    ("since", "now", "months"),
    [
        ("2026-01-31T00:00:00+00:00", "2026-02-27T23:59:59+00:00", 0),
        ("2026-01-31T00:00:00+00:00", "2026-02-28T00:00:00+00:00", 1),
        ("2024-01-31T10:00:00+00:00", "2024-02-29T09:59:59+00:00", 0),
        ("2024-01-31T10:00:00+00:00", "2024-02-29T10:00:00+00:00", 1),
        ("2024-02-29T00:00:00+00:00", "2025-02-28T00:00:00+00:00", 12),
        ("2024-02-29T00:00:00+00:00", "2025-02-27T23:00:00+00:00", 11),
        ("2026-02-28T00:00:00+00:00", "2026-03-28T00:00:00+00:00", 1),
        ("2025-12-31T00:00:00+00:00", "2026-01-30T00:00:00+00:00", 0),
        ("2020-05-05T05:05:05+00:00", "2020-05-05T05:05:05+00:00", 0),
        ("2020-05-05T05:05:06+00:00", "2020-05-05T05:05:05+00:00", 0),
        ("2030-01-01T00:00:00+00:00", "2020-01-01T00:00:00+00:00", 0),
        ("2016-02-15T12:00:00+00:00", "2026-02-15T12:00:00+00:00", 120),
        # 1 January in Kiritimati is 31 December in UTC, which is where the months are counted.
        ("2026-01-01T13:00:00+14:00", "2026-01-31T23:00:00+00:00", 1),
    ],
)
def test_months_are_whole_calendar_months(since: str, now: str, months: int) -> None:
    assert whole_months(dt.datetime.fromisoformat(since), dt.datetime.fromisoformat(now)) == months


def test_a_date_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="expected dates with an offset"):
        score(1, True, dt.datetime(2026, 1, 1), None, NOW)
