"""The benchmark: `make bench`, or `python -m tests.bench.run --help`.

The servers run one process each and answer the same requests over the same rows, which is checked
before anything is timed. They take turns within a round, so that a ratio is of the same minutes;
figures are medians over the rounds.
"""

import asyncio
import math
import os
import pickle
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import orjson
import typer
from rich.console import Console
from rich.progress import Progress

from tests.bench.data import fill_postgresql, sqlite_file
from tests.bench.operations import Operation, operations
from tests.bench.report import report
from tests.bench.single import first_uses, flood, start_up, statements
from tests.bench.subjects import LOAD_CORE, MEMORY, OURS, SUBJECTS, Load, Server, load, started
from tests.postgres import running

CONNECTIONS = (1, 32)

ANSWERS = 3
"""How many answers a connection must get for a rate: slow servers are timed longer, and once."""

console = Console(stderr=True)

Results = dict[str, Any]


@contextmanager
def database(name: str, packages: int) -> Iterator[str]:
    """The URL of a database that holds the directory."""
    file = sqlite_file(packages)
    if name == "sqlite":
        yield f"sqlite:///{file}"
        return
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {LOAD_CORE})  # which PostgreSQL inherits
    try:
        with running() as server:
            os.sched_setaffinity(0, own)
            url = server.format(name="bench")
            asyncio.run(_create(server.format(name="postgres")))
            asyncio.run(fill_postgresql(url, file))
            yield url
    finally:
        os.sched_setaffinity(0, own)


async def _create(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE DATABASE bench")
    await connection.close()


def check_equal(servers: Sequence[Server], asked: Sequence[Operation]) -> dict[bytes, bytes]:
    """The answers by request, equal as JSON from each of the servers; else RuntimeError."""
    answers = {}
    for operation in asked:
        for body in operation.bodies():
            first, *others = (
                server.ask(server.subject.path(operation), body) for server in servers
            )
            answers[body] = first
            expected = orjson.loads(first)
            if "errors" in expected:
                raise RuntimeError(f"{operation.name}: {first[:500]!r}")
            for server, other in zip(servers[1:], others, strict=True):
                if orjson.loads(other) != expected:
                    raise RuntimeError(f"{operation.name}: {server.subject.name} answers otherwise")
    return answers


def one_answer(server: Server, operation: Operation) -> float:
    """Seconds that an answer takes, by itself."""
    start = time.perf_counter()
    server.ask(server.subject.path(operation), operation.bodies()[0])
    return time.perf_counter() - start


def median(loads: Sequence[Load]) -> dict[str, float]:
    each = [asdict(load) for load in loads]
    return {key: round(statistics.median(one[key] for one in each), 4) for key in each[0]}


def compare(
    servers: Sequence[Server],
    asked: Sequence[Operation],
    folder: Path,
    rounds: int,
    seconds: int,
    tick: Callable[[], None],
) -> Results:
    """The figures of each operation, by connections and subject."""
    results: Results = {}
    for operation in asked:
        bodies = folder / f"{operation.name}.bodies"
        bodies.write_bytes(b"".join(body + b"\n" for body in operation.bodies()))
        results[operation.name] = {"what": operation.what, "figures": {}}
        for connections in CONNECTIONS:
            loads: dict[str, list[Load]] = {server.subject.name: [] for server in servers}
            enough = {server: math.ceil(ANSWERS * connections * one_answer(server, operation))
                      for server in servers}  # fmt: skip
            for round_ in range(rounds):
                turn = round_ % len(servers)
                for server in (*servers[turn:], *servers[:turn]):
                    tick()
                    if enough[server] > seconds and round_:
                        continue
                    lasting = max(seconds, enough[server])
                    found = load(server, operation, bodies, connections, lasting)
                    loads[server.subject.name].append(found)
            figures = {name: median(found) for name, found in loads.items()}
            results[operation.name]["figures"][str(connections)] = figures
    return results


def measure(
    database_name: str, packages: int, names: Sequence[str], rounds: int, seconds: int,
    documents: int,
) -> Results:  # fmt: skip
    """All figures of one database at one size."""
    asked = [each for each in operations(sqlite_file(packages)) if each.name in names or not names]
    subjects = [each for each in SUBJECTS if each is not MEMORY and database_name in each.databases]
    results: Results = {"database": database_name, "packages": packages}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(database_name, packages))
        results["start_up"] = start_up(OURS, url, asked[0])
        if database_name == "postgresql":
            results["statements"] = statements(subjects, url, asked)
        servers = [stack.enter_context(started(subject, url)) for subject in subjects]
        answers = check_equal(servers, asked)
        kept = folder / "answers.pickle"
        kept.write_bytes(pickle.dumps(answers))
        servers.append(stack.enter_context(started(MEMORY, url, kept)))
        progress = stack.enter_context(Progress(console=console, transient=True))
        steps = len(asked) * len(CONNECTIONS) * rounds * len(servers)
        task = progress.add_task(f"{database_name}, {packages:,} packages", total=steps)
        found = compare(servers, asked, folder, rounds, seconds, lambda: progress.advance(task))
        results["operations"] = found
        for operation in asked:
            found[operation.name]["bytes"] = len(answers[operation.bodies()[0]])
        results["memory"] = {
            server.subject.name: round(server.memory("VmHWM"), 1) for server in servers
        }
        results["first_uses"] = {
            server.subject.name: first_uses(server, asked)
            for server in servers
            if not server.subject.routed and server.subject is not MEMORY
        }
        results["flood"] = flood(servers[0], asked[0], documents)
    return results


def run(
    packages: Annotated[int, typer.Option(help="How many packages.")] = 10_000,
    large: Annotated[bool, typer.Option("--large", help="Then 1,000,000 packages too.")] = False,
    databases: Annotated[str, typer.Option(help="Of these.")] = "sqlite,postgresql",
    only: Annotated[str, typer.Option(help="These alone (Q1,Q4), and nothing is written.")] = "",
    rounds: Annotated[int, typer.Option(help="How often each is timed.")] = 3,
    seconds: Annotated[int, typer.Option(help="How long, each time.")] = 2,
    documents: Annotated[int, typer.Option(help="Distinct documents in the flood.")] = 20_000,
) -> None:
    """Compare the server with the limit, with plain Strawberry, and with memory.

    The figures are printed, and written to docs/bench.json and docs/images/bench.svg.
    """
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt install wrk")
    names = [name.strip() for name in only.split(",") if name.strip()]
    sizes = (packages, 1_000_000) if large else (packages,)
    results = [
        measure(name, size, names, rounds, seconds, documents)
        for size in sizes
        for name in databases.split(",")
    ]
    command = " ".join(["make bench", *(f"ARGS='{' '.join(sys.argv[1:])}'",) * (len(sys.argv) > 1)])
    how = {"command": command, "rounds": rounds, "seconds": seconds}
    report(results, how, write=not names)


if __name__ == "__main__":
    command = typer.Typer(pretty_exceptions_enable=False)
    command.command()(run)
    command()
