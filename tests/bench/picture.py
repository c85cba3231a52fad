"""The picture that the README shows: requests a second as a share of the limit's, as SVG."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.bench.subjects import LIMIT, OURS

TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
LABELS, PANEL, GAP, BAR, TOP = 92, 270, 34, 7, 58
"""Widths of the operations' names, a panel and what parts two; a bar's height; where bars begin."""

MOST = 1.7
"""The share at a panel's right edge: what is beyond is cut off."""

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .small { font-size: 10px; fill: #59636e }
  .title { font-weight: 600 }
  .limit { stroke: #1f2328; stroke-dasharray: 3 3 }
  .s0 { fill: #0969da } .s1 { fill: #8c959f } .s2 { fill: #bf8700 } .s3 { fill: #8250df }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .small { fill: #9198a1 } .limit { stroke: #e6edf3 }
    .s0 { fill: #4493f8 } .s1 { fill: #656c76 } .s2 { fill: #d29922 } .s3 { fill: #ab7df8 }
  }
"""


def picture(results: Sequence[dict[str, Any]], names: Sequence[str], connections: str) -> str:
    """The picture of `results`, one panel each; in them the bars of the subjects `names`."""
    operations = list(results[0]["operations"])
    row = BAR * len(names) + 9
    height = TOP + row * len(operations) + 22
    width = LABELS + (PANEL + GAP) * len(results)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="Requests a second as a share of hand-written SQL">',
        f"<style>{STYLE}</style>",
        *_legend(names),
    ]
    for i, operation in enumerate(operations):
        lines.append(f'<text x="0" y="{TOP + row * i + row / 2 + 1:.0f}">{operation}</text>')
    for i, result in enumerate(results):
        left = LABELS + (PANEL + GAP) * i
        title = f"{TITLES[result['database']]}, {result['packages']:,} packages"
        lines.append(f'<text class="title" x="{left}" y="{TOP - 16}">{title}</text>')
        lines += _bars(result, names, connections, left, row)
        at_limit = left + PANEL / MOST
        bottom = TOP + row * len(operations)
        lines.append(
            f'<path class="limit" d="M{at_limit:.0f} {TOP - 6}V{bottom}"/>'
            f'<text class="small" x="{at_limit:.0f}" y="{bottom + 14}" text-anchor="middle">'
            f"SQL by hand = 1</text>"
        )
    return "\n".join([*lines, "</svg>\n"])


def _legend(names: Sequence[str]) -> Iterator[str]:
    x = LABELS
    for i, name in enumerate(names):
        yield f'<rect class="s{i}" x="{x}" y="6" width="10" height="10" rx="2"/>'
        yield f'<text x="{x + 15}" y="15">{name}</text>'
        x += 40 + 7 * len(name)


def _bars(
    result: dict[str, Any], names: Sequence[str], connections: str, left: int, row: int
) -> Iterator[str]:
    for i, operation in enumerate(result["operations"].values()):
        figures = operation["figures"][connections]
        for j, name in enumerate(each for each in names if each in figures):
            share = figures[name]["rate"] / figures[LIMIT.name]["rate"]
            y = TOP + row * i + BAR * j
            bar = PANEL * min(share, MOST) / MOST
            style = f"s{names.index(name)}"
            yield f'<rect class="{style}" x="{left}" y="{y}" width="{bar:.1f}" height="{BAR - 1}"/>'
            if name == OURS.name:
                yield (
                    f'<text class="small" x="{left + bar + 3:.1f}" y="{y + BAR}">{share:.2f}</text>'
                )
