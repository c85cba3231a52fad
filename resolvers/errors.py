"""Errors of requests, as GraphQL says them."""

from collections.abc import Sequence

from graphql import GraphQLError


class RequestErrors(Exception):
    """A request that is not executed: what is wrong with it, as GraphQL says it.

    `status` is that of HTTP where it is always the same.
    """

    def __init__(self, errors: Sequence[GraphQLError], status: int | None = None) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors
        self.status = status


def error_of(message: str, code: str, path: Sequence[str | int] = ()) -> GraphQLError:
    """An error with a code that clients can tell apart."""
    return GraphQLError(message, path=list(path) or None, extensions={"code": code})


def coded(error: GraphQLError, code: str, path: Sequence[str] = ()) -> GraphQLError:
    """`error` as graphql-core found it, with a code, and a path where one is known."""
    return GraphQLError(
        error.message.partition("; use sys.")[0],  # Python's hint for a number of many digits
        error.nodes,
        error.source,
        error.positions,
        error.path or list(path) or None,
        extensions={"code": code},
    )
