"""What generated documents select, without arguments: random selections, and targeted ones."""

from collections.abc import Iterable, Sequence
from typing import Any

import graphql
from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
)
from hypothesis import strategies as st
from hypothesis_graphql import queries

from tests.schema.parts import UNJUDGED_FIELDS, judged_fields

ROOTS = (
    "node",
    "nodes",
    "package",
    "category",
    "grid",
    "packages",
    "categories",
    "grids",
    "changes",
)
ROOTS_OF_ONE = (
    *((root,) for root in ROOTS),
    *(("packages",), ("packages",), ("grids",), ("grid",), ("category", "categories"), ROOTS),
)
"""From which root fields one document takes its selections; twice what has most below it."""


def skeletons(schema: GraphQLSchema) -> st.SearchStrategy[SelectionSetNode]:
    """What hypothesis-graphql selects: fields of the judged part of the schema, no arguments."""
    document = graphql.parse(graphql.print_schema(schema))
    reached = {type_.name for type_, _, _ in judged_fields(schema)}

    class Judged(graphql.Visitor):
        def enter(self, node: graphql.Node, *_: Any) -> Any:
            if isinstance(node, graphql.FieldDefinitionNode) and node.name.value in UNJUDGED_FIELDS:
                return graphql.REMOVE
            if (
                isinstance(node, graphql.ObjectTypeDefinitionNode)
                and node.name.value not in reached
            ):
                return graphql.REMOVE
            return None

        def leave_field_definition(self, node: graphql.FieldDefinitionNode, *_: Any) -> Any:
            return graphql.FieldDefinitionNode(name=node.name, type=node.type, arguments=())

    judged = graphql.build_ast_schema(graphql.visit(document, Judged()), assume_valid=True)
    scalars = {"DateTime": st.nothing(), "JSON": st.nothing()}

    def several(roots: tuple[str, ...]) -> st.SearchStrategy[SelectionSetNode]:
        one = queries(judged, fields=roots, custom_scalars=scalars, print_ast=_selected)
        return st.lists(one, min_size=1, max_size=6).map(_merged)

    return st.sampled_from(ROOTS_OF_ONE).flatmap(several)


def _merged(skeletons: Sequence[SelectionSetNode]) -> SelectionSetNode:
    """One selection of all that is selected in one of them: alone they are small."""
    below: dict[str, list[SelectionSetNode]] = {}
    nodes: dict[str, FieldNode | InlineFragmentNode] = {}
    for node in (node for skeleton in skeletons for node in skeleton.selections):
        assert isinstance(node, FieldNode | InlineFragmentNode)
        key = graphql.print_ast(
            node.name if isinstance(node, FieldNode) else node.type_condition or node
        )
        nodes[key] = node
        below.setdefault(key, []).extend([node.selection_set] if node.selection_set else [])
    return SelectionSetNode(
        selections=tuple(
            _with_selections(node, _merged(below[key])) if below[key] else node
            for key, node in nodes.items()
        )
    )


def _with_selections(
    node: FieldNode | InlineFragmentNode, selections: SelectionSetNode
) -> FieldNode | InlineFragmentNode:
    if isinstance(node, FieldNode):
        return FieldNode(name=node.name, selection_set=selections)
    return InlineFragmentNode(type_condition=node.type_condition, selection_set=selections)


def _selected(document: graphql.DocumentNode) -> SelectionSetNode:
    (operation,) = document.definitions
    assert isinstance(operation, graphql.OperationDefinitionNode)
    return operation.selection_set


def targeted(schema: GraphQLSchema, part: str) -> SelectionSetNode:
    """The skeleton of a short query that uses this part of the schema (see tests.schema.parts)."""
    owner, _, rest = part.partition(".")
    paths: dict[str, list[str]] = {"Query": []}
    for type_, name, definition in judged_fields(schema):
        path = [*paths[type_.name], name]
        target = get_named_type(definition.type)
        if isinstance(target, GraphQLObjectType):
            paths.setdefault(target.name, path)
        is_owner = type_.name == owner and rest.partition("(")[0] == name
        if is_owner or _is_argument_of(owner, definition):
            text = " { ".join(path) + _short(target) + " }" * len(path)
            return _selected(graphql.parse(f"{{ {text}"))
    raise AssertionError(f"nothing in Query leads to {part}")


def _is_argument_of(owner: str, definition: GraphQLField) -> bool:
    for argument in definition.args.values():
        type_ = get_named_type(argument.type)
        inner = type_.fields.values() if isinstance(type_, GraphQLInputObjectType) else ()
        enums = {get_named_type(each.type).name for each in inner}
        if type_.name == owner or (owner.endswith("OrderField") and owner in enums):
            return True
    return False


def _short(type_: GraphQLNamedType) -> str:
    """A selection of little that shows which objects are there."""
    if not isinstance(type_, GraphQLObjectType | graphql.GraphQLInterfaceType):
        return ""
    if "id" in type_.fields:
        return " { id }"
    leaves = [
        name
        for name, each in type_.fields.items()
        if graphql.is_leaf_type(get_named_type(each.type))
    ]
    names: Iterable[str] = leaves or type_.fields
    if "nodes" in type_.fields:
        names = ("nodes", "edges", "pageInfo", "totalCount")
    if "node" in type_.fields:
        names = ("cursor",)
    below = (f"{name}{_short(get_named_type(type_.fields[name].type))}" for name in names)
    return f" {{ {' '.join(below)} }}"
