"""The parts of the schema that queries are made of, by name, and where a document uses them.

Package.title                 a field
Query.packages(first)         an argument
PackageWhere.title.contains   an operator of a filter; PackageWhere.AND, PackageRef.slug
PackageOrderField.TITLE DESC  an order and its direction
"""

from collections.abc import Iterator
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    EnumValueNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    Node,
    ObjectFieldNode,
    ObjectValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    visit,
)

UNJUDGED_FIELDS = {"viewer", "search", "ingestRuns"}


def all_parts(schema: GraphQLSchema) -> list[str]:
    """Every part that a query which the yardstick can judge may use."""
    parts: dict[str, None] = {}
    inputs: set[str] = set()
    for type_, name, field in judged_fields(schema):
        parts[f"{type_.name}.{name}"] = None
        for argument, definition in field.args.items():
            parts[f"{type_.name}.{name}({argument})"] = None
            _add_inputs(get_named_type(definition.type), inputs, parts)
    return list(parts)


def judged_fields(schema: GraphQLSchema) -> Iterator[tuple[GraphQLObjectType, str, Any]]:
    """The fields that can be reached from Query, as (type, name, field), nearest first."""
    assert schema.query_type is not None
    queue, seen = [schema.query_type], {schema.query_type.name}
    for type_ in queue:
        for name, field in type_.fields.items():
            if name in UNJUDGED_FIELDS:
                continue
            yield type_, name, field
            target = get_named_type(field.type)
            if isinstance(target, GraphQLObjectType) and target.name not in seen:
                seen.add(target.name)
                queue.append(target)


def _add_inputs(type_: Any, seen: set[str], parts: dict[str, None]) -> None:
    if not isinstance(type_, GraphQLInputObjectType) or type_.name in seen:
        return
    seen.add(type_.name)
    for name, field in type_.fields.items():
        target = get_named_type(field.type)
        if _is_operators(target):
            parts.update({f"{type_.name}.{name}.{operator}": None for operator in target.fields})
            continue
        parts[f"{type_.name}.{name}"] = None
        if isinstance(target, GraphQLEnumType) and target.name.endswith("OrderField"):
            directions = ("ASC", "DESC")
            parts.update(
                {f"{target.name}.{v} {d}": None for v in target.values for d in directions}
            )
        _add_inputs(target, seen, parts)


def _is_operators(type_: Any) -> bool:
    return isinstance(type_, GraphQLInputObjectType) and type_.name.endswith("Filter")


class _Uses(Visitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.uses: list[tuple[str, Node]] = []
        self.filters: list[str] = []

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        type_, field = self.info.get_parent_type(), self.info.get_field_def()
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        name = next(name for name, each in type_.fields.items() if each is field)
        self.uses.append((f"{type_.name}.{name}({node.name.value})", node))

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        type_ = get_named_type(self.info.get_parent_input_type())
        owner = self.filters[-1] if _is_operators(type_) else type_ and type_.name
        self.filters.append(f"{owner}.{node.name.value}")
        self.uses.append((self.filters[-1], node))

    def leave_object_field(self, *_: Any) -> None:
        self.filters.pop()

    def enter_object_value(self, node: ObjectValueNode, *_: Any) -> None:
        given = {field.name.value: field.value for field in node.fields}
        type_ = get_named_type(self.info.get_input_type())
        if isinstance(type_, GraphQLInputObjectType) and "field" in type_.fields:
            field, direction = given.get("field"), given.get("direction")
            if isinstance(field, EnumValueNode):
                way = direction.value if isinstance(direction, EnumValueNode) else "ASC"
                enum = get_named_type(type_.fields["field"].type).name
                self.uses.append((f"{enum}.{field.value} {way}", node))


def uses(schema: GraphQLSchema, document: DocumentNode) -> list[tuple[str, Node]]:
    """The parts that the document uses but for plain fields, each with the node to drop."""
    info = TypeInfo(schema)
    visitor = _Uses(info)
    visit(document, TypeInfoVisitor(info, visitor))
    return visitor.uses


def without(document: DocumentNode, dropped: Node) -> DocumentNode:
    """The document less one node."""

    class Dropping(Visitor):
        def enter(self, node: Node, *_: Any) -> Any:
            return REMOVE if node is dropped else None

    result: DocumentNode = visit(document, Dropping())
    return result
