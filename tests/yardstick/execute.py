"""Plain per-field execution of a document by graphql-core over the rows."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLAbstractType,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute_sync,
)
from packaging.utils import canonicalize_name

from tests.yardstick import connections, filters, worked_out
from tests.yardstick.rows import Row, Rows, cell_of

MOST_IDS = 100

Resolver = Callable[[Any, dict[str, Any], Rows], Any]
"""A field's value, of its source and its arguments (those that are null left out)."""


@dataclass(frozen=True)
class Context:
    """The rows, and the fields ("Package.title") that had something to say so far."""

    rows: Rows
    filled: set[str] = field(default_factory=set)


def answer(
    schema: GraphQLSchema,
    rows: Rows,
    document: DocumentNode,
    variables: dict[str, Any] | None = None,
    operation_name: str | None = None,
    filled: set[str] | None = None,
) -> dict[str, Any]:
    """What the server must answer to `document`, as {"data": ..., "errors": ...}.

    `schema` is built from SDL by graphql-core. `document` must be valid. Cursors are this side's
    own. Fields whose value was there, and not empty, are added to `filled`.
    """
    context = Context(rows, set() if filled is None else filled)
    result = execute_sync(
        schema,
        document,
        context_value=context,
        variable_values=variables,
        operation_name=operation_name,
        field_resolver=resolve,
        type_resolver=kind_of,
    )
    return dict(result.formatted)


def resolve(source: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
    """The value of any field: as RESOLVERS says, else the attribute that has the field's name."""
    name = f"{info.parent_type.name}.{info.field_name}"
    resolver = RESOLVERS.get(name)
    if resolver is not None:
        given = {name: value for name, value in arguments.items() if value is not None}
        value = resolver(source, given, info.context.rows)
    elif info.field_name == "id":
        value = repr(source)
    else:
        value = getattr(source, info.field_name)
    if isinstance(value, dt.datetime):
        value = value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if value not in (None, "", []):
        info.context.filled.add(name)
    return value


def kind_of(value: Row, _info: GraphQLResolveInfo[Context], _type: GraphQLAbstractType) -> str:
    return value.kind


def split_id(global_id: str) -> tuple[str, int]:
    """The kind and the key in a global id. Raises GraphQLError."""
    found = re.fullmatch(r"(Category|Package|Version|Grid|Feature|Change):([1-9][0-9]*)", global_id)
    if found is None:
        raise GraphQLError("not an id")
    return found[1], int(found[2])


def key_of(global_id: str, kind: str) -> int:
    """The key in the global id of an object of this kind. Raises GraphQLError."""
    found, key = split_id(global_id)
    if found != kind:
        raise GraphQLError("an id of another kind")
    return key


FORMER: dict[str, tuple[str, Callable[[Any], str]]] = {
    "slug": ("SLUG", str.casefold),
    "databaseId": ("DATABASE_ID", str),
    "repoUrl": ("REPO_URL", filters.repository),
}
"""What an object is found by when it had it before: its kind, and how it is spelled."""


def look_up(kind: str, by: dict[str, Any], rows: Rows) -> Row | None:
    """The row that a PackageRef, CategoryRef or GridRef names."""
    ((how, given),) = by.items()
    match how:
        case "id":
            return rows.by_kind[kind].get(key_of(given, kind))
        case "slug":
            found = [row for row in rows.all(kind) if row.slug.casefold() == given.casefold()]
        case "databaseId":
            found = [row for row in rows.all(kind) if row.databaseId == given]
        case "repoUrl":
            same = filters.repository(given)
            urls = {row: row.repoUrl for row in rows.all(kind) if row.repoUrl is not None}
            found = [row for row, url in urls.items() if filters.repository(url) == same]
        case "pypi":
            name = canonicalize_name(given)
            found = [row for row in rows.all(kind) if row.pypiName == name]
    if not found and how in FORMER:
        kind_of_name, spelled = FORMER[how]
        key = rows.aliases.get((kind.upper(), kind_of_name, spelled(given)))
        return rows.by_kind[kind].get(key) if key else None
    found.sort(key=lambda row: (kind == "Package" and row.deprecatedAt is not None, row.databaseId))
    return found[0] if found else None


def node(global_id: str, rows: Rows) -> Row | None:
    """The object with that id, of whichever kind."""
    kind, key = split_id(global_id)
    return rows.by_kind[kind].get(key)


def nodes(_source: Any, arguments: dict[str, Any], rows: Rows) -> list[Row | None]:
    if len(arguments["ids"]) > MOST_IDS:
        raise GraphQLError("too many ids")
    return [node(global_id, rows) for global_id in arguments["ids"]]


def connection(kind: str, candidates: Callable[[Any, Rows], list[Row]]) -> Resolver:
    """A resolver: those of the `candidates` that `where` selects, by `orderBy`, a page of them."""

    def resolver(source: Any, arguments: dict[str, Any], rows: Rows) -> SimpleNamespace:
        found = candidates(source, rows)
        if "where" in arguments:
            filters.check(arguments["where"])
            found = [row for row in found if filters.holds(arguments["where"], row)]
        keys = connections.keys_of(arguments.get("orderBy"))
        return connections.page(kind, found, keys, arguments, rows.by_kind[kind])

    return resolver


def changes(candidates: Callable[[Any, Rows], list[Row]]) -> Resolver:
    """As `connection`, of changes: oldest first, and the empty cursor is the beginning."""

    def resolver(source: Any, arguments: dict[str, Any], rows: Rows) -> SimpleNamespace:
        found = candidates(source, rows)
        if "where" in arguments:
            filters.check(arguments["where"])
            found = [row for row in found if filters.holds(arguments["where"], row)]
        given = {name: value for name, value in arguments.items() if value != ""}
        return connections.page("Change", found, [], given, rows.by_kind["Change"])

    return resolver


def grid_packages(grid: Row, arguments: dict[str, Any], rows: Rows) -> SimpleNamespace:
    """A grid's packages: also filtered and ordered by what the grid says of them."""
    found: list[Row] = grid.packages
    for where in arguments.get("cells", []):
        filters.check(where)
        key = key_of(where["feature"], "Feature")
        feature = next((row for row in grid.features if row.id == key), None)
        found = [row for row in found if feature and filters.cell_holds(where, feature, row)]
    if "where" in arguments:
        filters.check(arguments["where"])
        found = [row for row in found if filters.holds(arguments["where"], row)]
    keys = connections.keys_of(arguments.get("orderBy"))
    if "orderByCell" in arguments:
        order = arguments["orderByCell"]
        feature_id = key_of(order["feature"], "Feature")
        keys = connections.cell_keys(order["direction"], feature_id, grid) + keys
    page = connections.page("GridPackage", found, keys, arguments, rows.by_kind["Package"])
    for edge in page.edges:
        edge.cells = [cell_of(edge.node, feature) for feature in grid.features]
    return page


def versions(package: Row, arguments: dict[str, Any], rows: Rows) -> SimpleNamespace:
    order, every = connections.NEWEST_FIRST, rows.by_kind["Version"]
    return connections.page("Version", package.versions, order, arguments, every)


def package_cells(package: Row, arguments: dict[str, Any], rows: Rows) -> list[Row]:
    """What one grid says of the package; nothing where the grid does not compare it."""
    grid = look_up("Grid", arguments["grid"], rows)
    if grid is None or grid not in package.grids:
        return []
    return [cell_of(package, feature) for feature in grid.features]


def facets(page: SimpleNamespace, _arguments: dict[str, Any], _rows: Rows) -> SimpleNamespace:
    return connections.facets(page.found)


RESOLVERS: dict[str, Resolver] = {
    "Query.node": lambda _, arguments, rows: node(arguments["id"], rows),
    "Query.nodes": nodes,
    "Query.package": lambda _, arguments, rows: look_up("Package", arguments["by"], rows),
    "Query.category": lambda _, arguments, rows: look_up("Category", arguments["by"], rows),
    "Query.grid": lambda _, arguments, rows: look_up("Grid", arguments["by"], rows),
    "Query.packages": connection("Package", lambda _, rows: rows.all("Package")),
    "Query.categories": connection("Category", lambda _, rows: rows.all("Category")),
    "Query.grids": connection("Grid", lambda _, rows: rows.all("Grid")),
    "Query.viewer": lambda *_: None,  # nobody has a token
    "Query.changes": changes(lambda _, rows: rows.all("Change")),
    "Package.changes": changes(lambda package, _: package.changes),
    "Category.changes": changes(lambda category, _: category.changes),
    "Grid.changes": changes(lambda grid, _: grid.changes),
    "Category.packages": connection("Package", lambda category, _: category.packages),
    "Grid.packages": grid_packages,
    "Package.versions": versions,
    "Package.cells": package_cells,
    "Package.scoreParts": lambda package, *_: worked_out.score_parts(package),
    "Package.provenance": lambda package, *_: worked_out.provenance(package),
    "IngestStatus.reason": lambda ingest, *_: worked_out.reason(ingest),
    "PackageConnection.facets": facets,
    "GridPackageConnection.facets": facets,
}
