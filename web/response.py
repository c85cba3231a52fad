"""A response: the messages that send it, made once, and what a client may know it by."""

from hashlib import blake2b
from typing import NamedTuple

import orjson
from starlette.types import Message

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
SVG = "image/svg+xml"
ATOM = "application/atom+xml"

COMMON = [(b"vary", b"Accept, Authorization"), (b"x-content-type-options", b"nosniff")]
CONTENT_TYPES = {each: f"{each}; charset=utf-8".encode() for each in (GRAPHQL, JSON, SVG, ATOM)}

NOT_KEPT = (b"cache-control", b"no-store")
ASKED_FOR_AGAIN = (b"cache-control", b"public, max-age=0, must-revalidate")
ASKED_FOR_AGAIN_BY_ONE = (b"cache-control", b"private, max-age=0, must-revalidate")
"""Anybody may keep it, or the caller alone, who asks here each time whether it still stands."""


class Response(NamedTuple):
    """The two messages of a response by ASGI; its ETag, where it has one."""

    start: Message
    end: Message
    etag: bytes | None

    def is_known_by(self, if_none_match: bytes | None) -> bool:
        """Whether the client has it: by its ETag, weak or not, in a list, or by `*`."""
        if if_none_match is None or self.etag is None:
            return False
        return self.etag in if_none_match or if_none_match.strip() == b"*"

    def not_modified(self) -> "Response":
        """304 in its place."""
        headers = [each for each in self.start["headers"] if not each[0].startswith(b"content-")]
        return response(304, headers, b"", self.etag)


def response(
    status: int, headers: list[tuple[bytes, bytes]], body: bytes, etag: bytes | None = None
) -> Response:
    """The messages of a response."""
    start = {"type": "http.response.start", "status": status, "headers": headers}
    return Response(start, {"type": "http.response.body", "body": body}, etag)


def etag_of(body: bytes, content_type: bytes) -> bytes:
    """The ETag of a representation."""
    return b'"%s"' % blake2b(body, digest_size=16, key=content_type).hexdigest().encode()


def respond(
    status: int, media_type: str, body: bytes, is_once: bool, is_get: bool, is_private: bool = False
) -> Response:
    """The response with this body; one to a GET has an ETag.

    `is_once` is whether it holds for this time alone, and `is_private` for this caller alone.
    """
    content_type = CONTENT_TYPES[media_type]
    headers = [
        (b"content-type", content_type),
        (b"content-length", b"%d" % len(body)),
        *COMMON,
    ]
    etag = None
    if is_once:
        headers.append(NOT_KEPT)
    elif is_get:
        # The same text of another type is another representation.
        etag = etag_of(body, content_type)
        headers += [(b"etag", etag), ASKED_FOR_AGAIN_BY_ONE if is_private else ASKED_FOR_AGAIN]
    return response(status, headers, body, etag)


def failure(status: int, media_type: str, message: str, code: str) -> Response:
    """The response to a request that is not answered."""
    body = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
    return respond(status, media_type, body, is_once=True, is_get=False)
