"""The search index: which terms stand in which documents, alike on both databases.

An edit calls `index` and `remove`, in its own transaction, for what it changes of rows.
`docs/search.md` says how a search reads these tables.
"""

import enum
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import orjson
from sqlalchemy import (
    JSON,
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
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Key, Sorted, at_least, not_empty, one_of
from db.sql import Spelled, among, batches
from db.words import LETTERS, LONGEST_TERM, OPEN, TYPED, TYPO_LENGTHS, squeezed, whole_terms, words

TITLE, SLUG, DESCRIPTION, PARTICIPANTS = 1, 2, 3, 4
"""The fields that terms stand in, best first."""

LONGEST_NAME = 32
"""How many words of a title or a slug are indexed."""

LONGEST_DESCRIPTION = 400
"""How many words of a description are indexed."""

MOST_PARTICIPANTS = 100
"""How many participants are indexed."""

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


Entry: TypeAlias = dict[str, Any]
"""A row of `SearchDocument`, by column."""


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

    Postings that stay as they are are not written. A batch of 1,000 rows takes as many statements
    as one row does. Raises ValueError where there are two documents of a row.
    """
    if len({(each.node_type, each.node_id) for each in documents}) < len(documents):
        raise ValueError("two documents of one row")
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    if is_postgresql and len(documents) >= MANY:
        # A load would go on with the plans that it made while the tables were empty.
        await session.execute(CUSTOM_PLANS)
    for node_type in SearchType:
        entries = [entry_of(each) for each in documents if each.node_type is node_type]
        for batch in batches(entries):
            write = _index_in_postgresql if is_postgresql else _index_in_sqlite
            await write(session, node_type, batch, _forgiving(batch))


async def remove(session: AsyncSession, node_type: SearchType, node_ids: Sequence[int]) -> None:
    """Take these rows out of the index, in the session's transaction."""
    for batch in batches(node_ids):
        chosen = _chosen(node_type, batch)
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


def summary(document: Document) -> Entry:
    """What the index has of a document, without its words: where it is the same, so are they."""
    return {
        "node_type": document.node_type.name,
        "node_id": document.node_id,
        "popularity": popularity(document.stars),
        "title": document.title,
        "slug": document.slug,
        "description": document.description,
        "participants": list(document.participants),
    }


def entry_of(document: Document) -> Entry:
    """The row of a document."""
    return summary(document) | {"words": document_words(document)}


def _forgiving(entries: Iterable[Entry]) -> str:
    """The words that are found with a typo too, as a JSON array."""
    found = {
        term
        for entry in entries
        for term, field, _, _ in entry["words"]
        if field < PARTICIPANTS
        and len(term) in TYPO_LENGTHS
        and not term.startswith((TYPED, LETTERS))
    }
    return orjson.dumps(sorted(found)).decode()


async def _index_in_postgresql(
    session: AsyncSession, node_type: SearchType, entries: Sequence[Entry], terms: str
) -> None:
    values = {"node_type": node_type.name, "terms": terms}
    await session.execute(INDEX, values | {"entries": orjson.dumps(entries).decode()})


async def _index_in_sqlite(
    session: AsyncSession, node_type: SearchType, entries: Sequence[Entry], terms: str
) -> None:
    await session.execute(_documents(), entries)
    chosen = _chosen(node_type, [entry["node_id"] for entry in entries])
    before = {tuple(row) for row in await session.execute(_stored(), chosen)}
    after = {posting for entry in entries for posting in _postings_of(entry)}
    # Rows of the driver's own: they are many, and nothing of them is to be adapted.
    connection = await session.connection()
    for sql, postings in ((LOSS, before - after), (GAIN, after - before)):
        if postings:
            await connection.exec_driver_sql(sql, sorted(postings))
    await session.execute(ADD_PATTERNS, {"terms": terms})


def _postings_of(entry: Entry) -> Iterator[tuple[Any, ...]]:
    """The postings of an entry: each of its terms with the best field that it stands in."""
    best: dict[str, int] = {}
    for term, field, _, _ in entry["words"]:  # best field first
        best.setdefault(term, field)
    for term, field in best.items():
        yield term, field, entry["popularity"], entry["node_type"], entry["node_id"]


# The statements are made once: to make one takes as long as to run it.


def _chosen(node_type: SearchType, node_ids: Collection[int]) -> dict[str, Any]:
    """The values of `_of`."""
    return {"of_type": node_type.name, "of_ids": [*node_ids]}


def _of(table: Table) -> ColumnElement[bool]:
    """The rows that are chosen."""
    return and_(table.c.node_type == bindparam("of_type"), among(table.c.node_id, "of_ids"))


@cache
def _removal(table: Table) -> Delete:
    return delete(table).where(_of(table))


@cache
def _documents() -> Insert:
    added = sqlite.insert(DOCUMENT)
    others = {c.name: c for c in added.excluded if not DOCUMENT.c[c.name].primary_key}
    return added.on_conflict_do_update(DOCUMENT.primary_key, set_=others)


@cache
def _stored() -> Select[Any]:
    return select(POSTING).where(_of(POSTING))


LOSS = "DELETE FROM search_posting WHERE " + " AND ".join(
    f"{column.name} = ?" for column in POSTING.c
)

GAIN = "INSERT INTO search_posting VALUES (?, ?, ?, ?, ?)"
"""A posting that goes, one that comes: the columns in their order, in SQLite."""

CUSTOM_PLANS = text("SET LOCAL plan_cache_mode = force_custom_plan")

ADD_PATTERNS = text(
    f"""
    WITH RECURSIVE places (place) AS (
      SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < {TYPO_LENGTHS[-1]})
    INSERT INTO search_pattern (pattern, term)
    SELECT substr(value, 1, place - 1) || '{OPEN}' || substr(value, place + 1), value
    FROM json_each(:terms) CROSS JOIN places ON place <= length(value)
    WHERE NOT EXISTS (
      SELECT 1 FROM search_pattern WHERE pattern = '{OPEN}' || substr(value, 2) AND term = value)
    """
)
"""The patterns of those terms that have none yet, in SQLite."""

INDEX = text(
    f"""
    WITH entry AS MATERIALIZED (
      SELECT * FROM json_to_recordset(CAST(:entries AS json)) AS given (
        node_id bigint, popularity integer, title text, slug text, description text,
        participants json, words json)),
    document AS (
      INSERT INTO search_document (node_type, node_id, popularity, title, slug, description,
        participants, words)
      SELECT CAST(:node_type AS text), entry.* FROM entry
      ON CONFLICT (node_type, node_id) DO UPDATE SET popularity = excluded.popularity,
        title = excluded.title, slug = excluded.slug, description = excluded.description,
        participants = excluded.participants, words = excluded.words),
    posting AS MATERIALIZED (
      SELECT word ->> 0 AS term, min(CAST(word ->> 1 AS smallint)) AS field, popularity, node_id
      FROM entry, json_array_elements(words) AS word
      GROUP BY 1, popularity, node_id),
    loss AS (
      DELETE FROM search_posting AS old USING entry
      WHERE old.node_type = :node_type AND old.node_id = entry.node_id AND NOT EXISTS (
        SELECT FROM posting
        WHERE posting.node_id = old.node_id AND posting.term = old.term
          AND posting.field = old.field AND posting.popularity = old.popularity)),
    gain AS (
      INSERT INTO search_posting (term, field, popularity, node_type, node_id)
      SELECT term, field, popularity, :node_type, node_id FROM posting
      ON CONFLICT DO NOTHING)
    INSERT INTO search_pattern (pattern, term)
    SELECT overlay(given.term PLACING '{OPEN}' FROM place FOR 1), given.term
    FROM json_array_elements_text(CAST(:terms AS json)) AS given (term),
      generate_series(1, length(given.term)) AS place
    WHERE NOT EXISTS (
      SELECT FROM search_pattern AS known
      WHERE known.pattern = '{OPEN}' || substr(given.term, 2) AND known.term = given.term)
    ORDER BY 1, 2  -- so that two who add the same ones do not wait for each other
    ON CONFLICT DO NOTHING
    """
)
"""All of it in PostgreSQL: of what all parts see nothing is written yet."""
