"""SQL that SQLite and PostgreSQL spell differently."""

from typing import Any, ClassVar

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


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
