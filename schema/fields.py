"""How a field of the schema is declared: in one line, its description and what it reads."""

import enum
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from db.token import Role
from resolvers.compile import Read
from resolvers.mutation import EditFunction
from resolvers.reads import same
from resolvers.where import Filter


def reads(read: Read, description: str, *arguments: StrawberryArgument) -> Any:
    """An object type's field: what it reads, what it means, and its arguments."""
    field: Any = strawberry.field(description=description, metadata={"read": read})
    if arguments:
        field.arguments = list(arguments)
    return field


def edits(edit: EditFunction, input_: Any, description: str, role: Role = Role.EDITOR) -> Any:
    """A field of the mutation root: the function that makes the edit, and who may."""
    field: Any = strawberry.field(
        description=description, metadata={"read": same, "edit": edit, "role": role}
    )
    field.arguments = [argument("input", input_, "What to do.")]
    return field


def required(description: str, name: str | None = None) -> Any:
    """An input's field that must be given."""
    return strawberry.field(description=description, name=name)


def described(enum_: type[enum.Enum], description: str, **values: str) -> None:
    """Make an enum of the tables one of the schema: what it and each of its values mean."""
    strawberry.enum(enum_, description=description)
    definition: Any = enum_.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = values[value.name]


def argument(name: str, type_: Any, description: str) -> StrawberryArgument:
    """An argument under its GraphQL name; `type_` as in an annotation, optional where it is."""
    return StrawberryArgument(name, name, StrawberryAnnotation(type_), description=description)


def filters(filter_: Filter, description: str) -> Any:
    """A filter input's field: what it asks of a row."""
    return strawberry.field(
        default=strawberry.UNSET, description=description, metadata={"filter": filter_}
    )


def optional(description: str, name: str | None = None) -> Any:
    """An input's field that may be left out."""
    return strawberry.field(default=strawberry.UNSET, description=description, name=name)


def forward_arguments() -> list[StrawberryArgument]:
    """The arguments of a connection that is paged forwards."""
    return [
        argument("first", int | None, "How many, from the start: 20 where left out; 100 at most."),
        argument("after", str | None, "Only what comes after this cursor."),
    ]


def page_arguments(where: Any = None, order: Any = None) -> list[StrawberryArgument]:
    """The arguments of a connection, in the contract's order."""
    found = [
        *forward_arguments(),
        argument("last", int | None, "How many, from the end: 100 at most."),
        argument("before", str | None, "Only what comes before this cursor."),
    ]
    if where is not None:
        found.append(argument("where", where | None, "Only what this holds for."))
    if order is not None:
        found.append(argument("orderBy", list[order] | None, "In this order; ties by id."))
    return found
