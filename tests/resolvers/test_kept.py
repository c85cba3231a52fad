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
