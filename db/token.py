"""Tokens: who may edit."""

import datetime as dt
import enum
from typing import NamedTuple

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant, Key, not_empty, one_of


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
