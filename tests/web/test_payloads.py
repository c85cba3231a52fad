"""What edits answer, what they cost, and what they leave in the log."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.application import Application
from tests.db import editing
from tests.db.replay import see_that_all_agrees
from tests.db.small import fetch
from tests.web.editing import EDITS, ERRORS, Desk, Given, desk, mutations, whole

COSTS = {
    "categoryCreate": 11,
    "categoryUpdate": 13,
    "categoryDelete": 7,
    "packageCreate": 21,
    "packageUpdate": 16,
    "packagesUpsert": 23,
    "packageRefresh": 4,
    "gridCreate": 19,
    "gridUpdate": 10,
    "gridPackageAdd": 11,
    "gridCellsSet": 12,
    "featuresReorder": 8,
    "featureCreate": 10,
    "featureUpdate": 9,
    "featureDelete": 11,
    "packageMerge": 21,
    "gridPackageRemove": 13,
    "gridDelete": 15,
    "packageDelete": 18,
    "changeRevert": 14,
}
"""The most statements that each edit of `EDITS` takes, the one that reads its payload among them;
BEGIN, which takes the turn as well, and COMMIT are none.
"""

UNLOGGED = {"packageRefresh"}
"""Mutations that edit no object."""

OBJECTS = {"category": "Category", "package": "Package", "grid": "Grid", "feature": "Feature"}
"""Fields of payloads that are objects, with their types."""


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


@contextmanager
def statements(app: Application) -> Iterator[list[str]]:
    """All that the application runs meanwhile, by edits and by reads."""
    read = app.recorder.statements
    read.clear()
    ran: list[str] = []
    with editing.statements() as edited:
        yield ran
    ran += read + edited


async def test_an_edit_costs_its_own_statements_and_one_read(opened: Desk) -> None:
    cost: dict[str, int] = {}
    for name in mutations():
        dry = EDITS[name] | {"dryRun": True}
        for selection in (None, f"{{ {ERRORS} }}", "{ __typename }"):
            await opened.admin.edit(name, dry, selection)
            with statements(opened.app) as ran:
                await opened.admin.edit(name, dry, selection)
            assert cost.setdefault(name, len(ran)) == len(ran)
    assert not {name: (n, COSTS[name]) for name, n in cost.items() if n > COSTS[name]}


async def test_a_refused_caller_costs_one_read(opened: Desk) -> None:
    for script in (opened.nobody, opened.reader):
        await script.edit("gridDelete", EDITS["gridDelete"])
        with statements(opened.app) as ran:
            await script.edit("gridDelete", EDITS["gridDelete"])
        assert len(ran) == 1


async def as_read(opened: Desk, type_name: str, id_: str, depth: int) -> Any:
    """All of an object, as a query reads it."""
    query = (
        f"query($id: ID!) {{ node(id: $id) {{ ... on {type_name} {whole(type_name, depth)} }} }}"
    )
    return (await opened.nobody.data(query, {"id": id_}))["node"]


async def test_a_payload_has_what_a_query_has_and_the_log_has_each_edit(opened: Desk) -> None:
    for name, given in EDITS.items():
        ((newest,),) = await fetch(opened.engine, "SELECT max(id) FROM change")
        payload = await opened.admin.edit(name, given)
        assert (name, payload["errors"]) == (name, [])
        for key, type_name in OBJECTS.items():
            if payload.get(key):
                read = await as_read(opened, type_name, payload[key]["id"], 3)
                assert (name, payload[key]) == (name, read)
        for row in payload.get("rows", ()):
            assert row["package"] == await as_read(opened, "Package", row["package"]["id"], 2)
        await see_that_all_agrees(opened.engine)
        query = f"SELECT id, node_type, node_id FROM change WHERE id > {newest} ORDER BY id"
        logged = await fetch(opened.engine, query)
        assert len({(node_type, key) for _, node_type, key in logged}) == len(logged)
        assert bool(logged) == (name not in UNLOGGED)
        if "changes" in payload:
            assert [each["id"] for each in payload["changes"]] == [
                f"Change:{key}" for key, _, _ in logged
            ]
            for change in payload["changes"]:
                assert change == await as_read(opened, "Change", change["id"], 3)
        else:
            assert payload["change"] == await as_read(opened, "Change", payload["change"]["id"], 3)


SAME: dict[str, Given] = {
    "categoryUpdate": {"id": "Category:1", "title": "App", "slug": "apps", "showPypi": True},
    "packageUpdate": {"id": "Package:1", "title": "Django Q", "category": {"databaseId": 1}},
    "packagesUpsert": {
        "packages": [{"slug": "Django-Q", "licenses": ["MIT"], "grids": [{"slug": "queues"}]}]
    },
    "gridUpdate": {"id": "Grid:1", "title": "Task Queues", "isLocked": False},
    "gridPackageAdd": {"grid": {"slug": "queues"}, "package": {"slug": "django-q"}},
    "gridPackageRemove": {"grid": {"slug": "queues"}, "package": {"slug": "held"}},
    "featureUpdate": {"id": "Feature:2", "title": "Retries", "position": 1},
    "featuresReorder": {"grid": {"slug": "queues"}, "features": ["Feature:1", "Feature:2"]},
    "gridCellsSet": {
        "grid": {"slug": "queues"},
        "cells": [{"package": {"slug": "django-q"}, "feature": "Feature:1", "text": "No "}],
    },
}
"""Edits that leave all as it is."""


async def test_an_edit_that_changes_nothing_leaves_no_change(opened: Desk) -> None:
    count = "SELECT count(*), max(id) FROM change"
    before = await fetch(opened.engine, count)
    for name, given in SAME.items():
        payload = await opened.editor.made(name, given, f"{{ changes {{ id }} {ERRORS} }}")
        assert (name, payload["changes"]) == (name, [])
    assert await fetch(opened.engine, count) == before
    await see_that_all_agrees(opened.engine)


async def test_the_cells_of_a_payload_are_those_that_were_given(opened: Desk) -> None:
    await opened.editor.made("gridPackageAdd", EDITS["gridPackageAdd"])
    texts = [("django-q2", 2, ""), ("django-q", 2, "+"), ("django-q2", 1, "-"), ("django-q", 1, "")]
    given = {
        "grid": {"slug": "queues"},
        "cells": [
            {"package": {"slug": slug}, "feature": f"Feature:{key}", "text": text}
            for slug, key, text in texts
        ],
    }
    selection = f"{{ cells {{ package {{ slug }} feature {{ id }} text verdict }} {ERRORS} }}"
    found = (await opened.editor.made("gridCellsSet", given, selection))["cells"]
    assert found == [
        {
            "package": {"slug": slug},
            "feature": {"id": f"Feature:{key}"},
            "text": text,
            "verdict": {"": "UNKNOWN", "+": "YES", "-": "NO"}[text],
        }
        for slug, key, text in texts
    ]


async def test_a_refused_deletion_shows_what_is_in_the_way_as_it_is(opened: Desk) -> None:
    await opened.editor.made("packageUpdate", EDITS["packageUpdate"])
    refused: list[tuple[str, Given, str, str]] = [
        ("categoryDelete", {"id": "Category:1"}, "IN_USE", "Category:1"),
        ("packageDelete", {"id": "Package:1"}, "IN_USE", "Package:1"),
        ("packageDelete", {"id": "Package:2", "expectedRevision": 1}, "CONFLICT", "Package:2"),
        ("packageDelete", {"id": "Package:3"}, "LOCKED", "Package:3"),
        ("gridDelete", {"id": "Grid:2"}, "LOCKED", "Grid:2"),
        ("gridDelete", {"id": "Grid:1", "expectedRevision": 0}, "CONFLICT", "Grid:1"),
        ("featureDelete", {"id": "Feature:3"}, "LOCKED", "Feature:3"),
        ("featureDelete", {"id": "Feature:1", "expectedRevision": 9}, "CONFLICT", "Feature:1"),
        ("gridDelete", {"id": "Grid:9"}, "NOT_FOUND", ""),
    ]
    selection = f"{{ deletedId alsoDeletedIds current {{ id }} {ERRORS} }}"
    for name, given, code, current in refused:
        script = opened.admin if name == "categoryDelete" else opened.editor
        payload = await script.edit(name, given, selection)
        assert [error["code"] for error in payload["errors"]] == [code]
        shown = {"id": current} if current else None
        assert payload | {"errors": []} == {
            "deletedId": None,
            "alsoDeletedIds": [],
            "current": shown,
            "errors": [],
        }
    gone = await opened.editor.made("gridDelete", {"id": "Grid:1"}, selection)
    assert (gone["deletedId"], gone["current"]) == ("Grid:1", None)
    assert set(gone["alsoDeletedIds"]) == {"Feature:1", "Feature:2"}
