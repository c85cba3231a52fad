"""What each mutation does to the model."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.model.model import (
    CATEGORY,
    GRID,
    Edit,
    Fields,
    Given,
    Stop,
    find,
    find_id,
    id_of,
    names_of,
    repo_url,
    slug,
)

Check = Callable[[Any], Any]


def text(most: int, *, empty: bool, lines: bool) -> Check:
    """A text of at most so many characters, without control characters, white space dropped."""

    def check(value: Any) -> str:
        trimmed = "" if value is None else value.strip()
        kept = trimmed.replace("\n", "").replace("\t", "") if lines else trimmed
        if (
            value is None
            or len(trimmed) > most
            or not (trimmed or empty)
            or re.search("[\0-\x1f]", kept)
        ):
            raise ValueError
        return str(trimmed)

    return check


def not_null(value: Any) -> Any:
    """What may be anything but null."""
    if value is None:
        raise ValueError
    return value


def address(value: str | None) -> str | None:
    if value is not None and urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError
    return value


def instant(value: str | None) -> str | None:
    if value is None:
        return None
    moment = dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    return moment.isoformat(timespec="microseconds")


def repository(value: str | None) -> str | None:
    return None if value is None else repo_url(value)


TITLE = text(100, empty=False, lines=False)
LONG = text(20_000, empty=True, lines=True)
SHORT = text(1_000, empty=True, lines=True)

CHECKS: dict[str, dict[str, Check]] = {
    "Category": {
        "title": TITLE,
        "slug": slug,
        "description": LONG,
        "titlePlural": TITLE,
        "showPypi": not_null,
    },
    "Grid": {
        "title": TITLE,
        "slug": slug,
        "description": LONG,
        "header": not_null,
        "isLocked": not_null,
    },
    "Feature": {"title": TITLE, "description": SHORT},
    "Package": {
        "title": TITLE,
        "slug": slug,
        "repoUrl": repository,
        "repoHost": not_null,
        "repoDescription": SHORT,
        "pypiUrl": address,
        "documentationUrl": address,
        "licenses": not_null,
        "isArchived": not_null,
        "deprecatedAt": instant,
    },
}
"""How the fields of each type are read."""


def fields(edit: Edit, type_: str, given: Given) -> Fields:
    """The fields of a type, as far as they are given and can be."""
    found: Fields = {}
    for name, check in CHECKS[type_].items():
        if name in given:
            try:
                found[name] = check(given[name])
            except ValueError:
                edit.wrong.add("INVALID")
    return found


def slug_of(edit: Edit, title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not made:
        raise edit.stop("INVALID")
    return made


def see_that_free(edit: Edit, id_: str, row: Fields) -> None:
    """Note where another object has, or had when the edit began, a name of this one."""
    names = names_of(id_, row).keys()
    for objects in (edit.objects, edit.model.objects):
        for other, other_row in objects.items():
            if other != id_ and names & names_of(other, other_row).keys():
                edit.wrong.add("TAKEN")


def see_that_current(edit: Edit, id_: str, given: Given) -> None:
    if given.get("expectedRevision") not in (None, edit.model.revisions[id_]):
        edit.subject = id_
        raise edit.stop("CONFLICT")


def found(edit: Edit, type_: str, given: Given) -> tuple[str, Fields]:
    """The object with the id that is given, as it was expected. Raises Stop."""
    id_ = find_id(edit, type_, given["id"])
    grid = edit.objects[id_]["grid"] if type_ == "Feature" else id_
    see_that_open(edit, grid)
    see_that_current(edit, id_, given)
    return id_, edit.objects[id_]


def grid_of(edit: Edit, given: Given) -> tuple[str, Fields]:
    """The grid that is given, as it was expected. Raises Stop."""
    id_ = find(edit, "Grid", given["grid"])
    see_that_open(edit, id_)
    see_that_current(edit, id_, given)
    return id_, edit.objects[id_]


def see_that_open(edit: Edit, id_: str) -> None:
    if edit.is_editor and edit.objects[id_].get("isLocked"):
        edit.wrong.add("LOCKED")


def see_that_grids_are_open(edit: Edit, package: str) -> None:
    """Those that the package is in."""
    for id_, grid in edit.of("Grid"):
        if package in grid["packages"]:
            see_that_open(edit, id_)


def deleted(edit: Edit, id_: str, also: Iterable[str] = ()) -> None:
    also = [*also]
    for each in (*also, id_):
        del edit.objects[each]
    edit.result = {"deletedId": id_, "alsoDeletedIds": also}


# Categories


def category_create(edit: Edit, given: Given) -> None:
    row = CATEGORY | fields(edit, "Category", given)
    edit.check()
    row.setdefault("titlePlural", f"{row['title']}s")
    row.setdefault("slug", slug_of(edit, row["title"]) if "slug" not in row else None)
    edit.subject = edit.make("Category", row)
    see_that_free(edit, edit.subject, edit.objects[edit.subject])


def category_update(edit: Edit, given: Given) -> None:
    edit.subject, row = found(edit, "Category", given)
    row |= fields(edit, "Category", given)
    see_that_free(edit, edit.subject, row)


def category_delete(edit: Edit, given: Given) -> None:
    if edit.is_editor:
        raise edit.stop("FORBIDDEN")
    id_, _ = found(edit, "Category", given)
    if any(row["category"] == id_ for _, row in edit.of("Package")):
        raise edit.stop("IN_USE")
    deleted(edit, id_)


# Grids


def leave(grid: Fields, package: str) -> None:
    """Have a package not be in a grid any more."""
    grid["packages"].discard(package)
    grid["cells"] = {key: text for key, text in grid["cells"].items() if key[0] != package}


def grid_create(edit: Edit, given: Given) -> None:
    row = GRID | fields(edit, "Grid", given)
    if None in (given.get("packages", ()), given.get("features", ())):
        edit.wrong.add("INVALID")
    titles = []
    for title in given.get("features") or ():
        try:
            titles.append(TITLE(title))
        except ValueError:
            edit.wrong.add("INVALID")
    if len({*titles}) < len(titles):
        edit.wrong.add("INVALID")
    members = set()
    for ref in given.get("packages") or ():
        with edit:
            members.add(find(edit, "Package", ref))
    if "title" not in row:
        raise Stop
    if "slug" not in row and "slug" not in given:
        row["slug"] = slug_of(edit, row["title"])
    id_ = edit.make("Grid", row | {"features": [], "packages": members, "cells": {}})
    if "slug" in row:
        see_that_free(edit, id_, edit.objects[id_])
    for title in titles:
        feature = edit.make("Feature", {"grid": id_, "title": title, "description": ""})
        edit.objects[id_]["features"].append(feature)
    edit.subject = id_


def grid_update(edit: Edit, given: Given) -> None:
    edit.subject, row = found(edit, "Grid", given)
    row |= fields(edit, "Grid", given)
    see_that_free(edit, edit.subject, row)


def grid_delete(edit: Edit, given: Given) -> None:
    id_, row = found(edit, "Grid", given)
    deleted(edit, id_, row["features"])


def grid_package_add(edit: Edit, given: Given) -> None:
    edit.subject, grid = grid_of(edit, given)
    grid["packages"].add(find(edit, "Package", given["package"]))


def grid_package_remove(edit: Edit, given: Given) -> None:
    edit.subject, grid = grid_of(edit, given)
    leave(grid, find(edit, "Package", given["package"]))


def grid_cells_set(edit: Edit, given: Given) -> None:
    edit.subject, grid = grid_of(edit, given)
    texts: dict[tuple[str, str], str | None] = {}
    for cell in given["cells"]:
        package = feature = text = None
        with edit:
            package = find(edit, "Package", cell["package"])
            if package not in grid["packages"]:
                raise edit.stop("NOT_FOUND")
        with edit:
            feature = id_of(edit, "Feature", cell["feature"])
            if feature not in grid["features"]:
                raise edit.stop("NOT_FOUND")
        try:
            text = SHORT(cell["text"])
        except ValueError:
            edit.wrong.add("INVALID")
        if (package, feature) in texts:
            edit.wrong.add("INVALID")
        if package and feature:
            texts[package, feature] = text
    grid["cells"] = {key: text for key, text in (grid["cells"] | texts).items() if text}
    edit.result = [[*key, text] for key, text in texts.items()]


# Features


def feature_create(edit: Edit, given: Given) -> None:
    id_, grid = grid_of(edit, given)
    row = fields(edit, "Feature", {"description": "", **given})
    place = position(edit, given, len(grid["features"]))
    see_that_title_is_free(edit, grid, row)
    edit.check()
    edit.subject = edit.make("Feature", row | {"grid": id_})
    grid["features"].insert(place, edit.subject)


def feature_update(edit: Edit, given: Given) -> None:
    edit.subject, row = found(edit, "Feature", given)
    grid = edit.objects[row["grid"]]
    place = position(edit, given, grid["features"].index(edit.subject))
    grid["features"].remove(edit.subject)
    values = fields(edit, "Feature", given)
    see_that_title_is_free(edit, grid, values)
    grid["features"].insert(place, edit.subject)
    row |= values


def feature_delete(edit: Edit, given: Given) -> None:
    id_, row = found(edit, "Feature", given)
    grid = edit.objects[row["grid"]]
    grid["features"].remove(id_)
    grid["cells"] = {key: text for key, text in grid["cells"].items() if key[1] != id_}
    deleted(edit, id_)


def features_reorder(edit: Edit, given: Given) -> None:
    edit.subject, grid = grid_of(edit, given)
    if sorted(given["features"]) != sorted(grid["features"]):
        raise edit.stop("INVALID")
    grid["features"] = [*given["features"]]


def position(edit: Edit, given: Given, otherwise: int) -> int:
    place = given.get("position", otherwise)
    if place is None or place < 0:
        edit.wrong.add("INVALID")
        return 0
    return int(place)


def see_that_title_is_free(edit: Edit, grid: Fields, values: Fields) -> None:
    titles = [edit.objects[id_]["title"] for id_ in grid["features"]]
    if values.get("title") in titles:
        edit.wrong.add("TAKEN")
