"""What people write today: Strawberry with DataLoaders and its parser and validation caches.

    python -m tests.bench.plain DATABASE_URL PORT

Rows come from the project's tables by SQLAlchemy's async engine, as its documentation shows; fields
are read off them by Strawberry's default resolver.
"""

import asyncio
import datetime as dt
import sys
from collections import defaultdict
from typing import Annotated, Any, cast

import orjson
import strawberry
import uvicorn
from sqlalchemy import ColumnElement, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from db.category import Category as CategoryRow
from db.engine import read_url
from db.grid import Grid as GridRow
from db.grid import Verdict
from db.package import DevelopmentStatus
from db.package import Package as PackageRow
from db.text import fold
from tests.bench.limit import words
from tests.bench.limit_edit import SQL
from tests.bench.plain_edit import describe
from tests.bench.plain_inputs import (
    PackageOrder,
    PackageOrderField,
    PackageUpdateInput,
    PackageWhere,
    Ref,
)
from tests.bench.plain_loaders import Loaders

STARS = func.coalesce(PackageRow.repo_watchers, -1)
strawberry.enum(DevelopmentStatus)
strawberry.enum(Verdict)
Info = strawberry.Info[Any, None]


@strawberry.type
class Category:
    database_id: int
    title: str
    slug: str

    @classmethod
    def is_type_of(cls, row: object, info: Any) -> bool:
        return isinstance(row, CategoryRow)


@strawberry.type
class Feature:
    title: str
    description: str


@strawberry.type
class Cell:
    text: str
    verdict: Verdict
    strength: int


@strawberry.type
class Grid:
    database_id: int
    title: str
    slug: str
    description: str

    @classmethod
    def is_type_of(cls, row: object, info: Any) -> bool:
        return isinstance(row, GridRow)

    @strawberry.field
    async def features(self: Any, info: Info) -> list[Feature]:
        return cast(list[Feature], await info.context.features.load(self.id))

    @strawberry.field
    async def packages(self: Any, info: Info, first: int = 20) -> "GridPackageConnection":
        packages = await info.context.members.load((self.id, first))
        return GridPackageConnection(
            nodes=packages, edges=[GridPackageEdge(node=each, grid=self) for each in packages]
        )


@strawberry.type
class Package:
    database_id: int
    title: str
    slug: str
    repo_url: str | None
    repo_description: str
    repo_watchers: int | None
    repo_forks: int | None
    pypi_url: str | None
    pypi_version: str | None
    documentation_url: str | None
    licenses: list[str]
    participants: list[str]
    last_updated: dt.datetime | None
    created: dt.datetime
    modified: dt.datetime
    score: int
    revision: int

    @classmethod
    def is_type_of(cls, row: object, info: Any) -> bool:
        return isinstance(row, PackageRow)

    @strawberry.field
    def commits_over_52(self: Any) -> list[int]:
        commits: list[int] = self.commits_over_52
        return commits

    @strawberry.field
    def development_status(self: Any) -> DevelopmentStatus | None:
        status = self.development_status
        return None if status is None else DevelopmentStatus(status)

    @strawberry.field
    async def category(self: Any, info: Info) -> Category:
        return cast(Category, await info.context.category.load(self.category_id))

    @strawberry.field
    async def grids(self: Any, info: Info) -> list[Grid]:
        return cast(list[Grid], await info.context.grids.load(self.id))

    @strawberry.field
    async def last_fetched(self: Any, info: Info) -> dt.datetime | None:
        return cast("dt.datetime | None", await info.context.fetched.load(self.id))


@strawberry.type
class GridPackageEdge:
    node: Package
    grid: strawberry.Private[Any]

    @strawberry.field
    async def cells(self, info: Info) -> list[Cell]:
        features = await info.context.features.load(self.grid.id)
        stored = await info.context.cells.load((self.grid.id, self.node.id))  # type: ignore[attr-defined]
        found = [stored.get(feature.id) for feature in features]
        return [
            Cell(text=cell.text, verdict=Verdict(cell.verdict), strength=cell.strength)
            if cell
            else Cell(text="", verdict=Verdict.UNKNOWN, strength=0)
            for cell in found
        ]


@strawberry.type
class GridPackageConnection:
    nodes: list[Package]
    edges: list[GridPackageEdge]


@strawberry.type
class GridConnection:
    nodes: list[Grid]


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class CategoryCount:
    count: int
    category: Category


@strawberry.type
class ValueCount:
    count: int
    value: str


def most_first(query: Any, *order: Any) -> Any:
    return query.order_by(func.count().desc(), *order)


@strawberry.type
class PackageFacets:
    conditions: strawberry.Private[list[ColumnElement[bool]]]

    @strawberry.field
    async def categories(self, info: Info) -> list[CategoryCount]:
        query = select(CategoryRow, func.count()).join(
            PackageRow, PackageRow.category_id == CategoryRow.id
        )
        query = query.where(*self.conditions).group_by(CategoryRow.id)
        rows = await info.context.rows(most_first(query, CategoryRow.title_folded, CategoryRow.id))
        return [CategoryCount(count=count, category=category) for category, count in rows]

    @strawberry.field
    async def licenses(self, info: Info) -> list[ValueCount]:
        # A list in a column is counted here: its elements are spelled otherwise on each database.
        counts: dict[str, int] = defaultdict(int)
        for (licenses,) in await info.context.rows(
            select(PackageRow.licenses).where(*self.conditions)
        ):
            for name in licenses:
                counts[name] += 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [ValueCount(count=count, value=value) for value, count in ordered]

    @strawberry.field
    async def development_statuses(self, info: Info) -> list[ValueCount]:
        return await self._by(PackageRow.development_status, info)

    @strawberry.field
    async def repo_hosts(self, info: Info) -> list[ValueCount]:
        return await self._by(PackageRow.repo_host, info)

    async def _by(self, column: Any, info: Info) -> list[ValueCount]:
        query = select(column, func.count()).where(*self.conditions, column.is_not(None))
        rows = await info.context.rows(query.group_by(column))
        ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
        return [ValueCount(count=count, value=value) for value, count in ordered]


@strawberry.type
class PackageConnection:
    nodes: list[Package]
    page_info: PageInfo
    conditions: strawberry.Private[list[ColumnElement[bool]]]

    @strawberry.field
    async def total_count(self, info: Info) -> int:
        query = select(func.count()).select_from(PackageRow).where(*self.conditions)
        ((count,),) = await info.context.rows(query)
        return int(count)

    @strawberry.field
    def facets(self) -> PackageFacets:
        return PackageFacets(conditions=self.conditions)


@strawberry.type
class SearchEdge:
    score: float
    node: Annotated[Package | Grid | Category, strawberry.union("SearchResult")]


@strawberry.type
class SearchConnection:
    edges: list[SearchEdge]


async def by_slug(info: Info, model: Any, slug: str) -> Any:
    rows = await info.context.rows(select(model).where(model.slug_folded == fold(slug)))
    return rows[0][0] if rows else None


@strawberry.type
class Query:
    @strawberry.field
    async def package(self, info: Info, by: Ref) -> Package | None:
        return cast("Package | None", await by_slug(info, PackageRow, by.slug))

    @strawberry.field
    async def grid(self, info: Info, by: Ref) -> Grid | None:
        return cast("Grid | None", await by_slug(info, GridRow, by.slug))

    @strawberry.field
    async def grids(self, info: Info, first: int = 20) -> GridConnection:
        query = select(GridRow).order_by(GridRow.title_folded, GridRow.id).limit(first)
        return GridConnection(nodes=[grid for (grid,) in await info.context.rows(query)])

    @strawberry.field
    async def packages(
        self,
        info: Info,
        order_by: list[PackageOrder],
        where: PackageWhere | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> PackageConnection:
        by_stars = order_by[0].field is PackageOrderField.REPO_WATCHERS
        key: Any = STARS if by_stars else PackageRow.score
        conditions = where.conditions() if where is not None else []
        query = select(PackageRow, key).where(*conditions).order_by(key.desc(), PackageRow.id)
        if after is not None:
            _, value, last = orjson.loads(after)
            query = query.where(key <= value, or_(key < value, PackageRow.id > last))
        rows = await info.context.rows(query.limit(first + 1))
        end = None
        if rows:
            package, value = rows[:first][-1]
            tag = f"Query.packages {order_by[0].field.value} DESC"
            end = orjson.dumps([tag, value, package.id]).decode()
        return PackageConnection(
            nodes=[package for package, _ in rows[:first]],
            page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=end),
            conditions=conditions,
        )

    @strawberry.field
    async def search(self, info: Info, query: str, first: int) -> SearchConnection:
        """Ranked by the statement of the limit, but for its last part."""
        (ranges,) = words({"text": query})
        async with info.context.session() as session:
            database = session.get_bind().dialect.name
            ranking = (SQL / database / "q8.sql").read_text().partition("\nSELECT '")[0]
            bound = ranking.replace("?1", ":ranges").replace("$1::json", "CAST(:ranges AS json)")
            query_ = text(f"{bound} SELECT score, node_type, node_id FROM best LIMIT :first")
            rows = list(await session.execute(query_, {"ranges": ranges, "first": first}))
        nodes = await asyncio.gather(
            *(getattr(info.context, name.lower()).load(key) for _, name, key in rows)
        )
        return SearchConnection(
            edges=[
                SearchEdge(score=row.score, node=node)
                for row, node in zip(rows, nodes, strict=True)
            ]
        )


@strawberry.type
class UserError:
    path: list[str]
    code: str
    message: str


@strawberry.type
class PackagePayload:
    package: Package | None
    errors: list[UserError]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def package_update(self, info: Info, input: PackageUpdateInput) -> PackagePayload:
        key = int(input.id.partition(":")[2])
        package = await describe(info.context.session, key, input.repo_description)
        missing = UserError(path=["input", "id"], code="NOT_FOUND", message="no such package")
        return PackagePayload(
            package=cast("Package | None", package), errors=[] if package else [missing]
        )


class Endpoint(GraphQL[Any, None]):
    def __init__(self, engine: AsyncEngine) -> None:
        schema = strawberry.Schema(
            Query,
            mutation=Mutation,
            extensions=[lambda: ParserCache(maxsize=100), lambda: ValidationCache(maxsize=100)],
        )
        super().__init__(schema)
        self.engine = engine

    async def get_context(self, request: Any, response: Any) -> Any:
        return Loaders(self.engine)


def create_app(url: str) -> Starlette:
    # SQLite has one writer at a time: the others wait. PostgreSQL's compiling to machine code would
    # make its search several hundred times slower.
    settings: dict[str, Any] = {"server_settings": {"jit": "off"}}
    if url.startswith("sqlite"):
        settings = {"timeout": 30}
    engine = create_async_engine(
        read_url(url),
        connect_args=settings,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )
    return Starlette(routes=[Route("/graphql", Endpoint(engine))])


if __name__ == "__main__":
    uvicorn.run(
        create_app(sys.argv[1]), port=int(sys.argv[2]), log_level="warning", access_log=False
    )
