"""What the bookkeeping of fetches says of a package; a package without any was never fetched."""

from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Instant
from db.ingest import Ingest, IngestState, IngestWorker
from db.sql import Spelled, number
from resolvers.compile import Selected
from resolvers.json_text import AsJson, Constant, JsonText
from resolvers.reads import Expression, Row


class Lately(Spelled):
    """90 seconds before the database's now: a worker that is alive was seen since."""

    type = Instant()
    sqlite = "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '-90 seconds')"
    postgresql = "(now() - interval '90 seconds')"


SOON = "A worker will fetch it next."
NO_WORKER = (
    "No worker is running: start one with `python server.py worker`, or serve with --worker."
)


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


def reason(package: Row, selected: Selected) -> JsonText:
    """Why a package that is to be fetched is not fetched yet; null of any other."""
    selected.compiler.is_passing = True
    worker = Row(selected, IngestWorker)
    seen = select(number(1)).select_from(worker.table).where(worker.c.seen > Lately())
    alive = exists(seen.correlate_except(*worker.own))
    is_queued = state(package) == Constant(IngestState.QUEUED.name)
    return AsJson(case((is_queued, case((alive, Constant(SOON)), else_=Constant(NO_WORKER)))))


def unchanged(source: Row) -> ColumnElement[int]:
    """Those that a run found as they were."""
    c = source.c
    found: ColumnElement[int] = c.done - c.changed - c.failed - c.postponed
    return found
