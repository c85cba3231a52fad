"""What an edit is given, read and checked: each error names its field and what was expected.

An input is a mapping by the names of the contract: a key that is left out leaves the field as it
is, and null clears it where it may be null.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

from db import checks
from db.alias import LOOKUPS, Alias, AliasKind
from db.base import Base
from db.change import node_type
from db.derived import Values
from db.edit import Edit
from db.errors import ErrorCode, Refused, UserError
from db.fields import GLOBAL_ID, check_of, global_id, outer_name
from db.text import fold, slugify

Path = tuple[str, ...]
Given = Mapping[str, Any]

Outcome = dict[str, Any]
"""What an edit led to, as plain JSON: kept, and read again for a repeat of the edit."""

INPUT: Path = ("input",)

TOLD = 20
"""The most errors that are told of one input."""


def refuse(code: ErrorCode, path: Path, message: str, current: str | None = None) -> Refused:
    """The refusal with one error, to be raised."""
    return Refused([UserError(path, code, message)], current)


class Wrong:
    """Gathers what is wrong with an input, so that all of it is told at once.

    A Refused that is raised within `with wrong:` is kept, and the lines after it are skipped.
    """

    def __init__(self) -> None:
        self.errors: list[UserError] = []
        self.current: str | None = None

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: object, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refused):
            return False
        self.errors += error.errors
        self.current = self.current or error.current
        return True

    def tell(self) -> None:
        """Raise Refused where anything is wrong."""
        if self.errors:
            raise Refused(self.errors[:TOLD], self.current)


def columns_of(model: type[Base], given: Given, *names: str, path: Path = INPUT) -> Values:
    """The values of the columns `names`, as far as `given` has them.

    Raises Refused with an error for each that cannot be.
    """
    values: Values = {}
    errors: list[UserError] = []
    for column in (Base.metadata.tables[model.__tablename__].c[name] for name in names):
        name = outer_name(column.name)
        if name in given:
            try:
                values[column.name] = check_of(column)(given[name])
            except ValueError as error:
                errors.append(UserError((*path, name), ErrorCode.INVALID, str(error)))
    if errors:
        raise Refused(errors)
    return values


def list_of(given: Given, name: str, most: int, path: Path = INPUT) -> list[Any]:
    """The list that `given` has, of at most `most`; empty where it is left out. Raises Refused."""
    elements: list[Any] | None = given.get(name, [])
    if elements is None:
        raise refuse(ErrorCode.INVALID, (*path, name), "expected a list, not null")
    if len(elements) > most:
        message = f"expected {most:,} at most, not {len(elements):,}"
        raise refuse(ErrorCode.TOO_MANY, (*path, name), message)
    return elements


def checked(check: Callable[[Any], Any], value: Any, path: Path) -> Any:
    """What `check` makes of a value. Raises Refused where it raises ValueError."""
    try:
        return check(value)
    except ValueError as error:
        raise refuse(ErrorCode.INVALID, path, str(error)) from None


def key_of(model: type[Base], id_: str, path: Path) -> int:
    """The key in the global id of one of this table's rows. Raises Refused."""
    match = GLOBAL_ID.fullmatch(id_)
    if match is not None and match[1] == model.__name__:
        return int(match[2])
    expected = f"expected the id of a {model.__name__.lower()}, as it was read"
    raise refuse(ErrorCode.INVALID, path, expected)


async def by_id(edit: Edit, model: type[Base], id_: str, path: Path = (*INPUT, "id")) -> Values:
    """The row with this global id. Raises Refused."""
    row = await edit.rows[model].get(key_of(model, id_, path))
    if row is None:
        message = f"there is no such {model.__name__.lower()}, or not any more"
        raise refuse(ErrorCode.NOT_FOUND, path, message)
    return row


async def expected(edit: Edit, model: type[Base], given: Given) -> Values:
    """The row with the given `id`, at the revision that is expected of it. Raises Refused."""
    row = await by_id(edit, model, given["id"])
    see_that_current(row, model, given)
    return row


async def by_ref(edit: Edit, model: type[Base], ref: Given, path: Path) -> Values:
    """The row that a one-of lookup means, under its name or a former one. Raises Refused."""
    ((name, value),) = ref.items()
    path = (*path, name)
    if name == "id":
        return await by_id(edit, model, value, path)
    if name == "slug":
        checked(checks.slug, value, path)
    column, read = LOOKUPS[name]
    wanted = checked(read, value, path)
    rows = edit.rows[model]
    found = await rows.find(column, [wanted])
    if column == "pypi_name":
        found.sort(key=lambda row: (row["deprecated_at"] is not None, row["database_id"]))
    elif not found:
        await edit.rows[Alias].find("name", [str(wanted)])
        name_of_old = (node_type(model), AliasKind(column).name, str(wanted))
        alias = edit.rows[Alias].after.get(name_of_old)
        former = alias and await rows.get(alias["node_id"])
        found = [former] if former else []
    if not found:
        message = f"there is no {model.__name__.lower()} with this {name}"
        raise refuse(ErrorCode.NOT_FOUND, path, message)
    return found[0]


async def prefetch(edit: Edit, model: type[Base], refs: Iterable[Given]) -> None:
    """Find at once what many one-of lookups mean: `by_ref` then asks the database no more.

    It takes a statement for each kind of lookup that is among them, and two for former names. What
    cannot be read is left to `by_ref` to refuse.
    """
    wanted: dict[str, list[Any]] = defaultdict(list)
    for ref in refs:
        ((name, value),) = ref.items()
        with suppress(Refused, ValueError):
            if name == "id":
                wanted["id"].append(key_of(model, value, INPUT))
            else:
                column, read = LOOKUPS[name]
                wanted[column].append(read(value))
    rows, aliases = edit.rows[model], edit.rows[Alias]
    missing: list[str] = []
    for column, values in wanted.items():
        found = {row[column] for row in await rows.find(column, values)}
        if column not in ("id", "pypi_name"):
            missing += [str(value) for value in values if value not in found]
    former = await aliases.find("name", missing)
    own = [row["node_id"] for row in former if row["node_type"] == node_type(model)]
    await rows.find("id", own)


def see_that_current(row: Values, model: type[Base], given: Given, path: Path = INPUT) -> None:
    """Raise Refused where `expectedRevision` is given, and is not the row's revision."""
    expected = given.get("expectedRevision")
    if expected is not None and expected != row["revision"]:
        message = f"its revision is {row['revision']}, not {expected}: read it again"
        path = (*path, "expectedRevision")
        raise refuse(ErrorCode.CONFLICT, path, message, global_id(model.__name__, row["id"]))


async def see_that_free(
    edit: Edit, model: type[Base], column: str, value: Any, key: int | None, path: Path
) -> None:
    """Raise Refused where a row other than `key` has this value, or had it when the edit began."""
    holder = await edit.rows[model].holder(column, value, other_than=key)
    if holder is not None:
        message = f"{global_id(model.__name__, holder)} has it, and no two may have the same"
        raise refuse(ErrorCode.TAKEN, path, message)


async def with_slug(
    edit: Edit, model: type[Base], values: Values, key: int | None = None
) -> Values:
    """`values` with a slug that no row other than `key` has, made of the title where it has none.

    Raises Refused.
    """
    slug = values.get("slug") or checked(slugify, values["title"], (*INPUT, "title"))
    await see_that_free(edit, model, "slug_folded", fold(slug), key, (*INPUT, "slug"))
    return values | {"slug": slug}


def deleted(model: type[Base], key: int, also: Iterable[str] = ()) -> Outcome:
    """The outcome of a deletion; `also` are the global ids of what went with the row."""
    return {"deletedId": global_id(model.__name__, key), "alsoDeletedIds": list(also)}
