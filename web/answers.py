"""Answers that are served again, as long as nothing was committed that they could lack."""

from collections.abc import Hashable
from typing import TypeAlias

from db.head import Head
from db.token import Role
from resolvers.kept import Kept
from web.response import Response

Key: TypeAlias = tuple[bool, bytes, str, tuple[str, Role] | None]
"""Whether it is a GET; its query string or a POST's body, as it came; the response's type; who
asked, where it was one with a token.
"""

OVERHEAD = 1_500
"""Bytes that a kept answer takes, besides its key and its body."""


class Answers:
    """All were read under one head of the database; under another one there are none.

    They take `most` bytes at most, and one of them an eighth of that. Without a head none is kept.
    """

    def __init__(self, head: Head | None, most: int) -> None:
        self._judge = head
        self._most = most
        self._head: Hashable | None = None
        self._kept = self._none()

    def _none(self) -> Kept[Key, tuple[int, Response]]:
        return Kept(self._most, weight=lambda kept: kept[0])

    def head(self) -> Hashable | None:
        """The database's head now, None where it is not known. To be asked before `get`.

        What was read under another one is dropped.
        """
        head = self._judge.now() if self._judge else None
        if head != self._head:
            self._head = head
            self._kept = self._none()
        return head

    def forget(self) -> None:
        """Keep nothing that was read before now: this process has just changed what is read."""
        if self._judge is not None:
            self._judge.forget()
        self.head()

    def get(self, key: Key) -> Response | None:
        """The response that is kept."""
        kept = self._kept.get(key)
        return kept and kept[1]

    def keep(self, key: Key, response: Response, head: Hashable | None) -> None:
        """Keep a response that was read under `head`, or a later one."""
        bytes_taken = OVERHEAD + len(key[1]) + len(response.end["body"])
        if head is not None and head == self._head and bytes_taken <= self._most // 8:
            self._kept.keep(key, (bytes_taken, response))
