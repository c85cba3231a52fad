import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text import fold, slugify


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Django Q", "dJANGO q"),
        ("ÉCLAIR", "éclair"),
        ("Größe", "GRÖSSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("ﬁeld", "FIELD"),
    ],
)
def test_spellings_that_differ_in_case_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_accents_are_kept_apart() -> None:
    assert fold("resume") != fold("résumé")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Django Q", "django-q"),
        ("Workers, Queues and Tasks", "workers-queues-and-tasks"),
        ("  Café -- au   lait ", "cafe-au-lait"),
        ("django_q", "django_q"),
        ("__init__", "init"),
        ("-_-a-_-", "a"),
        ("C++ & C#", "c-c"),
        ("node.js", "nodejs"),
        ("½ price", "12-price"),
        ("a\tb\nc", "a-b-c"),
        ("日本語 3", "3"),
        ("x" * 150, "x" * 100),
        ("x" * 99 + " y", "x" * 99),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slugify(title) == slug


@pytest.mark.parametrize("title", ["", " ", "日本語", "!?", "_-_", "🙂"])
def test_a_title_without_ascii_letters_has_no_slug(title: str) -> None:
    with pytest.raises(ValueError, match="expected a title with an ASCII letter or digit"):
        slugify(title)


@given(st.text(max_size=200))
def test_a_slug_is_its_own_slug(title: str) -> None:
    try:
        slug = slugify(title)
    except ValueError:
        return
    assert re.fullmatch(r"[a-z0-9_-]{1,100}", slug)
    assert slugify(slug) == slug
