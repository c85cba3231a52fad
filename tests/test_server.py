"""The command line, as a person or a service runs it."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx2
import pytest
from typer.testing import CliRunner

import server
from server import cli
from tests.web.conftest import ROOT, free_port

PYTHON = [sys.executable, str(ROOT / "server.py")]
DIRECTORY = ROOT / "data" / "directory.jsonl"
DJANGO_Q = '{ package(by: {slug: "django-q"}) { databaseId } }'
CATEGORY = {
    "type": "category",
    "slug": "apps",
    "title": "App",
    "titlePlural": "Apps",
    "description": "",
    "showPypi": True,
}


@dataclass(frozen=True)
class Done:
    """A command that came to its end."""

    code: int
    out: str
    err: str

    def refused(self) -> str:
        """What it said, where it ended with an error: one line and no traceback."""
        assert (self.code, self.out) == (1, "")
        (line,) = self.err.strip().splitlines()
        assert line.startswith("packgrid: ")
        return line.removeprefix("packgrid: ")


def environment(**more: str) -> dict[str, str]:
    """This environment with `more` settings, and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PACKGRID_")}
    return kept | {"COLUMNS": "100"} | more


def run(folder: Path, command: list[str], **more: str) -> Done:
    """A command as a process of its own."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def call(folder: Path, *words: str, **more: str) -> Done:
    """`python server.py` with these words, in this process: a start takes seconds."""
    unset = {name: None for name in os.environ if name.startswith("PACKGRID_")}
    with contextlib.chdir(folder):
        done = CliRunner().invoke(cli, words, env={**unset, "COLUMNS": "100", **more})
    return Done(done.exit_code, done.stdout, done.stderr)


@contextmanager
def serving(
    folder: Path, command: list[str], port: int, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is asked to stop at the end, and has to do so cleanly."""
    log = folder / f"log-{port}"
    with log.open("wb") as file:
        server = subprocess.Popen(
            command, cwd=folder, env=environment(**more), stdout=file, stderr=file
        )
    try:
        patience = time.monotonic() + 60
        while not answers(port):
            if server.poll() is not None or time.monotonic() > patience:
                pytest.fail(log.read_text())
            time.sleep(0.05)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    assert "Traceback" not in log.read_text()


def answers(port: int) -> bool:
    try:
        return ask(port, "{ __typename }") == {"__typename": "Query"}
    except httpx2.TransportError:
        return False


def ask(port: int, query: str) -> dict[str, object]:
    response = httpx2.post(f"http://127.0.0.1:{port}/graphql", json={"query": query}, timeout=10)
    data: dict[str, object] = response.json()["data"]
    return data


def serve(port: int, *words: str) -> list[str]:
    return [*PYTHON, "serve", "--port", str(port), *words]


def factory(port: int) -> list[str]:
    command = [sys.executable, "-m", "uvicorn", "--factory", "server:create_app"]
    return [*command, "--app-dir", str(ROOT), "--port", str(port)]


# ------------------------------------------------------------ as processes


def test_a_person_finds_the_commands(tmp_path: Path) -> None:
    for words in ([], ["--help"]):
        done = run(tmp_path, [*PYTHON, *words])
        for command in ("serve", "migrate", "load", "token", "schema", "settings"):
            assert re.search(rf"\b{command}\b", done.out + done.err)


def test_serve_fills_a_new_file_once(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, serve(port), port):
        assert ask(port, DJANGO_Q) == {"package": {"databaseId": 2948}}
    log = (tmp_path / f"log-{port}").read_text()
    assert f"http://127.0.0.1:{port}" in log
    assert "package(by:" in log
    assert "server.py token create NAME --role editor" in log
    before = (tmp_path / "packgrid.sqlite3").read_bytes()
    with serving(tmp_path, serve(port), port):
        assert ask(port, DJANGO_Q) == {"package": {"databaseId": 2948}}
    assert (tmp_path / "packgrid.sqlite3").read_bytes() == before


def test_two_workers_serve_the_packages_that_are_there_by_the_settings_of_a_file(
    tmp_path: Path,
) -> None:
    port = free_port()
    lines = {"PORT": port, "WORKERS": 2, "DATABASE_URL": "sqlite:///own.sqlite3", "PAGE_MAX": 30}
    text = "".join(f"PACKGRID_{name}={value}\n" for name, value in lines.items())
    (tmp_path / ".env").write_text(text)
    package = {"type": "package", "slug": "one", "title": "One", "category": "apps"}
    (tmp_path / "own.jsonl").write_text(f"{json.dumps(CATEGORY)}\n{json.dumps(package)}")
    assert call(tmp_path, "load", "own.jsonl").code == 0
    with serving(tmp_path, [*PYTHON, "serve"], port) as server:
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        assert len(children) >= 2
        for _ in range(8):
            assert ask(port, "{ packages { totalCount } }") == {"packages": {"totalCount": 1}}
            assert ask(port, "{ packages(first: 31) { nodes { id } } }") is None
    assert not answers(port)


def test_uvicorn_serves_the_factory(tmp_path: Path) -> None:
    """It migrates SQLite; the starter directory is `serve`'s."""
    port = free_port()
    with serving(tmp_path, factory(port), port):
        assert ask(port, "{ packages { totalCount } }") == {"packages": {"totalCount": 0}}


def test_the_factory_refuses_a_bad_setting(tmp_path: Path) -> None:
    done = run(tmp_path, factory(free_port()), PACKGRID_PAGE_MAX="many")
    assert done.refused().startswith("PACKGRID_PAGE_MAX: ")


def test_postgresql_is_served_once_it_is_migrated(tmp_path: Path, postgres: str) -> None:
    """Nothing is loaded into it."""
    asyncio.run(create_database(postgres, "served"))
    url = postgres.format(name="served")
    for words in (["serve"], ["load", str(DIRECTORY)]):
        line = call(tmp_path, *words, PACKGRID_DATABASE_URL=url).refused()
        assert "python server.py migrate" in line
    for _ in range(2):
        assert call(tmp_path, "migrate", PACKGRID_DATABASE_URL=url).code == 0
    port = free_port()
    with serving(tmp_path, serve(port), port, PACKGRID_DATABASE_URL=url):
        assert ask(port, "{ packages { totalCount } }") == {"packages": {"totalCount": 0}}


async def create_database(server: str, name: str) -> None:
    connection = await asyncpg.connect(server.format(name="postgres"))
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path, workers: str) -> None:
    assert call(tmp_path, "load", str(DIRECTORY)).code == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in run(tmp_path, serve(port, "--workers", workers)).refused()


# ------------------------------------------------------------ in this process


def test_the_options_of_serve(tmp_path: Path) -> None:
    done = call(tmp_path, "serve", "--help")
    for option in ("--host", "--port", "--workers", "--database-url", "--reload"):
        assert option in done.out


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["load"],
        ["serve", "--port", "x"],
        ["serve", "--x"],
        ["token", "create", "ann"],
        ["token", "create", "ann", "--role", "king"],
        ["token", "create", "ann", "--role", "editor", "--days", "x"],
        ["token", "revoke"],
    ],
)
def test_a_wrong_use_is_refused(tmp_path: Path, words: list[str]) -> None:
    done = call(tmp_path, *words)
    assert (done.code, done.out) == (2, "")
    assert "Usage:" in done.err


def test_schema_is_the_committed_one(tmp_path: Path) -> None:
    expected = (ROOT / "schema.graphql").read_text()
    assert call(tmp_path, "schema") == Done(0, expected, "")


def test_settings_are_printed_with_passwords_masked(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PACKGRID_PORT=8123\n")
    url = "postgresql://someone:secret@example.org/packgrid"
    done = call(tmp_path, "settings", PACKGRID_DATABASE_URL=url, PACKGRID_HOST="::1")
    assert (done.code, done.err) == (0, "")
    assert "secret" not in done.out
    lines = done.out.splitlines()
    assert "PACKGRID_DATABASE_URL=postgresql://someone:***@example.org/packgrid" in lines
    assert {"PACKGRID_PORT=8123", "PACKGRID_HOST=::1"} <= set(lines)


@pytest.mark.parametrize(
    "words", [["serve"], ["migrate"], ["settings"], ["load", "file.jsonl"], ["token", "list"]]
)
def test_a_bad_setting_ends_every_command_with_one_line(tmp_path: Path, words: list[str]) -> None:
    line = call(tmp_path, *words, PACKGRID_PORT="eighty").refused()
    assert line.startswith("PACKGRID_PORT: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["migrate", "--database-url", "mysql://u:secret@h/d"], "PACKGRID_DATABASE_URL: "),
        (["migrate", "--database-url", "postgresql://u:secret@127.0.0.1:1/d"], "cannot be opened"),
        (["serve", "--database-url", "postgresql://u:secret@127.0.0.1:1/d"], "cannot be opened"),
        (["migrate", "--database-url", "sqlite:///no/such/folder/x"], "folder"),
        (["migrate", "--database-url", "sqlite:///no-database"], "not a database"),
        (["load", "nothing.jsonl"], "nothing.jsonl"),
        (["load", "."], "directory"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_line(
    tmp_path: Path, words: list[str], said: str
) -> None:
    (tmp_path / "no-database").write_text("This is no database. " * 50)
    line = call(tmp_path, *words).refused()
    assert said in line
    assert "secret" not in line


def test_migrate_makes_the_tables_and_does_nothing_twice(tmp_path: Path) -> None:
    for _ in range(2):
        done = call(tmp_path, "migrate", PACKGRID_DATABASE_URL="sqlite:///x.sqlite3")
        assert (done.code, done.out) == (0, "")
        assert "up to date" in done.err
    assert (tmp_path / "x.sqlite3").exists()


def counts(done: Done) -> dict[str, list[int]]:
    """What `load` says of each table: how many rows it created, updated and left alone."""
    assert done.code == 0, done.err
    return {
        line.split()[0]: [int(word.replace(",", "")) for word in line.split()[1::2]]
        for line in done.err.splitlines()
        if "created" in line
    }


def test_load_twice_changes_nothing(tmp_path: Path, database_url: str) -> None:
    words = ["load", str(DIRECTORY), "--database-url", database_url]
    first, second = (counts(call(tmp_path, *words)) for _ in range(2))
    assert first["package"] == [264, 0, 0]
    assert second == {table: [0, 0, created] for table, (created, _, _) in first.items()}


def test_a_bad_file_is_refused_by_line_and_leaves_nothing(
    tmp_path: Path, database_url: str
) -> None:
    lines = [json.dumps(CATEGORY), "{", json.dumps(CATEGORY | {"slug": "b", "color": "red"})]
    (tmp_path / "bad.jsonl").write_text("\n".join(lines))
    (tmp_path / "good.jsonl").write_text(lines[0])
    done = call(tmp_path, "load", "bad.jsonl", "--database-url", database_url)
    assert (done.code, done.out) == (1, "")
    problems = done.err.strip().splitlines()
    assert [line[:18] for line in problems] == ["packgrid: line 2: ", "packgrid: line 3: "]
    assert "color" in problems[1]
    done = call(tmp_path, "load", "good.jsonl", "--database-url", database_url)
    assert counts(done)["category"] == [1, 0, 0]


# ------------------------------------------------------------ tokens


VIEWER = "{ viewer { name role } }"


def viewer(port: int, secret: str) -> tuple[int, object]:
    """The status of an answer to one with this token, and whom the answer names."""
    response = httpx2.post(
        f"http://127.0.0.1:{port}/graphql",
        json={"query": VIEWER},
        headers={"Authorization": f"Bearer {secret}"},
        timeout=10,
    )
    return response.status_code, response.json().get("data")


def test_a_token_is_good_in_a_running_server_until_it_is_revoked(
    tmp_path: Path, database_url: str
) -> None:
    port, setting = free_port(), {"PACKGRID_DATABASE_URL": database_url}
    with serving(tmp_path, factory(port), port, **setting):
        words = ["token", "create", "Ann's script", "--role", "editor"]
        made = call(tmp_path, *words, **setting)
        assert made.code == 0
        assert "Authorization: Bearer" in made.err
        assert re.fullmatch(r"packgrid_[\w-]{43}\n", made.out)
        secret = made.out.strip()
        assert secret not in made.err
        for _ in range(2):
            named = {"viewer": {"name": "Ann's script", "role": "EDITOR"}}
            assert viewer(port, secret) == (200, named)
        assert viewer(port, secret[:-1]) == (401, None)
        assert call(tmp_path, "token", "revoke", "Ann's script", **setting).code == 0
        assert viewer(port, secret) == (401, None)
        assert ask(port, VIEWER) == {"viewer": None}
    assert secret not in (tmp_path / f"log-{port}").read_text()


def test_tokens_are_listed(tmp_path: Path) -> None:
    """On a file that no server has been at yet."""
    secrets = []
    for name, role, days in (("ann", "editor", 365), ("a long name", "ADMIN", 1)):
        words = ["token", "create", name, "--role", role, "--days", str(days)]
        secrets.append(call(tmp_path, *words).out.strip())
    assert call(tmp_path, "token", "revoke", "ann") == Done(0, "", "The token is revoked.\n")
    listed = call(tmp_path, "token", "list")
    assert (listed.code, listed.err) == (0, "")
    assert not [secret for secret in secrets if secret in listed.out]
    head, ann, other = listed.out.splitlines()
    assert head.split("  ")[0] == "NAME"
    assert re.fullmatch(r"ann +editor +\d{4}-\d\d-\d\d  \d{4}-\d\d-\d\d +never +revoked", ann)
    assert re.fullmatch(r"a long name +admin +.* +never +good", other)
    assert len({line.rindex("  ") for line in (head, ann, other)}) == 1


@pytest.mark.parametrize("words", [["list"], ["revoke", "ann"]])
def test_a_file_that_is_not_there_has_no_tokens_and_is_not_made(
    tmp_path: Path, words: list[str]
) -> None:
    assert "sqlite:///packgrid.sqlite3 is not there" in call(tmp_path, "token", *words).refused()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("days", "said"), [("1", "for 1 day."), ("3650", "for 3,650 days.")])
def test_a_new_token_says_where_and_how_long_it_is_good(
    tmp_path: Path, days: str, said: str
) -> None:
    words = ["token", "create", "ann", "--role", "editor", "--days", days]
    made = call(tmp_path, *words, "--database-url", "sqlite:///x.sqlite3")
    assert "A token for sqlite:///x.sqlite3.\n" in made.err
    assert said in made.err


@pytest.mark.parametrize(
    ("url", "command"),
    [
        (None, "{}"),
        ("sqlite:///my file.db", "{} --database-url 'sqlite:///my file.db'"),
        ("postgresql://me@host/name", "{} --database-url postgresql://me@host/name"),
        ("postgresql://me:secret@host/name", "PACKGRID_DATABASE_URL=... {}"),
        ("postgresql://host/name?password=secret", "PACKGRID_DATABASE_URL=... {}"),
    ],
)
def test_the_hint_of_serve_is_for_its_database(url: str | None, command: str) -> None:
    plain = server._token_command(None)
    assert server._token_command(url) == command.format(plain)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["create", "ann", "--role", "reader"], '"ann"'),
        (["create", "load", "--role", "reader"], '"load"'),
        (["create", "ingest:github", "--role", "reader"], '"ingest:github"'),
        (["create", "a\nb", "--role", "reader"], "1 to 100 characters"),
        (["create", "bob", "--role", "reader", "--days", "0"], "1 to 3,650 days"),
        (["revoke", "bob"], '"bob"'),
    ],
)
def test_what_no_token_can_be_is_said_in_one_line(
    tmp_path: Path, database_url: str, words: list[str], said: str
) -> None:
    setting = {"PACKGRID_DATABASE_URL": database_url}
    assert call(tmp_path, "token", "create", "ann", "--role", "reader", **setting).code == 0
    assert said in call(tmp_path, "token", *words, **setting).refused()


def test_a_database_that_is_not_migrated_has_no_tokens(tmp_path: Path, postgres: str) -> None:
    url = postgres.format(name="postgres")
    line = call(tmp_path, "token", "list", "--database-url", url).refused()
    assert "python server.py migrate" in line
