"""What edits of packages do to the model."""

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from tests.model.edits import (
    deleted,
    fields,
    found,
    leave,
    see_that_current,
    see_that_free,
    see_that_grids_are_open,
    see_that_open,
    slug_of,
)
from tests.model.model import (
    PACKAGE,
    Edit,
    Fields,
    Given,
    Name,
    find,
    names_of,
    repo_key,
    repo_url,
)
from tests.model.model import slug as read_slug

HOSTS = {"github.com": "GITHUB", "gitlab.com": "GITLAB"}

DESCRIBED = ("repoDescription", "documentationUrl", "homepageUrl", "licenses")
OF_REPOSITORY = (
    *("repoUrl", "repoWatchers", "repoForks", "commitCount", "contributorCount"),
    *("commitsOver52", "commitsOver52Ends", "participants", "lastUpdated", "topics"),
)
OF_PROJECT = (
    *("pypiUrl", "pypiName", "pypiVersion", "requiresPython", "supportsPython3"),
    *("developmentStatus", "advisories"),
)
EMPTY: tuple[Any, ...] = (None, "", [])


def package_create(edit: Edit, given: Given) -> None:
    with edit:
        edit.subject = new_package(edit, given)
    join(edit, edit.subject or "", given)


def package_update(edit: Edit, given: Given) -> None:
    edit.subject, row = found(edit, "Package", given)
    change_package(edit, edit.subject, row, given)
    if "TITLE" in given.get("unpin", ()) and "title" in given:
        edit.wrong.add("INVALID")


def package_delete(edit: Edit, given: Given) -> None:
    id_, _ = found(edit, "Package", given)
    if any(row["replacedBy"] == id_ for _, row in edit.of("Package")):
        edit.wrong.add("IN_USE")
    see_that_grids_are_open(edit, id_)
    for _, grid in edit.of("Grid"):
        leave(grid, id_)
    deleted(edit, id_, [key for key, row in edit.of("Version") if row["package"] == id_])


def package_refresh(edit: Edit, given: Given) -> None:
    edit.subject = find(edit, "Package", given["package"])


def new_package(edit: Edit, given: Given, spoken_for: Iterable[str] = ()) -> str:
    row = dict(PACKAGE)
    change_package(edit, "", row, given)
    edit.check()
    name = row["slug"] if row["repoUrl"] is None else row["repoUrl"].rpartition("/")[2]
    row.setdefault("title", name)
    if "slug" not in row:
        base, number = slug_of(edit, name), 1
        taken = {other["slug"].lower() for _, other in edit.of("Package")}
        row["slug"] = base
        while row["slug"] in {*taken, *spoken_for}:
            number += 1
            row["slug"] = f"{base}-{number}"
    return edit.make("Package", row)


def change_package(edit: Edit, id_: str, row: Fields, given: Given) -> None:
    """Put what is given into the row of a package; a new one has no id yet."""
    values = fields(edit, "Package", given)
    for name, type_ in (("category", "Category"), ("replacedBy", "Package")):
        if name not in given:
            continue
        if given[name] is None and name == "category":
            edit.wrong.add("INVALID")
            continue
        with edit:
            values[name] = given[name] and find(edit, type_, given[name])
            if name == "replacedBy" and id_ in replacements(edit, values[name]):
                raise edit.stop("INVALID")
    if row["repoUrl"] != values.get("repoUrl", row["repoUrl"]) and "repoHost" not in values:
        host = urlsplit(values["repoUrl"] or "").hostname or ""
        values["repoHost"] = HOSTS.get(host, "OTHER")
    if row["pypiUrl"] != values.get("pypiUrl", row["pypiUrl"]):
        match = re.fullmatch(r"https://pypi\.org/project/([\w.-]+)/?", values["pypiUrl"] or "")
        values["pypiName"] = re.sub(r"[-_.]+", "-", match[1]).lower() if match else None
    row |= values
    named = {"databaseId": 0, "slug": "", **row}
    see_that_free(edit, id_ or "Package:", named)


def replacements(edit: Edit, id_: str | None) -> list[str]:
    """A package, what replaces it, what replaces that, and so on."""
    chain: list[str] = []
    while id_ is not None and id_ not in chain:
        chain.append(id_)
        id_ = edit.objects[id_]["replacedBy"] if id_ in edit.objects else None
    return chain


def join(edit: Edit, package: str, given: Given) -> bool:
    """Have a package be in the grids that are given; whether it was not."""
    refs, is_new = given.get("grids", ()), False
    if refs is None:
        edit.wrong.add("INVALID")
    for ref in refs or ():
        with edit:
            grid = find(edit, "Grid", ref)
            members = edit.objects[grid]["packages"]
            if package not in members:
                see_that_open(edit, grid)
                members.add(package)
                is_new = True
    return is_new


def package_merge(edit: Edit, given: Given) -> None:
    sides = {}
    for side in ("from", "into"):
        with edit:
            sides[side] = find(edit, "Package", given[side])
            if side == "from":
                see_that_grids_are_open(edit, sides[side])
            else:
                see_that_current(edit, sides[side], given)
    edit.check()
    source, into = sides["from"], sides["into"]
    if source == into:
        raise edit.stop("INVALID")
    before, row = edit.objects[source], edit.objects[into]
    names = [name for name, id_ in edit.names.items() if id_ == source]
    gained = [*names, *names_of(source, before)]
    if row["repoUrl"] is None and before["repoUrl"] is not None:
        gained.remove(("Package", "repoUrl", repo_key(before["repoUrl"])))
    _fill(row, before)
    for id_, version in [*edit.of("Version")]:
        if version["package"] == source:
            numbers = [each["number"] for _, each in edit.of("Version") if each["package"] == into]
            if row["pypiName"] == before["pypiName"] and version["number"] not in numbers:
                version["package"] = into
            else:
                del edit.objects[id_]
    for _, grid in edit.of("Grid"):
        if source in grid["packages"]:
            grid["packages"] = grid["packages"] - {source} | {into}
        moved = {(into, key[1]): text for key, text in grid["cells"].items() if key[0] == source}
        others = {key: text for key, text in grid["cells"].items() if key[0] != source}
        grid["cells"] = moved | others
    if source in replacements(edit, row["replacedBy"]):
        row["replacedBy"] = None
    deleted(edit, source)
    for _, other in edit.of("Package"):
        if other["replacedBy"] == source:
            other["replacedBy"] = into
    edit.names |= dict.fromkeys(gained, into)
    edit.notes[into] = {"aliases": told(gained, [False, True])}
    edit.notes[source] = {"mergedInto": [None, into]}
    if names:
        edit.notes[source]["aliases"] = told(names, [True, False])
    edit.subject, edit.result = into, None


def _fill(row: Fields, source: Fields) -> None:
    """What is empty of a package is filled, as far as both are about the same."""
    columns: tuple[str, ...] = DESCRIBED
    if row["repoUrl"] is None:
        columns += OF_REPOSITORY
    if row["pypiName"] == source["pypiName"] or not (row["pypiName"] or row["pypiUrl"]):
        columns += OF_PROJECT
    if row["repoUrl"] is None and source["repoUrl"] is not None:
        row |= {name: source[name] for name in ("repoHost", "isArchived")}
    for name in columns:
        if row[name] in EMPTY:
            row[name] = source[name] if source[name] not in EMPTY else row[name]


def told(names: list[Name], pair: list[bool]) -> Fields:
    """What a diff tells of former names."""
    return {f"{kind}:{name}": pair for _, kind, name in names}


def packages_upsert(edit: Edit, given: Given) -> None:
    rows = [_about(dict(row)) for row in given["packages"]]
    found = [_found(edit, row, names) for row, names in rows]
    spoken_for = {
        name.lower() for _, names in rows for kind, name in names.items() if kind == "slug"
    }
    seen: dict[Any, int] = {}
    edit.result = []
    wrong: set[str] = set()
    for place, ((row, names), id_) in enumerate(zip(rows, found, strict=True)):
        before = deepcopy(edit.objects)
        outcome = "FAILED"
        with edit:
            _see_that_first(edit, seen, place, names, id_)
            outcome, id_ = _upsert(edit, row, names, id_, spoken_for)
        if edit.wrong:
            edit.objects = before
            edit.result.append((found[place], "FAILED", edit.wrong))
            wrong |= edit.wrong
            edit.wrong = set()
        else:
            edit.result.append((id_, outcome, set()))
    if wrong and given.get("onError") != "SKIP_FAILED":
        edit.result = [
            (id_, outcome if outcome == "FAILED" else "UNCHANGED", each)
            for id_, (_, outcome, each) in zip(found, edit.result, strict=True)
        ]
        raise edit.stop(*wrong)


def _about(row: Fields) -> tuple[Fields, dict[str, str]]:
    """A row, and the names by which its package is found, best first."""
    names = {}
    for kind, read in (("repoUrl", repo_url), ("slug", read_slug)):
        try:
            if row.get(kind) is not None:
                names[kind] = repo_key(read(row[kind])).lower()
        except ValueError:
            continue
    return row, names


def _found(edit: Edit, row: Fields, names: dict[str, str]) -> str | None:
    """The package of a row, by what it is called or else was; that stays as it is spelled."""
    for kind, name in names.items():
        for id_, other in edit.of("Package"):
            if ("Package", kind, name) in names_of(id_, other):
                del row[kind]
                return id_
    for kind, name in names.items():
        former = edit.names.get(("Package", kind, name))
        if former in edit.objects:
            del row[kind]
            return former
    return None


def _see_that_first(
    edit: Edit, seen: dict[Any, int], place: int, names: dict[str, str], id_: str | None
) -> None:
    for name in (*names.items(), *([id_] if id_ else [])):
        if seen.setdefault(name, place) != place:
            raise edit.stop("INVALID")


def _upsert(
    edit: Edit, row: Fields, names: dict[str, str], id_: str | None, spoken_for: set[str]
) -> tuple[str, str | None]:
    """Have the package of a row be as it says: the outcome, and its id."""
    if id_ is not None:
        see_that_current(edit, id_, row)
        before = deepcopy(edit.objects[id_])
        change_package(edit, id_, edit.objects[id_], row)
        joined = join(edit, id_, row)
        is_same = edit.objects[id_] == before and not joined
        return "UNCHANGED" if is_same else "UPDATED", id_
    if row.get("repoUrl") is None and row.get("slug") is None:
        raise edit.stop("INVALID")
    if ("slug" in row and "slug" not in names) or (row.get("repoUrl") and "repoUrl" not in names):
        raise edit.stop("INVALID")
    if row.get("expectedRevision") is not None:
        raise edit.stop("CONFLICT")
    if "category" not in row:
        raise edit.stop("INVALID")
    with edit:
        id_ = new_package(edit, row, spoken_for)
    join(edit, id_ or "", row)
    return "CREATED", id_
