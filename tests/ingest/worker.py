"""A worker in a process of its own: `python -m tests.ingest.worker URL [--run]`.

It says "ready" on a line when it works, and ends with SIGTERM. With --run it begins a run of all
packages. Its settings come from the environment.
"""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dbos import DBOS

from ingest import jobs
from ingest.plan import Want
from ingest.settings import IngestSettings
from tests.ingest.upstream import Upstream

ALL = Want(stale=dt.timedelta(0))


async def main(url: str, *options: str) -> None:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        async with jobs.working(url, IngestSettings()) as shop:
            print("ready", flush=True)  # noqa: T201
            if options:
                await DBOS.start_workflow_async(jobs.run, ALL)
            await jobs.serve(shop, schedule=False)


@contextmanager
def worker(url: str, upstream: Upstream, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A worker that asks this upstream; it is killed at the end, if it is not gone."""
    settings = upstream.settings().model_dump(exclude={"gitlab_hosts", "forgejo_hosts"})
    env = {f"PACKGRID_{name.upper()}": str(value) for name, value in settings.items() if value}
    del env["PACKGRID_USER_AGENT"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.worker", url, *options],
        env={**os.environ, **env, "PACKGRID_GITHUB_TOKEN": "secret"},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


async def ready(process: "subprocess.Popen[str]") -> None:
    """Wait until it works. Raises RuntimeError where it has ended instead."""
    assert process.stdout is not None
    if not await asyncio.to_thread(process.stdout.readline):
        raise RuntimeError("the worker did not begin")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
