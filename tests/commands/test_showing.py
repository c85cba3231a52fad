"""How a refresh is shown."""

import io
import time

import pytest
from rich.console import Console

from commands.refresh import duration as read_duration
from commands.showing import Pace, duration, line, print_summary, shown
from ingest.progress import Count, Failure

HALF = Count("github", 1_000, 500, 20, 3, 7, 60, 4_880)
DONE = HALF._replace(done=1_000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that have gone by: its only element."""
    seconds = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: seconds[0])
    return seconds


def test_the_time_to_go_is_told_by_what_was_done_since_the_first_look(clock: list[float]) -> None:
    pace = Pace()
    assert pace.seconds_left(HALF) is None
    clock[0] = 10
    assert pace.seconds_left(HALF) is None
    assert pace.seconds_left(HALF._replace(done=600)) == 40
    assert pace.seconds_left(DONE) == 0
    assert pace.seconds_left(Count("pypi", 0)) == 0


def test_lines_come_every_few_seconds_and_at_the_end(clock: list[float]) -> None:
    told = io.StringIO()
    with shown(Console(file=told, width=200), is_json=False) as see:
        for seconds in range(10):
            clock[0] = seconds
            see([HALF._replace(done=500 + 20 * seconds), Count("pypi", 9, 3)])
        see([DONE, Count("pypi", 9, 3)])
        see([DONE, Count("pypi", 9, 9)])
        see([DONE, Count("pypi", 9, 9)])
    lines = [text.split(",")[0] for text in told.getvalue().splitlines()]
    assert lines == [
        "github: 600 of 1",
        "pypi: 3 of 9",
        "github: 1",
        "pypi: 9 of 9",
    ]
    assert "20 s to go" in told.getvalue()


def test_a_line_leaves_out_what_there_was_none_of() -> None:
    assert line(HALF, 90) == (
        "github: 500 of 1,000, 20 changed, 470 unchanged, 3 failed, 7 postponed, 60 requests,"
        " 4,880 requests left, 2 min to go"
    )
    assert line(Count("pypi", 5, 5)) == "pypi: 5 of 5, 5 unchanged"


def test_a_terminal_has_a_table_that_fits_it(clock: list[float]) -> None:
    told = io.StringIO()
    console = Console(file=told, width=80, force_terminal=True, color_system=None)
    with shown(console, is_json=False) as see:
        see([])
        for clock[0] in (0, 1):
            see([HALF, Count("bitbucket", 10_000, 4 + int(clock[0]), requests=10_000)])
    frame = told.getvalue().rpartition("source ")[2].splitlines()[:3]
    assert [" ".join(row.split()) for row in frame] == [
        "done changed unchanged failed later requests left to go",
        "github 500/1,000 20 470 3 7 60 4,880",
        "bitbucket 5/10,000 0 5 0 0 10,000 2 h 47 min",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (0, ""), (89, "89 s"), (90, "2 min"), (5_340, "89 min"), (5_400, "1 h 30 min")],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0s", 0), ("90s", 90), ("30m", 1_800), ("24h", 86_400), ("2d", 172_800), ("1w", 604_800)],
)
def test_an_age_is_read(text: str, seconds: int) -> None:
    assert read_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "24", "h", "-1h", "1.5h", "1h30m", "٣h", "999999d", "1 h"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="like 24h"):
        read_duration(text)


def test_what_failed_is_said_as_it_is() -> None:
    told = io.StringIO()
    console = Console(file=told, width=40)
    failure = Failure("a-package", "github", "the repository [bold]is not[/bold] there any more")
    print_summary(console, [DONE], [failure])
    assert told.getvalue().splitlines()[0] == (
        "a-package (github) failed: the repository [bold]is not[/bold] there any more"
    )
