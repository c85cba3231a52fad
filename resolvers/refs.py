"""Which object is meant: global ids, and the one-of lookups by id, slug, number or address."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, cast, func, select

from db.alias import LOOKUPS, Alias, AliasKind
from db.base import Base
from db.errors import InputError
from db.fields import GLOBAL_ID
from resolvers.compile import Read, Selected, storable
from resolvers.json_text import Constant, JsonText
from resolvers.reads import Row, first_of


def split_id(text: str) -> tuple[str, int]:
    """The type's name and the row's key that a global id holds. Raises InputError."""
    match = GLOBAL_ID.fullmatch(text)
    if match is None:
        raise InputError(f"{shortened(text)} is not a global id: pass on an id as it was read")
    return match[1], int(match[2])


def key_of(type_name: str) -> Callable[[str], int]:
    """Reads the key out of the global id of an object of this type. Raises InputError."""

    def convert(text: str) -> int:
        name, key = split_id(text)
        if name != type_name:
            raise InputError(f"{shortened(text)} is not the id of a {type_name}")
        return key

    return convert


def shortened(text: str) -> str:
    """`text` in quotes, cut to what a message can hold."""
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def is_meant(
    selected: Selected, row: Row, model: type[Base], ref: dict[str, Any]
) -> ColumnElement[bool]:
    """That `row`, of `model`, is what `ref`, a one-of input object, looks up."""
    ((name, value),) = ref.items()
    if name == "id":
        return row.c.id == selected.bind(value, BigInteger(), key_of(model.__name__))
    column, read = LOOKUPS[name]

    def convert(value: Any) -> Any:
        try:
            return read(storable(value) if isinstance(value, str) else value)
        except ValueError as error:
            raise InputError(f"{name}: {error}") from None

    bound = selected.bind(value, BigInteger() if name == "databaseId" else Text(), convert)
    if name == "pypi":
        return row.c[column] == bound
    kind = AliasKind(column)
    own, former = Row(selected, model), Row(selected, Alias)
    has_it_now = select(own.c.id).where(own.c[column] == bound)
    had_it = select(former.c.node_id).where(
        former.c.node_type == Constant(model.__name__.upper()),
        former.c.kind == Constant(kind.name),
        former.c.name == cast(bound, Text),
    )
    return row.c.id == func.coalesce(has_it_now.scalar_subquery(), had_it.scalar_subquery())


def by_ref(model: type[Any]) -> Read:
    """The object that the argument `by` looks up; null where there is none."""

    def read(scope: None, selected: Selected) -> JsonText:
        row = Row(selected, model)
        ref = selected.arguments["by"]
        meant = is_meant(selected, row, model, ref)
        if "pypi" not in ref:
            return first_of(selected, row, meant)
        order = (row.c.deprecated_at.is_not(None), row.c.database_id)
        return first_of(selected, row, meant, *order)

    return read
