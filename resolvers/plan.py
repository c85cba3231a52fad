"""Plans: an operation compiled to one statement, kept, bound and run.

A document is parsed and validated once; an operation of it is compiled once for each shape of its
variables (see `resolvers.arguments`). A repeat costs two look-ups, coercing and binding the
variables, and the statement.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    is_non_null_type,
)
from graphql.language import SelectionSetNode
from sqlalchemy import select

from db.errors import InputError
from db.read import Reader, Statement
from db.token import Actor
from resolvers.arguments import ACTOR, CALLER, Variables
from resolvers.compile import Binder, Compiler, Limits, Selected
from resolvers.document import Document, Operation, read_document
from resolvers.errors import RequestErrors, coded, error_of
from resolvers.json_text import JsonText
from resolvers.kept import Kept

DOCUMENTS_KEPT = 250
PLANS_KEPT = 400
"""How many are kept: a few dozen kilobytes each."""


class Answer(NamedTuple):
    """A response's JSON; whether it has data, so that it was executed, and whether errors.

    `ran` is the statement that was run for it with its values, None where none was.
    """

    body: bytes
    data: bool
    errors: bool
    ran: tuple[Statement, Sequence[Any]] | None = None


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
class Root:
    """What is kept of a root field: its name and parent, and its nodes for introspection."""

    name: str
    parent: str
    may_be_null: bool
    nodes: tuple[FieldNode, ...]

    @classmethod
    def of(cls, selected: Selected) -> "Root":
        may_be_null = not is_non_null_type(selected.type)
        nodes = tuple(details.node for details in selected.details)
        return cls(selected.name, selected.parent.name, may_be_null, nodes)


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled operation: its root fields, and one statement that answers those named `keys`.

    `refused` are those that cannot be answered, with the reason. `unread` are arguments that the
    statement does without (a cursor where only the total is asked for): they are checked all the
    same. `asks_who` is whether the variables have to hold who calls. `size` is how many objects the
    answer may have. Nothing of the compilation is held on to.
    """

    roots: Mapping[str, Root]
    refused: Mapping[str, InputError]
    keys: Sequence[str]
    statement: Statement
    parameters: Sequence[Parameter]
    unread: Sequence[Parameter]
    asks_who: bool
    size: int

    def bind(self, variables: Variables) -> tuple[list[Any], dict[str, InputError]]:
        """The statement's values in order; and which root fields they keep from being answered."""
        failed: dict[str, InputError] = {}
        values: list[Any] = []
        for parameter in (*self.parameters, *self.unread):
            try:
                values.append(parameter.value(variables))
            except InputError as error:
                failed.setdefault(str(error.path[0]), error)
        return values[: len(self.parameters)], failed


def compiled(compiler: Compiler, without: frozenset[str]) -> Plan:
    """The plan of the compiler's operation, `without` some of its root fields."""
    dialect = compiler.dialect
    roots = compiler.roots()
    stored: dict[str, JsonText] = {}
    refused: dict[str, InputError] = {}
    for key, root in roots.items():
        if not root.name.startswith("__") and key not in without:
            try:
                stored[key] = root.sql(None)
            except InputError as error:
                refused[key] = InputError(str(error), error.path)  # without its frames
    columns = [value.label(f"root_{i}") for i, value in enumerate(stored.values())]
    sql = select(*columns).compile(dialect=dialect)
    parameters = []
    for name in sql.positiontup or ():
        adapt = sql.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        parameters.append(Parameter(compiler.binders.get(name), sql.params[name], adapt))
    # Of a root field that is refused, arguments were bound before that was known.
    binders = [(n, each) for n, each in compiler.binders.items() if each.path[0] in stored]
    return Plan(
        roots={key: Root.of(root) for key, root in roots.items()},
        refused=refused,
        keys=tuple(stored),
        statement=Statement(sql.string),
        parameters=parameters,
        unread=[Parameter(each, None, None) for name, each in binders if name not in sql.binds],
        asks_who=any(each.value == CALLER for _, each in binders),
        size=sum(compiler.objects[key] for key in stored),
    )


class Call(NamedTuple):
    """One request: its operation, its variables as they were given and as they were coerced, what
    of them shapes its plan, and who calls: None without a token.
    """

    document: Document
    operation: Operation
    given: Mapping[str, Any]
    variables: Variables
    shape: Hashable
    actor: Actor | None


class Executor:
    """Answers operations on one database."""

    def __init__(self, schema: GraphQLSchema, reader: Reader, limits: Limits) -> None:
        self.schema = schema
        self.reader = reader
        self.limits = limits
        self.documents: Kept[str, Document] = Kept(DOCUMENTS_KEPT)
        self.plans: Kept[Hashable, Plan] = Kept(PLANS_KEPT)

    async def answer(
        self,
        query: str,
        given: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor | None = None,
    ) -> Answer:
        """The answer to an operation of the document `query`, with its variables as they came."""
        try:
            document = self.documents.find(query, lambda: read_document(self.schema, query))
            call = self.call(document, given, operation_name, actor)
            plan = self._plan(call)
        except RequestErrors as refusal:
            return rejected(refusal)
        return await self.run(plan, call)

    def call(
        self,
        document: Document,
        given: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor | None = None,
    ) -> Call:
        """The call of an operation with these variables, coerced. Raises RequestErrors."""
        operation, given = document.operation(operation_name), given or {}
        variables, shape = operation.signature.coerced(given)
        return Call(document, operation, given, variables, shape, actor)

    def _plan(self, call: Call, without: frozenset[str] = frozenset()) -> Plan:
        """The plan of an operation, `without` the root fields that this call cannot have."""
        key = (call.document.text, call.operation.name, call.shape, without)
        return self.plans.find(key, lambda: self.compiled(call, without))

    def compiled(self, call: Call, without: frozenset[str] = frozenset()) -> Plan:
        """As `_plan`, made anew. Raises RequestErrors."""
        compiler = Compiler(
            self.schema,
            call.operation.node,
            call.document.fragments,
            call.operation.signature.marked(call.given),
            self.limits,
            self.reader.dialect,
        )
        try:
            return compiled(compiler, without)
        except GraphQLError as error:  # of the root's own @skip and @include
            raise RequestErrors([coded(error, "BAD_USER_INPUT")]) from None

    def bound(self, plan: Plan, call: Call) -> tuple[Plan, list[Any], Mapping[str, InputError]]:
        """The plan that this call can have, its values, and which root fields are refused."""
        variables = call.variables
        if plan.asks_who:
            variables = {**variables, ACTOR: call.actor}
        values, failed = plan.bind(variables)
        if failed:
            plan = self._plan(call, frozenset(failed))
            values, _ = plan.bind(variables)
            return plan, values, {**plan.refused, **failed}
        return plan, values, plan.refused

    async def run(self, plan: Plan, call: Call) -> Answer:
        """The answer to a call by its plan."""
        plan, values, refused = self.bound(plan, call)
        errors = [
            error_of(str(error), "BAD_USER_INPUT", error.path).formatted
            for error in refused.values()
        ]
        if any(not plan.roots[key].may_be_null for key in refused):
            return _finished(None, errors)
        if plan.size > (most := self.limits.objects_max):
            message = (
                f"the answer may have {plan.size} objects, more than {most}: ask for smaller pages"
            )
            return _finished(None, [error_of(message, "BAD_USER_INPUT").formatted])
        ran = None
        parts = dict.fromkeys(refused, b"null")
        if plan.keys:
            ran = (plan.statement, values)
            try:
                row = await self.reader.row(*ran)
            except InputError as error:
                return _finished(None, [error_of(str(error), "BAD_USER_INPUT").formatted], ran)
            parts |= {key: part or b"null" for key, part in zip(plan.keys, row, strict=True)}
        for key, root in plan.roots.items():
            if root.name == "__typename":
                parts[key] = f'"{root.parent}"'.encode()
            elif root.name.startswith("__"):
                result = self._introspected(root, call)
                errors += [coded(e, "BAD_USER_INPUT").formatted for e in result.errors or ()]
                if result.data is None:
                    return _finished(None, errors, ran)
                parts[key] = orjson.dumps(result.data[key])
        return _finished([(key, parts[key]) for key in plan.roots], errors, ran)

    def _introspected(self, root: Root, call: Call) -> ExecutionResult:
        """A root field of introspection, by graphql-core."""
        only = OperationDefinitionNode(
            operation=OperationType.QUERY,
            variable_definitions=call.operation.node.variable_definitions,
            selection_set=SelectionSetNode(selections=root.nodes),
        )
        fragments = (details.definition for details in call.document.fragments.values())
        document = DocumentNode(definitions=(only, *fragments))
        return execute_sync(self.schema, document, variable_values=dict(call.given))


def rejected(refusal: RequestErrors) -> Answer:
    """The answer to a request that is not executed."""
    errors = [error.formatted for error in refusal.errors]
    return Answer(orjson.dumps({"errors": errors}), data=False, errors=True)


def _finished(
    members: Sequence[tuple[str, bytes]] | None,
    errors: Sequence[Mapping[str, Any]],
    ran: tuple[Statement, Sequence[Any]] | None = None,
) -> Answer:
    pieces = [b'{"data":', b"null" if members is None else b"{"]
    for i, (key, value) in enumerate(members or ()):
        pieces += [b',"' if i else b'"', key.encode(), b'":', value]
    if members is not None:
        pieces.append(b"}")
    if errors:
        pieces += [b',"errors":', orjson.dumps(errors)]
    return Answer(b"".join([*pieces, b"}"]), data=True, errors=bool(errors), ran=ran)
