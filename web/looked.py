"""What is looked at rather than read: documents of GraphQL, answered and shown in another form."""

from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from db.errors import InputError
from resolvers.executor import Executor
from web.graphql import headers_of
from web.response import respond

ALONE = (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'")
"""What is shown loads nothing, and runs nothing, where it is opened by itself."""


async def data_of(executor: Executor, document: str, **variables: Any) -> dict[str, Any]:
    """The data of a document's only operation. Raises InputError where it has errors."""
    answer = orjson.loads((await executor.answer(document, variables, None, may_edit=False)).body)
    if "errors" in answer:
        raise InputError(answer["errors"][0]["message"])
    data: dict[str, Any] = answer["data"]
    return data


async def answered(request: Request, document: str, **variables: Any) -> dict[str, Any]:
    """As `data_of`, by the server's own executor. Raises HTTPException where there are errors."""
    try:
        return await data_of(request.app.state.executor, document, **variables)
    except InputError as error:
        raise HTTPException(400, str(error)) from None


def shown(request: Request, media_type: str, text: str, status: int = 200) -> Response:
    """The response with this text, or 304 to whom has it already."""
    found = respond(status, media_type, text.encode(), is_once=status != 200, is_get=True)
    if found.is_known_by(headers_of(request.scope).get(b"if-none-match")):
        found = found.not_modified()
    response = Response(found.end["body"], found.start["status"])
    response.raw_headers = [*found.start["headers"], ALONE]
    return response
