"""Editing: the log of changes, former names, tokens, kept outcomes, pins.

What the directory holds already enters the log as created now, by "migration", so that who applies
the log from its start to empty tables has all of it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.base import Instant, Key, Sorted, not_empty
from db.migrate import index, moves_head, one_of, optional, required

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NODE_TYPES = ("CATEGORY", "PACKAGE", "VERSION", "GRID", "FEATURE")
ACTIONS = ("CREATE", "UPDATE", "DELETE")
KINDS = ("SLUG", "REPO_URL", "DATABASE_ID")
ROLES = ("READER", "EDITOR", "ADMIN")
PINNED = (
    "TITLE",
    "REPO_HOST",
    "REPO_DESCRIPTION",
    "PYPI_URL",
    "DOCUMENTATION_URL",
    "LICENSES",
    "IS_ARCHIVED",
    "DEPRECATED_AT",
    "REPLACED_BY",
)

BATCH = 1_000
"""Rows that are in memory at a time."""

# A package comes after the one that replaces it.
CHAIN = """
WITH RECURSIVE chain (id, depth) AS (
  SELECT id, 0 FROM package WHERE replaced_by_id IS NULL
  UNION ALL
  SELECT package.id, depth + 1 FROM chain JOIN package ON replaced_by_id = chain.id
)
"""

# In the order of the log: what they are selected from, revision, grid, the columns of a diff.
NODES = {
    "CATEGORY": (
        "SELECT {} FROM category ORDER BY id",
        "revision",
        "NULL",
        "title slug description title_plural show_pypi database_id created modified",
    ),
    "PACKAGE": (
        CHAIN + "SELECT {} FROM chain JOIN package USING (id) ORDER BY depth, id",
        "revision",
        "NULL",
        "title slug category_id repo_url repo_host repo_description repo_watchers repo_forks"
        " commit_count contributor_count pypi_url pypi_name pypi_version documentation_url"
        " commits_over_52 commits_over_52_ends participants last_updated licenses requires_python"
        " supports_python3 development_status is_archived deprecated_at replaced_by_id score"
        " database_id created modified",
    ),
    "VERSION": (
        "SELECT {} FROM version ORDER BY id",
        "1",
        "NULL",
        "package_id number uploaded_at licenses requires_python development_status is_yanked"
        " is_prerelease",
    ),
    "FEATURE": (
        "SELECT {} FROM feature ORDER BY id",
        "revision",
        "grid_id",
        "grid_id title description",
    ),
    "GRID": (
        "SELECT {} FROM grid ORDER BY id",
        "revision",
        "id",
        "title slug description is_locked header database_id created modified",
    ),
}

TYPES: dict[str, Any] = {
    **dict.fromkeys(["commits_over_52", "participants", "licenses"], sa.JSON),
    **dict.fromkeys(["show_pypi", "is_locked", "header", "supports_python3"], sa.Boolean),
    **dict.fromkeys(["is_archived", "is_yanked", "is_prerelease"], sa.Boolean),
}
"""Of the columns that SQLite has no type for."""

REFERENCES = {
    "category_id": "Category",
    "replaced_by_id": "Package",
    "package_id": "Package",
    "grid_id": "Grid",
}


def upgrade() -> None:
    connection = op.get_bind()
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        # No writer commits from here on: what it did would be missing from the log.
        op.execute("SELECT number FROM caching.head FOR UPDATE")
    change = op.create_table(
        "change",
        sa.Column("id", Key, primary_key=True),
        required("transaction_id", sa.BigInteger),
        required("node_type", sa.Text),
        required("node_id", sa.BigInteger),
        optional("grid_id", sa.BigInteger),
        required("revision", sa.BigInteger),
        required("at", Instant),
        required("actor", sa.Text),
        required("actor_folded", Sorted),
        required("action", sa.Text),
        required("diff", sa.JSON),
        optional("reverts_id", Key),
        one_of("node_type", NODE_TYPES),
        one_of("action", ACTIONS),
        sa.CheckConstraint("revision >= 1", name="revision"),
        not_empty("actor"),
        sa.ForeignKeyConstraint(["reverts_id"], ["change.id"]),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "alias",
        required("node_type", sa.Text),
        required("kind", sa.Text),
        required("name", Sorted),
        required("node_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("node_type", "kind", "name"),
        one_of("node_type", NODE_TYPES),
        one_of("kind", KINDS),
        not_empty("name"),
        sqlite_with_rowid=False,
    )
    index("alias", "node_type_node_id", "node_type", "node_id")
    op.create_table(
        "token",
        sa.Column("id", Key, primary_key=True),
        required("name", sa.Text),
        required("role", sa.Text),
        required("hash", sa.Text),
        required("created", Instant),
        required("expires", Instant),
        optional("last_used", Instant),
        optional("revoked", Instant),
        not_empty("name"),
        one_of("role", ROLES),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("hash"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "kept_outcome",
        required("token_id", Key),
        required("key", sa.Text),
        required("fingerprint", sa.Text),
        required("outcome", sa.JSON),
        required("at", Instant),
        sa.PrimaryKeyConstraint("token_id", "key"),
        sa.ForeignKeyConstraint(["token_id"], ["token.id"]),
    )
    index("kept_outcome", "at", "at")
    op.create_table(
        "pin",
        required("package_id", sa.BigInteger),
        required("field", sa.Text),
        required("at", Instant),
        sa.PrimaryKeyConstraint("package_id", "field"),
        one_of("field", PINNED),
    )

    seed(connection, change)
    if is_postgresql:
        op.execute("CLOSE ALL")  # what was read from would let no later migration alter a table
    # After the rows: sooner if there are many.
    index("change", "transaction_id", "transaction_id")
    index("change", "node_type_node_id_id", "node_type", "node_id", "id")
    index("change", "grid_id_id", "grid_id", "id")
    index("change", "actor_id", "actor", "id")
    if is_postgresql:
        moves_head("change", "alias", "pin")  # no answer is made of tokens and kept outcomes


def seed(connection: sa.Connection, change: sa.Table) -> None:
    """Log all rows as created now."""
    same = {
        "transaction_id": 1,  # the first change of a table that is new
        "at": dt.datetime.now(dt.UTC),
        "actor": "migration",
        "actor_folded": "migration",
        "action": "CREATE",
    }
    for node_type, (query, revised, grid, columns) in NODES.items():
        names = columns.split()
        selected = f"id, {revised} AS revised, {grid} AS in_grid, {', '.join(names)}"
        typed = [sa.column(name, TYPES.get(name)) for name in ("id", "revised", "in_grid", *names)]
        rows = connection.execute(
            sa.text(query.format(selected)).columns(*typed),
            execution_options={"yield_per": BATCH},
        )
        for batch in rows.partitions():
            parts = contents(connection, batch) if node_type == "GRID" else {}
            changes = []
            for key, revision_, grid_id, *values in batch:
                diff = {
                    outer_name(name): [None, shown(name, value)]
                    for name, value in zip(names, values, strict=True)
                }
                changes.append(
                    {
                        **same,
                        "node_type": node_type,
                        "node_id": key,
                        "grid_id": grid_id,
                        "revision": revision_,
                        "diff": diff | parts.get(key, {}),
                    }
                )
            connection.execute(sa.insert(change), changes)


def contents(connection: sa.Connection, grids: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """What the diffs of these grids, which are in the order of their keys, have of their parts."""

    def rows(query: str) -> Iterator[Any]:
        chosen = "grid_id BETWEEN :first AND :last"
        span = {"first": grids[0].id, "last": grids[-1].id}
        yield from connection.execute(sa.text(query.format(chosen)), span)

    parts: dict[int, dict[str, Any]] = {grid.id: {"features": [None, []]} for grid in grids}
    for grid, key in rows(
        "SELECT grid_id, id FROM feature WHERE {} ORDER BY grid_id, position, id"
    ):
        parts[grid]["features"][1].append(f"Feature:{key}")
    for grid, key in rows(
        "SELECT grid_id, package_id FROM grid_package WHERE {} ORDER BY grid_id, package_id"
    ):
        parts[grid].setdefault("packages", {})[f"Package:{key}"] = [False, True]
    for grid, package, feature, text in rows(
        "SELECT grid_id, package_id, feature_id, text FROM cell WHERE {}"
        " ORDER BY grid_id, package_id, feature_id"
    ):
        cells = parts[grid].setdefault("cells", {})
        cells.setdefault(f"Package:{package}", {})[f"Feature:{feature}"] = ["", text]
    return parts


def outer_name(column: str) -> str:
    """A column's name as a diff has it: `replaced_by_id` is replacedBy."""
    first, *others = (column.removesuffix("_id") if column in REFERENCES else column).split("_")
    return first + "".join(word.capitalize() for word in others)


def shown(column: str, value: Any) -> Any:
    """A column's value as a diff has it."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if column in REFERENCES and value is not None:
        return f"{REFERENCES[column]}:{value}"
    return value


def downgrade() -> None:
    for table in ("pin", "kept_outcome", "token", "alias", "change"):
        op.drop_table(table)
