"""Where the fields of a package come from, in the schema."""

import strawberry

from resolvers import provenance
from schema.fields import reads
from schema.scalars import DateTime


@strawberry.type(description="Who set a field of a package last, and when.")
class FieldProvenance:
    field: str = reads(provenance.field, "The field's name, as in Change.diff.")
    source: str = reads(
        provenance.source,
        "Who set it: the token's name, or ingest:github and the like, as in Change.actor.",
    )
    at: DateTime = reads(provenance.at, "When it was set to what it is.")
    is_pinned: bool = reads(
        provenance.is_pinned,
        "Set by an editor, so that ingest leaves it alone until it is unpinned.",
    )
