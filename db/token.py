"""Tokens: who calls, and what they may do."""

import asyncio
import datetime as dt
import enum
import logging
import secrets
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Text, bindparam, cast, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant, Key, not_empty, one_of
from db.head import Head, SqliteHead
from db.read import Reader, Statement
from db.text import fold

logger = logging.getLogger(__name__)

PREFIX = "packgrid_"
"""What a token begins with, so that a person or a scanner of leaks knows it for one."""

NAME_LENGTH = 100

LONGEST = 3650
"""Days that a token may be good for."""

RESERVED = {"load", "migration", "mirror"}
"""What the log calls those who have no token; so does all that begins with `ingest:`."""

LAST_USED = """UPDATE token SET last_used = :hour
WHERE id = :id AND (last_used IS NULL OR last_used < :hour)"""


class TokenError(Exception):
    """A token that cannot be made, revoked or taken; the text says why and never holds it."""


class Role(enum.Enum):
    """Each may do all that the one before may."""

    READER = "READER"
    EDITOR = "EDITOR"
    ADMIN = "ADMIN"


class Actor(NamedTuple):
    """Who calls: the name is the one that the log has; `token_id` is None without a token."""

    name: str
    role: Role
    token_id: int | None = None


def may(actor: Actor | None, role: Role) -> bool:
    """Whether a caller may do what needs `role`; None is one without a token, who may nothing."""
    ranks = list(Role)
    return actor is not None and ranks.index(actor.role) >= ranks.index(role)


class Token(Base):
    """`hash` is the SHA-256 of the token in hexadecimal digits; the token itself is not kept.

    `last_used` is to the hour.
    """

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    role: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text, unique=True)
    created: Mapped[dt.datetime] = mapped_column(Instant)
    expires: Mapped[dt.datetime] = mapped_column(Instant)
    last_used: Mapped[dt.datetime | None] = mapped_column(Instant)
    revoked: Mapped[dt.datetime | None] = mapped_column(Instant)

    __table_args__ = (
        not_empty("name"),
        one_of("role", Role),
        {"sqlite_autoincrement": True},
    )


def hash_of(secret: str) -> str:
    """What is kept of a token. It is 256 random bits: a slow hash would make it no safer."""
    return sha256(secret.encode()).hexdigest()


def _checked(name: str) -> str:
    """The name as it is kept. Raises TokenError where a token may not be called so."""
    name = name.strip()
    if not (0 < len(name) <= NAME_LENGTH and name.isprintable()):
        raise TokenError(f"a token's name is 1 to {NAME_LENGTH} characters that can be printed")
    seen = fold(unicodedata.normalize("NFKC", name))  # as one who reads the log takes it
    if seen in RESERVED or seen.startswith("ingest:"):
        raise TokenError(f'"{name}" is what the log calls one who has no token: take another name')
    return name


async def create(session: AsyncSession, name: str, role: Role, now: dt.datetime, days: int) -> str:
    """Make a token that is good for `days` from `now`, and give it: it cannot be had again.

    Raises TokenError where the name is taken, be it by a token that was revoked: the log has it.
    """
    if not 1 <= days <= LONGEST:
        raise TokenError(f"a token is good for 1 to {LONGEST:,} days, not {days:,}")
    name, secret = _checked(name), PREFIX + secrets.token_urlsafe(32)
    session.add(
        Token(
            name=name,
            role=role.name,
            hash=hash_of(secret),
            created=now,
            expires=now + dt.timedelta(days=days),
        )
    )
    try:
        await session.flush()
    except IntegrityError:
        raise TokenError(f'there is or was a token called "{name}": take another name') from None
    return secret


async def revoke(session: AsyncSession, name: str, now: dt.datetime) -> None:
    """Let a token be good for nothing, from the next request on; one that was revoked stays so.

    Raises TokenError where there is none of this name.
    """
    name = _checked(name)
    token = await session.scalar(select(Token).where(Token.name == name))
    if token is None:
        raise TokenError(f'there is no token called "{name}"')
    token.revoked = token.revoked or now


async def listed(session: AsyncSession) -> Sequence[Token]:
    """All tokens, the oldest first."""
    return (await session.scalars(select(Token).order_by(Token.id))).all()


class Tokens:
    """The tokens of a database as requests have them. `close` it at the end."""

    def __init__(self, reader: Reader, engine: AsyncEngine, head: Head | None) -> None:
        self._reader = reader
        self._engine = engine
        self._head = head
        # An aggregate, to have a row where there is no token.
        columns = (Token.id, Token.name, Token.role, Token.expires, Token.revoked)
        found = select(*(func.max(cast(column, Text)) for column in columns))
        sql = found.where(Token.hash == bindparam("hash")).compile(dialect=reader.dialect)
        self._lookup = Statement(sql.string)
        self._hours: dict[int, dt.datetime] = {}
        self._writing: set[asyncio.Task[None]] = set()

    async def actor(self, secret: str, now: dt.datetime) -> Actor:
        """Whose token this is. Raises TokenError where it is nobody's, or not any more.

        Nothing is kept of it: a token that is revoked is good for nothing from then on.
        """
        row = await self._reader.row(self._lookup, [hash_of(secret)])
        key, name, role, expires, revoked = (value and value.decode() for value in row)
        if not (key and name and role and expires):
            raise TokenError("the token is not known here")
        if revoked:
            raise TokenError("the token was revoked")
        if dt.datetime.fromisoformat(expires) <= now:
            raise TokenError("the token has expired")
        return Actor(name, Role[role], int(key))

    def used(self, actor: Actor, now: dt.datetime) -> None:
        """Note that a token was used; it is written in the background, once an hour."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if actor.token_id is not None and self._hours.get(actor.token_id) != hour:
            self._hours[actor.token_id] = hour
            task = asyncio.create_task(self._write(actor.token_id, hour))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _write(self, token_id: int, hour: dt.datetime) -> None:
        try:
            if isinstance(self._head, SqliteHead):
                kept = Instant().process_bind_param(hour, self._reader.dialect)
                await self._head.write(LAST_USED, {"id": token_id, "hour": kept})
            else:
                statement = text(LAST_USED).bindparams(bindparam("hour", hour, Instant()))
                async with self._engine.begin() as connection:
                    await connection.execute(statement, {"id": token_id})
        except Exception as error:
            logger.warning("the last use of token %d is not written: %r", token_id, error)

    async def close(self) -> None:
        """Wait until what was noted is written."""
        if self._writing:
            await asyncio.wait(self._writing)
