"""The database behind a URL: SQLite by aiosqlite, or PostgreSQL by asyncpg."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import orjson
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db import guard
from db.errors import DatabaseUnavailable

DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg"}

SQLITE_PRAGMAS = (
    # First, so that the others wait too where another process is just making the file.
    "busy_timeout = 10000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    # In KB, a connection. The usual 2 MB are fewer pages than 100 rows of a large table lie on.
    "cache_size = -8000",
)


SESSION = {
    "timezone": "UTC",
    # Compiling a statement to machine code takes longer than running any of these.
    "jit": "off",
    # Rows are in memory or on solid-state disks: an index is not four times as dear as a scan.
    "random_page_cost": "1.1",
}
"""The settings of PostgreSQL's sessions."""


class SqliteConnection(Protocol):
    """What sqlite3's connection and SQLAlchemy's stand-in for aiosqlite's have in common."""

    isolation_level: Any

    def execute(self, statement: str, /) -> Any: ...


def prepare_sqlite(connection: SqliteConnection) -> None:
    """Make a new connection to SQLite ready: pragmas, and no BEGIN that nobody asked for.

    Left to itself, Python's sqlite3 begins a transaction before INSERT, UPDATE and DELETE alone,
    so that neither a SELECT nor DDL before them is part of it.
    """
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def read_url(url: str) -> URL:
    """The URL with its driver: `sqlite:///x.db`, `postgresql://user@host/name` or with `+driver`.

    Raises DatabaseUnavailable where it is none of these, or where SQLite's folder is not there.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUnavailable(
            "the database URL cannot be read: it is like sqlite:///packgrid.sqlite3"
            " or postgresql://user@host/name"
        ) from None
    backend = "postgresql" if parsed.drivername == "postgres" else parsed.get_backend_name()
    driver = DRIVERS.get(backend)
    if driver is None or parsed.drivername not in (backend, "postgres", f"{backend}+{driver}"):
        raise DatabaseUnavailable(
            f"the database URL begins with {parsed.drivername}: it must be sqlite or postgresql"
        )
    if backend == "sqlite":
        # Readers open connections of their own, and each would see its own empty database.
        if parsed.database in (None, "", ":memory:") or parsed.query:
            raise DatabaseUnavailable(
                "the database URL must name a file: sqlite:///packgrid.sqlite3"
            )
        folder = Path(str(parsed.database)).absolute().parent
        if not folder.is_dir():
            raise DatabaseUnavailable(f"the database's folder is not there: {folder}")
    return parsed.set(drivername=f"{backend}+{driver}")


def create_engine(url: str) -> AsyncEngine:
    """The engine that writes go through, those that are logged (`db.guard`); nothing is opened yet.

    Every transaction on SQLite begins IMMEDIATE: one that reads before it writes cannot then find
    its snapshot overtaken. Raises DatabaseUnavailable as `read_url` does.
    """
    parsed = read_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_async_engine(
        parsed,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        hide_parameters=True,  # what fails is logged, without what users wrote
        connect_args={} if sqlite else {"server_settings": SESSION},
    )
    guard.install(engine.sync_engine)
    if sqlite:
        event.listen(engine.sync_engine, "connect", _on_sqlite_connect)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _on_sqlite_connect(connection: SqliteConnection, record: object) -> None:
    prepare_sqlite(connection)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


OPENING_ERRORS = (
    DBAPIError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    sqlite3.Error,
    OSError,
    OverflowError,  # a port over 65,535
)
"""What the drivers raise, with SQLAlchemy and without, where a database cannot be opened."""


def masked(url: URL) -> str:
    """The URL as it may be shown: no password in it, wherever it stands."""
    query = {name: "***" if "password" in name else text for name, text in url.query.items()}
    return url.set(query=query).render_as_string(hide_password=True)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Around the opening of a database: its failure becomes DatabaseUnavailable."""
    try:
        yield
    except OPENING_ERRORS as error:
        shown = masked(url.set(drivername=url.get_backend_name()))
        reason = " ".join(str(getattr(error, "orig", error)).split())
        raise DatabaseUnavailable(f"{shown} cannot be opened: {reason}") from error
