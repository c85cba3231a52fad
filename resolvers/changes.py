"""The reads of the log of changes: what a change says of the object that it is about."""

from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, Text, and_, case
from sqlalchemy.orm import InstrumentedAttribute

from db.category import Category
from db.change import Change
from db.errors import InputError
from db.grid import Feature, Grid
from db.package import Package
from db.version import Version
from resolvers.compile import Read, Selected
from resolvers.json_text import Constant, JsonText, chain, or_null
from resolvers.nodes import Models, object_by_key
from resolvers.reads import Condition, Row, related
from resolvers.refs import shortened, split_id
from resolvers.where import Holds, Where

LOGGED_TYPES: Models = {
    "Package": Package,
    "Category": Category,
    "Grid": Grid,
    "Feature": Feature,
    "Version": Version,
}
"""The object types whose changes are logged; a change's `node_type` is the name in capitals."""


FEED = "Query.changes"
"""What its cursors are tagged with."""


def cursor_of(number: int) -> str:
    """The cursor of the change with this number in `Query.changes`."""
    return orjson.dumps([FEED, number]).decode()


def changes_of(type_name: str, key: InstrumentedAttribute[int]) -> Condition:
    """The changes of the object of this type with the parent's `key`."""
    is_it = related(key, Change.node_id)
    return lambda parent, change: and_(_is_of(change, type_name), is_it(parent, change))


def id_in(type_name: str, attribute: InstrumentedAttribute[Any]) -> Read:
    """The global id of the object of this type whose key the column holds; null without one."""

    def read(row: Row, selected: Selected) -> JsonText:
        key = row.c[attribute.key]
        text = chain(Constant(f'"{type_name}:'), key, Constant('"'))
        return or_null(text) if key.nullable else text

    return read


def node_id(change: Row, selected: Selected) -> JsonText:
    """The global id of what changed."""
    name = case(*((_is_of(change, name), Constant(name)) for name in LOGGED_TYPES))
    return chain(Constant('"'), name, Constant(":"), change.c.node_id, Constant('"'))


def node_now(change: Row, selected: Selected) -> JsonText:
    """What changed, as it is now; null where it is gone."""
    key = change.c.node_id
    objects = (
        (_is_of(change, name), object_by_key(selected, name, model, key))
        for name, model in LOGGED_TYPES.items()
    )
    return or_null(case(*objects))


def is_about(where: Where, change: Row, value: str) -> Holds:
    """The change is of the object with this global id."""
    bind = where.selected.bind
    type_name = bind(value, Text(), lambda text: logged_id(text)[0].upper())
    key = bind(value, BigInteger(), lambda text: logged_id(text)[1])
    return and_(change.c.node_type == type_name, change.c.node_id == key)


def logged_id(text: str) -> tuple[str, int]:
    """The type and the key of an object whose changes are logged. Raises InputError."""
    name, key = split_id(text)
    if name not in LOGGED_TYPES:
        raise InputError(f"{shortened(text)} is not the id of an object whose changes are logged")
    return name, key


def _is_of(change: Row, type_name: str) -> ColumnElement[bool]:
    # Written into the statement: an index's first column, which has few values.
    return change.c.node_type == Constant(type_name.upper())
