"""What every connection has in common: pages, by Relay's specification of cursor connections."""

from typing import Any

import strawberry

from resolvers import page
from resolvers.reads import same
from schema.fields import reads


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


def edges() -> Any:
    return reads(page.edges, "The page's rows with their cursors.")


def nodes() -> Any:
    return reads(page.nodes, "The page's rows without their cursors.")


def page_info() -> Any:
    return reads(same, "Where this page stands.")


def total_count() -> Any:
    return reads(page.total_count, "How many rows the filter selects, on all pages.")


def cursor() -> Any:
    return reads(
        page.cursor,
        "A place in this order, for after and before; it holds while rows come and go.",
    )


def node() -> Any:
    return reads(page.node, "The row itself.")


def facets() -> Any:
    return reads(same, "How the packages that the filter selects are spread.")
