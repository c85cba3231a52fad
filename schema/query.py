"""The root of all reads, and the schema."""

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema, lexicographic_sort_schema, print_schema
from graphql import build_schema as build_ast

from db.category import Category as CategoryRow
from db.change import Change as ChangeRow
from db.grid import Grid as GridRow
from db.ingest import IngestRun as IngestRunRow
from db.package import Package as PackageRow
from db.search import SearchType
from db.token import Role
from resolvers.changes import LOGGED_TYPES
from resolvers.connections import connection, fixed_connection
from resolvers.nodes import Models, node, nodes
from resolvers.refs import by_ref
from resolvers.search_page import search
from resolvers.viewer import only_for, viewer
from schema.category import (
    Category,
    CategoryConnection,
    CategoryOrder,
    CategoryOrderField,
    CategoryWhere,
)
from schema.change import Change, ChangeConnection, ChangeWhere
from schema.fields import argument, forward_arguments, page_arguments, reads
from schema.grid import Feature, Grid, GridConnection, GridOrder, GridOrderField, GridWhere
from schema.ingest import IngestRunConnection
from schema.mutation import Mutation
from schema.node import CategoryRef, GridRef, Node, PackageRef
from schema.package import (
    Package,
    PackageConnection,
    PackageOrder,
    PackageOrderField,
    PackageWhere,
)
from schema.scalars import CONFIG
from schema.search import SearchConnection
from schema.subscription import Subscription
from schema.version import Version
from schema.viewer import Viewer

NODES: Models = {**LOGGED_TYPES, "Change": ChangeRow}


@strawberry.type(description="All that can be read.")
class Query:
    node: Node | None = reads(
        node(NODES),
        "The object with this id; null where there is none.",
        argument("id", strawberry.ID, "A global id, as it was read."),
    )
    nodes: list[Node | None] = reads(
        nodes(NODES),
        "At most 100 ids. The answer has their order, and null where nothing is found.",
        argument("ids", list[strawberry.ID], "Global ids, as they were read."),
    )
    package: Package | None = reads(
        by_ref(PackageRow),
        "One package, by exactly one of the lookups; null where there is none.",
        argument("by", PackageRef, "Which package."),
    )
    category: Category | None = reads(
        by_ref(CategoryRow),
        "One category, by exactly one of the lookups; null where there is none.",
        argument("by", CategoryRef, "Which category."),
    )
    grid: Grid | None = reads(
        by_ref(GridRow),
        "One grid, by exactly one of the lookups; null where there is none.",
        argument("by", GridRef, "Which grid."),
    )
    packages: PackageConnection = reads(
        connection(PackageRow, PackageOrderField),
        "Packages, filtered and ordered.",
        *page_arguments(PackageWhere, PackageOrder),
    )
    categories: CategoryConnection = reads(
        connection(CategoryRow, CategoryOrderField),
        "Categories, filtered and ordered.",
        *page_arguments(CategoryWhere, CategoryOrder),
    )
    search: SearchConnection = reads(
        search,
        "Full-text search over packages, grids and categories, best first; forgives a typo and"
        " matches the start of a word.",
        argument("query", str, "Words; all of them must match."),
        argument("types", list[SearchType] | None, "Only these; all where it is left out."),
        *forward_arguments(),
    )
    grids: GridConnection = reads(
        connection(GridRow, GridOrderField),
        "Grids, filtered and ordered.",
        *page_arguments(GridWhere, GridOrder),
    )
    changes: ChangeConnection = reads(
        fixed_connection(ChangeRow),
        "Every edit and every ingested fact, oldest first: page on from a cursor (the empty text is"
        " the beginning) and nothing is missed, deletions included.",
        *page_arguments(ChangeWhere),
    )
    ingest_runs: IngestRunConnection = reads(
        only_for(Role.EDITOR, fixed_connection(IngestRunRow, newest_first=True)),
        "What was fetched from upstream and when, newest first; for editors and admins.",
        *page_arguments(),
    )
    viewer: Viewer | None = reads(viewer, "Whom the token names; null without one.")


def build_schema() -> GraphQLSchema:
    """The schema that is served: Strawberry's, as graphql-core has it."""
    types = [Package, Category, Grid, Feature, Version, Change]
    built: GraphQLSchema = strawberry.Schema(
        Query, Mutation, Subscription, types=types, config=CONFIG
    )._schema
    for type_ in built.type_map.values():
        # Strawberry prints @oneOf and checks it in its own executor; graphql-core has to know too.
        definition = (type_.extensions or {}).get("strawberry-definition")
        if isinstance(type_, GraphQLInputObjectType) and getattr(definition, "is_one_of", False):
            type_.is_one_of = True
    return built


def printed(schema: GraphQLSchema) -> str:
    """The schema's SDL, sorted, as it is committed."""
    # Sorted as plain SDL: Strawberry's enums do not survive graphql-core's sorting.
    return print_schema(lexicographic_sort_schema(build_ast(print_schema(schema)))) + "\n"
