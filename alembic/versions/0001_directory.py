"""The directory: categories, packages, versions, grids, fetches' bookkeeping, the search index."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")

REPO_HOSTS = ("GITHUB", "GITLAB", "BITBUCKET", "CODEBERG", "FORGEJO", "OTHER")
STATUSES = ("PLANNING", "PRE_ALPHA", "ALPHA", "BETA", "STABLE", "MATURE", "INACTIVE")
VERDICTS = ("YES", "NO", "TEXT", "UNKNOWN")
NODE_TYPES = ("PACKAGE", "GRID", "CATEGORY")
STATES = ("NEVER", "QUEUED", "OK", "FAILING", "GONE", "PAUSED")


def required(name: str, type_: Any) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def optional(name: str, type_: Any) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=True)


def own_key() -> sa.Column[Any]:
    return sa.Column("id", KEY, primary_key=True)


def numbered() -> list[sa.Column[Any]]:
    return [
        own_key(),
        required("database_id", sa.BigInteger),
        required("revision", sa.BigInteger),
        required("created", INSTANT),
        required("modified", INSTANT),
    ]


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def not_empty(table: str, column: str) -> sa.CheckConstraint:
    return check(table, column, f"{column} <> ''")


def at_least(table: str, column: str, least: int) -> sa.CheckConstraint:
    return check(table, column, f"{column} >= {least}")


def boolean(table: str, column: str) -> sa.CheckConstraint:
    return check(table, column, f"{column} IN (false, true)")


def slug_is_folded(table: str) -> sa.CheckConstraint:
    return check(table, "slug_folded", "slug_folded = lower(slug)")


def one_of(table: str, column: str, values: Sequence[str]) -> sa.CheckConstraint:
    return check(table, column, f"{column} IN ({', '.join(repr(value) for value in values)})")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def foreign(
    table: str, columns: list[str], target: list[str], ondelete: str | None = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{'_'.join(columns)}")
    return sa.ForeignKeyConstraint(columns, target, name=name, ondelete=ondelete)


def index(table: str, name: str, *columns: Any) -> None:
    op.create_index(op.f(f"ix_{table}_{name}"), table, columns)


def earliest() -> str:
    if op.get_bind().dialect.name == "postgresql":
        return "TIMESTAMP WITH TIME ZONE '0001-01-02 00:00:00+00'"
    return "'0001-01-02T00:00:00.000000+00:00'"


def upgrade() -> None:
    op.create_table(
        "category",
        required("title", sa.Text),
        required("title_folded", SORTED),
        required("slug", SORTED),
        required("slug_folded", SORTED),
        required("description", sa.Text),
        required("title_plural", sa.Text),
        required("show_pypi", sa.Boolean),
        required("package_count", sa.BigInteger),
        *numbered(),
        primary("category", "id"),
        not_empty("category", "title"),
        not_empty("category", "slug"),
        slug_is_folded("category"),
        at_least("category", "database_id", 1),
        at_least("category", "revision", 1),
        at_least("category", "package_count", 0),
        boolean("category", "show_pypi"),
        unique("category", "slug_folded"),
        unique("category", "database_id"),
        sqlite_autoincrement=True,
    )
    index("category", "title_folded_id", "title_folded", "id")

    op.create_table(
        "grid",
        required("title", sa.Text),
        required("title_folded", SORTED),
        required("slug", SORTED),
        required("slug_folded", SORTED),
        required("description", sa.Text),
        required("description_folded", SORTED),
        required("is_locked", sa.Boolean),
        required("header", sa.Boolean),
        required("package_count", sa.BigInteger),
        *numbered(),
        primary("grid", "id"),
        not_empty("grid", "title"),
        not_empty("grid", "slug"),
        slug_is_folded("grid"),
        at_least("grid", "database_id", 1),
        at_least("grid", "revision", 1),
        at_least("grid", "package_count", 0),
        boolean("grid", "is_locked"),
        boolean("grid", "header"),
        unique("grid", "slug_folded"),
        unique("grid", "database_id"),
        sqlite_autoincrement=True,
    )
    index("grid", "title_folded_id", "title_folded", "id")

    op.create_table(
        "feature",
        own_key(),
        required("grid_id", KEY),
        required("revision", sa.BigInteger),
        required("title", sa.Text),
        required("description", sa.Text),
        required("position", sa.Integer),
        primary("feature", "id"),
        not_empty("feature", "title"),
        at_least("feature", "revision", 1),
        at_least("feature", "position", 0),
        unique("feature", "id", "grid_id"),
        foreign("feature", ["grid_id"], ["grid.id"]),
        sqlite_autoincrement=True,
    )
    index("feature", "grid_id_position_id", "grid_id", "position", "id")

    op.create_table(
        "package",
        required("title", sa.Text),
        required("title_folded", SORTED),
        required("slug", SORTED),
        required("slug_folded", SORTED),
        required("category_id", KEY),
        optional("repo_url", sa.Text),
        optional("repo_url_folded", SORTED),
        optional("repo_key", SORTED),
        required("repo_host", sa.Text),
        required("repo_description", sa.Text),
        required("repo_description_folded", SORTED),
        optional("repo_watchers", sa.Integer),
        optional("repo_forks", sa.Integer),
        optional("commit_count", sa.Integer),
        optional("contributor_count", sa.Integer),
        optional("pypi_url", sa.Text),
        optional("pypi_name", SORTED),
        optional("pypi_version", sa.Text),
        optional("documentation_url", sa.Text),
        optional("documentation_url_folded", SORTED),
        required("commits_over_52", sa.JSON),
        optional("commits_over_52_ends", INSTANT),
        required("participants", sa.JSON),
        required("participants_folded", sa.JSON),
        optional("last_updated", INSTANT),
        required("licenses", sa.JSON),
        required("licenses_folded", sa.JSON),
        optional("requires_python", sa.Text),
        optional("supports_python3", sa.Boolean),
        optional("development_status", sa.Text),
        required("is_archived", sa.Boolean),
        optional("deprecated_at", INSTANT),
        optional("replaced_by_id", KEY),
        required("score", sa.Integer),
        required("grid_count", sa.Integer),
        *numbered(),
        primary("package", "id"),
        not_empty("package", "title"),
        not_empty("package", "slug"),
        slug_is_folded("package"),
        at_least("package", "database_id", 1),
        at_least("package", "revision", 1),
        at_least("package", "repo_watchers", 0),
        at_least("package", "repo_forks", 0),
        at_least("package", "commit_count", 0),
        at_least("package", "contributor_count", 0),
        at_least("package", "grid_count", 0),
        at_least("package", "score", -500),
        boolean("package", "supports_python3"),
        boolean("package", "is_archived"),
        one_of("package", "repo_host", REPO_HOSTS),
        one_of("package", "development_status", STATUSES),
        check("package", "replaced_by_itself", "replaced_by_id <> id"),
        check("package", "repo_key", "(repo_url IS NULL) = (repo_key IS NULL)"),
        unique("package", "slug_folded"),
        unique("package", "repo_key"),
        unique("package", "database_id"),
        foreign("package", ["category_id"], ["category.id"], ondelete=None),
        foreign("package", ["replaced_by_id"], ["package.id"], ondelete=None),
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
        own_key(),
        required("package_id", KEY),
        required("number", sa.Text),
        required("sort_key", SORTED),
        optional("uploaded_at", INSTANT),
        required("licenses", sa.JSON),
        optional("requires_python", sa.Text),
        optional("development_status", sa.Text),
        required("is_yanked", sa.Boolean),
        required("is_prerelease", sa.Boolean),
        primary("version", "id"),
        not_empty("version", "number"),
        one_of("version", "development_status", STATUSES),
        boolean("version", "is_yanked"),
        boolean("version", "is_prerelease"),
        unique("version", "package_id", "number"),
        foreign("version", ["package_id"], ["package.id"]),
        sqlite_autoincrement=True,
    )
    index("version", "sort_key", "package_id", sa.desc("sort_key"), "id")

    op.create_table(
        "grid_package",
        required("grid_id", KEY),
        required("package_id", KEY),
        primary("grid_package", "grid_id", "package_id"),
        foreign("grid_package", ["grid_id"], ["grid.id"]),
        foreign("grid_package", ["package_id"], ["package.id"]),
        sqlite_with_rowid=False,
    )
    index("grid_package", "package_id_grid_id", "package_id", "grid_id")

    op.create_table(
        "cell",
        required("package_id", KEY),
        required("feature_id", KEY),
        required("grid_id", KEY),
        required("text", sa.Text),
        required("text_folded", SORTED),
        required("verdict", sa.Text),
        required("strength", sa.Integer),
        primary("cell", "package_id", "feature_id"),
        foreign(
            "cell",
            ["grid_id", "package_id"],
            ["grid_package.grid_id", "grid_package.package_id"],
        ),
        foreign("cell", ["feature_id", "grid_id"], ["feature.id", "feature.grid_id"]),
        check("cell", "text", "trim(text) <> ''"),
        one_of("cell", "verdict", VERDICTS),
        check("cell", "strength", "strength BETWEEN -3 AND 3"),
        check(
            "cell",
            "verdict_and_strength",
            "verdict = CASE WHEN strength > 0 THEN 'YES'"
            " WHEN strength < 0 THEN 'NO' ELSE 'TEXT' END",
        ),
        sqlite_with_rowid=False,
    )
    index("cell", "grid_id_package_id", "grid_id", "package_id")
    index("cell", "feature_id_grid_id", "feature_id", "grid_id")

    op.create_table(
        "ingest",
        required("package_id", KEY),
        required("state", sa.Text),
        optional("last_fetched", INSTANT),
        optional("next_due", INSTANT),
        required("failure_count", sa.Integer),
        optional("last_error", sa.Text),
        optional("last_error_at", INSTANT),
        primary("ingest", "package_id"),
        one_of("ingest", "state", STATES),
        at_least("ingest", "failure_count", 0),
        foreign("ingest", ["package_id"], ["package.id"]),
    )

    op.create_table(
        "ingest_source",
        required("package_id", KEY),
        required("source", sa.Text),
        required("state", sa.Text),
        optional("last_fetched", INSTANT),
        required("failure_count", sa.Integer),
        optional("last_error", sa.Text),
        primary("ingest_source", "package_id", "source"),
        not_empty("ingest_source", "source"),
        one_of("ingest_source", "state", STATES),
        at_least("ingest_source", "failure_count", 0),
        foreign("ingest_source", ["package_id"], ["package.id"]),
    )

    op.create_table(
        "search_document",
        required("node_type", SORTED),
        required("node_id", KEY),
        required("popularity", sa.Integer),
        required("title", sa.Text),
        required("slug", sa.Text),
        required("description", sa.Text),
        required("participants", sa.JSON),
        required("words", sa.JSON),
        primary("search_document", "node_type", "node_id"),
        one_of("search_document", "node_type", NODE_TYPES),
        at_least("search_document", "popularity", 0),
    )

    op.create_table(
        "search_posting",
        required("term", SORTED),
        required("field", sa.SmallInteger),
        required("popularity", sa.Integer),
        required("node_type", SORTED),
        required("node_id", KEY),
        primary("search_posting", "term", "field", "popularity", "node_type", "node_id"),
        not_empty("search_posting", "term"),
        check("search_posting", "field", "field BETWEEN 1 AND 4"),
        sqlite_with_rowid=False,
    )
    index("search_posting", "node", "node_type", "node_id", "term", "field")

    op.create_table(
        "search_pattern",
        required("pattern", SORTED),
        required("term", SORTED),
        primary("search_pattern", "pattern", "term"),
        not_empty("search_pattern", "term"),
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
