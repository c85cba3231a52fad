"""The guard of the log: no statement writes the directory but one that says it is logged."""

import re
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

from db.errors import Unlogged

LOGGED_TABLES = (
    "category",
    "package",
    "version",
    "grid",
    "feature",
    "grid_package",
    "cell",
    "change",
)
"""The tables that the log is of, and the log."""

LOGGED = {"logged": True}
"""The execution options, of a statement or its connection, that let a statement through."""

OPAQUE = re.compile(
    r"""--[^\n]* | /\*.*?\*/                # comments
      | \$(?P<tag>(?:[a-z_]\w*)?)\$(?P<body>.*?)\$(?P=tag)\$
      | (?<!\w)e'(?:[^'\\]|\\.|'')*'        # PostgreSQL's strings with escapes
      | '(?P<text>(?:[^']|'')*)' | "(?P<name>(?:[^"]|"")*)" | `(?P<tick>[^`]*)`
      | \[(?P<bracketed>\w+)\]""",
    re.DOTALL | re.VERBOSE,
)

WRITE = re.compile(
    rf"""\b(?: insert(?:\s+or\s+\w+)?\s+into | replace\s+into | merge\s+into | delete\s+from
      | update(?:\s+or\s+\w+)? | copy | truncate(?:\s+table)?(?:\s+[^;]+,)? )
      \s* (?:\bonly\b[\s(]*)? (?:[\w$?]+\s*\.\s*)* \b(?:{"|".join(LOGGED_TABLES)})\b""",
    re.VERBOSE,
)


def install(engine: Engine) -> None:
    """From now on the engine raises Unlogged where a statement that is not logged would write.

    It is logged where it, its connection or its engine has the execution options `LOGGED`.
    """
    event.listen(engine, "before_cursor_execute", _refuse)


def _refuse(
    connection: Connection,
    cursor: object,
    statement: str,
    parameters: object,
    context: Any,
    executemany: bool,
) -> None:
    options = context.execution_options if context else connection.get_execution_options()
    if not options.get("logged") and writes(statement):
        raise Unlogged(f"only db.edit may do this: {statement[:200]}")


@lru_cache(maxsize=1_000)
def writes(statement: str) -> bool:
    """Whether an SQL statement, or one of several, writes one of `LOGGED_TABLES`."""
    return WRITE.search(_bare(statement.lower())) is not None


def _bare(statement: str) -> str:
    """The statement without comments and strings, and names without their quotes.

    SQLite takes a string for a name, where it stands for one: those that are a table's stay.
    """

    def bare(found: re.Match[str]) -> str:
        if found["body"] is not None:
            return f" {_bare(found['body'])} "
        quoted = found[found.lastgroup] if found.lastgroup else None
        return f" {quoted} " if quoted in LOGGED_TABLES else " " if quoted is None else " ? "

    return OPAQUE.sub(bare, statement)
