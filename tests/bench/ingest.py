"""How long a refresh takes beside the same requests with nothing parsed or recorded.

    python -m tests.bench.ingest compare

The packages are the fake's, each on GitHub and PyPI, which answer in 20 ms; it is a process of its
own and keeps all requests. A worker fetches all packages, once new and once unchanged. Then its
requests are sent again, as many at once, by aiohttp alone, which reads the answers and drops them.
Meanwhile a server of the same database is read from, without its cache of answers.
"""

import asyncio
import contextlib
import json
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import orjson
import typer

from db import migrate
from db.engine import create_engine
from ingest import jobs
from ingest.limits import Pace
from ingest.settings import IngestSettings
from tests.bench.data import ROOT
from tests.bench.subjects import OURS, Server, started
from tests.ingest.proof import fill, refresh
from tests.ingest.upstream import World
from tests.postgres import running

LATENCY = 0.02
"""Seconds that an upstream takes for each answer."""

BETWEEN_READS = 0.02
"""Seconds from one read of the server to the next."""

TICK = 0.005
"""Seconds that the watch on the event loop sleeps."""

HOSTS = ("github.com",)
READ = (
    b'{"query":"{ packages(first: 20) { nodes { slug title repoWatchers category { slug } } } }"}'
)

app = typer.Typer(add_completion=False)


@dataclass(slots=True)
class Figures:
    """Of one run: seconds, those of its processor, and its peak memory (MB).

    `late` is the most seconds by which its event loop came late, and `longest` the most for which
    the process was at work meanwhile: it may have been another's turn. `reads` are the milliseconds
    that each read beside it took.
    """

    seconds: float
    late: float
    longest: float
    peak: float
    cpu: float
    reads: list[float]

    def shown(self) -> str:
        """A line of it."""
        read = statistics.median(self.reads)
        worst = statistics.quantiles(self.reads, n=20)[-1]
        return (
            f"{self.seconds:6.1f} s, processor {self.cpu:5.1f} s, longest block"
            f" {self.longest * 1e3:4.0f} ms ({self.late * 1e3:.0f} ms late), {self.peak:4.0f} MB,"
            f" read {read:5.2f} ms (95 %: {worst:5.2f} ms)"
        )


# The processes that are measured: each says when it begins, and at its end its figures.


@asynccontextmanager
async def measured() -> AsyncIterator[None]:
    """Say on the output when the block begins, and its figures at its end."""
    loop = asyncio.get_running_loop()
    late = longest = 0.0

    async def watch() -> None:
        nonlocal late, longest
        while True:
            before, worked = loop.time(), time.process_time()
            await asyncio.sleep(TICK)
            by = loop.time() - before - TICK
            late = max(late, by)
            longest = max(longest, min(by, time.process_time() - worked))

    say("begins")
    watching = asyncio.create_task(watch())
    start, cpu = time.perf_counter(), time.process_time()
    yield
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
    found = {"seconds": seconds, "cpu": cpu, "late": late, "longest": longest, "peak": peak()}
    say(json.dumps(found))


def peak() -> float:
    """The most memory that this process ever had, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@app.command("fetch")
def fetch(url: str) -> None:
    """Fetch all packages of a database, as a worker does."""

    async def run() -> None:
        async with jobs.working(url, IngestSettings()) as shop, measured():
            runs = await refresh(shop.engine)
        if any(each.done < each.total or each.failed for each in runs.values()):
            raise RuntimeError("the run failed")

    asyncio.run(run())


@app.command("replay")
def replay(file: Path) -> None:
    """Send requests again, as many to an API at once: `file` has them, and the addresses."""
    given = orjson.loads(file.read_bytes())

    async def work(session: aiohttp.ClientSession, requests: Iterator[Sequence[Any]]) -> None:
        for site, method, path, headers, body in requests:
            address = given["urls"][site] + path
            async with session.request(
                method, address, headers=headers, data=body.encode() or None
            ) as answer:
                await answer.read()

    async def run() -> None:
        connector = aiohttp.TCPConnector(limit=0)
        by_api = defaultdict(list)
        for request in given["requests"]:
            by_api[request[0], request[1]].append(request)
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            measured(),
            asyncio.TaskGroup() as tasks,
        ):
            for requests in map(iter, by_api.values()):
                for _ in range(Pace().concurrency):
                    tasks.create_task(work(session, requests))

    asyncio.run(run())


# What starts and compares them.


@contextmanager
def upstream(packages: int) -> Iterator[dict[str, str]]:
    """The fake in a process of its own: the addresses of its sites."""
    command = [sys.executable, "-m", "tests.ingest.upstream", "--packages", str(packages), "--log"]
    command += ["--latency", str(LATENCY), "--hosts", ",".join(HOSTS), "--limit", str(10**9)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            yield orjson.loads(process.stdout.readline())
        finally:
            process.terminate()


def steer(urls: dict[str, str], method: str, path: str) -> Any:
    """Ask the fake's control for something."""
    request = urllib.request.Request(urls["control"] + path, method=method)
    with urllib.request.urlopen(request) as answer:
        return orjson.loads(answer.read())


def beside(server: Server, urls: dict[str, str], *command: str) -> Figures:
    """Run a command of this module, and read from the server meanwhile."""
    environment = os.environ | {
        "PACKGRID_GITHUB_API": urls["github.com"],
        "PACKGRID_GITHUB_TOKEN": "of-github",
        "PACKGRID_PYPI_API": urls["pypi"],
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.ingest", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        reads: list[float] = []
        while len(reads) < 2 or not select.select([process.stdout], [], [], 0)[0]:
            start = time.perf_counter()
            server.ask("/graphql", READ)
            taken = time.perf_counter() - start
            reads.append(taken * 1e3)
            time.sleep(max(0.0, BETWEEN_READS - taken))
        found = process.stdout.readline()
    if process.returncode or not found:
        raise RuntimeError(f"{command[0]} failed")
    return Figures(reads=reads, **json.loads(found))


def compare(name: str, url: str, packages: int) -> None:
    """Print the figures of one database."""
    with upstream(packages) as urls, tempfile.TemporaryDirectory() as folder:
        asyncio.run(make(url, packages))
        with started(OURS, url, []) as server:
            fetches: list[Figures] = []
            requests: list[list[Any]] = []
            for _ in ("new", "unchanged"):
                fetches.append(beside(server, urls, "fetch", url))
                requests.append(steer(urls, "GET", "/log")[sum(len(each) for each in requests) :])
            steer(urls, "POST", "/restart")
            alone = []
            for what, fetched, again in zip(("new", "unchanged"), fetches, requests, strict=True):
                file = Path(folder) / what
                file.write_bytes(orjson.dumps({"urls": urls, "requests": again}))
                alone.append(beside(server, urls, "replay", str(file)))
                say(f"{name}, {packages:,} packages, {what}: {len(again):,} requests")
                say(f"  ingest         {fetched.shown()}")
                say(f"  requests alone {alone[-1].shown()}")
                say(f"  ratio          {fetched.seconds / alone[-1].seconds:6.2f}")
            beside_ingest, beside_requests = mean(fetches), mean(alone)
            say(
                f"  reads, mean    {beside_ingest:.2f} ms beside ingest,"
                f" {beside_requests:.2f} ms beside the requests alone:"
                f" ratio {beside_ingest / beside_requests:.2f}"
            )


def mean(runs: Sequence[Figures]) -> float:
    """The mean of all reads beside these runs, in milliseconds."""
    return statistics.fmean(read for run in runs for read in run.reads)


async def make(url: str, packages: int) -> None:
    """Make the database, with the packages' names and addresses alone."""
    engine = create_engine(url)
    await migrate.upgrade(engine)
    await engine.dispose()
    await fill(url, World(packages, hosts=HOSTS))


@app.command("compare")
def main(packages: int = 10_000, database: str = "sqlite,postgresql") -> None:
    """Compare, on one database after the other."""
    if "sqlite" in database:
        with tempfile.TemporaryDirectory() as folder:
            compare("SQLite", f"sqlite:///{folder}/packgrid.sqlite3", packages)
    if "postgresql" in database:
        with running() as template:
            asyncio.run(create(template.format(name="postgres")))
            compare("PostgreSQL", template.format(name="ingest"), packages)


async def create(server: str) -> None:
    connection = await asyncpg.connect(server)
    await connection.execute("CREATE DATABASE ingest")
    await connection.close()


if __name__ == "__main__":
    app()
