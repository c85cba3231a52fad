"""The releases of packages in the schema."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from db.package import DevelopmentStatus
from db.package import Package as PackageRow
from db.version import Version as VersionRow
from resolvers.reads import one, related, stored
from schema.connection import Connection, Edge
from schema.fields import described, reads
from schema.node import Node
from schema.scalars import DateTime

if TYPE_CHECKING:
    from schema.package import Package

described(
    DevelopmentStatus,
    "How finished a package is, by its trove classifier on PyPI.",
    PLANNING="Development Status :: 1 - Planning.",
    PRE_ALPHA="Development Status :: 2 - Pre-Alpha.",
    ALPHA="Development Status :: 3 - Alpha.",
    BETA="Development Status :: 4 - Beta.",
    STABLE="Development Status :: 5 - Production/Stable.",
    MATURE="Development Status :: 6 - Mature.",
    INACTIVE="Development Status :: 7 - Inactive.",
)


@strawberry.type(description="A release of a package, as PyPI has it.")
class Version(Node):
    package: Annotated["Package", strawberry.lazy("schema.package")] = reads(
        one(PackageRow, related(VersionRow.package_id, PackageRow.id)), "The package released."
    )
    number: str = reads(stored(VersionRow.number), "Its version number, as PyPI spells it.")
    uploaded_at: DateTime | None = reads(
        stored(VersionRow.uploaded_at), "When it was uploaded to PyPI; null until known."
    )
    licenses: list[str] = reads(
        stored(VersionRow.licenses), "SPDX expressions or identifiers, as PyPI gives them."
    )
    requires_python: str | None = reads(
        stored(VersionRow.requires_python), "The Python versions it runs on: >=3.9; PyPI's."
    )
    development_status: DevelopmentStatus | None = reads(
        stored(VersionRow.development_status), "How finished it is; null until known."
    )
    is_yanked: bool = reads(
        stored(VersionRow.is_yanked), "Withdrawn on PyPI; false where not known."
    )
    is_prerelease: bool = reads(
        stored(VersionRow.is_prerelease), "An alpha, beta, candidate or development release."
    )


@strawberry.type(description="A page of a package's releases.")
class VersionConnection(Connection[Edge[Version], Version]):
    pass
