"""Who asks, in the schema."""

import strawberry

from db.token import Role
from resolvers import viewer
from schema.fields import described, reads

described(
    Role,
    "What a token allows: each role may all that the one before may. Reading needs no token.",
    READER="To read.",
    EDITOR="To edit all but locked grids, deletions of categories, and isLocked.",
    ADMIN="To edit all.",
)


@strawberry.type(description="Whom the request's token names.")
class Viewer:
    name: str = reads(viewer.name, "The token's name: the actor of the changes that it makes.")
    role: Role = reads(viewer.role, "What it allows.")
