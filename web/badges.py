"""Small pictures of a package, to be put into a README: its commits, and badges.

A former slug redirects to the package that has it no more. A package that is not there has a badge
that says so, with the status 404.
"""

import unicodedata
from collections.abc import Callable
from html import escape
from typing import Any

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.looked import answered, shown
from web.response import SVG

COMMITS = """query Commits($slug: String!) {
  package(by: {slug: $slug}) { slug title commitsOver52 commitsOver52Ends }
}"""

BADGE = """query Badge($slug: String!) {
  package(by: {slug: $slug}) { slug title repoWatchers pypiVersion licenses grids { id } }
}"""

Package = dict[str, Any]

FIELDS: dict[str, Callable[[Package], str | None]] = {
    "stars": lambda package: _count(package["repoWatchers"]),
    "version": lambda package: package["pypiVersion"],
    "license": lambda package: ", ".join(package["licenses"]),
    "grids": lambda package: str(len(package["grids"])),
}
"""What a badge may say; None or an empty text where it is not known."""

LONGEST = 40
"""Characters of a badge's text."""

NARROW = " .,:;|!'()ijlftr"
"""Letters that take about half of what others do."""

HEIGHT, STEP, BAR = 40, 6, 4
"""Of the commits: the bars' most, from one to the next, and how wide each is; in pixels."""


async def commits(request: Request) -> Response:
    """The commits of 52 weeks, a bar for each, the oldest first."""
    package = await _package(request, COMMITS)
    if isinstance(package, Response):
        return package
    return shown(request, SVG, bars(package))


async def badge(request: Request) -> Response:
    """A badge with one of FIELDS, as `?field=` says: stars where it says nothing."""
    field = request.query_params.get("field", "stars")
    if field not in FIELDS:
        raise HTTPException(400, f"field must be one of {', '.join(FIELDS)}")
    package = await _package(request, BADGE)
    if isinstance(package, Response):
        return package
    return shown(request, SVG, label(field, FIELDS[field](package) or "unknown", package["title"]))


async def _package(request: Request, document: str) -> Package | Response:
    """The package that the address names; or what else its response is."""
    slug = request.path_params["slug"]
    package: Package | None = (await answered(request, document, slug=slug))["package"]
    if package is None:
        return shown(request, SVG, label("package", "not found", slug), 404)
    if package["slug"] != slug:
        folder, name = request.url.path.rsplit("/", 2)[0], request.url.path.rsplit("/", 1)[1]
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(str(URL(f"{folder}/{package['slug']}/{name}{query}")), 302)
    return package


def _count(number: int | None) -> str | None:
    return None if number is None else f"{number:,}"


def bars(package: Package) -> str:
    """The SVG of a package's weeks; a week without commits has a line to stand on."""
    weeks = package["commitsOver52"]
    title = f"{package['title']}: its commits are not known"
    if weeks:
        until = f" to {package['commitsOver52Ends'][:10]}" if package["commitsOver52Ends"] else ""
        title = f"{package['title']}: {sum(weeks):,} commits in 52 weeks{until}"
    most = max([*weeks, 1])
    path = "".join(
        f"M{place * STEP + BAR / 2:g} {HEIGHT}v-{max(round(count / most * HEIGHT, 1), 1):g}"
        for place, count in enumerate(weeks or [0] * 52)
    )
    width = 52 * STEP - STEP + BAR
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}"'
        f' viewBox="0 0 {width} {HEIGHT}" role="img" aria-labelledby="title">'
        f'<title id="title">{escape(title)}</title>'
        "<style>path{stroke:#0969da}"
        "@media(prefers-color-scheme:dark){path{stroke:#58a6ff}}</style>"
        f'<path d="{path}" fill="none" stroke-width="{BAR}"/></svg>\n'
    )


def label(name: str, text: str, title: str) -> str:
    """The SVG of a badge: a name beside a text. Any font is made to fit."""
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    left, right = _width(name), _width(text)
    whole = left + right + 20
    parts = (
        f'<text x="{x}" y="14" textLength="{width}">{escape(part)}</text>'
        for part, x, width in ((name, 5, left), (text, left + 15, right))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img"'
        f' aria-labelledby="title">'
        f'<title id="title">{escape(f"{title}: {name} {text}")}</title>'
        f'<rect width="{whole}" height="20" rx="3" fill="#1f5fa8"/>'
        f'<path d="M3 0h{left + 7}v20h-{left + 7}a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3z" fill="#444"/>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f"{''.join(parts)}</g></svg>\n"
    )


def _width(text: str) -> int:
    """How many pixels a text is given."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return 7 * len(text) + 5 * wide - 3 * sum(map(text.count, NARROW))


routes = [
    Route("/packages/{slug}/commits.svg", commits),
    Route("/packages/{slug}/badge.svg", badge),
]
