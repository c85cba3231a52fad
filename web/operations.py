"""What the transports that give several answers to an operation have in common."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, NamedTuple

from db.feed import Feed
from db.token import Actor, Tokens
from resolvers.executor import Executor
from resolvers.plan import Answer
from resolvers.subscription import answers
from web.answers import Answers

SLOW = 10.0
"""Seconds within which a client has to take a message."""

CHECKED = 30.0
"""Seconds after which it is looked again whether a token is still good."""


class Operations(NamedTuple):
    """What operations are answered with."""

    executor: Executor
    feed: Feed
    kept: Answers
    tokens: Tokens

    async def answers(
        self,
        query: str,
        given: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor | None,
        may_edit: bool = True,
    ) -> AsyncIterator[Answer]:
        """The answers to an operation, as `resolvers.subscription.answers` gives them.

        No answer that was kept before an edit outlives it.
        """
        operation = (query, given, operation_name, actor, may_edit)
        async for answer in answers(self.executor, self.feed, *operation):
            if answer.is_edit:
                self.kept.forget()
            yield answer


def failed() -> dict[str, Any]:
    """The error of an operation that the server failed to answer."""
    return error("the server failed to answer; it is logged", "INTERNAL_SERVER_ERROR")


def too_slow() -> str:
    """What is said to a client that is cut off."""
    return f"Too slow: no message was taken for {SLOW:.0f} seconds"


def error(message: str, code: str) -> dict[str, Any]:
    """An error as clients get it."""
    return {"message": message, "extensions": {"code": code}}
