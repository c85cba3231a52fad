"""The upstreams that are asked, one file each. To add one: its file, and its line in SOURCES."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ingest import bitbucket, forgejo, github, gitlab, pypi
from ingest.errors import UpstreamError
from ingest.facts import Facts, Fetched, Subject
from ingest.http import Requests
from ingest.settings import IngestSettings

Fetch = Callable[[Requests, Sequence[Subject]], Awaitable[Mapping[int, Fetched | UpstreamError]]]


class Source(NamedTuple):
    """How an upstream is asked for at most `at_once` packages, and how its answer is read.

    `is_at` is whether a repository at this host is one of its.
    """

    is_at: Callable[[str, IngestSettings], bool]
    at_once: int
    fetch: Fetch
    parse: Callable[[Fetched], Facts]


def _at(host: str, given: str, settings: IngestSettings) -> bool:
    return given == host


PYPI = "pypi"

SOURCES: dict[str, Source] = {
    "github": Source(partial(_at, "github.com"), 50, github.fetch, github.parse),
    "gitlab": Source(
        lambda host, settings: host == "gitlab.com" or host in settings.gitlab_hosts,
        *(1, gitlab.fetch, gitlab.parse),
    ),
    "bitbucket": Source(partial(_at, "bitbucket.org"), 1, bitbucket.fetch, bitbucket.parse),
    "codeberg": Source(partial(_at, "codeberg.org"), 1, forgejo.fetch, forgejo.parse),
    "forgejo": Source(
        lambda host, settings: host in settings.forgejo_hosts, 1, forgejo.fetch, forgejo.parse
    ),
    PYPI: Source(lambda host, settings: False, 1, pypi.fetch, pypi.parse),
}
"""By their names, in the order in which they are shown."""


def place_of_repository(repo_url: str | None) -> tuple[str, str]:
    """The host and the name by which a forge is asked for a repository; empty texts for none."""
    parts = urlsplit(repo_url or "")
    return parts.netloc, parts.path.strip("/")


def asked(package: Any, settings: IngestSettings) -> dict[str, tuple[str, str]]:
    """The upstreams that a package is fetched from, each with its host and its name there.

    Of the package's row, `repo_url` and `pypi_name` are read.
    """
    found: dict[str, tuple[str, str]] = {}
    host, name = place_of_repository(package.repo_url)
    for source_name, source in SOURCES.items():
        if source.is_at(host, settings):
            found[source_name] = (host, name)
    if package.pypi_name:
        found[PYPI] = ("", package.pypi_name)
    return found
