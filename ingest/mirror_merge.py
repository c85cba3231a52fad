"""What a page of another directory makes of an edit's rows.

A row is found by its number there, else by its repository, else by its slug. Nothing is taken away:
what is unknown there stays known here, what is not there stays here, and what an editor set by hand
stays as it was set. Of a package, fields that can be pinned are an editor's while they are pinned;
all else is where the last who set it was a person (`ingest.by_hand`).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Any

from db.alias import Alias, AliasKind
from db.base import Base
from db.category import Category
from db.change import node_type
from db.derived import Values, package_score
from db.edit import Edit
from db.fields import global_id, outer_name
from db.grid import Grid, GridPackage
from db.ingest import Ingest, IngestSource, IngestState, PackageField, Pin
from db.keys import FIRST_OWN_NUMBER
from db.package import Package
from db.package_slugs import numbered
from db.repo_url import RepoUrl
from db.text import SLUG_LENGTH, fold, slugify
from db.version import Version
from ingest.by_hand import Setters, deleters, setters
from ingest.django_packages import EMPTY, Item
from ingest.mirror_report import Finding, What, subject

FETCHED = {
    *("repo_description", "repo_watchers", "repo_forks", "pypi_version", "documentation_url"),
    *("commits_over_52", "participants", "last_updated"),
}
"""The columns that other upstreams give too: whoever fetched last knows best."""

FIGURES = FETCHED - {"repo_description", "documentation_url"} | {"commits_over_52_ends", "created"}
"""The columns whose change is no curator's."""

APART = {"commits_over_52_ends", "modified"}
"""Columns that move with others: by themselves they are no difference."""

PINS = {each.value: each.name for each in PackageField} | {"pypi_name": "PYPI_URL"}

Reason = tuple[What, str]
"""Why a field stays as it is here."""


@dataclass(slots=True)
class Merged:
    """What there is to tell; the items that are rows with another number, with that; and the
    numbers of rows that are not there any more.
    """

    findings: list[Finding] = field(default_factory=list)
    duplicates: list[tuple[Item, int]] = field(default_factory=list)
    vanished: set[int] = field(default_factory=set)

    def add(self, other: "Merged") -> None:
        self.findings += other.findings
        self.duplicates += other.duplicates
        self.vanished |= other.vanished


async def merge(
    edit: Edit, model: type[Base], items: Iterable[Item], gone: Collection[int] = ()
) -> Merged:
    """Put items, which are of `model`, into the edit, those with lower numbers first.

    Of two with one repository the lower number stays, but where it is one of those that are `gone`.
    """
    merging = _Merge(edit, model, gone)
    await merging.run(sorted(items, key=attrgetter("number")))
    return merging.merged


class _Merge:
    def __init__(self, edit: Edit, model: type[Base], gone: Collection[int]) -> None:
        self.edit = edit
        self.gone = gone
        self.model = model
        self.rows = edit.rows[model]
        self.merged = Merged()
        self.made: set[int] = set()
        self.set_by: Setters = {}
        self.taken_out_by: Setters = {}
        self.deleted_by: dict[int, str] | None = None
        self.categories: dict[int, int] = {}
        self.grids: dict[int, int] = {}

    async def run(self, items: Sequence[Item]) -> None:
        self.edit.figures = self.edit.figures | FIGURES
        await self._find(items)
        keys = [await self._key(item) for item in items]
        merged = [(item, key) for item, key in zip(items, keys, strict=True) if key is not None]
        await self._find_parts([key for key in keys if key is not None])
        await self._find_setters(merged)
        for item, key in merged:
            for wrong in item.wrong:
                self._tell(What.UNREADABLE, item, wrong)
            if key not in self.made:
                await self._update(item, key)
            if self.model is Package:
                await self._join(item, key)
                await self._note_fetch(item, key)

    def _tell(self, what: What, item: Item, why: str = "", *field: Any) -> None:
        slug = item.values.get("slug", "")
        self.merged.findings.append(
            Finding(what, subject(self.model, item.number, slug), why, *field)
        )

    async def _find(self, items: Sequence[Item]) -> None:
        """Find at once what the items may be, and what they refer to."""
        repos = [item.values["repo_url"].key for item in items if "repo_url" in item.values]
        await self.rows.find("database_id", [item.number for item in items])
        await self.rows.find("slug_folded", [_slug(item) for item in items])
        if repos:
            await self.rows.find("repo_key", repos)
        await self._keys(self.model, [item.number for item in items])
        await self.edit.rows[Alias].find("name", repos)
        categories = {item.category for item in items if item.category is not None}
        self.categories = await self._keys(Category, categories)
        self.grids = await self._keys(Grid, {*chain(*(item.grids for item in items))})

    async def _keys(self, model: type[Base], numbers: Collection[int]) -> dict[int, int]:
        """The keys of rows by their numbers there, of which some are former ones here."""
        found = await self.edit.rows[model].find("database_id", numbers)
        former = await self.edit.rows[Alias].find("name", [str(number) for number in numbers])
        kinds = (node_type(model), AliasKind.DATABASE_ID.name)
        keys = {
            int(alias["name"]): alias["node_id"]
            for alias in former
            if (alias["node_type"], alias["kind"]) == kinds
        }
        here = await self.edit.rows[model].find("id", list(keys.values()))
        keys = {number: key for number, key in keys.items() if key in {row["id"] for row in here}}
        return keys | {row["database_id"]: row["id"] for row in found}

    async def _key(self, item: Item) -> int | None:
        """The key of what an item is, which is made where it is not there; None if it cannot be."""
        if found := await self.rows.find("database_id", [item.number]):
            return int(found[0]["id"])
        former = await self._former(AliasKind.DATABASE_ID, str(item.number))
        row = former or await self._like(item)
        if row is None:
            return await self._new(item)
        number = row["database_id"]
        is_theirs = number < FIRST_OWN_NUMBER and number not in self.gone
        if is_theirs and (former or number < item.number):
            self._tell(What.DUPLICATE, item, f"here it is number {number}")
            self.merged.duplicates.append((item, number))
            return None
        self.rows.put(row | {"database_id": item.number})
        self._tell(What.CHANGED, item, "", "databaseId", number, item.number)
        return int(row["id"])

    async def _like(self, item: Item) -> Values | None:
        """The row with the repository of an item, or its slug if one of them has no repository.

        By its slug alone none is found that has a number of theirs: slugs are not unique there.
        """
        repo = item.values.get("repo_url")
        if repo and (row := await self._holder(repo)):
            return row
        for row in await self.rows.find("slug_folded", [_slug(item)]):
            if row["database_id"] >= FIRST_OWN_NUMBER and not (repo and row.get("repo_url")):
                return row
        return None

    async def _holder(self, repo: RepoUrl) -> Values | None:
        """The package that has a repository, or had it."""
        found = await self.rows.find("repo_key", [repo.key])
        return found[0] if found else await self._former(AliasKind.REPO_URL, repo.key)

    async def _former(self, kind: AliasKind, name: str) -> Values | None:
        """The row that had a name."""
        for alias in await self.edit.rows[Alias].find("name", [name]):
            if (alias["node_type"], alias["kind"]) == (node_type(self.model), kind.name):
                return await self.rows.get(alias["node_id"])
        return None

    def _called(self, row: Values) -> str:
        return subject(self.model, row["database_id"], row["slug"])

    async def _new(self, item: Item) -> int | None:
        """Make the row of an item; None, which is told, where it cannot be or was deleted."""
        if self.deleted_by is None:
            self.deleted_by = await deleters(self.edit.session, self.model)
        if item.number in self.deleted_by:
            self._tell(What.KEPT, item, f"deleted by {self.deleted_by[item.number]}")
            return None
        values = {**item.values, "database_id": item.number}
        if self.model is Package:
            if item.category not in self.categories:
                category = item.category or "that it should have"
                self._tell(What.FAILED, item, f"the category {category} is not there")
                return None
            values |= {"category_id": self.categories[item.category], "repo_host": None}
        (blank,) = await self.edit.blank(self.model, 1)
        wanted = _slug(item)
        slug = await self._free_slug(wanted, item.number)
        title = values.get("title", slug)
        values |= {"slug": values.get("slug", slug) if slug == wanted else slug, "title": title}
        if self.model is Category:
            values.setdefault("title_plural", f"{title}s"[:100])
        row: Values = blank | values
        if self.model is Package:
            row["score"] = package_score(row, (), self.edit.now)
        self._tell(What.NEW, item)
        if slug != wanted:
            self._tell(What.RENAMED, item, f"another has its slug: here it is {slug}")
        self.rows.put(row)
        self.made.add(row["id"])
        return int(row["id"])

    async def _free_slug(self, wanted: str, number: int) -> str:
        """A folded slug that no row has: `wanted`, or with the number after it."""
        ending = f"-{number}"
        others = numbered(wanted[: SLUG_LENGTH - len(ending)] + ending)
        for slug in chain([wanted], others):
            if await self.rows.holder("slug_folded", slug) is None:
                return slug
        raise AssertionError("they never end")

    async def _find_parts(self, keys: Collection[int]) -> None:
        if self.model is Package:
            for model in (Pin, GridPackage, Ingest, IngestSource):
                await self.edit.rows[model].find("package_id", keys)

    async def _find_setters(self, merged: Iterable[tuple[Item, int]]) -> None:
        """Find who set what differs, where no pin says it."""
        keys, grids, members = set(), set(), self.edit.rows[GridPackage]
        for item, key in merged:
            if key not in self.made:
                if any(map(self._is_logged, self._differences(item, self.rows.after[key]))):
                    keys.add(key)
                grids |= {grid for grid in self._grids_of(item) if (grid, key) not in members.after}
        self.set_by = await setters(self.edit.session, self.model, keys)
        self.taken_out_by = await setters(self.edit.session, Grid, grids)

    def _is_logged(self, column: str) -> bool:
        """Whether the log has to say that a column was set by hand: no pin does."""
        return column not in FIGURES and not (self.model is Package and column in PINS)

    def _differences(self, item: Item, row: Values) -> Values:
        """The columns that are other ones there, as they are there."""
        theirs = dict(item.values)
        if item.category in self.categories:
            theirs["category_id"] = self.categories[item.category]
        return {
            column: value
            for column, value in theirs.items()
            if column not in APART
            and (
                value.key != row["repo_key"] if isinstance(value, RepoUrl) else value != row[column]
            )
        }

    async def _update(self, item: Item, key: int) -> None:
        row = self.rows.after[key]
        values: Values = {}
        for column, theirs in self._differences(item, row).items():
            reason = await self._reason(item, row, column, theirs)
            what, why = reason or (What.CHANGED, "")
            if reason is None:
                values[column] = theirs
            ours = row[column]
            if column == "category_id":
                ours, theirs = [await self._slug_of_category(each) for each in (ours, theirs)]
            self._tell(what, item, why, outer_name(column), ours, theirs)
        if not values:
            return
        if "commits_over_52" in values:
            values["commits_over_52_ends"] = item.values.get("commits_over_52_ends")
        if "repo_url" in values and (key, "REPO_HOST") not in self.edit.rows[Pin].after:
            values["repo_host"] = None
        if "pypi_url" in values:
            values["pypi_name"] = None
        elif "pypi_name" in values:
            values["pypi_url"] = None
        modified = item.values.get("modified")
        if modified and modified > row["modified"]:
            values["modified"] = modified
            self.edit.dated.add((self.model, key))
        row = row | values
        if self.model is Package:
            versions = await self.edit.rows[Version].find("package_id", [key])
            row["score"] = package_score(row, versions, self.edit.now)
        self.rows.put(row)

    async def _slug_of_category(self, key: int) -> str | None:
        row = await self.edit.rows[Category].get(key)
        return None if row is None else str(row["slug"])

    async def _reason(self, item: Item, row: Values, column: str, theirs: Any) -> Reason | None:
        """Why a column stays as it is here, if it does."""
        key = row["id"]
        if self._is_logged(column):
            if setter := self.set_by.get((key, outer_name(column))):
                return What.KEPT, f"set by {setter}"
        elif (key, PINS.get(column)) in self.edit.rows[Pin].after:
            return What.KEPT, "pinned by an editor"
        if column in FETCHED and row[column] not in EMPTY:
            ours, theirs_at = await self._fetched(row, column), item.last_fetched
            if ours is not None and (theirs_at is None or theirs_at < ours):
                return What.KEPT, "fetched later here"
        if column == "slug":
            other = await self.rows.holder("slug_folded", fold(theirs), other_than=key)
            if other is not None:
                return What.KEPT, "another has it here"
        if column == "repo_url" and (holder := await self._holder(theirs)):
            if holder["id"] == key:
                return What.KEPT, "it has moved on since"
            return What.DUPLICATE, f"it is that of {self._called(holder)}"
        return None

    async def _fetched(self, row: Values, column: str) -> dt.datetime | None:
        """When a column was fetched here: by the sources that gave it, if there are any."""
        sources = await self.edit.rows[IngestSource].find("package_id", [row["id"]])
        dates = [each["last_fetched"] for each in sources if column in each["gave"]]
        if not sources:
            dates = [self._ingest(row["id"])["last_fetched"]]
        if column == "commits_over_52":  # which are moved on as weeks pass
            dates.append(row["commits_over_52_ends"])
        return max(filter(None, dates), default=None)

    def _ingest(self, key: int) -> Values:
        ingests = self.edit.rows[Ingest]
        return ingests.after.get(key) or ingests.blank | {"package_id": key}

    def _grids_of(self, item: Item) -> set[int]:
        return {self.grids[number] for number in item.grids if number in self.grids}

    async def _join(self, item: Item, key: int) -> None:
        """Put a package into the grids that it is in there, but where an editor took it out."""
        members, grids = self.edit.rows[GridPackage], self.edit.rows[Grid]
        ours = {member["grid_id"] for member in await members.find("package_id", [key])}
        theirs = self._grids_of(item)
        for number in item.grids:
            if number not in self.grids:
                self._tell(What.UNREADABLE, item, f"its grid {number} is not there")
        for grid in await grids.find("id", sorted(ours ^ theirs)):
            pair = (grid["slug"], None) if grid["id"] in ours else (None, grid["slug"])
            setter = self.taken_out_by.get((grid["id"], global_id("package", key)))
            if grid["id"] in ours:
                what, why = What.KEPT, "only here"
            elif setter:
                what, why = What.KEPT, f"taken out by {setter}"
            else:
                what, why = What.CHANGED, ""
                members.put({"grid_id": grid["id"], "package_id": key})
            if key not in self.made and grid["database_id"] < FIRST_OWN_NUMBER:
                self._tell(what, item, why, "grids", *pair)

    async def _note_fetch(self, item: Item, key: int) -> None:
        """What was fetched there when is known here too, where no source of ours tells."""
        ingest, theirs = self._ingest(key), item.last_fetched
        ours = ingest["last_fetched"]
        if theirs is None or (ours is not None and ours >= theirs):
            return
        if await self.edit.rows[IngestSource].find("package_id", [key]):
            return
        is_first = ingest["state"] == IngestState.NEVER.name
        state = IngestState.OK.name if is_first else ingest["state"]
        self.edit.rows[Ingest].put(ingest | {"last_fetched": theirs, "state": state})


def _slug(item: Item) -> str:
    """The folded slug of an item, or one that is made for it."""
    if "slug" in item.values:
        return fold(item.values["slug"])
    try:
        return slugify(item.values.get("title", ""))
    except ValueError:
        return f"{item.model.__tablename__}-{item.number}"
