"""Licences by the identifiers of SPDX, from the many ways in which projects name them.

What is decided here, and why:

- "BSD License", the classifier, is BSD-3-Clause, as most that bear it are. "Apache" is Apache-2.0.
  The GPL and the LGPL without a version are what SPDX has for "any version": GPL-1.0-or-later and
  LGPL-2.0-or-later. These are guesses: where the text beside the classifier names a licence
  of the same family outright, that one is taken.
- The GPL with a version is that version only, unless "or later" or "+" is said; so are SPDX's old
  identifiers, such as GPL-3.0, spelled by its present ones.
- What names two licences other than by an expression of SPDX stays as it was written, for
  "MIT/GPL" may mean either or both. So does what is not known.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from packaging.licenses import canonicalize_license_expression

LENGTH = 100
"""The longest name of a licence, in characters, as the directory holds it."""

# The identifier, with {} for the version; the version where none is said, if one can be guessed;
# and the names: words in any order, without those of _EMPTY.
_TABLE: list[tuple[str, str | None, list[str]]] = [
    ("AAL", None, ["attribution assurance"]),
    ("AFL-{}", None, ["academic free", "afl"]),
    ("AGPL-{}", None, ["affero general public", "agpl", "affero gpl"]),
    ("Apache-{}", "2.0", ["apache", "apache public", "apache foundation", "asl"]),
    ("Artistic-{}", None, ["artistic"]),
    ("BSD-{}-Clause", "3", ["bsd", "bsd clause"]),
    ("BSD-2-Clause", None, ["simplified bsd", "bsd clause simplified", "freebsd"]),
    ("BSD-3-Clause", None, ["new bsd", "modified bsd", "revised bsd", "new bsd clause"]),
    ("BSL-{}", None, ["boost"]),
    ("BUSL-{}", None, ["business", "busl"]),
    ("CC{}-1.0", None, ["cc", "cc universal", "cc universal public domain dedication"]),
    ("CNRI-Python", None, ["python cnri"]),
    ("CPL-1.0", None, ["common public", "cpl"]),
    ("EPL-{}", None, ["eclipse public", "epl"]),
    ("EUPL-{}", None, ["european union public", "eupl"]),
    ("GPL-{}", "1.0-or-later", ["general public", "gpl"]),
    ("HPND", None, ["historical permission notice and disclaimer"]),
    ("IPL-1.0", None, ["ibm public"]),
    ("ISC", None, ["isc", "iscl"]),
    ("LGPL-{}", "2.0-or-later", ["lesser general public", "library general public", "lesser gpl"]),
    ("LGPL-{}", "2.0-or-later", ["lgpl", "lesser general public", "library lesser general public"]),
    ("MIT", None, ["mit", "expat", "mit x"]),
    ("MIT-0", None, ["mit no attribution"]),
    ("MPL-{}", None, ["mozilla public", "mpl"]),
    ("NCSA", None, ["university illinois ncsa", "ncsa"]),
    ("OFL-{}", None, ["sil font", "ofl"]),
    ("PSF-2.0", None, ["python foundation", "psf", "psfl"]),
    ("PostgreSQL", None, ["postgresql"]),
    ("QPL-1.0", None, ["qt public", "qpl"]),
    ("SPL-1.0", None, ["sun public"]),
    ("Sleepycat", None, ["sleepycat"]),
    ("UPL-1.0", None, ["universal permissive", "upl"]),
    ("Unlicense", None, ["unlicense"]),
    ("VSL-1.0", None, ["vovida"]),
    ("W3C", None, ["w c"]),
    ("WTFPL", None, ["wtfpl", "do what fuck you want to public"]),
    ("ZPL-{}", None, ["zope public", "zpl"]),
    ("Zlib", None, ["zlib", "zlib libpng"]),
]
_LICENSE = re.compile(r"License\s*::")
_IN_PARENTHESES = re.compile(r"\(([^()]+)\)$")
_V = re.compile(r"v\.?\s*(?=\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_VERSION = re.compile(r"version \d+(?:\.\d+)*", re.IGNORECASE)
_LATER = re.compile(r"\+|\b(?:later|newer|greater|above)\b")
_HEAD = 5  # lines
# What whole texts say that have no title.
_TEXTS = [
    ("MIT", re.compile(r"permission is hereby granted, free of charge", re.I)),
    ("BSD-3-Clause", re.compile(r"redistribution and use in source.*neither the name", re.I)),
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EMPTY = _set(
    "a the gnu license licence licenses licensed software version ver of under open source or any "
    "at your option later newer greater above only january february june november"
)
# With these alone, nothing is said.
_NOTHING = _set("unknown none null na tbd osi dfsg approved see in file txt md rst")
_NAMES = {
    _set(f"{one} {other}"): (template, guess)
    for template, guess, names in _TABLE
    for one in names
    for other in names
}


class Named(NamedTuple):
    """A licence's identifier, and whether its version was guessed."""

    identifier: str
    is_guess: bool = False


def of_project(
    expression: str | None, classifiers: Sequence[str], lines: Sequence[str]
) -> list[str]:
    """The licences of a project on PyPI, each of 1 to 100 characters.

    They are by its expression where that is valid, or else by its classifiers, or else by its field
    `license`, whose first lines these are: a name, or a whole text that may say what it is.
    """
    if expression and (valid := spdx(expression)):
        return _parts(valid)
    lines = [expression] if expression else lines
    by_text = _read(lines)
    titles = [each.rpartition("::")[2].strip() for each in classifiers if _LICENSE.match(each)]
    by_classifiers = {title: _name(title) for title in titles if _says_something(title)}
    if by_text and not any(by_classifiers.values()):
        return _parts(by_text.identifier)
    found = [
        by_text.identifier
        if by_text and named and named.is_guess and _family(named) == _family(by_text)
        else named.identifier
        if named
        else title[:LENGTH].rstrip()
        for title, named in by_classifiers.items()
    ]
    if not found and len(lines) == 1 and _says_something(lines[0]):
        found = [lines[0][:LENGTH].rstrip()]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=2_000)
def spdx(expression: str) -> str | None:
    """A valid expression as SPDX spells it: "mit OR apache-2.0" is "MIT OR Apache-2.0".

    None where it is not valid.
    """
    try:
        return canonicalize_license_expression(expression)
    except ValueError:
        return None


def _parts(valid: str) -> list[str]:
    """The expression itself; the licences that it names, where it is too long."""
    if len(valid) <= LENGTH:
        return [valid]
    named = re.split(r" (?:AND|OR) ", valid.replace("(", "").replace(")", ""))
    return [each for each in dict.fromkeys(named) if len(each) <= LENGTH]


def _read(lines: Sequence[str]) -> Named | None:
    """What the field `license` names: by one of its first lines, or by its words."""
    for line, after in pairwise([*lines[:_HEAD], ""]):
        version = _VERSION.match(after)
        if len(line) <= LENGTH and (named := _name(f"{line} {version[0]}" if version else line)):
            return named
    text = " ".join(lines)
    return next((Named(name) for name, pattern in _TEXTS if pattern.search(text)), None)


@lru_cache(maxsize=2_000)
def _name(title: str) -> Named | None:
    """The licence that a title of one line names, or nothing if that is in doubt."""
    title = title.rpartition("::")[2].strip()
    abbreviation = _IN_PARENTHESES.search(title)
    if valid := spdx(title) or (abbreviation and spdx(abbreviation[1])):
        return Named(valid)
    lower = _V.sub(" ", title.lower())
    template, guess = _NAMES.get(_words(lower), (None, None))
    if template is None:
        return None
    if "{}" not in template:
        return Named(template)
    numbers = set(_NUMBER.findall(lower))
    if not numbers:
        return Named(template.format(guess), is_guess=True) if guess else None
    end = "-or-later" if _LATER.search(lower) else "-only"
    found = {valid for number in numbers if (valid := _first_valid(template, number, end))}
    return Named(found.pop()) if len(found) == 1 else None


def _first_valid(template: str, number: str, end: str) -> str | None:
    versions = (number, f"{number}.0")
    spelled = [template.format(version) + ending for ending in (end, "") for version in versions]
    return next(filter(None, map(spdx, spelled)), None)


def _words(lower: str) -> frozenset[str]:
    return frozenset(re.findall("[^\\W\\d_]+", lower)) - _EMPTY


def _says_something(title: str) -> bool:
    return not _words(title.lower()) <= _NOTHING and not title.lower().startswith("copyright")


def _family(named: Named) -> str:
    return named.identifier.partition("-")[0]
