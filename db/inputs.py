"""What an edit is given, read and checked: each error names its field and what was expected.

An input is a mapping by the names of the contract: a key that is left out leaves the field as it
is, and null clears it where it may be null.
"""

from collections.abc import Callable, Mapping
from typing import Any

from db import checks
from db.alias import Alias, AliasKind
from db.base import Base
from db.category import Category
from db.change import NodeType
from db.derived import Values
from db.edit import Edit
from db.errors import ErrorCode, Refused, UserError
from db.fields import GLOBAL_ID, check_of, global_id, outer_name
from db.grid import Feature, Grid
from db.package import Package
from db.pypi import normalize_name
from db.repo_url import normalize
from db.text import fold

Path = tuple[str, ...]
Given = Mapping[str, Any]

INPUT: Path = ("input",)

MODELS: dict[str, type[Base]] = {each.__name__: each for each in (Category, Feature, Grid, Package)}
"""What has a global id that an edit may be given."""


def refuse(code: ErrorCode, path: Path, message: str, current: str | None = None) -> Refused:
    """The refusal with one error, to be raised."""
    return Refused([UserError(path, code, message)], current)


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


async def by_ref(edit: Edit, model: type[Base], ref: Given, path: Path) -> Values:
    """The row that a one-of lookup means, under its name or a former one. Raises Refused."""
    ((name, value),) = ref.items()
    path = (*path, name)
    rows = edit.rows[model]
    if name == "id":
        return await by_id(edit, model, value, path)
    if name == "pypi":
        found = await rows.find("pypi_name", [checked(normalize_name, value, path)])
        found.sort(key=lambda row: (row["deprecated_at"] is not None, row["database_id"]))
    else:
        kind, read = LOOKUPS[name]
        wanted = checked(read, value, path)
        found = await rows.find(kind.value, [wanted])
        if not found:
            node_type = NodeType[model.__tablename__.upper()].name
            await edit.rows[Alias].find("name", [str(wanted)])
            alias = edit.rows[Alias].after.get((node_type, kind.name, str(wanted)))
            former = alias and await rows.get(alias["node_id"])
            found = [former] if former else []
    if not found:
        message = f"there is no {model.__name__.lower()} with this {name}"
        raise refuse(ErrorCode.NOT_FOUND, path, message)
    return found[0]


LOOKUPS: dict[str, tuple[AliasKind, Callable[[Any], Any]]] = {
    "slug": (AliasKind.SLUG, lambda slug: fold(checks.slug(slug))),
    "databaseId": (AliasKind.DATABASE_ID, lambda number: number),
    "repoUrl": (AliasKind.REPO_URL, lambda url: normalize(url).key),
}
"""The names of the lookups by something that may be a former name."""


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
        message = (
            f"{global_id(model.__name__, holder)} has it: {model.__name__.lower()}s share none"
        )
        raise refuse(ErrorCode.TAKEN, path, message, global_id(model.__name__, holder))
