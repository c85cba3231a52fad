"""What every table shares: metadata with named constraints, and column types of both databases."""

import datetime as dt
import enum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Dialect,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    func,
    literal_column,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[dt.datetime]):
    """An instant in UTC: `timestamptz` on PostgreSQL, fixed-width ISO 8601 text on SQLite.

    SQLite's text is the form in which instants leave (2026-02-15T08:05:54.219101+00:00): it sorts
    as time does, and an answer takes it as it is. A naive datetime raises ValueError.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs an offset, {value!r} has none")
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else value


Key = BigInteger().with_variant(Integer, "sqlite")
"""A row's own key: SQLite gives keys by itself only to a column that is spelled INTEGER."""

Sorted = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared by code point, alike on both databases."""


class Outermost(ColumnElement[dt.datetime]):
    """A literal instant that is before (`first`) or after all that is ever stored."""

    inherit_cache = False
    type = Instant()

    def __init__(self, first: bool) -> None:
        # Not 0001-01-01, which asyncpg takes for -infinity.
        self.date = "0001-01-02" if first else "9999-12-31"


@compiles(Outermost)
def _outermost(element: Outermost, compiler: Any, **options: Any) -> str:
    return f"'{element.date}T00:00:00.000000+00:00'"


@compiles(Outermost, "postgresql")
def _outermost_on_postgresql(element: Outermost, compiler: Any, **options: Any) -> str:
    return f"'{element.date} 00:00:00+00'::timestamp with time zone"


def sortable(value: ColumnElement[Any], descending: bool) -> ColumnElement[Any]:
    """`value` as it is sorted by: where it may be null, a stand-in for null that comes last.

    An index on this expression serves the order; a cursor holds no null. Integers that may be null
    are counts of 32 bits, from 0 up.
    """
    if not getattr(value, "nullable", True):
        return value
    if isinstance(value.type, Instant):
        return func.coalesce(value, Outermost(first=descending), type_=Instant())
    return func.coalesce(value, literal_column("-1" if descending else "2147483648", BigInteger))


List = JSON(none_as_null=True)
"""A list, kept as the JSON text in which it leaves."""


def one_of(column: str, values: type[enum.Enum]) -> CheckConstraint:
    """A check that `column` holds the name of a member of `values` (or null where it may be).

    Its `info` has `values` by the column.
    """
    names = ", ".join(f"'{member.name}'" for member in values)
    return CheckConstraint(f"{column} IN ({names})", name=column, info={column: values})


def at_least(column: str, least: int) -> CheckConstraint:
    return CheckConstraint(f"{column} >= {least}", name=column)


def not_empty(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} <> ''", name=column)


def boolean(column: str) -> CheckConstraint:
    """A check that `column` is true or false (or null where it may be): SQLite has no such type."""
    return CheckConstraint(f"{column} IN (false, true)", name=column)


def slug_is_folded() -> CheckConstraint:
    """A check that no writer gets round the uniqueness of slugs, which are ASCII."""
    return CheckConstraint("slug_folded = lower(slug)", name="slug_folded")


class Numbered:
    """The columns of every object with a page of its own: its keys and its dates.

    `id` is the row's own key, for ever (global ids are built from it); `database_id` is the number
    of the REST API v4, or 1,000,000 + `id` for what was made here. Neither is ever used again.
    """

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    database_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    revision: Mapped[int] = mapped_column(BigInteger, default=1)
    created: Mapped[dt.datetime] = mapped_column(Instant)
    modified: Mapped[dt.datetime] = mapped_column(Instant)
