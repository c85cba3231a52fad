"""An answer of v4 as a page for a browser: its JSON with links that can be followed."""

import json
import re
from html import escape
from typing import Any, Protocol
from urllib.parse import urlencode

HTML = "text/html"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}: Packgrid, API v4</title>
<link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }}
body {{ max-width: 70rem; margin: 0 auto; padding: 1rem }}
pre {{ overflow-wrap: anywhere; white-space: pre-wrap }}
</style>
</head>
<body>
<nav aria-label="API">{links}</nav>
<main>
<h1>{title}</h1>
<p><code>{method} {url}</code>: {status}</p>
<pre>{body}</pre>
</main>
</body>
</html>
"""

FIELDS = {
    "packages": "id databaseId title slug repoUrl repoWatchers category { title } grids { title }",
    "grids": "id databaseId title slug packages(first: 20) { nodes { title } }",
    "categories": "id databaseId title slug packageCount",
}
ONE = {"packages": "package", "grids": "grid", "categories": "category"}
OF_ONE = """query ($number: Int!) {{
  {}(by: {{ databaseId: $number }}) {{
    {}
  }}
}}
"""
OF_PAGE = """{{
  {}(first: 20) {{
    totalCount
    nodes {{ {} }}
  }}
}}
"""
FOUND = """query ($q: String!) {
  search(query: $q, first: 20, types: [PACKAGE, GRID]) {
    nodes { ... on Package { title slug } ... on Grid { title slug } }
  }
}
"""

_ADDRESS = re.compile(r"&quot;(https?://(?:(?!&quot;)[^\s<\\])+)&quot;")


class Asked(Protocol):
    """What the page tells of a request."""

    @property
    def method(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def base(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def resource(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def parameters(self) -> Any: ...


def page(asked: Asked, status: int, body: bytes) -> str:
    """The HTML of an answer with this JSON."""
    answer = json.loads(body)
    text = escape(json.dumps(answer, indent=4, ensure_ascii=False))
    links = [
        ("API v4", asked.base),
        ("JSON", as_json(asked)),
        ("GraphiQL", graphiql(asked, answer)),
    ]
    return PAGE.format(
        title=escape(asked.title),
        links=" · ".join(f'<a href="{escape(url)}">{name}</a>' for name, url in links),
        method=escape(asked.method),
        url=escape(asked.url),
        status=status,
        body=_ADDRESS.sub(r'&quot;<a href="\1">\1</a>&quot;', text),
    )


def as_json(asked: Asked) -> str:
    """The address of the same answer as JSON."""
    address = asked.url.partition("?")[0]
    return f"{address}?{urlencode({**asked.parameters, 'format': 'json'})}"


def graphiql(asked: Asked, answer: Any) -> str:
    """The address at which GraphiQL has the query of the same rows."""
    resource, variables = asked.resource, {}
    if resource is None:
        query = "{\n  packages { totalCount }\n  grids { totalCount }\n}\n"
    elif resource == "search":
        query, variables = FOUND, {"q": asked.parameters.get("q", "")}
    elif asked.name is not None and "id" in answer:
        query = OF_ONE.format(ONE[resource], FIELDS[resource])
        variables = {"number": answer["id"]}
    else:
        query = OF_PAGE.format(resource, FIELDS[resource])
    return f"{asked.site}/graphql?" + urlencode(
        {"query": query, "variables": json.dumps(variables)}
    )
