"""The connection of a search: a page of what `resolvers.search` matches, best first."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import CTE, ColumnElement, Text, case, column

from db.sql import ListOf
from resolvers.compile import Read, Selected
from resolvers.json_text import JsonText, Quoted, or_null, scalar
from resolvers.nodes import Models, object_by_key
from resolvers.order import Key, Order
from resolvers.page import Page, Source
from resolvers.search import ORDER, alternatives, encode, encode_typos, matches
from resolvers.search import page as first_rows
from resolvers.snippet import snippet


class SearchPage(Page):
    """The scope of a search's fields: a page of documents, by their objects' types and keys."""

    def __init__(
        self,
        selected: Selected,
        words: CTE,
        types: ColumnElement[Any] | None,
        order: Order,
    ) -> None:
        self.words = words
        self.types = types
        super().__init__(selected, order)

    @cached_property
    def source(self) -> Source:  # type: ignore[override]
        """All that is found; a page of it is had without."""
        found = matches(self.words, self.types)
        return Source(found, found, (found,))

    def _page(self, size: int) -> CTE:
        return first_rows(self.words, self.types, size, self.after)

    @property
    def ctes(self) -> Sequence[CTE]:
        return ()  # a search is a root field: its CTEs stand at the statement's head


def search(scope: None, selected: Selected) -> JsonText:
    """What has all words of the argument `query`, of the `types` that are given, best first."""
    selected.spend("searches", selected.limits.searches_max)
    query = selected.arguments["query"]
    words = alternatives(
        selected.bind_text(query, encode),
        selected.bind_text(query, encode_typos),
        selected.alias("words"),
    )
    types = selected.arguments.get("types")
    if types is not None:
        types = selected.bind(types, ListOf(Text))
    keys = (Key(column(name, type_), True, name) for name, type_ in ORDER.items())
    order = Order(selected.coordinate, tuple(keys), about=query)
    page = SearchPage(selected, words, types, order)
    return page.answer()


def found_node(models: Models) -> Read:
    """An edge's node."""
    return lambda page, selected: _object(models, page, selected)


def found_nodes(models: Models) -> Read:
    """The page's objects."""
    return lambda page, selected: page.array(_object(models, page, selected.times(page.size)))


def _object(models: Models, page: SearchPage, selected: Selected) -> JsonText:
    """The object that a row of the page found, of whichever of the types it is."""
    return or_null(
        case(
            *(
                (
                    page.rows.c.node_type == name.upper(),
                    object_by_key(selected, name, model, page.rows.c.node_id),
                )
                for name, model in models.items()
            )
        )
    )


def found_score(page: SearchPage, selected: Selected) -> JsonText:
    return scalar(page.rows.c.score)


def found_snippet(page: SearchPage, selected: Selected) -> JsonText:
    return or_null(Quoted(snippet(page.words, page.rows)))
