"""What is kept, and what a flood of new keys pushes out."""

import itertools

from resolvers.kept import Kept


def test_what_is_asked_for_again_outlives_a_flood() -> None:
    kept: Kept[str, int] = Kept(8)
    made = itertools.count()
    for key in "ababcdefghijklmnopqrs":
        kept.find(key, lambda: next(made))
    assert len(kept) == 4
    assert (kept.find("a", lambda: -1), kept.find("b", lambda: -1)) == (0, 1)
    assert kept.find("c", lambda: -1) == -1


def test_of_what_is_asked_for_again_the_last_used_is_kept() -> None:
    kept: Kept[int, int] = Kept(4)
    made = itertools.count()
    for key in [1, 1, 2, 2, 3, 3, 1, 4, 4, 5]:
        kept.find(key, lambda: next(made))
    assert len(kept) == 4
    assert [kept.find(key, lambda: -1) for key in (1, 3, 4)] == [0, 2, 3]
    assert kept.find(2, lambda: -1) == -1


def test_what_is_kept_is_bounded_by_weight() -> None:
    kept: Kept[int, str] = Kept(100, weight=len)
    for number in range(1000):
        kept.keep(number % 37, "x" * (1 + number % 12))
        kept.get(number % 7)
        once, again = (sum(map(len, part.values())) for part in (kept._once, kept._again))
        assert once <= 25
        assert again <= 75
    assert kept.get(999 % 37) == "x" * (1 + 999 % 12)


def test_what_is_heavier_than_its_segment_is_not_kept() -> None:
    kept: Kept[str, str] = Kept(100, weight=len)
    kept.keep("a", "x" * 26)
    assert len(kept) == 0


def test_a_newer_value_takes_the_place_of_an_older() -> None:
    kept: Kept[str, int] = Kept(8)
    for value in (1, 2):
        kept.keep("a", value)
        assert (kept.get("a"), len(kept)) == (value, 1)
