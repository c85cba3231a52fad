"""Packages in the schema."""

import enum
from typing import TYPE_CHECKING, Annotated, Optional

import strawberry

from db.category import Category as CategoryRow
from db.change import Change as ChangeRow
from db.grid import Grid as GridRow
from db.grid import GridPackage
from db.ingest import Ingest, IngestState
from db.package import DevelopmentStatus, RepoHost
from db.package import Package as PackageRow
from db.version import Version as VersionRow
from resolvers import cells, ingest, where
from resolvers.changes import changes_of
from resolvers.connections import fixed_connection
from resolvers.provenance import provenance
from resolvers.reads import column, computed, many, one, related, same, stored
from resolvers.score import score_parts
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
from schema.ingest import IngestStatus
from schema.node import DATABASE_ID_DESCRIPTION, GridRef, Node
from schema.provenance import FieldProvenance
from schema.scalars import DateTime
from schema.score import ScorePart
from schema.version import VersionConnection

if TYPE_CHECKING:
    from schema.category import Category, CategoryWhere
    from schema.grid import Cell, Grid, GridWhere

described(
    RepoHost,
    "The kind of site that a repository is on.",
    GITHUB="github.com.",
    GITLAB="gitlab.com, or a GitLab of somebody's own.",
    BITBUCKET="bitbucket.org.",
    CODEBERG="codeberg.org.",
    FORGEJO="A Forgejo of somebody's own.",
    OTHER="Any other, or no repository.",
)


IN_CATEGORY = {("TITLE", "ASC"), ("SCORE", "DESC"), ("REPO_WATCHERS", "DESC")}
"""The orders in which an index has the packages of a category (see the end of `db/package.py`)."""


@strawberry.input(
    description=(
        "All that is given must hold. A null filter or operator is an error; OR: [] and [] for a"
        " list match nothing, AND: [] matches all; 200 values at most."
    )
)
class PackageWhere:
    database_id: IntFilter | None = filters(
        where.comparison(column(PackageRow.database_id)), "Its number."
    )
    title: StringFilter | None = filters(where.text(PackageRow.title), "Its title.")
    slug: StringFilter | None = filters(where.text(PackageRow.slug), "Its slug.")
    repo_description: StringFilter | None = filters(
        where.text(PackageRow.repo_description),
        "Its one-line description.",
    )
    repo_url: StringFilter | None = filters(
        where.text_of(
            column(PackageRow.repo_key), column(PackageRow.repo_url_folded), where.any_spelling
        ),
        "eq, ne and in take any spelling of an address.",
    )
    repo_host: list[RepoHost] | None = filters(
        where.any_of(column(PackageRow.repo_host)), "The kind of site is one of these."
    )
    repo_watchers: IntFilter | None = filters(
        where.comparison(column(PackageRow.repo_watchers)), "Its stars."
    )
    repo_forks: IntFilter | None = filters(
        where.comparison(column(PackageRow.repo_forks)), "Its forks."
    )
    score: IntFilter | None = filters(where.comparison(column(PackageRow.score)), "Its score.")
    pypi_name: StringFilter | None = filters(
        where.text_of(column(PackageRow.pypi_name), column(PackageRow.pypi_name)),
        "The name as it is kept, normalised by PEP 503.",
    )
    documentation_url: StringFilter | None = filters(
        where.text(PackageRow.documentation_url),
        "Its documentation's address.",
    )
    deprecated_at: DateTimeFilter | None = filters(
        where.comparison(column(PackageRow.deprecated_at)), "Since when it should not be used."
    )
    license: StringFilter | None = filters(
        where.elements(PackageRow.licenses), "Over its licences."
    )
    participant: StringFilter | None = filters(
        where.elements(PackageRow.participants),
        "Over its participants' logins.",
    )
    supports_python3: bool | None = filters(
        where.flag(PackageRow.supports_python3),
        "Whether it runs on Python 3; where that is not known neither holds.",
    )
    development_status: list[DevelopmentStatus] | None = filters(
        where.any_of(column(PackageRow.development_status)), "How finished it is: one of these."
    )
    is_archived: bool | None = filters(
        where.flag(PackageRow.is_archived), "Whether it is read-only upstream."
    )
    is_deprecated: bool | None = filters(
        where.given(PackageRow.deprecated_at), "Whether deprecatedAt is set."
    )
    ingest_state: list[IngestState] | None = filters(
        where.any_of(ingest.state), "How fetching it goes: one of these."
    )
    last_updated: DateTimeFilter | None = filters(
        where.comparison(column(PackageRow.last_updated)), "The date of its newest commit."
    )
    last_fetched: DateTimeFilter | None = filters(
        where.comparison(ingest.of_ingest(Ingest.last_fetched)),
        "When its figures were last fetched.",
    )
    created: DateTimeFilter | None = filters(
        where.comparison(column(PackageRow.created)), "When it was made here."
    )
    modified: DateTimeFilter | None = filters(
        where.comparison(column(PackageRow.modified)), "When it was last written here."
    )
    category: Annotated["CategoryWhere", strawberry.lazy("schema.category")] | None = filters(
        where.in_one(CategoryRow, PackageRow.category_id, "slug", IN_CATEGORY),
        "This holds of its category.",
    )
    in_grid: Annotated["GridWhere", strawberry.lazy("schema.grid")] | None = filters(
        where.in_related(
            GridRow,
            related(GridPackage.grid_id, GridRow.id),
            through=(GridPackage, related(PackageRow.id, GridPackage.package_id)),
        ),
        "In at least one grid for which this holds.",
    )
    AND: list["PackageWhere"] | None = filters(where.every, "All of these hold.")
    OR: list["PackageWhere"] | None = filters(where.some, "At least one of these holds.")
    NOT: Optional["PackageWhere"] = filters(where.complement, "This does not hold.")


@strawberry.enum(description="What packages can be sorted by.")
class PackageOrderField(enum.Enum):
    TITLE = sorts(column(PackageRow.title_folded), "The title, case-folded, by code point.")
    SLUG = sorts(column(PackageRow.slug_folded), "The slug, case-folded, by code point.")
    REPO_WATCHERS = sorts(column(PackageRow.repo_watchers), "Stars.")
    REPO_FORKS = sorts(column(PackageRow.repo_forks), "Forks.")
    SCORE = sorts(column(PackageRow.score), "The score.")
    LAST_UPDATED = sorts(column(PackageRow.last_updated), "The newest commit's date.")
    LAST_FETCHED = sorts(ingest.of_ingest(Ingest.last_fetched), "When last fetched.")
    CREATED = sorts(column(PackageRow.created), "When it was made here.")
    MODIFIED = sorts(column(PackageRow.modified), "When it was last written here.")
    GRID_COUNT = sorts(column(PackageRow.grid_count), "How many grids compare it.")


@strawberry.input(
    description=(
        "One key of an order of packages. Nulls come last either way; the id breaks ties. TITLE"
        " and SLUG compare case-folded, by code point, alike on every database. Where no order is"
        " given: TITLE ASC."
    )
)
class PackageOrder:
    field: PackageOrderField = sorted_by()
    direction: OrderDirection = direction(OrderDirection.ASC)


@strawberry.type(description="A package: a repository, what PyPI has of it, and who compares it.")
class Package(Node):
    database_id: int = reads(
        stored(PackageRow.database_id), DATABASE_ID_DESCRIPTION + " Never used again."
    )
    revision: int = reads(
        stored(PackageRow.revision),
        "Grows by one with every edit by a person or a script, not with ingested figures: pass it"
        " back as expectedRevision.",
    )
    title: str = reads(stored(PackageRow.title), "Its name, as a curator or upstream wrote it.")
    slug: str = reads(stored(PackageRow.slug), "Its name in addresses; unique, whatever the case.")
    category: Annotated["Category", strawberry.lazy("schema.category")] = reads(
        one(CategoryRow, related(PackageRow.category_id, CategoryRow.id)), "Its one category."
    )
    grids: list[Annotated["Grid", strawberry.lazy("schema.grid")]] = reads(
        many(
            GridRow,
            related(GridPackage.grid_id, GridRow.id),
            GridRow.title_folded,
            GridRow.id,
            through=(GridPackage, related(PackageRow.id, GridPackage.package_id)),
        ),
        "The grids that compare this package, by title.",
    )
    repo_url: str | None = reads(
        stored(PackageRow.repo_url), "The repository's address: https, without .git."
    )
    repo_host: RepoHost = reads(stored(PackageRow.repo_host), "The kind of site it is on.")
    repo_description: str = reads(
        stored(PackageRow.repo_description), "One line, from its repository or a curator."
    )
    repo_watchers: int | None = reads(
        stored(PackageRow.repo_watchers), "Stars, from its host; null until known (v4 shows 0)."
    )
    repo_forks: int | None = reads(
        stored(PackageRow.repo_forks), "Forks, from its host; null until known (v4 shows 0)."
    )
    commit_count: int | None = reads(
        stored(PackageRow.commit_count),
        "Commits on the default branch, from its host; null until known.",
    )
    contributor_count: int | None = reads(
        stored(PackageRow.contributor_count),
        "People with commits, from its host; null until known.",
    )
    pypi_url: str | None = reads(
        stored(PackageRow.pypi_url), "Its project's page on PyPI, as it was given."
    )
    pypi_name: str | None = reads(
        stored(PackageRow.pypi_name), "The project's name on PyPI, normalised (PEP 503)."
    )
    pypi_version: str | None = reads(
        stored(PackageRow.pypi_version), "The newest version on PyPI: stable, where there is one."
    )
    documentation_url: str | None = reads(
        stored(PackageRow.documentation_url), "Its documentation's address."
    )
    homepage_url: str | None = reads(
        stored(PackageRow.homepage_url), "Its own site's address, from PyPI or its host."
    )
    topics: list[str] = reads(
        stored(PackageRow.topics), "What its host has it under: django, task-queue."
    )
    advisories: list[str] = reads(
        stored(PackageRow.advisories),
        "The ids of the vulnerabilities that are known of its newest version, from PyPI:"
        " PYSEC-2024-28, GHSA-rrqc-c2jx-6jgv.",
    )
    commits_over_52: list[int] = reads(
        stored(PackageRow.commits_over_52),
        "Commits in each of the last 52 weeks, oldest first, from its host; empty until first"
        " fetched.",
    )
    commits_over_52_ends: DateTime | None = reads(
        stored(PackageRow.commits_over_52_ends), "The end of the last of those weeks."
    )
    participants: list[str] = reads(
        stored(PackageRow.participants),
        "Contributors' logins on its host, most commits first; ingest keeps the first 100.",
    )
    last_updated: DateTime | None = reads(
        stored(PackageRow.last_updated), "The date of the newest commit upstream."
    )
    last_fetched: DateTime | None = reads(
        computed(ingest.of_ingest(Ingest.last_fetched)),
        "The last time that its figures were fetched; null before.",
    )
    created: DateTime = reads(stored(PackageRow.created), "When it was made here.")
    modified: DateTime = reads(stored(PackageRow.modified), "When it was last written here.")
    licenses: list[str] = reads(
        stored(PackageRow.licenses), "SPDX expressions or identifiers, from PyPI or its host."
    )
    requires_python: str | None = reads(
        stored(PackageRow.requires_python),
        "The Python versions that its newest release runs on: >=3.9; PyPI's.",
    )
    supports_python3: bool | None = reads(
        stored(PackageRow.supports_python3), "Whether it runs on Python 3; null until known."
    )
    development_status: DevelopmentStatus | None = reads(
        stored(PackageRow.development_status), "How finished it is, by PyPI; null until known."
    )
    is_archived: bool = reads(
        stored(PackageRow.is_archived), "Read-only upstream; false where not known."
    )
    deprecated_at: DateTime | None = reads(
        stored(PackageRow.deprecated_at), "Since when it should not be used any more; else null."
    )
    replaced_by: Optional["Package"] = reads(
        one(PackageRow, related(PackageRow.replaced_by_id, PackageRow.id)),
        "The package to use in its place, where one is named.",
    )
    score: int = reads(
        stored(PackageRow.score),
        "Stars, less a tenth for each quarter since the newest release, less up to 1,000 without"
        " Python 3; -500 at least. The formula is in docs/score.md.",
    )
    score_parts: list[ScorePart] = reads(
        score_parts, "What the score is added up from: the sum of their points is the score."
    )
    versions: VersionConnection = reads(
        fixed_connection(
            VersionRow,
            related(PackageRow.id, VersionRow.package_id),
            (VersionRow.sort_key, True),
        ),
        "Its releases, newest first, by PEP 440.",
        *page_arguments(),
    )
    cells: list[Annotated["Cell", strawberry.lazy("schema.grid")]] = reads(
        cells.package_cells,
        "What one grid says of it: one cell for each of the grid's features; empty where the grid"
        " does not compare it.",
        argument("grid", GridRef, "Which grid."),
    )
    provenance: list[FieldProvenance] = reads(
        provenance,
        "Where its fields come from, by their names in Change.diff; a field that nobody has set"
        " yet is not among them.",
    )
    ingest: IngestStatus = reads(same, "How fetching its figures goes.")
    changes: ChangeConnection = reads(
        fixed_connection(ChangeRow, changes_of("Package", PackageRow.id)),
        "Its own, oldest first.",
        *page_arguments(ChangeWhere),
    )


@strawberry.type(description="A page of packages.")
class PackageConnection(Connection[Edge[Package], Package]):
    facets: PackageFacets = reads(same, FACETS)
