"""Documents: parsed and validated once, with errors that say where in the answer they belong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    parse,
    validate,
)
from graphql.execution.collect_fields import FragmentDetails

from resolvers.arguments import sizes_in
from resolvers.errors import RequestErrors, coded, error_of
from resolvers.signature import Signature

ERRORS_MOST = 20
TOKENS_MOST = 2000

TOO_MANY_TOKENS = f"Syntax Error: Document contains more than {TOKENS_MOST} tokens"
"""How graphql-core says so, and what that leads to."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a document; its name is empty where it has none."""

    name: str
    node: OperationDefinitionNode
    signature: Signature


@dataclass(slots=True)
class Document:
    """A valid document: its text, its operations by name, its fragments."""

    text: str
    operations: dict[str, Operation] = field(default_factory=dict)
    fragments: dict[str, FragmentDetails] = field(default_factory=dict)

    def operation(self, name: str | None) -> Operation:
        """The operation of this name; without one, the only one. Raises RequestErrors."""
        if name is not None and name in self.operations:
            return self.operations[name]
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        message = (
            f'the document has no operation "{name}"'
            if name is not None
            else f"the document has {len(self.operations)} operations: give operationName"
        )
        raise RequestErrors([error_of(message, "OPERATION_RESOLUTION_FAILURE")])


def read_document(schema: GraphQLSchema, text: str) -> Document:
    """The document that `text` is. Raises RequestErrors where it is none, or is not valid."""
    return validated(schema, text, parsed(text))


def parsed(text: str) -> DocumentNode:
    """The nodes of a document, not validated. Raises RequestErrors where it has no syntax."""
    try:
        return parse(text, max_tokens=TOKENS_MOST)
    except GraphQLError as error:
        if error.message.startswith(TOO_MANY_TOKENS):
            error.message = f"{TOO_MANY_TOKENS}: pass values as variables"
        raise RequestErrors([coded(error, "GRAPHQL_PARSE_FAILED")]) from None


def validated(schema: GraphQLSchema, text: str, parsed: DocumentNode) -> Document:
    """The document with these nodes. Raises RequestErrors where it is not valid."""
    errors = validate(schema, parsed, max_errors=ERRORS_MOST)
    if errors:
        raise RequestErrors(
            [
                coded(error, "GRAPHQL_VALIDATION_FAILED", answer_path(parsed, error.nodes))
                for error in errors
            ]
        )
    document, sizes = Document(text), sizes_in(parsed)
    for definition in parsed.definitions:
        if isinstance(definition, OperationDefinitionNode):
            name = definition.name.value if definition.name else ""
            signature = Signature(schema, definition, sizes)
            document.operations[name] = Operation(name, definition, signature)
        elif isinstance(definition, FragmentDefinitionNode):
            document.fragments[definition.name.value] = FragmentDetails(definition)
    return document


def answer_path(document: DocumentNode, nodes: Sequence[Node] | None) -> list[str]:
    """Where in an answer the first of `nodes` would stand: the response keys down to it."""
    wanted = nodes[0] if nodes else None
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for node, path in _walk(definition, []):
                if node is wanted:
                    return path
    return []


def _walk(node: Node, path: list[str]) -> Iterator[tuple[Node, list[str]]]:
    if isinstance(node, FieldNode):
        path = [*path, (node.alias or node.name).value]
    yield node, path
    for key in node.keys:
        value: Any = getattr(node, key, None)
        for child in value if isinstance(value, tuple | list) else (value,):
            if isinstance(child, Node):
                yield from _walk(child, path)
