"""Searches for the tests: the statements run by SQLAlchemy, and a plain ranking to compare with.

`Ranking` goes by what docs/search.md says, over all documents, without an index.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

from sqlalchemy import BigInteger, Text, bindparam, desc, make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import DRIVERS, create_engine
from db.search import Document, document_words, popularity
from db.sql import ListOf
from db.words import words
from resolvers.search import ORDER, alternatives, encode, encode_typos, matches, page
from resolvers.snippet import snippet

QUERY, TYPOS = bindparam("query", type_=Text()), bindparam("typos", type_=Text())
TYPES = bindparam("types", type_=ListOf(Text))
AFTER = [
    bindparam(f"after_{name}", type_=Text() if name == "node_type" else BigInteger())
    for name in ORDER
]

Row = tuple[int, int, str, int]
"""Score, popularity, type and id."""

Key = tuple[int, str, int]
"""A row without its score."""

Meant = tuple[Callable[[str], bool], Callable[[str], tuple[int, int, int, int]]]
"""Which terms a word of a query can mean, and what one of them is worth in each field."""


@cache
def _statements(size: int, has_types: bool) -> dict[str, Any]:
    meant = alternatives(QUERY, TYPOS, "words")
    types = TYPES if has_types else None
    found = matches(meant, types)
    names = list(ORDER)
    in_order = select(*(found.c[name] for name in names))
    first, next_ = page(meant, types, size), page(meant, types, size, AFTER)
    rows = select(found).cte()
    return {
        "all": in_order.order_by(*(desc(found.c[name]) for name in names)),
        "first": select(*(first.c[name] for name in names)),
        "next": select(*(next_.c[name] for name in names)),
        "snippets": select(rows.c.node_id, snippet(meant, rows)),
    }


DIALECTS = {
    name: make_url(f"{name}+{driver}://").get_dialect()() for name, driver in DRIVERS.items()
}


async def search(url: str, query: str, types: Sequence[str] | None = None) -> list[Row]:
    """All that matches, in order."""
    return await _rows(url, "all", query, types)


async def search_page(
    url: str, query: str, size: int, after: Row | None = None, types: Sequence[str] | None = None
) -> list[Row]:
    """A page of what matches."""
    place = {f"after_{name}": value for name, value in zip(ORDER, after or (), strict=False)}
    return await _rows(url, "next" if after else "first", query, types, size=size, **place)


async def snippets(url: str, query: str) -> dict[int, str | None]:
    """The snippet of each document that matches, by its id."""
    return dict(await _rows(url, "snippets", query, None))


async def _rows(
    url: str, name: str, query: str, types: Sequence[str] | None, size: int = 0, **values: Any
) -> list[Any]:
    values |= {"query": encode(query), "typos": encode_typos(query)}
    async with opened(url) as engine, engine.connect() as connection:
        values["types"] = ListOf(Text).process_bind_param(
            None if types is None else list(types), engine.dialect
        )
        compiled = _compiled(name, engine.dialect.name, size, types is not None)
        bound = compiled.params | values
        in_order = tuple(bound[name] for name in compiled.positiontup)
        rows = await connection.exec_driver_sql(str(compiled), in_order)
        return [tuple(row) for row in rows]


@cache
def _compiled(name: str, backend: str, size: int, has_types: bool) -> Any:
    """A statement with its SQL: to put that together takes a while."""
    return _statements(size, has_types)[name].compile(dialect=DIALECTS[backend])


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[AsyncEngine]:
    """The engine of the database at `url`, closed at the end."""
    engine = create_engine(url)
    try:
        yield engine
    finally:
        await engine.dispose()


class Ranking:
    """All documents by their terms, to be ranked for a query."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.postings: dict[str, dict[Key, int]] = {}
        for document in documents:
            stars = popularity(document.stars)
            key = (stars, document.node_type.name, document.node_id)
            for term, field, _, _ in document_words(document):
                self.postings.setdefault(term, {}).setdefault(key, field)

    def ranked(self, query: str) -> list[Row]:
        """The documents that match, in order."""
        best = [self._best(each) for each in self._meant(query)]
        in_all = set.intersection(*(set(each) for each in best)) if best else set()
        return sorted(((sum(each[key] for each in best), *key) for key in in_all), reverse=True)

    def _meant(self, query: str) -> list[list[Meant]]:
        """What each word of the query can mean."""
        parts = [word.term for word in words(query, 32)]
        meant: list[list[Meant]] = [[] for _ in parts[:10]]
        runs = [range(i, i + size) for size in (1, 2) for i in range(len(meant) - size + 1)]
        if len(meant) > 2:
            runs.append(range(len(meant)))
        for run in runs:
            term = "".join(parts[i] for i in run)
            for i in run:
                meant[i].append(_written(term, begins=len(parts) - 1 in run))
        if meant:
            typed = " ".join("".join(c if c.isprintable() else " " for c in query).split())
            meant[0].append((f"={typed.casefold()}".__eq__, lambda term: (4000, 2000, 0, 0)))
            meant[0].append((f"~{''.join(parts)}".__eq__, lambda term: (3000, 1000, 0, 0)))
        for word, each in zip(parts, meant, strict=False):
            if sum(self._count(*means) for means in each) < 10 and 4 <= len(word) <= 32:
                each.append((partial(one_typo, word), lambda term: (30, 24, 12, 0)))
                if len(parts) == 1:
                    each.append((partial(_is_whole_typo, word), lambda term: (39, 36, 0, 0)))
        return meant

    def _count(self, matches: Callable[[str], bool], worth: object) -> int:
        return sum(len(found) for term, found in self.postings.items() if matches(term))

    def _best(self, meant: list[Meant]) -> dict[Key, int]:
        """The documents that have a word, and what it is worth there."""
        best: dict[Key, int] = {}
        for matches_term, worth in meant:
            for term in filter(matches_term, self.postings):
                for key, field in self.postings[term].items():
                    points = worth(term)[field - 1]
                    if points > best.get(key, 0):
                        best[key] = points
        return best


def _written(term: str, begins: bool) -> Meant:
    def worth(other: str) -> tuple[int, int, int, int]:
        return (100, 80, 40, 20) if other == term else (60, 48, 24, 12)

    return (lambda other: other.startswith(term) if begins else other == term), worth


def _is_whole_typo(word: str, term: str) -> bool:
    return term.startswith("~") and one_typo(word, term[1:])


def one_typo(typed: str, meant: str) -> bool:
    """Whether one letter more, less or other, or two the other way round, makes one the other."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while typed[start : start + 1] == meant[start : start + 1] != "":
        start += 1
    typed, meant = typed[start:], meant[start:]
    while typed and meant and typed[-1] == meant[-1]:
        typed, meant = typed[:-1], meant[:-1]
    return len(typed) <= 1 >= len(meant) or (len(typed) == 2 and typed == meant[::-1])
