"""Arguments, parted into what shapes a statement and what is bound to it.

Structure, null, presence, booleans, enum values and a page's size shape the SQL; every other
scalar, and every list of scalars, is bound: a second call with other values of the same shape runs
the same SQL. (PostgreSQL plans a statement anew each time whose LIMIT is bound.)
"""

import enum
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from graphql import (
    ArgumentNode,
    GraphQLBoolean,
    Node,
    VariableNode,
    Visitor,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    visit,
)

Variables: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """A scalar, or a list of them, that stands somewhere in the variables."""

    path: tuple[str | int, ...]

    def get(self, variables: Variables) -> Any:
        value: Any = variables
        for step in self.path:
            value = value[step]
        return value


ACTOR = "@actor"
"""Who calls, in the variables of an operation that asks for it: no variable has such a name."""

CALLER = Bound((ACTOR,))


def resolve(value: Any, variables: Variables) -> Any:
    """`value`, an argument or a list of them, with what is `Bound` replaced by this call's.

    An enum's value is its name.
    """
    if isinstance(value, Bound):
        value = value.get(variables)
    if isinstance(value, list):
        return [resolve(item, variables) for item in value]
    return value.name if isinstance(value, enum.Enum) else value


def sizes_in(document: Node) -> frozenset[str]:
    """The variables that are the size of a page somewhere in a document or a definition."""
    found = set()

    class Sizes(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
            if node.name.value in ("first", "last") and isinstance(node.value, VariableNode):
                found.add(node.value.name.value)

    visit(document, Sizes())
    return frozenset(found)


def shape(value: Any, type_: Any) -> Hashable:
    """What of a coerced variable shapes the statement: two of one shape share a plan."""
    type_ = get_nullable_type(type_)
    if value is None or _shapes_by_value(type_):
        return cast(Hashable, value)
    if is_list_type(type_) and not is_leaf_type(get_named_type(type_)):
        return tuple(shape(item, type_.of_type) for item in value)
    if is_input_object_type(type_):
        return tuple((name, shape(item, type_.fields[name].type)) for name, item in value.items())
    return ...


def marked(value: Any, type_: Any, path: tuple[str | int, ...]) -> Any:
    """A coerced variable with each scalar that is bound replaced by the `Bound` that finds it."""
    type_ = get_nullable_type(type_)
    if value is None or _shapes_by_value(type_):
        return value
    if is_list_type(type_) and not is_leaf_type(get_named_type(type_)):
        return [marked(item, type_.of_type, (*path, i)) for i, item in enumerate(value)]
    if is_input_object_type(type_):
        fields = type_.fields
        return {name: marked(v, fields[name].type, (*path, name)) for name, v in value.items()}
    return Bound(path)


def _shapes_by_value(type_: Any) -> bool:
    return type_ is GraphQLBoolean or is_enum_type(type_)
