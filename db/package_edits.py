"""Edits of packages, one at a time."""

from collections.abc import Iterable

from db import checks
from db.category import Category
from db.derived import Values
from db.edit import Edit
from db.errors import ErrorCode
from db.fields import global_id, outer_name
from db.grid import Cell, Grid, GridPackage
from db.ingest import Ingest, IngestState, PackageField, Pin
from db.inputs import (
    INPUT,
    Given,
    Outcome,
    Path,
    Wrong,
    by_ref,
    checked,
    columns_of,
    deleted,
    expected,
    list_of,
    refuse,
    see_that_free,
)
from db.package import Package
from db.package_slugs import FreeSlugs, repository_name
from db.repo_url import RepoUrl
from db.text import fold, slugify
from db.version import Version

COLUMNS = (
    *("title", "slug", "repo_url", "repo_host", "repo_description", "pypi_url"),
    *("documentation_url", "licenses", "is_archived", "deprecated_at"),
)

PINNED = {outer_name(field.value): field.name for field in PackageField}
"""The fields that are pinned by being set, by their names in an input."""

TITLE_LENGTH = 100

MOST_GRIDS = 100
"""That a package is put into at once."""


async def package_create(edit: Edit, given: Given) -> Outcome:
    """Make a package. Raises Refused.

    Title and slug are made of the repository's name where they are left out; the slug ends in a
    number then where another package has it.
    """
    wrong = Wrong()
    (blank,) = await edit.blank(Package, 1)
    package = await new_package(edit, blank, given, FreeSlugs(edit), wrong)
    grids = await grids_of(edit, blank["id"], given, wrong)
    wrong.tell()
    put(edit, package, given, grids)
    return {"node": package["id"]}


async def package_update(edit: Edit, given: Given) -> Outcome:
    """Change what is given of a package, and pin it. Raises Refused.

    No name follows a new one. Where an address changes, what was read from it is read again: of
    `repoUrl` the host, unless it is given too, and of `pypiUrl` the name on PyPI.
    """
    package = await expected(edit, Package, given)
    wrong = Wrong()
    package = await changed_package(edit, package, given, wrong)
    pins = edit.rows[Pin]
    await pins.find("package_id", [package["id"]])
    with wrong:
        for place, field in enumerate(list_of(given, "unpin", len(PackageField))):
            if outer_name(PackageField[field].value) in given:
                message = "expected a field that is not set here: what is set is pinned"
                raise refuse(ErrorCode.INVALID, (*INPUT, "unpin", str(place)), message)
            pins.remove((package["id"], field))
    wrong.tell()
    put(edit, package, given)
    return {"node": package["id"]}


async def package_delete(edit: Edit, given: Given) -> Outcome:
    """Delete a package with its versions, memberships and cells. Raises Refused."""
    package = await expected(edit, Package, given)
    key, path = package["id"], (*INPUT, "id")
    replaced = await edit.rows[Package].find("replaced_by_id", [key])
    if replaced:
        slugs = ", ".join(sorted(row["slug"] for row in replaced)[:3])
        more = f" and {len(replaced) - 3:,} more" if len(replaced) > 3 else ""
        message = f"expected a package that replaces none, but it is named by {slugs}{more}"
        raise refuse(ErrorCode.IN_USE, path, message, global_id("package", key))
    await see_that_grids_are_open(edit, key, path)
    versions = sorted(row["id"] for row in await edit.rows[Version].remove_all(package_id=key))
    for model in (GridPackage, Cell):
        await edit.rows[model].remove_all(package_id=key)
    edit.rows[Package].remove(key)
    return deleted(Package, key, [global_id("version", version) for version in versions])


async def package_refresh(edit: Edit, given: Given) -> Outcome:
    """Have a package fetched from upstream next; the log has nothing of it. Raises Refused."""
    key = (await by_ref(edit, Package, given["package"], (*INPUT, "package")))["id"]
    ingests = edit.rows[Ingest]
    (ingest,) = await ingests.find("package_id", [key])
    ingests.put(ingest | {"state": IngestState.QUEUED.name, "next_due": edit.now})
    return {"node": key}


async def changed_package(
    edit: Edit, package: Values, given: Given, wrong: Wrong, path: Path = INPUT
) -> Values:
    """A package as it is with what is given, but for what is told to `wrong`; nothing is put."""
    key = package["id"]
    values: Values = {}
    with wrong:
        values = columns_of(Package, given, *COLUMNS, path=path)
    repo: RepoUrl | None = values.get("repo_url")
    if "repo_url" in values and package["repo_url"] != (repo and repo.url):
        values.setdefault("repo_host", None)
    if "pypi_url" in values and package["pypi_url"] != values["pypi_url"]:
        values["pypi_name"] = None
    with wrong:
        if "slug" in values:
            slug = fold(values["slug"])
            await see_that_free(edit, Package, "slug_folded", slug, key, (*path, "slug"))
    with wrong:
        if repo is not None:
            await see_that_free(edit, Package, "repo_key", repo.key, key, (*path, "repoUrl"))
    with wrong:
        if "category" in given:
            values["category_id"] = await _category(edit, given["category"], (*path, "category"))
    with wrong:
        if given.get("replacedBy"):
            other = await _replacement(edit, key, given["replacedBy"], (*path, "replacedBy"))
            values["replaced_by_id"] = other
        elif "replacedBy" in given:
            values["replaced_by_id"] = None
    return package | values


async def new_package(
    edit: Edit,
    blank: Values,
    given: Given,
    slugs: FreeSlugs,
    wrong: Wrong,
    path: Path = INPUT,
) -> Values:
    """A new package as it is given, but for what is told to `wrong`; nothing is put."""
    package = await changed_package(edit, blank, given, wrong, path)
    if wrong.errors:
        return package
    repo = package["repo_url"]
    name = package["slug"] if repo is None else repository_name(repo)
    with wrong:
        if package["title"] is None:
            title = checked(checks.TITLE, name[:TITLE_LENGTH], (*path, "title"))
            package = package | {"title": title}
    with wrong:
        if package["slug"] is None:
            base = checked(slugify, name, (*path, "slug"))
            package = package | {"slug": await slugs.take(base)}
    return package


async def grids_of(
    edit: Edit, key: int, given: Given, wrong: Wrong, path: Path = INPUT
) -> list[int]:
    """The keys of the given grids that the package with this key is to be in, but for what is told
    to `wrong`; a locked one may be given where it is in it already.
    """
    grids = []
    members = edit.rows[GridPackage].after
    with wrong:
        for place, ref in enumerate(list_of(given, "grids", MOST_GRIDS, path)):
            of_grid = (*path, "grids", str(place))
            with wrong:
                grid = await by_ref(edit, Grid, ref, of_grid)
                if (grid["id"], key) not in members:
                    edit.see_that_open(grid, of_grid)
                grids.append(grid["id"])
    return grids


def put(edit: Edit, package: Values, given: Given, grids: Iterable[int] = ()) -> bool:
    """Put a package in its place and into grids, and pin what is given; whether it is changed.

    The pins and memberships that it has were found before.
    """
    key = package["id"]
    packages, members, pins = (edit.rows[model] for model in (Package, GridPackage, Pin))
    before = packages.after.get(key)
    changed = packages.put(package) != before
    for grid in grids:
        if (grid, key) not in members.after:
            members.put({"grid_id": grid, "package_id": key})
            changed = True
    for name, field in PINNED.items():
        if name in given and (key, field) not in pins.after:
            pins.put({"package_id": key, "field": field, "at": edit.now})
    return changed


async def see_that_grids_are_open(edit: Edit, key: int, path: Path) -> None:
    """Raise Refused where a grid that the package with this key is in is not the actor's."""
    members = await edit.rows[GridPackage].find("package_id", [key])
    for grid in await edit.rows[Grid].find("id", [member["grid_id"] for member in members]):
        edit.see_that_open(grid, path, global_id("package", key))


async def _category(edit: Edit, ref: Given | None, path: Path) -> int:
    if ref is None:
        raise refuse(ErrorCode.INVALID, path, "expected a category, not null")
    key: int = (await by_ref(edit, Category, ref, path))["id"]
    return key


async def replacements(edit: Edit, key: int | None) -> set[int]:
    """The key of a package, and those of what replaces it, of what replaces that, and so on."""
    seen: set[int] = set()
    while key is not None and key not in seen:
        seen.add(key)
        package = await edit.rows[Package].get(key)
        key = package["replaced_by_id"] if package else None
    return seen


async def _replacement(edit: Edit, key: int, ref: Given, path: Path) -> int:
    """The key of what replaces a package, and is not replaced by it, however indirectly."""
    found: int = (await by_ref(edit, Package, ref, path))["id"]
    if key in await replacements(edit, found):
        message = "expected a package that this one does not replace, however indirectly"
        raise refuse(ErrorCode.INVALID, path, message)
    return found
