"""How long a connection waits for its client: as long as that takes something."""

import asyncio

import pytest

from web import protocol
from web.protocol import Impatient


class Transport(asyncio.Transport):
    """One whose buffer the test sets."""

    def __init__(self, waiting: int) -> None:
        super().__init__()
        self.waiting = waiting
        self.is_aborted = False

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def abort(self) -> None:
        self.is_aborted = True


def connection(waiting: int) -> tuple[Impatient, Transport]:
    """A protocol that so many bytes wait in."""
    made = Impatient()
    made.loop = asyncio.get_running_loop()
    made.transport = transport = Transport(waiting)
    made.pause_writing()
    return made, transport


async def test_a_slow_client_is_waited_for_and_one_that_takes_nothing_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.05)
    _, transport = connection(1_000_000)
    for _ in range(20):
        transport.waiting -= 1
        await asyncio.sleep(0.02)
    assert not transport.is_aborted
    await asyncio.sleep(0.2)
    assert transport.is_aborted


async def test_a_client_that_took_all_may_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.05)
    made, transport = connection(100_000)
    made.resume_writing()
    await asyncio.sleep(0.2)
    assert not transport.is_aborted
