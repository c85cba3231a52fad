"""The readers of JSON: what they take, what they refuse, and in which words."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import reading
from ingest.errors import Unreadable
from ingest.reading import answer_of, read

READERS: list[Callable[[Any, str], Any]] = [
    reading.count,
    reading.counts,
    reading.flag,
    reading.text,
    reading.texts,
    reading.lines,
    reading.address,
    reading.date,
    reading.part,
    reading.parts,
    reading.elements,
]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@pytest.mark.parametrize("reader", READERS)
def test_what_is_not_said_is_none(reader: Callable[[Any, str], Any]) -> None:
    assert reader({}, "key") is None
    assert reader({"key": None}, "key") is None


@pytest.mark.parametrize("reader", READERS)
@given(data=json_values, value=json_values)
def test_anything_is_read_or_is_unreadable(
    reader: Callable[[Any, str], Any], data: Any, value: Any
) -> None:
    for given_data in (data, {"key": value}):
        with suppress(Unreadable):
            reader(given_data, "key")


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, null]}', {"a": [1, None]}),
        (b"\xef\xbb\xbf{}", {}),
        ('"Zoë"'.encode(), "Zoë"),
    ],
)
def test_json_is_read(body: bytes, value: Any) -> None:
    assert read(body) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html>",
        b'{"a": ',
        b"NaN",
        b"[Infinity]",
        b'"\\ud800"',
        b'"\xff"',
        b"[" * 20_000 + b"]" * 20_000,
    ],
)
def test_what_is_no_json_is_unreadable(body: bytes) -> None:
    with (
        pytest.raises(
            Unreadable, match=r"^The answer of PyPI cannot be read: it is no valid JSON$"
        ),
        answer_of("PyPI"),
    ):
        read(body)


def test_the_message_names_upstream_and_key_and_not_the_value() -> None:
    with (
        pytest.raises(Unreadable) as caught,
        answer_of("gitlab.example.org"),
    ):
        reading.count({"star_count": "secret"}, "star_count")
    assert str(caught.value) == (
        "The answer of gitlab.example.org cannot be read: "
        "star_count: expected a whole number from 0 to 2,147,483,647"
    )


@pytest.mark.parametrize("value", [-1, 2**31, 2**63, 1.0, 10.0**300, True, "7", [7], {}])
def test_a_count_is_a_whole_number_that_a_column_holds(value: Any) -> None:
    assert reading.count({"n": 2**31 - 1}, "n") == 2**31 - 1
    assert reading.counts({"n": [0, 7]}, "n") == [0, 7]
    with pytest.raises(Unreadable, match="n: expected a whole number"):
        reading.count({"n": value}, "n")
    with pytest.raises(Unreadable, match="n: expected a whole number"):
        reading.counts({"n": [0, value]}, "n")


@pytest.mark.parametrize("value", [0, 1, "true", []])
def test_a_flag_is_true_or_false(value: Any) -> None:
    assert reading.flag({"f": False}, "f") is False
    with pytest.raises(Unreadable, match="f: expected true or false"):
        reading.flag({"f": value}, "f")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("", ""),
        ("  a\r\n\tb  ", "a b"),
        ("a\x00b\x7f\u202ec", "a b c"),
        ("Größe 🎉", "Größe 🎉"),
        ("x" * 5_000_000, "x" * 10),
        ("123456789 123", "123456789"),
    ],
)
def test_a_text_is_a_line_that_is_cut(value: str, line: str) -> None:
    assert reading.text({"t": value}, "t", 10) == line


def test_lines_are_the_first_that_are_not_empty() -> None:
    assert reading.lines({"t": " MIT License\r\n\n\x00 \nCopyright\nx"}, "t", 2) == [
        "MIT License",
        "Copyright",
    ]
    assert reading.lines({"t": ""}, "t") == []
    assert reading.lines({"t": "x" * 5_000_000}, "t") == ["x" * 1_000]
    with pytest.raises(Unreadable, match="t: expected a text"):
        reading.lines({"t": ["a"]}, "t")


def test_texts_are_lines_without_the_empty_ones() -> None:
    assert reading.texts({"t": [" a ", "", "\x00", "b" * 200, "c"]}, "t", 2) == ["a", "b" * 100]
    with pytest.raises(Unreadable, match="t: expected a text"):
        reading.texts({"t": ["a", None]}, "t")


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (" https://example.org/docs ", "https://example.org/docs"),
        ("", None),
        ("UNKNOWN", None),
        ("javascript:alert(1)", None),
        ("https://user:password@example.org", None),
        ("https://exa mple.org", None),
        ("https://[", None),
        ("https://example.org/" + "x" * 2_000, None),
    ],
)
def test_an_address_is_one_of_the_web(value: str, url: str | None) -> None:
    assert reading.address({"u": value}, "u") == url
    with pytest.raises(Unreadable, match="u: expected a text"):
        reading.address({"u": [value]}, "u")


@pytest.mark.parametrize(
    "value", ["2026-02-15T08:05:54Z", "2026-02-15T09:05:54+01:00", "2026-02-15T08:05:54.000000Z"]
)
def test_a_date_is_in_utc(value: str) -> None:
    moment = dt.datetime(2026, 2, 15, 8, 5, 54, tzinfo=dt.UTC)
    assert reading.date({"d": value}, "d") == moment
    assert reading.date({"d": "2026-02-15T08:05:54"}, "d", dt.UTC) == moment


@pytest.mark.parametrize(
    "value",
    [
        0,
        "",
        "yesterday",
        "2026-02-15T08:05:54",
        "2026-02-30T08:05:54Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z",
        pytest.param((dt.datetime.now(dt.UTC) + dt.timedelta(days=2)).isoformat(), id="to come"),
    ],
)
def test_a_date_has_an_offset_and_is_of_the_past(value: Any) -> None:
    with pytest.raises(Unreadable, match="d: expected a date"):
        reading.date({"d": value}, "d")


def test_objects_and_lists_are_what_they_should_be() -> None:
    data = {"o": {"a": 1}, "l": [{"a": 1}, {}], "s": "text"}
    assert reading.part(data, "o") == {"a": 1}
    assert reading.parts(data, "l") == [{"a": 1}, {}]
    assert reading.elements(data, "l") == [{"a": 1}, {}]
    for reader, expected in (
        (reading.part, "an object"),
        (reading.parts, "a list"),
        (reading.elements, "a list"),
    ):
        with pytest.raises(Unreadable, match=f"s: expected {expected}"):
            reader(data, "s")
    with pytest.raises(Unreadable, match="l: expected an object"):
        reading.parts({"l": [1]}, "l")
