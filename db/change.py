"""The log of changes: one row for each object that a transaction changed.

Its rows are numbered in the order in which their transactions commit, since whoever edits has the
directory to itself (see `db.edit`). Nothing of it is ever changed or removed.
"""

import datetime as dt
import enum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant, Key, Sorted, at_least, not_empty, one_of


class ChangeAction(enum.Enum):
    CREATE = "CREATE"
    UPDATE = "UPDATE"
    DELETE = "DELETE"


class NodeType(enum.Enum):
    CATEGORY = "CATEGORY"
    PACKAGE = "PACKAGE"
    VERSION = "VERSION"
    GRID = "GRID"
    FEATURE = "FEATURE"


def node_type(model: type[Base]) -> str:
    """The log's name for the rows of a table: PACKAGE."""
    return NodeType[model.__tablename__.upper()].name


class Change(Base):
    """`transaction_id` is the `id` of the first change of the same transaction.

    `node_id` is the object's own key, `grid_id` that of the grid that it is, or is a feature of.
    `diff` is described in docs/changes.md.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    transaction_id: Mapped[int] = mapped_column(BigInteger, index=True)
    node_type: Mapped[str] = mapped_column(Text)
    node_id: Mapped[int] = mapped_column(BigInteger)
    grid_id: Mapped[int | None] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(Text)
    actor_folded: Mapped[str] = mapped_column(Sorted)
    action: Mapped[str] = mapped_column(Text)
    diff: Mapped[dict[str, Any]] = mapped_column(JSON)
    reverts_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"))

    __table_args__ = (
        one_of("node_type", NodeType),
        one_of("action", ChangeAction),
        at_least("revision", 1),
        not_empty("actor"),
        Index(None, "node_type", "node_id", "id"),
        Index(None, "grid_id", "id"),
        Index(None, "actor", "id"),
        {"sqlite_autoincrement": True},
    )
