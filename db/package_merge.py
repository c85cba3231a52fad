"""Two packages that are one: what becomes of both."""

from typing import Any

from db.alias import Alias, AliasKind
from db.change import NodeType
from db.derived import Values, package_score
from db.edit import Edit
from db.errors import ErrorCode
from db.fields import global_id, outer_name
from db.grid import Cell, GridPackage
from db.ingest import PackageField, Pin
from db.inputs import INPUT, Given, Outcome, Wrong, by_ref, refuse, see_that_current
from db.package import Package
from db.package_edits import replacements, see_that_grids_are_open
from db.version import Version

DESCRIBED = ("repo_description", "documentation_url", "homepage_url", "licenses")

OF_REPOSITORY = (
    *("repo_url", "repo_watchers", "repo_forks", "commit_count", "contributor_count"),
    *("commits_over_52", "commits_over_52_ends", "participants", "last_updated", "topics"),
)

OF_PROJECT = (
    *("pypi_url", "pypi_name", "pypi_version", "advisories"),
    *("requires_python", "supports_python3", "development_status"),
)

EMPTY: tuple[Any, ...] = (None, "", [])


async def package_merge(edit: Edit, given: Given) -> Outcome:
    """Have one package in place of two: `into` stays, `from` is gone. Raises Refused.

    Memberships of `from` go to `into`, and cells where `into` has none. Names by which `from` was
    found are former names of `into`. What `from` replaced is replaced by `into`; where `into` was
    replaced by `from`, however indirectly, it is replaced by none.

    What is empty of `into` is filled from `from`, with its pin, but figures of another repository
    or of another project on PyPI are not. Versions that `into` lacks go to it where both are the
    same project on PyPI: those of another one were never its own. Whether `from` is deprecated, and
    what replaces it, says nothing of `into`: it is the duplicate that goes.
    """
    wrong = Wrong()
    with wrong:
        source = await by_ref(edit, Package, given["from"], (*INPUT, "from"))
        await see_that_grids_are_open(edit, source["id"], (*INPUT, "from"))
    with wrong:
        into = await by_ref(edit, Package, given["into"], (*INPUT, "into"))
        see_that_current(into, Package, given)
    wrong.tell()
    if source["id"] == into["id"]:
        raise refuse(ErrorCode.INVALID, (*INPUT, "into"), "expected another package than from")
    filled = _filled(into, source)
    await _move_pins(edit, source["id"], into["id"], filled)
    await _move_parts(edit, source["id"], into["id"])
    await _move_aliases(edit, source, into["id"], filled)
    into = into | filled
    if source["id"] in await replacements(edit, into["replaced_by_id"]):
        into["replaced_by_id"] = None
    versions = await _move_versions(edit, source, into)
    into["score"] = package_score(into, versions, edit.now)
    packages = edit.rows[Package]
    packages.put(into)
    for row in await packages.find("replaced_by_id", [source["id"]]):
        packages.put(row | {"replaced_by_id": into["id"]})
    packages.remove(source["id"])
    return {"node": into["id"]}


def _filled(into: Values, source: Values) -> Values:
    """The columns of `into` that are empty, as `source` has them, as far as both go together."""
    columns: tuple[str, ...] = DESCRIBED
    if into["repo_url"] is None:
        columns += OF_REPOSITORY
    if into["pypi_name"] == source["pypi_name"] or not (into["pypi_name"] or into["pypi_url"]):
        columns += OF_PROJECT
    filled = {
        name: source[name] for name in columns if into[name] in EMPTY and source[name] not in EMPTY
    }
    if "repo_url" in filled:
        filled |= {name: source[name] for name in ("repo_host", "is_archived")}
    return filled


async def _move_pins(edit: Edit, source: int, into: int, filled: Values) -> None:
    pins = edit.rows[Pin]
    for pin in await pins.find("package_id", [source, into]):
        moved = pin | {"package_id": into}
        is_of_filled = PackageField[pin["field"]].value in filled
        if is_of_filled and pins.key(moved) not in pins.after:
            pins.put(moved)


async def _move_parts(edit: Edit, source: int, into: int) -> None:
    """Move memberships and cells; `into` keeps those that it has."""
    for model in (GridPackage, Cell):
        rows = edit.rows[model]
        await rows.find("package_id", [into])
        for row in await rows.find("package_id", [source]):
            rows.remove(rows.key(row))
            moved = row | {"package_id": into}
            if rows.key(moved) not in rows.after:
                rows.put(moved)


async def _move_versions(edit: Edit, source: Values, into: Values) -> list[Values]:
    """The versions of `into`, with those that are moved; the others of `source` go."""
    rows = edit.rows[Version]
    numbers = {row["number"] for row in await rows.find("package_id", [into["id"]])}
    for row in await rows.find("package_id", [source["id"]]):
        if source["pypi_name"] == into["pypi_name"] and row["number"] not in numbers:
            rows.put(row | {"package_id": into["id"]})
        else:
            rows.remove(row["id"])
    return await rows.find("package_id", [into["id"]])


async def _move_aliases(edit: Edit, source: Values, into: int, filled: Values) -> None:
    """Have `into` be found by all the names of `source`, and the log tell of each."""
    aliases, node_type = edit.rows[Alias], NodeType.PACKAGE.name
    former = [
        (row["kind"], row["name"])
        for row in await aliases.find("node_id", [source["id"]])
        if row["node_type"] == node_type
    ]
    names = [
        (kind.name, str(source[kind.value]))
        for kind in AliasKind
        if source[kind.value] and not (kind is AliasKind.REPO_URL and "repo_url" in filled)
    ]
    for kind_name, name in former + names:
        of_into = {"node_type": node_type, "kind": kind_name, "name": name, "node_id": into}
        aliases.put(of_into)
    edit.notes[Package, source["id"]] = {"mergedInto": [None, global_id("package", into)]}
    if former:
        edit.notes[Package, source["id"]]["aliases"] = _told(former, True)
    edit.notes[Package, into] = {"aliases": _told(former + names, False)}


def _told(names: list[tuple[str, str]], was: bool) -> dict[str, list[bool]]:
    """What a diff says of names that a package had, or has now."""
    return {f"{_kind(kind_name)}:{name}": [was, not was] for kind_name, name in names}


def _kind(name: str) -> str:
    return "databaseId" if name == AliasKind.DATABASE_ID.name else outer_name(name.lower())
