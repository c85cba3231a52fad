"""What v4's search answers: our own search, in the fields that v4 has."""

from collections.abc import Callable
from typing import Any

from resolvers.executor import Executor
from web.looked import data_of

SEARCH = """query V4Search($q: String!) {
  search(query: $q, first: 20, types: [PACKAGE, GRID]) {
    nodes {
      __typename
      ... on Package {
        title slug created modified description: repoDescription category { title }
        repoWatchers repoForks score participants lastUpdated
        versions(first: 1) { nodes { uploadedAt } }
      }
      ... on Grid { title slug created modified description }
    }
  }
}"""

Row = dict[str, Any]


async def found(executor: Executor, query: str, zoned: Callable[[str], str]) -> list[Row]:
    """The 20 best packages and grids; none where there is nothing to search for.

    `zoned` writes an instant as v4 does. Raises InputError.
    """
    if not query.strip():
        return []
    data = await data_of(executor, SEARCH, q=query)
    return [_row(node, zoned) for node in data["search"]["nodes"]]


def _row(node: Row, zoned: Callable[[str], str]) -> Row:
    """What is found, in v4's fields; of a grid there are few."""
    type_, title, slug = node["__typename"].lower(), node["title"], node["slug"]
    newest = node["versions"]["nodes"] if "versions" in node else []
    released = newest[0]["uploadedAt"] if newest else None
    committed = node.get("lastUpdated")
    return {
        "description": node["description"],
        "title": title,
        "title_no_prefix": title,
        "slug_no_prefix": slug,
        "clean_title": title,
        "absolute_url": f"/{type_}s/{'p' if type_ == 'package' else 'g'}/{slug}/",
        "created": zoned(node["created"]),
        "modified": zoned(node["modified"]),
        "weight": 0,
        "item_type": type_,
        "slug": slug,
        "category": (node.get("category") or {}).get("title", ""),
        "repo_watchers": node.get("repoWatchers") or 0,
        "repo_forks": node.get("repoForks") or 0,
        "pypi_downloads": 0,
        "score": node.get("score", 0),
        "usage": 0,
        "participants": ",".join(node.get("participants", [])),
        "last_committed": committed and zoned(committed),
        "last_released": released and zoned(released),
    }
