"""The bookkeeping of fetches: what was fetched of a package when, and what went wrong.

It lies in tables of its own because it is no edit: it moves no revision.
"""

import datetime as dt
import enum

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant, at_least, not_empty, one_of


class PackageField(enum.Enum):
    """What an editor may pin; its value is the column."""

    TITLE = "title"
    REPO_HOST = "repo_host"
    REPO_DESCRIPTION = "repo_description"
    PYPI_URL = "pypi_url"
    DOCUMENTATION_URL = "documentation_url"
    LICENSES = "licenses"
    IS_ARCHIVED = "is_archived"
    DEPRECATED_AT = "deprecated_at"
    REPLACED_BY = "replaced_by_id"


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


class Pin(Base):
    """A field that an editor set by hand: ingest leaves it alone.

    Like an alias, it stays when its package is deleted, and holds again if that is undone.
    """

    __tablename__ = "pin"

    package_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant)

    __table_args__ = (one_of("field", PackageField),)
