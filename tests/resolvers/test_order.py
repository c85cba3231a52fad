"""Reading cursors; that they page rightly is tested in test_page.py."""

import datetime as dt
from typing import Any

import orjson
import pytest
from sqlalchemy import BigInteger, Text

from db.base import Instant
from db.errors import InputError
from resolvers.order import decode

TAG = "Package TITLE ASC"
NOON = dt.datetime(2026, 2, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("type_", "written", "read"),
    [
        (Text(), "", ""),
        (Text(), "größe \U0001f984 ' \" \\ %", "größe \U0001f984 ' \" \\ %"),
        (BigInteger(), -(2**63), -(2**63)),
        (BigInteger(), 2**63 - 1, 2**63 - 1),
        (Instant(), "2026-02-15T12:00:00.000000+00:00", NOON),
        (Instant(), "2026-02-15T14:00:00+02:00", NOON),
    ],
)
def test_values_are_read_by_their_types(type_: Any, written: Any, read: Any) -> None:
    text = orjson.dumps([TAG, written, 17]).decode()
    assert decode(text, TAG, (type_, BigInteger()), "after") == (read, 17)


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        (Text(), 1),
        (Text(), None),
        (Text(), "a\0b"),
        (BigInteger(), "1"),
        (BigInteger(), True),
        (BigInteger(), 1.0),
        (BigInteger(), 2**63),
        (Instant(), "2026-02-15T12:00:00"),
        (Instant(), 0),
        (Instant(), None),
    ],
)
def test_another_value_is_refused(type_: Any, written: Any) -> None:
    text = orjson.dumps([TAG, written, 17]).decode()
    with pytest.raises(InputError, match="before is not a cursor of this list in this order"):
        decode(text, TAG, (type_, BigInteger()), "before")
