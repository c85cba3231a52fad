"""What of variables shapes a statement, and what is bound to it."""

from typing import Any

import pytest
from graphql import GraphQLType, build_schema, get_variable_values, parse
from graphql.language import OperationDefinitionNode

from resolvers.arguments import marked, resolve, shape

SCHEMA = build_schema(
    """
    type Query { f(where: Where, ids: [ID!], colours: [Colour!], all: [Where!]): Int }
    enum Colour { RED BLUE }
    input Where {
      text: String, number: Int, flag: Boolean, colour: Colour = RED, colours: [Colour!]
      numbers: [[Int]], and: [Where!], not: Where
    }
    """
)


def variable(type_: str, value: Any) -> tuple[Any, GraphQLType]:
    """A variable's value as graphql-core coerces it, and its type."""
    document = parse(f"query($v: {type_}) {{ f(where: $v) }}")
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    values: Any = get_variable_values(SCHEMA, operation.variable_definitions or (), {"v": value})
    return values.coerced["v"], values.sources["v"].signature.type


def shape_of(type_: str, value: Any) -> Any:
    return shape(*variable(type_, value))


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("String", "a", "b"),
        ("[ID!]", [], ["a", "b"]),
        ("[Colour!]", ["RED"], ["BLUE", "RED"]),
        ("Where", {"text": "a", "number": 1}, {"text": "", "number": -5}),
        ("Where", {"numbers": [[1], []]}, {"numbers": [[None]]}),
        ("Where", {"colours": []}, {"colours": ["RED"]}),
        ("[Where!]", {"text": "a"}, [{"text": "b"}]),
        ("Where", {}, {"colour": "RED"}),
        ("Where", {"and": [{"not": {"text": "a"}}]}, {"and": [{"not": {"text": "b"}}]}),
    ],
)
def test_values_of_one_shape(type_: str, one: Any, other: Any) -> None:
    assert shape_of(type_, one) == shape_of(type_, other)


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("String", "a", None),
        ("Boolean", True, False),
        ("Boolean", True, None),
        ("Colour", "RED", "BLUE"),
        ("[ID!]", [], None),
        ("Where", {}, None),
        ("Where", {"text": "a"}, {"text": None}),
        ("Where", {"text": "a"}, {}),
        ("Where", {"text": "a"}, {"number": 1}),
        ("Where", {"flag": True}, {"flag": False}),
        ("Where", {}, {"colour": "BLUE"}),
        ("Where", {"and": []}, {"and": [{}]}),
        ("Where", {"and": [{}]}, {"and": [{}, {}]}),
        ("Where", {"and": [{"not": {}}]}, {"and": [{"not": {"not": {}}}]}),
        ("[Where!]", [{"text": "a"}, {}], [{}, {"text": "a"}]),
    ],
)
def test_values_of_two_shapes(type_: str, one: Any, other: Any) -> None:
    assert shape_of(type_, one) != shape_of(type_, other)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("String", "a"),
        ("[ID!]", ["a", "b"]),
        ("Colour", "BLUE"),
        ("[Colour!]", ["BLUE", "RED"]),
    ],
)
def test_what_is_bound_is_found_again(type_: str, value: Any) -> None:
    coerced, graphql_type = variable(type_, value)
    assert resolve(marked(coerced, graphql_type, ("v",)), {"v": coerced}) == coerced


def test_what_is_bound_in_the_depth_is_found_again() -> None:
    value = {"text": "a", "flag": True, "and": [{}, {"not": {"numbers": [[1, None]]}}]}
    coerced, graphql_type = variable("Where", value)
    where = marked(coerced, graphql_type, ("v",))
    assert where["flag"] is True
    assert resolve(where["text"], {"v": coerced}) == "a"
    numbers = where["and"][1]["not"]["numbers"]
    assert resolve(numbers, {"v": coerced}) == [[1, None]]
    other = {"text": "b", "flag": True, "and": [{}, {"not": {"numbers": []}}]}
    assert resolve(numbers, {"v": variable("Where", other)[0]}) == []
    assert resolve([where["text"], "c"], {"v": coerced}) == ["a", "c"]
