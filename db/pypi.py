"""Names and version numbers of projects on PyPI, Python's package index."""

from functools import cache
from urllib.parse import unquote, urlsplit

from packaging.utils import InvalidName, canonicalize_name
from packaging.version import InvalidVersion, Version

OLD_ADDRESS = "http://pypi.python.org/pypi/django-q"
"""How Django Packages still spells a project's address: by the host that the index had once."""

VERSION_LENGTH = 99
"""The longest text that is read as a version number: each of its numbers has two digits' length."""


def normalize_name(name: str) -> str:
    """The one spelling of a project's name that PEP 503 gives: "Django_Q" is "django-q".

    Raises ValueError where it is no name that PyPI could have.
    """
    try:
        return canonicalize_name(name.strip(), validate=True)
    except InvalidName:
        raise ValueError(
            "expected a PyPI project name: ASCII letters, digits, '.', '_' and '-', "
            "with a letter or digit at either end"
        ) from None


def name_from_url(url: str) -> str | None:
    """The normalised name of the project whose page `url` is; None where it is no such page.

    The spellings that Django Packages holds: `/pypi/NAME` on the old host, over http and over
    https, and `/project/NAME/` on today's. What may follow the name (a version, "json") is passed
    over.
    """
    try:
        parts = urlsplit(url.strip())
        _, folder, name, *_ = unquote(parts.path, errors="strict").split("/")
        if parts.scheme not in {"http", "https"} or parts.hostname not in _index_hosts():
            return None
        return normalize_name(name) if folder in {"pypi", "project"} else None
    except ValueError:
        return None


@cache
def _index_hosts() -> frozenset[str | None]:
    # Imported when first asked for: it brings a whole HTTP client, a quarter of a second.
    from pypi_simple import PYPI_SIMPLE_ENDPOINT

    hosts = [urlsplit(address).hostname for address in (OLD_ADDRESS, PYPI_SIMPLE_ENDPOINT)]
    return frozenset([*hosts, *(f"www.{host}" for host in hosts)])


def version_key(number: str) -> str:
    """A text whose code-point order is PEP 440's order of versions; ASCII, 300 characters at most.

    Equal versions ("1.0", "v1.0.0") have equal keys. What is not a version by PEP 440, or is longer
    than 99 characters, has the empty key, which comes before all others.

    A number is written with its count of digits before it, so that 9 ("019") comes before
    10 ("0210") and no number is the beginning of another. The parts, in the order in which PEP 440
    compares them:

        epoch    its number
        release  its numbers without the zeros at the end, then "-"
        pre      "a", "b" or "r" with its number; "z" without one, but "-" for 1.0.dev1 and its like
        post     its number; "-" without one
        dev      its number; "z" without one
        local    for each segment "n" and its number, or "a" and its letters and "-"
    """
    version = _parse(number)
    if version is None:
        return ""
    release = list(version.release)
    while release and release[-1] == 0:
        release.pop()
    if version.pre is not None:
        letter, count = version.pre
        pre = letter[0] + _digits(count)
    else:
        pre = "-" if version.dev is not None and version.post is None else "z"
    return "".join(
        (
            _digits(version.epoch),
            *map(_digits, release),
            "-",
            pre,
            "-" if version.post is None else _digits(version.post),
            "z" if version.dev is None else _digits(version.dev),
            *map(_local_segment, version.local.split(".") if version.local else ()),
        )
    )


def is_prerelease(number: str) -> bool:
    """Whether it is an alpha, a beta, a release candidate or a development release by PEP 440."""
    version = _parse(number)
    return version is not None and version.is_prerelease


def _parse(number: str) -> Version | None:
    try:
        return Version(number) if len(number) <= VERSION_LENGTH else None
    except InvalidVersion:
        return None


def _digits(number: int) -> str:
    digits = str(number)
    return f"{len(digits):02}{digits}"


def _local_segment(segment: str) -> str:
    return f"n{_digits(int(segment))}" if segment.isdigit() else f"a{segment}-"
