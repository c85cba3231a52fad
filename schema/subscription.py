"""The root of subscriptions."""

import strawberry

from resolvers.subscription import change_event
from schema.change import Change
from schema.connection import Edge
from schema.fields import argument, reads


@strawberry.type(description="What can be followed.")
class Subscription:
    changes: Edge[Change] = reads(
        change_event,
        "Each change as it is made: from now on, or from a cursor of `Query.changes` or of an"
        " earlier subscription; then nothing in between is missed.",
        argument(
            "after",
            str | None,
            'Begin with what comes after this cursor; "" is the beginning of the log.',
        ),
        argument(
            "node",
            strawberry.ID | None,
            "Only the own changes of the object with this id: Grid.changes has its features' too.",
        ),
    )
