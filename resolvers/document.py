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

ERRORS_MOST = 20
TOKENS_MOST = 2000


class RequestErrors(Exception):
    """A request that is not executed: what is wrong with it, as GraphQL says it."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


@dataclass(slots=True)
class Document:
    """A valid document: its text, its operations by name, its fragments.

    `sizes` are its variables that are the size of a page.
    """

    text: str
    sizes: frozenset[str]
    operations: dict[str, OperationDefinitionNode] = field(default_factory=dict)
    fragments: dict[str, FragmentDetails] = field(default_factory=dict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
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
    document = Document(text, sizes_in(parsed))
    for definition in parsed.definitions:
        if isinstance(definition, OperationDefinitionNode):
            name = definition.name.value if definition.name else ""
            document.operations[name] = definition
        elif isinstance(definition, FragmentDefinitionNode):
            document.fragments[definition.name.value] = FragmentDetails(definition)
    return document


def error_of(message: str, code: str, path: Sequence[str | int] = ()) -> GraphQLError:
    """An error with a code that clients can tell apart."""
    return GraphQLError(message, path=list(path) or None, extensions={"code": code})


def coded(error: GraphQLError, code: str, path: Sequence[str] = ()) -> GraphQLError:
    """`error` as graphql-core found it, with a code, and a path where one is known."""
    return GraphQLError(
        error.message.partition("; use sys.")[0],  # Python's hint for a number of many digits
        error.nodes,
        error.source,
        error.positions,
        error.path or list(path) or None,
        extensions={"code": code},
    )


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
