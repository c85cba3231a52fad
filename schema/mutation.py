"""The root of all edits."""

import strawberry

from db.category_edits import category_create, category_delete, category_update
from db.cell_edits import grid_cells_set
from db.change_revert import change_revert
from db.feature_edits import feature_create, feature_delete, feature_update, features_reorder
from db.grid_edits import (
    grid_create,
    grid_delete,
    grid_package_add,
    grid_package_remove,
    grid_update,
)
from db.package_edits import package_create, package_delete, package_refresh, package_update
from db.package_merge import package_merge
from db.packages_upsert import packages_upsert
from db.token import Role
from resolvers import payload
from schema.category_edits import CategoryCreateInput, CategoryPayload, CategoryUpdateInput
from schema.change import Change
from schema.editing import DeleteInput, DeletePayload, EditInput, Payload
from schema.fields import edits, reads, required
from schema.grid_edits import (
    FeatureCreateInput,
    FeaturePayload,
    FeaturesReorderInput,
    FeatureUpdateInput,
    GridCellsPayload,
    GridCellsSetInput,
    GridCreateInput,
    GridPackageInput,
    GridPayload,
    GridUpdateInput,
)
from schema.package_edits import (
    PackageCreateInput,
    PackageMergeInput,
    PackagePayload,
    PackageRefreshInput,
    PackagesUpsertInput,
    PackagesUpsertPayload,
    PackageUpdateInput,
)


@strawberry.input(description="Which change is to be undone.")
class ChangeRevertInput(EditInput):
    id: strawberry.ID = required("The global id of a change, as it was read.")


@strawberry.type(description="What became of undoing a change.")
class ChangePayload(Payload):
    change: Change | None = reads(payload.undoing, "The new change that undoes the given one.")


@strawberry.type(
    description=(
        "All that can be edited. Each field is one transaction: all of it or nothing, in the order"
        " in which they are asked for. An edit that cannot be made says why in errors."
    )
)
class Mutation:
    category_create: CategoryPayload = edits(
        category_create, CategoryCreateInput, "Make a category."
    )
    category_update: CategoryPayload = edits(
        category_update, CategoryUpdateInput, "Change a category."
    )
    category_delete: DeletePayload = edits(
        category_delete,
        DeleteInput,
        "Delete a category. ADMIN only; IN_USE while packages are in it.",
        Role.ADMIN,
    )
    package_create: PackagePayload = edits(package_create, PackageCreateInput, "Make a package.")
    package_update: PackagePayload = edits(package_update, PackageUpdateInput, "Change a package.")
    package_delete: DeletePayload = edits(
        package_delete,
        DeleteInput,
        "Delete a package; its cells and versions go with it. IN_USE while another names it as its"
        " replacement.",
    )
    package_merge: PackagePayload = edits(
        package_merge,
        PackageMergeInput,
        "One package in place of two: memberships, cells where the kept one has none, former names;"
        " the other is gone.",
    )
    packages_upsert: PackagesUpsertPayload = edits(
        packages_upsert,
        PackagesUpsertInput,
        "Up to 500 packages by repoUrl, else by slug: made where missing, changed where different."
        " Each row has its own result.",
    )
    package_refresh: PackagePayload = edits(
        package_refresh,
        PackageRefreshInput,
        "Have a package fetched from upstream soon; how that goes is in Package.ingest.",
    )
    grid_create: GridPayload = edits(grid_create, GridCreateInput, "Make a grid.")
    grid_update: GridPayload = edits(grid_update, GridUpdateInput, "Change a grid.")
    grid_delete: DeletePayload = edits(
        grid_delete, DeleteInput, "Delete a grid, with its features and cells."
    )
    grid_package_add: GridPayload = edits(
        grid_package_add,
        GridPackageInput,
        "Have a grid compare a package. LOCKED where the grid is locked, through whichever door it"
        " is changed.",
    )
    grid_package_remove: GridPayload = edits(
        grid_package_remove,
        GridPackageInput,
        "Have a grid compare a package no more; what it says of it goes too.",
    )
    feature_create: FeaturePayload = edits(
        feature_create, FeatureCreateInput, "Give a grid a feature."
    )
    feature_update: FeaturePayload = edits(feature_update, FeatureUpdateInput, "Change a feature.")
    feature_delete: DeletePayload = edits(
        feature_delete, DeleteInput, "Delete a feature, with its cells."
    )
    features_reorder: GridPayload = edits(
        features_reorder, FeaturesReorderInput, "Put all of a grid's features in a new order."
    )
    grid_cells_set: GridCellsPayload = edits(
        grid_cells_set,
        GridCellsSetInput,
        "Set up to 1,000 cells of one grid at once, all of them or none.",
    )
    change_revert: ChangePayload = edits(
        change_revert,
        ChangeRevertInput,
        "Undo one change, where nothing later touched the same fields.",
    )
