"""SQL that SQLite and PostgreSQL spell differently."""

from typing import Any, ClassVar, TypeVar

from sqlalchemy import ColumnElement, Integer, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import GenerativeSelect

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


def number(value: int) -> ColumnElement[int]:
    """`value` itself, written into the statement."""
    return literal_column(str(value), Integer)


def limited(query: Query, size: int) -> Query:
    """The first `size` rows of `query`. Not bound: a bound LIMIT has PostgreSQL plan each time."""
    return query.limit(number(size)).offset(number(0))
