"""The root of all edits."""

import strawberry

from db.category_edits import category_create, category_delete, category_update
from db.change_revert import change_revert
from db.grid_edits import grid_create, grid_delete, grid_update
from db.token import Role
from resolvers import payload
from schema import editing
from schema.category_edits import CategoryCreateInput, CategoryPayload, CategoryUpdateInput
from schema.change import Change
from schema.editing import DeleteInput, DeletePayload, UserError
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
class ChangeRevertInput:
    id: strawberry.ID = required("The global id of a change, as it was read.")
    dry_run: bool | None = editing.dry_run()
    idempotency_key: str | None = editing.idempotency_key()


@strawberry.type(description="What became of undoing a change.")
class ChangePayload:
    change: Change | None = reads(payload.undoing, "The new change that undoes the given one.")
    errors: list[UserError] = editing.errors()
