"""How texts become terms."""

import pytest

from db.words import (
    Word,
    open_patterns,
    squeezed,
    terms_nearby,
    whole_terms,
    words,
)

CASES = {
    "": [],
    "!!! --- ***": [],
    "\x00\ud800\u200b": [],
    "Django Q": ["django", "q"],
    "django-rest_framework.io/x": ["django", "rest", "framework", "io", "x"],
    "C++ v2.0": ["c", "v2", "0"],
    "O'Reilly": ["o", "reilly"],
    "Größe GRÖSSE": ["grösse", "grösse"],
    "ΣΊΣΥΦΟΣ": ["σίσυφοσ"],
    "ﬁne Ｆｕｌｌ": ["fine", "full"],
    "cafe\u0301 café": ["café", "café"],
    "नमस्ते दुनिया": ["नमस्ते", "दुनिया"],
    "日本語 カナ": ["日", "本", "語", "カ", "ナ"],
    "한국어": ["한국어"],
    "🚀🔥go 👍🏽": ["🚀", "🔥", "go", "👍"],
    "❤\ufe0f": ["❤"],
    "x" * 100: ["x" * 64],
}


@pytest.mark.parametrize("text", CASES, ids=ascii)
def test_words(text: str) -> None:
    found = words(text, 100)
    assert [word.term for word in found] == CASES[text]
    end = 0
    for word in found:
        assert word.start >= end
        end = word.start + word.length
        assert word.length > 0
        assert text[word.start : end].strip() == text[word.start : end]
    assert end <= len(text)


def test_no_more_words_than_the_limit() -> None:
    assert [word.term for word in words("a b c d", 2)] == ["a", "b"]


def test_places_are_those_in_the_text() -> None:
    text = "ﬁne 🚀 Größe"
    assert [(text[start : start + length], term) for term, start, length in words(text, 9)] == [
        ("ﬁne", "fine"),
        ("🚀", "🚀"),
        ("Größe", "grösse"),
    ]


def test_words_written_together() -> None:
    assert squeezed(words("one", 9)) == []
    assert squeezed(words("one two", 9)) == [(Word("onetwo", 0, 7), range(2))]
    assert squeezed(words("one two - three", 9)) == [
        (Word("onetwo", 0, 7), range(2)),
        (Word("twothree", 4, 11), range(1, 3)),
        (Word("onetwothree", 0, 15), range(3)),
    ]
    assert squeezed(words("x" * 40 + " " + "y" * 40, 9)) == []


def test_a_whole_title_is_known_as_typed_and_by_its_letters() -> None:
    assert whole_terms("Django  Q!", words("Django  Q!", 9)) == ("=django q!", "~djangoq")
    assert whole_terms("a\tb\x00c", words("a\tb\x00c", 9)) == ("=a b c", "~abc")
    assert [len(term) for term in whole_terms("x " * 500, words("x " * 500, 500))] == [129, 129]


def test_one_typo_is_found_by_a_pattern_or_by_a_term_nearby() -> None:
    alphabet = "abc"

    def forms(term: str) -> set[str]:
        return {term[:i] + "?" + term[i + 1 :] for i in range(len(term))}

    typed = "abca"
    more = {typed[:i] + c + typed[i:] for i in range(5) for c in alphabet}
    other = {typed[:i] + c + typed[i + 1 :] for i in range(4) for c in alphabet}
    less = {"bca", "aca", "aba", "abc"}
    swapped = {"baca", "acba", "abac"}
    assert set(terms_nearby(typed)) == less | swapped
    for term in more | other:
        assert forms(term) & set(open_patterns(typed))
    for far in ("abcaaa", "ab", "bacb", "cbcc", "xyzw"):
        assert not forms(far) & set(open_patterns(typed))
        assert far not in terms_nearby(typed)
