"""What is looked at rather than read: documents of GraphQL, answered and shown in another form."""

from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.graphql import headers_of
from web.response import respond

ALONE = (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'")
"""What is shown loads nothing, and runs nothing, where it is opened by itself."""


async def answered(request: Request, document: str, **variables: Any) -> dict[str, Any]:
    """The data of a document's only operation, by the server's own executor.

    Raises HTTPException where it has errors.
    """
    executor = request.app.state.executor
    answer = await executor.answer(document, variables, None, None, False)
    if answer.errors:
        raise HTTPException(400, orjson.loads(answer.body)["errors"][0]["message"])
    data: dict[str, Any] = orjson.loads(answer.body)["data"]
    return data


def shown(request: Request, media_type: str, text: str, status: int = 200) -> Response:
    """The response with this text, or 304 to whom has it already."""
    found = respond(status, media_type, text.encode(), is_once=status != 200, is_get=True)
    if found.is_known_by(headers_of(request.scope).get(b"if-none-match")):
        found = found.not_modified()
    response = Response(found.end["body"], found.start["status"])
    response.raw_headers = [*found.start["headers"], ALONE]
    return response
