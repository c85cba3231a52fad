"""Categories in the schema."""

import enum
from typing import Optional

import strawberry

from db.category import Category as CategoryRow
from db.change import Change as ChangeRow
from db.package import Package as PackageRow
from resolvers import where
from resolvers.changes import changes_of
from resolvers.connections import connection, fixed_connection
from resolvers.reads import column, related, stored
from schema.change import ChangeConnection, ChangeWhere
from schema.connection import Connection, Edge
from schema.fields import filters, page_arguments, reads
from schema.filters import OrderDirection, StringFilter, direction, sorted_by, sorts
from schema.node import DATABASE_ID_DESCRIPTION, Node
from schema.package import (
    PackageConnection,
    PackageOrder,
    PackageOrderField,
    PackageWhere,
)
from schema.scalars import DateTime


@strawberry.input(
    description="All that is given must hold. AND: [] matches all, OR: [] none; null is an error."
)
class CategoryWhere:
    title: StringFilter | None = filters(where.text(CategoryRow.title), "Its title.")
    slug: StringFilter | None = filters(where.text(CategoryRow.slug), "Its slug.")
    show_pypi: bool | None = filters(
        where.flag(CategoryRow.show_pypi), "Whether its packages' pages show what PyPI says."
    )
    AND: list["CategoryWhere"] | None = filters(where.every, "All of these hold.")
    OR: list["CategoryWhere"] | None = filters(where.some, "At least one of these holds.")
    NOT: Optional["CategoryWhere"] = filters(where.complement, "This does not hold.")


@strawberry.enum(description="What categories can be sorted by.")
class CategoryOrderField(enum.Enum):
    TITLE = sorts(column(CategoryRow.title_folded), "The title, case-folded, by code point.")
    SLUG = sorts(column(CategoryRow.slug_folded), "The slug, case-folded, by code point.")
    CREATED = sorts(column(CategoryRow.created), "When it was made here.")
    MODIFIED = sorts(column(CategoryRow.modified), "When it was last edited.")
    PACKAGE_COUNT = sorts(column(CategoryRow.package_count), "How many packages are in it.")


@strawberry.input(description="One key of an order of categories.")
class CategoryOrder:
    field: CategoryOrderField = sorted_by()
    direction: OrderDirection = direction(OrderDirection.ASC)


@strawberry.type(description="A kind of package; each package is in exactly one category.")
class Category(Node):
    database_id: int = reads(stored(CategoryRow.database_id), DATABASE_ID_DESCRIPTION)
    revision: int = reads(
        stored(CategoryRow.revision), "Grows by one with every edit: pass it as expectedRevision."
    )
    title: str = reads(stored(CategoryRow.title), "Its name in the singular: App.")
    slug: str = reads(stored(CategoryRow.slug), "Its name in addresses; unique, whatever the case.")
    description: str = reads(stored(CategoryRow.description), "What belongs in it, as text.")
    title_plural: str = reads(stored(CategoryRow.title_plural), "Its name in the plural: Apps.")
    show_pypi: bool = reads(
        stored(CategoryRow.show_pypi), "Whether pages of its packages show what PyPI says."
    )
    created: DateTime = reads(stored(CategoryRow.created), "When it was made here.")
    modified: DateTime = reads(stored(CategoryRow.modified), "When it was last edited.")
    packages: PackageConnection = reads(
        connection(PackageRow, PackageOrderField, related(CategoryRow.id, PackageRow.category_id)),
        "The packages in it.",
        *page_arguments(PackageWhere, PackageOrder),
    )
    changes: ChangeConnection = reads(
        fixed_connection(ChangeRow, changes_of("Category", CategoryRow.id)),
        "Its own, oldest first.",
        *page_arguments(ChangeWhere),
    )


@strawberry.type(description="A page of categories.")
class CategoryConnection(Connection[Edge[Category], Category]):
    pass
