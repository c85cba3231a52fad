"""Synthetic packages: each depends on a seed and its number, and is made when it is asked for."""

import datetime as dt
import hashlib
import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

DAY = 86_400
HOSTS = ("github.com",) * 8 + (
    "gitlab.com",
    "gitlab.example",
    "bitbucket.org",
    "codeberg.org",
    "forgejo.example",
)
"""Where the repositories are: one of these each, by chance."""

LICENSES = (
    ("mit", "MIT License", "MIT"),
    ("bsd-3-clause", 'BSD 3-Clause "New" or "Revised" License', "BSD-3-Clause"),
    ("apache-2.0", "Apache License 2.0", "Apache-2.0"),
    ("gpl-3.0", "GNU General Public License v3.0", "GPL-3.0"),
    ("other", "Other", "NOASSERTION"),
    None,
)
"""Key, name and SPDX identifier, as the forges give them."""


def numbers(*key: object) -> tuple[int, ...]:
    """Eight numbers of 64 bits by chance: the same ones for the same key."""
    return struct.unpack("8Q", hashlib.blake2b(repr(key).encode()).digest())


def iso(seconds: int, zone: str = "Z") -> str:
    """Seconds since 1970 as a date in ISO 8601."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S") + zone


@dataclass(slots=True)
class Repository:
    """A repository. Tests set `is_gone`, `is_blocked`, `is_archived` and `is_empty` as they wish.

    Times are in seconds since 1970, days in days since then: `quiet` is the day of the last push
    before the world began, and `days` has the commits since then.
    """

    number: int
    host: str
    path: str
    first_path: str
    id: int
    created: int
    pushed: int
    updated: int
    quiet: int
    description: str | None
    homepage: str | None
    license: tuple[str, str, str] | None
    topics: tuple[str, ...]
    stars: int
    forks: int
    watchers: int
    commits: int
    contributors: int
    is_archived: bool
    is_gone: bool = False
    is_blocked: bool = False
    is_empty: bool = False
    computed: int = 0
    """The push whose statistics have been asked for, so that they are computed by now."""
    days: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Project:
    """A project on the package index: its releases are numbered, a new one is one more."""

    number: int
    name: str
    releases: int
    license: tuple[str, str, str] | None
    created: int
    is_gone: bool = False


class World:
    """`packages` of them, each with a repository and a project; `now` is its clock."""

    def __init__(
        self,
        packages: int = 100,
        *,
        seed: int = 1,
        hosts: tuple[str, ...] = HOSTS,
        now: dt.datetime | None = None,
    ) -> None:
        self.packages, self.seed, self.hosts = packages, seed, hosts
        # An hour ago, so that what is pushed soon is not in the future.
        self.now = int((now or dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)).timestamp())
        self.began = self.now
        self._repositories: dict[int, Repository] = {}
        self._projects: dict[int, Project] = {}
        self._addresses: dict[tuple[str, str], Repository] = {}

    def repository(self, number: int) -> Repository:
        """The repository of the package of that number, from 0."""
        made = self._repositories.get(number)
        return made or self._make(number, *self._address(number))

    def project(self, number: int) -> Project:
        """The project of the package of that number, from 0."""
        if number not in self._projects:
            of = numbers(self.seed, "project", number)
            self._projects[number] = Project(
                number=number,
                name=f"package-{number}",
                releases=1 + of[0] % 24,
                license=LICENSES[of[1] % len(LICENSES)],
                created=self.began - 40 * DAY * (2 + of[2] % 40),
            )
        return self._projects[number]

    def find(self, host: str, path: str) -> Repository | None:
        """The repository that is or was there; None where none is, or where it is gone."""
        found = self._addresses.get((host, path.lower()))
        number = re.search(r"package-(\d+)$", path.lower())
        if not found and number and int(number[1]) < self.packages:
            first = self.repository(int(number[1]))
            found = first if (first.host, first.first_path) == (host, path.lower()) else None
        return None if not found or found.is_gone else found

    def by_id(self, host: str, number: int) -> Repository | None:
        """The repository of that number on that host; None where none is, or where it is gone."""
        index = number - 1_000_000
        known = index in self._repositories or 0 <= index < self.packages
        found = self.repository(index) if known else None
        return found if found and found.host == host and not found.is_gone else None

    def find_project(self, name: str) -> Project | None:
        """The project of that normalized name."""
        number = re.fullmatch(r"package-(0|[1-9]\d*)", name)
        found = number and int(number[1]) < self.packages and self.project(int(number[1]))
        return found if found and not found.is_gone else None

    def advance(
        self,
        share: float = 1.0,
        *,
        only: Iterable[int] | None = None,
        commits: int = 3,
        stars: int = 2,
        releases: int = 1,
        after: dt.timedelta = dt.timedelta(minutes=1),
    ) -> list[int]:
        """Time passes, and each of `only`, or of a `share` of all by chance, gets something new.

        The numbers of those that did.
        """
        self.now += int(after.total_seconds())
        chosen = list(only) if only is not None else list(self._share(share))
        for number in chosen:
            repository = self.repository(number)
            repository.updated = self.now
            repository.stars += stars
            if commits:
                repository.pushed = self.now
                repository.commits += commits
                repository.days[self.now // DAY] += commits
            self.project(number).releases += releases
        return chosen

    def rename(self, repository: Repository, path: str) -> None:
        """Rename or transfer it: its old address leads to the new one."""
        self._addresses[repository.host, repository.path.lower()] = repository
        self._addresses[repository.host, path.lower()] = repository
        repository.path, repository.updated = path, self.now

    def create(self, host: str, path: str) -> Repository:
        """A repository that is no package's, at an address that may have been another's."""
        made = self._make(max([self.packages - 1, *self._repositories]) + 1, host, path)
        self._addresses[host, path.lower()] = made
        return made

    def weeks(self, repository: Repository) -> list[int]:
        """Commits of 52 weeks, the oldest first; the last ends as the world's day begins."""
        chance = hashlib.shake_128(f"{self.seed} {repository.id}".encode()).digest(371)
        today = self.now // DAY
        daily = [
            (chance[day % 371] < 64 if day <= repository.quiet else 0) + repository.days[day]
            for day in range(today - 364, today)
        ]
        return [0 if repository.is_empty else sum(daily[at : at + 7]) for at in range(0, 364, 7)]

    def _share(self, share: float) -> Iterator[int]:
        return (
            number
            for number in range(self.packages)
            if numbers(self.seed, self.now, number)[0] < share * 2**64
        )

    def _address(self, number: int) -> tuple[str, str]:
        host = self.hosts[numbers(self.seed, "host", number)[0] % len(self.hosts)]
        nested = "group/part/" if host.startswith("gitlab.") and number % 2 else ""
        return host, f"{nested or f'owner-{number % 50}/'}package-{number}"

    def _make(self, number: int, host: str, path: str) -> Repository:
        of = numbers(self.seed, "repository", number)
        pushed = self.began - of[0] % (400 * DAY)
        self._repositories[number] = made = Repository(
            number=number,
            host=host,
            path=path,
            first_path=path.lower(),
            id=1_000_000 + number,
            created=pushed - (400 + of[1] % 3_000) * DAY,
            pushed=pushed,
            updated=pushed,
            quiet=pushed // DAY,
            description=f"Package {number}, café \U0001f680" if of[2] % 9 else None,
            homepage=f"https://package-{number}.example.org" if of[2] % 2 else None,
            license=LICENSES[of[3] % len(LICENSES)],
            topics=("django", f"topic-{of[3] % 40}")[: of[3] % 3],
            stars=of[4] % 20_000,
            forks=of[4] % 2_500,
            watchers=of[4] % 500,
            commits=400 + of[5] % 3_000,
            # Few have more than a page of contributors, as in life.
            contributors=101 + of[6] % 300 if number % 33 == 7 else 1 + of[6] % 40,
            is_archived=of[7] % 12 == 0,
        )
        return made
