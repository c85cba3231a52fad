"""The cells of grids: one for each feature of the grid, empty where nothing is said."""

import enum
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    and_,
    case,
    exists,
    literal_column,
    select,
)

from db.grid import Cell, Feature, Grid, GridPackage
from db.package import Package
from resolvers.compile import Read, Selected
from resolvers.connections import filtered
from resolvers.json_text import Constant, JsonText, json_array, json_object, scalar
from resolvers.order import Key, Order, order_by
from resolvers.page import RowPage, Source
from resolvers.reads import Row
from resolvers.refs import is_meant, key_of
from resolvers.where import Holds, Where, check_size, where_of

CELLS = 20
"""How many features a grid is taken to have."""


@dataclass(frozen=True, slots=True)
class CellOf:
    """The scope of a cell: a package, a feature, and the stored cell or a row of nulls."""

    package: Row
    feature: Row
    cell: Row
    is_stored: bool = False

    def value(self, name: str) -> ColumnElement[Any]:
        return self.cell.c[name] if self.is_stored else value_of(self.cell, name)


EMPTY = {"text": "''", "text_folded": "''", "verdict": "'UNKNOWN'", "strength": "0"}


EMPTY_JSON = {"text": '""', "verdict": '"UNKNOWN"', "strength": "0", "__typename": '"Cell"'}


def value_of(cell: Row, name: str) -> ColumnElement[Any]:
    """A column of a stored cell; of an empty one what stands for it."""
    column = cell.c[name]
    return case((column.is_not(None), column), else_=literal_column(EMPTY[name], column.type))


def cell_value(name: str) -> Read:
    """`text`, `verdict` or `strength` of a cell."""
    return lambda cell, selected: scalar(cell.value(name))


def cell_package(cell: CellOf, selected: Selected) -> JsonText:
    return selected.object(cell.package)


def cell_feature(cell: CellOf, selected: Selected) -> JsonText:
    return selected.object(cell.feature)


def with_cells(selected: Selected, package: Row) -> tuple[CellOf, FromClause]:
    """The cells of `package`: their scope, and its tables, features with what is stored of each."""
    feature, cell = Row(selected, Feature), Row(selected, Cell)
    stored = and_(cell.c.feature_id == feature.c.id, cell.c.package_id == package.c.id)
    return CellOf(package, feature, cell), feature.table.outerjoin(cell.table, stored)


def edge_cells(page: RowPage, selected: Selected) -> JsonText:
    """What the grid that the page belongs to says of each package."""
    assert page.parent is not None
    cell, tables = with_cells(selected, page.row)
    return _cells(selected, cell, tables, cell.feature.c.grid_id == page.parent.c.id)


def package_cells(package: Row, selected: Selected) -> JsonText:
    """What the grid that the argument looks up says of a package; nothing where it has no such."""
    member, grid = Row(selected, GridPackage), Row(selected, Grid)
    cell, tables = with_cells(selected, package)
    meant = is_meant(selected, grid, Grid, selected.arguments["grid"])
    member_of = select(member.c.grid_id).select_from(
        member.table.join(grid.table, grid.c.id == member.c.grid_id)
    )
    member_of = member_of.where(member.c.package_id == package.c.id, meant)
    member_of = member_of.correlate_except(*member.own, *grid.own)
    return _cells(selected, cell, tables, cell.feature.c.grid_id == member_of.scalar_subquery())


def _cells(selected: Selected, cell: CellOf, tables: FromClause, condition: Holds) -> JsonText:
    """The list of cells, in the order of their features."""
    feature, element = cell.feature, _element(selected, cell)
    return json_array(
        select(element)
        .select_from(feature.within(tables))
        .where(condition)
        .order_by(feature.c.position, feature.c.id)
        .correlate_except(*feature.own, *cell.cell.own)
    )


def _element(selected: Selected, cell: CellOf) -> JsonText:
    """A cell's object; where all of an empty one is constant, one test tells them apart."""
    fields = selected.selections()
    if not all(field.name in EMPTY_JSON for field in fields.values()):
        return selected.each(cell, CELLS)
    empty = json_object((key, Constant(EMPTY_JSON[f.name])) for key, f in fields.items())
    stored = selected.each(replace(cell, is_stored=True), CELLS)
    return case((cell.cell.c.text.is_(None), empty), else_=stored)


def grid_packages(orders: type[enum.Enum]) -> Read:
    """A page of the packages that a grid compares; `cells` filters, `orderByCell` orders them."""

    def read(grid: Row, selected: Selected) -> JsonText:
        member, row = Row(selected, GridPackage), Row(selected, Package)
        tables: FromClause = member.table.join(row.table, row.c.id == member.c.package_id)
        own = (*member.own, *row.own)
        conditions = [member.c.grid_id == grid.c.id, *filtered(selected, row)]
        conditions += _cell_conditions(selected, grid, row)
        tag, keys = order_by(selected, row, orders)
        order = Order(tag, (*keys, Key(row.c.id)))
        if (by_cell := selected.arguments.get("orderByCell")) is not None:
            cell = Row(selected, Cell)
            own += cell.own
            feature_id = selected.bind(by_cell["feature"], BigInteger(), key_of("Feature"))
            tables = tables.outerjoin(
                cell.table,
                and_(
                    cell.c.feature_id == feature_id,
                    cell.c.package_id == row.c.id,
                    cell.c.grid_id == grid.c.id,
                ),
            )
            direction = by_cell["direction"].name
            order = Order(
                f"{tag} CELL {direction}",
                (*_cell_keys(cell, direction == "DESC"), *order.keys),
                about=by_cell["feature"],
            )
        source = Source(row, tables, own, tuple(conditions))
        page = RowPage(selected, Package, source, order, parent=grid)
        return page.answer()

    return read


def _cell_keys(cell: Row, descending: bool) -> tuple[Key, ...]:
    """By strength, then by text; packages without the cell come last, as nulls do."""
    is_empty = case((cell.c.text.is_(None), literal_column("1", Integer)), else_=0)
    return (
        Key(is_empty),
        Key(value_of(cell, "strength"), descending),
        Key(value_of(cell, "text_folded"), descending),
    )


def _cell_conditions(selected: Selected, grid: Row, package: Row) -> list[Holds]:
    given = selected.arguments.get("cells") or []
    check_size("cells", given, selected.limits.list_max)
    conditions: list[Holds] = []
    for cell_where in given:
        cell, tables = with_cells(selected, package)
        holds = where_of(selected, "cells").holds(cell, cell_where)
        found = select(1).select_from(tables).where(cell.feature.c.grid_id == grid.c.id, holds)
        conditions.append(exists(found.correlate_except(*cell.feature.own, *cell.cell.own)))
    return conditions


def of_feature(where: Where, cell: CellOf, value: Any) -> Holds:
    """The cell is of the feature with this id."""
    return cell.feature.c.id == where.selected.bind(value, BigInteger(), key_of("Feature"))
