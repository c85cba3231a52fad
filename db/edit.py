"""Edits: the one seam through which the directory is written, and its log with it.

An edit is a function that takes an `Edit`, finds rows, and puts rows in their place. Nothing is
written before `finish`, which writes all there is to write: rows, what is counted, what search
knows, former names, and one `Change` for each object. A statement that writes the directory past
this is refused (`db.guard`).

Whoever edits has the directory to itself (`db.writer`): what an edit found holds until it commits,
and changes are numbered in the order of their commits.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Sequence, Set
from functools import cache, partial
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from db import search
from db.base import Base
from db.change import Change
from db.derived import Values
from db.diff import Diff, changes_of
from db.errors import ErrorCode, Refused, UserError
from db.fields import global_id
from db.guard import LOGGED
from db.keys import own_number, reserve
from db.package import Package
from db.rows import Key, Rows
from db.settle import NAMED, WRITTEN, settle
from db.sql import batches
from db.text import fold
from db.token import Actor, Role

CHANGE = Base.metadata.tables[Change.__tablename__]

Step = tuple[Callable[[Sequence[Any]], Awaitable[Any]], Sequence[Any]]
"""What is written: how, and the rows, of which a batch is written at a time."""

Progress = Callable[[int, int], None]
"""Told how many rows and search entries are written, and how many there are to write."""


class Edit:
    """One transaction's edits by `actor` at `now`; `rows[model]` are the rows that it knows.

    `dated` are rows whose `modified` was given, and `notes` what the changes of rows tell beside
    their columns, by table and key. `reverts` has the change that is undone by the type and key of
    its object. `figures` are columns of packages whose change is no curator's: it leaves `revision`
    alone. `touched` are the grids of which a part changed, and `reordered` those whose features
    did: worked out at the end.
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: dt.datetime) -> None:
        self.session = session
        self.actor = actor
        self.now = now
        self.rows = {model: Rows(session, model) for model in WRITTEN}
        self.dated: set[tuple[type[Base], Key]] = set()
        self.notes: dict[tuple[type[Base], Key], Diff] = {}
        self.reverts: dict[tuple[str, int], int] = {}
        self.figures: Set[str] = {"score"}  # which moves by itself
        self.touched: set[int] = set()
        self.reordered: set[int] = set()

    @property
    def is_admin(self) -> bool:
        return self.actor.role is Role.ADMIN

    async def blank(self, model: type[Base], count: int) -> list[Values]:
        """New rows of a table, with keys, numbers and dates, as the columns' defaults have them."""
        rows = self.rows[model]
        is_sqlite = self.session.get_bind().dialect.name == "sqlite"
        skipped = rows.reserved if is_sqlite else 0
        keys = await reserve(self.session, rows.table.name, skipped + count)
        rows.reserved += count
        blank = rows.blank
        if model not in NAMED:
            return [blank | {"id": key} for key in keys[skipped:]]
        blank = blank | {"created": self.now, "modified": self.now}
        return [blank | {"id": key, "database_id": own_number(key)} for key in keys[skipped:]]

    def see_that_open(
        self, grid: Values, path: tuple[str, ...] = ("input",), current: str | None = None
    ) -> None:
        """Raise Refused where the grid is locked, and the actor is no admin.

        `current` is what the edit is about, where that is not the grid.
        """
        if grid["is_locked"] and not self.is_admin:
            message = f"the grid {grid['slug']!r} is locked: only admins may change it"
            error = UserError(path, ErrorCode.LOCKED, message)
            raise Refused([error], current or global_id("grid", grid["id"]))

    async def finish(self, progress: Progress | None = None) -> list[Values]:
        """Write all of it, and give the rows of its changes: none where nothing is new.

        Raises Refused where what changes is not the actor's to change.
        """
        await settle(self)
        changes = changes_of(self)
        await self._number(changes)
        steps: list[Step] = [
            self._frees(self.rows[Package]),
            *(self._step(_insertion(rows.table), rows.created) for rows in self.rows.values()),
            *chain.from_iterable(map(self._updates, self.rows.values())),
            *map(self._deletes, reversed(self.rows.values())),
            *chain.from_iterable(map(self._searches, NAMED)),
            self._step(_insertion(CHANGE), changes),
        ]
        total, done = sum(len(rows) for _, rows in steps), 0
        for write, rows in steps:
            for batch in batches(rows):
                await write(batch)
                done += len(batch)
                if progress is not None:
                    progress(done, total)
        return changes

    def _step(self, statement: Any, rows: list[Values]) -> Step:
        return partial(self.session.execute, statement, execution_options=LOGGED), rows

    def _frees(self, packages: Rows) -> Step:
        """Packages that pass their repository on give it up first: no two have it at any time."""
        holders = {row["repo_key"]: key for key, row in packages.after.items()}
        passed = [
            {"key_id": key}
            for key, row in packages.before.items()
            if row["repo_key"] and holders.get(row["repo_key"], key) != key
        ]
        return self._step(_release(packages.table), passed)

    def _updates(self, rows: Rows) -> Iterator[Step]:
        """Rows that have the same columns changed are one statement; no other column is written."""
        by_columns: dict[tuple[str, ...], list[Values]] = {}
        for before, after in rows.changed:
            names = tuple(name for name in after if after[name] != before[name])
            values = {f"new_{name}": after[name] for name in names}
            values |= {f"key_{name}": after[name] for name in rows.keys}
            by_columns.setdefault(names, []).append(values)
        for names, changed in by_columns.items():
            yield self._step(_replacement(rows.table, names), changed)

    def _deletes(self, rows: Rows) -> Step:
        removed = [{f"key_{name}": row[name] for name in rows.keys} for row in rows.removed]
        return self._step(_deletion(rows.table), removed)

    def _searches(self, model: type[Base]) -> Iterator[Step]:
        """Have search know the rows as they are."""
        rows = self.rows[model]
        documents = [_document(model, row) for row in rows.created]
        for before, after in rows.changed:
            was, is_now = _document(model, before), _document(model, after)
            if search.summary(was) != search.summary(is_now):
                documents.append(is_now)
        yield partial(search.index, self.session), documents
        removed = [row["id"] for row in rows.removed]
        yield partial(search.remove, self.session, _search_type(model)), removed

    async def _number(self, changes: list[Values]) -> None:
        """Give the changes their numbers, and what they have in common."""
        numbers = await reserve(self.session, CHANGE.name, len(changes))
        for number, change in zip(numbers, changes, strict=True):
            change |= {
                "id": number,
                "transaction_id": numbers[0],
                "at": self.now,
                "actor": self.actor.name,
                "actor_folded": fold(self.actor.name),
                "reverts_id": self.reverts.get((change["node_type"], change["node_id"])),
            }


def _search_type(model: type[Base]) -> search.SearchType:
    return search.SearchType[model.__tablename__.upper()]


def _document(model: type[Base], row: Values) -> search.Document:
    """What search is told of a row."""
    return search.Document(
        node_type=_search_type(model),
        node_id=row["id"],
        title=row["title"],
        slug=row["slug"],
        description=row["repo_description" if model is Package else "description"],
        participants=row.get("participants", ()),
        stars=row.get("repo_watchers"),
    )


# The statements are made once: to make one takes as long as to run it.


@cache
def _insertion(table: Table) -> Insert:
    return insert(table)


@cache
def _replacement(table: Table, names: tuple[str, ...]) -> Update:
    """Sets these columns of a row to the values called `new_` and their names."""
    values: Values = {name: bindparam(f"new_{name}") for name in names}
    return update(table).where(*_chosen(table)).values(values)


@cache
def _release(table: Table) -> Update:
    none = {"repo_url": None, "repo_url_folded": None, "repo_key": None}
    return update(table).where(*_chosen(table)).values(none)


@cache
def _deletion(table: Table) -> Delete:
    return delete(table).where(*_chosen(table))


def _chosen(table: Table) -> list[ColumnElement[bool]]:
    """The row whose key's columns have the values called `key_` and their names."""
    return [column == bindparam(f"key_{column.name}") for column in table.primary_key]
