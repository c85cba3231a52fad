"""Argument values made of stored ones, so that most of what is asked for is there."""

import datetime as dt
from random import Random
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLSchema, get_named_type

from tests.yardstick.filters import LISTS
from tests.yardstick.rows import Row, Rows

LOGIC = {"AND", "OR", "NOT"}
RELATED = {"category", "inGrid", "hasPackage"}
TEXT_OPERATORS = ("eq", "ne", "in", "contains", "startsWith", "endsWith", "isNull")
NUMBER_OPERATORS = ("eq", "ne", "in", "gt", "gte", "lt", "lte", "isNull")
INSTANT_OPERATORS = ("gt", "gte", "lt", "lte", "isNull")


class Values:
    """Draws values for arguments. `focus` names one part of the schema that must be used.

    Parts are named as in tests.schema.parts: "PackageWhere.title.contains", "CellOrder.direction",
    "GridOrderField.TITLE DESC".
    """

    def __init__(self, schema: GraphQLSchema, rows: Rows, random: Random, focus: str = "") -> None:
        self.schema = schema
        self.rows = rows
        self.random = random
        self.focus = focus

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def row(self, kind: str) -> Row:
        """Any row of that kind."""
        return self.random.choice(self.rows.all(kind))

    def id(self, kind: str, near: Row | None = None) -> str:
        """A global id: of `near` mostly, of another row, or of none."""
        row = near if near is not None and self.chance(0.9) else self.row(kind)
        return repr(row) if self.chance(0.95) else f"{kind}:{10**9}"

    def ref(self, kind: str, row: Row) -> dict[str, Any]:
        """A PackageRef, CategoryRef or GridRef of the row, by whichever key it has."""
        ways: dict[str, Any] = {
            "id": repr(row),
            "slug": self.cased(row.slug),
            "databaseId": row.databaseId,
        }
        if kind == "Package" and row.repoUrl is not None:
            ways["repoUrl"] = self.respelled(row.repoUrl)
        if kind == "Package" and row.pypiName is not None:
            ways["pypi"] = self.cased(row.pypiName).replace(
                "-", self.random.choice(("-", "_", "."))
            )
        if self.chance(0.2):
            ways |= self._former(kind, row)
        name = self._focused(f"{kind}Ref", ways) or self.random.choice(list(ways))
        return {name: ways[name]}

    def _former(self, kind: str, row: Row) -> dict[str, Any]:
        """What the row was found by before; now and then it is another's by now."""
        names = {
            how: n
            for (type_, how, n), key in self.rows.aliases.items()
            if key == row.id and type_ == kind.upper()
        }
        ways: dict[str, Any] = {}
        if "SLUG" in names:
            ways["slug"] = self.cased(names["SLUG"])
        if "DATABASE_ID" in names:
            ways["databaseId"] = int(names["DATABASE_ID"])
        if "REPO_URL" in names:
            ways["repoUrl"] = self.respelled(f"https://{names['REPO_URL']}")
        return ways

    def where(self, type_name: str, row: Row, depth: int = 0) -> dict[str, Any]:
        """A filter of that input type which mostly holds of `row`."""
        type_ = self.schema.type_map[type_name]
        assert isinstance(type_, GraphQLInputObjectType)
        fields = [name for name in type_.fields if depth < 2 or name not in LOGIC | RELATED]
        names = set(self.random.sample(fields, self.random.choice((1, 1, 1, 2, 2, 3))))
        focused = self._focused(type_name, type_.fields)
        if focused and depth == 0:
            names = {focused}
        return {name: self._condition(type_, name, row, depth) for name in sorted(names)}

    def _condition(self, type_: GraphQLInputObjectType, name: str, row: Row, depth: int) -> Any:
        def nested(row: Row) -> dict[str, Any]:
            return self.where(get_named_type(type_.fields[name].type).name, row, depth + 1)

        match name:
            case "AND":
                return [nested(row) for _ in range(self.random.randrange(3))]
            case "OR":
                return [nested(self.random.choice((row, self.row(row.kind)))) for _ in range(2)]
            case "NOT":
                return nested(self.row(row.kind))
            case "category":
                return nested(row.category)
            case "inGrid":
                return nested(self.random.choice(row.grids or self.rows.all("Grid")))
            case "hasPackage":
                return nested(self.random.choice(row.packages or self.rows.all("Package")))
            case "node":
                return self.random.choice((row.nodeId, row.nodeId, repr(self.row("Package"))))
            case "isDeprecated":
                return row.deprecatedAt is not None
            case "ingestState":
                return [row.ingest.state, *self.random.sample(("OK", "NEVER", "GONE"), 1)]
        value = getattr(row, LISTS.get(name, name))
        if name in LISTS:
            value = self.random.choice(value) if value else None
        operators = get_named_type(type_.fields[name].type).name
        part = f"{type_.name}.{name}"
        match operators:
            case "StringFilter":
                others = [
                    getattr(other, LISTS.get(name, name)) for other in self.rows.all(row.kind)
                ]
                if name in LISTS:
                    others = [element for elements in others for element in elements]
                texts = self.texts(part, value, [text for text in others if text])
                return self._respelled_urls(texts) if name == "repoUrl" else texts
            case "IntFilter":
                return self.numbers(part, value)
            case "DateTimeFilter":
                return self.instants(part, value)
            case "Boolean":
                return bool(value)
        enum = list(self.schema.type_map[operators].values)  # type: ignore[attr-defined]
        chosen = self.random.sample(enum, self.random.randrange(3))
        return chosen if value is None else [value, *chosen][: self.random.choice((0, 1, 3, 3, 3))]

    def texts(self, part: str, value: str | None, others: list[str]) -> dict[str, Any]:
        """A StringFilter that mostly holds of `value`."""
        other = self.random.choice(others or [""])
        text = other if value is None else value
        start = self.random.randrange(len(text) + 1)
        middle = text[start : start + self.random.choice((1, 2, 4, 8))]
        by_operator = {
            "eq": text,
            "ne": other,
            "in": self.random.sample(
                [text, other, "", self.cased(text)], self.random.randrange(1, 5)
            ),
            "contains": self.cased(middle),
            "startsWith": self.cased(text[: self.random.choice((0, 1, 2, 5))]),
            "endsWith": self.cased(
                text[len(text) - min(len(text), self.random.choice((1, 2, 5))) :]
            ),
            "isNull": (value is None) != self.chance(0.2),
        }
        return self._operators(part, TEXT_OPERATORS, by_operator)

    def numbers(self, part: str, value: int | None) -> dict[str, Any]:
        """An IntFilter that mostly holds of `value`."""
        near = (value or 0) + self.random.choice((-10, -1, 0, 0, 1, 10))
        by_operator = {
            "eq": value or 0,
            "ne": near,
            "in": [value or 0, near],
            "gt": near - self.random.choice((1, 1, 5)),
            "gte": near,
            "lt": near + self.random.choice((1, 1, 5)),
            "lte": near,
            "isNull": (value is None) != self.chance(0.2),
        }
        return self._operators(part, NUMBER_OPERATORS, by_operator)

    def instants(self, part: str, value: dt.datetime | None) -> dict[str, Any]:
        """A DateTimeFilter that mostly holds of `value`, with instants at any offset."""
        base = value or dt.datetime(2019, 5, 6, tzinfo=dt.UTC)
        offset = dt.timezone(dt.timedelta(minutes=self.random.choice((0, 0, 120, -210))))
        near = base + dt.timedelta(
            microseconds=self.random.choice((-1, 0, 0, 1, -(10**12), 10**12))
        )
        text = near.astimezone(offset).isoformat()
        by_operator: dict[str, Any] = dict.fromkeys(("gt", "gte", "lt", "lte"), text)
        by_operator["isNull"] = (value is None) != self.chance(0.2)
        return self._operators(part, INSTANT_OPERATORS, by_operator)

    def order(self, type_name: str) -> list[dict[str, str]]:
        """An `orderBy`; before a focused key one that leaves ties, so that it matters."""
        enum = f"{type_name}Field"
        fields = list(self.schema.type_map[enum].values)  # type: ignore[attr-defined]
        prefix = f"{enum}."
        if self.focus.startswith(prefix):
            field, direction = self.focus.removeprefix(prefix).split()
            ties = [{"field": field, "direction": "DESC"} for field in fields if "COUNT" in field]
            return [
                *self.random.sample(ties, self.random.randrange(2)),
                {"field": field, "direction": direction},
            ]
        return [
            {"field": field, "direction": self.random.choice(("ASC", "DESC"))}
            for field in self.random.sample(fields, self.random.choice((1, 1, 1, 2, 3)))
        ]

    def cells(self, grid: Row, package: Row) -> list[dict[str, Any]]:
        """A `cells` argument that mostly holds of what the grid says of the package."""
        return [self._cell(grid, package) for _ in range(self.random.choice((0, 1, 1, 1, 2)))]

    def _cell(self, grid: Row, package: Row) -> dict[str, Any]:
        feature = self.feature(grid)
        said = package.cells.get(feature.id)
        verdict, text = (said.verdict, said.text) if said else ("UNKNOWN", "")
        where: dict[str, Any] = {"feature": repr(feature)}
        focused = self._focused("CellWhere", ("verdict", "text"))
        if focused == "verdict" or (not focused and self.chance(0.5)):
            where["verdict"] = [verdict, *self.random.sample(("YES", "NO", "TEXT"), 1)]
        if focused == "text" or (not focused and self.chance(0.3)):
            others = [cell.text for cell in package.cells.values()]
            where["text"] = self.texts("CellWhere.text", text, others)
        return where

    def feature(self, grid: Row) -> Row:
        """One of the grid's features; of another grid where it has none, and now and then."""
        there = grid.features and self.chance(0.95)
        return self.random.choice(grid.features) if there else self.row("Feature")

    def cased(self, text: str) -> str:
        """The text in upper, lower or its own case."""
        return self.random.choice((str, str, str.upper, str.lower, str.swapcase))(text)

    def respelled(self, url: str) -> str:
        """A repository's address in another spelling."""
        host, _, path = url.removeprefix("https://").partition("/")
        return self.random.choice(
            (
                url,
                f"{url}.git",
                f"{url}/",
                f"http://{host}/{path}",
                f"git@{host}:{path}.git",
                f"ssh://git@{host}/{path}.git",
                f"{host.upper()}/{path}",
            )
        )

    def _respelled_urls(self, operators: dict[str, Any]) -> dict[str, Any]:
        spelled = dict(operators)
        for name in {"eq", "ne"} & spelled.keys():
            spelled[name] = self.respelled(spelled[name])
        if "in" in spelled:
            urls = [url for url in spelled["in"] if url.startswith("https://")]
            spelled["in"] = [self.respelled(url) for url in urls]
        return spelled

    def _operators(
        self, part: str, names: tuple[str, ...], values: dict[str, Any]
    ) -> dict[str, Any]:
        focused = self._focused(part, names)
        count = self.random.choice((0, 1, 1, 1, 1, 1, 1, 2, 2, 3))
        chosen = [focused] if focused else self.random.sample(names, count)
        return {name: values[name] for name in chosen}

    def _focused(self, owner: str, names: Any) -> str | None:
        """The one of `names` that the focus asks for below `owner`, if it does."""
        if not self.focus.startswith(f"{owner}."):
            return None
        name = self.focus.removeprefix(f"{owner}.").partition(".")[0]
        return name if name in names else None
