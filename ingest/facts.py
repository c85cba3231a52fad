"""What goes from step to step: `fetch` gives Fetched, `parse` Facts, `record` writes them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import UpstreamError


@dataclass(frozen=True, slots=True)
class Subject:
    """A package, as one upstream is asked for it.

    `host` is the forge's (`gitlab.gnome.org`), and `name` what the package is called there:
    `owner/repository`, or the normalised name on PyPI. `upstream_id` is the number that it had
    there at the last fetch, and `memo` what the source wished to know at this one.
    """

    package_id: int
    host: str
    name: str
    upstream_id: str | None = None
    memo: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it is asked for: what is remembered of it is good for nothing elsewhere."""
        return f"{self.host}/{self.name}".strip("/")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an upstream answered of one subject, `at` that time.

    `bodies` are the JSON texts of the parts that were asked for and are not as they were; none
    where nothing is new. `memo` is what to know at the next fetch, and `problem` what kept a part
    from being fetched: what is there is recorded all the same.
    """

    at: dt.datetime
    bodies: Mapping[str, bytes]
    memo: Mapping[str, str]
    problem: UpstreamError | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A release of a package: `licenses` are SPDX where they could be read so."""

    number: str
    uploaded_at: dt.datetime | None
    licenses: tuple[str, ...]
    requires_python: str | None
    development_status: str | None
    is_yanked: bool
    is_prerelease: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What an upstream says of a package.

    `values` are by the columns of `package`, each as the column takes it: what was not said is not
    there, and stays as it was. `repo_url` is where the repository is now, `upstream_id` its number
    there, and `releases` those that it told of.
    """

    values: Mapping[str, Any]
    repo_url: str | None = None
    upstream_id: str | None = None
    releases: tuple[Release, ...] | None = None
