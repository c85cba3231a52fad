"""What a cell's text says: yes, no, or something for a person to read."""

from db.grid import Verdict
from db.text import fold

_YES_WORDS = {"check", "yes", "good"}
_NO_WORDS = {"bad", "no"}
_STRONGEST = 3


def read_cell(text: str) -> tuple[Verdict, int]:
    """The verdict of a cell's text and its strength, -3 to 3.

    The whole text counts, trimmed and case folded, so that "not tested", "node.js", "yes!!" and
    "Yes, via plugin" are TEXT. What is read: the words check, yes, good, bad and no, a run of plus
    signs, and a run of minus signs. Marks such as "✓" and numbers such as "+1" are TEXT too.
    A text of nothing but white space is UNKNOWN.

    Strength is how many signs there are, three at most, negative for minus. A word weighs as much
    as one sign: they are two spellings of the same statement, so "yes" and "+" sort alike, and 0 is
    left to the cells that are neither YES nor NO.
    """
    said = fold(text.strip())
    if not said:
        return Verdict.UNKNOWN, 0
    if said in _YES_WORDS:
        return Verdict.YES, 1
    if said in _NO_WORDS:
        return Verdict.NO, -1
    if set(said) == {"+"}:
        return Verdict.YES, min(len(said), _STRONGEST)
    if set(said) == {"-"}:
        return Verdict.NO, -min(len(said), _STRONGEST)
    return Verdict.TEXT, 0
