"""What a run of the benchmark shows: tables, `docs/bench.json`, and `docs/images/bench.svg`."""

import datetime as dt
import json
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.data import ROOT
from tests.bench.picture import picture
from tests.bench.subjects import LIMIT, MEMORY, OURS, PLAIN
from tests.postgres import find_binaries

LIBRARIES = (
    "aiosqlite", "asyncpg", "graphql-core", "orjson", "sqlalchemy", "starlette",
    "strawberry-graphql", "uvicorn", "uvloop",
)  # fmt: skip

COLUMNS = (
    "requests/s 1", "32", "to limit 1", "32", "to plain 1", "32", "to memory 32", "p99 ms 32",
    "to limit", "CPU s/1,000", "to limit", "statements", "KB",
)  # fmt: skip

console = Console()


def report(results: list[dict[str, Any]], how: dict[str, Any], write: bool) -> None:
    """Print `results`; with `write`, put them into docs/ with the machine and `how` it was run."""
    for result in results:
        show(result)
    if not write:
        return
    date = dt.datetime.now(dt.UTC).date().isoformat()
    facts = {"date": date, **how, "machine": machine(), "versions": versions()}
    text = json.dumps({**facts, "results": results}, indent=1)
    (ROOT / "docs" / "bench.json").write_text(text + "\n")
    first = [each for each in results if each["packages"] == results[0]["packages"]]
    (ROOT / "docs" / "images").mkdir(exist_ok=True)
    drawn = picture(first, (OURS.name, PLAIN.name), "32")
    (ROOT / "docs" / "images" / "bench.svg").write_text(drawn)


def machine() -> dict[str, Any]:
    processor = Path("/proc/cpuinfo").read_text().partition("model name\t: ")[2].partition("\n")[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"processor": processor, "cores": os.cpu_count(), "GiB": round(memory)}


def versions() -> dict[str, str]:
    postgres = [str(find_binaries() / "postgres"), "--version"]
    shown = subprocess.run(postgres, capture_output=True, text=True, check=True).stdout
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": shown.split()[2],
        **{name: version(name) for name in LIBRARIES},
    }


def ratio(figures: dict[str, Any], key: str, other: str) -> float:
    """Our figure over another subject's."""
    return float(figures[OURS.name][key] / figures[other][key])


def show(result: dict[str, Any]) -> None:
    table = Table(title=f"{result['database']}, {result['packages']:,} packages")
    table.add_column("operation")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    counts = result.get("statements", {}).get(OURS.name, {})
    for name, operation in result["operations"].items():
        one, many = operation["figures"]["1"], operation["figures"]["32"]
        ours = many[OURS.name]
        table.add_row(
            name,
            f"{one[OURS.name]['rate']:,.0f}",
            f"{ours['rate']:,.0f}",
            *(f"{ratio(each, 'rate', LIMIT.name):.2f}" for each in (one, many)),
            *(f"{ratio(each, 'rate', PLAIN.name):.1f}" for each in (one, many)),
            f"{ratio(many, 'rate', MEMORY.name):.2f}",
            f"{ours['p99']:.1f}",
            f"{ratio(many, 'p99', LIMIT.name):.2f}",
            f"{ours['cpu']:.3f}",
            f"{ratio(many, 'cpu', LIMIT.name):.2f}",
            str(counts.get(name, "")),
            f"{operation['bytes'] / 1e3:.1f}",
        )
    console.print(table)
    for name in ("memory", "start_up", "first_uses", "flood"):
        console.print(name, result[name])
