"""Who calls: what a request's `Authorization` says."""

import datetime as dt
import re

from db.token import Actor, TokenError, Tokens
from web.response import Response, failure

LENGTH = 1_000
"""Bytes that `Authorization` may have."""

CHALLENGE = (b"www-authenticate", b'Bearer realm="Packgrid", error="invalid_token"')

BEARER = re.compile(rb"bearer[ \t]+([!-~]+)", re.IGNORECASE)


class Unauthenticated(Exception):
    """A caller who shows a token that is none; the text says what was expected, without it."""

    def response(self, media_type: str) -> Response:
        """The refusal, 401, as JSON of this type."""
        response = failure(401, media_type, str(self), "UNAUTHENTICATED")
        response.start["headers"].append(CHALLENGE)
        return response


async def actor_of(authorization: bytes | None, tokens: Tokens) -> Actor | None:
    """Who calls, by the value of `Authorization`; None where that is not there.

    Raises Unauthenticated where it holds no token that is good: such a caller is not let in as one
    without a token, who would then take what anybody may read for all that there is.
    """
    if authorization is None:
        return None
    found = BEARER.fullmatch(authorization.strip()) if len(authorization) <= LENGTH else None
    if found is None:
        raise Unauthenticated(
            f"Authorization must be `Bearer <token>`, of {LENGTH:,} bytes at most;"
            " to read, none is needed"
        )
    try:
        return await tokens.actor(found[1].decode(), dt.datetime.now(dt.UTC))
    except TokenError as error:
        raise Unauthenticated(f"{error}; to read, none is needed") from None
