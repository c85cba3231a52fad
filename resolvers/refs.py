"""Which object is meant: global ids, and the one-of lookups by id, slug, number or address."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement

from db.errors import InputError
from db.pypi import normalize_name
from db.repo_url import normalize
from db.text import fold
from resolvers.compile import Read, Selected
from resolvers.json_text import JsonText
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


def is_meant(
    selected: Selected, row: Row, type_name: str, ref: dict[str, Any]
) -> ColumnElement[bool]:
    """That `row` is what `ref`, a one-of input object, looks up."""
    ((name, value),) = ref.items()
    match name:
        case "id":
            return row.c.id == selected.bind(value, BigInteger(), key_of(type_name))
        case "databaseId":
            return row.c.database_id == selected.bind(value, BigInteger())
        case "slug":
            return row.c.slug_folded == selected.bind_text(value, fold)
        case "repoUrl":
            return row.c.repo_key == selected.bind_text(value, _repo_key)
        case "pypi":
            return row.c.pypi_name == selected.bind_text(value, _pypi_name)
    raise AssertionError(name)


def by_ref(model: type[Any]) -> Read:
    """The object that the argument `by` looks up; null where there is none."""

    def read(scope: None, selected: Selected) -> JsonText:
        row = Row(selected, model)
        ref = selected.arguments["by"]
        meant = is_meant(selected, row, model.__name__, ref)
        if "pypi" not in ref:
            return first_of(selected, row, meant)
        order = (row.c.deprecated_at.is_not(None), row.c.database_id)
        return first_of(selected, row, meant, *order)

    return read
