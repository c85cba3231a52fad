"""Facets in the schema."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from db.package import Package as PackageRow
from resolvers import facets
from resolvers.reads import column
from schema.fields import reads

if TYPE_CHECKING:
    from schema.category import Category

FACETS = "How the packages that the filter selects are spread."


@strawberry.type(description="How many packages are in a category.")
class CategoryCount:
    category: Annotated["Category", strawberry.lazy("schema.category")] = reads(
        facets.counted_object, "The category."
    )
    count: int = reads(facets.count, "How many of the packages that the filter selects.")


@strawberry.type(description="How many packages have a value.")
class ValueCount:
    value: str = reads(facets.counted_value, "The value.")
    count: int = reads(facets.count, "How many of the packages that the filter selects.")


@strawberry.type(
    description=(
        "How the packages that the connection's filter selects are spread: the counts that a"
        " filter sidebar shows. Most first, then by title or value; what no package has is left"
        " out."
    )
)
class PackageFacets:
    categories: list[CategoryCount] = reads(facets.categories, "By category.")
    licenses: list[ValueCount] = reads(
        facets.list_values(column(PackageRow.licenses)),
        "By licence; a package with several counts once for each.",
    )
    repo_hosts: list[ValueCount] = reads(
        facets.values(column(PackageRow.repo_host)), "By the kind of host, as in RepoHost."
    )
    development_statuses: list[ValueCount] = reads(
        facets.values(column(PackageRow.development_status)), "By development status, where known."
    )
