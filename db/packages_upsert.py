"""Many packages at once, as a spreadsheet or a script has them: made where missing, else changed.

However many rows there are, what they need is found by as many statements: all of it before the
first row is looked at.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from db import checks
from db.alias import Alias, AliasKind
from db.category import Category
from db.change import NodeType
from db.derived import Values
from db.edit import Edit
from db.errors import ErrorCode, Refused
from db.grid import Grid, GridPackage
from db.ingest import Pin
from db.inputs import (
    INPUT,
    Given,
    Outcome,
    Path,
    Wrong,
    columns_of,
    list_of,
    prefetch,
    refuse,
    see_that_current,
)
from db.package import Package
from db.package_edits import changed_package, grids_of, new_package, put
from db.package_slugs import FreeSlugs, numbered, repository_name
from db.repo_url import RepoUrl
from db.text import fold, slugify

MOST_ROWS = 500
"""That are taken at once."""

SPARE = 8
"""How many slugs that end in a number are looked for beyond those that rows may need."""


Seen = dict[Any, Path]
"""Where rows stand, by what they are about."""


class Row(NamedTuple):
    """A row, where it stands in the input, and what its package is found by.

    `repo` and `slug`, which is folded, are None where there is none that can be read.
    """

    path: Path
    given: Given
    repo: RepoUrl | None
    slug: str | None

    @property
    def names(self) -> list[tuple[str, AliasKind, str]]:
        """The name in the input, the kind, and the value of each, the best first."""
        names = []
        if self.repo is not None:
            names.append(("repoUrl", AliasKind.REPO_URL, self.repo.key))
        if self.slug is not None:
            names.append(("slug", AliasKind.SLUG, self.slug))
        return names


async def packages_upsert(edit: Edit, given: Given) -> Outcome:
    """Have packages be as rows say: made where missing, changed where different. Raises Refused.

    A row is about the package that has its repository, else the one that has its slug, else the one
    that had its repository or its slug once. What it is found by stays as it is spelled now. No two
    rows are about one package. A replacement may be a package that an earlier row makes.

    By SKIP_FAILED, nothing is done of a row that cannot be, and the outcome has its errors; without
    it the errors of all rows are raised, and the others are UNCHANGED.
    """
    rows = [_row(*each) for each in enumerate(list_of(given, "packages", MOST_ROWS))]
    await _prefetch(edit, rows)
    found = [await _found(edit, row) for row in rows]
    new = [row for row, package in found if package is None]
    await _prefetch_slugs(edit, new)
    blanks = iter(await edit.blank(Package, len(new)))
    slugs = FreeSlugs(edit, {row.slug for row in rows if row.slug})
    seen: Seen = {}
    results = []
    failed = Wrong()
    for row, package in found:
        wrong = Wrong()
        with wrong:
            _see_that_first(seen, row, package)
            if package is None:
                columns_of(Package, row.given, "repo_url", "slug", path=row.path)
                _see_that_complete(row)
                after = await new_package(edit, next(blanks), row.given, slugs, wrong, row.path)
            else:
                see_that_current(package, Package, row.given, row.path)
                after = await changed_package(edit, package, row.given, wrong, row.path)
            grids = await grids_of(edit, after["id"], row.given, wrong, row.path)
            if not wrong.errors:
                is_other = put(edit, after, row.given, grids)
                outcome = "CREATED" if package is None else "UPDATED" if is_other else "UNCHANGED"
                results.append({"node": after["id"], "outcome": outcome, "errors": []})
                continue
        errors = [error.as_json for error in wrong.errors]
        node = package and package["id"]
        results.append({"node": node, "outcome": "FAILED", "errors": errors})
        failed.errors += wrong.errors
        failed.current = failed.current or wrong.current
    if failed.errors and given.get("onError") != "SKIP_FAILED":
        raise Refused(failed.errors, failed.current, {"rows": _undone(results, found)})
    return {"rows": results}


def _undone(results: Sequence[Values], found: Sequence[tuple[Row, Values | None]]) -> list[Values]:
    """The results where nothing is done: rows that could be are as they were."""
    return [
        result
        if result["outcome"] == "FAILED"
        else {"node": package and package["id"], "outcome": "UNCHANGED", "errors": []}
        for result, (_, package) in zip(results, found, strict=True)
    ]


def _row(place: int, given: Given) -> Row:
    repo = slug = None
    with suppress(ValueError):
        repo = checks.repo_url(given.get("repoUrl"))
    with suppress(ValueError):
        slug = fold(checks.slug(given.get("slug")))
    return Row((*INPUT, "packages", str(place)), given, repo, slug)


async def _prefetch(edit: Edit, rows: Sequence[Row]) -> None:
    """Find all that the rows name, what replaces it, and the pins and memberships of packages."""
    names = [{name: row.given[name]} for row in rows for name, _, _ in row.names]
    replacements = [row.given["replacedBy"] for row in rows if row.given.get("replacedBy")]
    await prefetch(edit, Package, names + replacements)
    await prefetch(edit, Category, [r.given["category"] for r in rows if r.given.get("category")])
    await prefetch(edit, Grid, [ref for row in rows for ref in row.given.get("grids") or ()])
    packages = edit.rows[Package]
    level = list(packages.after.values())
    while level:
        level = await packages.find(
            "id",
            {row["replaced_by_id"] for row in level} - packages.after.keys() - {None},
        )
    for model in (Pin, GridPackage):
        await edit.rows[model].find("package_id", list(packages.after))


async def _prefetch_slugs(edit: Edit, new: Sequence[Row]) -> None:
    """Find who has the slugs that may be made for new packages."""
    bases: Counter[str] = Counter()
    for row in new:
        if row.slug is None and row.repo is not None:
            with suppress(ValueError):
                bases[slugify(repository_name(row.repo))] += 1
    packages = edit.rows[Package]
    taken = {row["slug_folded"] for row in await packages.find("slug_folded", bases)}
    others = [
        slug
        for base, rows in bases.items()
        if rows > 1 or base in taken
        for slug in islice(numbered(base), 1, rows + SPARE)
    ]
    await packages.find("slug_folded", others)


async def _found(edit: Edit, row: Row) -> tuple[Row, Values | None]:
    """The package that a row is about, if it is there; the row without what it is found by."""
    packages, aliases = edit.rows[Package], edit.rows[Alias].after
    for name, kind, value in row.names:
        for package in await packages.find(kind.value, [value]):
            return _without(row, name), package
    for name, kind, value in row.names:
        alias = aliases.get((NodeType.PACKAGE.name, kind.name, value))
        former = alias and await packages.get(alias["node_id"])
        if former:
            return _without(row, name), former
    return row, None


def _without(row: Row, name: str) -> Row:
    return row._replace(given={key: value for key, value in row.given.items() if key != name})


def _see_that_first(seen: Seen, row: Row, package: Values | None) -> None:
    """Raise Refused where a row is about none, or `seen` has an earlier one that is about its own.

    It is put into `seen`, by what it is found by and by its package.
    """
    about: list[tuple[Path, Any]] = [
        ((*row.path, name), (name, value)) for name, _, value in row.names
    ]
    if package is not None:
        about.append((row.path, package["id"]))
    elif row.given.get("repoUrl") is None and row.given.get("slug") is None:
        raise refuse(ErrorCode.INVALID, row.path, "expected repoUrl or slug, to find it by")
    for path, value in about:
        earlier = seen.setdefault(value, row.path)
        if earlier is not row.path:
            message = f"expected each package once: row {earlier[-1]} is about this one too"
            raise refuse(ErrorCode.INVALID, path, message)


def _see_that_complete(row: Row) -> None:
    """Raise Refused where a row is to make a package, and there is none of that revision."""
    if row.given.get("expectedRevision") is not None:
        message = "there is no such package, or not any more: read it again"
        raise refuse(ErrorCode.CONFLICT, (*row.path, "expectedRevision"), message)
    if "category" not in row.given:
        message = "expected a category: there is no such package yet"
        raise refuse(ErrorCode.INVALID, (*row.path, "category"), message)
