"""GraphQL over HTTP: what a request asks for, and the response that it gets.

By the GraphQL over HTTP specification: `application/graphql-response+json` with its status codes,
`application/json` with the older ones; GET and POST.
"""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial
from typing import Any, TypeAlias

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from db.token import Actor, Role, Tokens, may
from resolvers.changes import cursor_of
from resolvers.plan import Answer
from web.answers import Answers, Key
from web.bearer import Unauthenticated, actor_of
from web.graphiql import graphiql_page
from web.operations import Operations
from web.response import GRAPHQL, JSON, Response, failure, respond
from web.sse import EVENTS, stream

logger = logging.getLogger(__name__)

READ = 1_000
"""How many bytes of a header are looked at: what is worked out of them is kept by them."""

Asked: TypeAlias = tuple[str, dict[str, Any] | None, str | None]
"""A document, values of its variables, which of its operations."""


AnswerIt: TypeAlias = Callable[
    [str, dict[str, Any] | None, str | None, Actor | None, bool], Awaitable[Answer]
]
"""Answers what is asked for, by whom, and whether that may edit."""

AFTER = b"packgrid-after"
"""The header that names a change: an edit's response has it, and whoever sends it with a read gets
nothing that is older.
"""


class BadRequest(Exception):
    """A request that is no GraphQL request; the text says what was expected."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class GraphQL:
    """`/graphql`: the answer to GET (so to HEAD) and POST, and GraphiQL to a browser.

    An ASGI application that needs no other around it: Starlette's middleware, routing, requests and
    responses cost as much as a small answer does.
    """

    answer: AnswerIt
    explain: AnswerIt
    answers: Answers
    operations: Operations
    tokens: Tokens

    def __init__(self, body_max: int) -> None:
        self.body_max = body_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_get = scope["method"] != "POST"
        headers = headers_of(scope)
        accepted = accepted_type(headers.get(b"accept", b"")[:READ], is_get)
        if accepted == "text/html":
            page = await graphiql_page(Request(scope))
            return await page(scope, receive, send)
        media_type = accepted if accepted in (GRAPHQL, JSON) else JSON
        try:
            if accepted is None or (accepted == EVENTS and scope["method"] == "HEAD"):
                raise BadRequest(f"Accept must allow {GRAPHQL} or {JSON}", 406)
            actor = await actor_of(headers.get(b"authorization"), self.tokens)
            if actor is not None:
                self.tokens.used(actor, dt.datetime.now(dt.UTC))
            asked = scope["query_string"] if is_get else await self._body(headers, receive)
            if accepted == EVENTS:
                request = from_query(asked) if is_get else from_body(asked)
                answers = self.operations.answers(*request, actor, not is_get)
                again = partial(actor_of, headers.get(b"authorization"), self.tokens)
                return await stream(answers, again, receive, send)
            key = (is_get, asked, media_type, actor and actor[:2])
            response = await self._answer(key, actor, headers)
        except ClientDisconnect:
            return None
        except BadRequest as error:
            response = failure(error.status, media_type, str(error), "BAD_REQUEST")
        except Unauthenticated as error:
            response = error.response(media_type)
        except Exception:
            logger.exception("an operation failed")
            said = "the server failed to answer; it is logged"
            response = failure(500, media_type, said, "INTERNAL_SERVER_ERROR")
        if response.is_known_by(headers.get(b"if-none-match")):
            response = response.not_modified()
        # A copy: what stands around this may add headers, and the response may be a kept one.
        await send({**response.start, "headers": [*response.start["headers"]]})
        await send(response.end)

    async def _answer(
        self, key: Key, actor: Actor | None, headers: Mapping[bytes, bytes]
    ) -> Response:
        """The response to what is asked for, a kept one unless it has to be fresh."""
        head = self.answers.head()
        explains = wants_explained(headers, actor)
        if not explains and not wants_fresh(headers) and (kept := self.answers.get(key)):
            return kept
        is_get, asked, media_type, _ = key
        request = from_query(asked) if is_get else from_body(asked)
        answer_it = self.explain if explains else self.answer
        try:
            answer = await answer_it(*request, actor, not is_get)
        except Exception:
            self.answers.forget()  # a mutation may have made some of its edits
            raise
        status = status_of(answer, media_type)
        is_once = answer.errors or answer.is_edit or answer.is_passing
        response = respond(status, media_type, answer.body, is_once, is_get, actor is not None)
        if status == 405:
            response.start["headers"].append((b"allow", b"POST"))
        if answer.is_edit:
            self.answers.forget()
            if answer.last is not None:
                response.start["headers"].append((AFTER, cursor_of(answer.last).encode()))
        elif not is_once and not explains:
            self.answers.keep(key, response, head)
        return response

    async def _body(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
        """The body of a POST. Raises BadRequest, ClientDisconnect."""
        content_type = headers.get(b"content-type", b"")[:READ]
        encoding = headers.get(b"content-encoding", b"identity")[:READ]
        if (refusal := refusal_of(content_type, encoding)) is not None:
            raise BadRequest(refusal, 415)
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.body_max:
                raise BadRequest(too_large("the body", self.body_max), 413)
        return body


def too_large(name: str, size_max: int) -> str:
    """What is said of a body or a message that is larger than the setting allows."""
    return f"{name} is larger than {size_max} bytes (PACKGRID_BODY_MAX): send fewer at once"


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The request's headers by their names in small letters; one that comes twice is joined."""
    given: list[tuple[bytes, bytes]] = scope["headers"]
    headers = dict(given)
    if len(headers) < len(given):
        headers = {name: b", ".join(v for n, v in given if n == name) for name in headers}
    return headers


def wants_fresh(headers: Mapping[bytes, bytes]) -> bool:
    """Whether the database has to be read for this request."""
    control = headers.get(b"cache-control", b"")
    return AFTER in headers or b"no-cache" in control.lower()


def wants_explained(headers: Mapping[bytes, bytes], actor: Actor | None) -> bool:
    """Whether an admin asks how the database answers."""
    return headers.get(b"packgrid-explain") == b"1" and may(actor, Role.ADMIN)


def status_of(answer: Answer, media_type: str) -> int:
    """400 for a request that was not executed, where the media type has such a status."""
    if answer.status is not None:
        return answer.status
    return 200 if answer.data or media_type == JSON else 400


@lru_cache(maxsize=200)
def accepted_type(accept: bytes, page: bool) -> str | None:
    """The type of response that `accept` prefers; None where it allows none of ours.

    `page` is whether HTML may be among them. No header allows all.
    """
    offered = [GRAPHQL, JSON, EVENTS, *(["text/html"] if page else [])]
    best, best_quality = None, 0.0
    for part in accept.decode("latin-1").lower().split(","):
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


@lru_cache(maxsize=200)
def refusal_of(content_type: bytes, encoding: bytes) -> str | None:
    """Why a body of this type and encoding is not taken; None where it is."""
    name, _, parameters = content_type.decode("latin-1").lower().partition(";")
    if name.strip() != JSON:
        return f"Content-Type must be {JSON}"
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        return "the body must be UTF-8"
    if encoding.lower() != b"identity":
        return "Content-Encoding is not taken: send the body as it is"
    return None


def from_query(query_string: bytes) -> Asked:
    """What a GET's address asks for. Raises BadRequest."""
    given: dict[str, Any] = dict(QueryParams(query_string))
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name].encode(), name)
        else:
            given.pop(name, None)
    return asked_in(given)


def from_body(body: bytes) -> Asked:
    """What a POST's body asks for. Raises BadRequest."""
    return asked_in(_json(body, "the body"))


def _json(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{name} is not JSON: {error}") from None


def asked_in(given: Any) -> Asked:
    """What these members ask for. Raises BadRequest."""
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
    return query, given.get("variables"), given.get("operationName") or None
