"""The log of changes in the schema."""

import strawberry

from db.change import Change as ChangeRow
from db.change import ChangeAction, NodeType
from resolvers import changes, where
from resolvers.reads import column, stored
from schema.connection import Connection, Edge
from schema.fields import described, filters, reads
from schema.filters import DateTimeFilter, StringFilter
from schema.node import Node
from schema.scalars import JSON, DateTime

described(
    ChangeAction,
    "What became of an object.",
    CREATE="It was made.",
    UPDATE="It was changed.",
    DELETE="It was deleted.",
)
described(
    NodeType,
    "The types of objects whose changes are logged.",
    CATEGORY="A category.",
    PACKAGE="A package.",
    VERSION="A release of a package.",
    GRID="A grid, with which packages it compares, and its cells.",
    FEATURE="A feature of a grid.",
)


@strawberry.input(description="All that is given must hold; null is an error.")
class ChangeWhere:
    node: strawberry.ID | None = filters(
        changes.is_about,
        "The own changes of the object with this global id, also of one that is deleted;"
        " Grid.changes has its features' too.",
    )
    type: list[NodeType] | None = filters(
        where.any_of(column(ChangeRow.node_type)), "What changed is of one of these types."
    )
    actor: StringFilter | None = filters(
        where.text_of(column(ChangeRow.actor), column(ChangeRow.actor_folded)), "Who changed it."
    )
    action: list[ChangeAction] | None = filters(
        where.any_of(column(ChangeRow.action)), "What became of it is one of these."
    )
    at: DateTimeFilter | None = filters(
        where.comparison(column(ChangeRow.at)), "When it was changed."
    )


@strawberry.type(description="One object's change in one transaction.")
class Change(Node):
    transaction: strawberry.ID = reads(
        changes.id_in("Transaction", ChangeRow.transaction_id),
        "The same for all that one edit changed at once.",
    )
    type: NodeType = reads(stored(ChangeRow.node_type), "The type of what changed.")
    revision: int = reads(stored(ChangeRow.revision), "The object's revision after it.")
    at: DateTime = reads(stored(ChangeRow.at), "When it was changed.")
    actor: str = reads(
        stored(ChangeRow.actor), "Who changed it: the token's name, or ingest:github and the like."
    )
    action: ChangeAction = reads(stored(ChangeRow.action), "What became of the object.")
    node_id: strawberry.ID = reads(
        changes.node_id, "The global id of what changed; it may be gone."
    )
    node: Node | None = reads(changes.node_now, "The object as it is now; null once deleted.")
    diff: JSON = reads(
        stored(ChangeRow.diff),
        'Field by field: {"title": ["before", "after"]}; null before a CREATE and after a DELETE;'
        " references are global ids. A grid's memberships and cells are its own:"
        ' {"packages": {"<id>": [false, true]},'
        ' "cells": {"<package id>": {"<feature id>": ["", "yes"]}}}.',
    )
    reverts: strawberry.ID | None = reads(
        changes.id_in("Change", ChangeRow.reverts_id), "The change that this one undid, if it did."
    )


@strawberry.type(description="A page of changes, oldest first.")
class ChangeConnection(Connection[Edge[Change], Change]):
    pass
