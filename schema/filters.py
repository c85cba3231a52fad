"""The operators of filters, and the direction of orders.

Which column an operator is about is said where a `where` input names it (`schema/package.py`).
"""

import enum
from typing import Any

import strawberry

from resolvers.reads import Expression
from schema.fields import optional
from schema.scalars import DateTime


@strawberry.input(
    description=(
        "All that is given must hold. eq, ne and in compare exactly; contains, startsWith and"
        " endsWith ignore case, and % and _ stand for themselves. No operator holds of null but"
        " isNull: true and ne. Over a list, an operator holds when it holds of at least one"
        " element, and ne when no element is equal. A null operator is an error."
    )
)
class StringFilter:
    eq: str | None = optional("Equal to this.")
    ne: str | None = optional("Not equal to this: the complement of eq.")
    in_: list[str] | None = optional("Equal to one of these, 200 at most; [] is none.", "in")
    contains: str | None = optional("This is a part of it; case does not matter.")
    starts_with: str | None = optional("It starts with this; case does not matter.")
    ends_with: str | None = optional("It ends with this; case does not matter.")
    is_null: bool | None = optional("Whether it is null (or, of a list, empty).")


@strawberry.input(
    description=(
        "All that is given must hold. No operator holds of null but isNull: true and ne."
        " A null operator is an error."
    )
)
class IntFilter:
    eq: int | None = optional("Equal to this.")
    ne: int | None = optional("Not equal to this: the complement of eq.")
    in_: list[int] | None = optional("Equal to one of these, 200 at most; [] is none.", "in")
    gt: int | None = optional("Greater than this.")
    gte: int | None = optional("Greater than this, or equal.")
    lt: int | None = optional("Less than this.")
    lte: int | None = optional("Less than this, or equal.")
    is_null: bool | None = optional("Whether it is null.")


@strawberry.input(
    description=(
        "All that is given must hold. No operator holds of null but isNull: true."
        " A null operator is an error."
    )
)
class DateTimeFilter:
    gt: DateTime | None = optional("Later than this.")
    gte: DateTime | None = optional("Later than this, or at it.")
    lt: DateTime | None = optional("Earlier than this.")
    lte: DateTime | None = optional("Earlier than this, or at it.")
    is_null: bool | None = optional("Whether it is null.")


@strawberry.enum(description="Which way an order goes. Nulls come last either way.")
class OrderDirection(enum.Enum):
    ASC = strawberry.enum_value("ASC", description="Smallest, earliest, or first by code point.")
    DESC = strawberry.enum_value("DESC", description="Largest, latest, or last by code point.")


def sorts(by: Expression, description: str) -> Any:
    """A value of an enum of order fields: what rows are sorted by."""
    return strawberry.enum_value(by, description=description)


def sorted_by() -> Any:
    """An order's field: what it sorts by."""
    return strawberry.field(description="What is sorted by.")


def direction(default: OrderDirection) -> Any:
    """An order's field: which way it goes."""
    return strawberry.field(default=default, description="Which way it goes.")
