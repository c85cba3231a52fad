"""From an operation to SQL: a field of the schema says what it reads; this puts it all together.

A read is a plain function `(scope, selected) -> JsonText`. `scope` is what the parent object is
made of (mostly a table's alias, see `resolvers.reads`); `selected` is the field as the operation
has it: its arguments, and the selections below it, which `selected.object(scope)` compiles in turn.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_argument_values,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues
from sqlalchemy import BindParameter, Dialect, Text, bindparam
from sqlalchemy.types import TypeEngine

from db.errors import InputError
from resolvers.arguments import Variables, resolve
from resolvers.json_text import Constant, JsonText, json_object

Path: TypeAlias = tuple[str | int, ...]
Read: TypeAlias = "Callable[[Any, Selected], JsonText]"


@dataclass(frozen=True, slots=True)
class Limits:
    """How deep, long and wide the reads of an operation may be."""

    depth_max: int = 12
    where_depth_max: int = 20
    page_default: int = 20
    page_max: int = 100
    list_max: int = 200
    order_max: int = 10
    nodes_max: int = 100
    searches_max: int = 10
    related_filters_max: int = 20
    arguments_max: int = 1000
    tables_max: int = 500
    objects_max: int = 100_000


@dataclass(frozen=True, slots=True)
class Binder:
    """Where a parameter's value comes from: an argument, and what is made of it."""

    value: Any
    convert: Callable[[Any], Any]
    path: Path

    def get(self, variables: Variables) -> Any:
        """The value to bind. Raises InputError with the path of the field that it belongs to."""
        try:
            return self.convert(resolve(self.value, variables))
        except InputError as error:
            error.path = self.path
            raise


@dataclass(slots=True)
class Compiler:
    """What one operation's compilation shares. `variables` are marked (`resolvers.arguments`).

    `is_passing` is whether a field was read that changes by the time alone.
    """

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    limits: Limits
    dialect: Dialect
    binders: dict[str, Binder] = field(default_factory=dict)
    spent: Counter[str] = field(default_factory=Counter)
    objects: Counter[str] = field(default_factory=Counter)
    is_passing: bool = False

    def roots(self) -> dict[str, "Selected"]:
        """The operation's root fields by response key, in the order in which they are asked for."""
        root = self.schema.get_root_type(self.operation.operation)
        assert root is not None  # the document is valid
        collected = collect_fields(
            self.schema, self.fragments, self.variables, root, self.operation
        )
        return {
            key: Selected(self, root, details, (key,), 0, 1)
            for key, details in collected.grouped_field_set.items()
        }


class Selected:
    """A field as an operation selects it. `path` is where its answer will stand, first in lists.

    `count` is about how often it stands there: the product of the sizes of the lists around it.
    """

    def __init__(
        self,
        compiler: Compiler,
        parent: GraphQLObjectType,
        details: FieldDetailsList,
        path: Path,
        depth: int,
        count: int,
    ) -> None:
        self.compiler = compiler
        self.parent = parent
        self.details = details
        self.path = path
        self.count = count
        self.name: str = details[0].node.name.value
        # The levels that a connection adds are not counted.
        self.depth = depth + (self.name not in ("edges", "node", "nodes"))

    @property
    def definition(self) -> GraphQLField:
        definition = self.compiler.schema.get_field(self.parent, self.name)
        assert definition is not None  # the document is valid
        return definition

    @property
    def coordinate(self) -> str:
        """The field's coordinate in the schema: `Query.packages`."""
        return f"{self.parent.name}.{self.name}"

    @property
    def type(self) -> GraphQLOutputType:
        type_: GraphQLOutputType = self.definition.type
        return type_

    @property
    def limits(self) -> Limits:
        return self.compiler.limits

    @cached_property
    def arguments(self) -> Mapping[str, Any]:
        """Arguments by name, without those that are null; bound scalars are `Bound`."""
        values = get_argument_values(self.definition, self.details[0].node, self.compiler.variables)
        return {name: value for name, value in values.items() if value is not None}

    def sql(self, scope: Any) -> JsonText:
        """This field's value, read from `scope`. Raises InputError for what cannot be asked."""
        if self.name == "__typename":
            return Constant(f'"{self.parent.name}"')
        if self.depth > (most := self.limits.depth_max):
            raise InputError(f"fields are nested deeper than {most} levels", self.path)
        try:
            return read_of(self.definition)(scope, self)
        except GraphQLError as error:  # a variable is null where none may be
            raise InputError(error.message, self.path) from None
        except InputError as error:
            raise error if error.path else InputError(str(error), self.path) from None

    def selections(self, type_name: str | None = None) -> dict[str, "Selected"]:
        """The fields selected below this one, of its type or of the one named."""
        schema = self.compiler.schema
        type_ = schema.get_type(type_name) if type_name else get_named_type(self.type)
        assert isinstance(type_, GraphQLObjectType)
        collected = collect_subfields(
            schema,
            self.compiler.fragments,
            self.compiler.variables,
            self.compiler.operation,
            type_,
            self.details,
        )
        inside = (*self.path, 0) if is_list_type(get_nullable_type(self.type)) else self.path
        return {
            key: Selected(self.compiler, type_, details, (*inside, key), self.depth, self.count)
            for key, details in collected.grouped_field_set.items()
        }

    def object(self, scope: Any, type_name: str | None = None) -> JsonText:
        """The object with what is selected below this field, read from `scope`."""
        self.compiler.objects[str(self.path[0])] += self.count
        selections = self.selections(type_name)
        return json_object((key, field.sql(scope)) for key, field in selections.items())

    def each(self, scope: Any, size: int) -> JsonText:
        """As `object`, for one of a list of about `size`."""
        return self.times(size).object(scope)

    def times(self, size: int) -> "Selected":
        """This field, as one that a list of about `size` is read from."""
        self.count *= size
        return self

    def bind(
        self, value: Any, type_: TypeEngine[Any], convert: Callable[[Any], Any] = lambda v: v
    ) -> BindParameter[Any]:
        """A parameter whose value is `convert` of an argument's; `convert` raises InputError."""

        self.spend("arguments", self.limits.arguments_max)
        binders = self.compiler.binders
        name = f"p{len(binders)}"
        binders[name] = Binder(value, convert, self.path)
        return bindparam(name, type_=type_, required=True)

    def bind_text(
        self, value: Any, convert: Callable[[str], Any] = lambda v: v
    ) -> BindParameter[str]:
        """As `bind`, for text. What no database can hold is refused."""
        return self.bind(value, Text(), lambda v: convert(storable(v)))

    def alias(self, name: str) -> str:
        """`name` with a number, so that no two tables of a statement have one name."""
        self.spend("tables", self.limits.tables_max)
        return f"{name}_{self.spend(name, self.limits.tables_max)}"

    def spend(self, what: str, most: int) -> int:
        """How many of `what` the operation takes, with this one. Raises InputError above `most`."""
        spent = self.compiler.spent
        spent[what] += 1
        if spent[what] > most:
            raise InputError(f"the operation takes more than {most} {what}: ask in several")
        return spent[what]


def read_of(definition: GraphQLField) -> Read:
    """What the schema says that a field reads."""
    read: Read = definition.extensions["strawberry-definition"].metadata["read"]
    return read


def storable(text: str) -> str:
    """`text`, or InputError where it holds what is no text to a database."""
    if "\0" in text:
        raise InputError("text must not hold the character U+0000")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError("text must be Unicode, without lone surrogates") from None
    return text
