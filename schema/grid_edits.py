"""The edits of grids, their features and their cells in the schema."""

import strawberry

from db.grid import Feature as FeatureRow
from db.grid import Grid as GridRow
from resolvers import payload
from schema.editing import EditInput, LoggedPayload, RevisedInput
from schema.fields import optional, reads, required
from schema.grid import Cell, Feature, Grid
from schema.node import ID_DESCRIPTION, GridRef, PackageRef

TITLE = "1 to 100 characters."
POSITION = "Its place among the features, from 0; the others shift. Left out, it is the last."


@strawberry.input(description="A new grid.")
class GridCreateInput(EditInput):
    title: str = required(TITLE)
    slug: str | None = optional(
        "1 to 100 letters, digits, _ and -; made of the title where it is left out."
    )
    description: str | None = optional("What it compares; 20,000 characters at most.")
    header: bool | None = optional("Whether it is among the grids that lead the site.")
    is_locked: bool | None = optional("ADMIN only.")
    packages: list[PackageRef] | None = optional("The packages that it compares.")
    features: list[str] | None = optional("Its features' titles, in their order; 100 at most.")


@strawberry.input(description="What changes of a grid: what is left out stays as it is.")
class GridUpdateInput(RevisedInput):
    id: strawberry.ID = required(ID_DESCRIPTION)
    title: str | None = optional(TITLE)
    slug: str | None = optional("1 to 100 letters, digits, _ and -; the former one still finds it.")
    description: str | None = optional("What it compares; 20,000 characters at most.")
    header: bool | None = optional("Whether it is among the grids that lead the site.")
    is_locked: bool | None = optional("ADMIN only.")


@strawberry.input(description="A package in a grid.")
class GridPackageInput(RevisedInput):
    grid: GridRef = required("Which grid.")
    package: PackageRef = required("Which package.")


@strawberry.type(description="What became of an edit of a grid.")
class GridPayload(LoggedPayload):
    grid: Grid | None = reads(payload.subject(GridRow), "As it is now; null where there is none.")


@strawberry.input(description="A new feature of a grid.")
class FeatureCreateInput(RevisedInput):
    grid: GridRef = required("The grid that gets it.")
    title: str = required(f"{TITLE} No two features of a grid have the same.")
    description: str | None = optional("What the title means; 1,000 characters at most.")
    position: int | None = optional(POSITION)


@strawberry.input(description="What changes of a feature: what is left out stays as it is.")
class FeatureUpdateInput(RevisedInput):
    id: strawberry.ID = required(ID_DESCRIPTION)
    title: str | None = optional(f"{TITLE} No two features of a grid have the same.")
    description: str | None = optional("What the title means; 1,000 characters at most.")
    position: int | None = optional("Its place among the features, from 0; the others shift.")


@strawberry.type(description="What became of an edit of a feature.")
class FeaturePayload(LoggedPayload):
    feature: Feature | None = reads(
        payload.subject(FeatureRow), "As it is now; null where there is none."
    )


@strawberry.input(description="All of a grid's features in their new order.")
class FeaturesReorderInput(RevisedInput):
    grid: GridRef = required("Which grid.")
    features: list[strawberry.ID] = required("The ids of all of its features, each once.")


@strawberry.input(description="What a grid shall say of one of its packages under a feature.")
class CellInput:
    package: PackageRef = required("Which package of the grid.")
    feature: strawberry.ID = required("Which feature of the grid.")
    text: str = required("1,000 characters at most; an empty text clears the cell.")


@strawberry.input(description="Cells of one grid: all of them are set, or none.")
class GridCellsSetInput(RevisedInput):
    grid: GridRef = required("Which grid.")
    cells: list[CellInput] = required("1,000 at most.")


@strawberry.type(description="What became of setting cells.")
class GridCellsPayload(LoggedPayload):
    grid: Grid | None = reads(payload.subject(GridRow), "As it is now; null where there is none.")
    cells: list[Cell] = reads(
        payload.cells, "The cells that were given, in their order, as they are now."
    )
