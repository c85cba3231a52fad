"""Grids, their features and their cells in the schema."""

import enum
from typing import Optional

import strawberry

from db.change import Change as ChangeRow
from db.grid import Feature as FeatureRow
from db.grid import Grid as GridRow
from db.grid import GridPackage, Verdict
from db.package import Package as PackageRow
from resolvers import cells, where
from resolvers.connections import fixed_connection
from resolvers.reads import column, many, one, related, same, stored
from schema.change import ChangeConnection, ChangeWhere
from schema.connection import Connection, Edge
from schema.facets import FACETS, PackageFacets
from schema.fields import argument, described, filters, page_arguments, reads
from schema.filters import (
    DateTimeFilter,
    IntFilter,
    OrderDirection,
    StringFilter,
    direction,
    sorted_by,
    sorts,
)
from schema.node import DATABASE_ID_DESCRIPTION, Node
from schema.package import Package, PackageOrder, PackageOrderField, PackageWhere
from schema.scalars import DateTime

described(
    Verdict,
    "What a cell's text says.",
    YES="check, yes, good, or plus signs.",
    NO="bad, no, or minus signs.",
    TEXT="Anything else.",
    UNKNOWN="The cell is empty.",
)


@strawberry.input(
    description="All that is given must hold. AND: [] matches all, OR: [] none; null is an error."
)
class GridWhere:
    title: StringFilter | None = filters(where.text(GridRow.title), "Its title.")
    slug: StringFilter | None = filters(where.text(GridRow.slug), "Its slug.")
    description: StringFilter | None = filters(where.text(GridRow.description), "Its description.")
    is_locked: bool | None = filters(
        where.flag(GridRow.is_locked), "Whether only admins may change it."
    )
    header: bool | None = filters(
        where.flag(GridRow.header), "Whether it is among the grids that lead the site."
    )
    package_count: IntFilter | None = filters(
        where.comparison(column(GridRow.package_count)), "How many packages it compares."
    )
    created: DateTimeFilter | None = filters(
        where.comparison(column(GridRow.created)), "When it was made here."
    )
    modified: DateTimeFilter | None = filters(
        where.comparison(column(GridRow.modified)), "When it was last written here."
    )
    has_package: PackageWhere | None = filters(
        where.in_related(
            PackageRow,
            related(GridPackage.package_id, PackageRow.id),
            through=(GridPackage, related(GridRow.id, GridPackage.grid_id)),
        ),
        "It compares at least one package for which this holds.",
    )
    AND: list["GridWhere"] | None = filters(where.every, "All of these hold.")
    OR: list["GridWhere"] | None = filters(where.some, "At least one of these holds.")
    NOT: Optional["GridWhere"] = filters(where.complement, "This does not hold.")


@strawberry.input(
    description="What must hold of a package's cell under one of the grid's features."
)
class CellWhere:
    feature: strawberry.ID = strawberry.field(
        description="The feature's id; under another grid's feature no package has a cell.",
        metadata={"filter": cells.of_feature},
    )
    verdict: list[Verdict] | None = filters(
        where.any_of(lambda cell: cell.value("verdict")), "The verdict is one of these."
    )
    text: StringFilter | None = filters(
        where.text_of(lambda cell: cell.value("text"), lambda cell: cell.value("text_folded")),
        'What the cell says; "" where it is empty.',
    )


@strawberry.input(
    description="An order by what cells say: by strength, then by text; empty cells come last."
)
class CellOrder:
    feature: strawberry.ID = strawberry.field(description="The id of one of the grid's features.")
    direction: OrderDirection = direction(OrderDirection.DESC)


@strawberry.enum(description="What grids can be sorted by.")
class GridOrderField(enum.Enum):
    TITLE = sorts(column(GridRow.title_folded), "The title, case-folded, by code point.")
    SLUG = sorts(column(GridRow.slug_folded), "The slug, case-folded, by code point.")
    CREATED = sorts(column(GridRow.created), "When it was made here.")
    MODIFIED = sorts(column(GridRow.modified), "When it was last edited.")
    PACKAGE_COUNT = sorts(column(GridRow.package_count), "How many packages it compares.")


@strawberry.input(description="One key of an order of grids.")
class GridOrder:
    field: GridOrderField = sorted_by()
    direction: OrderDirection = direction(OrderDirection.ASC)


@strawberry.type(description="A row of a grid: one thing by which it compares packages.")
class Feature(Node):
    revision: int = reads(
        stored(FeatureRow.revision), "Grows by one with every edit: pass it as expectedRevision."
    )
    title: str = reads(stored(FeatureRow.title), "What is compared, in a few words.")
    description: str = reads(stored(FeatureRow.description), "What the title means, as text.")
    position: int = reads(stored(FeatureRow.position), "Its place among the rows, from 0.")
    grid: "Grid" = reads(one(GridRow, related(FeatureRow.grid_id, GridRow.id)), "Its grid.")


@strawberry.type(description="One cell of a grid: what is said of one package under one feature.")
class Cell:
    package: Package = reads(cells.cell_package, "The package (column).")
    feature: Feature = reads(cells.cell_feature, "The feature (row).")
    text: str = reads(cells.cell_value("text"), "What a curator wrote; empty where nobody did.")
    verdict: Verdict = reads(
        cells.cell_value("verdict"),
        "What the text says: check, yes, good, + and ++ read as YES; bad, no, - as NO; anything"
        " else is TEXT; an empty cell is UNKNOWN.",
    )
    strength: int = reads(
        cells.cell_value("strength"),
        "-3 to 3: how many plus or minus signs, a word counting as one; 0 where the verdict is"
        " neither YES nor NO.",
    )


@strawberry.type(description="A comparison of packages (columns) by features (rows).")
class Grid(Node):
    database_id: int = reads(stored(GridRow.database_id), DATABASE_ID_DESCRIPTION)
    revision: int = reads(
        stored(GridRow.revision),
        "Grows with every change to the grid, its features, which packages it compares, and its"
        " cells.",
    )
    title: str = reads(stored(GridRow.title), "Its name.")
    slug: str = reads(stored(GridRow.slug), "Its name in addresses; unique, whatever the case.")
    description: str = reads(stored(GridRow.description), "What it compares, as text.")
    is_locked: bool = reads(stored(GridRow.is_locked), "Only admins may change it.")
    header: bool = reads(stored(GridRow.header), "Shown among the grids that lead the site.")
    created: DateTime = reads(stored(GridRow.created), "When it was made here.")
    modified: DateTime = reads(stored(GridRow.modified), "When it was last edited.")
    features: list[Feature] = reads(
        many(
            FeatureRow,
            related(GridRow.id, FeatureRow.grid_id),
            FeatureRow.position,
            FeatureRow.id,
        ),
        "The rows of the comparison, in their order; 100 at most.",
    )
    packages: "GridPackageConnection" = reads(
        cells.grid_packages(PackageOrderField),
        "The columns of the comparison; what the grid says of a package is on the edge.",
        *page_arguments(PackageWhere, PackageOrder),
        argument(
            "cells", list[CellWhere] | None, "All must hold of the package's cells in this grid."
        ),
        argument("orderByCell", CellOrder | None, "Before orderBy: by strength, then by text."),
    )
    changes: ChangeConnection = reads(
        fixed_connection(ChangeRow, related(GridRow.id, ChangeRow.grid_id)),
        "Its own, its features', its memberships' and its cells', oldest first.",
        *page_arguments(ChangeWhere),
    )


@strawberry.type(
    description=(
        "A package in a grid, with its cells: one for each of the grid's features, in the"
        " features' order."
    )
)
class GridPackageEdge(Edge[Package]):
    cells: list[Cell] = reads(cells.edge_cells, "What the grid says of the package.")


@strawberry.type(description="A page of the packages that a grid compares.")
class GridPackageConnection(Connection[GridPackageEdge, Package]):
    facets: PackageFacets = reads(same, FACETS)


@strawberry.type(description="A page of grids.")
class GridConnection(Connection[Edge[Grid], Grid]):
    pass
