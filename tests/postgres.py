"""A PostgreSQL server for one test run: made for it, on a socket of its own, gone at its end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER = "packgrid"

# Nothing outlives the run, so nothing need reach the disk.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class NoPostgres(Exception):
    """PostgreSQL is not installed; the text says what to install."""


def find_binaries() -> Path:
    """The folder of the newest PostgreSQL that Debian, or else the PATH, has.

    Raises NoPostgres.
    """
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    found = sorted(debian, key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path is None:
        raise NoPostgres("PostgreSQL's server is missing: apt install postgresql")
    return Path(on_path).resolve().parent


def unprivileged() -> dict[str, Any]:
    """As whom to run: PostgreSQL refuses root, so root runs it as the user that Debian makes."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def running() -> Iterator[str]:
    """A server with an empty cluster; gives the URL of a database on it, less its name.

    Text sorts by the rules of English there, so that an order that leaves the collation to chance
    differs from SQLite's. Raises NoPostgres.
    """
    binaries = find_binaries()
    user = unprivileged()
    # Not one of pytest's: a socket's path is at most 107 characters, and other users go in here.
    folder = Path(tempfile.mkdtemp(prefix="packgrid-"))
    if user:
        os.chown(folder, user["user"], user["group"])
    try:
        data = folder / "data"
        initdb = [str(binaries / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "--no-sync"]
        initdb += ["--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US", "--locale=C"]
        made = subprocess.run(
            initdb, capture_output=True, text=True, cwd=folder, check=False, **user
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        settings = (f"unix_socket_directories={folder}", "listen_addresses=", *CARELESS)
        options: list[str] = [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(data), *options],
                stdout=log,
                stderr=log,
                cwd=folder,
                **user,
            )
        try:
            wait_until_ready(server, folder)
            yield f"postgresql://{USER}@/{{name}}?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder)


def wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Return once the server takes connections: it says so in the last line of its pid file."""
    pid_file = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + 30
    while not (pid_file.exists() and pid_file.read_text().rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
        time.sleep(0.01)
