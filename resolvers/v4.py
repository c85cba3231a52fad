"""What the REST API v4 reads: a page or an object of a resource, each in one statement.

The statement writes the JSON, as a GraphQL operation's does. The order, and what stands for what is
unknown, are v4's own, which no GraphQL field has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    FromClause,
    ScalarSelect,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from db.alias import Alias, AliasKind
from db.base import Base
from db.category import Category
from db.grid import Grid, GridPackage
from db.ingest import Ingest
from db.package import Package
from db.read import Statement
from resolvers.json_text import (
    Constant,
    InstantText,
    JsonText,
    chain,
    json_array,
    json_object,
    or_null,
    scalar,
)

MARK = "\x01"
"""Stands before each instant: JSON has no such character, so no other text can hold it."""

MOST = 2**31 - 1
"""What a limit, an offset and a number are cut to: no table has as many rows."""

BASE, TAIL = bindparam("base", type_=Text), bindparam("tail", type_=Text)
NAME, NUMBER = bindparam("name", type_=Text), bindparam("number", type_=BigInteger)
LIMIT, OFFSET = bindparam("limit", type_=BigInteger), bindparam("offset", type_=BigInteger)

package, grid, category = Package.__table__, Grid.__table__, Category.__table__
alias, ingest, member = Alias.__table__, Ingest.__table__, GridPackage.__table__

Members: TypeAlias = Sequence[tuple[str, JsonText]]


def link(resource: str, number: ColumnElement[int]) -> JsonText:
    """The address of an object, from the parameters `base` and `tail`, which need no escape."""
    return chain(Constant('"'), BASE, Constant(f"{resource}/"), cast(number, Text), TAIL, QUOTE)


QUOTE = Constant('"')


def instant(value: ColumnElement[Any]) -> JsonText:
    """An instant, in UTC, after a `MARK`."""
    return or_null(chain(Constant(f'"{MARK}'), InstantText(value), QUOTE))


def known(value: ColumnElement[Any], unknown: str) -> JsonText:
    """A value; `unknown`, as SQL, where there is none."""
    return scalar(func.coalesce(value, literal_column(unknown), type_=value.type))


def stored(table: FromClause, *names: str) -> Members:
    return [(name, scalar(table.c[name])) for name in names]


def dates(table: FromClause) -> Members:
    return [(name, instant(table.c[name])) for name in ("created", "modified")]


def members(
    resource: str, table: FromClause, pair: ColumnElement[bool], of: ColumnElement[bool], *by: Any
) -> JsonText:
    """The links to the grids of a package, or to the packages of a grid."""
    tables = table.join(member, pair)
    query = select(link(resource, table.c.database_id)).select_from(tables).where(of).order_by(*by)
    return json_array(query.correlate_except(member, table))


def a_package() -> Members:
    c = package.c
    its_category = select(link("categories", category.c.database_id))
    fetched = select(ingest.c.last_fetched).where(ingest.c.package_id == c.id)
    grids = members(
        *("grids", grid, member.c.grid_id == grid.c.id, member.c.package_id == c.id),
        grid.c.database_id,
    )
    return [
        ("category", its_category.where(category.c.id == c.category_id).scalar_subquery()),
        ("grids", grids),
        ("id", scalar(c.database_id)),
        *stored(package, "title", "slug"),
        ("last_updated", instant(c.last_updated)),
        ("last_fetched", instant(fetched.scalar_subquery())),
        ("repo_url", known(c.repo_url, "''")),
        ("pypi_version", scalar(c.pypi_version)),
        *dates(package),
        ("repo_forks", known(c.repo_forks, "0")),
        ("repo_description", scalar(c.repo_description)),
        ("pypi_url", known(func.coalesce(c.pypi_url, c.pypi_name, type_=Text), "''")),
        ("documentation_url", known(c.documentation_url, "''")),
        ("repo_watchers", known(c.repo_watchers, "0")),
        *stored(package, "commits_over_52", "participants"),
    ]


def a_grid() -> Members:
    packages = members(
        *("packages", package, member.c.package_id == package.c.id, member.c.grid_id == grid.c.id),
        *(package.c.title_folded, package.c.id),
    )
    return [
        ("id", scalar(grid.c.database_id)),
        *stored(grid, "title", "slug", "description", "is_locked"),
        ("packages", packages),
        *stored(grid, "header"),
        *dates(grid),
    ]


def a_category() -> Members:
    texts = ("title", "slug", "description", "title_plural", "show_pypi")
    return [("id", scalar(category.c.database_id)), *stored(category, *texts), *dates(category)]


RESOURCES: dict[str, tuple[type[Base], Callable[[], Members]]] = {
    "packages": (Package, a_package),
    "grids": (Grid, a_grid),
    "categories": (Category, a_category),
}


@dataclass(frozen=True, slots=True)
class Query:
    """A statement and the names of its parameters, in order; the rest of them are constants."""

    statement: Statement
    names: Sequence[str]
    constants: dict[str, Any]

    def values(self, **given: Any) -> list[Any]:
        """The statement's values. Numbers are to be at most `MOST`."""
        return [given.get(name, self.constants.get(name)) for name in self.names]


def page(resource: str, dialect: Dialect) -> Query:
    """How many there are, and the array of those on a page, those with the highest numbers first.

    Parameters: base, tail, limit, offset.
    """
    model, of = RESOURCES[resource]
    table = model.__table__
    newest = table.alias("newest")
    numbers = select(newest.c.id).order_by(newest.c.database_id.desc()).limit(LIMIT).offset(OFFSET)
    keys = numbers.subquery("keys")
    rows = select(json_object(of())).select_from(keys.join(table, table.c.id == keys.c.id))
    count = select(cast(func.count(), Text)).select_from(table.alias("all")).scalar_subquery()
    return _compiled(dialect, count, json_array(rows.order_by(table.c.database_id.desc())))


def one(resource: str, dialect: Dialect) -> Query:
    """The object with a number, else with a slug, else that had that number or that slug once.

    NULL where there is none. Parameters: base, tail, number and name, of which each may be None.
    The name is folded.
    """
    model, of = RESOURCES[resource]
    table = model.__table__
    own = table.alias("own")

    def former(kind: AliasKind, name: ColumnElement[str]) -> ScalarSelect[Any]:
        query = select(alias.c.node_id).where(
            alias.c.node_type == Constant(model.__name__.upper()),
            alias.c.kind == Constant(kind.name),
            alias.c.name == name,
        )
        return query.scalar_subquery()

    key = func.coalesce(
        select(own.c.id).where(own.c.database_id == NUMBER).scalar_subquery(),
        select(own.c.id).where(own.c.slug_folded == NAME).scalar_subquery(),
        former(AliasKind.DATABASE_ID, cast(NUMBER, Text)),
        former(AliasKind.SLUG, NAME),
    )
    return _compiled(dialect, select(json_object(of())).where(table.c.id == key).scalar_subquery())


def _compiled(dialect: Dialect, *columns: ColumnElement[Any]) -> Query:
    labelled = [column.label(f"column_{i}") for i, column in enumerate(columns)]
    sql = select(*labelled).compile(dialect=dialect)
    return Query(Statement(sql.string), tuple(sql.positiontup or ()), dict(sql.params))
