"""Edits of what a grid says of its packages."""

from typing import Any

from db.base import Base
from db.edit import Edit
from db.errors import ErrorCode, Refused
from db.fields import check_of, global_id
from db.grid import Cell, Feature, GridPackage
from db.grid_edits import features_of, open_grid
from db.inputs import (
    INPUT,
    Given,
    Outcome,
    Path,
    Wrong,
    by_ref,
    checked,
    key_of,
    list_of,
    prefetch,
    refuse,
)
from db.package import Package

MOST_CELLS = 1_000
"""That are set at once."""

TEXT = check_of(Base.metadata.tables[Cell.__tablename__].c["text"])


async def grid_cells_set(edit: Edit, given: Given) -> Outcome:
    """Set cells of a grid, all of them or none; an empty text clears its cell. Raises Refused."""
    grid = (await open_grid(edit, given))["id"]
    cells: list[Given] = list_of(given, "cells", MOST_CELLS)
    await prefetch(edit, Package, [cell["package"] for cell in cells])
    await edit.rows[GridPackage].find("package_id", list(edit.rows[Package].after))
    rows = await features_of(edit, grid)
    features = {global_id("feature", row["id"]): row["id"] for row in rows}
    packages: dict[Any, int] = {}  # by how they were referred to, for each is many times
    texts: dict[tuple[int, int], str] = {}
    wrong = Wrong()
    for place, cell in enumerate(cells):
        path = (*INPUT, "cells", str(place))
        (ref,) = cell["package"].items()
        package, feature = packages.get(ref), features.get(cell["feature"])
        text = None
        if package is None:
            with wrong:
                package = await _member(edit, grid, cell["package"], (*path, "package"))
                packages[ref] = package
        if feature is None:
            with wrong:
                raise _no_feature(cell["feature"], (*path, "feature"))
        with wrong:
            text = checked(TEXT, cell["text"], (*path, "text"))
        if package is None or feature is None:
            continue
        with wrong:
            if (package, feature) in texts:
                message = "expected each cell once: an earlier one is of this package and feature"
                raise refuse(ErrorCode.INVALID, path, message)
            texts[package, feature] = text or ""
    wrong.tell()
    await _put(edit, grid, texts)
    return {"node": grid, "cells": [list(key) for key in texts]}


async def _member(edit: Edit, grid: int, ref: Given, path: Path) -> int:
    package: int = (await by_ref(edit, Package, ref, path))["id"]
    if (grid, package) not in edit.rows[GridPackage].after:
        message = "expected a package of the grid: add it with gridPackageAdd first"
        raise refuse(ErrorCode.NOT_FOUND, path, message)
    return package


def _no_feature(id_: str, path: Path) -> Refused:
    key_of(Feature, id_, path)  # which may say more
    return refuse(ErrorCode.NOT_FOUND, path, f"expected a feature of the grid: {id_} is none")


async def _put(edit: Edit, grid: int, texts: dict[tuple[int, int], str]) -> None:
    rows = edit.rows[Cell]
    packages, features = ({key[place] for key in texts} for place in (0, 1))
    # The fewer, the fewer other cells are read with them.
    if len(packages) <= len(features):
        await rows.find("package_id", packages)
    else:
        await rows.find("feature_id", features)
    for (package, feature), text in texts.items():
        if text:
            key = {"package_id": package, "feature_id": feature, "grid_id": grid}
            rows.put({**key, "text": text})
        else:
            rows.remove((package, feature))
