"""Plans: an operation compiled to one statement, kept, bound and run.

A document is parsed and validated once; an operation of it is compiled once for each shape of its
variables (see `resolvers.arguments`). A repeat costs two look-ups, coercing and binding the
variables, and the statement.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_variable_values,
    is_non_null_type,
)
from graphql.execution.values import VariableValues
from graphql.language import SelectionSetNode
from sqlalchemy import Dialect, select

from db.errors import InputError
from db.read import Reader, Statement
from resolvers.arguments import Variables, marked, shape
from resolvers.compile import Binder, Compiler, Limits, Selected
from resolvers.document import (
    Document,
    RequestErrors,
    coded,
    error_of,
    read_document,
)
from resolvers.json_text import JsonText

DOCUMENTS_KEPT = 1000
PLANS_KEPT = 2000

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(OrderedDict[K, V]):
    """A mapping that keeps the `most` entries that were used last."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def find(self, key: K, make: Callable[[], V]) -> V:
        """The value of `key`, made where it is not there."""
        if key in self:
            self.move_to_end(key)
            return self[key]
        self[key] = value = make()
        if len(self) > self.most:
            self.popitem(last=False)
        return value


@dataclass(frozen=True, slots=True)
class Answer:
    """A response's JSON; `data` tells whether it has data, so that it was executed."""

    body: bytes
    data: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a statement: a constant, or what `binder` gives, as the driver takes it."""

    binder: Binder | None
    constant: Any
    adapt: Callable[[Any], Any] | None

    def value(self, variables: Variables) -> Any:
        value = self.binder.get(variables) if self.binder else self.constant
        return value if self.adapt is None else self.adapt(value)


@dataclass(frozen=True, slots=True)
class Bindable:
    """A statement with its parameters in the driver's order; it answers the root fields `keys`.

    `unread` are arguments that it does without (a page's size where only its total is asked for):
    they are checked all the same.
    """

    statement: Statement
    parameters: Sequence[Parameter]
    unread: Sequence[Binder]
    keys: Sequence[str]


class Plan:
    """A compiled operation."""

    def __init__(self, compiler: Compiler, dialect: Dialect) -> None:
        self.compiler = compiler
        self.dialect = dialect
        self.roots = compiler.roots()
        self.stored: dict[str, JsonText] = {}
        self.refused: dict[str, InputError] = {}
        for key, root in self.roots.items():
            if not root.name.startswith("__"):
                try:
                    self.stored[key] = root.sql(None)
                except InputError as error:
                    self.refused[key] = error
        self.bindable = self.statement_of(self.stored)

    def statement_of(self, keys: Collection[str]) -> Bindable:
        """One statement whose columns are the JSON of these root fields."""
        columns = [self.stored[key].label(f"root_{i}") for i, key in enumerate(keys)]
        compiled = select(*columns).compile(dialect=self.dialect)
        parameters = []
        for name in compiled.positiontup or ():
            type_ = compiled.binds[name].type
            adapt = type_.dialect_impl(self.dialect).bind_processor(self.dialect)
            binder = self.compiler.binders.get(name)
            parameters.append(Parameter(binder, compiled.params[name], adapt))
        unread = [
            binder
            for name, binder in self.compiler.binders.items()
            if name not in compiled.binds and binder.path[0] in keys
        ]
        return Bindable(Statement(compiled.string), parameters, unread, tuple(keys))

    def bind(self, variables: Variables) -> tuple[Bindable, list[Any], dict[str, InputError]]:
        """The statement and its values, and the root fields that cannot be answered, with why."""
        values, failed = _values(self.bindable, variables)
        if not failed:
            return self.bindable, values, self.refused
        bindable = self.statement_of([key for key in self.stored if key not in failed])
        return bindable, _values(bindable, variables)[0], {**self.refused, **failed}


def _values(bindable: Bindable, variables: Variables) -> tuple[list[Any], dict[str, InputError]]:
    """The values of a statement, and for each root field that cannot be answered the reason."""
    failed: dict[str, InputError] = {}
    values = []
    for binder in bindable.unread:
        try:
            binder.get(variables)
        except InputError as error:
            failed.setdefault(error.path[0], error)
    for parameter in bindable.parameters:
        try:
            values.append(parameter.value(variables))
        except InputError as error:
            failed.setdefault(error.path[0], error)
    return values, failed


class Executor:
    """Answers operations on one database."""

    def __init__(
        self, schema: GraphQLSchema, reader: Reader, dialect: Dialect, limits: Limits
    ) -> None:
        self.schema = schema
        self.reader = reader
        self.dialect = dialect
        self.limits = limits
        self.documents: Recent[str, Document] = Recent(DOCUMENTS_KEPT)
        self.plans: Recent[Hashable, Plan] = Recent(PLANS_KEPT)

    async def answer(
        self, query: str, given: Mapping[str, Any] | None, operation_name: str | None
    ) -> Answer:
        """The answer to an operation of the document `query`, with its variables as they came."""
        try:
            document = self.documents.find(query, lambda: read_document(self.schema, query))
            operation = document.operation(operation_name)
            if operation.operation is not OperationType.QUERY:
                raise RequestErrors(
                    [error_of(f"{operation.operation.value}s are not served", "NOT_SERVED")]
                )
            variables = self._variables(operation, given or {})
            plan = self._plan(document, operation, variables)
        except RequestErrors as failure:
            errors = [error.formatted for error in failure.errors]
            return Answer(orjson.dumps({"errors": errors}), data=False)
        return await self._run(plan, document, variables, given or {})

    def _variables(
        self, operation: OperationDefinitionNode, given: Mapping[str, Any]
    ) -> VariableValues:
        definitions = operation.variable_definitions or ()
        values = get_variable_values(self.schema, definitions, dict(given), max_errors=20)
        if isinstance(values, list):
            raise RequestErrors([coded(error, "BAD_USER_INPUT") for error in values])
        return values

    def _plan(
        self, document: Document, operation: OperationDefinitionNode, variables: VariableValues
    ) -> Plan:
        given = variables.coerced.items()
        types = {name: source.signature.type for name, source in variables.sources.items()}
        shapes = tuple((name, shape(value, types[name])) for name, value in given)

        def compiled() -> Plan:
            bound = {name: marked(value, types[name], (name,)) for name, value in given}
            values = VariableValues(variables.sources, bound)
            compiler = Compiler(self.schema, operation, document.fragments, values, self.limits)
            try:
                return Plan(compiler, self.dialect)
            except GraphQLError as error:  # of the root's own @skip and @include
                raise RequestErrors([coded(error, "BAD_USER_INPUT")]) from None

        return self.plans.find((document.text, operation.loc, shapes), compiled)

    async def _run(
        self,
        plan: Plan,
        document: Document,
        variables: VariableValues,
        given: Mapping[str, Any],
    ) -> Answer:
        bindable, values, refused = plan.bind(variables.coerced)
        parts: dict[str, str] = {}
        if bindable.keys:
            try:
                row = await self.reader.row(bindable.statement, values)
            except InputError as error:
                return _finished(None, [error_of(str(error), "BAD_USER_INPUT").formatted])
            parts = {key: part or "null" for key, part in zip(bindable.keys, row, strict=True)}
        errors = [
            error_of(str(error), "BAD_USER_INPUT", error.path).formatted
            for error in refused.values()
        ]
        for key, root in plan.roots.items():
            if key in refused:
                if is_non_null_type(root.definition.type):
                    return _finished(None, errors)
                parts[key] = "null"
            elif root.name == "__typename":
                parts[key] = f'"{root.parent.name}"'
            elif root.name.startswith("__"):
                result = self._introspected(root, document, given)
                errors += [coded(e, "BAD_USER_INPUT").formatted for e in result.errors or ()]
                if result.data is None:
                    return _finished(None, errors)
                parts[key] = orjson.dumps(result.data[key]).decode()
        return _finished([(key, parts[key]) for key in plan.roots], errors)

    def _introspected(
        self, root: Selected, document: Document, given: Mapping[str, Any]
    ) -> ExecutionResult:
        """A root field of introspection, by graphql-core."""
        operation = root.compiler.operation
        only = OperationDefinitionNode(
            operation=operation.operation,
            variable_definitions=operation.variable_definitions,
            selection_set=SelectionSetNode(selections=tuple(d.node for d in root.details)),
        )
        fragments = [details.definition for details in document.fragments.values()]
        return execute_sync(
            self.schema, DocumentNode(definitions=(only, *fragments)), variable_values=dict(given)
        )


def _finished(
    members: Sequence[tuple[str, str]] | None, errors: Sequence[Mapping[str, Any]]
) -> Answer:
    data = "null"
    if members is not None:
        data = "{" + ",".join(f'"{key}":{value}' for key, value in members) + "}"
    tail = f',"errors":{orjson.dumps(errors).decode()}' if errors else ""
    return Answer(f'{{"data":{data}{tail}}}'.encode(), data=True)
