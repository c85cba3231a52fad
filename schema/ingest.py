"""The bookkeeping of fetches in the schema."""

import strawberry

from db.ingest import Ingest, IngestSource, IngestState
from db.package import Package as PackageRow
from resolvers.ingest import failure_count, of_ingest, state
from resolvers.reads import computed, many, related, stored
from schema.fields import described, reads
from schema.scalars import DateTime

described(
    IngestState,
    "How fetching goes.",
    NEVER="Not fetched yet.",
    QUEUED="Asked for, and not begun.",
    OK="The last fetch succeeded.",
    FAILING="The last fetch failed; it is tried again.",
    GONE="Not there any more.",
    PAUSED="Not fetched, by a curator's wish.",
)


@strawberry.type(description="How fetching a package from one upstream goes.")
class SourceStatus:
    source: str = reads(stored(IngestSource.source), "The upstream's name: github, pypi.")
    state: IngestState = reads(stored(IngestSource.state), "How it goes.")
    last_fetched: DateTime | None = reads(
        stored(IngestSource.last_fetched), "The last time that it succeeded; null before."
    )
    failure_count: int = reads(
        stored(IngestSource.failure_count), "Failures in a row; 0 after a success."
    )
    last_error: str | None = reads(
        stored(IngestSource.last_error), "What went wrong last, in plain words."
    )


@strawberry.type(description="How fetching a package from its upstreams goes.")
class IngestStatus:
    state: IngestState = reads(computed(state), "How it goes, over all upstreams.")
    last_fetched: DateTime | None = reads(
        computed(of_ingest(Ingest.last_fetched)), "The last time that it succeeded; null before."
    )
    next_due: DateTime | None = reads(
        computed(of_ingest(Ingest.next_due)), "When it is tried next; null where that is not set."
    )
    failure_count: int = reads(computed(failure_count), "Failures in a row; 0 after a success.")
    last_error: str | None = reads(
        computed(of_ingest(Ingest.last_error)), "What went wrong last, in plain words."
    )
    last_error_at: DateTime | None = reads(
        computed(of_ingest(Ingest.last_error_at)), "When it went wrong last."
    )
    sources: list[SourceStatus] = reads(
        many(IngestSource, related(PackageRow.id, IngestSource.package_id), IngestSource.source),
        "Each upstream by itself: a repository that is gone says nothing of its PyPI project.",
    )
