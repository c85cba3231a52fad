"""What a run of the benchmark shows: tables, `docs/bench.json`, and `docs/images/bench.svg`."""

import datetime as dt
import json
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from tests.bench.data import ROOT
from tests.bench.peers import LOCK, PEERS
from tests.bench.picture import picture
from tests.bench.subjects import CACHED, LIMIT, MEMORY, OURS, PLAIN, SMALLER, Subject
from tests.postgres import find_binaries

LIBRARIES = (
    "aiosqlite", "asyncpg", "graphql-core", "orjson", "sqlalchemy", "starlette",
    "strawberry-graphql", "uvicorn", "uvloop",
)  # fmt: skip

MODULES = ("fastify", "graphql", "mercurius", "pg", "postgraphile")

Column: TypeAlias = tuple[str, str, str, Subject, Subject | None]
"""A table's column: its heading, the connections, which figure, whose, and to whose it is set."""

BENCH: tuple[Column, ...] = (
    ("requests/s\n1", "1", "rate", OURS, None),
    ("32", "32", "rate", OURS, None),
    ("to limit\n1", "1", "rate", OURS, LIMIT),
    ("32", "32", "rate", OURS, LIMIT),
    ("to plain\n1", "1", "rate", OURS, PLAIN),
    ("32", "32", "rate", OURS, PLAIN),
    ("cached to\nmemory 1", "1", "rate", CACHED, MEMORY),
    ("32", "32", "rate", CACHED, MEMORY),
    ("p99 ms\n32", "32", "p99", OURS, None),
    ("to\nlimit", "32", "p99", OURS, LIMIT),
    ("CPU s/\n1,000", "32", "cpu", OURS, None),
    ("to\nlimit", "32", "cpu", OURS, LIMIT),
)
LARGE: tuple[Column, ...] = (
    *BENCH[:4],
    ("slower\n1", "1", "rate", SMALLER, OURS),
    ("32", "32", "rate", SMALLER, OURS),
    *BENCH[8:],
)
EDITS: tuple[Column, ...] = (*BENCH[:6], *BENCH[8:])
SHARES: tuple[Column, ...] = (
    ("limit's\nrequests/s\n1", "1", "rate", LIMIT, None),
    ("32", "32", "rate", LIMIT, None),
    *(
        (heading, heading.split()[-1], "rate", each, LIMIT)
        for each in (OURS, PLAIN, *PEERS)
        for heading in ("\n".join([*each.name.split(), "to limit", "1"]), "32")
    ),
)

SLOWER = {"Q1": 1.3, "Q2": 1.3, "Q3": 1.3, "Q4": 1.3, "Q9": 1.3, "Q7 page": 2.0, "Q8": 3.0}
"""How many times slower an operation may be with a hundred times the packages."""

FILE = "docs/bench.json"

console = Console(width=120)


def report(results: list[dict[str, Any]], how: dict[str, Any], part: str, write: bool) -> None:
    """Print `results`; with `write`, put them into docs/ with the machine and `how` it was run.

    They replace their part of the file, `bench`, `edits` or `peers`; the picture is of all that is
    there.
    """
    for result in results:
        show(result)
    if not write:
        return
    file = ROOT / FILE
    parts = json.loads(file.read_text()) if file.exists() else {}
    date = dt.datetime.now(dt.UTC).date().isoformat()
    facts = {"date": date, **how, "machine": machine(), "versions": versions()}
    parts[part] = {**facts, "results": results}
    file.write_text(json.dumps(parts, indent=1) + "\n")
    (ROOT / "docs" / "images").mkdir(exist_ok=True)
    names = [each.name for each in (OURS, PLAIN, *PEERS)]
    image = picture(panels(parts), names, "32")
    (ROOT / "docs" / "images" / "bench.svg").write_text(image)


def panels(parts: dict[str, Any]) -> list[dict[str, Any]]:
    """The results that the picture shows, one a database: peers' where there are, with edits."""
    found: dict[str, dict[str, Any]] = {}
    for result in [
        *reversed(parts.get("bench", {"results": []})["results"]),
        *parts.get("peers", {"results": []})["results"],
    ]:
        found[result["database"]] = result
    for result in parts.get("edits", {"results": []})["results"]:
        beside = found.setdefault(result["database"], {**result, "operations": {}})
        both = {**beside["operations"], **result["operations"]}
        found[result["database"]] = {**beside, "operations": both}
    return list(reversed(found.values()))


def machine() -> dict[str, Any]:
    processor = Path("/proc/cpuinfo").read_text().partition("model name\t: ")[2].partition("\n")[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"processor": processor, "cores": os.cpu_count(), "GiB": round(memory)}


def versions() -> dict[str, str]:
    postgres = [str(find_binaries() / "postgres"), "--version"]
    shown = subprocess.run(postgres, capture_output=True, text=True, check=True).stdout
    locked = json.loads(LOCK.read_text())["packages"]
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": shown.split()[2],
        **{name: version(name) for name in LIBRARIES},
        **{name: locked[f"node_modules/{name}"]["version"] for name in MODULES},
    }


def number(value: float) -> str:
    """With three digits, or as many as are before the point."""
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"


def show(result: dict[str, Any]) -> None:
    """Print the tables of a result: which, its servers say."""
    servers = result["memory"]
    columns = LARGE if SMALLER.name in servers else BENCH if CACHED.name in servers else SHARES
    if "bulk" in result:
        show_bulk(result)
        columns = EDITS
    title = f"{result['database']}, {result['packages']:,} packages"
    table = Table(title=title, box=SIMPLE_HEAD, padding=(0, 0, 0, 1))
    table.add_column("operation")
    for heading, *_ in columns:
        table.add_column(heading, justify="right")
    bounds = columns is LARGE
    table.add_column("slower\nat most" if bounds else "KB", justify="right")
    for name, operation in result["operations"].items():
        cells = []
        for _, connections, key, subject, other in columns:
            figures = operation["figures"][connections]
            if {subject.name, (other or subject).name} <= figures.keys():
                divisor = figures[other.name][key] if other else 1
                cells.append(number(figures[subject.name][key] / divisor))
            else:
                cells.append("–")
        last = SLOWER.get(name, "") if bounds else number(operation["bytes"] / 1e3)
        table.add_row(name, *cells, str(last))
    console.print(table)
    if bounds:
        show_growth(result)
    for name in ("memory", "start_up", "statements", "first_uses", "flood"):
        if name in result:
            console.print(name, result[name])


def show_bulk(result: dict[str, Any]) -> None:
    """Print what edits of many rows take, in milliseconds."""
    title = f"{result['database']}, {result['packages']:,} packages"
    table = Table(title=title, box=SIMPLE_HEAD, padding=(0, 0, 0, 1))
    for heading in ("edit", "ms\n(at most 1,000)", "by hand", "to by hand\n(at most 4)"):
        table.add_column(heading, justify="left" if heading == "edit" else "right")
    for edit in result["bulk"].values():
        ours, by_hand = edit["ours"], edit["by_hand"]
        table.add_row(
            edit["what"], number(ours * 1e3), number(by_hand * 1e3), number(ours / by_hand)
        )
    console.print(table)


def show_growth(result: dict[str, Any]) -> None:
    """Print what else the large size must not cost."""
    rates = {
        name: operation["figures"]["1"][OURS.name]["rate"]
        for name, operation in result["operations"].items()
    }
    if {"Q8", "Q8 common"} <= rates.keys():
        slower = number(rates["Q8"] / rates["Q8 common"])
        console.print(f"Q8 common is {slower} times slower than Q8 (at most 20)")
    more = result["memory"][OURS.name] - result["memory"][SMALLER.name]
    console.print(f"peak memory is {more:.1f} MB more (at most 40)")
