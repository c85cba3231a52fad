"""How a text becomes the terms that the search index knows, and a query the terms it looks for."""

import re
import unicodedata
from typing import NamedTuple

from db.text import fold

LONGEST_TERM = 64
"""In code points; what is longer is cut, in documents and in queries alike."""

TYPO_LENGTHS = range(4, 33)
"""How many letters a word has in which one typo is forgiven."""

OPEN = "?"
"""The open letter of a pattern: punctuation, so no term has it."""

TYPED, LETTERS = "=", "~"
"""What the terms of a whole title or slug begin with: as it is typed, its letters; no word does."""

# Scripts that are written without spaces: kana, Han with its extensions and compatibility forms.
UNSPACED = re.compile("[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                      "\uff66-\uff9f\U00020000-\U0003ffff]")  # fmt: skip


class Word(NamedTuple):
    """A term, and where in the text it stands, in code points."""

    term: str
    start: int
    length: int


class _Kinds(dict[int, str]):
    """For `str.translate`: each character becomes the letter that says what it is to a word.

    w: a letter or digit; m: a mark, which goes on with a word; s: a symbol (an emoji), or a letter
    of a script without spaces, each a word of its own; a space: all else. Worked out when met.
    """

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        category = unicodedata.category(character)
        if category == "So" or UNSPACED.match(character):
            kind = "s"
        else:
            kind = {"L": "w", "N": "w", "M": "m"}.get(category[0], " ")
        self[code_point] = kind
        return kind


_KINDS = _Kinds()
_WORD = re.compile(r"w[wm]*|s")


def normal(text: str) -> str:
    """The form in which terms are compared: compatibility forms are one (NFKC), case is folded."""
    # ASCII has one form: most text is, and this is what a write spends most of its time on.
    return text.lower() if text.isascii() else fold(unicodedata.normalize("NFKC", text))


def words(text: str, limit: int) -> list[Word]:
    """The first `limit` words of `text`.

    Hyphens, dots, underscores and all other punctuation part words.
    """
    found: list[Word] = []
    for match in _WORD.finditer(text.translate(_KINDS)):
        if len(found) == limit:
            break
        start, end = match.span()
        found.append(Word(normal(text[start:end])[:LONGEST_TERM], start, end - start))
    return found


def squeezed(parts: list[Word]) -> list[tuple[Word, range]]:
    """The words written together ("restframework"), and which of `parts` each is made of.

    Each two neighbours, and all of them.
    """
    runs = [range(i, i + 2) for i in range(len(parts) - 1)]
    if len(parts) > 2:
        runs.append(range(len(parts)))
    joined = []
    for run in runs:
        term = "".join(parts[i].term for i in run)
        if len(term) <= LONGEST_TERM:
            start, last = parts[run[0]].start, parts[run[-1]]
            joined.append((Word(term, start, last.start + last.length - start), run))
    return joined


def whole_terms(text: str, parts: list[Word]) -> tuple[str, str]:
    """The terms of a whole title, slug or query: as it is typed, and by its letters alone."""
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    typed = " ".join(normal(text).split())
    letters = "".join(word.term for word in parts)
    return TYPED + typed[: 2 * LONGEST_TERM], LETTERS + letters[: 2 * LONGEST_TERM]


def open_patterns(term: str) -> list[str]:
    """What finds each term that has one letter more than `term`, or one letter another."""
    more = [term[:i] + OPEN + term[i:] for i in range(len(term) + 1)]
    another = [term[:i] + OPEN + term[i + 1 :] for i in range(len(term))]
    return more + another


def terms_nearby(term: str) -> list[str]:
    """The texts that have one letter less than `term`, or two neighbours the other way round."""
    less = {term[:i] + term[i + 1 :] for i in range(len(term))}
    swapped = {term[:i] + term[i + 1] + term[i] + term[i + 2 :] for i in range(len(term) - 1)}
    return sorted((less | swapped) - {term})
