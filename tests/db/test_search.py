"""The search index is what its documents say, however they came to be in it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.engine import create_engine
from db.search import (
    MOST_PARTICIPANTS,
    Document,
    SearchDocument,
    SearchPattern,
    SearchPosting,
    SearchType,
    document_words,
    index,
    popularity,
    remove,
)
from db.sql import BATCH
from tests.db.small import SMALL, Q, changed, loaded

DJANGO_Q = Document(
    SearchType.PACKAGE, 7, "Django Q", "django-q", "A task queue", ["Koed00"], stars=1_921
)
CELERY = Document(SearchType.PACKAGE, 8, "Celery", "celery", "Another task queue", ["ask"])
TASKS = Document(SearchType.GRID, 7, "Task queues", "task-queues", "Run tasks later")
APPS = Document(SearchType.CATEGORY, 7, "App", "apps", "")

TABLES = (SearchDocument, SearchPosting, SearchPattern)


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@contextmanager
def noted(engine: AsyncEngine) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def write(engine: AsyncEngine, *documents: Document) -> list[str]:
    """Index documents; gives the statements that it took."""
    with noted(engine) as statements:
        async with AsyncSession(engine) as session, session.begin():
            await index(session, documents)
    return [each for each in statements if not each.startswith(("BEGIN", "SET LOCAL"))]


async def rows(engine: AsyncEngine, *tables: Any) -> list[set[Any]]:
    async with engine.connect() as connection:
        return [
            {repr(tuple(row)) for row in await connection.execute(select(table.__table__))}
            for table in tables or TABLES
        ]


async def postings(engine: AsyncEngine) -> set[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return {tuple(row) for row in await connection.execute(select(SearchPosting.__table__))}


async def test_one_posting_for_each_term_with_its_best_field(engine: AsyncEngine) -> None:
    await write(engine, DJANGO_Q)
    of_package = (1_920, "PACKAGE", 7)
    assert await postings(engine) == {
        ("django", 1, *of_package),
        ("q", 1, *of_package),
        ("djangoq", 1, *of_package),
        ("=django q", 1, *of_package),
        ("~djangoq", 1, *of_package),
        ("=django-q", 2, *of_package),
        ("a", 3, *of_package),
        ("task", 3, *of_package),
        ("queue", 3, *of_package),
        ("koed00", 4, *of_package),
    }
    await write(engine, CELERY)
    async with AsyncSession(engine) as session:
        terms = set(await session.scalars(select(SearchPattern.term).distinct()))
        of_task = set(
            await session.scalars(select(SearchPattern.pattern).where(SearchPattern.term == "task"))
        )
    assert terms == {"django", "djangoq", "task", "queue", "celery", "another"}
    assert of_task == {"?ask", "t?sk", "ta?k", "tas?"}


async def test_the_index_is_the_same_however_it_came_about(engine: AsyncEngine) -> None:
    await write(engine, DJANGO_Q, TASKS)
    await write(engine, replace(DJANGO_Q, title="Quite another", stars=5), CELERY, APPS)
    await write(engine, replace(APPS, node_type=SearchType.GRID))
    async with AsyncSession(engine) as session, session.begin():
        await remove(session, SearchType.GRID, [7])
        await remove(session, SearchType.GRID, [])
    await write(engine, DJANGO_Q, TASKS, replace(CELERY, participants=["ask", "auvipy"]))
    changed = await rows(engine, SearchDocument, SearchPosting)

    async with AsyncSession(engine) as session, session.begin():
        for node_type in SearchType:
            await remove(session, node_type, [7, 8])
    assert await rows(engine, SearchDocument, SearchPosting) == [set(), set()]
    await write(engine, APPS, replace(CELERY, participants=["ask", "auvipy"]), TASKS, DJANGO_Q)
    assert await rows(engine, SearchDocument, SearchPosting) == changed


async def test_the_stored_row_is_what_was_given(engine: AsyncEngine) -> None:
    await write(engine, DJANGO_Q)
    async with AsyncSession(engine) as session:
        row = (await session.scalars(select(SearchDocument))).one()
    assert (row.title, row.slug, row.description) == ("Django Q", "django-q", "A task queue")
    assert (row.participants, row.popularity) == (["Koed00"], 1_920)
    assert row.words == [list(word) for word in document_words(DJANGO_Q)]


async def test_what_search_knows_already_is_not_written(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)
    same = changed(Q, repoWatchers=Q["repoWatchers"] + 1, documentationUrl="https://docs.test/")
    for row, is_written in ((same, False), (changed(Q, repoWatchers=1), True)):
        with noted(engine) as statements:
            await loaded(engine, row)
        assert any("search_" in each for each in statements) is is_written


async def test_statements_do_not_grow_with_the_documents(engine: AsyncEngine) -> None:
    one = await write(engine, CELERY)
    many = await write(engine, *(replace(CELERY, node_id=i) for i in range(100, 100 + BATCH)))
    assert len(one) == len(many) <= 7


async def test_more_documents_than_a_batch(engine: AsyncEngine) -> None:
    documents = [replace(CELERY, node_id=i, title=f"Title {i}") for i in range(BATCH + 1)]
    await write(engine, *documents)
    async with AsyncSession(engine) as session, session.begin():
        assert len((await session.scalars(select(SearchDocument.node_id))).all()) == BATCH + 1
        await remove(session, SearchType.PACKAGE, range(BATCH + 1))
    assert await rows(engine, SearchDocument, SearchPosting) == [set(), set()]


async def test_it_is_rolled_back_with_the_rows(engine: AsyncEngine) -> None:
    await write(engine, CELERY)
    before = await rows(engine)
    async with AsyncSession(engine) as session:
        await index(session, [DJANGO_Q])
        await remove(session, SearchType.PACKAGE, [8])
        await session.rollback()
    assert await rows(engine) == before


async def test_two_add_the_same_terms_at_once(engine: AsyncEngine) -> None:
    await asyncio.gather(
        *(write(engine, replace(CELERY, node_id=i)) for i in range(8)),
    )
    found = await postings(engine)
    assert len({row[4] for row in found}) == 8
    assert len(found) % 8 == 0


async def test_checks_are_in_the_database(engine: AsyncEngine) -> None:
    await write(engine, CELERY)
    for field, term in ((0, "x"), (5, "x"), (1, "")):
        with pytest.raises(IntegrityError):
            async with AsyncSession(engine) as session, session.begin():
                session.add(
                    SearchPosting(term=term, field=field, popularity=0, node_type="GRID", node_id=1)
                )
    with pytest.raises(ValueError, match="two documents"):
        async with AsyncSession(engine) as session, session.begin():
            await index(session, [replace(CELERY, title=title) for title in ("a", "b")])


def test_popularity_is_stars_rounded_down() -> None:
    assert [popularity(stars) for stars in (None, 0, 1, 15, 16, 17, 31, 33)] == [
        0,
        0,
        1,
        15,
        16,
        16,
        30,
        32,
    ]
    assert popularity(5_587) == 5_120
    assert popularity(2**31 - 1) == 15 * 2**27
    rounded = [popularity(stars) for stars in range(5_000)]
    assert rounded == sorted(rounded)
    assert all(stars - stars // 8 <= each <= stars for stars, each in enumerate(rounded))


def test_texts_are_indexed_up_to_a_bound() -> None:
    words = document_words(
        Document(
            SearchType.PACKAGE,
            1,
            "title " * 1_000,
            "slug-" * 1_000,
            "word " * 10_000,
            [f"login{i}" for i in range(1_000)],
        )
    )
    assert len(words) < 1_000
    assert sum(field == 4 for _, field, _, _ in words) == MOST_PARTICIPANTS
    assert all(len(term) <= 129 for term, _, _, _ in words)


def test_a_login_is_one_term() -> None:
    words = document_words(
        replace(APPS, title="!", slug="-", participants=["jordan-r", "!!", "a_b"])
    )
    assert words == [("jordanr", 4, 0, 0), ("ab", 4, 2, 0)]
