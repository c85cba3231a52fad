"""What subscribers cost that wait: memory of a server process as its users start it."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.counts import pick, reached
from tests.web.conftest import ROOT, free_port, listens
from tests.web.streaming import Remote, until

SUBSCRIBERS = pick(test=200, prove=1_000)

MOST = 60 * 1_024
"""Bytes that each may take: 60 MB for 1,000."""

QUERY = "subscription { changes { cursor node { id type actor diff } } }"


def taken(process: Process) -> int:
    """Bytes of memory."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1_024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read as Linux has it")
async def test_idle_subscribers_take_little_memory(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "server.py", "serve", "--port", str(port)]
    command += ["--database-url", f"sqlite:///{tmp_path / 'packgrid.sqlite3'}"]
    server = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=DEVNULL)
    try:
        await until(lambda: listens(port), 60)
        remote = Remote(f"127.0.0.1:{port}")
        async with AsyncExitStack() as opened:

            async def follow(count: int) -> None:
                for _ in range(count):
                    socket = await opened.enter_async_context(remote.acknowledged())
                    await socket.subscribe("1", QUERY)
                    assert await socket.is_open()
                await asyncio.sleep(1)

            await follow(20)
            before = taken(server)
            await follow(SUBSCRIBERS)
            each = (taken(server) - before) / SUBSCRIBERS
            assert each < MOST, f"{each:,.0f} bytes each"
            reached("idle subscribers", SUBSCRIBERS)
            reached("bytes that each of them takes", int(each))
    finally:
        server.terminate()
        await asyncio.wait_for(server.wait(), 20)
