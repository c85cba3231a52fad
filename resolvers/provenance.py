"""Where the fields of a package come from: of each, the newest change in the log that set it."""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Subquery,
    Text,
    case,
    column,
    exists,
    func,
    select,
    true,
    union_all,
)

from db.change import Change
from db.fields import fields_of, outer_name
from db.ingest import PackageField, Pin
from db.package import Package
from db.sql import among, number
from resolvers.changes import changes_of
from resolvers.compile import Selected
from resolvers.json_text import ByCodePoint, Constant, JsonText, Quoted, json_array, scalar, truth
from resolvers.reads import Row

FIELDS = 35
"""How many fields of a package are set, about."""

NAMED = sorted({field.name for field in fields_of(Package)} - {"modified"})
"""The fields that a change names where it sets them; `modified` is set by each."""


@dataclass(frozen=True, slots=True)
class Set:
    """The scope of a field's provenance: the package, the field's name, and who set it."""

    package: Row
    name: ColumnElement[str]
    change: Row


def provenance(package: Row, selected: Selected) -> JsonText:
    """Each field that is in the log, by its name."""
    newest, change = _newest(package, selected), Row(selected, Change)
    query = select(selected.each(Set(package, newest.c.name, change), FIELDS))
    query = query.select_from(newest.join(change.table, change.c.id == newest.c.id))
    query = query.order_by(ByCodePoint(newest.c.name))
    return json_array(query.correlate_except(newest, *change.own))


def _newest(package: Row, selected: Selected) -> Subquery:
    """The names of fields, with the number of the newest change that set each."""
    is_its = changes_of(Package.__name__, Package.id)
    change, every = Row(selected, Change), Row(selected, Change)
    keys = func.json_each(change.c.diff).table_valued(
        column("key", Text), name=selected.alias("keys")
    )
    named = (
        select(keys.c.key.label("name"), func.max(change.c.id).label("id"))
        .select_from(change.table.join(keys, true()))
        .where(is_its(package, change), among(keys.c.key, NAMED))
        .group_by(keys.c.key)
        .correlate_except(change.table, keys)
    )
    modified = (
        select(Constant("modified"), func.max(every.c.id))
        .select_from(every.table)
        .where(is_its(package, every))
        .correlate_except(every.table)
    )
    return union_all(named, modified).subquery(selected.alias("newest"))


def field(of: Set, selected: Selected) -> JsonText:
    return Quoted(of.name)


def source(of: Set, selected: Selected) -> JsonText:
    return scalar(of.change.c.actor)


def at(of: Set, selected: Selected) -> JsonText:
    return scalar(of.change.c.at)


def is_pinned(of: Set, selected: Selected) -> JsonText:
    """Whether there is a pin on the field."""
    pin = Row(selected, Pin)
    names = {Constant(outer_name(each.value)): Constant(each.name) for each in PackageField}
    its = pin.c.package_id == of.package.c.id, pin.c.field == case(names, value=of.name)
    held = select(number(1)).select_from(pin.table).where(*its)
    return truth(exists(held.correlate_except(*pin.own)))
