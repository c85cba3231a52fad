"""JSON written by the database: SQL expressions whose value is a piece of JSON text.

An answer is put together by `||` rather than by `json_object`: it is as fast on SQLite and a tenth
faster on PostgreSQL, nothing is parsed again on its way out through nested levels, keys keep their
order, and there is no limit of 100 or 127 arguments.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    TableValuedAlias,
    Text,
    case,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import JSON

from db.base import Instant
from db.sql import Spelled

JsonText: TypeAlias = ColumnElement[str]
"""An expression whose value is JSON text; never NULL, an absent value is the text null."""

LONGEST_CHAIN = 100
"""How many `||` in a row: SQLite refuses an expression that is more than 1,000 deep."""


class Constant(ColumnElement[str]):
    """A text that is written into the statement."""

    inherit_cache = False
    type = Text()

    def __init__(self, text: str) -> None:
        self.text = text


@compiles(Constant)
def _constant(element: Constant, compiler: Any, **options: Any) -> str:
    return "'" + element.text.replace("'", "''") + "'"


class Chain(FunctionElement[str]):
    """Texts, one after the other; made by `chain`."""

    name = "json"
    type = Text()
    inherit_cache = True


@compiles(Chain)
def _chain(element: Chain, compiler: Any, **options: Any) -> str:
    pieces = [compiler.process(clause, **options) for clause in element.clauses]
    while len(pieces) > LONGEST_CHAIN:
        runs = (pieces[i : i + LONGEST_CHAIN] for i in range(0, len(pieces), LONGEST_CHAIN))
        pieces = [f"({' || '.join(run)})" for run in runs]
    # Without parentheses: || binds tighter than all that is written around it here, and SQLite's
    # parser takes few levels of them.
    return " || ".join(pieces)


class Quoted(Spelled):
    """A text as a JSON string. NULL may stay NULL (see `AsJson`)."""

    type = Text()
    sqlite = "json_quote({0})"
    postgresql = "to_json({0})::text"


class AsJson(Spelled):
    """A text as JSON; NULL as null."""

    type = Text()
    sqlite = "json_quote({0})"
    postgresql = "coalesce(to_json({0})::text, 'null')"


class InstantText(Spelled):
    """An instant as ISO 8601 text with six digits of a second; NULL stays NULL."""

    type = Text()
    sqlite = "{0}"
    postgresql = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""


class Rows(Spelled):
    """The elements of a JSON array as a table: `Rows(array).table_valued("position", "value")`.

    `position` grows along the array; `value` is JSON (see `item`).
    """

    sqlite = "(SELECT key AS position, value FROM json_each({0}))"
    postgresql = (
        "(SELECT position, value FROM"
        " json_array_elements(CAST({0} AS JSON)) WITH ORDINALITY AS e(value, position))"
    )


class Elements(Spelled):
    """The elements of a stored list of texts as a table: see `elements_of`."""

    sqlite = "json_each({0})"
    postgresql = "json_array_elements_text({0})"


class ByCodePoint(Spelled):
    """A text as it is sorted by: by code point, alike on both databases."""

    type = Text()
    sqlite = "{0}"
    postgresql = '(({0}) COLLATE "C")'


class Joined(Spelled):
    """Aggregate: texts with commas between them, in the order of the subquery they come from."""

    type = Text()
    sqlite = "group_concat({0}, ',')"
    postgresql = "string_agg({0}, ',')"


def elements_of(list_: ColumnElement[Any]) -> TableValuedAlias:
    """The elements of a stored list of texts as a table with the column `value`."""
    return Elements(list_).table_valued(column("value", Text))


def item(value: ColumnElement[Any], index: int) -> ColumnElement[str]:
    """The `index`-th element, as text, of a JSON array (both databases spell it `->>`)."""
    return value.op("->>", return_type=Text())(literal_column(str(index)))


def chain(*pieces: JsonText) -> JsonText:
    """The texts one after the other, as one flat `||`, with constants that meet made one."""
    flat: list[JsonText] = []
    for piece in pieces:
        for each in piece.clauses if isinstance(piece, Chain) else (piece,):
            if isinstance(each, Constant) and flat and isinstance(flat[-1], Constant):
                flat[-1] = Constant(flat[-1].text + each.text)
            else:
                flat.append(each)
    return flat[0] if len(flat) == 1 else Chain(*flat)


def scalar(value: ColumnElement[Any]) -> JsonText:
    """A stored value as JSON, by its column's type."""
    may_be_null = getattr(value, "nullable", True)
    if isinstance(value.type, Boolean):
        return case((value, Constant("true")), (~value, Constant("false")), else_=Constant("null"))
    if isinstance(value.type, Instant):
        text = chain(Constant('"'), InstantText(value), Constant('"'))
        return or_null(text) if may_be_null else text
    if isinstance(value.type, JSON | Integer):
        return or_null(value.cast(Text)) if may_be_null else value.cast(Text)
    return AsJson(value) if may_be_null else Quoted(value)


def truth(condition: ColumnElement[bool]) -> JsonText:
    """Whether a condition holds; null counts as false."""
    return case((condition, Constant("true")), else_=Constant("false"))


def json_object(members: Iterable[tuple[str, JsonText]]) -> JsonText:
    """An object with these members, in this order. Keys are GraphQL names: they need no escape."""
    pieces: list[JsonText] = []
    for key, value in members:
        pieces += [Constant(f'{"," if pieces else "{"}"{key}":'), value]
    return chain(*pieces, Constant("}")) if pieces else Constant("{}")


def json_list(elements: Iterable[JsonText]) -> JsonText:
    """The array of these elements."""
    pieces: list[JsonText] = []
    for element in elements:
        pieces += [Constant("," if pieces else "["), element]
    return chain(*pieces, Constant("]")) if pieces else Constant("[]")


def joined_array(element: ColumnElement[str]) -> JsonText:
    """Aggregate: the array of `element` of each row."""
    return chain(Constant("["), func.coalesce(Joined(element), Constant("")), Constant("]"))


def json_array(ordered: Select[str]) -> JsonText:
    """The array of what `ordered`, a query of one column of JSON text, selects, in its order."""
    rows = ordered.subquery()
    (element,) = rows.c
    return select(joined_array(element)).scalar_subquery()


def or_null(*values: ColumnElement[str]) -> JsonText:
    """The first of `values` that is there, else the text null."""
    return func.coalesce(*values, Constant("null"))
