"""Errors that are said to people, in one line and without a traceback; but `Unlogged` is a bug.

who runs the server can mend it     DatabaseUnavailable, LoadError
who asks can mend it                InputError (of any request), Refused (of an edit)
it mends itself                     Busy
who writes Packgrid can mend it     Unlogged
"""

import enum
from collections.abc import Mapping
from typing import Any, NamedTuple


class DatabaseUnavailable(Exception):
    """The database cannot be used as it is; the text, one line without a password, says why."""


class LoadError(Exception):
    """A file cannot be loaded, and nothing of it was.

    `problems` are lines for a person, each with the number of the line it is about, in order.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class InputError(Exception):
    """What a caller asked for cannot be; the text says which argument, and what was expected.

    `path` is where in an answer the field stands that was asked for so, empty while not known.
    """

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.path = path


class ErrorCode(enum.Enum):
    """Why an edit is refused."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    INVALID = "INVALID"
    TAKEN = "TAKEN"
    IN_USE = "IN_USE"
    LOCKED = "LOCKED"
    CONFLICT = "CONFLICT"
    TOO_MANY = "TOO_MANY"


class UserError(NamedTuple):
    """What is wrong with an edit's input; `path` is where: `("input", "packages", "3", "slug")`."""

    path: tuple[str, ...]
    code: ErrorCode
    message: str

    @property
    def as_json(self) -> dict[str, Any]:
        """The error as an edit's outcome has it."""
        return {"path": [*self.path], "code": self.code.name, "message": self.message}


class Refused(Exception):
    """An edit cannot be made, and nothing of it was.

    `current` is the global id of the row that is in the way as it is now, where there is one, and
    `outcome` what else the answer tells.
    """

    def __init__(
        self,
        errors: list[UserError],
        current: str | None = None,
        outcome: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors
        self.current = current
        self.outcome = outcome or {}


class Busy(Exception):
    """Another process holds the directory too long; trying again later may do."""

    def __init__(self) -> None:
        super().__init__("the directory is being written by others: try again in a few seconds")


class Unlogged(Exception):
    """A statement would change the directory past the log: only `db.edit` writes it."""
