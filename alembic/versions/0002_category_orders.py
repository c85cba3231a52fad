"""The packages of a category by score and by stars, without sorting all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_package_category_id_score": "score DESC",
    "ix_package_category_id_repo_watchers": "coalesce(repo_watchers, -1) DESC",
}


def upgrade() -> None:
    for name, descending in INDEXES.items():
        op.create_index(name, "package", ["category_id", sa.text(descending), "id"])


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "package")
