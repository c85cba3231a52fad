"""What became of edits that came with an idempotency key: a repeat is answered from here."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant


class KeptOutcome(Base):
    """Of one token's `key`: the input's fingerprint, and the ids and errors that it led to."""

    __tablename__ = "kept_outcome"

    token_id: Mapped[int] = mapped_column(ForeignKey("token.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(Text)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
