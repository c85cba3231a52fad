"""A fake of the upstream hosts, over real HTTP on loopback.

    async with running(World(packages=200, seed=1)) as upstream:
        settings = upstream.settings(github_token="secret")
        ...
        upstream.world.advance(share=0.1)
        upstream.rules.append(Rule("500", rate=0.1, match="github.com/repos/"))
        assert not upstream.stats.canary

A process of its own: `python -m tests.ingest.upstream --port 8900 --packages 200`.
"""

from tests.ingest.upstream.faults import FAULTS, Rule
from tests.ingest.upstream.limits import Limit
from tests.ingest.upstream.server import SITES, Stats, Upstream, running
from tests.ingest.upstream.world import HOSTS, Project, Repository, World

__all__ = [
    "FAULTS",
    "HOSTS",
    "SITES",
    "Limit",
    "Project",
    "Repository",
    "Rule",
    "Stats",
    "Upstream",
    "World",
    "running",
]
