"""The search index: which words stand in which documents, alike on both databases."""

import enum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Key, Sorted, at_least, not_empty, one_of


class SearchType(enum.Enum):
    """What can be found."""

    PACKAGE = "PACKAGE"
    GRID = "GRID"
    CATEGORY = "CATEGORY"


class SearchDocument(Base):
    """What is found: its texts as they were indexed, and where each of their terms stands.

    `words` is {term: [[field, start, length], ...]}, best field first, in code points; of a
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
    words: Mapped[dict[str, Any]] = mapped_column(JSON)

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
