"""What undoing a change does to the model, by docs/changes.md."""

from dataclasses import replace
from typing import Any

from tests.model.model import DATED, Change, Edit, Fields, Given, id_of, names_of, type_of
from tests.model.packages import replacements

PARTS = ("features", "packages", "cells")
NOTES = {"aliases", "mergedInto"}


def change_revert(edit: Edit, given: Given) -> None:
    if id_of(edit, "Change", given["id"]) not in edit.model.log:
        raise edit.stop("NOT_FOUND")
    change = edit.model.log[given["id"]]
    undone = undone_with(edit, change)
    for each in undone:
        edit.reverts[each.node] = each.id
        if edit.is_editor and True in each.diff.get("isLocked", ()):
            edit.wrong.add("FORBIDDEN")
        if edit.is_editor and (type_of(each.node), each.action) == ("Category", "CREATE"):
            edit.wrong.add("FORBIDDEN")
    for each in undone:
        put_back(edit, each)
    for each in undone:
        if type_of(each.node) == "Grid":
            put_parts_back(edit, each)
    for each in undone:
        if each.action == "CREATE":
            row = edit.objects.pop(each.node)
            if any(row.get(part) for part in PARTS):
                raise edit.stop("CONFLICT")
    put_names_back(edit, undone)
    see_that_whole(edit)
    edit.subject = change.node


def undone_with(edit: Edit, change: Change) -> list[Change]:
    """A change, and what belongs to it."""
    same = [each for each in edit.model.log.values() if each.transaction == change.transaction]
    if change.reverts is not None or change.diff.keys() & NOTES:
        return same
    type_ = type_of(change.node)
    if change.action == "UPDATE" and change.diff.keys() <= {"revision", "score", "modified"}:
        raise edit.stop("INVALID")
    if type_ == "Grid" and "features" in change.diff:
        ids = {id_ for order in change.diff["features"] for id_ in order or ()}
        gone = [each for each in same if each.node in ids and each.action != "UPDATE"]
        return [change, *gone]
    if change.action == "UPDATE" or type_ not in ("Feature", "Package"):
        return [change]
    if type_ == "Package" and change.action == "CREATE":  # what left it since is not in the way
        same = [each for each in same if _belongs(edit.objects.get(each.node, {}), change.node)]
    of_it = [each for each in same if change.node in each.diff.get("package", ())]
    parts = [about(each, change.node) for each in same if type_of(each.node) == "Grid"]
    return [change, *of_it, *(each for each in parts if each.diff)]


def _belongs(row: Fields, package: str) -> bool:
    return row.get("package") == package or package in row.get("packages", ())


def about(change: Change, node: str) -> Change:
    """What a grid's change tells of one package or one feature."""
    diff: Fields = {}
    if node in change.diff.get("packages", {}):
        diff["packages"] = {node: change.diff["packages"][node]}
    cells = {
        package: {feature: pair for feature, pair in row.items() if node in (package, feature)}
        for package, row in change.diff.get("cells", {}).items()
    }
    if cells := {package: row for package, row in cells.items() if row}:
        diff["cells"] = cells
    was, is_now = (order or [] for order in change.diff.get("features", ([], [])))
    if (node in was) != (node in is_now):
        whole = was if node in was else is_now
        rest = [id_ for id_ in whole if id_ != node]
        diff["features"] = [whole, rest] if node in was else [rest, whole]
    return replace(change, action="UPDATE", diff=diff)


def put_back(edit: Edit, change: Change) -> None:
    """Have an object's own fields be what they were, where they are as the change left them."""
    row = edit.objects.get(change.node)
    if (row is None) != (change.action == "DELETE"):
        raise edit.stop("CONFLICT")
    told = {
        name: pair
        for name, pair in change.diff.items()
        if name not in {*PARTS, *NOTES, "revision", "modified", "score"}
    }
    if row is None:
        row = {name: was for name, (was, _) in told.items()}
        if type_of(change.node) == "Grid":
            row |= {"features": [], "packages": set(), "cells": {}}
        if type_of(change.node) in DATED:
            row["modified"] = edit.at
        edit.objects[change.node] = row
        return
    for name, (was, is_now) in told.items():
        if row[name] != is_now:
            raise edit.stop("CONFLICT")
        if change.action == "UPDATE":
            row[name] = was


def put_parts_back(edit: Edit, change: Change) -> None:
    grid = edit.objects[change.node]
    for package, (was, is_now) in change.diff.get("packages", {}).items():
        if (package in grid["packages"]) != is_now:
            raise edit.stop("CONFLICT")
        grid["packages"] = grid["packages"] | {package} if was else grid["packages"] - {package}
    for package, row in change.diff.get("cells", {}).items():
        for feature, (was, is_now) in row.items():
            if grid["cells"].pop((package, feature), "") != is_now:
                raise edit.stop("CONFLICT")
            if was:
                grid["cells"][package, feature] = was
    if "features" in change.diff:
        was, is_now = (order or [] for order in change.diff["features"])
        grid["features"] = order_before(edit, grid["features"], was, is_now)


def order_before(edit: Edit, order: list[str], was: list[str], is_now: list[str]) -> list[str]:
    """Features in their order, with what made `is_now` of `was` taken back."""
    if [id_ for id_ in was if id_ in is_now] != [id_ for id_ in is_now if id_ in was]:
        if order != is_now:
            raise edit.stop("CONFLICT")
        return was
    order = [id_ for id_ in order if id_ in was or id_ not in is_now]
    for place, id_ in enumerate(was):
        if id_ not in is_now:
            before = [other for other in was[:place] if other in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, id_)
    return order


def put_names_back(edit: Edit, undone: list[Change]) -> None:
    """Former names that a merge moved go back, as far as they are there, and nobody's name."""
    told = [
        (node.node, *name.split(":", 1), *pair)
        for node in undone
        for name, pair in node.diff.get("aliases", {}).items()
    ]
    notes: dict[str, Any] = {}
    for id_, kind, name, was, _ in sorted(told, key=lambda each: each[3]):
        key = ("Package", kind, name)
        taken = any(key in names_of(other, row) for other, row in edit.of("Package"))
        if was and key not in edit.names and not taken:
            edit.names[key] = id_
        elif not was and edit.names.get(key) == id_:
            del edit.names[key]
        else:
            continue
        notes.setdefault(id_, {}).setdefault("aliases", {})[f"{kind}:{name}"] = [not was, was]
    for each in undone:
        if "mergedInto" in each.diff:
            pair = each.diff["mergedInto"]
            notes.setdefault(each.node, {})["mergedInto"] = [pair[1], pair[0]]
    edit.notes |= notes


def see_that_whole(edit: Edit) -> None:
    """Note what is missing that would be needed, and what two would have."""
    objects = edit.objects
    for id_, row in objects.items():
        if type_of(id_) == "Grid":
            own = {key for key, each in edit.of("Feature") if each["grid"] == id_}
            needed = {*row["packages"], *row["features"]}
            cells = row["cells"].keys()
            if {p for p, _ in cells} - row["packages"] or {f for _, f in cells} - own:
                edit.wrong.add("CONFLICT")
            if own != {*row["features"]} or len(own) != len(row["features"]):
                edit.wrong.add("CONFLICT")
            if len({objects[key]["title"] for key in own}) < len(own):
                edit.wrong.add("TAKEN")
        else:
            needed = {row.get(name) for name in ("category", "replacedBy", "package", "grid")}
        if needed - {None} - objects.keys():
            edit.wrong.add("CONFLICT")
        if type_of(id_) == "Package" and id_ in replacements(edit, row["replacedBy"]):
            edit.wrong.add("CONFLICT")
    names = [name for id_, row in objects.items() for name in names_of(id_, row)]
    numbers = [(row["package"], row["number"]) for _, row in edit.of("Version")]
    if len({*names}) < len(names) or len({*numbers}) < len(numbers):
        edit.wrong.add("TAKEN")
