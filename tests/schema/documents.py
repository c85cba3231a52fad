"""Generated documents: arguments made of stored values, written over a skeleton of selections."""

import json
from dataclasses import dataclass, field
from random import Random
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
    get_nullable_type,
    is_list_type,
)

from tests.schema.values import Values
from tests.yardstick.connections import CURSOR
from tests.yardstick.rows import Row, Rows

ROWS_AT_MOST = 40
"""About how many rows a random document may ask for: lists within lists get what is left of it."""

TOO_MANY = list(range(201))
SPOILT: tuple[dict[str, Any], ...] = (
    {"first": 3, "last": 3},
    {"first": -1},
    {"last": -1},
    {"first": 101},
    {"last": 101},
    {"after": "nonsense"},
    {"before": '["nonsense",1]'},
    {"where": {"title": None}},
    {"where": {"slug": {"eq": None}}},
    {"where": {"AND": [{"NOT": {"title": {"in": None}}}]}},
    {"where": {"title": {"in": [str(number) for number in TOO_MANY]}}},
    {"where": {"AND": [{"slug": {"isNull": False}} for _ in TOO_MANY]}},
)
"""Arguments of a root connection that are errors."""


@dataclass(frozen=True)
class Pages:
    """A connection that can be asked for another page: where it stands, and its two variables."""

    path: tuple[str, ...]
    after: str
    before: str


@dataclass(frozen=True)
class Case:
    """A document with its variables. `pages` are variables that are not given at first."""

    text: str
    variables: dict[str, Any]
    pages: list[Pages] = field(default_factory=list)

    def further(self, answer: dict[str, Any], random: Random, name: str = "") -> "Case | None":
        """The same document with cursors of its `answer`: `name` of them, or after, before or both.

        None where the answer has no cursors, or where an argument of the document has a default.
        """
        found = [(pages, cursors) for pages in self.pages if (cursors := _cursors(pages, answer))]
        if not found:
            return None
        pages, cursors = random.choice(found)
        variables = {pages.after: random.choice(cursors), pages.before: random.choice(cursors)}
        names = [name] if name else random.choice((["after"], ["before"], ["after", "before"]))
        chosen = {getattr(pages, each): variables[getattr(pages, each)] for each in names}
        return Case(self.text, self.variables | chosen)


def _cursors(pages: Pages, answer: dict[str, Any]) -> list[str]:
    connection: Any = answer.get("data")
    for key in pages.path:
        connection = connection and connection.get(key)
    values = list(connection.values()) if connection else []
    objects = [each for value in values for each in (value if isinstance(value, list) else [value])]
    texts = [text for each in objects if isinstance(each, dict) for text in each.values()]
    return [text for text in texts if isinstance(text, str) and text.startswith(CURSOR)]


class Writer(Values):
    """Writes one document over a skeleton: fields without arguments."""

    def __init__(self, schema: GraphQLSchema, rows: Rows, random: Random, focus: str = "") -> None:
        super().__init__(schema, rows, random, focus)
        self.plain = bool(focus)
        self.spoilt = not focus and self.chance(0.04)
        self.definitions: list[str] = []
        self.fragments: list[str] = []
        self.variables: dict[str, Any] = {}
        self.pages: list[Pages] = []
        self.names = 0

    def write(self, skeleton: SelectionSetNode) -> Case:
        assert self.schema.query_type is not None
        budget = 10**6 if self.plain else ROWS_AT_MOST
        body = self._selections(skeleton, self.schema.query_type, None, budget, ())
        head = f"query Generated({', '.join(self.definitions)}) " if self.definitions else ""
        return Case("\n".join((head + body, *self.fragments)), self.variables, self.pages)

    def _name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def _sometimes(self, probability: float) -> bool:
        """Never where the document is to be plain."""
        return not self.plain and self.chance(probability)

    def _selections(
        self,
        skeleton: SelectionSetNode,
        type_: GraphQLNamedType,
        near: Row | None,
        budget: int,
        path: tuple[str, ...] | None,
    ) -> str:
        """A selection set. `near` is the row that the object probably is; `path` where it stands
        in the answer, None within a list."""
        parts = []
        for node in skeleton.selections:
            if isinstance(node, InlineFragmentNode):
                assert node.type_condition is not None
                on = self.schema.type_map[node.type_condition.name.value]
                row = near if near is not None and near.kind == on.name else self.row(on.name)
                below = self._selections(node.selection_set, on, row, budget, path)
                parts.append(f"... on {on.name} {below}")
            else:
                assert isinstance(node, FieldNode)
                assert isinstance(type_, GraphQLObjectType | graphql.GraphQLInterfaceType)
                parts.append(self._field(node, type_, near, budget, path, self._sometimes(0.1)))
                if self._sometimes(0.1):
                    parts.append(self._field(node, type_, near, budget // 2, path, True))
        if self._sometimes(0.1):
            parts.append("__typename")
        body = "{ " + " ".join(parts) + " }"
        if self._sometimes(0.1):
            name = self._name("Part")
            self.fragments.append(f"fragment {name} on {type_.name} {body}")
            return f"{{ ...{name} }}"
        return body

    def _field(
        self,
        node: FieldNode,
        type_: GraphQLObjectType | graphql.GraphQLInterfaceType,
        near: Row | None,
        budget: int,
        path: tuple[str, ...] | None,
        renamed: bool,
    ) -> str:
        name = node.name.value
        definition = type_.fields[name]
        key = self._name("other") if renamed else name
        is_list = is_list_type(get_nullable_type(definition.type))
        if is_list and type_.name != "Query" and name not in {"nodes", "edges"}:
            budget //= 4
        if budget < 1 and node.selection_set is not None:
            return "__typename"
        here = None if path is None or is_list else (*path, key)
        below = self._near(type_.name, name, definition, near, node.selection_set)
        arguments, budget, pages = self._arguments(
            type_.name, name, definition, near, below, budget, here
        )
        text = f"{key}: {name}" if renamed else name
        if arguments:
            text += f"({', '.join(arguments)})"
        text += self._directive()
        if node.selection_set is None:
            return text
        target = get_named_type(definition.type)
        selected = self._selections(node.selection_set, target, below, budget, here)
        return f"{text} {selected[:-1]}edges {{ cursor }} }}" if pages else f"{text} {selected}"

    def _directive(self) -> str:
        if not self._sometimes(0.04):
            return ""
        name = self.random.choice(("skip", "include"))
        kept = (name == "include") == self.chance(0.8)
        return (
            f" @{name}(if: {self._literal(kept, graphql.GraphQLNonNull(graphql.GraphQLBoolean))})"
        )

    def _near(
        self,
        parent: str,
        name: str,
        definition: GraphQLField,
        near: Row | None,
        skeleton: SelectionSetNode | None,
    ) -> Row | None:
        """A row that the field probably leads to, for the arguments in and below it."""
        target = get_named_type(definition.type).name
        there = getattr(near, name, None) if near is not None else None
        if isinstance(there, Row):
            return there
        if target == "Node":
            conditions = [
                node.type_condition.name.value
                for node in (skeleton.selections if skeleton else ())
                if isinstance(node, InlineFragmentNode) and node.type_condition
            ]
            return self.row(self.random.choice(conditions or list(self.rows.by_kind)))
        kind = target.removesuffix("Connection").replace("GridPackage", "Package")
        if kind not in self.rows.by_kind:
            return near
        return self.random.choice(there) if there else self.row(kind)

    def _arguments(
        self,
        parent: str,
        name: str,
        definition: GraphQLField,
        near: Row | None,
        below: Row | None,
        budget: int,
        path: tuple[str, ...] | None,
    ) -> tuple[list[str], int, bool]:
        """Arguments, what is left of the budget, and whether the field can be paged through."""
        given: dict[str, Any] = {}
        literal: dict[str, str] = {}
        for argument, details in definition.args.items():
            type_ = get_named_type(details.type).name
            focused = self.focus == f"{parent}.{name}({argument})" or self._owns(details.type)
            match argument:
                case "id":
                    assert below is not None
                    given["id"] = "nonsense" if self._spoil() else self.id(below.kind, below)
                case "ids":
                    given["ids"] = self._ids(below)
                case "by":
                    assert below is not None
                    given["by"] = self.ref(type_.removesuffix("Ref"), below)
                case "grid":
                    grids = near.grids if near is not None else []
                    given["grid"] = self.ref(
                        "Grid", self._of(grids) if self.chance(0.9) else self.row("Grid")
                    )
                case "where" if focused or self.chance(0.6 if parent == "Query" else 0.3):
                    assert below is not None
                    given["where"] = self.where(type_, below)
                case "orderBy" if focused or self.chance(0.5):
                    given["orderBy"] = self.order(type_)
                case "cells" if near is not None and (focused or self._sometimes(0.4)):
                    assert below is not None
                    given["cells"] = self.cells(near, below)
                case "orderByCell" if near is not None and (focused or self._sometimes(0.3)):
                    given["orderByCell"] = {"feature": repr(self.feature(near))}
                    if focused or self.chance(0.7):
                        given["orderByCell"]["direction"] = self.random.choice(("ASC", "DESC"))
                case (
                    "first"
                    | "last"
                    | "after"
                    | "before"
                    | "where"
                    | "orderBy"
                    | "cells"
                    | "orderByCell"
                ):
                    pass
                case _:
                    raise AssertionError(f"no values are known for {parent}.{name}({argument})")
        pages = False
        if "first" in definition.args:
            size = self._size(budget, f"{parent}.{name}")
            given |= size
            budget //= max(1, *(value or 20 for value in size.values()), 1 if size else 20)
            if parent == "Query" and self._spoil():
                spoilt = {"first": None, "last": None} | self.random.choice(SPOILT)
                if name == "changes":  # whose filter has other fields
                    spoilt.pop("where", None)
                given |= {n: value for n, value in spoilt.items() if n in definition.args}
            elif path is not None and (self.plain or self.chance(0.5)):
                pages = True
                self.pages.append(Pages(path, self._name("after"), self._name("before")))
                for argument in ("after", "before"):
                    variable = getattr(self.pages[-1], argument)
                    self.definitions.append(f"${variable}: String")
                    literal[argument] = f"${variable}"
        for argument, value in given.items():
            literal[argument] = self._literal(value, definition.args[argument].type)
        return [f"{argument}: {text}" for argument, text in literal.items()], max(budget, 1), pages

    def _owns(self, type_: Any) -> bool:
        """Whether an argument of this type is where the focus belongs."""
        owner = self.focus.partition(".")[0]
        named = get_named_type(type_)
        inner = named.fields.values() if isinstance(named, GraphQLInputObjectType) else ()
        enums = {get_named_type(each.type).name for each in inner if not is_list_type(each.type)}
        return named.name == owner or (owner.endswith("OrderField") and owner in enums)

    def _spoil(self) -> bool:
        """Whether something is to be wrong here: once in a spoilt document."""
        spoilt, self.spoilt = self.spoilt, False
        return spoilt

    def _ids(self, below: Row | None) -> list[str]:
        if self._spoil():
            return [self.id("Package") for _ in range(101)]
        some = [
            self.id(self.random.choice(list(self.rows.by_kind)))
            for _ in range(self.random.randrange(4))
        ]
        return self.random.sample([*some, repr(below)], len(some) + 1)

    def _of(self, rows: list[Row]) -> Row:
        return self.random.choice(rows or self.rows.all("Grid"))

    def _size(self, budget: int, field_name: str) -> dict[str, Any]:
        """first or last, or neither where the default of 20 fits."""
        name = "first" if self.chance(0.5) else "last"
        for each in ("first", "last"):
            if self.focus == f"{field_name}({each})":
                return {each: self.random.randrange(1, 4)}
        if budget >= 20 and (self.plain or self.chance(0.3)):
            return {} if self.plain or self.chance(0.9) else {name: None}
        if budget == ROWS_AT_MOST and self.chance(0.05):
            return {name: 100}
        return {
            name: self.random.choice([size for size in (0, 1, 1, 2, 2, 3, 5, 10) if size <= budget])
        }

    def _literal(self, value: Any, type_: Any, alone: bool = False) -> str:
        """The value as GraphQL text: in part as variables. `alone`: null is not allowed here."""
        if self._sometimes(0.1) and value is not None:
            return self._variable(value, type_, alone)
        type_ = get_nullable_type(type_)
        if value is None:
            return "null"
        if is_list_type(type_):
            return f"[{', '.join(self._literal(each, type_.of_type) for each in value)}]"
        if isinstance(type_, GraphQLInputObjectType):
            fields = type_.fields
            members = (
                f"{name}: {self._literal(each, fields[name].type, type_.is_one_of)}"
                for name, each in value.items()
            )
            return f"{{{', '.join(members)}}}"
        if isinstance(type_, graphql.GraphQLEnumType):
            return str(value)
        return json.dumps(value, ensure_ascii=False)

    def _variable(self, value: Any, type_: Any, alone: bool) -> str:
        name = self._name("value")
        text = f"{get_nullable_type(type_)}!" if alone else str(type_)
        if not alone and self.chance(0.3):
            plain, self.plain = self.plain, True
            text += f" = {self._literal(value, type_)}"
            self.plain = plain
        else:
            self.variables[name] = value
        self.definitions.append(f"${name}: {text}")
        return f"${name}"
