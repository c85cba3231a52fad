"""Former names: what an object was once found by, until another one takes it."""

import enum
from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Sorted, not_empty, one_of
from db.change import NodeType
from db.pypi import normalize_name
from db.repo_url import normalize
from db.text import fold


class AliasKind(enum.Enum):
    """What the name was; its value is the column that held it."""

    SLUG = "slug_folded"
    REPO_URL = "repo_key"
    DATABASE_ID = "database_id"


LOOKUPS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "slug": (AliasKind.SLUG.value, fold),
    "databaseId": (AliasKind.DATABASE_ID.value, int),
    "repoUrl": (AliasKind.REPO_URL.value, lambda url: normalize(url).key),
    "pypi": ("pypi_name", normalize_name),
}
"""The one-of lookups by a name: the column that has it, and what reads it. Raises ValueError."""


class Alias(Base):
    """Those of an object that is deleted stay: if that is undone, it is found by them again."""

    __tablename__ = "alias"

    node_type: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Sorted, primary_key=True)
    node_id: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        one_of("node_type", NodeType),
        one_of("kind", AliasKind),
        not_empty("name"),
        Index(None, "node_type", "node_id"),
        {"sqlite_with_rowid": False},
    )
