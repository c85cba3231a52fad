"""Figures of one server by itself: start, statements, new documents, a flood of them."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from sqlalchemy import make_url

from tests.bench.operations import Operation
from tests.bench.subjects import Server, Subject, started

STARTS = 3
NEW_DOCUMENTS = 10


def start_up(subject: Subject, url: str, operation: Operation) -> float:
    """Seconds from the start of the process to its first answer: the median of a few starts."""
    taken = []
    for _ in range(STARTS):
        start = time.perf_counter()
        with started(subject, url, [operation]) as server:
            server.answer(operation.name)
            taken.append(time.perf_counter() - start)
    return round(statistics.median(taken), 3)


def first_uses(server: Server, asked: Sequence[Operation]) -> dict[str, float]:
    """By operation, milliseconds that a document takes at first above what a repeat takes.

    A document is made new by the name of its operation.
    """
    found = {}
    for place, operation in enumerate(asked):
        body = orjson.loads(operation.bodies()[0])
        first: list[float] = []
        repeat: list[float] = []
        for number in range(NEW_DOCUMENTS):
            renamed = body["query"].replace("query Q", f"query New{place}x{number}Q", 1)
            new = orjson.dumps({**body, "query": renamed})
            for taken in (first, repeat):
                start = time.perf_counter()
                server.ask(server.subject.path(operation), new)
                taken.append(time.perf_counter() - start)
        above = statistics.median(first) - statistics.median(repeat)
        found[operation.name] = round(above * 1e3, 2)
    return found


def flood(server: Server, operation: Operation, documents: int) -> dict[str, float]:
    """Memory in MB before and after so many distinct documents, one after the other.

    A known document is asked for after every tenth: `known` has its milliseconds without and with
    the flood.
    """
    path, known = server.subject.path(operation), operation.bodies()[0]
    body = orjson.loads(known)

    def timed() -> float:
        start = time.perf_counter()
        server.ask(path, known)
        return (time.perf_counter() - start) * 1e3

    alone = [timed() for _ in range(200)]
    before = server.memory("VmRSS")
    meanwhile = []
    for number in range(documents):
        query = body["query"].replace("query Q", f"query Flood{number}Q", 1)
        server.ask(path, orjson.dumps({**body, "query": query}))
        if number % 10 == 0:
            meanwhile.append(timed())
    return {
        "documents": documents,
        "before": round(before, 1),
        "after": round(server.memory("VmRSS"), 1),
        "known_alone": round(statistics.median(alone), 3),
        "known_meanwhile": round(statistics.median(meanwhile), 3),
    }


def statements(
    subjects: Sequence[Subject], url: str, asked: Sequence[Operation]
) -> dict[str, dict[str, int]]:
    """By subject and operation, how many statements PostgreSQL logs for one request.

    Transactions' begin and commit are not counted. Each server is started for this alone.
    """
    log = Path(str(make_url(url).query["host"])) / "log"
    found: dict[str, dict[str, int]] = {}
    asyncio.run(_set_log(url, "all"))
    for subject in subjects:
        with started(subject, url, asked) as server:
            counts: dict[str, int] = {}
            for name in server.operations:
                server.answer(name, -1)
                before = _logged(log)
                server.answer(name)
                counts[name] = _logged(log) - before
            found[subject.name] = counts
    asyncio.run(_set_log(url, "none"))
    return found


async def _set_log(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(
        f"ALTER DATABASE {make_url(url).database} SET log_statement = '{statement}'"
    )
    await connection.close()


def _logged(log: Path) -> int:
    lines: list[Any] = log.read_text().splitlines()
    ran = [
        line.rpartition("LOG:")[2]
        for line in lines
        if "LOG:  execute" in line or "LOG:  statement" in line
    ]
    frame = ("BEGIN", "COMMIT", "ROLLBACK")
    return sum(not line.partition(": ")[2].lstrip().startswith(frame) for line in ran)
