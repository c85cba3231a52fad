"""What became of edits that came with an idempotency key: a repeat is answered from here."""

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import JSON, ForeignKey, Text, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant
from db.checks import CONTROL
from db.errors import ErrorCode, Refused, UserError

if TYPE_CHECKING:
    from db.edit import Edit


KEPT = dt.timedelta(hours=24)
"""How long an outcome is kept."""

KEY_LENGTH = 255


class KeptOutcome(Base):
    """Of one token's `key`: the input's fingerprint, and the ids and errors that it led to."""

    __tablename__ = "kept_outcome"

    token_id: Mapped[int] = mapped_column(ForeignKey("token.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(Text)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)


def fingerprint(name: str, given: Any) -> str:
    """What tells one input of the edit `name` from another."""
    told = orjson.dumps([name, given], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(told).hexdigest()


async def kept_outcome(edit: "Edit", key: str, print_: str) -> dict[str, Any] | None:
    """The outcome that is kept under the actor's `key`; None where there is none.

    Raises Refused where the key cannot be, or came with another input.
    """
    path = ("input", "idempotencyKey")
    if not 1 <= len(key) <= KEY_LENGTH or CONTROL.search(key):
        message = f"expected 1 to {KEY_LENGTH} characters, none of them a control character"
        raise Refused([UserError(path, ErrorCode.INVALID, message)])
    kept = KeptOutcome
    oldest = edit.now - KEPT
    await edit.session.execute(delete(kept).where(kept.at <= oldest))
    query = select(kept.fingerprint, kept.outcome)
    query = query.where(kept.token_id == edit.actor.token_id, kept.key == key)
    found = (await edit.session.execute(query)).one_or_none()
    if found is None:
        return None
    if found.fingerprint != print_:
        message = "this key came with another input: take a new key for another edit"
        raise Refused([UserError(path, ErrorCode.INVALID, message)])
    outcome: dict[str, Any] = found.outcome
    return outcome


async def keep_outcome(edit: "Edit", key: str, print_: str, outcome: dict[str, Any]) -> None:
    """Keep an outcome in the edit's own transaction."""
    row = {"token_id": edit.actor.token_id, "key": key, "fingerprint": print_}
    await edit.session.execute(insert(KeptOutcome), row | {"outcome": outcome, "at": edit.now})
