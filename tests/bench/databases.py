"""The databases under test, each with the made-up directory.

PostgreSQL is filled anew for each run, but for the large directory, which takes it many minutes: a
copy of its files is kept beside SQLite's.
"""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import make_url

from tests.bench.data import KEPT, fill_postgresql, made_by, sqlite_file
from tests.bench.subjects import LOAD_CORE
from tests.postgres import CARELESS, USER, find_binaries, running, unprivileged, wait_until_ready

LARGE = 1_000_000


@contextmanager
def database(name: str, packages: int) -> Iterator[str]:
    """The URL of a database that holds the directory."""
    if name == "sqlite":
        yield f"sqlite:///{sqlite_file(packages)}"
        return
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {LOAD_CORE})  # which PostgreSQL inherits
    try:
        with kept(packages) if packages == LARGE else filled(packages) as url:
            os.sched_setaffinity(0, own)
            yield url
    finally:
        os.sched_setaffinity(0, own)


@contextmanager
def filled(packages: int) -> Iterator[str]:
    with running() as server:
        asyncio.run(_create(server.format(name="postgres")))
        url = server.format(name="bench")
        asyncio.run(fill_postgresql(url, sqlite_file(packages)))
        yield url


async def _create(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE DATABASE bench")
    await connection.close()


@contextmanager
def kept(packages: int) -> Iterator[str]:
    """A database in files that are kept between runs, made where there are none yet."""
    folder = KEPT / f"postgresql-{packages}-{made_by()}"
    user = unprivileged()
    if not folder.exists():
        for outdated in KEPT.glob(f"postgresql-{packages}-*"):
            shutil.rmtree(outdated)
        unfinished = folder.with_suffix(".unfinished")
        with filled(packages) as url:
            unfinished.mkdir()
            if user:
                os.chown(unfinished, user["user"], user["group"])
            host = str(make_url(url).query["host"])
            copy = [str(find_binaries() / "pg_basebackup"), "-h", host, "-U", USER, "--no-sync"]
            copy += ["--checkpoint=fast", "-D", str(unfinished / "data")]
            subprocess.run(copy, cwd=unfinished, check=True, **user)
        unfinished.rename(folder)
    settings = (f"unix_socket_directories={folder}", "listen_addresses=", *CARELESS)
    options = [word for setting in settings for word in ("-c", setting)]
    command = [str(find_binaries() / "postgres"), "-D", str(folder / "data"), *options]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **user)
    try:
        wait_until_ready(server, folder)
        yield f"postgresql://{USER}@/bench?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
