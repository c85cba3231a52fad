"""Errors of requests, as GraphQL says them."""

from collections.abc import Sequence

from graphql import GraphQLError

from db.errors import ErrorCode, InputError, UserError
from db.token import Actor, Role


class RequestErrors(Exception):
    """A request that is not executed: what is wrong with it, as GraphQL says it.

    `status` is that of HTTP where it is always the same.
    """

    def __init__(self, errors: Sequence[GraphQLError], status: int | None = None) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors
        self.status = status


class Unauthorized(InputError):
    """A caller asked for what needs a role that it does not have."""

    def __init__(self, error: UserError) -> None:
        super().__init__(error.message)
        self.code = error.code


def unauthorized(what: str, actor: Actor | None, role: Role) -> UserError:
    """What is said to a caller who may not do what needs `role`."""
    if actor is None:
        message = f"{what} takes a token: Authorization: Bearer <token>"
        return UserError((), ErrorCode.UNAUTHENTICATED, message)
    message = f"{what} takes the role {role.name}: the token {actor.name!r} is {actor.role.name}"
    return UserError((), ErrorCode.FORBIDDEN, message)


def input_error(error: InputError) -> GraphQLError:
    """`error` as GraphQL says it."""
    code = error.code.name if isinstance(error, Unauthorized) else "BAD_USER_INPUT"
    return error_of(str(error), code, error.path)


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
