"""Sessions on a driver's own connection, by the names of `AsyncSession`.

An edit runs a dozen statements, the same ones each time, and SQLAlchemy takes longer to run most of
them than the database does. Here a statement is compiled once, and then is the driver's: asyncpg's,
or sqlite3's in the edit's own thread, where what is awaited is there when the call returns.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import asyncpg
from sqlalchemy import Dialect, Executable, Result, ScalarResult
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

from db.errors import Unlogged
from db.guard import writes
from db.read import LONGEST, STEPS, TooLong, limit_of

T = TypeVar("T")

Found = Sequence[Sequence[Any]]
"""Rows, as a driver gives them."""


class Prepared(NamedTuple):
    """A compiled statement: its SQL, by place the name of each value, its default and what adapts
    it, and by place what reads a column's values.
    """

    sql: str
    values: Sequence[tuple[str, Any, Callable[[Any], Any] | None]]
    columns: SimpleResultMetaData
    readers: Sequence[tuple[int, Callable[[Any], Any]]]

    def bound(self, given: Mapping[str, Any]) -> list[Any]:
        """The values in their order, as the driver takes them."""
        return [
            given.get(name, default) if adapt is None else adapt(given.get(name, default))
            for name, default, adapt in self.values
        ]

    def result(self, found: Found) -> Result[Any]:
        return IteratorResult(self.columns, map(self._read, found) if self.readers else iter(found))

    def _read(self, row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for place, reader in self.readers:
            values[place] = reader(values[place])
        return tuple(values)


class Statements:
    """The statements of a dialect, each prepared for as long as it lives."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._prepared: WeakKeyDictionary[Executable, dict[tuple[str, ...], Prepared]] = (
            WeakKeyDictionary()
        )

    def prepared(self, statement: Executable, names: tuple[str, ...]) -> Prepared:
        """The statement with values of these names."""
        of_statement = self._prepared.setdefault(statement, {})
        if names not in of_statement:
            of_statement[names] = self._prepare(statement, names)
        return of_statement[names]

    def _prepare(self, statement: Any, names: tuple[str, ...]) -> Prepared:
        compiled = statement.compile(dialect=self.dialect, column_keys=names)
        if compiled.post_compile_params:
            raise NotImplementedError("a list is bound as one value: see db.sql.among")
        values = []
        for name in compiled.positiontup:
            type_ = compiled.binds[name].type.dialect_impl(self.dialect)
            values.append((name, compiled.params[name], type_.bind_processor(self.dialect)))
        columns = [*getattr(statement, "selected_columns", ())]
        named = SimpleResultMetaData([each.key for each in columns])
        types = (each.type.dialect_impl(self.dialect) for each in columns)
        readers = enumerate(each.result_processor(self.dialect, None) for each in types)
        read = [(place, reader) for place, reader in readers if reader]
        return Prepared(compiled.string, values, named, read)


class DirectSession:
    """What edits use of an `AsyncSession`; each raises Unlogged as the guard of an engine does."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def execute(
        self, statement: Executable, values: Any = None, *, execution_options: Any = None
    ) -> Result[Any]:
        rows = values if isinstance(values, list) else [values or {}]
        prepared = self._statements.prepared(statement, tuple(rows[0]))
        if not (execution_options or {}).get("logged"):
            see_that_logged(prepared.sql)
        bound = [prepared.bound(row) for row in rows]
        if len(bound) == 1:
            return prepared.result(await self._fetch(prepared.sql, *bound))
        await self._run(prepared.sql, bound)
        return prepared.result(())

    async def scalars(self, statement: Executable, values: Any = None) -> ScalarResult[Any]:
        return (await self.execute(statement, values)).scalars()

    async def scalar(self, statement: Executable, values: Any = None) -> Any:
        return (await self.execute(statement, values)).scalar()

    async def exec_driver_sql(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement that is the driver's already, with the values of each of the rows."""
        see_that_logged(sql)
        await self._run(sql, rows)

    async def read(self, sql: str, values: Sequence[Any]) -> Any:
        """The first value that a compiled read selects. Raises InputError as a Reader does."""
        see_that_logged(sql)
        ((value, *_), *_) = await self._read(sql, values)
        return value

    async def connection(self) -> "DirectSession":
        return self

    def get_bind(self) -> Statements:
        return self._statements

    async def commit(self) -> None:
        await self._fetch("COMMIT", ())

    async def _fetch(self, sql: str, values: Sequence[Any]) -> Found:
        """The rows that a statement gives."""
        raise NotImplementedError

    async def _run(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement with the values of each of the rows."""
        raise NotImplementedError

    async def _read(self, sql: str, values: Sequence[Any]) -> Found:
        """As `_fetch`, but not longer than reads may take."""
        raise NotImplementedError


def see_that_logged(sql: str) -> None:
    """Raise Unlogged where the statement would write what is logged."""
    if writes(sql):
        raise Unlogged(f"only db.edit may do this: {sql[:200]}")


class SqliteSession(DirectSession):
    def __init__(self, statements: Statements, connection: sqlite3.Connection) -> None:
        super().__init__(statements)
        self._connection = connection

    async def _fetch(self, sql: str, values: Sequence[Any]) -> Found:
        return self._connection.execute(sql, values).fetchall()

    async def _run(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    async def _read(self, sql: str, values: Sequence[Any]) -> Found:
        deadline = time.perf_counter() + LONGEST
        self._connection.set_progress_handler(lambda: time.perf_counter() > deadline, STEPS)
        try:
            return await self._fetch(sql, values)
        except sqlite3.OperationalError as error:
            raise limit_of(error) from None
        finally:
            self._connection.set_progress_handler(None, 0)


class PostgresSession(DirectSession):
    def __init__(self, statements: Statements, connection: asyncpg.Connection) -> None:
        super().__init__(statements)
        self._connection = connection

    async def _fetch(self, sql: str, values: Sequence[Any]) -> Found:
        return [tuple(row) for row in await self._connection.fetch(sql, *values)]

    async def _run(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        await self._connection.executemany(sql, rows)

    async def _read(self, sql: str, values: Sequence[Any]) -> Found:
        try:
            async with asyncio.timeout(LONGEST):
                return await self._fetch(sql, values)
        except TimeoutError:
            raise TooLong from None


def completed(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine that never has to wait returns."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("an edit on SQLite awaits nothing but its session")
