"""The interface of all that has a global id, and the lookups that name one of them."""

import strawberry

from resolvers.reads import global_id
from schema.fields import optional, reads

ID_DESCRIPTION = "A global id, as it was read."
DATABASE_ID_DESCRIPTION = (
    "The number that the REST API v4 uses; from 1,000,001 up for what was made here."
)


@strawberry.interface(
    description=(
        "An object with a global id. Ids are opaque: read them, pass them back, never build them."
    )
)
class Node:
    id: strawberry.ID = reads(global_id, "The object's global id; it stays, and is never reused.")


@strawberry.input(one_of=True, description="Which package is meant: exactly one of these.")
class PackageRef:
    id: strawberry.ID | None = optional(ID_DESCRIPTION)
    slug: str | None = optional("The package's slug; case does not matter.")
    database_id: int | None = optional("The number that the REST API v4 uses.")
    repo_url: str | None = optional(
        "Any spelling of the repository's address: https, ssh, git@host:owner/repo,"
        " with or without .git."
    )
    pypi: str | None = optional(
        "A PyPI project name, in any spelling that PEP 503 treats as the same. Where several"
        " packages have it: one that is not deprecated, then the lowest number."
    )


@strawberry.input(one_of=True, description="Which category is meant: exactly one of these.")
class CategoryRef:
    id: strawberry.ID | None = optional(ID_DESCRIPTION)
    slug: str | None = optional("The category's slug; case does not matter.")
    database_id: int | None = optional(DATABASE_ID_DESCRIPTION)


@strawberry.input(one_of=True, description="Which grid is meant: exactly one of these.")
class GridRef:
    id: strawberry.ID | None = optional(ID_DESCRIPTION)
    slug: str | None = optional("The grid's slug; case does not matter.")
    database_id: int | None = optional(DATABASE_ID_DESCRIPTION)
