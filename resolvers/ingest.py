"""What the bookkeeping of fetches says of a package; a package without any was never fetched."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from db.ingest import Ingest
from resolvers.reads import Expression, Row


def of_ingest(attribute: InstrumentedAttribute[Any], default: str | None = None) -> Expression:
    """A column of a package's bookkeeping; `default`, as SQL, where there is no row."""
    table = Ingest.__table__

    def expression(package: Row) -> ColumnElement[Any]:
        query = select(table.c[attribute.key]).where(table.c.package_id == package.c.id)
        value = query.correlate_except(table).scalar_subquery()
        if default is None:
            return value
        return func.coalesce(value, literal_column(default), type_=attribute.type)

    return expression


state = of_ingest(Ingest.state, "'NEVER'")
failure_count = of_ingest(Ingest.failure_count, "0")
