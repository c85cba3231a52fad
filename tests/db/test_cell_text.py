import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.cell_text import read_cell
from db.grid import Verdict


@pytest.mark.parametrize(
    ("text", "verdict", "strength"),
    [
        ("check", "YES", 1),
        ("yes", "YES", 1),
        ("good", "YES", 1),
        ("bad", "NO", -1),
        ("no", "NO", -1),
        ("Yes", "YES", 1),
        ("YES", "YES", 1),
        ("\t No \n", "NO", -1),
        ("+", "YES", 1),
        ("++", "YES", 2),
        ("+++", "YES", 3),
        ("+" * 50, "YES", 3),
        ("-", "NO", -1),
        ("--", "NO", -2),
        ("---", "NO", -3),
        ("-" * 50, "NO", -3),
        (" ++ ", "YES", 2),
        ("", "UNKNOWN", 0),
        (" \t\n\u00a0\u2003", "UNKNOWN", 0),
        ("not tested", "TEXT", 0),
        ("node.js", "TEXT", 0),
        ("Yes, via plugin", "TEXT", 0),
        ("yes.", "TEXT", 0),
        ("yes!!", "TEXT", 0),
        ("yes yes", "TEXT", 0),
        ("no no", "TEXT", 0),
        ("none", "TEXT", 0),
        ("n", "TEXT", 0),
        ("y", "TEXT", 0),
        ("true", "TEXT", 0),
        ("checked", "TEXT", 0),
        ("negative", "TEXT", 0),
        ("evil", "TEXT", 0),
        ("sucks", "TEXT", 0),
        ("+1", "TEXT", 0),
        ("-1", "TEXT", 0),
        ("0", "TEXT", 0),
        ("+-", "TEXT", 0),
        ("+ +", "TEXT", 0),
        ("- item", "TEXT", 0),
        ("–", "TEXT", 0),
        ("−", "TEXT", 0),
        ("＋", "TEXT", 0),
        ("✓", "TEXT", 0),
        ("✔", "TEXT", 0),
        ("✗", "TEXT", 0),
        ("[docs](https://example.org/yes)", "TEXT", 0),
    ],
)
def test_what_a_text_says(text: str, verdict: str, strength: int) -> None:
    assert read_cell(text) == (Verdict[verdict], strength)


@given(st.text(alphabet="+- \tYyEeSsNnOogdbachk") | st.text())
def test_the_sign_of_the_strength_is_the_verdict(text: str) -> None:
    verdict, strength = read_cell(text)
    assert -3 <= strength <= 3
    assert (strength > 0) == (verdict is Verdict.YES)
    assert (strength < 0) == (verdict is Verdict.NO)
    assert (verdict is Verdict.UNKNOWN) == (not text.strip())
