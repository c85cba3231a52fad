"""The feed: every number once and in order, of what was and of what comes."""

import asyncio
import random
import time
from collections.abc import AsyncIterator

import pytest

from db import feed as module
from db.feed import BATCH, Feed
from db.head import Head, open_head
from db.read import Reader, open_reader
from tests.counts import pick, reached
from tests.db.log import Append, appending
from tests.schema.serving import Recorder

CHANGES = pick(test=1_000, prove=20_000)


@pytest.fixture
async def reader(database_url: str) -> AsyncIterator[Recorder]:
    recorder = Recorder(await open_reader(database_url))
    yield recorder
    await recorder.close()


@pytest.fixture(params=["with a head", "without"])
async def head(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Head | None]:
    head = await open_head(database_url) if request.param == "with a head" else None
    yield head
    if head is not None:
        await head.close()


@pytest.fixture
async def feed(reader: Reader, head: Head | None) -> AsyncIterator[Feed]:
    feed = Feed(reader, head)
    yield feed
    await feed.close()


@pytest.fixture
async def append(database_url: str) -> AsyncIterator[Append]:
    async with appending(database_url) as append:
        yield append


async def first(count: int, numbers: AsyncIterator[int]) -> list[int]:
    """The first numbers of those, which have to come soon."""
    found: list[int] = []
    async with asyncio.timeout(60):
        while len(found) < count:
            found.append(await anext(numbers))
    return found


async def test_numbers_come_once_and_in_order_whenever_one_begins(
    feed: Feed, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 7)
    chance = random.Random(7)

    async def write() -> None:
        left = CHANGES
        while left:
            count = min(left, chance.randrange(1, 20))
            left -= count
            await append(count)
            await asyncio.sleep(0 if chance.random() < 0.95 else 0.1)

    async def follow(position: int) -> list[int]:
        await asyncio.sleep(chance.random() / 2)
        return await first(CHANGES - position, feed.changes(position))

    positions = [0, 0, 1, 6, 7, 8, *(chance.randrange(CHANGES) for _ in range(14))]
    _, *followed = await asyncio.gather(write(), *map(follow, positions))
    for position, numbers in zip(positions, followed, strict=True):
        assert numbers == [*range(position + 1, CHANGES + 1)]
    reached("changes, each followed by 20", CHANGES)


async def test_a_change_arrives_within_a_second(feed: Feed, append: Append) -> None:
    numbers = feed.changes(await feed.newest())
    for number in range(1, 11):
        waiting = asyncio.create_task(first(1, numbers))
        await asyncio.sleep(0.1)
        start = time.monotonic()
        await append()
        assert await waiting == [number]
        assert time.monotonic() - start < 1


async def test_the_newest_is_the_database_s(feed: Feed, append: Append) -> None:
    assert await feed.newest() == 0
    await append(3)
    assert await feed.newest() == 3


async def test_of_one_object_only_its_own_come(feed: Feed, append: Append) -> None:
    await append(BATCH + 20, key=1)
    await append(1, key=2)
    await append(BATCH + 20, key=1)
    await append(1, key=2, type_="GRID")
    numbers = feed.changes(0, ("PACKAGE", 2))
    assert await first(1, numbers) == [BATCH + 21]
    waiting = asyncio.create_task(first(1, numbers))
    await asyncio.sleep(0.2)
    await append(5, key=1)
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await append(1, key=2)
    assert await waiting == [2 * BATCH + 48]


async def test_it_reads_nothing_while_nobody_waits(
    feed: Feed, append: Append, reader: Recorder, head: Head | None
) -> None:
    await append()
    await asyncio.sleep(0.2)
    assert reader.statements == []
    waiting = [asyncio.create_task(first(1, feed.changes(1))) for _ in range(20)]
    await asyncio.sleep(1)
    # One read is for all of them.
    assert len(reader.statements) <= (4 if head else 31)
    await append()
    assert await asyncio.gather(*waiting) == [[2]] * 20
    await asyncio.sleep(0.2)
    before = len(reader.statements)
    await append()
    await asyncio.sleep(0.2)
    assert len(reader.statements) == before


async def test_a_database_that_fails_for_a_while_loses_nothing(
    feed: Feed,
    append: Append,
    reader: Recorder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.05)
    waiting = asyncio.create_task(first(3, feed.changes(0)))
    await asyncio.sleep(0.2)
    real = reader.reader.row

    async def fail(*_: object) -> list[bytes]:
        raise ConnectionError("away")

    monkeypatch.setattr(reader.reader, "row", fail)
    await append(3)
    await asyncio.sleep(0.4)
    assert "cannot be read" in caplog.text
    monkeypatch.setattr(reader.reader, "row", real)
    assert await waiting == [1, 2, 3]


async def test_who_goes_away_leaves_nothing_running(feed: Feed, append: Append) -> None:
    waiting = [asyncio.create_task(first(1, feed.changes(0))) for _ in range(5)]
    await asyncio.sleep(0.1)
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)
    await asyncio.sleep(0.2)
    assert feed._following is not None
    assert feed._following.done()
