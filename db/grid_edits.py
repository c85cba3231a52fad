"""Edits of grids, and of which packages they compare."""

from db import checks
from db.derived import Values
from db.edit import Edit
from db.errors import ErrorCode
from db.fields import global_id
from db.grid import IN_ORDER, MOST_FEATURES, Cell, Feature, Grid, GridPackage
from db.inputs import (
    INPUT,
    Given,
    Outcome,
    Path,
    Wrong,
    by_id,
    by_ref,
    checked,
    columns_of,
    deleted,
    list_of,
    prefetch,
    refuse,
    see_that_current,
    with_slug,
)
from db.package import Package

COLUMNS = ("title", "slug", "description", "header", "is_locked")

MOST_PACKAGES = 1_000
"""That a new grid may be given at once."""


async def grid_create(edit: Edit, given: Given) -> Outcome:
    """Make a grid with features and packages; one that is named twice is one. Raises Refused."""
    wrong = Wrong()
    with wrong:
        values = await with_slug(edit, Grid, columns_of(Grid, given, *COLUMNS))
    titles = _titles(given, wrong)
    packages = await _packages(edit, given, wrong)
    wrong.tell()
    (blank,) = await edit.blank(Grid, 1)
    key = blank["id"]
    edit.rows[Grid].put(blank | values)
    for package in packages:
        edit.rows[GridPackage].put({"grid_id": key, "package_id": package["id"]})
    features = await edit.blank(Feature, len(titles))
    for position, feature in enumerate(features):
        of_grid = {"grid_id": key, "title": titles[position], "position": position}
        edit.rows[Feature].put(feature | of_grid)
    return {"node": key}


async def grid_update(edit: Edit, given: Given) -> Outcome:
    """Change what is given of a grid; the slug does not follow a new title. Raises Refused."""
    grid = await open_grid(edit, given)
    values = columns_of(Grid, given, *COLUMNS)
    if "slug" in values:
        values = await with_slug(edit, Grid, values, grid["id"])
    edit.rows[Grid].put(grid | values)
    return {"node": grid["id"]}


async def grid_delete(edit: Edit, given: Given) -> Outcome:
    """Delete a grid with its features, memberships and cells. Raises Refused."""
    key = (await open_grid(edit, given))["id"]
    features = await features_of(edit, key)
    for model in (Feature, GridPackage, Cell):
        await edit.rows[model].remove_all(grid_id=key)
    edit.rows[Grid].remove(key)
    return deleted(Grid, key, [global_id("feature", row["id"]) for row in features])


async def grid_package_add(edit: Edit, given: Given) -> Outcome:
    """Have a grid compare a package; where it does already, nothing changes. Raises Refused."""
    grid, package = await _grid_and_package(edit, given)
    await edit.rows[GridPackage].find("package_id", [package])
    edit.rows[GridPackage].put({"grid_id": grid, "package_id": package})
    return {"node": grid}


async def grid_package_remove(edit: Edit, given: Given) -> Outcome:
    """Take a package and its cells out of a grid; where it is in none, nothing changes.

    Raises Refused.
    """
    grid, package = await _grid_and_package(edit, given)
    for model in (GridPackage, Cell):
        await edit.rows[model].remove_all(package_id=package, grid_id=grid)
    return {"node": grid}


async def open_grid(edit: Edit, given: Given) -> Values:
    """The grid that `id` or `grid` of an input means, as expected, and the actor's to change.

    Raises Refused.
    """
    if "id" in given:
        path: Path = (*INPUT, "id")
        grid = await by_id(edit, Grid, given["id"], path)
    else:
        path = (*INPUT, "grid")
        grid = await by_ref(edit, Grid, given["grid"], path)
    edit.see_that_open(grid, path)
    see_that_current(grid, Grid, given)
    return grid


async def features_of(edit: Edit, grid: int) -> list[Values]:
    """The features of the grid with this key, in their order."""
    return sorted(await edit.rows[Feature].find("grid_id", [grid]), key=IN_ORDER)


async def _grid_and_package(edit: Edit, given: Given) -> tuple[int, int]:
    grid = await open_grid(edit, given)
    package = await by_ref(edit, Package, given["package"], (*INPUT, "package"))
    return grid["id"], package["id"]


def _titles(given: Given, wrong: Wrong) -> list[str]:
    titles: list[str] = []
    with wrong:
        for place, given_title in enumerate(list_of(given, "features", MOST_FEATURES)):
            path = (*INPUT, "features", str(place))
            with wrong:
                title = checked(checks.TITLE, given_title, path)
                if title in titles:
                    message = f"expected each title once: features {titles.index(title)} has it too"
                    raise refuse(ErrorCode.INVALID, path, message)
                titles.append(title)
    return titles


async def _packages(edit: Edit, given: Given, wrong: Wrong) -> list[Values]:
    packages: list[Values] = []
    with wrong:
        refs = list_of(given, "packages", MOST_PACKAGES)
        await prefetch(edit, Package, refs)
        for place, ref in enumerate(refs):
            with wrong:
                packages.append(await by_ref(edit, Package, ref, (*INPUT, "packages", str(place))))
    return packages
