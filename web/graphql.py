"""GraphQL over HTTP: what a request asks for, and the response that it gets.

By the GraphQL over HTTP specification: `application/graphql-response+json` with its status codes,
`application/json` with the older ones; GET and POST.
"""

import logging
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from resolvers.plan import Answer, Executor
from web.graphiql import graphiql_page

logger = logging.getLogger(__name__)

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


class BadRequest(Exception):
    """A request that is no GraphQL request; the text says what was expected."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What is asked for: a document, values of its variables, which of its operations."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


async def graphql(request: Request) -> Response:
    """`/graphql`: the answer to GET (so to HEAD) and POST, and GraphiQL to a browser."""
    is_get = request.method in ("GET", "HEAD")
    accepted = accepted_type(request.headers.get("accept", ""), is_get)
    if accepted == "text/html":
        return await graphiql_page(request)
    media_type = accepted or JSON
    try:
        if accepted is None:
            raise BadRequest(f"Accept must allow {GRAPHQL} or {JSON}", 406)
        asked = from_query(request) if is_get else await from_body(request)
        executor: Executor = request.app.state.executor
        answer = await executor.answer(asked.query, asked.variables, asked.operation_name)
    except ClientDisconnect:
        return Response()
    except BadRequest as error:
        return rendered(_error_body(str(error), "BAD_REQUEST"), media_type, error.status)
    except Exception:
        logger.exception("an operation failed")
        body = _error_body("the server failed to answer; it is logged", "INTERNAL_SERVER_ERROR")
        return rendered(body, media_type, 500)
    return rendered(answer.body, media_type, status_of(answer, media_type))


def rendered(body: bytes, media_type: str, status: int) -> Response:
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    return Response(body, status, headers, f"{media_type}; charset=utf-8")


def status_of(answer: Answer, media_type: str) -> int:
    """400 for a request that was not executed, where the media type has such a status."""
    return 200 if answer.data or media_type == JSON else 400


def accepted_type(accept: str, page: bool) -> str | None:
    """The type of response that `accept` prefers; None where it allows none of ours.

    `page` is whether HTML may be among them. No header allows all.
    """
    offered = [GRAPHQL, JSON, *(["text/html"] if page else [])]
    best, best_quality = None, 0.0
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = _quality(parameters)
        if name in ("*/*", "application/*", ""):
            name = JSON
        if quality > best_quality and name in offered:
            best, best_quality = name, quality
    return best


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def from_query(request: Request) -> GraphQLRequest:
    """The request that a GET's address holds. Raises BadRequest."""
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name].encode(), name)
        else:
            given.pop(name, None)
    return _request(given)


async def from_body(request: Request) -> GraphQLRequest:
    """The request that a POST's body holds. Raises BadRequest."""
    _check_content_type(request.headers)
    most: int = request.app.state.body_max
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise BadRequest(f"the body is larger than {most} bytes", 413)
    return _request(_json(body, "the body"))


def _check_content_type(headers: Headers) -> None:
    name, _, parameters = headers.get("content-type", "").lower().partition(";")
    if name.strip() != JSON:
        raise BadRequest(f"Content-Type must be {JSON}", 415)
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise BadRequest("the body must be UTF-8", 415)
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise BadRequest("Content-Encoding is not taken: send the body as it is", 415)


def _json(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{name} is not JSON: {error}") from None


def _request(given: Any) -> GraphQLRequest:
    if not isinstance(given, dict):
        raise BadRequest("the body must be a JSON object")
    query = given.get("query")
    if not isinstance(query, str):
        raise BadRequest("query must be a string: a GraphQL document")
    for name in ("variables", "extensions"):
        if not isinstance(given.get(name), dict | None):
            raise BadRequest(f"{name} must be an object")
    if not isinstance(given.get("operationName"), str | None):
        raise BadRequest("operationName must be a string")
    return GraphQLRequest(query, given.get("variables"), given.get("operationName") or None)


def _error_body(message: str, code: str) -> bytes:
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
