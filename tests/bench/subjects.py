"""The servers that are compared: how each is started, asked, and what it costs."""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.bench.data import ROOT
from tests.bench.operations import PAGE_MAX, Operation
from tests.web.conftest import free_port, listens

SERVER_CORE, LOAD_CORE = 0, 1
"""The server under test has a core to itself; the load, and PostgreSQL, run on the other."""

HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Subject:
    """A server under test. In `command`, {url}, {port} and {answers} are replaced."""

    name: str
    command: tuple[str, ...]
    routed: bool = False
    """Whether each operation has a route of its own, by its name."""
    environment: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    """That it is sent beside `HEADERS`."""
    own: Callable[["Server", Sequence[Operation]], list[Operation]] = lambda _, asked: list(asked)
    """Makes of the operations those that it can answer, in its own documents where it has some."""
    form: Callable[[Any], Any] = lambda answer: answer
    """Makes of an answer what has to be equal to what it makes of any other subject's."""

    def path(self, operation: Operation) -> str:
        return f"/{operation.name.replace(' ', '-')}" if self.routed else "/graphql"


PYTHON = sys.executable
SERVE = (PYTHON, "server.py", "serve", "--database-url", "{url}", "--port", "{port}")
OURS = Subject("packgrid", SERVE, environment={"PACKGRID_ANSWER_CACHE": "0"})
CACHED = Subject("packgrid, cached", SERVE)
SMALLER = replace(OURS, name="packgrid, smaller")
"""Ours beside itself, with a hundredth of the packages."""

LIMIT = Subject("limit", (PYTHON, "-m", "tests.bench.limit", "{url}", "{port}"), routed=True)
PLAIN = Subject("plain Strawberry", (PYTHON, "-m", "tests.bench.plain", "{url}", "{port}"))
MEMORY = Subject("memory", (PYTHON, "-m", "tests.bench.memory", "{answers}", "{port}"))


class Server:
    """A running subject; `operations` are its own, by name."""

    def __init__(self, subject: Subject, process: subprocess.Popen[bytes], port: int) -> None:
        self.subject = subject
        self.process = process
        self.port = port
        self.operations: dict[str, Operation] = {}

    def answer(self, name: str, number: int = 0) -> bytes:
        """The answer to an operation with one set of its variables."""
        operation = self.operations[name]
        return self.ask(self.subject.path(operation), operation.bodies()[number])

    def ask(self, path: str, body: bytes) -> bytes:
        """The response's body. Raises RuntimeError where the status is not 200."""
        # A connection each: a server closes one that is idle for long.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("POST", path, body, HEADERS | self.subject.headers)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{self.subject.name}: {response.status} {answer[:300]!r}")
        return answer

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        return cpu_of(self.process.pid)

    def settle(self) -> None:
        """Return when it has done what a run that is over had still asked of it."""
        before = -1.0
        while (now := self.cpu()) != before:
            before = now
            time.sleep(0.05)

    def memory(self, line: str) -> float:
        """`VmHWM` (the most so far) or `VmRSS` (now), in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition(f"{line}:")[2].split()[0]) * 1024 / 1e6


def cpu_of(pid: int) -> float:
    # The second field, the command, may hold spaces; 14 and 15 are user and system time.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def started(
    subject: Subject, url: str, asked: Sequence[Operation], answers: Path | None = None
) -> Iterator[Server]:
    """The subject's server, once it takes connections."""
    port = free_port()
    given = {"url": url, "port": port, "answers": answers}
    command = ["taskset", "-c", str(SERVER_CORE)]
    command += [word.format(**given) for word in subject.command]
    own = environment() | subject.environment
    with tempfile.TemporaryFile("w+") as log:  # a pipe that nobody reads would fill up
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=log)
        try:
            wait_until_open(process, port)
            server = Server(subject, process, port)
            server.operations = {each.name: each for each in subject.own(server, asked)}
            yield server
        except Exception as error:
            log.seek(0)
            error.add_note(f"{subject.name} logged: {log.read()[-2000:]}")
            raise
        finally:
            process.terminate()
            process.wait()


def environment() -> dict[str, str]:
    """All servers' environment: compiled modules are kept, pages as large as Q6's are allowed."""
    given = {"PYTHONDONTWRITEBYTECODE", "PACKGRID_ANSWER_CACHE"}
    own = {name: value for name, value in os.environ.items() if name not in given}
    return own | {"PACKGRID_PAGE_MAX": str(PAGE_MAX)}


def wait_until_open(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while not listens(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("a server did not start")
        time.sleep(0.005)


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of wrk found. Latencies are in milliseconds, `cpu` in seconds per 1,000."""

    rate: float
    p50: float
    p99: float
    cpu: float


def load(server: Server, name: str, bodies: Path, connections: int, seconds: int) -> Load:
    """Run wrk with an operation. Raises RuntimeError where a request failed."""
    bodies.write_bytes(b"".join(body + b"\n" for body in server.operations[name].bodies()))
    before = server.cpu()
    script = Path(__file__).with_name("post.lua")
    address = f"http://127.0.0.1:{server.port}{server.subject.path(server.operations[name])}"
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    headers = HEADERS | server.subject.headers
    command += [f"-H{name}: {value}" for name, value in headers.items()]
    command += ["--timeout", "60s", "-s", str(script), address, "--", str(bodies)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    if found["failed"] or not found["requests"]:
        raise RuntimeError(f"{server.subject.name}, {name}: {found}")
    took = Load(
        rate=found["requests"] * 1e6 / found["microseconds"],
        p50=found["p50"] / 1e3,
        p99=found["p99"] / 1e3,
        cpu=(server.cpu() - before) * 1e3 / found["requests"],
    )
    server.settle()
    return took
