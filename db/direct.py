"""A session of SQLite that waits for nothing but the disk, by the names of `AsyncSession`.

aiosqlite hands each call to a thread and back, some 40 times an edit. An edit on SQLite runs in one
thread from its start to its end instead: what it awaits is there when the call returns.
"""

import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, ScalarResult

from db.read import LONGEST, STEPS

T = TypeVar("T")


class DirectSession:
    """What edits use of an `AsyncSession`, on a connection in a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(
        self, statement: Executable, values: Any = None, *, execution_options: Any = None
    ) -> CursorResult[Any]:
        return self._connection.execute(statement, values, execution_options=execution_options)

    async def scalars(self, statement: Executable, values: Any = None) -> ScalarResult[Any]:
        return self._connection.scalars(statement, values)

    async def scalar(self, statement: Executable, values: Any = None) -> Any:
        return self._connection.scalar(statement, values)

    async def exec_driver_sql(self, sql: str, values: tuple[Any, ...]) -> CursorResult[Any]:
        """Run a compiled read, which is ended after some seconds as readers end one."""
        driver: Any = self._connection.connection.driver_connection
        deadline = time.perf_counter() + LONGEST
        driver.set_progress_handler(lambda: time.perf_counter() > deadline, STEPS)
        try:
            return self._connection.exec_driver_sql(sql, values)
        finally:
            driver.set_progress_handler(None, 0)

    async def connection(self) -> "DirectSession":
        return self

    def get_bind(self) -> Connection:
        return self._connection

    async def commit(self) -> None:
        self._connection.commit()


def completed(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine that never has to wait returns."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("an edit on SQLite awaits nothing but its session")
