"""The edits of packages in the schema."""

import enum

import strawberry

from db.ingest import PackageField
from db.package import Package as PackageRow
from db.package import RepoHost
from resolvers import payload
from schema.editing import EditInput, LoggedPayload, RevisedInput, UserError, expected_revision
from schema.fields import described, optional, reads, required
from schema.node import ID_DESCRIPTION, CategoryRef, GridRef, PackageRef
from schema.package import Package
from schema.scalars import DateTime

TITLE = "1 to 100 characters; made from the repository's name where left out."
SLUG = "1 to 100 letters, digits, _ and -; made from the repository's name where left out."
REPO_URL = "The repository's address, in any spelling; no two packages have the same."
REPO_HOST = "The kind of site, where the address alone does not tell."
REPO_DESCRIPTION = "One line; 1,000 characters at most."
PYPI_URL = "The address of its page on PyPI."
DOCUMENTATION_URL = "The address of its documentation: http or https."
LICENSES = "SPDX expressions or identifiers; 100 at most."
DEPRECATED_AT = "Since when it is not to be used any more."
REPLACED_BY = "What to use in its place; a chain that leads back to it is INVALID."

described(
    PackageField,
    "The fields that stay as an editor set them until they are unpinned.",
    TITLE="The title.",
    REPO_HOST="The kind of site.",
    REPO_DESCRIPTION="The one-line description.",
    PYPI_URL="The address on PyPI.",
    DOCUMENTATION_URL="The address of the documentation.",
    LICENSES="The licences.",
    IS_ARCHIVED="Whether it is read-only.",
    DEPRECATED_AT="Since when it is deprecated.",
    REPLACED_BY="What replaces it.",
)


@strawberry.input(description="A new package.")
class PackageCreateInput(EditInput):
    repo_url: str = required(REPO_URL)
    category: CategoryRef = required("The category that it is in.")
    title: str | None = optional(TITLE)
    slug: str | None = optional(SLUG)
    repo_host: RepoHost | None = optional(REPO_HOST)
    repo_description: str | None = optional(REPO_DESCRIPTION)
    pypi_url: str | None = optional(PYPI_URL)
    documentation_url: str | None = optional(DOCUMENTATION_URL)
    grids: list[GridRef] | None = optional("The grids that compare it.")


@strawberry.input(
    description=(
        "What changes of a package. A field left out stays as it is; null clears a field that may"
        " be null. What is set here is pinned: ingest leaves it alone until it is unpinned."
    )
)
class PackageUpdateInput(RevisedInput):
    id: strawberry.ID = required(ID_DESCRIPTION)
    title: str | None = optional("1 to 100 characters.")
    slug: str | None = optional("1 to 100 letters, digits, _ and -; the former one still finds it.")
    category: CategoryRef | None = optional("The category that it is in.")
    repo_url: str | None = optional(f"{REPO_URL} The former one still finds it.")
    repo_host: RepoHost | None = optional(REPO_HOST)
    repo_description: str | None = optional(REPO_DESCRIPTION)
    pypi_url: str | None = optional(PYPI_URL)
    documentation_url: str | None = optional(DOCUMENTATION_URL)
    licenses: list[str] | None = optional(LICENSES)
    is_archived: bool | None = optional("Whether it is read-only upstream.")
    deprecated_at: DateTime | None = optional(DEPRECATED_AT)
    replaced_by: PackageRef | None = optional(REPLACED_BY)
    unpin: list[PackageField] | None = optional("Fields that ingest may write again.")


@strawberry.input(
    description=(
        "Two packages that are to be one: `from` is gone after it, and its names find `into`."
    )
)
class PackageMergeInput(RevisedInput):
    from_: PackageRef = required("The package that goes.", "from")
    into: PackageRef = required("The package that stays.")


@strawberry.input(description="Which package is to be fetched from upstream soon.")
class PackageRefreshInput(EditInput):
    package: PackageRef = required("Which package.")


@strawberry.type(description="What became of an edit of a package.")
class PackagePayload(LoggedPayload):
    package: Package | None = reads(
        payload.subject(PackageRow), "As it is now; null where there is none."
    )


@strawberry.enum(description="What becomes of a call some of whose rows cannot be.")
class BulkPolicy(enum.Enum):
    ALL_OR_NOTHING = strawberry.enum_value("ALL_OR_NOTHING", description="Nothing is edited.")
    SKIP_FAILED = strawberry.enum_value("SKIP_FAILED", description="The other rows are edited.")


@strawberry.enum(description="What became of a row.")
class UpsertOutcome(enum.Enum):
    CREATED = strawberry.enum_value("CREATED", description="It was not there, and was made.")
    UPDATED = strawberry.enum_value("UPDATED", description="It was changed.")
    UNCHANGED = strawberry.enum_value(
        "UNCHANGED", description="It was so already; or another row failed."
    )
    FAILED = strawberry.enum_value("FAILED", description="It could not be; errors say why.")


@strawberry.input(
    description=(
        "A package as it shall be, found by repoUrl, else by slug. What is left out stays as it is;"
        " grids are added to, never taken away from."
    )
)
class PackageUpsertRow:
    repo_url: str | None = optional(REPO_URL)
    slug: str | None = optional(SLUG)
    expected_revision: int | None = expected_revision()
    title: str | None = optional(TITLE)
    category: CategoryRef | None = optional("Its category; a new package needs one.")
    repo_description: str | None = optional(REPO_DESCRIPTION)
    pypi_url: str | None = optional(PYPI_URL)
    documentation_url: str | None = optional(DOCUMENTATION_URL)
    licenses: list[str] | None = optional(LICENSES)
    deprecated_at: DateTime | None = optional(DEPRECATED_AT)
    replaced_by: PackageRef | None = optional(REPLACED_BY)
    grids: list[GridRef] | None = optional("Grids that shall compare it too.")


@strawberry.input(description="Packages as they shall be: made where missing.")
class PackagesUpsertInput(EditInput):
    packages: list[PackageUpsertRow] = required("500 at most.")
    on_error: BulkPolicy | None = optional("Left out: ALL_OR_NOTHING.")


@strawberry.type(description="What became of a row of an upsert.")
class PackageUpsertResult:
    package: Package | None = reads(payload.upserted, "As it is now; null where there is none.")
    outcome: UpsertOutcome = reads(payload.upsert_outcome, "What became of it.")
    errors: list[UserError] = reads(payload.upsert_errors, "Why it failed.")


@strawberry.type(description="What became of an upsert.")
class PackagesUpsertPayload(LoggedPayload):
    rows: list[PackageUpsertResult] = reads(
        payload.upsert_rows, "One for each row that was given, in their order."
    )
