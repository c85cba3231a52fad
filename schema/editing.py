"""What edits have in common: errors, inputs and payloads."""

from typing import Any

import strawberry

from db.errors import ErrorCode
from resolvers import payload
from resolvers.changes import LOGGED_TYPES
from schema.change import Change
from schema.fields import described, optional, reads, required
from schema.node import ID_DESCRIPTION, Node

described(
    ErrorCode,
    "Why an edit is refused.",
    UNAUTHENTICATED="It takes a token: Authorization: Bearer <token>.",
    FORBIDDEN="The token's role does not suffice.",
    NOT_FOUND="What is referred to is not there.",
    INVALID="A value cannot be; the message says what was expected.",
    TAKEN="Another object has it.",
    IN_USE="Others refer to it.",
    LOCKED="The grid is locked: only admins may change it.",
    CONFLICT="It has been changed meanwhile.",
    TOO_MANY="More than a call, or a grid, may have.",
)


@strawberry.type(description="What is wrong with an edit's input.")
class UserError:
    path: list[str] = required('Where in the input: ["input", "packages", "3", "slug"].')
    code: ErrorCode = required("What kind of error it is, for programs.")
    message: str = required("What is wrong and what was expected, for people.")


def expected_revision() -> Any:
    """An input's field: the revision that the caller has seen."""
    return optional(
        "The revision that was read: CONFLICT, with the object as it is now, where it has moved on."
    )


@strawberry.input
class EditInput:
    """What every edit takes."""

    dry_run: bool | None = optional("Check all, answer as the edit would, and change nothing.")
    idempotency_key: str | None = optional(
        "1 to 255 characters: a repeat with the same token and key within 24 hours has the first"
        " one's outcome, and edits nothing again."
    )


@strawberry.input
class RevisedInput(EditInput):
    """What an edit takes of an object that the caller has read."""

    expected_revision: int | None = expected_revision()


@strawberry.type
class Payload:
    """What every edit answers."""

    errors: list[UserError] = reads(
        payload.errors, "Empty when the edit was made; else nothing was changed."
    )


@strawberry.type
class LoggedPayload(Payload):
    """What an edit answers that may change several objects."""

    changes: list[Change] = reads(payload.changes, "What the edit left in the log.")


@strawberry.input(description="Which object is to be deleted.")
class DeleteInput(RevisedInput):
    id: strawberry.ID = required(ID_DESCRIPTION)


@strawberry.type(description="What became of a deletion.")
class DeletePayload(LoggedPayload):
    deleted_id: strawberry.ID | None = reads(
        payload.told("deletedId"), "What was deleted; null where nothing was."
    )
    also_deleted_ids: list[strawberry.ID] = reads(
        payload.told("alsoDeletedIds", []), "What went with it: versions, features."
    )
    current: Node | None = reads(
        payload.current(LOGGED_TYPES),
        "The object as it is now, where the error is CONFLICT, IN_USE or LOCKED.",
    )
