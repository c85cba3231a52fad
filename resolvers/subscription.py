"""Subscriptions: an operation's one root field, read anew of each change that it is about.

The event of a change is compiled as any read is. Its row is the one whose number is bound, so each
event costs one statement, and is read when the client is ready for it.
"""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from graphql import OperationType, get_argument_values
from sqlalchemy import BigInteger, ColumnElement, select

from db.change import Change
from db.errors import InputError
from db.feed import About, Feed
from db.token import Actor
from resolvers.arguments import Bound
from resolvers.changes import FEED, logged_id
from resolvers.compile import Selected
from resolvers.document import read_document
from resolvers.errors import RequestErrors, error_of
from resolvers.executor import Executor, rejected
from resolvers.json_text import JsonText
from resolvers.order import Key, Order, decode
from resolvers.plan import Answer, Call, Root
from resolvers.reads import Row

CHANGE = "@change"
"""The number of an event's change, among the variables: no variable of a document is called so."""


class Edge(NamedTuple):
    """The scope of an edge's fields, as a page is that of its edges'."""

    row: Row
    cursor: ColumnElement[str]


def change_event(scope: None, selected: Selected) -> JsonText:
    """The edge of the change whose number is bound; NULL where there is none."""
    row = Row(selected, Change)
    cursor = Order(FEED, (Key(row.c.id),)).cursor(selected, [row.c.id])
    edge = selected.object(Edge(row, cursor))
    number = selected.bind(Bound((CHANGE,)), BigInteger())
    query = select(edge).select_from(row.within()).where(row.c.id == number)
    return query.correlate_except(*row.own).scalar_subquery()


async def answers(
    executor: Executor,
    feed: Feed,
    query: str,
    given: Mapping[str, Any] | None,
    operation_name: str | None,
    actor: Actor | None,
    may_edit: bool = True,
) -> AsyncIterator[Answer]:
    """The answers to an operation: the events of a subscription, without end, else the one.

    Raises what a read raises: a subscription can then be taken up again from its last cursor.
    """
    try:
        document = executor.documents.find(query, lambda: read_document(executor.schema, query))
        call = executor.call(document, given, operation_name, actor)
        if call.operation.node.operation is OperationType.SUBSCRIPTION:
            async for answer in _events(executor, feed, call):
                yield answer
            return
        run = partial(executor.answer, query, given, operation_name, actor, may_edit)
        # A mutation goes on to its end, whether or not the client waits for its outcome.
        yield await (feed.once(object(), run) if call.is_edit else run())
    except RequestErrors as refusal:
        yield rejected(refusal)


async def _events(executor: Executor, feed: Feed, call: Call) -> AsyncIterator[Answer]:
    """An answer for each change. Raises RequestErrors, if at all, before the first."""
    plan = executor.plan(call)
    ((key, root),) = plan.roots.items()  # a valid subscription has one, without @skip
    try:
        position, about = await _beginning(executor, feed, call, root)
    except InputError as error:
        raise RequestErrors([error_of(str(error), "BAD_USER_INPUT", [key])]) from None

    def event(number: int) -> Call:
        return call._replace(variables={**call.variables, CHANGE: number})

    # No change has the number 0: what is wrong with the operation itself is said at once.
    if (trial := await executor.run(plan, event(0))).errors:
        yield trial._replace(data=False)
        return
    same = (key, plan.statement.sql, repr(executor.bound(plan, event(0))[1]))
    async for number in feed.changes(position, about):
        yield await feed.once((same, number), partial(executor.run, plan, event(number)))


async def _beginning(executor: Executor, feed: Feed, call: Call, root: Root) -> tuple[int, About]:
    """The number after which a subscription begins, and whose changes it is about.

    Raises InputError, RequestErrors.
    """
    subscriptions = executor.schema.subscription_type
    assert subscriptions is not None  # the document is valid
    definition = subscriptions.fields[root.name]
    given = get_argument_values(
        definition, root.nodes[0], call.operation.signature.values(call.given)
    )
    newest = await feed.newest()
    about = None
    if given.get("node") is not None:
        type_name, key = logged_id(given["node"])
        about = type_name.upper(), key
    if given.get("after") is None:
        return newest, about
    (position,) = decode(given["after"], FEED, (BigInteger(),), "after")
    if position > newest:
        raise InputError("after is a cursor of a change that is not in this directory's log")
    return position, about
