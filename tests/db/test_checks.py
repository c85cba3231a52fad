"""How texts and addresses from outside are checked."""

import pytest

from db import checks


@pytest.mark.parametrize("address", ["https://example.org", "HTTP://Example.org:8080/a?b#c"])
def test_addresses_that_are_taken(address: str) -> None:
    assert checks.url(f" {address} ") == address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ftp://example.org", "begins with http"),
        ("example.org", "begins with http"),
        ("https://", "with a host"),
        ("https://a b/", "without spaces"),
        ("https://a\u200b.org/", "without spaces"),
        ("https://a:b/", "with a host"),
        ("https://a:99999/", "with a host"),
        ("https://user:secret@example.org/", "no name and password"),
        ("https://" + "a" * 2_000, "2,000 characters at most"),
    ],
)
def test_addresses_that_are_not(address: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        checks.url(address)


@pytest.mark.parametrize("character", "\x00\x1b\x7f\x85\u2028\u202e\u2066\uffff")
def test_no_text_has_control_characters(character: str) -> None:
    for check in (checks.TITLE, checks.LONG_OR_EMPTY):
        with pytest.raises(ValueError, match="control"):
            check(f"a{character}b")


def test_lines_end_in_one_way() -> None:
    assert checks.LONG_OR_EMPTY("a\r\nb\n") == "a\nb"
    with pytest.raises(ValueError, match="control"):
        checks.TITLE("a\nb")
