"""Categories are made, changed and deleted; what cannot be is refused, and leaves nothing."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.category_edits import category_create, category_delete, category_update
from tests.db.editing import diffs, edited, errors, found_by, refused
from tests.db.small import SMALL, fetch, loaded


@pytest.fixture(autouse=True)
async def _filled(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)


async def test_one_is_made_of_its_title(engine: AsyncEngine) -> None:
    said = await diffs(engine, category_create, {"title": " Big Framework "})
    assert list(said) == ["CREATE CATEGORY:2@1"]
    diff = said["CREATE CATEGORY:2@1"]
    assert diff.pop("created") == diff.pop("modified")
    assert diff == {
        "databaseId": [None, 1_000_002],
        "title": [None, "Big Framework"],
        "slug": [None, "big-framework"],
        "description": [None, ""],
        "titlePlural": [None, "Big Frameworks"],
        "showPypi": [None, True],
    }
    query = "SELECT title_folded, slug_folded, package_count FROM category WHERE id = 2"
    assert await fetch(engine, query) == [("big framework", "big-framework", 0)]
    assert await found_by(engine, "framework") == {"CATEGORY:2"}


async def test_what_is_given_is_taken(engine: AsyncEngine) -> None:
    given = {"slug": "Sites_1", "description": "", "titlePlural": "Series", "showPypi": False}
    outcome, (change,) = await edited(engine, category_create, {"title": "x" * 100, **given})
    assert outcome == {"node": 2}
    assert {name: change["diff"][name][1] for name in given} == given


async def test_a_plural_is_no_longer_than_a_title_may_be(engine: AsyncEngine) -> None:
    said = await diffs(engine, category_create, {"title": "x" * 100})
    assert said["CREATE CATEGORY:2@1"]["titlePlural"] == [None, "x" * 100]


async def test_fields_that_are_given_change(engine: AsyncEngine) -> None:
    given = {"id": "Category:1", "expectedRevision": 1, "title": "Tool", "description": "Of use"}
    said = await diffs(engine, category_update, given)
    assert said == {
        "UPDATE CATEGORY:1@2": {"title": ["App", "Tool"], "description": ["", "Of use"]}
    }
    assert await found_by(engine, "tool") == {"CATEGORY:1"}
    assert await found_by(engine, "apps") == {"CATEGORY:1"}  # by its slug, which stays


async def test_a_former_slug_is_kept_until_another_takes_it(engine: AsyncEngine) -> None:
    await edited(engine, category_update, {"id": "Category:1", "slug": "tools"})
    query = "SELECT node_id FROM alias WHERE node_type = 'CATEGORY' AND name = 'apps'"
    assert await fetch(engine, query) == [(1,)]
    await edited(engine, category_create, {"title": "App", "slug": "Apps"})
    assert await fetch(engine, query) == []


async def test_an_edit_that_changes_nothing_leaves_no_change(engine: AsyncEngine) -> None:
    given = {"id": "Category:1", "title": "App", "slug": "apps", "showPypi": True}
    assert await edited(engine, category_update, given) == ({"node": 1}, [])


async def test_an_empty_one_is_deleted(engine: AsyncEngine) -> None:
    await edited(engine, category_create, {"title": "Framework"})
    given = {"id": "Category:2", "expectedRevision": 1}
    outcome, (change,) = await edited(engine, category_delete, given)
    assert outcome == {"deletedId": "Category:2", "alsoDeletedIds": []}
    assert (change["action"], change["diff"]["slug"]) == ("DELETE", ["framework", None])
    assert await fetch(engine, "SELECT slug FROM category") == [("apps",)]
    assert await found_by(engine, "framework") == set()


async def test_one_with_packages_stays(engine: AsyncEngine) -> None:
    refusal = await refused(engine, category_delete, {"id": "Category:1"})
    assert refusal.current == "Category:1"
    assert [(error.path, error.code.name) for error in refusal.errors] == [
        (("input", "id"), "IN_USE")
    ]
    assert "2 in it" in refusal.errors[0].message


CREATE_ERRORS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"title": " "}, [("title", "INVALID")]),
    ({"title": "x" * 101, "showPypi": None}, [("title", "INVALID"), ("showPypi", "INVALID")]),
    ({"title": "Größe"}, []),
    ({"title": "漢字"}, [("title", "INVALID")]),
    ({"title": "漢字", "slug": "kanji"}, []),
    ({"title": "a\0"}, [("title", "INVALID")]),
    ({"title": "APPS"}, [("slug", "TAKEN")]),
    ({"title": "Other", "slug": "aPPs"}, [("slug", "TAKEN")]),
    ({"title": "Other", "slug": ""}, [("slug", "INVALID")]),
    ({"title": "Other", "slug": None}, [("slug", "INVALID")]),
    ({"title": "Other", "slug": "ä"}, [("slug", "INVALID")]),
    ({"title": "Other", "slug": "x" * 101}, [("slug", "INVALID")]),
    ({"title": "Other", "description": "x" * 20_001}, [("description", "INVALID")]),
    ({"title": "Other", "description": None}, [("description", "INVALID")]),
    ({"title": "Other", "titlePlural": ""}, [("titlePlural", "INVALID")]),
]


@pytest.mark.parametrize(("given", "expected"), CREATE_ERRORS)
async def test_each_error_names_its_field(
    engine: AsyncEngine, given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    if expected:
        assert await errors(engine, category_create, given) == expected
    else:
        assert (await edited(engine, category_create, given))[0] == {"node": 2}


async def test_updates_that_cannot_be(engine: AsyncEngine) -> None:
    await edited(engine, category_create, {"title": "Framework"})
    for given, expected in (
        ({"id": "Category:9"}, ("id", "NOT_FOUND")),
        ({"id": "Grid:1"}, ("id", "INVALID")),
        ({"id": "1"}, ("id", "INVALID")),
        ({"id": "Category:1", "expectedRevision": 2}, ("expectedRevision", "CONFLICT")),
        ({"id": "Category:1", "title": None}, ("title", "INVALID")),
        ({"id": "Category:1", "slug": "FRAMEWORK"}, ("slug", "TAKEN")),
    ):
        assert await errors(engine, category_update, given) == [expected]
    given = {"id": "Category:1", "expectedRevision": 2}
    assert (await refused(engine, category_delete, given)).current == "Category:1"
