"""The reads of `node` and `nodes`: objects of any type by global id."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import orjson
from sqlalchemy import BigInteger, ColumnElement, Text, case, cast, column, select

from db.base import Base
from db.errors import InputError
from resolvers.compile import Read, Selected
from resolvers.json_text import Constant, JsonText, Rows, item, json_array, or_null
from resolvers.reads import LIST, Row
from resolvers.refs import shortened, split_id

Models: TypeAlias = Mapping[str, type[Base]]
"""The table behind each object type that has a global id."""


def object_by_key(
    selected: Selected, type_name: str, model: type[Base], key: ColumnElement[int]
) -> ColumnElement[str]:
    """The object of this type whose row has this key; NULL where there is none."""
    row = Row(selected, model)
    query = select(selected.object(row, type_name)).select_from(row.within()).where(row.c.id == key)
    return query.correlate_except(*row.own).scalar_subquery()


def node(models: Models) -> Read:
    """The object whose global id is given; null where there is none."""

    def read(scope: None, selected: Selected) -> JsonText:
        id_ = selected.arguments["id"]
        keys = {name: selected.bind(id_, BigInteger(), _key_if(name, models)) for name in models}
        return or_null(*(object_by_key(selected, n, models[n], key) for n, key in keys.items()))

    return read


def nodes(models: Models) -> Read:
    """The objects whose global ids are given, in their order."""

    def read(scope: None, selected: Selected) -> JsonText:
        selected.times(LIST)
        most = selected.limits.nodes_max

        def convert(ids: list[str]) -> str:
            if len(ids) > most:
                raise InputError(f"ids takes at most {most} ids, {len(ids)} were given")
            return orjson.dumps([_known_id(id_, models) for id_ in ids]).decode()

        rows = Rows(selected.bind(selected.arguments["ids"], Text(), convert)).table_valued(
            column("position", BigInteger), column("value", Text)
        )
        key = cast(item(rows.c.value, 1), BigInteger)
        found = case(
            *(
                (item(rows.c.value, 0) == name, object_by_key(selected, name, model, key))
                for name, model in models.items()
            ),
            else_=Constant("null"),
        )
        return json_array(
            select(or_null(found))
            .select_from(rows)
            .order_by(rows.c.position)
            .correlate_except(rows)
        )

    return read


def _known_id(text: str, models: Models) -> tuple[str, int]:
    name, key = split_id(text)
    if name not in models:
        raise InputError(f"{shortened(text)} is not a global id: pass on an id as it was read")
    return name, key


def _key_if(name: str, models: Models) -> Any:
    """Reads the key of an id of this type; of another type's none."""

    def convert(text: str) -> int | None:
        type_name, key = _known_id(text, models)
        return key if type_name == name else None

    return convert
