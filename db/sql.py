"""SQL that SQLite and PostgreSQL spell differently."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, TypeVar

import orjson
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Text,
    TypeDecorator,
    bindparam,
    literal,
    literal_column,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import GenerativeSelect
from sqlalchemy.types import TypeEngine

T = TypeVar("T")

Query = TypeVar("Query", bound=GenerativeSelect)


class Spelled(FunctionElement[Any]):
    """An expression that each database spells its own way; `{0}`, `{1}` are its operands."""

    sqlite: ClassVar[str]
    postgresql: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.inherit_cache = True  # which SQLAlchemy asks of each class by itself


@compiles(Spelled)
def _spelled(element: Spelled, compiler: Any, **options: Any) -> str:
    spelling: str = getattr(element, compiler.dialect.name)
    return spelling.format(*(compiler.process(each, **options) for each in element.clauses))


class Within(Spelled):
    """That a value is one of a bound `ListOf` values."""

    type = Boolean()
    sqlite = "({0} IN (SELECT value FROM json_each({1})))"
    postgresql = "({0} = ANY ({1}))"

    def self_group(self, against: Any = None) -> "Within":
        """As it is: SQLAlchemy adds ` = 1` for SQLite, which then looks at each row."""
        return self


class ListOf(TypeDecorator[list[Any]]):
    """A list that is bound as one value: an array on PostgreSQL, a JSON array on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, item: type[TypeEngine[Any]]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(self.item))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else orjson.dumps(value).decode()


def among(column: ColumnElement[Any], wanted: str | list[Any]) -> Within:
    """That a column's value is one of those bound under a name, or of a list."""
    type_ = ListOf(type(column.type))
    return Within(
        column,
        bindparam(wanted, type_=type_) if isinstance(wanted, str) else literal(wanted, type_),
    )


BATCH = 1_000
"""Rows a statement: databases limit its parameters to some 32,000."""


def batches(values: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The values in their order, so many at a time; the last are fewer."""
    return (values[start : start + size] for start in range(0, len(values), size))


def number(value: int) -> ColumnElement[int]:
    """`value` itself, written into the statement."""
    return literal_column(str(value), Integer)


def limited(query: Query, size: int) -> Query:
    """The first `size` rows of `query`. Not bound: a bound LIMIT has PostgreSQL plan each time."""
    return query.limit(number(size)).offset(number(0))
