"""The head by which kept answers are judged: a number that each commit moves (PostgreSQL alone).

SQLite tells by itself whether anything was committed. On PostgreSQL a trigger on every table of the
directory writes the transaction's number, and notifies. A table that a later migration adds needs
that trigger too.

Writers wait for each other from their first change on. The trigger comes before the change, so that
they do so before they lock a row: after it, each of two could wait for what the other has. The
schema is one of its own because nothing in it is of the directory.
"""

from alembic import op

from db.migrate import moves_head

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "category",
    "grid",
    "feature",
    "package",
    "version",
    "grid_package",
    "cell",
    "ingest",
    "ingest_source",
    "search_document",
    "search_posting",
    "search_pattern",
)

# Only the first statement of a transaction writes: its number is new, and never comes again.
SETUP = """
CREATE SCHEMA caching;
CREATE TABLE caching.head (number bigint NOT NULL);
INSERT INTO caching.head VALUES (0);
CREATE FUNCTION caching.move_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own bigint := pg_current_xact_id()::text;
BEGIN
  UPDATE caching.head SET number = own WHERE number <> own;
  IF FOUND THEN
    NOTIFY packgrid_head;
  END IF;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in SETUP.strip().split(";\n", 3):
        op.execute(statement)
    moves_head(*TABLES)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SCHEMA caching CASCADE")
