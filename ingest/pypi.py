"""PyPI, Python's package index, by its JSON API: one conditional request a project.

The API's key `releases` is deprecated, with the Index API in its place; that one has neither
licences nor classifiers, so a project would cost two requests. While `releases` is there it is
used. Without it, the release that `info` describes is the only one told of.

A release has licences and a development status only where `info` describes it, which is the newest
one. A number that is no version by PEP 440 is kept, below all that are; what is empty, longer than
99 characters or has control characters is left out. A release without files has no upload time.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from db.checks import CONTROL
from db.package import DevelopmentStatus, RepoHost
from db.pypi import VERSION_LENGTH, is_prerelease, normalize_name, version_key
from db.repo_url import normalize
from ingest import licenses, reading
from ingest.errors import Unreadable, UpstreamError
from ingest.facts import Facts, Fetched, Release, Subject
from ingest.http import Requests
from ingest.reading import answer_of

# Labels of addresses, as PEP 753 normalises and knows them, and others that are common.
_SOURCE = ["source", "repository", "sourcecode", "code", "repo", "git"]
_SOURCE += ["github", "gitlab", "bitbucket", "codeberg"]
_DOCUMENTATION = ["documentation", "docs", "readthedocs"]
_HOMEPAGE = ["homepage", "home"]

_STATUS = re.compile(r"Development Status :: ([1-7]) - ")
_STATUSES = [status.name for status in DevelopmentStatus]
_PYTHON = re.compile(r"Programming Language :: Python :: (\d)")
_PYTHONS_3 = [f"3.{minor}.{patch}" for minor in range(40) for patch in (0, 99)]
_DOCS_HOST = re.compile(r"https?://(?:docs\.|[^/]*\breadthedocs\.)", re.IGNORECASE)

T = TypeVar("T")


async def fetch(
    requests: Requests, subjects: Sequence[Subject]
) -> dict[int, Fetched | UpstreamError]:
    """Ask for each project, by its normalised name; the outcomes are by package."""
    return {subject.package_id: await _fetch(requests, subject) for subject in subjects}


async def _fetch(requests: Requests, subject: Subject) -> Fetched | UpstreamError:
    root = requests.settings.pypi_api.rstrip("/")
    is_known = subject.memo.get("name") == subject.name
    try:
        response = await requests.get(
            f"{root}/pypi/{subject.name}/json",
            etag=subject.memo.get("etag") if is_known else None,
        )
    except UpstreamError as error:
        return error
    at = dt.datetime.now(dt.UTC)
    if response.is_unchanged:
        return Fetched(at, {}, subject.memo)
    memo = {"name": subject.name}
    if response.etag:
        memo["etag"] = response.etag
    return Fetched(at, {"project": response.body}, memo)


@answer_of("PyPI")
def parse(fetched: Fetched) -> Facts:
    """What PyPI says of a project. Raises Unreadable.

    What the project leaves empty is not in the facts: nobody knows whether it is so, or unsaid.
    """
    if "project" not in fetched.bodies:
        return Facts({})
    project = reading.read(fetched.bodies["project"])
    info = _said("info", reading.part(project, "info"))
    _check_name(_said("name", reading.text(info, "name")), fetched.memo["name"])
    classifiers = reading.texts(info, "classifiers", 1_000) or []
    current = Release(
        number=_said("version", reading.text(info, "version")),
        uploaded_at=None,
        licenses=tuple(
            licenses.of_project(
                reading.text(info, "license_expression"),
                classifiers,
                reading.lines(info, "license") or [],
            )
        ),
        requires_python=reading.text(info, "requires_python") or None,
        development_status=_development_status(classifiers),
        is_yanked=reading.flag(info, "yanked") or False,
        is_prerelease=False,
    )
    releases = _releases(project, current)
    newest = max(releases, key=_rank, default=current)
    homepage, documentation, repository = _addresses(info)
    values = {
        "pypi_version": newest.number if releases else None,
        "licenses": list(current.licenses) or None,
        "requires_python": newest.requires_python,
        "supports_python3": _supports_python3(newest.requires_python, classifiers),
        "development_status": current.development_status,
        "documentation_url": documentation,
        "homepage_url": homepage,
        "repo_description": reading.text(info, "summary") or None,
        "advisories": _advisories(project),
    }
    said = {column: value for column, value in values.items() if value is not None}
    return Facts(said, repo_url=repository, releases=releases or None)


def _said(key: str, value: T | None) -> T:
    if value is None:
        raise Unreadable(f"{key} is missing")
    return value


def _check_name(given: str, asked: str) -> None:
    try:
        if normalize_name(given) == asked:
            return
    except ValueError:
        pass
    raise Unreadable(f"name: expected {asked}, it is another project's")


def _releases(project: Mapping[str, Any], current: Release) -> tuple[Release, ...]:
    files = reading.part(project, "releases") or {}
    if current.number not in files:
        files = {**files, current.number: reading.elements(project, "urls")}
    fit = [number for number in files if _is_fit(number)]
    return tuple(_release(number, reading.parts(files, number) or [], current) for number in fit)


def _is_fit(number: str) -> bool:
    is_short = len(number) <= VERSION_LENGTH
    return is_short and number.strip() == number != "" and not CONTROL.search(number)


def _release(number: str, files: list[dict[str, Any]], current: Release) -> Release:
    """A release by its files, which PyPI gives its `Requires-Python` one and all."""
    is_current = number == current.number
    first = min(files, key=_upload_time, default={})
    requires_python = reading.text(first, "requires_python") or None
    return Release(
        number=number,
        uploaded_at=reading.date(first, "upload_time_iso_8601")
        or reading.date(first, "upload_time", dt.UTC),
        licenses=current.licenses if is_current else (),
        requires_python=(is_current and current.requires_python) or requires_python,
        development_status=current.development_status if is_current else None,
        is_yanked=all(reading.flag(file, "yanked") for file in files)
        if files
        else is_current and current.is_yanked,
        is_prerelease=is_prerelease(number),
    )


def _upload_time(file: dict[str, Any]) -> str:
    """As a text: of the earliest alone a date is made."""
    return str(file.get("upload_time_iso_8601") or file.get("upload_time"))


def _rank(release: Release) -> tuple[bool, bool, str]:
    """The newest is a stable one that is not yanked, if there is one; then any that is not."""
    key = version_key(release.number)
    return not release.is_yanked, bool(key) and not release.is_prerelease, key


def _development_status(classifiers: Iterable[str]) -> str | None:
    """The furthest that is named: a project that names two has forgotten the first."""
    found = [int(match[1]) for each in classifiers if (match := _STATUS.match(each))]
    return _STATUSES[max(found) - 1] if found else None


def _supports_python3(requires_python: str | None, classifiers: Iterable[str]) -> bool | None:
    """By what it requires, or by its classifiers where those name any Python."""
    allowed = _allows_python3(requires_python) if requires_python else None
    if allowed is not None:
        return allowed
    named = {match[1] for each in classifiers if (match := _PYTHON.match(each))}
    return "3" in named if named else None


@lru_cache(maxsize=1_000)
def _allows_python3(requires_python: str) -> bool | None:
    try:
        allowed = SpecifierSet(requires_python)
    except InvalidSpecifier:
        return None
    return any(allowed.contains(version) for version in _PYTHONS_3)


def _addresses(info: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Of the home page, of the documentation and of the repository."""
    labelled: dict[str, str] = {}
    urls = reading.part(info, "project_urls") or {}
    for label in islice(urls, 100):
        if url := reading.address(urls, label):
            labelled.setdefault(re.sub(r"[\W_]", "", label).lower(), url)
    home_page = reading.address(info, "home_page")
    homepage = _first(labelled, _HOMEPAGE) or home_page
    documentation = _first(labelled, _DOCUMENTATION) or reading.address(info, "docs_url")
    if documentation is None and homepage and _DOCS_HOST.match(homepage):
        documentation = homepage
    named = [labelled[label] for label in _SOURCE if label in labelled]
    repository = _repository(named, any_host=True)
    return homepage, documentation, repository or _repository([homepage, home_page], any_host=False)


def _first(labelled: Mapping[str, str], labels: Sequence[str]) -> str | None:
    return next((labelled[label] for label in labels if label in labelled), None)


def _repository(urls: Iterable[str | None], *, any_host: bool) -> str | None:
    """The first that is a repository's; `any_host`, or a forge's alone."""
    for url in urls:
        try:
            address = normalize(url or "")
        except ValueError:
            continue
        if any_host or address.host is not RepoHost.OTHER:
            return address.url
    return None


def _advisories(project: Mapping[str, Any]) -> list[str] | None:
    """The OSV ids of what is known against the current release, if it is not withdrawn."""
    found = reading.parts(project, "vulnerabilities")
    if found is None:
        return None
    standing = [each for each in found if not reading.text(each, "withdrawn")]
    named = (reading.text(each, "id", 100) for each in standing)
    return list(dict.fromkeys(name for name in named if name))[:100]
