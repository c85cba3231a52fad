"""Atom feeds (RFC 4287): the newest changes, and the newest packages."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.looked import answered, shown
from web.response import ATOM

XMLNS = "http://www.w3.org/2005/Atom"

MOST = 50
"""Entries of a feed."""

NEVER = "1970-01-01T00:00:00+00:00"
"""When a feed without entries was updated."""

CHANGES = """query Changes($most: Int!) {
  changes(last: $most) {
    nodes {
      id at actor action type nodeId
      node {
        ... on Category { title }
        ... on Grid { title }
        ... on Package { title }
        ... on Feature { title grid { title } }
        ... on Version { number package { title } }
      }
    }
  }
}"""

PACKAGES = """query Packages($most: Int!) {
  packages(first: $most, orderBy: [{field: CREATED, direction: DESC}]) {
    nodes { id title repoDescription created modified category { title } }
  }
}"""

VERBS = {"CREATE": "created", "UPDATE": "changed", "DELETE": "deleted"}


async def changes(request: Request) -> Response:
    """The newest changes, newest first."""
    data = await answered(request, CHANGES, most=_most(request))
    feed = _feed(request, "Packgrid: changes", [c["at"] for c in data["changes"]["nodes"]])
    for change in reversed(data["changes"]["nodes"]):
        name = _name(change["node"]) or change["nodeId"]
        title = f"{change['type'].capitalize()} {VERBS[change['action']]}: {name}"
        entry = _entry(request, feed, change["id"], title, change["at"])
        _text(SubElement(entry, "author"), "name", change["actor"])
    return _shown(request, feed)


async def packages(request: Request) -> Response:
    """The packages that were made here last, newest first."""
    data = await answered(request, PACKAGES, most=_most(request))
    nodes = data["packages"]["nodes"]
    feed = _feed(request, "Packgrid: new packages", [node["modified"] for node in nodes])
    _text(SubElement(feed, "author"), "name", "Packgrid")
    for node in nodes:
        entry = _entry(request, feed, node["id"], node["title"], node["modified"])
        _text(entry, "published", node["created"])
        SubElement(entry, "category", term=node["category"]["title"])
        if node["repoDescription"]:
            _text(entry, "summary", node["repoDescription"])
    return _shown(request, feed)


def _most(request: Request) -> int:
    page_max: int = request.app.state.executor.limits.page_max
    return min(MOST, page_max)


def _name(node: dict[str, Any] | None) -> str | None:
    """What an object is called, a part of another by that too; None where it is gone."""
    if node is None:
        return None
    whole = node.get("grid") or node.get("package")
    name: str = node.get("title") or node["number"]
    return f"{whole['title']}, {name}" if whole else name


def _feed(request: Request, title: str, dates: Iterable[str]) -> Element:
    feed = Element("feed", xmlns=XMLNS)
    _text(feed, "id", str(request.url.replace(query="")))
    _text(feed, "title", title)
    _text(feed, "updated", max(dates, default=NEVER))
    SubElement(feed, "link", rel="self", type=ATOM, href=str(request.url))
    SubElement(feed, "link", rel="alternate", type="text/html", href=_address(request, "graphql"))
    return feed


def _entry(request: Request, feed: Element, id_: str, title: str, updated: str) -> Element:
    """An entry about the object with this global id, which a browser sees in GraphiQL."""
    entry = SubElement(feed, "entry")
    _text(entry, "id", f"tag:{request.url.hostname},2026:{id_}")
    _text(entry, "title", title)
    _text(entry, "updated", updated)
    kind = id_.partition(":")[0]
    fields = "at actor action diff" if kind == "Change" else "slug title repoUrl"
    query = f'{{ node(id: "{id_}") {{ ... on {kind} {{ {fields} }} }} }}'
    address = _address(request, f"graphql?query={quote(query)}")
    SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    return entry


def _address(request: Request, path: str) -> str:
    return f"{request.base_url}{path}"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _shown(request: Request, feed: Element) -> Response:
    xml = tostring(feed, encoding="unicode", xml_declaration=False)
    return shown(request, ATOM, f'<?xml version="1.0" encoding="utf-8"?>\n{xml}\n')


routes = [Route("/feeds/changes.atom", changes), Route("/feeds/packages.atom", packages)]
