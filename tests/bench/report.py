"""What a run of the benchmark shows: tables, `docs/bench.json`, and `docs/images/bench.svg`."""

from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.subjects import LIMIT, MEMORY, OURS, PLAIN

console = Console()


def report(results: list[dict[str, Any]], rounds: int, seconds: int, write: bool) -> None:
    for result in results:
        show(result)


def ratio(figures: dict[str, Any], key: str, other: str) -> float:
    return float(figures[OURS.name][key] / figures[other][key])


def show(result: dict[str, Any]) -> None:
    table = Table(title=f"{result['database']}, {result['packages']:,} packages")
    table.add_column("operation")
    for name in ("requests/s 1", "32", "to limit 1", "32", "to plain 1", "32", "to memory 32",
                 "p99 32", "to limit", "CPU s/1,000", "to limit", "statements", "KB"):  # fmt: skip
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
    console.print("most memory, MB:", result["memory"])
    console.print("start to first answer, s:", result["start_up"])
    console.print("first use above a repeat, ms:", result["first_uses"])
    console.print("flood of documents:", result["flood"])
