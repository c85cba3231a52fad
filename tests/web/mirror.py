"""A mirror of the directory, written from docs/changes.md alone, without the project's code."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

Fields: TypeAlias = dict[str, Any]
Ask: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
"""Asks a GraphQL query with values of its variables: the data of its answer."""

FEED = """query ($after: String!) {
  changes(first: 100, after: $after) {
    nodes { type action nodeId revision at diff }
    pageInfo { endCursor hasNextPage }
  }
}"""


NEWER = ("topics", "advisories")
"""Lists that are newer than the log, which were empty where the log does not have them."""


class Mirror:
    """A copy that follows the feed: `objects` by their ids, and `cursor`, the place in the feed.

    An object has the fields of GraphQL, of a reference the id. Of a grid these are also `features`,
    ids in their order, `packages`, ids, and `cells`, the texts by package and feature.
    """

    def __init__(self) -> None:
        self.objects: dict[str, Fields] = {}
        self.cursor = ""

    async def follow(self, ask: Ask) -> None:
        """Apply all changes that there are after the cursor."""
        more = True
        while more:
            page = (await ask(FEED, {"after": self.cursor}))["changes"]
            for change in page["nodes"]:
                self.apply(change)
            self.cursor = page["pageInfo"]["endCursor"] or self.cursor
            more = page["pageInfo"]["hasNextPage"]

    def apply(self, change: dict[str, Any]) -> None:
        """Have the copy be as the directory is after a change, which has to fit what it is now."""
        type_, key, diff = change["type"], change["nodeId"], dict(change["diff"])
        if change["action"] == "CREATE":
            assert key not in self.objects
            self.objects[key] = {"id": key}
            if type_ == "GRID":
                self.objects[key] |= {"packages": set(), "cells": {}}
        fields = self.objects[key]
        for package, (was, is_now) in diff.pop("packages", {}).items():
            assert (package in fields["packages"]) == was != is_now
            fields["packages"] ^= {package}
        for package, texts in diff.pop("cells", {}).items():
            for feature, (text_was, text) in texts.items():
                assert fields["cells"].pop((package, feature), "") == text_was != text
                if text:
                    fields["cells"][package, feature] = text
        for name in ("revision", "aliases", "mergedInto"):
            diff.pop(name, None)
        for name, (before, after) in diff.items():
            assert fields.get(name) == before
            fields[name] = after
        if change["action"] == "CREATE" and type_ == "PACKAGE":
            for name in NEWER:
                fields.setdefault(name, [])
        if change["action"] == "DELETE":
            left = {name for name, value in fields.items() if value}
            assert left <= {"id", "revision", "position"}
            del self.objects[key]
            return
        if type_ != "VERSION":
            fields["revision"] = change["revision"]
        if type_ in ("CATEGORY", "PACKAGE", "GRID") and "modified" not in diff:
            fields["modified"] = change["at"]
        for position, feature in enumerate(fields.get("features", ())):
            self.objects[feature]["position"] = position
