"""The bookkeeping of fetches: what was fetched of a package when, what went wrong, and by whom.

It lies in tables of its own because it is no edit: it moves no revision.
"""

import datetime as dt
import enum

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant, Key, List, at_least, not_empty, one_of


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
    """One row for each upstream that a package is fetched from.

    `upstream_id` is the package's number there, `memo` what the source wants to know at the next
    fetch, and `gave` the columns of the package that it has given. `missing_since` is the first of
    `missing_count` answers in a row that it is not there. `run_id` is the run that is to fetch it.
    """

    __tablename__ = "ingest_source"

    package_id: Mapped[int] = mapped_column(
        ForeignKey("package.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text, default=IngestState.NEVER.name)
    last_fetched: Mapped[dt.datetime | None] = mapped_column(Instant)
    next_due: Mapped[dt.datetime | None] = mapped_column(Instant)
    failure_count: Mapped[int] = mapped_column(Integer, default=0)
    missing_count: Mapped[int] = mapped_column(Integer, default=0)
    missing_since: Mapped[dt.datetime | None] = mapped_column(Instant)
    last_error: Mapped[str | None] = mapped_column(Text)
    last_error_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    upstream_id: Mapped[str | None] = mapped_column(Text)
    memo: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    gave: Mapped[list[str]] = mapped_column(List, default=list)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("ingest_run.id"), index=True)

    __table_args__ = (
        not_empty("source"),
        one_of("state", IngestState),
        at_least("failure_count", 0),
        at_least("missing_count", 0),
    )


class IngestRun(Base):
    """What was due once, and is fetched by whoever works. `workflow` is its name in the queue."""

    __tablename__ = "ingest_run"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workflow: Mapped[str] = mapped_column(Text, unique=True)
    started: Mapped[dt.datetime] = mapped_column(Instant)
    finished: Mapped[dt.datetime | None] = mapped_column(Instant)

    __table_args__ = ({"sqlite_autoincrement": True},)


COUNTED = ("total", "done", "changed", "failed", "postponed", "requests")
"""What a run counts for an upstream, by its columns."""


class IngestRunSource(Base):
    """A run's counts for one upstream: `done` of `total`, of which some changed or failed.

    `postponed` are those that the upstream had no time for, which are due again later. `rate_left`
    is how many requests its limit still allowed, where it said so.
    """

    __tablename__ = "ingest_run_source"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("ingest_run.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    total: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    changed: Mapped[int] = mapped_column(Integer, default=0)
    failed: Mapped[int] = mapped_column(Integer, default=0)
    postponed: Mapped[int] = mapped_column(Integer, default=0)
    requests: Mapped[int] = mapped_column(Integer, default=0)
    rate_left: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        not_empty("source"),
        *(at_least(name, 0) for name in COUNTED),
    )


class IngestWorker(Base):
    """A process that fetches, for as long as it is alive: `seen` is moved each few seconds."""

    __tablename__ = "ingest_worker"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    started: Mapped[dt.datetime] = mapped_column(Instant)
    seen: Mapped[dt.datetime] = mapped_column(Instant)


class IngestHost(Base):
    """An upstream's address that is not to be asked until then: the workers tell each other."""

    __tablename__ = "ingest_host"

    origin: Mapped[str] = mapped_column(Text, primary_key=True)
    closed_until: Mapped[dt.datetime] = mapped_column(Instant)
    why: Mapped[str] = mapped_column(Text)


class Mirror(Base):
    """How far a mirror of another directory has come, while it is not at its end."""

    __tablename__ = "mirror"

    url: Mapped[str] = mapped_column(Text, primary_key=True)
    resource: Mapped[str] = mapped_column(Text)
    offset: Mapped[int] = mapped_column(Integer)
    started: Mapped[dt.datetime] = mapped_column(Instant)


class Pin(Base):
    """A field that an editor set by hand: ingest leaves it alone.

    Like an alias, it stays when its package is deleted, and holds again if that is undone.
    """

    __tablename__ = "pin"

    package_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant)

    __table_args__ = (one_of("field", PackageField),)
