"""The schema against its contract: nothing that clients may rely on is missing or other than said.

contract.graphql is a copy of the contract.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
    print_ast,
)
from graphql.language import InputValueDefinitionNode
from graphql.utilities import find_breaking_changes

from schema import query

HERE = Path(__file__).parent
CONTRACT = build_schema((HERE / "contract.graphql").read_text())
COMMITTED = (HERE.parents[1] / "schema.graphql").read_text()
SERVED = build_schema(COMMITTED)


def own_types(schema: GraphQLSchema) -> dict[str, Any]:
    """The types that are not GraphQL's own, by name."""
    return {
        name: type_
        for name, type_ in schema.type_map.items()
        if not is_introspection_type(type_) and not is_specified_scalar_type(type_)
    }


def described(schema: GraphQLSchema) -> Iterator[tuple[str, str, str | None]]:
    """All that can have a description: its kind, its name, its description."""
    for name, type_ in own_types(schema).items():
        yield "type", name, type_.description
        for key, value in getattr(type_, "values", {}).items():
            yield "enum value", f"{name}.{key}", value.description
        kind = "input field" if isinstance(type_, GraphQLInputObjectType) else "field"
        for key, field in getattr(type_, "fields", {}).items():
            yield kind, f"{name}.{key}", field.description
            for argument, definition in getattr(field, "args", {}).items():
                yield "argument", f"{name}.{key}({argument}:)", definition.description


def promises(schema: GraphQLSchema) -> dict[str, str]:
    """What a schema says of each type, field, argument and value but its description."""
    found = {}
    for name, type_ in own_types(schema).items():
        found[name] = type(type_).__name__
        match type_:
            case GraphQLEnumType():
                found |= {f"{name}.{value}": "a value" for value in type_.values}
            case GraphQLUnionType():
                found |= {f"{name} = {each.name}": "a member" for each in type_.types}
            case GraphQLInputObjectType():
                found[f"{name} @oneOf"] = str(type_.is_one_of)
                for key, field in type_.fields.items():
                    found[f"{name}.{key}"] = input_value(field)
            case GraphQLObjectType() | GraphQLInterfaceType():
                found |= {f"{name} & {each.name}": "implemented" for each in type_.interfaces}
                for key, field in type_.fields.items():
                    found[f"{name}.{key}"] = str(field.type)
                    for argument, definition in field.args.items():
                        found[f"{name}.{key}({argument}:)"] = input_value(definition)
    return found


def input_value(definition: Any) -> str:
    """The type of an argument or of an input's field, with its default."""
    node: InputValueDefinitionNode = definition.ast_node
    default = f" = {print_ast(node.default_value)}" if node.default_value else ""
    return f"{definition.type}{default}"


def test_the_committed_schema_is_the_code_s() -> None:
    assert query.printed(query.build_schema()) == COMMITTED, "run `make schema`"


def test_nothing_breaks_the_contract() -> None:
    assert find_breaking_changes(CONTRACT, SERVED) == []


def test_all_is_as_promised() -> None:
    """`find_breaking_changes` sees neither a dropped `@oneOf` nor a changed default."""
    served, promised = promises(SERVED), promises(CONTRACT)
    assert {name: served.get(name) for name in promised} == promised


def test_a_dropped_one_of_and_a_changed_default_are_seen() -> None:
    for before, after in [(" @oneOf", ""), ("OrderDirection! = ASC", "OrderDirection! = DESC")]:
        other = promises(build_schema(COMMITTED.replace(before, after)))
        assert other != promises(SERVED)


def test_the_served_schema_knows_what_is_printed() -> None:
    """What executes is what is printed: the default values and `@oneOf` among it."""
    executed = query.build_schema()
    assert find_breaking_changes(SERVED, executed) == []
    for name, type_ in own_types(SERVED).items():
        if isinstance(type_, GraphQLInputObjectType):
            assert executed.type_map[name].is_one_of == type_.is_one_of  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["type", "field", "argument", "input field", "enum value"])
def test_all_has_a_description(kind: str) -> None:
    silent = [name for found, name, text in described(SERVED) if found == kind and not text]
    assert silent == []
