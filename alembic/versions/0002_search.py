"""The search index: documents, postings of their terms, and the patterns that forgive a typo."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

TYPES = "node_type IN ('PACKAGE', 'GRID', 'CATEGORY')"


def upgrade() -> None:
    op.create_table(
        "search_document",
        sa.Column("node_type", SORTED, nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.Column("popularity", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("participants", sa.JSON, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("node_type", "node_id", name=op.f("pk_search_document")),
        sa.CheckConstraint(TYPES, name=op.f("ck_search_document_node_type")),
        sa.CheckConstraint("popularity >= 0", name=op.f("ck_search_document_popularity")),
    )
    op.create_table(
        "search_posting",
        sa.Column("term", SORTED, nullable=False),
        sa.Column("field", sa.SmallInteger, nullable=False),
        sa.Column("popularity", sa.Integer, nullable=False),
        sa.Column("node_type", SORTED, nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint(
            "term", "field", "popularity", "node_type", "node_id", name=op.f("pk_search_posting")
        ),
        sa.CheckConstraint("term <> ''", name=op.f("ck_search_posting_term")),
        sa.CheckConstraint("field BETWEEN 1 AND 4", name=op.f("ck_search_posting_field")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_search_posting_node"),
        "search_posting",
        ["node_type", "node_id", "term", "field"],
    )
    op.create_table(
        "search_pattern",
        sa.Column("pattern", SORTED, nullable=False),
        sa.Column("term", SORTED, nullable=False),
        sa.PrimaryKeyConstraint("pattern", "term", name=op.f("pk_search_pattern")),
        sa.CheckConstraint("term <> ''", name=op.f("ck_search_pattern_term")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("search_pattern", "search_posting", "search_document"):
        op.drop_table(table)
