"""What must always hold is kept by the database itself, whoever writes.

In the small directory: category 1; packages 1 (in grid 1, with a cell under each of its features)
and 2 (in none); grid 1 with features 1 and 2. Each test's transaction is rolled back.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    delete,
    func,
    insert,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db import migrate
from db.guard import LOGGED
from tests.db.small import Row

TABLES = migrate.METADATA.tables

GRID: Row = {"id": 9, "database_id": 9, "slug": "New", "slug_folded": "new"}
PACKAGE: Row = GRID | {"repo_url": None, "repo_key": None}
VERSION: Row = {"id": 9, "number": "9"}


@pytest.fixture
async def connection(small: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with small.execution_options(**LOGGED).connect() as connection:
        yield connection


async def copy(connection: AsyncConnection, name: str, key: int, **values: Any) -> None:
    """Insert a copy of the row with this key (its first column's), `values` in place of its own."""
    table = TABLES[name]
    own = table.c["id"] if "id" in table.c else table.c["package_id"]
    rows = await connection.execute(select(table).where(own == key).limit(1))
    await connection.execute(insert(table).values({**rows.mappings().one(), **values}))


async def change(connection: AsyncConnection, name: str, **values: Any) -> None:
    await connection.execute(update(TABLES[name]).values(values))


async def count(connection: AsyncConnection, name: str) -> int:
    found: int = (
        await connection.execute(select(func.count()).select_from(TABLES[name]))
    ).scalar_one()
    return found


async def test_a_copy_with_its_own_keys_is_taken(connection: AsyncConnection) -> None:
    """The copies that the tests below expect to be refused are refused for one reason alone."""
    await copy(connection, "category", 1, **GRID)
    await copy(connection, "package", 1, **PACKAGE)
    await copy(connection, "version", 1, **VERSION)
    await copy(connection, "grid", 1, **GRID)
    await copy(connection, "feature", 1, id=9)
    await copy(connection, "grid_package", 1, package_id=2)
    await copy(connection, "cell", 1, package_id=2)
    await copy(connection, "ingest", 1, package_id=9)


@pytest.mark.parametrize(
    ("table", "key", "values"),
    [
        ("category", 1, GRID | {"slug": "Apps", "slug_folded": "apps"}),
        ("category", 1, GRID | {"database_id": 1}),
        ("grid", 1, GRID | {"slug": "queues", "slug_folded": "queues"}),
        ("package", 2, PACKAGE | {"slug": "DJANGO-Q", "slug_folded": "django-q"}),
        ("package", 2, PACKAGE | {"database_id": 2948}),
        ("package", 2, PACKAGE | {"repo_url": "x", "repo_key": "github.com/koed00/django-q"}),
        ("version", 1, VERSION | {"number": "1.3.10"}),
        ("grid_package", 1, {}),
        ("cell", 1, {}),
        ("ingest", 1, {}),
    ],
)
async def test_it_is_there_once(
    connection: AsyncConnection, table: str, key: int, values: Row
) -> None:
    with pytest.raises(IntegrityError):
        await copy(connection, table, key, **values)


@pytest.mark.parametrize(
    ("table", "key", "values"),
    [
        ("package", 1, PACKAGE | {"category_id": 77}),
        ("package", 1, PACKAGE | {"replaced_by_id": 77}),
        ("version", 1, VERSION | {"package_id": 77}),
        ("feature", 1, {"id": 9, "grid_id": 77}),
        ("grid_package", 1, {"package_id": 77}),
        ("grid_package", 1, {"package_id": 2, "grid_id": 77}),
        ("cell", 1, {"package_id": 2}),
        ("ingest", 1, {"package_id": 77}),
    ],
)
async def test_it_refers_to_what_is_there(
    connection: AsyncConnection, table: str, key: int, values: Row
) -> None:
    with pytest.raises(IntegrityError):
        await copy(connection, table, key, **values)


async def test_a_cell_is_of_a_feature_of_its_own_grid(connection: AsyncConnection) -> None:
    await copy(connection, "grid", 1, **GRID)
    await copy(connection, "feature", 1, id=9, grid_id=9)
    await copy(connection, "grid_package", 1, package_id=2)
    with pytest.raises(IntegrityError):
        await copy(connection, "cell", 1, package_id=2, feature_id=9)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("category", {"title": ""}),
        ("category", {"slug": "", "slug_folded": ""}),
        ("category", {"slug": "other"}),
        ("category", {"slug_folded": "other"}),
        ("category", {"database_id": 0}),
        ("category", {"revision": 0}),
        ("category", {"package_count": -1}),
        ("category", {"description": None}),
        ("grid", {"title": ""}),
        ("grid", {"slug": "", "slug_folded": ""}),
        ("grid", {"slug": "other"}),
        ("grid", {"slug_folded": "other"}),
        ("grid", {"database_id": 0}),
        ("grid", {"revision": 0}),
        ("grid", {"package_count": -1}),
        ("grid", {"is_locked": None}),
        ("feature", {"title": ""}),
        ("feature", {"position": -1}),
        ("feature", {"revision": 0}),
        ("package", {"title": ""}),
        ("package", {"slug": ""}),
        ("package", {"slug_folded": TABLES["package"].c.slug_folded + "x"}),
        ("package", {"database_id": -TABLES["package"].c.database_id}),
        ("package", {"category_id": None}),
        ("package", {"participants": null()}),
        ("package", {"created": None}),
        ("package", {"revision": 0}),
        ("package", {"repo_watchers": -1}),
        ("package", {"repo_forks": -1}),
        ("package", {"commit_count": -1}),
        ("package", {"contributor_count": -1}),
        ("package", {"grid_count": -1}),
        ("package", {"score": -501}),
        ("package", {"repo_host": "SOURCEFORGE"}),
        ("package", {"development_status": "DONE"}),
        ("package", {"replaced_by_id": TABLES["package"].c.id}),
        ("package", {"repo_key": None}),
        ("package", {"repo_url": None}),
        ("version", {"number": ""}),
        ("version", {"development_status": "DONE"}),
        ("version", {"sort_key": None}),
        ("cell", {"text": ""}),
        ("cell", {"text": "  "}),
        ("cell", {"verdict": "MAYBE"}),
        ("cell", {"verdict": "UNKNOWN", "strength": 0}),
        ("cell", {"verdict": "YES", "strength": 0}),
        ("cell", {"verdict": "YES", "strength": -1}),
        ("cell", {"verdict": "NO", "strength": 0}),
        ("cell", {"verdict": "NO", "strength": 1}),
        ("cell", {"verdict": "TEXT", "strength": 1}),
        ("cell", {"verdict": "YES", "strength": 4}),
        ("cell", {"verdict": "NO", "strength": -4}),
        ("ingest", {"state": "LOST"}),
        ("ingest", {"failure_count": -1}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
async def test_it_is_checked(connection: AsyncConnection, table: str, values: Row) -> None:
    with pytest.raises(IntegrityError):
        await change(connection, table, **values)


@pytest.mark.parametrize(
    "column",
    [it for table in TABLES.values() for it in table.columns if isinstance(it.type, Boolean)],
    ids=str,
)
async def test_a_boolean_is_true_or_false(
    connection: AsyncConnection, column: Column[bool]
) -> None:
    with pytest.raises(DBAPIError):
        await change(connection, column.table.name, **{column.name: literal_column("2")})


@pytest.mark.parametrize(("verdict", "strength"), [("YES", 3), ("NO", -3), ("TEXT", 0)])
async def test_a_verdict_and_its_strength_agree(
    connection: AsyncConnection, verdict: str, strength: int
) -> None:
    await change(connection, "cell", verdict=verdict, strength=strength)


async def test_a_category_with_packages_stays(connection: AsyncConnection) -> None:
    with pytest.raises(IntegrityError):
        await connection.execute(delete(TABLES["category"]))


async def test_a_package_that_replaces_another_stays(connection: AsyncConnection) -> None:
    package = TABLES["package"]
    await connection.execute(update(package).where(package.c.id == 1).values(replaced_by_id=2))
    with pytest.raises(IntegrityError):
        await connection.execute(delete(package).where(package.c.id == 2))


async def test_what_belongs_to_a_package_goes_with_it(connection: AsyncConnection) -> None:
    package = TABLES["package"]
    await connection.execute(delete(package).where(package.c.id == 1))
    assert [await count(connection, name) for name in ("version", "grid_package", "cell")] == [
        0
    ] * 3
    assert await count(connection, "ingest") == 1
    assert await count(connection, "feature") == 2


async def test_what_belongs_to_a_grid_goes_with_it(connection: AsyncConnection) -> None:
    await connection.execute(delete(TABLES["grid"]))
    assert [await count(connection, name) for name in ("feature", "grid_package", "cell")] == [
        0
    ] * 3
    assert await count(connection, "package") == 2


async def test_cells_go_with_their_feature_and_their_membership(
    connection: AsyncConnection,
) -> None:
    feature = TABLES["feature"]
    await connection.execute(delete(feature).where(feature.c.id == 1))
    assert await count(connection, "cell") == 1
    await connection.execute(delete(TABLES["grid_package"]))
    assert await count(connection, "cell") == 0


async def test_a_key_is_never_used_again(connection: AsyncConnection) -> None:
    package = TABLES["package"]
    await connection.execute(delete(package).where(package.c.id == 2))
    columns = [column for column in package.columns if column.name != "id"]
    row = (await connection.execute(select(*columns).where(package.c.id == 1))).mappings().one()
    values = {**row, **PACKAGE}
    del values["id"]
    made = await connection.execute(insert(package).values(values).returning(package.c.id))
    assert made.scalar_one() > 2


async def test_a_refused_statement_names_its_constraint(connection: AsyncConnection) -> None:
    with pytest.raises(DBAPIError, match=r"ck_package_score"):
        await change(connection, "package", score=-501)
