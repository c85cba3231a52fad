"""What plain Strawberry is given."""

import enum

import strawberry
from sqlalchemy import ColumnElement, select

from db.category import Category as CategoryRow
from db.package import Package as PackageRow
from db.text import fold


@strawberry.input
class Ref:
    slug: str


@strawberry.enum
class PackageOrderField(enum.Enum):
    REPO_WATCHERS = "REPO_WATCHERS"
    SCORE = "SCORE"


@strawberry.enum
class OrderDirection(enum.Enum):
    DESC = "DESC"


@strawberry.input
class PackageOrder:
    field: PackageOrderField
    direction: OrderDirection


@strawberry.input
class StringFilter:
    eq: str | None = None
    contains: str | None = None


@strawberry.input
class IntFilter:
    gte: int


@strawberry.input
class CategoryWhere:
    slug: StringFilter


@strawberry.input
class PackageWhere:
    category: CategoryWhere | None = None
    repo_watchers: IntFilter | None = None
    title: StringFilter | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.category is not None:
            category = select(CategoryRow.id).where(CategoryRow.slug == self.category.slug.eq)
            found.append(PackageRow.category_id.in_(category))
        if self.repo_watchers is not None:
            found.append(PackageRow.repo_watchers >= self.repo_watchers.gte)
        if self.title is not None and self.title.contains is not None:
            contained = fold(self.title.contains)
            found.append(PackageRow.title_folded.contains(contained, autoescape=True))
        return found


@strawberry.input
class PackageUpdateInput:
    id: strawberry.ID
    repo_description: str
