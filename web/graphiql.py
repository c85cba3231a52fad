"""GraphiQL: the page that a browser gets at /graphql, and its assets. It asks no other host.

The assets are in graphiql/dist, made by `make`: from npm, or from a Python package where npm cannot
be reached. build.json beside them names them and their version.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

SOURCES = Path(__file__).with_name("graphiql")
DIST = SOURCES / "dist"
ASSETS_PATH = "/graphql/assets"

HEADERS = {
    # Monaco writes style elements; all else comes from here, or is a data: address.
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "worker-src 'self'",
            "connect-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "font-src data:",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept, Authorization",
    "X-Content-Type-Options": "nosniff",
}

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Packgrid: GraphiQL</title>
<link rel="icon" href="data:,">
<style>html, body, #graphiql {{ height: 100%; margin: 0 }} p {{ padding: 1em }}</style>
{head}
</head>
<body>
<div id="graphiql"><p>{message}</p></div>
</body>
</html>
"""


class Assets(StaticFiles):
    """The built files; one that is asked for with its version may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404."""
        response = await super().get_response(path, scope)
        kept = "max-age=31536000, immutable" if scope["query_string"] else "no-cache"
        response.headers["Cache-Control"] = f"public, {kept}"
        return response


def examples() -> list[str]:
    """The example queries in the order of their tabs: the texts of graphiql/examples/*.graphql."""
    return [path.read_text() for path in sorted((SOURCES / "examples").glob("*.graphql"))]


@cache
def page(dist: Path = DIST) -> str:
    """The HTML of the page on what `dist` holds, or of one that says how to build it."""
    try:
        build: dict[str, Any] = json.loads((dist / "build.json").read_text())
    except FileNotFoundError:
        return PAGE.format(head="", message="GraphiQL is not built yet: run <code>make</code>.")
    address = f"{ASSETS_PATH}/{{}}?v={build['version']}"
    styles = [f'<link rel="stylesheet" href="{address.format(name)}">' for name in build["styles"]]
    scripts = [
        f'<script src="{address.format(name)}" {kind}></script>'
        for name in build["scripts"]
        for kind in ["type=module" if name.endswith(".mjs") else "defer"]
    ]
    data = json.dumps(examples()).replace("<", "\\u003c")
    queries = f'<script type="application/json" id="examples">{data}</script>'
    return PAGE.format(
        head="\n".join([*styles, queries, *scripts]),
        message="GraphiQL needs JavaScript; the API at this address does not.",
    )


async def graphiql_page(request: Request) -> HTMLResponse:
    """Answer a browser's GET; with ?query=...&variables=... the page opens that query."""
    return HTMLResponse(page(), headers=HEADERS)


routes: list[BaseRoute] = [Mount(ASSETS_PATH, Assets(directory=DIST, check_dir=False))]
