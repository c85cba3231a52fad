"""Ingest: what upstreams say besides, and the bookkeeping of runs, workers, hosts and mirrors."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.base import Instant, Key, at_least, not_empty
from db.migrate import altering, moves_head, one_of, optional, required

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = ("NEVER", "QUEUED", "OK", "FAILING", "GONE", "PAUSED")
COUNTS = ("total", "done", "changed", "failed", "postponed", "requests")
LISTS = ("topics", "advisories")


def upgrade() -> None:
    for name in LISTS:
        op.add_column("package", sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
    op.add_column("package", optional("homepage_url", sa.Text))
    with altering("package") as package:
        for name in LISTS:
            package.alter_column(name, server_default=None)

    op.create_table(
        "ingest_run",
        sa.Column("id", Key, primary_key=True),
        required("workflow", sa.Text),
        required("started", Instant),
        optional("finished", Instant),
        sa.UniqueConstraint("workflow"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ingest_run_source",
        required("run_id", Key),
        required("source", sa.Text),
        *(required(name, sa.Integer) for name in COUNTS),
        optional("rate_left", sa.Integer),
        sa.PrimaryKeyConstraint("run_id", "source"),
        sa.ForeignKeyConstraint(["run_id"], ["ingest_run.id"], ondelete="CASCADE"),
        not_empty("source"),
        *(at_least(name, 0) for name in COUNTS),
    )
    op.create_table(
        "ingest_worker",
        sa.Column("id", sa.Text, primary_key=True),
        required("started", Instant),
        required("seen", Instant),
    )
    op.create_table(
        "ingest_host",
        sa.Column("origin", sa.Text, primary_key=True),
        required("closed_until", Instant),
        required("why", sa.Text),
    )
    op.create_table(
        "mirror",
        sa.Column("url", sa.Text, primary_key=True),
        required("resource", sa.Text),
        required("offset", sa.Integer),
        required("started", Instant),
    )
    op.drop_table("ingest_source")  # nothing was fetched so far
    create_sources(
        required("missing_count", sa.Integer),
        optional("missing_since", Instant),
        optional("next_due", Instant),
        optional("last_error_at", Instant),
        optional("upstream_id", sa.Text),
        required("memo", sa.JSON),
        required("gave", sa.JSON),
        optional("run_id", Key),
        at_least("missing_count", 0),
        sa.ForeignKeyConstraint(["run_id"], ["ingest_run.id"]),
    )
    op.create_index("ix_ingest_source_run_id", "ingest_source", ["run_id"])
    if op.get_bind().dialect.name == "postgresql":
        moves_head("ingest_run", "ingest_run_source", "ingest_source")
        # That a worker is alive is no news; that one comes or goes is.
        op.execute(
            "CREATE TRIGGER move_head BEFORE INSERT OR DELETE OR TRUNCATE ON ingest_worker"
            " FOR EACH STATEMENT EXECUTE FUNCTION caching.move_head()"
        )


def create_sources(*more: Any) -> None:
    op.create_table(
        "ingest_source",
        required("package_id", Key),
        required("source", sa.Text),
        required("state", sa.Text),
        optional("last_fetched", Instant),
        required("failure_count", sa.Integer),
        optional("last_error", sa.Text),
        sa.PrimaryKeyConstraint("package_id", "source"),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], ondelete="CASCADE"),
        not_empty("source"),
        one_of("state", STATES),
        at_least("failure_count", 0),
        *more,
    )


def downgrade() -> None:
    for table in ("ingest_source", "mirror", "ingest_host", "ingest_worker"):
        op.drop_table(table)
    for table in ("ingest_run_source", "ingest_run"):
        op.drop_table(table)
    create_sources()
    if op.get_bind().dialect.name == "postgresql":
        moves_head("ingest_source")
    with altering("package") as package:
        for name in (*LISTS, "homepage_url"):
            package.drop_column(name)
