"""The directory: categories, packages, versions, grids, fetches' bookkeeping, the search index."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.base import Instant, Key, Sorted, at_least, boolean, not_empty, slug_is_folded
from db.migrate import index, one_of, optional, required

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REPO_HOSTS = ("GITHUB", "GITLAB", "BITBUCKET", "CODEBERG", "FORGEJO", "OTHER")
STATUSES = ("PLANNING", "PRE_ALPHA", "ALPHA", "BETA", "STABLE", "MATURE", "INACTIVE")
VERDICTS = ("YES", "NO", "TEXT", "UNKNOWN")
NODE_TYPES = ("PACKAGE", "GRID", "CATEGORY")
STATES = ("NEVER", "QUEUED", "OK", "FAILING", "GONE", "PAUSED")


def numbered() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", Key, primary_key=True),
        required("database_id", sa.BigInteger),
        required("revision", sa.BigInteger),
        required("created", Instant),
        required("modified", Instant),
    ]


def earliest() -> str:
    if op.get_bind().dialect.name == "postgresql":
        return "TIMESTAMP WITH TIME ZONE '0001-01-02 00:00:00+00'"
    return "'0001-01-02T00:00:00.000000+00:00'"


def upgrade() -> None:
    op.create_table(
        "category",
        required("title", sa.Text),
        required("title_folded", Sorted),
        required("slug", Sorted),
        required("slug_folded", Sorted),
        required("description", sa.Text),
        required("title_plural", sa.Text),
        required("show_pypi", sa.Boolean),
        required("package_count", sa.BigInteger),
        *numbered(),
        not_empty("title"),
        not_empty("slug"),
        slug_is_folded(),
        at_least("database_id", 1),
        at_least("revision", 1),
        at_least("package_count", 0),
        boolean("show_pypi"),
        sa.UniqueConstraint("slug_folded"),
        sa.UniqueConstraint("database_id"),
        sqlite_autoincrement=True,
    )
    index("category", "title_folded_id", "title_folded", "id")

    op.create_table(
        "grid",
        required("title", sa.Text),
        required("title_folded", Sorted),
        required("slug", Sorted),
        required("slug_folded", Sorted),
        required("description", sa.Text),
        required("description_folded", Sorted),
        required("is_locked", sa.Boolean),
        required("header", sa.Boolean),
        required("package_count", sa.BigInteger),
        *numbered(),
        not_empty("title"),
        not_empty("slug"),
        slug_is_folded(),
        at_least("database_id", 1),
        at_least("revision", 1),
        at_least("package_count", 0),
        boolean("is_locked"),
        boolean("header"),
        sa.UniqueConstraint("slug_folded"),
        sa.UniqueConstraint("database_id"),
        sqlite_autoincrement=True,
    )
    index("grid", "title_folded_id", "title_folded", "id")

    op.create_table(
        "feature",
        sa.Column("id", Key, primary_key=True),
        required("grid_id", Key),
        required("revision", sa.BigInteger),
        required("title", sa.Text),
        required("description", sa.Text),
        required("position", sa.Integer),
        not_empty("title"),
        at_least("revision", 1),
        at_least("position", 0),
        sa.UniqueConstraint("id", "grid_id"),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    index("feature", "grid_id_position_id", "grid_id", "position", "id")

    op.create_table(
        "package",
        required("title", sa.Text),
        required("title_folded", Sorted),
        required("slug", Sorted),
        required("slug_folded", Sorted),
        required("category_id", Key),
        optional("repo_url", sa.Text),
        optional("repo_url_folded", Sorted),
        optional("repo_key", Sorted),
        required("repo_host", sa.Text),
        required("repo_description", sa.Text),
        required("repo_description_folded", Sorted),
        optional("repo_watchers", sa.Integer),
        optional("repo_forks", sa.Integer),
        optional("commit_count", sa.Integer),
        optional("contributor_count", sa.Integer),
        optional("pypi_url", sa.Text),
        optional("pypi_name", Sorted),
        optional("pypi_version", sa.Text),
        optional("documentation_url", sa.Text),
        optional("documentation_url_folded", Sorted),
        required("commits_over_52", sa.JSON),
        optional("commits_over_52_ends", Instant),
        required("participants", sa.JSON),
        required("participants_folded", sa.JSON),
        optional("last_updated", Instant),
        required("licenses", sa.JSON),
        required("licenses_folded", sa.JSON),
        optional("requires_python", sa.Text),
        optional("supports_python3", sa.Boolean),
        optional("development_status", sa.Text),
        required("is_archived", sa.Boolean),
        optional("deprecated_at", Instant),
        optional("replaced_by_id", Key),
        required("score", sa.Integer),
        required("grid_count", sa.Integer),
        *numbered(),
        not_empty("title"),
        not_empty("slug"),
        slug_is_folded(),
        at_least("database_id", 1),
        at_least("revision", 1),
        at_least("repo_watchers", 0),
        at_least("repo_forks", 0),
        at_least("commit_count", 0),
        at_least("contributor_count", 0),
        at_least("grid_count", 0),
        at_least("score", -500),
        boolean("supports_python3"),
        boolean("is_archived"),
        one_of("repo_host", REPO_HOSTS),
        one_of("development_status", STATUSES),
        sa.CheckConstraint("replaced_by_id <> id", name="replaced_by_itself"),
        sa.CheckConstraint("(repo_url IS NULL) = (repo_key IS NULL)", name="repo_key"),
        sa.UniqueConstraint("slug_folded"),
        sa.UniqueConstraint("repo_key"),
        sa.UniqueConstraint("database_id"),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"]),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["package.id"]),
        sqlite_autoincrement=True,
    )
    for column in ("pypi_name", "replaced_by_id"):
        index("package", column, column)
    index("package", "title_folded_id", "title_folded", "id")
    index("package", "category_id_title_folded_id", "category_id", "title_folded", "id")
    for column in ("score", "created", "modified", "grid_count"):
        index("package", column, sa.desc(column), "id")
    for column in ("repo_watchers", "repo_forks"):
        index("package", column, sa.text(f"coalesce({column}, -1) DESC"), "id")
    index("package", "last_updated", sa.text(f"coalesce(last_updated, {earliest()}) DESC"), "id")

    op.create_table(
        "version",
        sa.Column("id", Key, primary_key=True),
        required("package_id", Key),
        required("number", sa.Text),
        required("sort_key", Sorted),
        optional("uploaded_at", Instant),
        required("licenses", sa.JSON),
        optional("requires_python", sa.Text),
        optional("development_status", sa.Text),
        required("is_yanked", sa.Boolean),
        required("is_prerelease", sa.Boolean),
        not_empty("number"),
        one_of("development_status", STATUSES),
        boolean("is_yanked"),
        boolean("is_prerelease"),
        sa.UniqueConstraint("package_id", "number"),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    index("version", "sort_key", "package_id", sa.desc("sort_key"), "id")

    op.create_table(
        "grid_package",
        required("grid_id", Key),
        required("package_id", Key),
        sa.PrimaryKeyConstraint("grid_id", "package_id"),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    index("grid_package", "package_id_grid_id", "package_id", "grid_id")

    op.create_table(
        "cell",
        required("package_id", Key),
        required("feature_id", Key),
        required("grid_id", Key),
        required("text", sa.Text),
        required("text_folded", Sorted),
        required("verdict", sa.Text),
        required("strength", sa.Integer),
        sa.PrimaryKeyConstraint("package_id", "feature_id"),
        sa.ForeignKeyConstraint(
            ["grid_id", "package_id"],
            ["grid_package.grid_id", "grid_package.package_id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["feature_id", "grid_id"], ["feature.id", "feature.grid_id"], ondelete="CASCADE"
        ),
        sa.CheckConstraint("trim(text) <> ''", name="text"),
        one_of("verdict", VERDICTS),
        sa.CheckConstraint("strength BETWEEN -3 AND 3", name="strength"),
        sa.CheckConstraint(
            "verdict = CASE WHEN strength > 0 THEN 'YES'"
            " WHEN strength < 0 THEN 'NO' ELSE 'TEXT' END",
            name="verdict_and_strength",
        ),
        sqlite_with_rowid=False,
    )
    index("cell", "grid_id_package_id", "grid_id", "package_id")
    index("cell", "feature_id_grid_id", "feature_id", "grid_id")

    op.create_table(
        "ingest",
        required("package_id", Key),
        required("state", sa.Text),
        optional("last_fetched", Instant),
        optional("next_due", Instant),
        required("failure_count", sa.Integer),
        optional("last_error", sa.Text),
        optional("last_error_at", Instant),
        sa.PrimaryKeyConstraint("package_id"),
        one_of("state", STATES),
        at_least("failure_count", 0),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], ondelete="CASCADE"),
    )

    op.create_table(
        "ingest_source",
        required("package_id", Key),
        required("source", sa.Text),
        required("state", sa.Text),
        optional("last_fetched", Instant),
        required("failure_count", sa.Integer),
        optional("last_error", sa.Text),
        sa.PrimaryKeyConstraint("package_id", "source"),
        not_empty("source"),
        one_of("state", STATES),
        at_least("failure_count", 0),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], ondelete="CASCADE"),
    )

    op.create_table(
        "search_document",
        required("node_type", Sorted),
        required("node_id", Key),
        required("popularity", sa.Integer),
        required("title", sa.Text),
        required("slug", sa.Text),
        required("description", sa.Text),
        required("participants", sa.JSON),
        required("words", sa.JSON),
        sa.PrimaryKeyConstraint("node_type", "node_id"),
        one_of("node_type", NODE_TYPES),
        at_least("popularity", 0),
    )

    op.create_table(
        "search_posting",
        required("term", Sorted),
        required("field", sa.SmallInteger),
        required("popularity", sa.Integer),
        required("node_type", Sorted),
        required("node_id", Key),
        sa.PrimaryKeyConstraint("term", "field", "popularity", "node_type", "node_id"),
        not_empty("term"),
        sa.CheckConstraint("field BETWEEN 1 AND 4", name="field"),
        sqlite_with_rowid=False,
    )
    index("search_posting", "node", "node_type", "node_id", "term", "field")

    op.create_table(
        "search_pattern",
        required("pattern", Sorted),
        required("term", Sorted),
        sa.PrimaryKeyConstraint("pattern", "term"),
        not_empty("term"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in (
        "search_pattern",
        "search_posting",
        "search_document",
        "ingest_source",
        "ingest",
        "cell",
        "grid_package",
        "version",
        "package",
        "feature",
        "grid",
        "category",
    ):
        op.drop_table(table)
