"""Where fields come from, as loads and edits leave it in the log."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.web.editing import EDITS, Desk, Script, desk
from tests.yardstick.worked_out import STORED

ALL = """
  {
    packages(first: 100) {
      nodes { id title modified provenance { field source at isPinned } }
    }
    changes(first: 100, after: "", where: {type: [PACKAGE]}) { nodes { nodeId actor at diff } }
  }
"""


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


async def provenance(script: Script) -> dict[str, dict[str, Any]]:
    """That of Package:2, by field."""
    query = '{ node(id: "Package:2") { ... on Package { provenance { field source isPinned } } } }'
    rows = (await script.data(query))["node"]["provenance"]
    return {row.pop("field"): row for row in rows}


async def test_each_field_is_told_once_and_by_name(opened: Desk) -> None:
    fields = list(await provenance(opened.nobody))
    assert fields == sorted(STORED)


async def test_what_an_editor_sets_is_pinned_until_it_is_unpinned(opened: Desk) -> None:
    before = await provenance(opened.nobody)
    assert all(row == {"source": "load", "isPinned": False} for row in before.values())

    given = {"id": "Package:2", "title": "New", "licenses": ["MIT"]}
    await opened.editor.made("packageUpdate", given)
    edited = {"source": "editor", "isPinned": True}
    set_ = {"title": edited, "licenses": edited, "modified": edited | {"isPinned": False}}
    assert await provenance(opened.nobody) == before | set_

    await opened.admin.made("packageUpdate", {"id": "Package:2", "unpin": ["TITLE"]})
    found = await provenance(opened.nobody)
    assert found["title"] == {"source": "editor", "isPinned": False}
    assert found["licenses"] == edited


async def test_it_is_what_the_log_says_whatever_was_edited(opened: Desk) -> None:
    for name, given in EDITS.items():
        await opened.admin.edit(name, given)
        found = await opened.nobody.data(ALL)
        newest: dict[str, dict[str, Any]] = {}
        for change in found["changes"]["nodes"]:
            fields = newest.setdefault(change["nodeId"], {})
            fields |= dict.fromkeys({*change["diff"], "modified"} & STORED, change)
        for package in found["packages"]["nodes"]:
            told = {row["field"]: (row["source"], row["at"]) for row in package["provenance"]}
            fields = newest[package["id"]]
            assert told == {field: (by["actor"], by["at"]) for field, by in fields.items()}
            named = fields["modified"]["diff"].get("modified")
            assert package["modified"] == (named[1] if named else told["modified"][1])


async def test_it_costs_who_asks_for_it_alone(opened: Desk) -> None:
    await opened.nobody.data('{ package(by: {slug: "django-q"}) { title score } }')
    assert " change" not in opened.app.recorder.statements[-1]
    await provenance(opened.nobody)
    assert "FROM change" in opened.app.recorder.statements[-1]
