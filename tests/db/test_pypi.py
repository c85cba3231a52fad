from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version
from pypi_simple import PYPI_SIMPLE_ENDPOINT

from db.pypi import (
    OLD_ADDRESS,
    VERSION_LENGTH,
    is_prerelease,
    name_from_url,
    normalize_name,
    version_key,
)

OLD = OLD_ADDRESS.removesuffix("django-q")
INDEX = urlsplit(PYPI_SIMPLE_ENDPOINT).hostname


@pytest.mark.parametrize(
    ("name", "normalized"),
    [
        ("django-q", "django-q"),
        ("Django_Q", "django-q"),
        ("Flask.SQLAlchemy", "flask-sqlalchemy"),
        ("a._-b", "a-b"),
        (" django \n", "django"),
        ("3", "3"),
    ],
)
def test_names_are_normalised_by_pep_503(name: str, normalized: str) -> None:
    assert normalize_name(name) == normalized


@pytest.mark.parametrize("name", ["", " ", "-q", "q-", "django q", "a/b", "é", "a\nb", "ſ", "a\0"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="expected a PyPI project name"):
        normalize_name(name)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"{OLD}django-q", "django-q"),
        (f"{OLD}Django_Q/", "django-q"),
        (f"{OLD}django-q/1.3.9/json", "django-q"),
        (f"{OLD}django-q".replace("http:", "https:"), "django-q"),
        (f"https://{INDEX}/project/django-q/", "django-q"),
        (f"https://{INDEX}/project/django-q", "django-q"),
        (f"https://{INDEX}/project/django-q/1.3.9/", "django-q"),
        (f"https://{INDEX}/project/django-q/#history", "django-q"),
        (f"https://{INDEX}/pypi/django-q/json", "django-q"),
        (f"HTTPS://WWW.{INDEX}/project/Django.Q/?x=1", "django-q"),
        (f"  http://{INDEX}/project/django%2Dq/ ", "django-q"),
        ("", None),
        ("django-q", None),
        (f"https://{INDEX}", None),
        (f"https://{INDEX}/", None),
        (f"https://{INDEX}/project/", None),
        (f"https://{INDEX}/project//django-q", None),
        (f"https://{INDEX}/user/koed00/", None),
        (f"https://{INDEX}/search/?q=django-q", None),
        (f"https://{INDEX}/project/django q/", None),
        (f"https://{INDEX}/project/%FF/", None),
        (f"https://test.{INDEX}/project/django-q/", None),
        (f"https://not{INDEX}/project/django-q/", None),
        (f"https://{INDEX}.example.org/project/django-q/", None),
        (f"ftp://{INDEX}/project/django-q/", None),
        ("https://example.org/project/django-q/", None),
        ("https://[oops/project/django-q/", None),
    ],
)
def test_the_name_in_an_address(url: str, name: str | None) -> None:
    assert name_from_url(url) == name


NUMBERS = st.integers(0, 12) | st.integers(0, 10**30)
LOCAL = st.lists(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), max_size=3).map(".".join)


@st.composite
def versions(draw: st.DrawFn) -> str:
    """Versions close enough to one another that each part gets to decide."""
    number = draw(st.sampled_from(["", "", "", "1!", "10!"]))
    number += ".".join(map(str, draw(st.lists(st.just(0) | NUMBERS, min_size=1, max_size=2))))
    number += draw(st.sampled_from(["", ".0", ".0.0"]))
    for part in ("a", "b", "rc"), (".post",), (".dev",):
        if draw(st.booleans()):
            number += draw(st.sampled_from(part)) + str(draw(st.integers(0, 11)))
    local = draw(st.just("") | LOCAL)
    number = f"{number}+{local}" if local else number
    assert len(number) <= VERSION_LENGTH
    return number


@given(versions(), versions())
@example("1.0", "1.0.0")
@example("1.9", "1.10")
@example("1.0.dev1", "1.0a1")
@example("1.0a1.dev1", "1.0a1")
@example("1.0.post1.dev1", "1.0")
@example("1.0+a", "1.0+1")
@example("1.0+ab.c", "1.0+abc")
@example("0", "0.0.1.dev1")
@example(f"1.{'9' * 30}", f"1.1{'0' * 30}")
def test_keys_have_the_order_of_pep_440(one: str, other: str) -> None:
    assert (version_key(one) < version_key(other)) == (Version(one) < Version(other))
    assert (version_key(one) == version_key(other)) == (Version(one) == Version(other))


def test_a_list_of_versions_is_sorted() -> None:
    before_one = ["garbage", "0.dev1", "0a1", "0", "0.0.1", "0.9", "0.10"]
    one = ["1.dev0", "1a1.dev1", "1a1", "1a1.post1", "1a2", "1a10", "1b1", "1rc1", "1"]
    local = ["1+abc", "1+5", "1+5.a", "1+10", "1.post1.dev1", "1.post1"]
    after_one = ["1.0.1", "1.1", "2", "10", "2016.1", "1!0"]
    keys = [version_key(number) for number in [*before_one, *one, *local, *after_one]]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    "number", ["", "latest", "1.x", "1..2", "2004d-beta-x", "1.0-", "²", "1" * 100, "1" * 5000]
)
def test_what_is_no_version_comes_before_all_others(number: str) -> None:
    assert version_key(number) < version_key("0.dev0")
    assert not is_prerelease(number)


@pytest.mark.parametrize(
    "number", ["1" * 99, "1." * 49 + "1", "1+" + "1." * 48 + "1", "1+" + "a." * 48 + "a"]
)
def test_a_key_is_bounded(number: str) -> None:
    assert len(number) == 99
    assert 0 < len(version_key(number)) <= 300


@given(st.text(max_size=120) | st.text("0123456789.!+-_abrcdevpost v", max_size=120))
def test_any_text_has_a_key(number: str) -> None:
    key = version_key(number)
    assert key.isascii()
    assert len(key) <= 300
    try:
        version = Version(number)
    except (InvalidVersion, ValueError):
        assert key == ""
    else:
        assert is_prerelease(number) == (version.is_prerelease and key != "")


@pytest.mark.parametrize(
    ("number", "prerelease"),
    [
        ("1.3.9", False),
        ("1.0.post1", False),
        ("1.0+local", False),
        ("1.0a1", True),
        ("1.0-beta.2", True),
        ("1.0rc1.post1", True),
        ("1.0.dev3", True),
        ("1.0.post1.dev3", True),
    ],
)
def test_prereleases(number: str, prerelease: bool) -> None:
    assert is_prerelease(number) is prerelease
