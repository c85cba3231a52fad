"""An operation's variables: coerced, and parted into what shapes its plan and what is bound."""

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLID,
    GraphQLInt,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    get_nullable_type,
    get_variable_values,
    type_from_ast,
)
from graphql.execution.values import VariableValues

from resolvers.arguments import Variables, marked, shape
from resolvers.errors import RequestErrors, coded

PLAIN = {GraphQLString: str, GraphQLID: str, GraphQLInt: int, GraphQLBoolean: bool}
"""The types whose values are themselves when they are of these types of Python."""

INT_MAX = 2**31 - 1


@cache
def _inputs(schema: GraphQLSchema) -> set[Any]:
    """The types of mutations' arguments."""
    fields = schema.mutation_type.fields.values() if schema.mutation_type else ()
    return {
        get_nullable_type(argument.type) for field in fields for argument in field.args.values()
    }


class Signature:
    """The variables that an operation declares; `sizes` are those that may be a page's size.

    They are found by name in the whole document, so another operation's may be among them.
    """

    def __init__(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode, sizes: frozenset[str]
    ) -> None:
        self.schema = schema
        self.definitions = operation.variable_definitions or ()
        self.types: dict[str, Any] = {
            definition.variable.name.value: type_from_ast(schema, definition.type)
            for definition in self.definitions
        }
        self.plain: list[tuple[str, Any]] = [
            (name, PLAIN.get(get_nullable_type(type_))) for name, type_ in self.types.items()
        ]
        # An edit's input is no part of what its payload reads.
        self.inputs = {
            n for n, type_ in self.types.items() if get_nullable_type(type_) in _inputs(schema)
        }
        self.sizes = {name for name, type_ in self.plain if type_ is int and name in sizes}
        self.shaping = [n for n, type_ in self.plain if type_ is bool or n in self.sizes]

    def coerced(self, given: Mapping[str, Any]) -> tuple[Variables, Hashable]:
        """The values of the variables, and their shape: calls of one shape share a plan.

        Raises RequestErrors where a value cannot be.
        """
        if (plain := self._as_given(given)) is not None:
            return plain, (True, *[plain[name] for name in self.shaping])
        values = self.values(given).coerced
        shapes = (
            (name, value if name in self.sizes else shape(value, self.types[name]))
            for name, value in values.items()
            if name not in self.inputs
        )
        return values, (False, *shapes)

    def _as_given(self, given: Mapping[str, Any]) -> Variables | None:
        """Values that are what they have to be: most calls' are, and need no more than a look."""
        values = {}
        for name, type_ in self.plain:
            value: Any = given.get(name)
            if type(value) is not type_ or (type_ is int and abs(value) > INT_MAX):
                return None
            values[name] = value
        return values

    def values(self, given: Mapping[str, Any]) -> VariableValues:
        """The values as graphql-core has them. Raises RequestErrors where one cannot be."""
        values = get_variable_values(self.schema, self.definitions, dict(given), max_errors=20)
        if isinstance(values, list):
            raise RequestErrors([coded(error, "BAD_USER_INPUT") for error in values])
        return values

    def marked(self, given: Mapping[str, Any]) -> VariableValues:
        """The values with those that are bound marked as such, for the compiler."""
        values = self.values(given)
        bound = {
            name: value if name in self.sizes else marked(value, self.types[name], (name,))
            for name, value in values.coerced.items()
        }
        return VariableValues(values.sources, bound)
