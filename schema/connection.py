"""What every connection has in common: pages, by Relay's specification of cursor connections."""

from typing import Generic, TypeVar

import strawberry

from resolvers import page
from resolvers.reads import same
from schema.fields import reads

E = TypeVar("E")
T = TypeVar("T")


@strawberry.type(description="Where a page stands in all that its filter selects.")
class PageInfo:
    has_next_page: bool = reads(page.has_next_page, "Whether rows come after this page.")
    has_previous_page: bool = reads(page.has_previous_page, "Whether rows come before this page.")
    start_cursor: str | None = reads(
        page.start_cursor, "The first edge's cursor; null where the page is empty."
    )
    end_cursor: str | None = reads(
        page.end_cursor, "The last edge's cursor; null where the page is empty."
    )


@strawberry.type(description="A row of a page, with its cursor.")
class Edge(Generic[T]):
    cursor: str = reads(
        page.cursor,
        "A place in this order, for after and before; it holds while rows come and go.",
    )
    node: T = reads(page.node, "The row itself.")


@strawberry.type
class Connection(Generic[E, T]):
    edges: list[E] = reads(page.edges, "The page's rows with their cursors.")
    nodes: list[T] = reads(page.nodes, "The page's rows without their cursors.")
    page_info: PageInfo = reads(same, "Where this page stands.")
    total_count: int = reads(page.total_count, "How many rows the filter selects, on all pages.")
