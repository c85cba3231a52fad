"""What payloads read: the outcome of an edit, bound, and the rows as they are after it.

An outcome is plain JSON (`resolvers.mutation`); it stands in the variables under `OUTCOME`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import orjson
from sqlalchemy import BigInteger, ColumnElement, Text, and_, cast, column, select

from db.base import Base
from db.change import Change
from db.fields import GLOBAL_ID
from db.grid import Cell, Feature
from db.package import Package
from resolvers.arguments import Bound
from resolvers.cells import CellOf
from resolvers.compile import Read, Selected
from resolvers.json_text import JsonText, Rows, item, json_array, or_null, scalar
from resolvers.nodes import Models, object_by_key
from resolvers.reads import LIST, Row

Outcome: TypeAlias = Mapping[str, Any]
Template: TypeAlias = list[tuple[str, str]]
"""The keys and names of what is selected of an error."""

OUTCOME = "@outcome"
"""The outcome's name among the variables: no variable has such a name."""

RESULT = Bound((OUTCOME,))


def _bind_json(selected: Selected, convert: Callable[[Outcome], Any]) -> ColumnElement[str]:
    return selected.bind(RESULT, Text(), lambda outcome: orjson.dumps(convert(outcome)).decode())


def _key_if(type_name: str) -> Callable[[Outcome], int | None]:
    """Reads the key of the object that is in an edit's way, if it is of this type."""

    def convert(outcome: Outcome) -> int | None:
        match = GLOBAL_ID.fullmatch(outcome.get("current") or "")
        return int(match[2]) if match and match[1] == type_name else None

    return convert


def subject(model: type[Base]) -> Read:
    """The object that the edit is about, as it is after it; or the one that was in its way."""

    def read(scope: None, selected: Selected) -> JsonText:
        in_the_way = _key_if(model.__name__)
        key = selected.bind(RESULT, BigInteger(), lambda o: o.get("node") or in_the_way(o))
        return or_null(object_by_key(selected, model.__name__, model, key))

    return read


def current(models: Models) -> Read:
    """The object, of whatever type, that was in the edit's way."""

    def read(scope: None, selected: Selected) -> JsonText:
        return or_null(
            *(
                object_by_key(selected, n, m, selected.bind(RESULT, BigInteger(), _key_if(n)))
                for n, m in models.items()
            )
        )

    return read


def told(name: str, otherwise: Any = None) -> Read:
    """A member of the outcome as it is: a text, or a list of texts."""
    return lambda scope, selected: _bind_json(selected, lambda o: o.get(name, otherwise))


def changes(scope: None, selected: Selected) -> JsonText:
    """What the edit left in the log."""
    row = Row(selected, Change)
    query = select(selected.each(row, LIST)).select_from(row.within()).order_by(row.c.id)
    return json_array(query.where(_of_edit(selected, row)).correlate_except(*row.own))


def undoing(scope: None, selected: Selected) -> JsonText:
    """The change that undoes the one that was given."""
    row = Row(selected, Change)
    reverted = [None, None]
    node_type = selected.bind(RESULT, Text(), lambda o: o.get("reverted", reverted)[0])
    key = selected.bind(RESULT, BigInteger(), lambda o: o.get("reverted", reverted)[1])
    query = select(selected.object(row)).select_from(row.within())
    query = query.where(_of_edit(selected, row), row.c.node_type == node_type, row.c.node_id == key)
    return or_null(query.correlate_except(*row.own).scalar_subquery())


def _of_edit(selected: Selected, row: Row) -> ColumnElement[bool]:
    number = selected.bind(RESULT, BigInteger(), lambda outcome: outcome.get("transaction"))
    return row.c.transaction_id == number


def errors(scope: None, selected: Selected) -> JsonText:
    """What kept the edit from being made."""
    template = _template(selected)
    return _bind_json(selected, lambda outcome: _rendered(outcome["errors"], template))


def _template(selected: Selected) -> Template:
    return [(key, each.name) for key, each in selected.selections().items()]


def _rendered(errors: list[dict[str, Any]], template: Template) -> list[dict[str, Any]]:
    named = {"__typename": "UserError"}
    return [{key: (error | named)[name] for key, name in template} for error in errors]


@dataclass(frozen=True, slots=True)
class UpsertRow:
    """The scope of a row's result: `value`, an array that has a member for each of `members`."""

    value: ColumnElement[Any]
    members: list[Callable[[Outcome], Any]] = field(default_factory=list)

    def member(self, of: Callable[[Outcome], Any]) -> ColumnElement[str]:
        self.members.append(of)
        return item(self.value, len(self.members) - 1)


def upsert_rows(scope: None, selected: Selected) -> JsonText:
    """What became of each row of an upsert, in their order."""
    members: list[Callable[[Outcome], Any]] = []
    bound = _bind_json(
        selected, lambda outcome: [[of(row) for of in members] for row in outcome.get("rows", ())]
    )
    rows = Rows(bound).table_valued(column("position", BigInteger), column("value", Text))
    query = select(selected.each(UpsertRow(rows.c.value, members), LIST)).select_from(rows)
    return json_array(query.order_by(rows.c.position).correlate_except(rows))


def upserted(row: UpsertRow, selected: Selected) -> JsonText:
    """The package of an upsert's row."""
    key = cast(row.member(lambda result: result["node"]), BigInteger)
    return or_null(object_by_key(selected, Package.__name__, Package, key))


def upsert_outcome(row: UpsertRow, selected: Selected) -> JsonText:
    return scalar(row.member(lambda result: result["outcome"]))


def upsert_errors(row: UpsertRow, selected: Selected) -> JsonText:
    template = _template(selected)
    return or_null(
        row.member(lambda result: orjson.dumps(_rendered(result["errors"], template)).decode())
    )


def cells(scope: None, selected: Selected) -> JsonText:
    """The cells that were given, in their order, as they are after the edit."""
    bound = _bind_json(selected, lambda outcome: outcome.get("cells", []))
    rows = Rows(bound).table_valued(column("position", BigInteger), column("value", Text))
    package, feature, cell = Row(selected, Package), Row(selected, Feature), Row(selected, Cell)
    element = selected.each(CellOf(package, feature, cell), LIST)
    stored = and_(cell.c.package_id == package.c.id, cell.c.feature_id == feature.c.id)
    tables = (
        rows.join(package.table, package.c.id == cast(item(rows.c.value, 0), BigInteger))
        .join(feature.table, feature.c.id == cast(item(rows.c.value, 1), BigInteger))
        .outerjoin(cell.table, stored)
    )
    query = select(element).select_from(feature.within(package.within(tables)))
    own = (rows, *package.own, *feature.own, *cell.own)
    return json_array(query.order_by(rows.c.position).correlate_except(*own))
