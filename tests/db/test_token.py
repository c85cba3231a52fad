"""Tokens: made, looked up by what is kept of them, used, expired, revoked."""

import asyncio
import datetime as dt
import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.head import Head, SqliteHead, open_head
from db.read import Reader, open_reader
from db.token import (
    Actor,
    Role,
    Token,
    TokenError,
    Tokens,
    create,
    hash_of,
    listed,
    may,
    revoke,
)

NOW = dt.datetime(2026, 11, 24, 12, 34, 56, 789, tzinfo=dt.UTC)
HOUR = NOW.replace(minute=0, second=0, microsecond=0)
DAY = dt.timedelta(days=1)

UNFIT = ("", " ", "x" * 101, "a\nb", "a\0", "\x7f", "\x9b", "a\u202eb", "\ud800")


@pytest.fixture
async def reader(database_url: str) -> AsyncIterator[Reader]:
    reader = await open_reader(database_url, 2)
    yield reader
    await reader.close()


@pytest.fixture
async def head(database_url: str) -> AsyncIterator[Head]:
    head = await open_head(database_url)
    yield head
    await head.close()


@pytest.fixture
def tokens(reader: Reader, engine: AsyncEngine, head: Head) -> Tokens:
    return Tokens(reader, engine, head)


async def made(engine: AsyncEngine, name: str, role: Role = Role.EDITOR, days: int = 1) -> str:
    """A new token, made at `NOW`."""
    async with AsyncSession(engine) as session, session.begin():
        return await create(session, name, role, NOW, days)


async def revoked(engine: AsyncEngine, name: str, now: dt.datetime = NOW) -> None:
    async with AsyncSession(engine) as session, session.begin():
        await revoke(session, name, now)


async def row(engine: AsyncEngine, name: str) -> Token:
    async with AsyncSession(engine) as session:
        return (await session.scalars(select(Token).where(Token.name == name))).one()


async def test_each_role_may_what_the_one_before_may() -> None:
    allowed = {role: [may(Actor("x", has), role) for has in Role] for role in Role}
    assert allowed == {
        Role.READER: [True, True, True],
        Role.EDITOR: [False, True, True],
        Role.ADMIN: [False, False, True],
    }
    assert not any(may(None, role) for role in Role)


# ------------------------------------------------------------ made


async def test_a_token_is_kept_as_its_hash_alone(engine: AsyncEngine) -> None:
    secret = await made(engine, "ann", days=365)
    assert re.fullmatch(r"packgrid_[\w-]{43}", secret)
    kept = await row(engine, "ann")
    assert kept.hash == hash_of(secret) == sha256(secret.encode()).hexdigest()
    assert (kept.role, kept.created, kept.expires) == ("EDITOR", NOW, NOW + 365 * DAY)
    assert (kept.last_used, kept.revoked) == (None, None)
    assert secret not in repr(vars(kept))


async def test_no_two_tokens_are_alike(engine: AsyncEngine) -> None:
    assert len({await made(engine, f"ann {number}") for number in range(20)}) == 20


@pytest.mark.parametrize(
    "name", ["a", "x" * 100, "Ann's script", "größe", "脚本", "loader", "in:x"]
)
async def test_names_that_a_token_may_have(engine: AsyncEngine, name: str) -> None:
    await made(engine, f" {name} ")
    assert (await row(engine, name)).name == name


@pytest.mark.parametrize("act", [made, revoked])
@pytest.mark.parametrize(
    "name",
    [
        *UNFIT,
        "load",
        "Load ",
        "migration",
        "mirror",
        "ingest:",
        "ingest:github",
        "INGEST:x",
        "ｌｏａｄ",
        "Ｌoad",
        "ingest：x",
    ],
)
async def test_names_that_no_token_has(engine: AsyncEngine, act: Any, name: str) -> None:
    with pytest.raises(TokenError) as refused:
        await act(engine, name)
    assert str(refused.value).isprintable()


async def test_a_name_is_taken_for_ever(engine: AsyncEngine) -> None:
    await made(engine, "ann")
    for _ in range(2):
        with pytest.raises(TokenError, match='"ann"'):
            await made(engine, "ann")
        await revoked(engine, "ann")


@pytest.mark.parametrize("days", [-1, 0, 3_651, 10**9])
async def test_days_that_no_token_is_good_for(engine: AsyncEngine, days: int) -> None:
    with pytest.raises(TokenError, match=re.escape("1 to 3,650 days")):
        await made(engine, "ann", days=days)


async def test_all_are_listed(engine: AsyncEngine) -> None:
    for name in ("b", "c", "a"):
        await made(engine, name)
    await revoked(engine, "c")
    async with AsyncSession(engine) as session:
        assert [token.name for token in await listed(session)] == ["b", "c", "a"]


# ------------------------------------------------------------ looked up


async def test_a_token_tells_its_name_and_role(engine: AsyncEngine, tokens: Tokens) -> None:
    for role in Role:
        secret = await made(engine, role.name.lower(), role)
        kept = await row(engine, role.name.lower())
        assert await tokens.actor(secret, NOW) == Actor(kept.name, role, kept.id)


async def test_a_name_may_be_any_text(engine: AsyncEngine, tokens: Tokens) -> None:
    for name in ("größe 脚本 🙂", "0", "a; DROP TABLE token --'\""):
        assert (await tokens.actor(await made(engine, name), NOW)).name == name


async def test_a_token_that_is_not_there_is_nobodys(engine: AsyncEngine, tokens: Tokens) -> None:
    secret = await made(engine, "ann")
    for other in ("", "x", secret[:-1], secret + "x", secret.swapcase(), hash_of(secret), "%"):
        with pytest.raises(TokenError, match="not known") as refused:
            await tokens.actor(other, NOW)
        assert secret not in str(refused.value)


async def test_a_token_is_good_until_it_expires(engine: AsyncEngine, tokens: Tokens) -> None:
    secret = await made(engine, "ann")
    moment = dt.timedelta(microseconds=1)
    assert await tokens.actor(secret, NOW + DAY - moment)
    for late in (NOW + DAY, NOW + 400 * DAY):
        with pytest.raises(TokenError, match="expired"):
            await tokens.actor(secret, late)


async def test_a_token_is_good_for_nothing_once_it_is_revoked(
    engine: AsyncEngine, tokens: Tokens
) -> None:
    secret = await made(engine, "ann")
    assert await tokens.actor(secret, NOW)
    await revoked(engine, "ann")
    for late in (NOW, NOW + 2 * DAY):
        with pytest.raises(TokenError, match="revoked"):
            await tokens.actor(secret, late)
    await revoked(engine, "ann", NOW + DAY)
    assert (await row(engine, "ann")).revoked == NOW


async def test_only_what_is_there_is_revoked(engine: AsyncEngine) -> None:
    await made(engine, "ann")
    with pytest.raises(TokenError, match='no token called "Ann"'):
        await revoked(engine, "Ann")


async def test_it_is_looked_up_by_an_index(engine: AsyncEngine, reader: Reader) -> None:
    tokens = Tokens(reader, engine, None)
    if reader.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.exec_driver_sql(
                "INSERT INTO token (name, role, hash, created, expires)"
                " SELECT n, 'READER', n, now(), now() FROM generate_series(1, 5000) AS n"
            )
            await connection.exec_driver_sql("ANALYZE token")
    plan = await reader.plan(tokens._lookup, [hash_of("x")])
    assert re.search(r"uq_token_hash|USING INDEX sqlite_autoindex_token", "\n".join(plan)), plan


# ------------------------------------------------------------ used


async def known(head: Head) -> object:
    """The head, once it is known."""
    async with asyncio.timeout(30):
        while (now := head.now()) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    return now


async def used(tokens: Tokens, secret: str, now: dt.datetime) -> None:
    """Use a token and wait until that is written."""
    tokens.used(await tokens.actor(secret, now), now)
    await tokens.close()


async def test_the_last_use_is_known_to_the_hour_and_moves_no_head(
    engine: AsyncEngine, tokens: Tokens, head: Head
) -> None:
    secret, other = await made(engine, "ann"), await made(engine, "bob")
    await asyncio.sleep(0.3)
    before = await known(head)
    for minutes in (0, 3, 25, 26, 90):
        now = NOW + dt.timedelta(minutes=minutes)
        await used(tokens, secret, now)
        hour = HOUR + dt.timedelta(hours=(34 + minutes) // 60)
        assert (await row(engine, "ann")).last_used == hour
    await asyncio.sleep(0.3)
    assert await known(head) == before
    assert (await row(engine, "bob")).last_used is None
    await used(tokens, other, NOW)
    assert (await row(engine, "bob")).last_used == HOUR


async def test_without_a_head_the_last_use_is_written_too(
    engine: AsyncEngine, reader: Reader
) -> None:
    secret = await made(engine, "ann")
    await used(Tokens(reader, engine, None), secret, NOW)
    assert (await row(engine, "ann")).last_used == HOUR


async def test_a_use_is_written_once_an_hour(
    engine: AsyncEngine, tokens: Tokens, reader: Reader
) -> None:
    """By this process; another one does not move it back."""
    secret = await made(engine, "ann")
    await used(tokens, secret, NOW)
    async with AsyncSession(engine) as session, session.begin():
        (await session.scalars(select(Token))).one().last_used = HOUR + DAY
    await used(tokens, secret, NOW + dt.timedelta(minutes=1))
    await used(Tokens(reader, engine, None), secret, NOW)
    assert (await row(engine, "ann")).last_used == HOUR + DAY


async def test_a_use_that_cannot_be_written_is_in_the_log_of_the_server_alone(
    engine: AsyncEngine,
    tokens: Tokens,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("db.head.LOCKED", 0.1)
    secret = await made(engine, "ann")
    actor = await tokens.actor(secret, NOW)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE token RENAME COLUMN last_used TO away")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            tokens.used(actor, NOW)
            await tokens.close()
    (record,) = caplog.records
    assert "is not written" in record.getMessage()
    assert secret not in caplog.text


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
async def test_on_sqlite_a_use_waits_for_its_turn(
    database_url: str, engine: AsyncEngine, tokens: Tokens, head: SqliteHead
) -> None:
    """And the head moves by the commit that it waited for, and by that alone."""
    secret = await made(engine, "ann")
    before = await known(head)
    writer = sqlite3.connect(str(make_url(database_url).database), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE token SET role = 'ADMIN'")
    tokens.used(await tokens.actor(secret, NOW), NOW)
    await asyncio.sleep(0.1)
    assert await known(head) == before
    writer.execute("COMMIT")
    after = await known(head)
    assert after != before
    await tokens.close()
    assert await known(head) == after
    assert (await row(engine, "ann")).last_used == HOUR
    writer.close()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
async def test_on_sqlite_a_commit_of_another_is_seen_after_a_use(
    database_url: str, engine: AsyncEngine, tokens: Tokens, head: SqliteHead
) -> None:
    """Also where the head was not asked for between the two."""
    secret = await made(engine, "ann")
    writer = sqlite3.connect(str(make_url(database_url).database), isolation_level=None)
    for hours in range(20):
        before = await known(head)
        writer.execute("UPDATE token SET role = ?", [("READER", "ADMIN")[hours % 2]])
        await used(tokens, secret, NOW + dt.timedelta(hours=hours))
        assert await known(head) != before
    writer.close()
