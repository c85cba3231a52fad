"""Grids: comparisons of packages (columns) by features (rows), and what their cells say."""

import enum
from operator import itemgetter

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import (
    Base,
    Key,
    Numbered,
    Sorted,
    at_least,
    boolean,
    not_empty,
    one_of,
    slug_is_folded,
)

MOST_FEATURES = 100
"""Of one grid."""

IN_ORDER = itemgetter("position", "id")
"""The key by which a grid's features are sorted, as rows."""


class Verdict(enum.Enum):
    YES = "YES"
    NO = "NO"
    TEXT = "TEXT"
    UNKNOWN = "UNKNOWN"


class Grid(Numbered, Base):
    __tablename__ = "grid"

    title: Mapped[str] = mapped_column(Text)
    title_folded: Mapped[str] = mapped_column(Sorted)
    slug: Mapped[str] = mapped_column(Sorted)
    slug_folded: Mapped[str] = mapped_column(Sorted, unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    description_folded: Mapped[str] = mapped_column(Sorted, default="")
    is_locked: Mapped[bool] = mapped_column(default=False)
    header: Mapped[bool] = mapped_column(default=False)
    package_count: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (
        not_empty("title"),
        not_empty("slug"),
        slug_is_folded(),
        at_least("database_id", 1),
        at_least("revision", 1),
        at_least("package_count", 0),
        boolean("is_locked"),
        boolean("header"),
        Index(None, "title_folded", "id"),
        {"sqlite_autoincrement": True},
    )


class Feature(Base):
    """A row of a grid. Positions count from 0."""

    __tablename__ = "feature"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    grid_id: Mapped[int] = mapped_column(ForeignKey("grid.id", ondelete="CASCADE"))
    revision: Mapped[int] = mapped_column(BigInteger, default=1)
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        not_empty("title"),
        at_least("revision", 1),
        at_least("position", 0),
        # What a cell's foreign key points at: a feature together with its grid.
        UniqueConstraint("id", "grid_id"),
        Index(None, "grid_id", "position", "id"),
        {"sqlite_autoincrement": True},
    )


class GridPackage(Base):
    """A column of a grid: the membership of one package."""

    __tablename__ = "grid_package"

    grid_id: Mapped[int] = mapped_column(
        ForeignKey("grid.id", ondelete="CASCADE"), primary_key=True
    )
    package_id: Mapped[int] = mapped_column(
        ForeignKey("package.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index(None, "package_id", "grid_id"), {"sqlite_with_rowid": False})


class Cell(Base):
    """What a grid says of one of its packages under one of its features; never empty.

    Both foreign keys share `grid_id`, so that a cell belongs to a member and a feature of one grid.
    `verdict` and `strength` are worked out from `text` when written.
    """

    __tablename__ = "cell"

    package_id: Mapped[int] = mapped_column(Key, primary_key=True)
    feature_id: Mapped[int] = mapped_column(Key, primary_key=True)
    grid_id: Mapped[int] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    text_folded: Mapped[str] = mapped_column(Sorted)
    verdict: Mapped[str] = mapped_column(Text)
    strength: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        ForeignKeyConstraint(
            ["grid_id", "package_id"],
            ["grid_package.grid_id", "grid_package.package_id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["feature_id", "grid_id"], ["feature.id", "feature.grid_id"], ondelete="CASCADE"
        ),
        CheckConstraint("trim(text) <> ''", name="text"),
        one_of("verdict", Verdict),
        CheckConstraint("strength BETWEEN -3 AND 3", name="strength"),
        CheckConstraint(
            "verdict = CASE WHEN strength > 0 THEN 'YES'"
            " WHEN strength < 0 THEN 'NO' ELSE 'TEXT' END",
            name="verdict_and_strength",
        ),
        Index(None, "grid_id", "package_id"),
        Index(None, "feature_id", "grid_id"),
        {"sqlite_with_rowid": False},
    )
