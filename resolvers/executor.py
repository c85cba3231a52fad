"""The executor: answers operations, queries by plans that it keeps.

A document is parsed and validated once; an operation of it is compiled once for each shape of its
variables (see `resolvers.arguments`). A repeat costs two look-ups, coercing and binding the
variables, and the statement.
"""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
)
from graphql.language import SelectionSetNode

from db.errors import InputError
from db.read import Reader
from db.token import Actor
from db.writer import Writer
from resolvers.arguments import ACTOR
from resolvers.compile import Compiler, Limits
from resolvers.document import Document, read_document
from resolvers.errors import RequestErrors, coded, error_of, input_error
from resolvers.kept import Kept
from resolvers.mutation import mutate
from resolvers.plan import Answer, Call, Plan, Root, compiled, compiled_each, finished

DOCUMENTS_KEPT = 250
PLANS_KEPT = 400
EDITS_KEPT = 100
"""How many are kept: a few dozen kilobytes each."""


class Executor:
    """Answers operations on one database."""

    def __init__(
        self, schema: GraphQLSchema, reader: Reader, writer: Writer, limits: Limits
    ) -> None:
        self.schema = schema
        self.reader = reader
        self.writer = writer
        self.limits = limits
        self.documents: Kept[str, Document] = Kept(DOCUMENTS_KEPT)
        self.plans: Kept[Hashable, Plan] = Kept(PLANS_KEPT)
        self.edits: Kept[Hashable, dict[str, Plan]] = Kept(EDITS_KEPT)

    async def answer(
        self,
        query: str,
        given: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor | None = None,
        may_edit: bool = True,
    ) -> Answer:
        """The answer to an operation of the document `query`, with its variables as they came.

        A mutation is refused where it is not one that `may_edit`.
        """
        try:
            document = self.documents.find(query, lambda: read_document(self.schema, query))
            call = self.call(document, given, operation_name, actor)
            see_that_answered(call, may_edit)
            if call.is_edit:
                return await mutate(self, call)
            plan = self.plan(call)
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

    def plan(self, call: Call, without: frozenset[str] = frozenset()) -> Plan:
        """The plan of an operation, `without` the root fields that this call cannot have."""
        key = (call.document.text, call.operation.name, call.shape, without)
        return self.plans.find(key, lambda: self.compiled(call, without))

    def compiled(self, call: Call, without: frozenset[str] = frozenset()) -> Plan:
        """As `plan`, made anew. Raises RequestErrors."""
        with _skipping():
            return compiled(self._compiler(call), without)

    def plan_each(self, call: Call) -> dict[str, Plan]:
        """The plan of each root field by itself."""
        key = (call.document.text, call.operation.name, call.shape)
        with _skipping():
            return self.edits.find(key, lambda: compiled_each(self._compiler(call)))

    def _compiler(self, call: Call) -> Compiler:
        return Compiler(
            self.schema,
            call.operation.node,
            call.document.fragments,
            call.operation.signature.marked(call.given),
            self.limits,
            self.reader.dialect,
        )

    def bound(self, plan: Plan, call: Call) -> tuple[Plan, list[Any], Mapping[str, InputError]]:
        """The plan that this call can have, its values, and which root fields are refused."""
        variables = call.variables
        if plan.asks_who:
            variables = {**variables, ACTOR: call.actor}
        values, failed = plan.bind(variables)
        if failed:
            plan = self.plan(call, frozenset(failed))
            values, _ = plan.bind(variables)
            return plan, values, {**plan.refused, **failed}
        return plan, values, plan.refused

    async def run(self, plan: Plan, call: Call) -> Answer:
        """The answer to a call by its plan."""
        plan, values, refused = self.bound(plan, call)
        errors = [input_error(error).formatted for error in refused.values()]
        if any(not plan.roots[key].may_be_null for key in refused):
            return finished(None, errors)
        try:
            self.see_that_small(plan.size)
        except InputError as error:
            return finished(None, [input_error(error).formatted])
        ran = None
        parts = dict.fromkeys(refused, b"null")
        if plan.keys:
            ran = (plan.statement, values)
            try:
                row = await self.reader.row(*ran)
            except InputError as error:
                return finished(None, [input_error(error).formatted], ran)
            parts |= {key: part or b"null" for key, part in zip(plan.keys, row, strict=True)}
        for key, root in plan.roots.items():
            if root.name == "__typename":
                parts[key] = f'"{root.parent}"'.encode()
            elif root.name.startswith("__"):
                result = self._introspected(root, call)
                errors += [coded(e, "BAD_USER_INPUT").formatted for e in result.errors or ()]
                if result.data is None:
                    return finished(None, errors, ran)
                parts[key] = orjson.dumps(result.data[key])
        answer = finished([(key, parts[key]) for key in plan.roots], errors, ran)
        return answer._replace(is_passing=plan.is_passing)

    def see_that_small(self, size: int) -> None:
        """Raise InputError where an answer of `size` objects is too large."""
        if size > (most := self.limits.objects_max):
            raise InputError(
                f"the answer may have {size} objects, more than {most}: ask for smaller pages"
            )

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


@contextmanager
def _skipping() -> Iterator[None]:
    """Around a compilation: what is wrong with the root's own @skip and @include."""
    try:
        yield
    except GraphQLError as error:
        raise RequestErrors([coded(error, "BAD_USER_INPUT")]) from None


def see_that_answered(call: Call, may_edit: bool) -> None:
    """Raise RequestErrors where a call is of a kind that has no single answer, or may not edit."""
    if call.operation.node.operation is OperationType.SUBSCRIPTION:
        message = "a subscription comes over graphql-transport-ws or graphql-sse"
        raise RequestErrors([error_of(message, "BAD_USER_INPUT")])
    if call.is_edit and not may_edit:
        raise RequestErrors([error_of("a mutation is sent by POST", "METHOD_NOT_ALLOWED")], 405)


def rejected(refusal: RequestErrors) -> Answer:
    """The answer to a request that is not executed."""
    errors = [error.formatted for error in refusal.errors]
    return Answer(orjson.dumps({"errors": errors}), data=False, errors=True, status=refusal.status)
