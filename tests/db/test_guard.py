"""No statement writes the directory past the log, whichever way it comes."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import Executable, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.alias import Alias
from db.base import Base
from db.errors import Unlogged
from db.grid import Feature
from db.guard import LOGGED, LOGGED_TABLES, writes
from db.ingest import Ingest
from tests.db.small import everything

WRITING = [
    "INSERT INTO package (id) VALUES (1)",
    'insert  into\n"package"(id) select 1',
    "INSERT OR REPLACE INTO main.package VALUES (1)",
    'INSERT INTO"main"."package" VALUES (1)',
    "INSERT INTO packgrid.public.package VALUES (1)",
    "INSERT INTO 'package' VALUES (1)",
    "INSERT INTO [package] VALUES (1)",
    "INSERT INTO/**/package VALUES (1)",
    "INSERT -- INTO alias\n INTO package VALUES (1)",
    "REPLACE INTO `package` VALUES (1)",
    "UPDATE package SET title = 'x'",
    "UPDATE OR IGNORE package SET title = 'x'",
    "UPDATE ONLY package SET title = 'x'",
    "UPDATE ONLY (public.package) SET title = 'x'",
    "UPDATE/* it's */package SET title = 'x'",
    "DELETE FROM package",
    "DELETE FROM ONLY package",
    "SELECT 1; DELETE FROM package",
    "SELECT 'it''s'; DELETE FROM package",
    r"SELECT E'it\'s'; DELETE FROM package WHERE title = 'x'",
    "SELECT $$it's$$; DELETE FROM package",
    "DO $do$ BEGIN DELETE FROM package; END $do$",
    "WITH gone AS (DELETE FROM package RETURNING id) SELECT * FROM gone",
    "WITH few AS (SELECT 1) UPDATE package SET title = 'x'",
    "EXPLAIN ANALYZE DELETE FROM package",
    "PREPARE p AS DELETE FROM package",
    "MERGE INTO package USING alias ON true WHEN MATCHED THEN DELETE",
    "TRUNCATE package",
    "TRUNCATE TABLE ONLY package CASCADE",
    "TRUNCATE alias, public.package",
    "COPY package (id) FROM STDIN",
    "CREATE TRIGGER t AFTER INSERT ON alias BEGIN DELETE FROM package; END",
]

OTHERS = [
    "SELECT * FROM package FOR UPDATE",
    "SELECT * FROM package FOR NO KEY UPDATE OF package",
    "INSERT INTO alias SELECT * FROM package ON CONFLICT (name) DO UPDATE SET node_id = 1",
    "INSERT INTO ingest (package_id) VALUES ($1)",
    "INSERT INTO search_document (title) VALUES ('DELETE FROM package')",
    "INSERT INTO package_names VALUES (1)",
    "UPDATE search_document SET title = 'x' -- not UPDATE package",
    "UPDATE ingest SET state = 'OK' FROM package WHERE package.id = package_id",
    "DELETE FROM search_posting WHERE node_id IN (SELECT id FROM package)",
    "TRUNCATE alias; SELECT * FROM package, grid",
    "CREATE TABLE package (id INTEGER REFERENCES category ON DELETE CASCADE ON UPDATE CASCADE)",
    "CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON package CALL f()",
    "DROP TABLE package",
]


@pytest.mark.parametrize("statement", WRITING)
def test_statements_that_write(statement: str) -> None:
    for table in LOGGED_TABLES:
        assert writes(statement.replace("package", table))
        assert writes(statement.replace("package", table).upper())


@pytest.mark.parametrize("statement", OTHERS)
def test_statements_that_write_nothing_of_the_directory(statement: str) -> None:
    assert not writes(statement)
    assert not writes(statement.lower())


FEATURE = {"grid_id": 1, "revision": 1, "title": "New", "description": "", "position": 2}


async def add(session: AsyncSession) -> None:
    session.add(Feature(**FEATURE))
    await session.flush()


async def alter(session: AsyncSession) -> None:
    (await session.get_one(Feature, 1)).title = "New"
    await session.flush()


async def remove(session: AsyncSession) -> None:
    await session.delete(await session.get_one(Feature, 1))
    await session.flush()


def executes(statement: Executable, *values: Any) -> Callable[[AsyncSession], Awaitable[None]]:
    async def execute(session: AsyncSession) -> None:
        await session.execute(statement, *values)

    return execute


async def by_the_driver(session: AsyncSession) -> None:
    connection = await session.connection()
    await connection.exec_driver_sql("UPDATE feature SET title = 'New'")


async def streamed(session: AsyncSession) -> None:
    connection = await session.connection()
    async with connection.stream(text("DELETE FROM cell RETURNING text")) as rows:
        await rows.fetchall()


TABLE = Base.metadata.tables["feature"]

WRITES: dict[str, Callable[[AsyncSession], Awaitable[None]]] = {
    "added": add,
    "altered": alter,
    "removed": remove,
    "inserted": executes(insert(Feature).values(FEATURE)),
    "many inserted": executes(insert(Feature), [FEATURE, FEATURE]),
    "many inserted and returned": executes(insert(Feature).returning(Feature), [FEATURE, FEATURE]),
    "updated": executes(update(Feature).values(title="New")),
    "many updated": executes(update(Feature), [{"id": 1, "title": "a"}, {"id": 2, "title": "b"}]),
    "deleted": executes(delete(Feature)),
    "inserted by Core": executes(insert(TABLE), FEATURE),
    "updated by Core": executes(update(TABLE).values(title="New")),
    "deleted by Core": executes(delete(TABLE)),
    "inserted from a query": executes(
        insert(TABLE).from_select(
            [*FEATURE], select(*(TABLE.c[name] for name in FEATURE)).where(TABLE.c.id == 1)
        )
    ),
    "as text": executes(text("DELETE FROM cell")),
    "by the driver": by_the_driver,
    "streamed": streamed,
}
"""Ways to write the directory."""


@pytest.mark.parametrize("way", WRITES)
async def test_what_is_not_logged_is_refused(small: AsyncEngine, way: str) -> None:
    before = await everything(small)
    async with AsyncSession(small) as session:
        with pytest.raises(Unlogged):
            await WRITES[way](session)
        if session.is_active:
            await session.commit()
    assert await everything(small) == before


@pytest.mark.parametrize("way", WRITES)
async def test_what_is_logged_is_written(small: AsyncEngine, way: str) -> None:
    async with AsyncSession(small.execution_options(**LOGGED)) as session:
        before = await parts(session)
        await WRITES[way](session)
        assert await parts(session) != before


async def parts(session: AsyncSession) -> list[Sequence[Any]]:
    return [
        (await session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))).all()
        for table in ("feature", "cell")
    ]


async def test_a_connection_or_a_statement_says_that_it_is_logged(small: AsyncEngine) -> None:
    write = text("UPDATE feature SET title = 'New'")
    async with small.connect() as connection:
        await connection.execute(write, execution_options=LOGGED)
        await connection.execute(write.execution_options(**LOGGED))
        with pytest.raises(Unlogged):
            await connection.execute(write)
        await connection.execution_options(**LOGGED)
        await connection.execute(write)
        await connection.exec_driver_sql("DELETE FROM cell")


async def test_other_tables_are_open(small: AsyncEngine) -> None:
    async with AsyncSession(small) as session:
        session.add(Alias(node_type="GRID", kind="SLUG", name="former", node_id=1))
        await session.execute(update(Ingest).values(failure_count=1))
        await session.execute(select(Feature).with_for_update())
        await session.flush()
