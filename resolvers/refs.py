"""Which object is meant: global ids, and the one-of lookups by id, slug, number or address."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, cast, func, select
from sqlalchemy.types import TypeEngine

from db.alias import Alias, AliasKind
from db.base import Base
from db.errors import InputError
from db.pypi import normalize_name
from db.repo_url import normalize
from db.text import fold
from resolvers.compile import Read, Selected, storable
from resolvers.json_text import Constant, JsonText
from resolvers.reads import Row, first_of

GLOBAL_ID = re.compile(r"([A-Z][A-Za-z]*):([1-9][0-9]{0,17})", re.ASCII)


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


def _repo_key(text: str) -> str:
    try:
        return normalize(text).key
    except ValueError as error:
        raise InputError(f"repoUrl: {error}") from None


def _pypi_name(text: str) -> str:
    try:
        return normalize_name(text)
    except ValueError as error:
        raise InputError(f"pypi: {error}") from None


NAMES: dict[str, tuple[AliasKind, TypeEngine[Any], Callable[[Any], Any]]] = {
    "slug": (AliasKind.SLUG, Text(), lambda text: fold(storable(text))),
    "repoUrl": (AliasKind.REPO_URL, Text(), lambda text: _repo_key(storable(text))),
    "databaseId": (AliasKind.DATABASE_ID, BigInteger(), lambda number: number),
}
"""What an object stays to be found by when it has another one: how each is kept, and spelled."""


def is_meant(
    selected: Selected, row: Row, model: type[Base], ref: dict[str, Any]
) -> ColumnElement[bool]:
    """That `row`, of `model`, is what `ref`, a one-of input object, looks up."""
    ((name, value),) = ref.items()
    match name:
        case "id":
            return row.c.id == selected.bind(value, BigInteger(), key_of(model.__name__))
        case "pypi":
            return row.c.pypi_name == selected.bind_text(value, _pypi_name)
    kind, type_, spelled = NAMES[name]
    bound = selected.bind(value, type_, spelled)
    own, former = Row(selected, model), Row(selected, Alias)
    has_it_now = select(own.c.id).where(own.c[kind.value] == bound)
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
