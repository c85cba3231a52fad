"""Workers beside a server and in it, over real HTTP: what a curator asks for is fetched."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.commands.playing import Playing, playing
from tests.commands.test_refresh import fetched
from tests.test_server import PYTHON, ask, call, environment, run, serve, serving
from tests.web.conftest import ROOT, free_port

PACKAGES = 5
PACKAGE = """{ package(by: {slug: "package-3"}) {
    repoWatchers pypiVersion ingest { state reason sources { source state } }
} }"""
REFRESH = """mutation { packageRefresh(input: {package: {slug: "package-3"}}) {
    package { ingest { state reason } } errors { message }
} }"""
SOON = "A worker will fetch it next."


@pytest.fixture(scope="module")
def upstream() -> Iterator[Playing]:
    with playing(PACKAGES, "--latency", "0.1") as played:
        yield played


@pytest.fixture
def setting(tmp_path: Path, database_url: str, upstream: Playing) -> dict[str, str]:
    """The variables of a directory with the fake's packages."""
    (tmp_path / "packages.jsonl").write_text(upstream.lines(("github.com",)))
    variables = upstream.settings | {"PACKGRID_DATABASE_URL": database_url}
    assert call(tmp_path, "load", "packages.jsonl", **variables).code == 0
    return variables


@contextmanager
def working(
    folder: Path, *words: str, **more: str
) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """`python server.py worker`, once it works, and what it says to its end by SIGTERM."""
    process = subprocess.Popen(
        [*PYTHON, "worker", *words],
        cwd=folder,
        env=environment(**more),
        stderr=subprocess.PIPE,
        text=True,
    )
    said: list[str] = []
    try:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("A worker fetches what ")
        yield process, said
    finally:
        process.terminate()
        started = time.monotonic()
        said += process.communicate(timeout=20)[1].splitlines()
    assert time.monotonic() - started < 10
    assert process.returncode == 0
    assert said[-1] == "The worker has ended; what it had begun is left to the next."


def package(port: int) -> dict[str, Any]:
    found: dict[str, Any] = ask(port, PACKAGE)["package"]  # type: ignore[assignment]
    return found


def until_fetched(port: int) -> dict[str, Any]:
    """The package, once it is not queued any more."""
    patience = time.monotonic() + 30
    while (found := package(port))["ingest"]["state"] == "QUEUED":
        assert time.monotonic() < patience, found
        time.sleep(0.1)
    return found


def asked_for(folder: Path, port: int, setting: dict[str, str]) -> dict[str, Any]:
    """Have an editor ask for the package: what the answer says of it."""
    words = ("token", "create", f"ann-{time.monotonic()}", "--role", "editor")
    token = call(folder, *words, **setting).out.strip()
    response = httpx2.post(
        f"http://127.0.0.1:{port}/graphql",
        json={"query": REFRESH},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    answer: dict[str, Any] = response.json()["data"]["packageRefresh"]
    assert answer["errors"] == []
    ingest: dict[str, Any] = answer["package"]["ingest"]
    return ingest


def test_a_server_with_a_worker_fetches_what_a_curator_asks_for(
    tmp_path: Path, setting: dict[str, str], upstream: Playing
) -> None:
    port = free_port()
    with serving(tmp_path, serve(port, "--worker"), port, **setting):
        assert package(port)["ingest"]["state"] == "NEVER"
        assert asked_for(tmp_path, port, setting) == {"state": "QUEUED", "reason": SOON}
        first = until_fetched(port)
        assert first["ingest"]["state"] == "OK"
        assert [each["state"] for each in first["ingest"]["sources"]] == ["OK", "OK"]
        upstream.advance()
        assert asked_for(tmp_path, port, setting)["state"] == "QUEUED"
        again = until_fetched(port)
        assert again["repoWatchers"] > first["repoWatchers"]
        assert again["pypiVersion"] != first["pypiVersion"]
        states = "SELECT count(*) FROM ingest WHERE state = 'NEVER'"
        assert fetched(setting["PACKGRID_DATABASE_URL"], states) == [(PACKAGES - 1,)]
    log = (tmp_path / f"log-{port}").read_text()
    assert len(log.splitlines()) == 3, "nothing but what serve says at its start"


def test_a_server_with_a_schedule_fetches_what_is_due(
    tmp_path: Path, setting: dict[str, str]
) -> None:
    port = free_port()
    more = {"PACKGRID_WORKER": "true", "PACKGRID_SCHEDULE": "true", "PACKGRID_WORKERS": "2"}
    with serving(tmp_path, serve(port), port, **setting, **more):
        patience = time.monotonic() + 30
        while package(port)["ingest"]["state"] != "OK":
            assert time.monotonic() < patience
            time.sleep(0.1)


def test_a_worker_beside_a_server(
    tmp_path: Path, setting: dict[str, str], upstream: Playing
) -> None:
    port = free_port()
    with serving(tmp_path, serve(port), port, **setting):
        alone = asked_for(tmp_path, port, setting)
        assert alone["state"] == "QUEUED"
        assert "No worker is running" in alone["reason"]
        assert package(port)["ingest"]["reason"] == alone["reason"]
        with working(tmp_path, "--no-schedule", **setting) as (_, said):
            first = until_fetched(port)
            assert first["ingest"]["state"] == "OK"
            upstream.advance()
            assert asked_for(tmp_path, port, setting) == {"state": "QUEUED", "reason": SOON}
            assert until_fetched(port)["repoWatchers"] > first["repoWatchers"]
            time.sleep(2.5)  # until it has said so
        assert said[0] == "Run 1 begins: github 1, pypi 1."
        assert "  github: 1 of 1, 1 changed" in "\n".join(said)
        assert len([line for line in said if "is finished, after " in line]) == 2
        assert "No worker" in asked_for(tmp_path, port, setting)["reason"]


def test_a_worker_fetches_what_is_due(tmp_path: Path, setting: dict[str, str]) -> None:
    with working(tmp_path, **setting) as (_, said):
        patience = time.monotonic() + 30
        unfinished = "SELECT count(*) FROM ingest_run WHERE finished IS NOT NULL"
        while fetched(setting["PACKGRID_DATABASE_URL"], unfinished) != [(1,)]:
            assert time.monotonic() < patience
            time.sleep(0.2)
        time.sleep(2.5)
    assert said[0] == f"Run 1 begins: github {PACKAGES}, pypi {PACKAGES}."
    assert said[1].startswith("Run 1 is finished, after ")
    assert said[3].startswith(f"  pypi: {PACKAGES} of {PACKAGES}, {PACKAGES} changed")


def test_a_worker_that_is_interrupted_at_once_ends_well(
    tmp_path: Path, setting: dict[str, str]
) -> None:
    with working(tmp_path, **setting) as (process, said):
        process.send_signal(signal.SIGTERM)
    assert "Traceback" not in "\n".join(said)


def test_a_schedule_is_a_workers(tmp_path: Path) -> None:
    done = call(tmp_path, "serve", "--schedule")
    assert (done.code, done.out) == (2, "")
    assert "--worker" in done.err
    assert not list(tmp_path.iterdir())


def test_a_bad_setting_of_ingest_ends_a_server_with_a_worker(tmp_path: Path) -> None:
    line = call(tmp_path, "serve", "--worker", PACKGRID_PYPI_API="nowhere").refused()
    assert line == "PACKGRID_PYPI_API: expected an address like https://host"


def test_a_server_without_a_worker_loads_nothing_that_fetches(tmp_path: Path) -> None:
    code = (
        "import sys, server; server.create_app();"
        "print({'dbos', 'aiohttp', 'ingest.settings', 'commands.showing'} & {*sys.modules})"
    )
    command = [PYTHON[0], "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"]
    assert run(tmp_path, command).out == "set()\n"


def test_books_that_cannot_be_kept_end_a_server_with_a_worker(tmp_path: Path) -> None:
    (tmp_path / "packgrid.jobs.sqlite3").mkdir()
    line = run(tmp_path, serve(free_port(), "--worker")).refused()
    assert line.startswith("sqlite:///packgrid.jobs.sqlite3 cannot be opened: ")
