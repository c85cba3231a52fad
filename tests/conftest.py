"""What every test shares: the counts that a run reached, printed at its end."""

from typing import Any

import pytest

from tests.counts import PROVE, REACHED


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its counts to the controller."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["reached"] = dict(REACHED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The controller adds a worker's counts; one that crashed has none."""
    REACHED.update(getattr(node, "workeroutput", {}).get("reached", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what this run reached."""
    if REACHED:
        size = "promised counts" if PROVE else "small sizes; `make prove` runs the promised counts"
        terminalreporter.section(f"reached ({size})")
        for name, count in sorted(REACHED.items()):
            terminalreporter.line(f"{count:>9,}  {name}")
