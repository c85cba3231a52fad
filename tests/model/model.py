"""The directory, its former names and its log as dictionaries, by what docs/ say of editing.

An object is a dictionary of the fields that the log has of it, and its revision. A grid has besides
`features`, ids in their order, `packages`, ids, and `cells`, texts by package and feature.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]
Objects = dict[str, Fields]
Given = Mapping[str, Any]
Name = tuple[str, str, str]
"""A type, which lookup by name, and the name as it is compared."""

TYPES = ("Category", "Package", "Version", "Feature", "Grid")
"""In the order in which a transaction has what is made and changed."""

DELETED = ("Feature", "Grid", "Version", "Package", "Category")
"""In the order in which it has what is deleted."""

DATED = {"Category", "Package", "Grid"}

CATEGORY: Fields = {"description": "", "showPypi": True}
GRID: Fields = {"description": "", "header": False, "isLocked": False}
PACKAGE: Fields = {
    **dict.fromkeys(("repoUrl", "repoWatchers", "repoForks", "commitCount", "contributorCount")),
    **dict.fromkeys(("pypiUrl", "pypiName", "pypiVersion", "documentationUrl", "lastUpdated")),
    **dict.fromkeys(("commitsOver52Ends", "requiresPython", "supportsPython3")),
    **dict.fromkeys(("developmentStatus", "deprecatedAt", "replacedBy", "homepageUrl")),
    "repoHost": "OTHER",
    "repoDescription": "",
    "isArchived": False,
    "commitsOver52": [],
    "participants": [],
    "licenses": [],
    "topics": [],
    "advisories": [],
}
"""What new objects have where nothing is given. A score is ingested: it is left out everywhere."""


class Stop(Exception):
    """Nothing more can be said of an edit that cannot be made."""


@dataclass
class Change:
    """A row of the log."""

    id: str
    transaction: str
    node: str
    action: str
    revision: int
    diff: Fields
    reverts: str | None

    @property
    def told(self) -> Fields:
        """What is not the server's to choose."""
        names = ("action", "revision", "diff", "reverts")
        return {name: getattr(self, name) for name in names}


@dataclass
class Model:
    """All that there is; `revisions` also has the last ones of what is gone."""

    objects: Objects
    names: dict[Name, str] = field(default_factory=dict)
    log: dict[str, Change] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)

    def known(self, type_: str) -> list[str]:
        """The ids of all objects of a type that ever were: those that are gone last."""
        if type_ == "Change":
            return list(reversed(self.log))
        ids = [id_ for id_ in self.revisions if type_of(id_) == type_]
        return sorted(ids, key=lambda id_: (id_ not in self.objects, int(id_.partition(":")[2])))


class Edit:
    """An edit of a model at `at`: `objects` as they become, and what is `wrong` with it.

    `new` are the ids of what it makes, which are the server's to choose.
    """

    def __init__(self, model: Model, is_editor: bool, new: Iterable[str], at: str) -> None:
        self.model = model
        self.is_editor = is_editor
        self.at = at
        self.objects = deepcopy(model.objects)
        self.names = dict(model.names)
        self.notes: dict[str, Fields] = {}
        self.reverts: dict[str, str] = {}
        self.wrong: set[str] = set()
        self.subject: str | None = None
        self.result: Any = None
        self._new = list(new)

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: object, traceback: object) -> bool:
        """Go on after a Stop: what comes next may be wrong too."""
        return isinstance(error, Stop)

    def of(self, type_: str) -> Iterator[tuple[str, Fields]]:
        """The objects of a type."""
        return ((id_, row) for id_, row in self.objects.items() if type_of(id_) == type_)

    def make(self, type_: str, fields: Fields) -> str:
        """A new object; its id."""
        ids = [id_ for id_ in self._new if type_of(id_) == type_ and id_ not in self.objects]
        id_ = ids[0] if ids else f"{type_}:{10**9 + len(self.objects)}"
        assert id_ not in self.model.revisions
        if type_ in DATED:
            number = 1_000_000 + int(id_.partition(":")[2])
            fields = fields | {"databaseId": number, "created": self.at, "modified": self.at}
        self.objects[id_] = fields
        return id_

    def stop(self, *codes: str) -> Stop:
        """To be raised: the edit cannot be made, for one of these reasons."""
        self.wrong |= {*codes}
        return Stop()

    def check(self) -> None:
        """Raise Stop where anything is wrong."""
        if self.wrong:
            raise Stop

    def settle(self) -> dict[str, Change]:
        """The changes of what became of the objects, by their ids. Raises Stop.

        Revisions, dates and former names follow.
        """
        began, changes = self.model.objects, {}
        grids = {
            row["grid"]
            for rows, others in ((began, self.objects), (self.objects, began))
            for id_, row in rows.items()
            if type_of(id_) == "Feature" and others.get(id_) != row
        }
        for id_ in {**began, **self.objects}:
            was, is_now = began.get(id_), self.objects.get(id_)
            diff = difference(was or {}, is_now or {}) | self.notes.get(id_, {})
            if is_now is not None and was is not None and id_ in grids and not diff:
                diff = {"revision": [was["revision"], was["revision"] + 1]}
            if diff:
                changes[id_] = self._change(id_, was, is_now, diff)
                self._see_that_allowed(was or {}, is_now or {})
        self.check()
        for id_, change in changes.items():
            if change.action == "UPDATE":
                for name in names_of(id_, began[id_]):
                    if name not in names_of(id_, self.objects[id_]):
                        self.names[name] = id_
        for id_, row in self.objects.items():
            for name in names_of(id_, row):
                self.names.pop(name, None)
        return changes

    def _change(self, id_: str, was: Fields | None, is_now: Fields | None, diff: Fields) -> Change:
        action = "CREATE" if was is None else "DELETE" if is_now is None else "UPDATE"
        revision = self.model.revisions.get(id_, 0) + (action != "DELETE")
        if type_of(id_) == "Version":
            revision = 1
        if is_now is not None:
            is_now["revision"] = revision
            if type_of(id_) in DATED:
                is_now["modified"] = self.at
        return Change("", "", id_, action, revision, diff, self.reverts.get(id_))

    def _see_that_allowed(self, was: Fields, is_now: Fields) -> None:
        if self.is_editor and was.get("isLocked"):
            self.wrong.add("LOCKED")
        if (
            self.is_editor
            and is_now
            and was.get("isLocked", False) != is_now.get("isLocked", False)
        ):
            self.wrong.add("FORBIDDEN")


def difference(was: Fields, is_now: Fields) -> Fields:
    """The diff between two states of an object, of which one may be empty."""
    diff: Fields = {}
    for name in {**was, **is_now}:
        if name == "revision" or (name == "modified" and was and is_now):
            continue
        before, after = was.get(name), is_now.get(name)
        if name == "packages":
            before, after = (dict.fromkeys(each or (), True) for each in (before, after))
            if parts := _parts(before, after, False):
                diff[name] = parts
        elif name == "cells":
            for (package, feature), pair in _parts(before or {}, after or {}, "").items():
                diff.setdefault(name, {}).setdefault(package, {})[feature] = pair
        elif before != after or not (was and is_now):
            diff[name] = [before, after]
    return diff


def _parts(was: Fields, is_now: Fields, absent: Any) -> dict[Any, list[Any]]:
    pairs = {key: [was.get(key, absent), is_now.get(key, absent)] for key in {**was, **is_now}}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def type_of(id_: str) -> str:
    return id_.partition(":")[0]


def names_of(id_: str, row: Fields) -> dict[Name, None]:
    """The names that an object is found by, of those that stay behind as former ones."""
    type_, names = type_of(id_), {}
    if type_ in DATED:
        names = {"slug": row["slug"].lower(), "databaseId": str(row["databaseId"])}
        if row.get("repoUrl"):
            names["repoUrl"] = repo_key(row["repoUrl"])
    return {(type_, kind, name): None for kind, name in names.items()}


def repo_key(url: str) -> str:
    """An address as it is compared."""
    return url.removeprefix("https://").lower()


def find(edit: Edit, type_: str, ref: Given) -> str:
    """The object that a one-of lookup means, under its name or a former one. Raises Stop."""
    ((kind, value),) = ref.items()
    if kind == "id":
        return find_id(edit, type_, value)
    if kind == "pypi":
        project = re.sub(r"[-_.]+", "-", value).lower()
        found = [(row, id_) for id_, row in edit.of("Package") if row["pypiName"] == project]
        found.sort(key=lambda each: (each[0]["deprecatedAt"] is not None, each[0]["databaseId"]))
        if not found:
            raise edit.stop("NOT_FOUND")
        return found[0][1]
    try:
        name = (type_, kind, READ[kind](value))
    except ValueError:
        raise edit.stop("INVALID") from None
    for key, row in edit.of(type_):
        if name in names_of(key, row):
            return key
    former = edit.names.get(name)
    if former is None or former not in edit.objects:
        raise edit.stop("NOT_FOUND")
    return former


def id_of(edit: Edit, type_: str, id_: str) -> str:
    """An id that can be one of this type. Raises Stop."""
    if not re.fullmatch(rf"{type_}:[1-9][0-9]*", id_):
        raise edit.stop("INVALID")
    return id_


def find_id(edit: Edit, type_: str, id_: str) -> str:
    """The object with this id. Raises Stop."""
    if id_of(edit, type_, id_) not in edit.objects:
        raise edit.stop("NOT_FOUND")
    return id_


def slug(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,100}", value):
        raise ValueError
    return value


def repo_url(value: Any) -> str:
    """Of the spellings that the tests use, the one that is stored."""
    match = re.fullmatch(r"(?:https://|git@)?([a-z.]+)[/:]([\w-]+)/([\w-]+?)(?:\.git)?", value)
    if match is None:
        raise ValueError
    return "https://{}/{}/{}".format(*match.groups())


READ: dict[str, Callable[[Any], str]] = {
    "slug": lambda value: slug(value).lower(),
    "repoUrl": lambda value: repo_key(repo_url(value)),
    "databaseId": str,
}
"""How the names of lookups are compared."""
