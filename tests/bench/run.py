"""The benchmark: `make bench`, `make bench-peers`, or `python -m tests.bench.run --help`.

The servers run one process each and answer the same requests over the same rows, which is checked
before anything is timed; those that edit have a copy of the rows each. They take turns within a
round, so that a ratio is of the same minutes; figures are medians over the rounds.
"""

import asyncio
import dataclasses
import math
import pickle
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.progress import Progress

from tests.bench.bulk import ROWS, compare_bulk
from tests.bench.data import sqlite_file
from tests.bench.databases import LARGE, database
from tests.bench.edits import check_same_effect, copies, with_token
from tests.bench.operations import Operation, edit, operations
from tests.bench.peers import PEERS
from tests.bench.report import report
from tests.bench.single import first_uses, flood, start_up, statements
from tests.bench.subjects import (
    CACHED,
    LIMIT,
    MEMORY,
    OURS,
    PLAIN,
    SMALLER,
    Load,
    Server,
    load,
    started,
)

CONNECTIONS = (1, 32)

BULK_ROUNDS = 2
"""How many times more often bulk edits are timed: each takes a fraction of a second."""

ANSWERS, LONGEST = 3, 30
"""How many answers a connection must get for a rate: slow servers are timed longer, and once, up
to so many seconds."""

console = Console(stderr=True)

Results = dict[str, Any]


def check_equal(servers: Sequence[Server]) -> dict[bytes, bytes]:
    """The first server's answers by request, and the others' say the same; else RuntimeError."""
    answers = {}
    first, *others = servers
    for name, operation in first.operations.items():
        for number, body in enumerate(operation.bodies()):
            answers[body] = first.answer(name, number)
            expected = orjson.loads(answers[body])
            if "errors" in expected:
                raise RuntimeError(f"{name}: {answers[body][:500]!r}")
            for server in others:
                if name in server.operations:
                    form = server.subject.form
                    if form(orjson.loads(server.answer(name, number))) != form(expected):
                        raise RuntimeError(f"{name}: {server.subject.name} answers otherwise")
    return answers


def one_answer(server: Server, name: str) -> float:
    """Seconds that an answer takes, by itself."""
    start = time.perf_counter()
    server.answer(name)
    return time.perf_counter() - start


def median(loads: Sequence[Load]) -> dict[str, float]:
    each = [dataclasses.asdict(load) for load in loads]
    return {key: round(statistics.median(one[key] for one in each), 4) for key in each[0]}


def compare(
    servers: Sequence[Server], folder: Path, rounds: int, seconds: int, tick: Callable[[], None]
) -> Results:
    """The figures of each operation, by connections and subject."""
    results: Results = {}
    for name, operation in servers[0].operations.items():
        results[name] = {"what": operation.what, "figures": {}}
        results[name]["bytes"] = len(servers[0].answer(name))
        able = [server for server in servers if name in server.operations]
        for connections in CONNECTIONS:
            loads: dict[str, list[Load]] = {server.subject.name: [] for server in able}
            enough = {
                server: min(math.ceil(ANSWERS * connections * one_answer(server, name)), LONGEST)
                for server in able
            }
            for round_ in range(rounds):
                turn = round_ % len(able)
                for server in (*able[turn:], *able[:turn]):
                    if enough[server] <= seconds or not round_:
                        lasting = max(seconds, enough[server])
                        found = load(server, name, folder / "bodies", connections, lasting)
                        loads[server.subject.name].append(found)
                tick()
            figures = {subject: median(found) for subject, found in loads.items()}
            results[name]["figures"][str(connections)] = figures
    return results


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """Which operations are timed (none named: all), how often, and how many seconds each time."""

    names: Sequence[str]
    rounds: int
    seconds: int
    documents: int

    def asked(self, packages: int) -> list[Operation]:
        found = operations(sqlite_file(packages))
        return [each for each in found if each.name in self.names or not self.names]

    def timed(self, servers: Sequence[Server], folder: Path) -> Results:
        """The figures of operations, and the servers' peak memory in MB after that."""
        with Progress(console=console, transient=True) as progress:
            steps = len(servers[0].operations) * len(CONNECTIONS) * self.rounds
            task = progress.add_task(", ".join(each.subject.name for each in servers), total=steps)

            def tick() -> None:
                progress.advance(task)

            found = compare(servers, folder, self.rounds, self.seconds, tick)
        memory = {server.subject.name: round(server.memory("VmHWM"), 1) for server in servers}
        return {"operations": found, "memory": memory}


def measure(run: Run, database_name: str, packages: int) -> Results:
    """All figures of one database at one size."""
    asked = run.asked(packages)
    subjects = (OURS, CACHED, LIMIT, PLAIN)
    results: Results = {"database": database_name, "packages": packages}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(database_name, packages))
        results["start_up"] = start_up(OURS, url, asked[0])
        if database_name == "postgresql":
            results["statements"] = statements((OURS, LIMIT, PLAIN), url, asked)
        servers = [stack.enter_context(started(subject, url, asked)) for subject in subjects]
        kept = folder / "answers.pickle"
        kept.write_bytes(pickle.dumps(check_equal(servers)))
        memory = stack.enter_context(started(MEMORY, url, asked, kept))
        results |= run.timed([*servers, memory], folder)
        results["first_uses"] = {
            server.subject.name: first_uses(server, asked)
            for server in servers
            if server.subject in (OURS, PLAIN)
        }
        results["flood"] = flood(servers[0], asked[0], run.documents)
    return results


def measure_large(run: Run, database_name: str, packages: int) -> Results:
    """The figures at the large size, beside ours at `packages`: what a hundred times costs."""
    results: Results = {"database": database_name, "packages": LARGE}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url, small_url = (
            stack.enter_context(database(database_name, size)) for size in (LARGE, packages)
        )
        asked = run.asked(LARGE)
        results["start_up"] = start_up(OURS, url, asked[0])
        servers = [stack.enter_context(started(each, url, asked)) for each in (OURS, LIMIT)]
        check_equal(servers)
        # The limit reads all postings of a word, which here takes seconds: no figure is set to it.
        servers[1].operations.pop("Q8 common", None)
        servers.append(stack.enter_context(started(SMALLER, small_url, run.asked(packages))))
        results |= run.timed(servers, folder)
    return results


def measure_edits(run: Run, database_name: str, packages: int, rows: int = ROWS) -> Results:
    """The figures of edits, of one database at one size; an upsert has so many rows."""
    file = sqlite_file(packages)
    asked = [edit(file)]
    results: Results = {"database": database_name, "packages": packages}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(database_name, packages))
        first, second, *urls = stack.enter_context(copies(url, 5))
        bulk_rounds = BULK_ROUNDS * run.rounds
        results["bulk"] = asyncio.run(compare_bulk(first, second, file, bulk_rounds, rows))
        subjects = (with_token(OURS, urls[0]), LIMIT, PLAIN)
        if database_name == "postgresql":
            results["statements"] = {
                subject.name: statements([subject], own, asked)[subject.name]
                for subject, own in zip(subjects, urls, strict=True)
            }
        servers = [
            stack.enter_context(started(subject, own, asked))
            for subject, own in zip(subjects, urls, strict=True)
        ]
        check_same_effect(servers, urls)
        results |= run.timed(servers, folder)
    return results


def measure_peers(run: Run, packages: int) -> Results:
    """The figures of the peers, beside ours, the limit and plain Strawberry, on PostgreSQL."""
    asked = run.asked(packages)
    subjects = (OURS, LIMIT, PLAIN, *PEERS)
    results: Results = {"database": "postgresql", "packages": packages}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database("postgresql", packages))
        results["statements"] = statements(subjects, url, asked)
        servers = [stack.enter_context(started(subject, url, asked)) for subject in subjects]
        check_equal(servers)
        results |= run.timed(servers, folder)
    return results


def main(
    packages: Annotated[int, typer.Option(help="How many packages.")] = 10_000,
    large: Annotated[bool, typer.Option("--large", help="Then 1,000,000 packages too.")] = False,
    edits: Annotated[bool, typer.Option("--edits", help="Edits alone.")] = False,
    peers: Annotated[bool, typer.Option("--peers", help="Those of npm instead.")] = False,
    databases: Annotated[str, typer.Option(help="Of these.")] = "sqlite,postgresql",
    only: Annotated[str, typer.Option(help="These alone (Q1,Q4), and nothing is written.")] = "",
    rounds: Annotated[int, typer.Option(help="How often each is timed.")] = 3,
    seconds: Annotated[int, typer.Option(help="How long, each time.")] = 1,
    documents: Annotated[int, typer.Option(help="Distinct documents in the flood.")] = 20_000,
) -> None:
    """Compare the server with the limit, with plain Strawberry, and with memory.

    The figures are printed, and written to docs/bench.json and docs/images/bench.svg.
    """
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt install wrk")
    names = [name.strip() for name in only.split(",") if name.strip()]
    run = Run(names, rounds, seconds, documents)
    chosen = databases.split(",")
    how = {"arguments": " ".join(sys.argv[1:]), "rounds": rounds, "seconds": seconds}
    if peers:
        report([measure_peers(run, packages)], how, "peers", write=not names)
        return
    if not edits:
        results = [measure(run, each, packages) for each in chosen]
        if large:
            results += [measure_large(run, each, packages) for each in chosen]
        report(results, how, "bench", write=not names)
    if edits or not names:
        results = [measure_edits(run, each, packages) for each in chosen]
        report(results, how, "edits", write=not names)


if __name__ == "__main__":
    command = typer.Typer(pretty_exceptions_enable=False)
    command.command()(main)
    command()
