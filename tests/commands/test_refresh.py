"""`python server.py refresh`, as a person or a program runs it, against hosts on loopback."""

import asyncio
import datetime as dt
import json
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.engine import create_engine
from db.ingest import IngestHost
from tests.commands.playing import SECRET, Playing, playing
from tests.ingest.upstream import HOSTS
from tests.test_server import PYTHON, Done, call, environment

PACKAGES = 30
EVERYWHERE = tuple(dict.fromkeys(HOSTS))
SOURCES = ["github", "gitlab", "bitbucket", "codeberg", "forgejo", "pypi"]


@pytest.fixture(scope="module")
def upstream() -> Iterator[Playing]:
    with playing(PACKAGES, "--hosts", ",".join(EVERYWHERE)) as played:
        yield played


def loaded(folder: Path, url: str, played: Playing, hosts: tuple[str, ...] = EVERYWHERE) -> None:
    """Have the database have the fake's packages."""
    (folder / "packages.jsonl").write_text(played.lines(hosts))
    assert call(folder, "load", "packages.jsonl", "--database-url", url).code == 0


def refresh(folder: Path, url: str, played: Playing, *words: str) -> Done:
    done = call(folder, "refresh", *words, PACKGRID_DATABASE_URL=url, **played.settings)
    assert "Traceback" not in done.err
    assert SECRET not in done.out + done.err
    return done


def objects(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def fetched(url: str, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""

    async def run() -> list[tuple[Any, ...]]:
        engine = create_engine(url)
        async with engine.connect() as connection:
            rows = [tuple(row) for row in await connection.execute(text(query))]
        await engine.dispose()
        return rows

    return asyncio.run(run())


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    tables = [table.name for table in Base.metadata.sorted_tables]
    return {table: sorted(fetched(url, f"SELECT * FROM {table}"), key=repr) for table in tables}


# ------------------------------------------------------------ what it does and says


def test_what_is_due_is_fetched_and_told_by_source(
    tmp_path: Path, database_url: str, upstream: Playing
) -> None:
    loaded(tmp_path, database_url, upstream)
    done = refresh(tmp_path, database_url, upstream)
    assert (done.code, done.out) == (0, "")
    lines = done.err.splitlines()
    assert [line.partition(":")[0] for line in sorted(lines)] == sorted(SOURCES)
    assert [line for line in lines if line.startswith("pypi: 30 of 30, 30 changed")]
    states = fetched(database_url, "SELECT state, count(*) FROM ingest GROUP BY state")
    assert states == [("OK", PACKAGES)]
    assert fetched(database_url, "SELECT count(*) FROM package WHERE pypi_version IS NULL") == [
        (0,)
    ]
    assert fetched(database_url, "SELECT count(*) FROM ingest_run WHERE finished IS NULL") == [(0,)]

    asked = upstream.asked()
    assert refresh(tmp_path, database_url, upstream) == Done(0, "", "Nothing is due.\n")
    assert upstream.asked() == asked


def test_json_is_all_that_is_printed(tmp_path: Path, database_url: str, upstream: Playing) -> None:
    loaded(tmp_path, database_url, upstream)
    done = refresh(tmp_path, database_url, upstream, "--json", "--only", "pypi", "--limit", "7")
    assert (done.code, done.err) == (0, "")
    *progress, last, summary = objects(done)
    assert {each["type"] for each in [*progress, last]} == {"progress"}
    counted = {
        "source": "pypi",
        "total": 7,
        "done": 7,
        "changed": 7,
        "unchanged": 0,
        "failed": 0,
        "postponed": 0,
        "requests": 7,
        "rateLeft": None,
    }
    assert last["sources"] == [counted | {"secondsLeft": 0.0}]
    assert summary == {"type": "summary", "sources": [counted], "failures": []}

    rest = objects(refresh(tmp_path, database_url, upstream, "--json"))[-1]["sources"]
    assert [each["source"] for each in rest] == SOURCES
    assert sum(each["changed"] for each in rest) == 2 * PACKAGES - 7
    done = refresh(tmp_path, database_url, upstream, "--json")
    assert objects(done) == [{"type": "summary", "sources": [], "failures": []}]


def test_one_package_is_fetched_though_it_is_not_due(
    tmp_path: Path, database_url: str, upstream: Playing
) -> None:
    loaded(tmp_path, database_url, upstream)
    for _ in range(2):
        done = refresh(tmp_path, database_url, upstream, "--package", "Package-3", "--only", "pypi")
        assert done.code == 0
        assert done.err.startswith("pypi: 1 of 1, 1 ")
    query = "SELECT source FROM ingest_source WHERE last_fetched IS NOT NULL"
    assert fetched(database_url, query) == [("pypi",)]


def test_what_was_fetched_longer_ago(tmp_path: Path, database_url: str, upstream: Playing) -> None:
    loaded(tmp_path, database_url, upstream)
    assert refresh(tmp_path, database_url, upstream, "--limit", "10").code == 0
    done = refresh(tmp_path, database_url, upstream, "--stale", "1h", "--only", "pypi")
    assert done.err.startswith("pypi: 20 of 20, 20 changed")
    done = refresh(tmp_path, database_url, upstream, "--stale", "0s", "--only", "pypi")
    assert done.err.startswith("pypi: 30 of 30, 30 unchanged")


def test_failures_are_told_by_package(tmp_path: Path, database_url: str) -> None:
    with playing(25, "--fault", "404@1:/pypi/package-") as upstream:
        loaded(tmp_path, database_url, upstream, ("github.com",))
        done = refresh(tmp_path, database_url, upstream)
        assert done.code == 1
        lines = done.err.splitlines()
        told = [line for line in lines if re.match(r"package-\d+ \(pypi\) failed: \S", line)]
        assert len(told) == 20
        assert "5 more failed: Package.ingest says why." in lines
        assert [line for line in lines if line.startswith("pypi: 25 of 25, 25 failed")]

        words = ("--json", "--stale", "0s", "--only", "pypi")
        done = refresh(tmp_path, database_url, upstream, *words)
        assert done.code == 1
        failures = objects(done)[-1]["failures"]
        assert len(failures) == 25
        assert failures[0].keys() == {"package", "source", "error"}
        # What failed before and is not asked for now is not told of again.
        done = refresh(tmp_path, database_url, upstream, "--stale", "0s", "--only", "github")
        assert (done.code, "failed" in done.err) == (0, False)


def test_what_is_postponed_is_no_failure(
    tmp_path: Path, database_url: str, upstream: Playing
) -> None:
    loaded(tmp_path, database_url, upstream)
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    origins = upstream.urls["github.com"], f"{upstream.urls['github.com']}/graphql"
    rows = [{"origin": each, "closed_until": until, "why": "asks us to wait"} for each in origins]
    asyncio.run(closed(database_url, rows))
    for more in ([], ["--stale", "0s", "--dry-run"]):
        asked = upstream.asked().get("github.com")
        done = refresh(tmp_path, database_url, upstream, *more)
        assert upstream.asked().get("github.com") == asked
        assert done.code == 0
        assert " postponed: they are due once their upstreams have time." in done.err
        assert "TOKEN" not in done.err
    without = upstream.settings | {"PACKGRID_GITHUB_TOKEN": ""}
    words = ("refresh", "--stale", "0s", "--only", "github", "--database-url", database_url)
    done = call(tmp_path, *words, **without)
    assert done.code == 0
    assert "without PACKGRID_GITHUB_TOKEN" in done.err


async def closed(url: str, rows: list[dict[str, Any]]) -> None:
    """Have hosts not be asked for a while."""
    engine = create_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        await session.execute(insert(IngestHost), rows)
    await engine.dispose()


# ------------------------------------------------------------ --dry-run


def test_a_dry_run_tells_what_would_change_and_writes_nothing(
    tmp_path: Path, database_url: str, upstream: Playing
) -> None:
    loaded(tmp_path, database_url, upstream)
    before = everything(database_url)
    first = refresh(tmp_path, database_url, upstream, "--dry-run")
    assert first.code == 0
    assert "package-3 (pypi) pypiVersion: null -> " in first.out
    assert re.search(r"^package-3 \(pypi\) version [\d.]+: new$", first.out, re.MULTILINE)
    assert "pypi: 30 of 30, 30 changed" in first.err
    assert everything(database_url) == before
    assert not list(tmp_path.rglob("*.jobs.sqlite3"))
    if (url := make_url(database_url)).get_backend_name() == "sqlite":
        assert not Path(f"{Path(str(url.database)).with_suffix('')}.jobs.sqlite3").exists()

    assert refresh(tmp_path, database_url, upstream).code == 0
    nothing = refresh(tmp_path, database_url, upstream, "--dry-run")
    assert nothing == Done(0, "", "Nothing is due.\n")
    before = everything(database_url)
    upstream.advance()
    words = ("--dry-run", "--json", "--stale", "0s", "--package", "package-3")
    done = refresh(tmp_path, database_url, upstream, *words)
    assert (done.code, done.err) == (0, "")
    *differences, summary = objects(done)
    assert summary["type"] == "summary"
    stars = [each for each in differences if "repoWatchers" in each["diff"]]
    assert [each["package"] for each in stars] == ["package-3"]
    was, would_be = stars[0]["diff"]["repoWatchers"]
    assert would_be > was
    new = [each for each in differences if each["isNew"]]
    assert [(each["source"], each["version"] is not None) for each in new] == [("pypi", True)]
    assert everything(database_url) == before


def test_a_dry_run_tells_failures(tmp_path: Path, database_url: str) -> None:
    with playing(3, "--fault", "404@1:/pypi/package-1/") as upstream:
        loaded(tmp_path, database_url, upstream, ("github.com",))
        before = everything(database_url)
        done = refresh(tmp_path, database_url, upstream, "--dry-run", "--only", "pypi")
        assert done.code == 1
        assert "package-1 (pypi) failed: " in done.err
        assert everything(database_url) == before


# ------------------------------------------------------------ what is wrong is said


@pytest.mark.parametrize(
    ("words", "option", "said"),
    [
        (["--only", "sourceforge"], "--only", "github, gitlab, bitbucket"),
        (["--package", "nothing"], "--package", "there is no package 'nothing'"),
        (["--package", "nothing", "--dry-run"], "--package", "there is no package 'nothing'"),
        (["--stale", "yesterday"], "--stale", "like 24h"),
        (["--stale", "24"], "--stale", "like 24h"),
        (["--limit", "0"], "--limit", "1"),
        (["--limit", "all"], "--limit", "integer"),
        (["--everything"], "--everything", "No such option"),
    ],
)
def test_a_wrong_use_names_the_option(
    tmp_path: Path, words: list[str], option: str, said: str
) -> None:
    assert call(tmp_path, "migrate").code == 0
    done = call(tmp_path, "refresh", *words)
    assert (done.code, done.out) == (2, "")
    told = " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.err).split())
    assert "Usage:" in told
    assert option in told
    assert said in told


@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, words: list[str]) -> None:
    line = call(tmp_path, "refresh", *words).refused()
    assert line == "sqlite:///packgrid.sqlite3 is not there, so nothing is due"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["refresh"], ["refresh", "--dry-run"], ["worker"]])
def test_what_a_person_can_mend_is_said_in_one_line(
    tmp_path: Path, words: list[str], postgres: str
) -> None:
    url = "postgresql://u:secret@127.0.0.1:1/d"
    line = call(tmp_path, *words, PACKGRID_DATABASE_URL=url).refused()
    assert "cannot be opened" in line
    assert "secret" not in line
    line = call(tmp_path, *words, PACKGRID_DATABASE_URL=postgres.format(name="postgres")).refused()
    assert "python server.py migrate" in line
    assert call(tmp_path, "migrate").code == 0
    line = call(tmp_path, *words, PACKGRID_GITHUB_API="github").refused()
    assert line == "PACKGRID_GITHUB_API: expected an address like https://host"


@pytest.mark.parametrize("command", ["refresh", "worker"])
@pytest.mark.parametrize("is_folder", [True, False])
def test_books_that_cannot_be_kept_are_said_in_one_line(
    tmp_path: Path, command: str, is_folder: bool
) -> None:
    assert call(tmp_path, "migrate").code == 0
    books = tmp_path / "packgrid.jobs.sqlite3"
    books.mkdir() if is_folder else books.write_text("This is no database. " * 50)
    line = call(tmp_path, command).refused()
    assert line.startswith("sqlite:///packgrid.jobs.sqlite3 cannot be opened: ")


def test_a_dry_run_leaves_tables_of_an_older_version_alone(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "packgrid.sqlite3").close()
    assert "python server.py migrate" in call(tmp_path, "refresh", "--dry-run").refused()
    with sqlite3.connect(tmp_path / "packgrid.sqlite3") as file:
        assert file.execute("SELECT * FROM sqlite_master").fetchall() == []
    file.close()


# ------------------------------------------------------------ when it is cut short


def begun(folder: Path, url: str, played: Playing, *words: str) -> "subprocess.Popen[str]":
    """A refresh that has recorded something, in a process of its own."""
    process = subprocess.Popen(
        [*PYTHON, "refresh", "--json", *words],
        cwd=folder,
        env=environment(PACKGRID_DATABASE_URL=url, **played.settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    for line in process.stdout:
        if any(each["done"] for each in json.loads(line).get("sources", ())):
            return process
    raise AssertionError(process.communicate()[1])


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_what_is_cut_short_is_due_and_done_by_the_next(
    tmp_path: Path, database_url: str, number: signal.Signals, code: int
) -> None:
    with playing(110, "--latency", "0.3") as upstream:
        loaded(tmp_path, database_url, upstream, ("github.com",))
        process = begun(tmp_path, database_url, upstream, "--only", "pypi")
        started = time.monotonic()
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
        assert time.monotonic() - started < 10
        assert process.returncode == code
        if number != signal.SIGKILL:
            assert said == "Interrupted: what is recorded stays, and the rest is due as before.\n"
            held = "SELECT count(*) FROM ingest_source WHERE run_id IS NOT NULL"
            assert fetched(database_url, held) == [(0,)]

        done = refresh(tmp_path, database_url, upstream, "--only", "pypi")
        assert done.code == 0
        assert fetched(
            database_url,
            "SELECT state, count(*) FROM ingest_source WHERE source = 'pypi' GROUP BY state",
        ) == [("OK", 110)]
        finished = "SELECT count(*) FROM ingest_run WHERE finished IS NULL"
        assert fetched(database_url, finished) == [(0,)]
        assert upstream.asked()["pypi"] <= 110 + 64, "what was recorded is not fetched again"
