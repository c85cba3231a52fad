"""The server's answer beside the yardstick's: where they differ, and in how short a document."""

from collections.abc import Callable, Iterable
from typing import Any

import graphql
from graphql import DocumentNode, GraphQLSchema

from tests.schema.parts import without
from tests.yardstick.connections import CURSOR


def difference(
    expected: dict[str, Any], actual: dict[str, Any], cursors: dict[str, str]
) -> str | None:
    """Where the server's answer (`actual`) differs first, in words; None where both are equal.

    Both have errors or neither has; their texts may differ. Cursors are opaque: in place of each
    of the yardstick's stands a text, always the same, which is noted in `cursors`.
    """
    errors = [answer.get("errors") for answer in (expected, actual)]
    if bool(errors[0]) != bool(errors[1]):
        return f"errors: expected {errors[0]}, got {errors[1]}"
    return _difference("data", expected.get("data"), actual.get("data"), cursors)


def _difference(path: str, expected: Any, actual: Any, cursors: dict[str, str]) -> str | None:
    parts: Iterable[tuple[Any, Any, Any]] = ()
    if isinstance(expected, str) and expected.startswith(CURSOR):
        equal = isinstance(actual, str) and cursors.setdefault(expected, actual) == actual
    elif isinstance(expected, dict) and isinstance(actual, dict):
        equal = [*expected] == [*actual]
        parts = ((key, expected[key], actual[key]) for key in expected) if equal else ()
    elif isinstance(expected, list) and isinstance(actual, list):
        equal = len(expected) == len(actual)
        parts = zip(range(len(expected)), expected, actual, strict=False)
    else:
        equal = type(expected) is type(actual) and expected == actual
    within = (_difference(f"{path}.{key}", one, other, cursors) for key, one, other in parts)
    found = next(filter(None, within), None)
    return found if equal or found else f"{path}: expected {expected!r}, got {actual!r}"


def without_cursors(answer: Any) -> Any:
    """The answer with the same text for each of the yardstick's cursors."""
    if isinstance(answer, dict):
        return {key: without_cursors(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [without_cursors(value) for value in answer]
    return CURSOR if isinstance(answer, str) and answer.startswith(CURSOR) else answer


def holds_rows(value: Any) -> bool:
    """Whether there is something of a row in the data of an answer, or a count above 0."""
    if isinstance(value, dict):
        return any(holds_rows(each) for key, each in value.items() if key != "__typename")
    if isinstance(value, list):
        return any(each is not None for each in value)
    return bool(value)


def shortest(
    schema: GraphQLSchema, document: DocumentNode, differs: Callable[[DocumentNode], bool]
) -> DocumentNode:
    """The document without all that can be dropped while it is valid and still `differs`."""
    for node in _droppable(document):
        shorter = _tidied(without(document, node))
        if not graphql.validate(schema, shorter) and differs(shorter):
            return shortest(schema, shorter, differs)
    return document


def _droppable(document: DocumentNode) -> list[graphql.Node]:
    """What may be dropped, the largest first; the last field of a selection may not."""
    found: list[graphql.Node] = []

    class Collecting(graphql.Visitor):
        def enter(self, node: graphql.Node, _key: Any, parent: Any, *_: Any) -> None:
            in_list = isinstance(parent, list | tuple)
            if in_list and (len(parent) > 1 or not isinstance(node, graphql.SelectionNode)):
                found.append(node)

    graphql.visit(document, Collecting())
    return found


def _tidied(document: DocumentNode) -> DocumentNode:
    """The document without fragments and variables that nothing uses any more."""
    used: set[str] = set()

    class Using(graphql.Visitor):
        def enter_fragment_spread(self, node: graphql.FragmentSpreadNode, *_: Any) -> None:
            used.add(node.name.value)

        def enter_variable(
            self, node: graphql.VariableNode, _key: Any, parent: Any, *_: Any
        ) -> None:
            if not isinstance(parent, graphql.VariableDefinitionNode):
                used.add(node.name.value)

    graphql.visit(document, Using())
    for definition in document.definitions:
        if isinstance(definition, graphql.FragmentDefinitionNode):
            if definition.name.value not in used:
                return _tidied(without(document, definition))
        elif isinstance(definition, graphql.OperationDefinitionNode):
            for variable in definition.variable_definitions or ():
                if variable.variable.name.value not in used:
                    return _tidied(without(document, variable))
    return document
