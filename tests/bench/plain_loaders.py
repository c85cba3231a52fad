"""The rows of plain Strawberry: SQLAlchemy's sessions, and a DataLoader for each relation."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker
from strawberry.dataloader import DataLoader

from db.category import Category
from db.grid import Cell, Feature, Grid, GridPackage
from db.ingest import Ingest
from db.package import Package

Loader: TypeAlias = DataLoader[int, Any]


class Loaders:
    """A request's DataLoaders; a session is opened for each statement."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.session = async_sessionmaker(engine, expire_on_commit=False)
        self.category: Loader = DataLoader(lambda keys: self.by_key(Category, keys))
        self.grid: Loader = DataLoader(lambda keys: self.by_key(Grid, keys))
        self.package: Loader = DataLoader(lambda keys: self.by_key(Package, keys))
        self.grids = DataLoader(self.grids_of_packages)
        self.members = DataLoader(self.packages_of_grids)
        self.features = DataLoader(self.features_of_grids)
        self.cells = DataLoader(self.cells_of_members)
        self.fetched = DataLoader(self.fetched_of_packages)

    async def rows(self, query: Any) -> list[Any]:
        async with self.session() as session:
            return list((await session.execute(query)).all())

    async def by_key(self, model: Any, keys: list[int]) -> list[Any]:
        rows = await self.rows(select(model).where(model.id.in_(keys)))
        found = {row.id: row for (row,) in rows}
        return [found.get(key) for key in keys]

    async def grids_of_packages(self, keys: list[int]) -> list[list[Any]]:
        query = select(GridPackage.package_id, Grid).join(Grid, Grid.id == GridPackage.grid_id)
        query = query.where(GridPackage.package_id.in_(keys))
        return grouped(await self.rows(query.order_by(Grid.title_folded, Grid.id)), keys)

    async def packages_of_grids(self, keys: list[tuple[int, int]]) -> list[list[Any]]:
        """The first packages of each of the grids; a key is a grid's and how many."""
        by_title = (Package.title_folded, Package.id)
        place = func.row_number().over(partition_by=GridPackage.grid_id, order_by=by_title)
        member = select(GridPackage, place.label("place"))
        member = member.join(Package, Package.id == GridPackage.package_id)
        ranked = member.where(GridPackage.grid_id.in_([grid for grid, _ in keys])).subquery()
        query = select(ranked.c.grid_id, Package)
        query = query.join(Package, Package.id == ranked.c.package_id)
        query = query.where(ranked.c.place <= max(size for _, size in keys))
        rows = await self.rows(query.order_by(ranked.c.place))
        packages = grouped(rows, [grid for grid, _ in keys])
        return [found[:size] for found, (_, size) in zip(packages, keys, strict=True)]

    async def features_of_grids(self, keys: list[int]) -> list[list[Any]]:
        query = select(Feature.grid_id, Feature).where(Feature.grid_id.in_(keys))
        query = query.order_by(Feature.position, Feature.id)
        return grouped(await self.rows(query), keys)

    async def cells_of_members(self, keys: list[tuple[int, int]]) -> list[dict[int, Any]]:
        """The cells, by feature, of packages in grids; a key is a grid's and a package's."""
        query = select(Cell).where(
            Cell.grid_id.in_({grid for grid, _ in keys}),
            Cell.package_id.in_({package for _, package in keys}),
        )
        found: dict[tuple[int, int], dict[int, Any]] = defaultdict(dict)
        for (cell,) in await self.rows(query):
            found[cell.grid_id, cell.package_id][cell.feature_id] = cell
        return [found[key] for key in keys]

    async def fetched_of_packages(self, keys: list[int]) -> list[Any]:
        query = select(Ingest.package_id, Ingest.last_fetched).where(Ingest.package_id.in_(keys))
        found = {row.package_id: row.last_fetched for row in await self.rows(query)}
        return [found.get(key) for key in keys]


def grouped(rows: Iterable[Any], keys: list[int]) -> list[list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, row in rows:
        found[key].append(row)
    return [found[key] for key in keys]
