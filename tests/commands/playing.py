"""The fake of the upstream hosts beside commands, which have the event loop to themselves."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.ingest.refreshing import row_of
from tests.ingest.upstream import World
from tests.web.conftest import ROOT

SECRET = "a-token-of-github"
APPS = {"type": "category", "slug": "apps", "title": "App", "titlePlural": "Apps"}


@dataclass(frozen=True)
class Playing:
    """The fake in a process of its own, with `packages` packages."""

    packages: int
    urls: dict[str, str]

    @property
    def settings(self) -> dict[str, str]:
        """The variables that lead each source there."""
        by_name = {
            "GITHUB_API": self.urls["github.com"],
            "GITHUB_TOKEN": SECRET,
            "GITLAB_API": self.urls["gitlab.com"],
            "BITBUCKET_API": self.urls["bitbucket.org"],
            "CODEBERG_API": self.urls["codeberg.org"],
            "PYPI_API": self.urls["pypi"],
            "GITLAB_HOSTS": f"gitlab.example={self.urls['gitlab.example']}",
            "FORGEJO_HOSTS": f"forgejo.example={self.urls['forgejo.example']}",
        }
        return {f"PACKGRID_{name}": value for name, value in by_name.items()}

    def lines(self, hosts: tuple[str, ...]) -> str:
        """Its packages as a file of the directory: nothing was fetched of them yet."""
        world = World(self.packages, hosts=hosts)
        rows = [APPS, *(row_of(world, number) for number in range(self.packages))]
        return "".join(f"{json.dumps(row)}\n" for row in rows)

    def advance(self) -> None:
        """Have all packages change."""
        httpx2.post(f"{self.urls['control']}/advance", timeout=10).raise_for_status()

    def asked(self) -> dict[str, int]:
        """How many requests there were, by site."""
        stats: dict[str, Any] = httpx2.get(f"{self.urls['control']}/stats", timeout=10).json()
        sites: dict[str, int] = stats["sites"]
        return sites


@contextmanager
def playing(packages: int, *options: str) -> Iterator[Playing]:
    """The fake, with these options; all repositories are at GitHub unless they say otherwise."""
    command = [sys.executable, "-m", "tests.ingest.upstream", "--packages", str(packages)]
    if "--hosts" not in options:
        command += ["--hosts", "github.com"]
    process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Playing(packages, json.loads(process.stdout.readline()))
    finally:
        process.kill()
        process.communicate()
