"""Whatever writes the directory leaves it in the log, or is refused: each door of `db` is tried.

The doors are found by what they take. A new function is among those that make edits, or is to be
put among those that write or are refused here, or with a reason among those that do neither.
"""

import inspect
import pkgutil
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import asyncpg
import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

import db
from db import guard, migrate, outcome, search, token
from db.base import Base
from db.edit import Edit
from db.errors import Unlogged
from db.guard import LOGGED_TABLES
from db.head import open_head
from db.keys import reserve
from db.read import Statement, open_reader
from db.token import LAST_USED, Role, Tokens
from db.writer import Writer, read_row
from tests.conftest import NOW
from tests.db.editing import ADMIN, statements
from tests.db.replay import see_that_all_agrees
from tests.db.small import Q, changed, everything, loaded
from tests.web.editing import EDITS, Directory, directory, written

Door = Callable[[Directory], Awaitable[Any]]
Use = Callable[[Any], Awaitable[Any]]

HELD = re.compile(
    r"\b(Edit|AsyncSession|AsyncEngine|Engine|AsyncConnection|Connection|SqliteConnection|Reader"
    r"|Head|Pool|Rows|URL|url)\b"
)
"""What a function takes that may lead to the database, by its name or its type."""


def takes(function: Any) -> bool:
    """Whether a function, or a class where it is made, takes what may lead to the database."""
    made = function.__init__ if inspect.isclass(function) else function
    parameters = inspect.signature(made).parameters.values() if inspect.isfunction(made) else ()
    return any(HELD.search(f"{each.name} {each.annotation}") for each in parameters)


def doors() -> Iterator[tuple[str, Any]]:
    """The public functions and methods of `db` that may lead to the database."""
    for module in pkgutil.iter_modules(db.__path__):
        for name, found in vars(import_module(f"db.{module.name}")).items():
            if name.startswith("_") or getattr(found, "__module__", "") != f"db.{module.name}":
                continue
            if inspect.isfunction(found) and takes(found):
                yield f"{module.name}.{name}", found
            elif inspect.isclass(found) and takes(found):
                for own, method in inspect.getmembers(found, inspect.isfunction):
                    if not own.startswith("_"):
                        yield f"{module.name}.{name}.{own}", method


def camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


DOORS = dict(doors())

MUTATIONS = {name: camel_case(name.partition(".")[2]) for name in DOORS}
EDITING = {name: mutation for name, mutation in MUTATIONS.items() if mutation in EDITS}
"""The functions that make edits, and their mutations."""


@asynccontextmanager
async def closing(opened: Any) -> AsyncIterator[Any]:
    try:
        yield opened
    finally:
        await opened.close()


def with_session(use: Use) -> Door:
    async def door(filled: Directory) -> None:
        async with AsyncSession(filled.engine) as session, session.begin():
            await use(session)

    return door


def with_edit(use: Use) -> Door:
    async def door(filled: Directory) -> None:
        async def work(edit: Edit) -> None:
            await use(edit)
            await edit.session.commit()

        async with closing(Writer(filled.engine)) as writer:
            await writer.run(ADMIN._replace(token_id=1), work)

    return door


async def load(filled: Directory) -> None:
    given = {"title": "Q", "modified": "2020-01-01T00:00:00Z", "versions": [{"number": "3"}]}
    await loaded(filled.engine, changed(Q, **given))


async def downgrade_and_upgrade(filled: Directory) -> None:
    await migrate.downgrade(filled.engine, "0003")
    await migrate.upgrade(filled.engine)


async def keep_an_outcome(edit: Edit) -> None:
    await outcome.keep_outcome(edit, "key", "print", {})
    assert await outcome.kept_outcome(edit, "key", "print") == {}


async def use_a_token(filled: Directory) -> None:
    async with (
        closing(await open_reader(filled.url)) as reader,
        closing(await open_head(filled.url)) as head,
        closing(Tokens(reader, filled.engine, head)) as tokens,
    ):
        tokens.used(await tokens.actor(filled.secrets["ADMIN"], NOW), NOW)


LOGGING: dict[str, Door] = {
    "load.load": load,
    "migrate.downgrade": downgrade_and_upgrade,
    "migrate.upgrade": downgrade_and_upgrade,
}
"""What writes the directory, beside edits."""

DOCUMENT = search.Document(search.SearchType.GRID, 9, "Another", "another", "")

BESIDE: dict[str, Door] = {
    "search.index": with_session(lambda s: search.index(s, [DOCUMENT])),
    "search.remove": with_session(lambda s: search.remove(s, DOCUMENT.node_type, [1])),
    "token.create": with_session(lambda s: token.create(s, "another", Role.READER, NOW, 1)),
    "token.revoke": with_session(lambda s: token.revoke(s, "admin", NOW)),
    "token.Tokens.used": use_a_token,
    "head.SqliteHead.write": use_a_token,
    "outcome.keep_outcome": with_edit(keep_an_outcome),
    "outcome.kept_outcome": with_edit(keep_an_outcome),
    "keys.reserve": with_session(lambda s: reserve(s, "package", 1)),
}
"""What writes, but nothing of the directory."""

SNEAKY = "DELETE FROM cell RETURNING text"


async def by_the_driver(edit: Edit) -> None:
    connection = await edit.session.connection()
    await connection.exec_driver_sql(SNEAKY, [()])


async def by_a_reader(filled: Directory) -> None:
    async with closing(await open_reader(filled.url)) as reader:
        await reader.row(Statement(SNEAKY), ())


EDITED = with_edit(lambda edit: edit.session.execute(text(SNEAKY)))

REFUSED: dict[str, Door] = {
    "writer.Writer.run": EDITED,
    "writer.read_row": with_edit(lambda edit: read_row(edit.session, Statement(SNEAKY), ())),
    "direct.SqliteSession.execute direct.PostgresSession.execute": EDITED,
    "direct.SqliteSession.scalar direct.PostgresSession.scalar": with_edit(
        lambda edit: edit.session.scalar(text(SNEAKY))
    ),
    "direct.SqliteSession.scalars direct.PostgresSession.scalars": with_edit(
        lambda edit: edit.session.scalars(text(SNEAKY))
    ),
    "direct.SqliteSession.exec_driver_sql direct.PostgresSession.exec_driver_sql": with_edit(
        by_the_driver
    ),
    "direct.SqliteSession.read direct.PostgresSession.read": with_edit(
        lambda edit: read_row(edit.session, Statement(SNEAKY), ())
    ),
    "writer.SqliteTransactions.run writer.PostgresTransactions.run": EDITED,
    "engine.create_engine": with_session(lambda session: session.execute(text(SNEAKY))),
    "guard.install": EDITED,
    "read.SqliteReader.row": by_a_reader,
    "read.PostgresReader.row": by_a_reader,
    "pool.Pool.run": by_a_reader,
}
"""What would write any statement that it is given."""

REFUSALS = (Unlogged, sqlite3.OperationalError, asyncpg.ReadOnlySQLTransactionError)
"""The guard's; and those of databases that are opened to be read alone."""

HARMLESS: dict[str, str] = {
    "edit.Edit.finish": "what all edits below end with",
    "migrate.see_that_current": "reads alone",
    "diff.changes_of settle.settle load_merge.merge": "an edit's rows alone, until it finishes",
    "edit.Edit.blank edit.Edit.see_that_open rows.Rows.find rows.Rows.get rows.Rows.holder"
    " rows.Rows.put rows.Rows.amend rows.Rows.remove rows.Rows.remove_all": "as these",
    "package_edits.put package_edits.new_package package_edits.changed_package"
    " package_edits.grids_of": "as these",
    "inputs.by_id inputs.by_ref inputs.prefetch inputs.expected inputs.see_that_free"
    " inputs.with_slug grid_edits.open_grid grid_edits.features_of package_slugs.FreeSlugs.take"
    " package_edits.see_that_grids_are_open package_edits.replacements inverse.change_of"
    " inverse.undone_with in_the_way.see_that_whole in_the_way.see_that_unique"
    " in_the_way.in_the_way": "reads for an edit",
    "token.listed token.Tokens.actor writer.newest_change migrate.current migrate.at_head"
    " feed.Feed.newest feed.Feed.changes feed.Feed.once": "reads",
    "export.snapshot export.records export.write_lines export.write_tables": "cannot write",
    "export_sqlite.write_sqlite": "writes a new file, from what cannot write",
    "read.SqliteReader.plan read.PostgresReader.plan": "as row, on the same connections",
    "head.SqliteHead.now head.SqliteHead.forget head.PostgresHead.now head.PostgresHead.forget"
    " head.open_head read.open_reader": "its own statements are no writes",
    "writer.take_turn direct.SqliteSession.connection direct.SqliteSession.get_bind"
    " direct.SqliteSession.commit direct.PostgresSession.connection"
    " direct.PostgresSession.get_bind direct.PostgresSession.commit"
    " engine.prepare_sqlite": "begins, ends or gives what is there",
    "migrate.migrating migrate.prepare": "as upgrade",
    "engine.read_url engine.masked engine.explained pool.dsn pypi.name_from_url": "an address",
    "pool.Pool.close read.SqliteReader.close read.PostgresReader.close feed.Feed.close"
    " head.SqliteHead.close head.PostgresHead.close token.Tokens.close"
    " writer.SqliteTransactions.close writer.PostgresTransactions.close"
    " writer.Writer.close": "closes",
}
"""What writes nothing that is given to it, and why."""


@pytest.fixture
async def filled(database_url: str) -> AsyncIterator[Directory]:
    async with directory(database_url) as filled:
        yield filled


def test_every_door_is_known() -> None:
    others = {name for names in (*REFUSED, *HARMLESS) for name in names.split()}
    assert set(DOORS) == {*EDITING, *LOGGING, *BESIDE, *others}
    assert sorted(EDITING.values()) == sorted(EDITS)


@pytest.mark.parametrize("name", EDITING)
async def test_an_edit_is_logged(filled: Directory, name: str) -> None:
    """It writes nothing itself: `finish` does, and logs it."""

    async def work(edit: Edit) -> None:
        with statements() as noted:
            await DOORS[name](edit, EDITS[EDITING[name]])
        assert noted
        assert [each for each in noted if not each.startswith("SELECT")] == []
        await edit.finish()

    before = await everything(filled.engine)
    await with_edit(work)(filled)
    await see_that_logged(filled, before, is_logged=name != "package_edits.package_refresh")


@pytest.mark.parametrize("name", LOGGING)
async def test_what_else_writes_the_directory_is_logged(filled: Directory, name: str) -> None:
    before = await everything(filled.engine)
    await LOGGING[name](filled)
    await see_that_logged(filled, before, is_logged=True)


async def see_that_logged(filled: Directory, before: Any, *, is_logged: bool) -> None:
    tables = await written(filled.engine, before)
    assert tables
    assert ("change" in tables) is is_logged
    await see_that_all_agrees(filled.engine)


@pytest.mark.parametrize("name", BESIDE)
async def test_what_else_writes_writes_nothing_of_the_directory(
    filled: Directory, name: str
) -> None:
    before = await everything(filled.engine)
    await BESIDE[name](filled)
    assert await written(filled.engine, before) & {*LOGGED_TABLES} == set()


def test_what_is_written_past_the_engines_is_nothing_of_the_directory() -> None:
    assert not guard.writes(LAST_USED)


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_not_logged_is_refused(filled: Directory, name: str) -> None:
    before = await everything(filled.engine)
    with pytest.raises(REFUSALS):
        await REFUSED[name](filled)
    assert await everything(filled.engine) == before


def unlogged(session: Session) -> None:
    """Try to write each table of the log by the ORM, by Core and as text."""
    models = [mapper.class_ for mapper in Base.registry.mappers]
    models = [model for model in models if model.__tablename__ in LOGGED_TABLES]
    assert len(models) == len(LOGGED_TABLES)
    for model in models:
        table = Base.metadata.tables[model.__tablename__]
        row = session.execute(select(table)).mappings().first()
        assert row is not None
        for statement in (
            *(insert(model).values(row), update(model).values(row), delete(model)),
            *(insert(table).values(row), update(table).values(row), delete(table)),
            text(f"INSERT INTO {table} SELECT * FROM {table}"),
            text(f"DELETE FROM {table}"),
        ):
            with pytest.raises(Unlogged):
                session.execute(statement)
        found = session.scalars(select(model)).first()
        assert found is not None
        session.delete(found)
        with pytest.raises(Unlogged):
            session.flush()
        session.rollback()
        session.expunge_all()
        session.add(model(**row))
        with pytest.raises(Unlogged):
            session.flush()
        session.rollback()


async def test_no_way_leads_past_the_log(filled: Directory) -> None:
    before = await everything(filled.engine)
    async with AsyncSession(filled.engine) as session:
        await session.run_sync(unlogged)
    assert await everything(filled.engine) == before
