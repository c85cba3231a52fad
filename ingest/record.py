"""Facts -> the directory: what upstreams said of packages is written, with its bookkeeping.

What an editor has pinned is left alone. A field that two upstreams give is the preferred one's.
Ingested figures are logged, and move no revision.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from sqlalchemy import Select, func, select

from db.derived import Values, score_of
from db.edit import Edit
from db.ingest import Ingest, IngestSource, IngestState, PackageField, Pin
from db.package import Package
from db.repo_url import RepoUrl, normalize
from db.sql import among
from db.version import Version
from ingest import schedule
from ingest.errors import UpstreamError
from ingest.facts import Facts, Fetched, Release, Subject
from ingest.sources import PYPI, place_of_repository
from ingest.weeks import moved

PREFERRED = {"licenses": (PYPI,), "documentation_url": (PYPI,)}
"""Whose word counts where two upstreams give a column; of the other columns it is the forge's."""

SHARED = frozenset({"repo_description", "homepage_url", "licenses", "documentation_url"})
"""The columns that two upstreams may give, each in its part of one of the names WHOLE."""

WHOLE = frozenset({"repository", "project"})

FIGURES = frozenset(column.name for column in Package.__table__.columns)
"""Nothing that an upstream says of a package is a curator's edit."""

Said: TypeAlias = tuple[Fetched, Facts | None] | UpstreamError
"""What came of a fetch: facts, or None where nothing is new; or what went wrong."""


class Heard(NamedTuple):
    """What one upstream said of one package."""

    subject: Subject
    said: Said


@dataclass(slots=True)
class Tally:
    """What became of packages: each is done, and some of them changed, failed or were postponed."""

    done: int = 0
    changed: int = 0
    failed: int = 0
    postponed: int = 0


async def record(edit: Edit, source: str, heard: Sequence[Heard]) -> Tally:
    """Put what `source` said into the edit; whoever gave the edit finishes it.

    What is said of a package that is not there any more is passed over, and what is said of one
    that is at another address now is asked for anew.
    """
    edit.figures = FIGURES
    keys = [each.subject.package_id for each in heard]
    for model in (Ingest, IngestSource, Pin):
        await edit.rows[model].find("package_id", keys)
    packages, tally = edit.rows[Package], Tally(done=len(heard))
    await packages.find("id", keys)
    heard = [each for each in heard if each.subject.package_id in packages.after]
    for subject, _ in heard:
        if not _is_there(source, packages.after, subject):
            await _put_moved(edit, source, subject.package_id)
            tally.postponed += 1
    heard = [each for each in heard if _is_there(source, packages.after, each.subject)]
    facts = {key: found for key, found in map(_facts_of, heard) if found is not None}
    await _put_versions(edit, facts)
    newest = await _newest_releases(edit, facts, keys)
    for subject, said in heard:
        package = packages.after[subject.package_id]
        if isinstance(said, UpstreamError):
            await _put_failure(edit, source, package, said, tally)
            continue
        values, note = await _values(edit, source, package, facts.get(package["id"]))
        row = package | values
        if source != PYPI and "commits_over_52" not in values:
            row |= _weeks(row, edit.now)
        row["score"] = score_of(row, newest.get(row["id"]), edit.now)
        if row != package:
            row = packages.put(row)
        await _put_success(edit, source, row, subject, said, note)
        if source == PYPI and "repo_url" in values:
            ingests = edit.rows[Ingest]
            ingests.put(ingests.after[row["id"]] | {"next_due": edit.now})
    changed = {after["id"] for _, after in packages.changed}
    changed |= {after["package_id"] for _, after in edit.rows[Version].pairs if after is not None}
    tally.changed = len(changed)
    return tally


def _is_there(source: str, packages: dict[int, Values], subject: Subject) -> bool:
    """Whether a package is still where it was asked for."""
    return subject.address == _address(source, packages[subject.package_id])


def _facts_of(heard: Heard) -> tuple[int, Facts | None]:
    found = None if isinstance(heard.said, UpstreamError) else heard.said[1]
    return heard.subject.package_id, found


async def _values(
    edit: Edit, source: str, package: Values, facts: Facts | None
) -> tuple[Values, str | None]:
    """The columns that the facts give, and what a curator should know of them."""
    if facts is None:
        return {}, None
    key = package["id"]
    pinned = {
        PackageField[field].value
        for field in PackageField.__members__
        if (key, field) in edit.rows[Pin].after
    }
    others = await edit.rows[IngestSource].find("package_id", [key])
    given = {
        column
        for other in others
        if other["source"] != source and other["state"] != IngestState.GONE.name
        for column in other["gave"]
    }
    values = {
        column: value
        for column, value in facts.values.items()
        if column not in pinned
        and (column not in given or (value != "" and _is_preferred(source, column)))
    }
    note = None
    if facts.repo_url is not None and (source != PYPI or package["repo_url"] is None):
        moved_to, note = await _new_address(edit, package, normalize(facts.repo_url))
        if moved_to is not None:
            values["repo_url"] = moved_to
            if "repo_host" not in pinned:
                values["repo_host"] = None
    return values, note


def _is_preferred(source: str, column: str) -> bool:
    return (source == PYPI) == (column in PREFERRED)


async def _new_address(
    edit: Edit, package: Values, repo: RepoUrl
) -> tuple[RepoUrl | None, str | None]:
    """The repository's new address, where it has one that no other package has."""
    if package["repo_url"] == repo.url:
        return None, None
    packages = edit.rows[Package]
    other = await packages.holder("repo_key", repo.key, other_than=package["id"])
    if other is None:
        return repo, None
    slug = packages.after[other]["slug"] if other in packages.after else "another package"
    return None, f"the repository is {repo.url} now, which is that of {slug}: merge the two"


def _weeks(row: Values, now: dt.datetime) -> Values:
    """The weekly commits, with the weeks that went by since: nothing was pushed in them."""
    if not row["commits_over_52"] or row["commits_over_52_ends"] is None:
        return {}
    weeks, ends = moved(row["commits_over_52"], row["commits_over_52_ends"], now)
    return {"commits_over_52": weeks, "commits_over_52_ends": ends}


async def _put_versions(edit: Edit, facts: dict[int, Facts]) -> None:
    """Put the releases that are new or different; one that went away upstream stays."""
    releases = {key: each.releases for key, each in facts.items() if each.releases is not None}
    rows = edit.rows[Version]
    await rows.find("package_id", releases)
    there = {(row["package_id"], row["number"]): row for row in rows.after.values()}
    new = []
    for key, of_package in releases.items():
        for release in of_package:
            row = there.get((key, release.number))
            if row is None:
                new.append((key, release))
            elif row | _columns(release) != row:
                rows.put(row | _columns(release))
    for (key, release), blank in zip(new, await edit.blank(Version, len(new)), strict=True):
        rows.put(blank | {"package_id": key, "number": release.number} | _columns(release))


def _columns(release: Release) -> Values:
    """What a release says; what is only known of the newest stays where it is not said."""
    values: Values = {"is_yanked": release.is_yanked, "is_prerelease": release.is_prerelease}
    for name in ("uploaded_at", "requires_python", "development_status"):
        value = getattr(release, name)
        if value is not None:
            values[name] = value
    return values | ({"licenses": [*release.licenses]} if release.licenses else {})


async def _newest_releases(
    edit: Edit, facts: dict[int, Facts], keys: list[int]
) -> dict[int, Values]:
    """By package, the newest release, by PEP 440, as it shall be."""
    told = [key for key in keys if key in facts and facts[key].releases is not None]
    found = await edit.session.execute(NEWEST, {"wanted": [*{*keys} - {*told}]})
    newest: dict[int, Values] = {key: {"uploaded_at": uploaded} for key, uploaded in found}
    for row in await edit.rows[Version].find("package_id", told):
        other = newest.setdefault(row["package_id"], row)
        if row["sort_key"] > other["sort_key"]:
            newest[row["package_id"]] = row
    return newest


def _newest() -> Select[int, dt.datetime | None]:
    newest = func.max(Version.sort_key).label("sort_key")
    by_package = (
        select(Version.package_id, newest)
        .where(among(Version.__table__.c.package_id, "wanted"))
        .group_by(Version.package_id)
        .subquery()
    )
    return (
        select(Version.package_id, func.max(Version.uploaded_at, type_=Version.uploaded_at.type))
        .join(
            by_package,
            (by_package.c.package_id == Version.package_id)
            & (by_package.c.sort_key == Version.sort_key),
        )
        .group_by(Version.package_id)
    )


NEWEST = _newest()


async def _put_success(
    edit: Edit,
    source: str,
    package: Values,
    subject: Subject,
    said: tuple[Fetched, Facts | None],
    note: str | None,
) -> None:
    """Put that a source was heard: what to know of it the next time is nothing where something is
    to be done then, and where somebody wants all to be read anew meanwhile.
    """
    fetched, facts = said
    before = _source_row(edit, package["id"], source)
    row = before | schedule.succeeded(before, package, edit.now, note, fetched.problem)
    if note is not None:
        row["memo"] = {}
    elif subject.memo and not before["memo"]:
        row["next_due"] = edit.now
    else:
        row["memo"] = {**fetched.memo, ADDRESS: _address(source, package)}
    if facts is not None:
        row["upstream_id"] = facts.upstream_id or row["upstream_id"]
        row["gave"] = sorted(_gave(row, fetched, facts))
        await _have_others_give(edit, row, {*before["gave"]} - {*row["gave"]})
    await _put_source(edit, row)


def _gave(row: Values, fetched: Fetched, facts: Facts) -> set[str]:
    """The columns that a source gives; none where it says that there is nothing."""
    before = {*row["gave"]}
    kept = before - SHARED if WHOLE & fetched.bodies.keys() else before
    return kept | {column for column, value in facts.values.items() if value != ""}


async def _have_others_give(edit: Edit, row: Values, columns: set[str]) -> None:
    """Have what a source stopped to give read anew where another gives it."""
    sources = edit.rows[IngestSource]
    for other in await sources.find("package_id", [row["package_id"]]):
        if other["source"] != row["source"] and columns & {*other["gave"]}:
            sources.put(other | {"memo": {}})


async def _put_failure(
    edit: Edit, source: str, package: Values, error: UpstreamError, tally: Tally
) -> None:
    row = _source_row(edit, package["id"], source)
    after = row | schedule.failed(row, package, edit.now, error)
    is_failure = after["failure_count"] > row["failure_count"]
    tally.failed += is_failure
    tally.postponed += not is_failure
    ingest = edit.rows[Ingest].after.get(package["id"])
    if not is_failure and ingest and ingest["state"] == IngestState.QUEUED.name:
        after["state"] = ingest["state"]  # what was asked for stays so until it is fetched
    await _put_source(edit, after)


async def _put_moved(edit: Edit, source: str, key: int) -> None:
    """Put that a package was asked for where it is no more, if it is still asked for there."""
    row = edit.rows[IngestSource].after.get((key, source))
    if row is not None:
        await _put_source(edit, row | {"run_id": None, "next_due": edit.now})


ADDRESS = "address"
"""In a memo, what it is of: it is good for nothing once the package is at another one."""


def _address(source: str, package: Values) -> str:
    """The `address` of a package, as the source would be asked for it now."""
    if source == PYPI:
        return Subject(package["id"], "", package["pypi_name"] or "").address
    return Subject(package["id"], *place_of_repository(package["repo_url"])).address


def _source_row(edit: Edit, key: int, source: str) -> Values:
    rows = edit.rows[IngestSource]
    return rows.after.get((key, source)) or rows.blank | {"package_id": key, "source": source}


async def _put_source(edit: Edit, row: Values) -> None:
    """Put a source's row, and what follows from it for the package."""
    sources, ingests, key = edit.rows[IngestSource], edit.rows[Ingest], row["package_id"]
    sources.put(row)
    of_package = await sources.find("package_id", [key])
    if all(each["run_id"] is None for each in of_package):
        ingest = ingests.after.get(key) or ingests.blank | {"package_id": key}
        after = ingest | schedule.summary(of_package)
        is_paused = ingest["state"] == IngestState.PAUSED.name
        ingests.put(after | {"state": ingest["state"]} if is_paused else after)
