"""The scalars that GraphQL does not have."""

import datetime as dt
from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

DateTime = NewType("DateTime", dt.datetime)
JSON = NewType("JSON", object)


def _parse(text: object) -> dt.datetime:
    """Raises ValueError where it is no text of an instant with an offset."""
    if isinstance(text, str):
        try:
            instant = dt.datetime.fromisoformat(text)
            if instant.tzinfo is not None:
                return instant.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            pass
    raise ValueError("an instant was expected, with an offset: 2026-02-15T08:05:54+00:00")


CONFIG = StrawberryConfig(
    scalar_map={
        DateTime: strawberry.scalar(
            name="DateTime",
            description=(
                "An instant in UTC, ISO 8601 with an offset: 2026-02-15T08:05:54.219101+00:00."
                " As input any offset is taken, and none is an error."
            ),
            serialize=lambda instant: instant.isoformat(timespec="microseconds"),
            parse_value=_parse,
        ),
        JSON: strawberry.scalar(name="JSON", description="Any JSON value."),
    }
)
