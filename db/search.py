"""The search index: which terms stand in which documents, alike on both databases.

An edit calls `index` and `remove`, in its own transaction, for what it changes of rows.
`docs/search.md` says how a search reads these tables.
"""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    CheckConstraint,
    ColumnElement,
    Delete,
    FromClause,
    Index,
    Insert,
    Integer,
    Select,
    SmallInteger,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Key, Sorted, at_least, not_empty, one_of
from db.sql import Spelled
from db.words import LETTERS, LONGEST_TERM, OPEN, TYPED, TYPO_LENGTHS, squeezed, whole_terms, words

TITLE, SLUG, DESCRIPTION, PARTICIPANTS = 1, 2, 3, 4
"""The fields that terms stand in, best first."""

LONGEST_NAME = 32
"""How many words of a title or a slug are indexed."""

LONGEST_DESCRIPTION = 400
"""How many words of a description are indexed."""

MOST_PARTICIPANTS = 100
"""How many participants are indexed."""

BATCH = 1_000
"""How many documents a statement takes: databases limit its parameters to some 32,000."""

MANY = 100
"""How many documents at once look like a load."""


class Items(Spelled):
    """The elements of a stored JSON array as a table: `Items(array).table_valued("value")`."""

    sqlite = "json_each({0})"
    postgresql = "json_array_elements({0})"


def part(word: FromClause, index: int) -> ColumnElement[str]:
    """The `index`-th part, as text, of one of the `Items` of a document's `words`."""
    return word.c.value.op("->>", return_type=Text())(literal_column(str(index)))


class SearchType(enum.Enum):
    """What can be found."""

    PACKAGE = "PACKAGE"
    GRID = "GRID"
    CATEGORY = "CATEGORY"


class SearchDocument(Base):
    """What is found: its texts as they were indexed, and where each of their terms stands.

    `words` is [[term, field, start, length], ...], best field first, in code points; of a
    participant the place in the list and 0. `popularity` is stars, rounded down.
    """

    __tablename__ = "search_document"

    node_type: Mapped[str] = mapped_column(Sorted, primary_key=True)
    node_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    popularity: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    participants: Mapped[list[str]] = mapped_column(JSON)
    words: Mapped[list[Any]] = mapped_column(JSON)

    __table_args__ = (one_of("node_type", SearchType), at_least("popularity", 0))


class SearchPosting(Base):
    """One row for each term of a document, with the best field that it stands in (1 is best).

    The key's order is that in which a term's documents rank. The index reads a document's terms.
    """

    __tablename__ = "search_posting"

    term: Mapped[str] = mapped_column(Sorted, primary_key=True)
    field: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    popularity: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    node_type: Mapped[str] = mapped_column(Sorted, primary_key=True)
    node_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)

    __table_args__ = (
        not_empty("term"),
        CheckConstraint("field BETWEEN 1 AND 4", name="field"),
        Index("ix_search_posting_node", "node_type", "node_id", "term", "field"),
        {"sqlite_with_rowid": False},
    )


class SearchPattern(Base):
    """A term with one letter left open (dj?ngo): what two words one letter apart have in common."""

    __tablename__ = "search_pattern"

    pattern: Mapped[str] = mapped_column(Sorted, primary_key=True)
    term: Mapped[str] = mapped_column(Sorted, primary_key=True)

    __table_args__ = (not_empty("term"), {"sqlite_with_rowid": False})


DOCUMENT, POSTING, PATTERN = (
    Base.metadata.tables[each.__tablename__]
    for each in (SearchDocument, SearchPosting, SearchPattern)
)


@dataclass(frozen=True, slots=True)
class Document:
    """A row, as the index is told of it. `stars`: a package's `repo_watchers`, else None."""

    node_type: SearchType
    node_id: int
    title: str
    slug: str
    description: str
    participants: Sequence[str] = ()
    stars: int | None = None


async def index(session: AsyncSession, documents: Sequence[Document]) -> None:
    """Make the index say of these rows what `documents` say, in the session's transaction.

    No row may be in it twice. A row of which nothing is new costs no write. A batch of 1,000 rows
    costs as many statements as one row does.
    """
    if len(documents) >= MANY and session.get_bind().dialect.name == "postgresql":
        # A load would go on with the plans that it made while the tables were empty.
        await session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    for node_type in SearchType:
        of_type = [document for document in documents if document.node_type is node_type]
        for start in range(0, len(of_type), BATCH):
            await _index(session, node_type, of_type[start : start + BATCH])


async def remove(session: AsyncSession, node_type: SearchType, node_ids: Sequence[int]) -> None:
    """Take these rows out of the index, in the session's transaction."""
    for start in range(0, len(node_ids), BATCH):
        chosen = _chosen(node_type, node_ids[start : start + BATCH])
        for table in (POSTING, DOCUMENT):
            await session.execute(_removal(table), chosen)


def popularity(stars: int | None) -> int:
    """Stars to four significant bits, rounded down: 5,587 gives 5,120.

    Each posting of a package holds it; so one star more seldom touches them.
    """
    stars = stars or 0
    dropped = max(stars.bit_length() - 4, 0)
    return stars >> dropped << dropped


def document_words(document: Document) -> list[tuple[str, int, int, int]]:
    """The `words` of a document's row."""
    found: list[tuple[str, int, int, int]] = []
    for field, name in ((TITLE, document.title), (SLUG, document.slug)):
        parts = words(name, LONGEST_NAME)
        together = [word for word, _ in squeezed(parts)]
        found += [(term, field, start, length) for term, start, length in parts + together]
        if parts:
            found += [(term, field, 0, 0) for term in whole_terms(name, parts)]
    for term, start, length in words(document.description, LONGEST_DESCRIPTION):
        found.append((term, DESCRIPTION, start, length))
    for place, login in enumerate(document.participants[:MOST_PARTICIPANTS]):
        term = "".join(part.term for part in words(login, LONGEST_NAME))[:LONGEST_TERM]
        if term:
            found.append((term, PARTICIPANTS, place, 0))
    return found


async def _index(
    session: AsyncSession, node_type: SearchType, documents: Sequence[Document]
) -> None:
    rows = {document.node_id: _row(document) for document in documents}
    stored = await session.execute(_stored(), _chosen(node_type, rows))
    is_new = {row.node_id: dict(row._mapping) != rows[row.node_id] for row in stored}
    changed = [document for document in documents if is_new.get(document.node_id, True)]
    if not changed:
        return
    await remove(session, node_type, [node_id for node_id, new in is_new.items() if new])
    found = [document_words(document) for document in changed]
    inserted = [
        rows[document.node_id] | {"words": words}
        for document, words in zip(changed, found, strict=True)
    ]
    await session.execute(insert(DOCUMENT), inserted)
    chosen = _chosen(node_type, [document.node_id for document in changed])
    await session.execute(_postings(), chosen)
    terms = sorted({word[0] for words in found for word in words if _is_forgiving(*word)})
    added = _patterns(session.get_bind().dialect.name)
    await session.execute(added, {"terms": [[term] for term in terms]})


def _is_forgiving(term: str, field: int, start: int, length: int) -> bool:
    """Whether a word of a document is found with a typo too."""
    return (
        field < PARTICIPANTS and len(term) in TYPO_LENGTHS and not term.startswith((TYPED, LETTERS))
    )


def _row(document: Document) -> dict[str, Any]:
    return {
        "node_type": document.node_type.name,
        "node_id": document.node_id,
        "popularity": popularity(document.stars),
        "title": document.title,
        "slug": document.slug,
        "description": document.description,
        "participants": list(document.participants),
    }


# The statements are made once: to make one takes as long as to run it.


def _chosen(node_type: SearchType, node_ids: Collection[int]) -> dict[str, Any]:
    """The values of `_of`."""
    return {"of_type": node_type.name, "of_ids": [*node_ids]}


def _of(table: Table) -> ColumnElement[bool]:
    """The rows that are chosen."""
    ids: BindParameter[Any] = bindparam("of_ids", expanding=True)
    return and_(table.c.node_type == bindparam("of_type"), table.c.node_id.in_(ids))


@cache
def _stored() -> Select[Any]:
    columns = [column for column in DOCUMENT.c if column.name != "words"]
    return select(*columns).where(_of(DOCUMENT))


@cache
def _removal(table: Table) -> Delete:
    return delete(table).where(_of(table))


@cache
def _postings() -> Insert:
    """The postings of documents just stored."""
    document = DOCUMENT.c
    word = Items(document.words).table_valued("value")
    term = part(word, 0)
    of_document = (document.popularity, document.node_type, document.node_id)
    postings = (
        select(term, func.min(part(word, 1).cast(Integer)), *of_document)
        .join_from(DOCUMENT, word, true())
        .where(_of(DOCUMENT))
        .group_by(term, *of_document)
    )
    names = ["term", "field", "popularity", "node_type", "node_id"]
    return insert(POSTING).from_select(names, postings)


@cache
def _patterns(dialect: str) -> Insert:
    """The patterns of those of `terms`, each in a list of its own, that have none yet.

    In one order, so that two transactions that add the same ones do not wait for each other.
    """
    term = part(Items(bindparam("terms", type_=JSON)).table_valued("value"), 0)
    opened = literal(OPEN) + func.substr(term, 2)
    is_known = exists().where(PATTERN.c.pattern == opened, PATTERN.c.term == term)
    # DISTINCT keeps SQLite from reading the JSON again for each place in a term.
    new = select(term.label("term")).distinct().where(~is_known).subquery()
    first = select(literal(1).label("place")).cte(recursive=True)
    places = first.union_all(select(first.c.place + 1).where(first.c.place < TYPO_LENGTHS[-1]))
    place = places.c.place
    pattern = func.substr(new.c.term, 1, place - 1) + OPEN + func.substr(new.c.term, place + 1)
    patterns = (
        select(pattern.label("pattern"), new.c.term)
        .join_from(new, places, place <= func.length(new.c.term))
        .order_by("pattern", new.c.term)
    )
    added = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(PATTERN)
    return added.from_select(["pattern", "term"], patterns).on_conflict_do_nothing()
