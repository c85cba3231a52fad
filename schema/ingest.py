"""The bookkeeping of fetches in the schema."""

import strawberry

from db.ingest import Ingest, IngestSource, IngestState
from db.ingest import IngestRun as IngestRunRow
from db.ingest import IngestRunSource as RunSourceRow
from db.package import Package as PackageRow
from resolvers import ingest
from resolvers.ingest import failure_count, of_ingest, state
from resolvers.reads import computed, global_id, many, related, stored
from schema.connection import Connection, Edge
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
    next_due: DateTime | None = reads(
        stored(IngestSource.next_due), "When it is tried next; null where that is not set."
    )
    failure_count: int = reads(
        stored(IngestSource.failure_count), "Failures in a row; 0 after a success."
    )
    last_error: str | None = reads(
        stored(IngestSource.last_error), "What went wrong last, in plain words."
    )
    last_error_at: DateTime | None = reads(
        stored(IngestSource.last_error_at), "When it went wrong last."
    )


@strawberry.type(description="How fetching a package from its upstreams goes.")
class IngestStatus:
    state: IngestState = reads(computed(state), "How it goes, over all upstreams.")
    reason: str | None = reads(
        ingest.reason, "Why it is not fetched yet, where it is QUEUED; null where it is not."
    )
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


@strawberry.type(description="What a run fetched from one upstream: numbers of packages.")
class IngestRunSource:
    source: str = reads(stored(RunSourceRow.source), "The upstream's name: github, pypi.")
    total: int = reads(stored(RunSourceRow.total), "How many were due.")
    done: int = reads(
        stored(RunSourceRow.done),
        "How many are done with: changed, unchanged, failed, or postponed.",
    )
    changed: int = reads(stored(RunSourceRow.changed), "Of those done, what was new.")
    unchanged: int = reads(computed(ingest.unchanged), "Of those done, what was as before.")
    failed: int = reads(stored(RunSourceRow.failed), "Of those done, what went wrong.")
    postponed: int = reads(
        stored(RunSourceRow.postponed),
        "Of those done, what the upstream had no time for; they are due again later.",
    )
    requests: int = reads(stored(RunSourceRow.requests), "How many requests were sent.")
    rate_left: int | None = reads(
        stored(RunSourceRow.rate_left),
        "How many requests the upstream's limit still allowed; null where it did not say.",
    )


@strawberry.type(description="What was due once, and fetched.")
class IngestRun:
    id: strawberry.ID = reads(global_id, "Its own, among runs.")
    started: DateTime = reads(stored(IngestRunRow.started), "When it began.")
    finished: DateTime | None = reads(
        stored(IngestRunRow.finished), "When it ended; null while it goes on."
    )
    sources: list[IngestRunSource] = reads(
        many(RunSourceRow, related(IngestRunRow.id, RunSourceRow.run_id), RunSourceRow.source),
        "Each upstream by itself.",
    )


@strawberry.type(description="A page of runs, newest first.")
class IngestRunConnection(Connection[Edge[IngestRun], IngestRun]):
    pass
