"""Orders, and the cursors that are bound to them.

A cursor is the JSON array of the order's tag, a row's values in that order, and the row's own key:
`["Query.packages SCORE DESC",412,17]`. It is a place between rows, so that rows which come and go
while a client pages are neither skipped nor repeated.
"""

import datetime as dt
import enum
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeAlias

import orjson
from sqlalchemy import BigInteger, ColumnElement, Text, and_
from sqlalchemy.sql.base import ColumnCollection, ReadOnlyColumnCollection
from sqlalchemy.types import Integer, TypeEngine

from db.base import Instant, sortable
from db.errors import InputError
from resolvers.compile import Selected, storable
from resolvers.json_text import Constant, JsonText, Quoted, chain, scalar
from resolvers.reads import Row

FIRST, LAST = 0, 2**63 - 1
"""What is before all rows' own keys, and what is after them."""


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are sorted by, first to last; its value is never null."""

    value: ColumnElement[Any]
    descending: bool = False
    name: str = ""

    @property
    def ordered(self) -> ColumnElement[Any]:
        return self.value.desc() if self.descending else self.value.asc()


Columns: TypeAlias = ColumnCollection[str, Any] | ReadOnlyColumnCollection[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A total order of a table's rows. `tag` names it in cursors, with `about`, a text argument."""

    tag: str
    keys: tuple[Key, ...]
    about: Any = ""

    def cursor(
        self, selected: Selected, values: Sequence[ColumnElement[Any]]
    ) -> ColumnElement[str]:
        """The text of the cursor of a row with these values of the keys."""
        pieces: list[JsonText] = [Constant("["), Constant(orjson.dumps(self.tag).decode())]
        if self.about:
            pieces[1] = Quoted(selected.bind_text(self.about, partial(_full_tag, self.tag)))
        for value in values:
            pieces += [Constant(","), scalar(value)]
        return chain(*pieces, Constant("]"))

    def bound(self, selected: Selected, argument: str) -> list[ColumnElement[Any]]:
        """The values of the keys that the cursor given as `argument` holds, bound."""
        given = [selected.arguments[argument], self.about]
        types = tuple(_bound_type(key.value) for key in self.keys)
        read = partial(_value_at, self.tag, types, argument, self._start)
        return [selected.bind(given, type_, partial(read, i)) for i, type_ in enumerate(types)]

    @property
    def _start(self) -> int:
        """The place before all rows, in an order by their own key alone."""
        return LAST if self.keys[0].descending else FIRST

    @property
    def names(self) -> list[str]:
        """What the keys are called as columns."""
        return [key.name or f"key_{i}" for i, key in enumerate(self.keys)]

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """The keys' values by their names."""
        return [key.value.label(name) for key, name in zip(self.keys, self.names, strict=True)]

    @property
    def reversed(self) -> "Order":
        keys = tuple(Key(key.value, not key.descending, key.name) for key in self.keys)
        return Order(self.tag, keys, self.about)

    def through(self, read: Callable[[str, ColumnElement[Any]], ColumnElement[Any]]) -> "Order":
        """This order by what `read` makes of each key's name and value."""
        named = zip(self.names, self.keys, strict=True)
        keys = tuple(Key(read(name, key.value), key.descending, name) for name, key in named)
        return Order(self.tag, keys, self.about)

    @property
    def ordered(self) -> list[ColumnElement[Any]]:
        """The terms of an ORDER BY."""
        return [key.ordered for key in self.keys]

    def over(self, columns: Columns) -> list[ColumnElement[Any]]:
        """The terms of an ORDER BY over the keys as columns."""
        return self.through(lambda name, _: columns[name]).ordered

    def beyond(
        self, values: Sequence[ColumnElement[Any]], ahead: bool, or_at: bool = False
    ) -> list[ColumnElement[bool]]:
        """What rows after (`ahead`) or before the place with these values, or at it, fulfil.

        They fulfil one condition each, the n-th of which says that n keys are equal (all are in
        the last one, for a row at the place). Each is a range of an index by the keys.
        """
        places: list[ColumnElement[bool]] = []
        equal: list[ColumnElement[bool]] = []
        for key, value in zip(self.keys, values, strict=True):
            further = key.value > value if ahead != key.descending else key.value < value
            places.append(and_(*equal, further))
            equal.append(key.value == value)
        return [*places, and_(*equal)] if or_at else places


def _full_tag(tag: str, about: str) -> str:
    return f"{tag} {zlib.crc32(storable(about).encode()):x}" if about else tag


def _value_at(
    tag: str,
    types: tuple[TypeEngine[Any], ...],
    argument: str,
    start: int,
    index: int,
    given: list[str],
) -> Any:
    """One of the values in a cursor; `given` is the cursor, and what its order is about."""
    cursor, about = given
    return decode(cursor, _full_tag(tag, about), types, argument, start)[index]


@lru_cache(maxsize=4)
def decode(
    text: str, tag: str, types: tuple[TypeEngine[Any], ...], argument: str, start: int = FIRST
) -> tuple[Any, ...]:
    """The values in a cursor. Raises InputError where it is no cursor of the order `tag`.

    In an order by the rows' own key alone the empty text is `start`, the place before all of them.
    Kept, for a statement takes each value by itself.
    """
    if not text and len(types) == 1:
        return (start,)
    try:
        found = orjson.loads(text)
        found_tag, *values = found
        is_as_written = orjson.dumps(found).decode() == text
        if found_tag == tag and len(values) == len(types) and values[-1] > 0 and is_as_written:
            return tuple(_decoded(value, type_) for value, type_ in zip(values, types, strict=True))
    except (ValueError, TypeError, OverflowError, InputError):
        pass
    raise InputError(
        f"{argument} is not a cursor of this list in this order ({tag}):"
        " pass on a cursor as it was read, with the same orderBy"
    )


def _decoded(value: Any, type_: TypeEngine[Any]) -> Any:
    if isinstance(type_, Instant):
        instant = dt.datetime.fromisoformat(value)
        return instant.astimezone(dt.UTC) if instant.tzinfo else _refuse()
    if isinstance(type_, Integer):
        return value if type(value) is int and -(2**63) <= value < 2**63 else _refuse()
    return storable(value) if isinstance(value, str) else _refuse()


def _refuse() -> None:
    raise ValueError


def _bound_type(value: ColumnElement[Any]) -> TypeEngine[Any]:
    if isinstance(value.type, Instant):
        return Instant()
    return BigInteger() if isinstance(value.type, Integer) else Text()


def asked_order(selected: Selected) -> list[tuple[str, str]]:
    """The fields and directions that `orderBy` names, or those that stand for none."""
    given = selected.arguments.get("orderBy") or []
    return [(each["field"].name, each["direction"].name) for each in given] or [("TITLE", "ASC")]


def order_by(selected: Selected, row: Row, fields: type[enum.Enum]) -> tuple[str, list[Key]]:
    """What `orderBy` asks for, else TITLE ASC: its name in a tag, and its keys.

    The values of `fields` are expressions of a row.
    """
    asked = asked_order(selected)
    if len(asked) > (most := selected.limits.order_max):
        raise InputError(f"orderBy takes at most {most} keys, {len(asked)} were given")
    keys = [
        Key(sortable(fields[name].value(row), direction == "DESC"), direction == "DESC")
        for name, direction in asked
    ]
    named = ", ".join(f"{name} {direction}" for name, direction in asked)
    return f"{selected.coordinate} {named}", keys
