"""Search in the schema."""

from typing import Annotated

import strawberry

from db.category import Category as CategoryRow
from db.grid import Grid as GridRow
from db.package import Package as PackageRow
from db.search import SearchType
from resolvers import search_page
from resolvers.nodes import Models
from schema.category import Category
from schema.connection import Connection, Edge
from schema.fields import described, reads
from schema.grid import Grid
from schema.package import Package

described(
    SearchType,
    "What can be found.",
    PACKAGE="Packages, by title, slug, description and participants.",
    GRID="Grids, by title, slug and description.",
    CATEGORY="Categories, by title, slug and description.",
)

SearchResult = Annotated[
    Package | Grid | Category, strawberry.union("SearchResult", description="What a search found.")
]

FOUND: Models = {"Package": PackageRow, "Grid": GridRow, "Category": CategoryRow}


@strawberry.type(description="What a search found, in a page.")
class SearchEdge(Edge[SearchResult]):
    node: SearchResult = reads(search_page.found_node(FOUND), "What was found.")
    score: float = reads(
        search_page.found_score, "How well it matches, in points; docs/search.md has the formula."
    )
    snippet: str | None = reads(
        search_page.found_snippet,
        "The text that matched, with the matches between <mark> and </mark>; all else is"
        " HTML-escaped.",
    )


@strawberry.type(description="A page of what a search found, best first.")
class SearchConnection(Connection[SearchEdge, SearchResult]):
    nodes: list[SearchResult] = reads(
        search_page.found_nodes(FOUND), "What was found, without cursors."
    )
