"""Requests to /graphql, of whose answers nothing internal may be a part."""

import json
from typing import Any

import httpx2

from tests.application import Application

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"

INTERNAL = (
    "SELECT",
    "Traceback",
    "File ",
    ".py",
    "sqlite",
    "asyncpg",
    "sys.",
    "<class",
    "object at",
)
"""What no answer may hold."""


async def post(
    app: Application, body: Any, accept: str = GRAPHQL, **headers: str
) -> httpx2.Response:
    """The response to a POST of `body`, bytes or what is made JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"accept": accept, "content-type": JSON, **headers}
    response = await app.client.post("/graphql", content=content, headers=sent)
    assert not [text for text in INTERNAL if text in response.text]
    return response


async def ask(app: Application, query: str, **more: Any) -> httpx2.Response:
    return await post(app, {"query": query, **more})


def code_of(response: httpx2.Response) -> str:
    """The code of the first error of a response that has no data."""
    answer = response.json()
    assert list(answer) == ["errors"]
    code: str = answer["errors"][0]["extensions"]["code"]
    return code
