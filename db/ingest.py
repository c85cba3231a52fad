"""The bookkeeping of fetches: what was fetched of a package when, and what went wrong.

It lies in tables of its own because it is no edit: it moves no revision.
"""

import datetime as dt
import enum

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant, at_least, not_empty, one_of


class IngestState(enum.Enum):
    NEVER = "NEVER"
    QUEUED = "QUEUED"
    OK = "OK"
    FAILING = "FAILING"
    GONE = "GONE"
    PAUSED = "PAUSED"


class Ingest(Base):
    """One row a package, made with it."""

    __tablename__ = "ingest"

    package_id: Mapped[int] = mapped_column(
        ForeignKey("package.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(Text, default=IngestState.NEVER.name)
    last_fetched: Mapped[dt.datetime | None] = mapped_column(Instant)
    next_due: Mapped[dt.datetime | None] = mapped_column(Instant)
    failure_count: Mapped[int] = mapped_column(Integer, default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    last_error_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    __table_args__ = (
        one_of("state", IngestState),
        at_least("failure_count", 0),
    )


class IngestSource(Base):
    """One row for each upstream that a package is fetched from."""

    __tablename__ = "ingest_source"

    package_id: Mapped[int] = mapped_column(
        ForeignKey("package.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text, default=IngestState.NEVER.name)
    last_fetched: Mapped[dt.datetime | None] = mapped_column(Instant)
    failure_count: Mapped[int] = mapped_column(Integer, default=0)
    last_error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        not_empty("source"),
        one_of("state", IngestState),
        at_least("failure_count", 0),
    )
