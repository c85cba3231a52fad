"""Packages are made, changed, deleted and queued; what cannot be is refused, and leaves nothing."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.grid_edits import grid_package_add, grid_update
from db.package_edits import package_create, package_delete, package_refresh, package_update
from db.pypi import OLD_ADDRESS
from tests.db.editing import ADMIN, EDITOR, diffs, edited, errors, found_by, refused
from tests.db.small import SMALL, fetch, loaded

Row = dict[str, Any]

NEW: Row = {"repoUrl": "git@github.com:Pyca/Crypto-Graphy.git", "category": {"slug": "apps"}}
DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
QUEUES = {"slug": "queues"}
INDEX = OLD_ADDRESS.removesuffix("/django-q")


@pytest.fixture(autouse=True)
async def _filled(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)


async def lock(engine: AsyncEngine) -> None:
    await edited(engine, grid_update, {"id": "Grid:1", "isLocked": True}, ADMIN)


async def pinned(engine: AsyncEngine, key: int) -> list[str]:
    query = f"SELECT field FROM pin WHERE package_id = {key} ORDER BY field"
    return [field for (field,) in await fetch(engine, query)]


async def column(engine: AsyncEngine, name: str, key: int) -> Any:
    ((value,),) = await fetch(engine, f"SELECT {name} FROM package WHERE id = {key}")
    return value


async def test_one_is_made_of_its_repository(engine: AsyncEngine) -> None:
    said = await diffs(engine, package_create, NEW)
    assert list(said) == ["CREATE PACKAGE:3@1"]
    told = {name: after for name, (before, after) in said["CREATE PACKAGE:3@1"].items()}
    assert told.pop("created") == told.pop("modified")
    assert {name: value for name, value in told.items() if value not in (None, [])} == {
        "databaseId": 1_000_003,
        "title": "Crypto-Graphy",
        "slug": "crypto-graphy",
        "category": "Category:1",
        "repoUrl": "https://github.com/Pyca/Crypto-Graphy",
        "repoHost": "GITHUB",
        "repoDescription": "",
        "isArchived": False,
        "score": 0,
    }
    assert await fetch(engine, "SELECT package_count FROM category") == [(3,)]
    assert await fetch(engine, "SELECT state FROM ingest WHERE package_id = 3") == [("NEVER",)]
    assert await found_by(engine, "graphy") == {"PACKAGE:3"}
    assert await pinned(engine, 3) == []


async def test_what_is_given_is_taken_and_pinned(engine: AsyncEngine) -> None:
    given = {
        "title": "Crypto",
        "slug": "Crypto_1",
        "repoUrl": "https://git.example.org/a/b",
        "repoHost": "FORGEJO",
        "repoDescription": "",
        "pypiUrl": f"{INDEX}/Crypto_Graphy/",
        "documentationUrl": "http://crypto.example.org",
    }
    grids = {"grids": [QUEUES, {"id": "Grid:1"}]}
    said = await diffs(engine, package_create, NEW | given | grids)
    assert list(said) == ["CREATE PACKAGE:3@1", "UPDATE GRID:1@2"]
    assert {name: said["CREATE PACKAGE:3@1"][name][1] for name in given} == given
    assert said["CREATE PACKAGE:3@1"]["pypiName"] == [None, "crypto-graphy"]
    assert said["UPDATE GRID:1@2"] == {"packages": {"Package:3": [False, True]}}
    assert await column(engine, "grid_count", 3) == 1
    expected = ["DOCUMENTATION_URL", "PYPI_URL", "REPO_DESCRIPTION", "REPO_HOST", "TITLE"]
    assert await pinned(engine, 3) == expected


async def test_a_made_slug_ends_in_a_number_where_it_is_taken(engine: AsyncEngine) -> None:
    slugs = []
    for owner in range(1, 12):
        given = NEW | {"repoUrl": f"https://gitlab.com/o{owner}/group/Django-Q2"}
        outcome, _ = await edited(engine, package_create, given)
        slugs.append(await column(engine, "slug", outcome["node"]))
    assert slugs == [f"django-q2-{number}" for number in range(2, 13)]


async def test_a_long_slug_is_cut_for_its_number(engine: AsyncEngine) -> None:
    for owner, expected in (("a", "x" * 100), ("b", "x" * 98 + "-2")):
        repo = {"repoUrl": f"https://example.org/{owner}/{'x' * 150}"}
        outcome, _ = await edited(engine, package_create, NEW | repo)
        assert await column(engine, "slug", outcome["node"]) == expected
        assert await column(engine, "title", outcome["node"]) == "x" * 100


async def test_a_former_name_blocks_nobody(engine: AsyncEngine) -> None:
    renamed = {"id": "Package:2", "slug": "q2", "repoUrl": "https://codeberg.org/q/q2"}
    await edited(engine, package_update, renamed)
    aliases = "SELECT kind, name, node_id FROM alias WHERE node_type = 'PACKAGE' ORDER BY kind"
    assert await fetch(engine, aliases) == [
        ("REPO_URL", "github.com/django-q2/django-q2", 2),
        ("SLUG", "django-q2", 2),
    ]
    given = NEW | {"repoUrl": "https://github.com/django-q2/django-q2", "slug": "django-q2"}
    await edited(engine, package_create, given)
    assert await fetch(engine, aliases) == []


CREATIONS: list[tuple[Row, list[tuple[str, str]]]] = [
    ({"repoUrl": "HTTP://www.github.com/koed00/Django-Q/issues"}, [("repoUrl", "TAKEN")]),
    ({"repoUrl": "ftp://example.org/a/b"}, [("repoUrl", "INVALID")]),
    ({"repoUrl": f"https://example.org/{'x' * 2_000}"}, [("repoUrl", "INVALID")]),
    ({"repoUrl": "https://example.org/%E7%8C%AB"}, [("slug", "INVALID")]),
    ({"slug": "DJANGO-Q"}, [("slug", "TAKEN")]),
    ({"slug": ""}, [("slug", "INVALID")]),
    ({"slug": "a b"}, [("slug", "INVALID")]),
    ({"slug": None, "title": None}, [("title", "INVALID"), ("slug", "INVALID")]),
    ({"title": "x" * 101}, [("title", "INVALID")]),
    ({"title": "x\x07"}, [("title", "INVALID")]),
    ({"title": " "}, [("title", "INVALID")]),
    ({"repoHost": None}, [("repoHost", "INVALID")]),
    ({"repoDescription": "x" * 1_001}, [("repoDescription", "INVALID")]),
    ({"pypiUrl": "javascript:alert(1)"}, [("pypiUrl", "INVALID")]),
    ({"documentationUrl": "//example.org"}, [("documentationUrl", "INVALID")]),
    ({"category": {"slug": "none"}}, [("category.slug", "NOT_FOUND")]),
    ({"category": {"id": "Grid:1"}}, [("category.id", "INVALID")]),
    ({"grids": None}, [("grids", "INVALID")]),
    ({"grids": [QUEUES, {"slug": "q"}, {"id": "Grid:7"}]}, [
        ("grids.1.slug", "NOT_FOUND"), ("grids.2.id", "NOT_FOUND"),
    ]),
    ({"grids": [QUEUES] * 101}, [("grids", "TOO_MANY")]),
    ({"repoUrl": "github.com/koed00/django-q", "slug": "django-q2", "category": {"id": "Grid:9"}}, [
        ("slug", "TAKEN"), ("repoUrl", "TAKEN"), ("category.id", "INVALID"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), CREATIONS)
async def test_each_error_of_a_new_one_names_its_field(
    engine: AsyncEngine, given: Row, expected: list[tuple[str, str]]
) -> None:
    assert await errors(engine, package_create, NEW | given) == expected


async def test_who_has_the_repository_is_said(engine: AsyncEngine) -> None:
    refusal = await refused(engine, package_create, NEW | {"repoUrl": "github.com/koed00/django-q"})
    assert refusal.errors[0].message.startswith("Package:1 has it")
    # What is in the way is not what the edit is about: no script shall take it for that.
    assert refusal.current is None


async def test_a_new_one_is_put_into_no_locked_grid(engine: AsyncEngine) -> None:
    await lock(engine)
    given = NEW | {"grids": [QUEUES]}
    assert await errors(engine, package_create, given) == [("grids.0", "LOCKED")]
    outcome, _ = await edited(engine, package_create, given, ADMIN)
    assert await column(engine, "grid_count", outcome["node"]) == 1


async def test_fields_that_are_given_change_and_are_pinned(engine: AsyncEngine) -> None:
    given = {
        "id": "Package:1",
        "expectedRevision": 1,
        "title": "Django Q",
        "repoDescription": "",
        "licenses": [],
        "isArchived": True,
        "deprecatedAt": DAY,
        "replacedBy": {"slug": "Django-Q2"},
    }
    said = await diffs(engine, package_update, given)
    assert said == {
        "UPDATE PACKAGE:1@2": {
            "repoDescription": ["A Größe", ""],
            "licenses": [["MIT"], []],
            "isArchived": [False, True],
            "deprecatedAt": [None, "2026-03-01T00:00:00.000000+00:00"],
            "replacedBy": [None, "Package:2"],
        }
    }
    expected = ["DEPRECATED_AT", "IS_ARCHIVED", "LICENSES", "REPLACED_BY", "REPO_DESCRIPTION"]
    assert await pinned(engine, 1) == [*expected, "TITLE"]
    assert await found_by(engine, "größe") == set()


async def test_null_clears_and_is_pinned(engine: AsyncEngine) -> None:
    await edited(engine, package_update, {"id": "Package:1", "pypiUrl": f"{INDEX}/q"})
    fields = ("repoUrl", "pypiUrl", "documentationUrl", "deprecatedAt", "replacedBy")
    said = await diffs(engine, package_update, {"id": "Package:1"} | dict.fromkeys(fields))
    assert said == {
        "UPDATE PACKAGE:1@3": {
            "repoUrl": ["https://github.com/Koed00/django-q", None],
            "repoHost": ["GITHUB", "OTHER"],
            "pypiUrl": [f"{INDEX}/q", None],
            "pypiName": ["q", None],
        }
    }
    expected = ["DEPRECATED_AT", "DOCUMENTATION_URL", "PYPI_URL", "REPLACED_BY"]
    assert await pinned(engine, 1) == expected
    assert await fetch(engine, "SELECT name FROM alias") == [("github.com/koed00/django-q",)]


async def test_what_an_address_says_is_read_anew_with_it(engine: AsyncEngine) -> None:
    given: Row = {"id": "Package:1", "repoUrl": "https://git.example.org/a/b", "repoHost": "GITLAB"}
    await edited(engine, package_update, given)
    assert await column(engine, "repo_host", 1) == "GITLAB"
    await edited(engine, package_update, {"id": "Package:1", "repoUrl": given["repoUrl"]})
    assert await column(engine, "repo_host", 1) == "GITLAB"
    await edited(engine, package_update, {"id": "Package:1", "repoUrl": "codeberg.org/a/b"})
    assert await column(engine, "repo_host", 1) == "CODEBERG"
    await edited(engine, package_update, {"id": "Package:1", "pypiUrl": "https://example.org/x"})
    assert await column(engine, "pypi_name", 1) is None


async def test_names_and_category(engine: AsyncEngine) -> None:
    other = {"type": "category", "slug": "tools", "title": "Tool", "titlePlural": "Tools"}
    await loaded(engine, other)
    given = {"id": "Package:1", "slug": "Q1", "category": {"slug": "tools"}}
    said = await diffs(engine, package_update, given)
    assert said["UPDATE PACKAGE:1@2"] == {
        "slug": ["django-q", "Q1"],
        "category": ["Category:1", "Category:2"],
    }
    counts = "SELECT package_count FROM category ORDER BY id"
    assert await fetch(engine, counts) == [(1,), (1,)]
    await edited(engine, package_update, {"id": "Package:1", "slug": "django-q"})
    assert await fetch(engine, "SELECT name FROM alias") == [("q1",)]


async def test_what_is_so_already_is_no_edit_but_a_pin(engine: AsyncEngine) -> None:
    given = {
        "id": "Package:2",
        "title": " Django Q2",
        "slug": "django-q2",
        "repoUrl": "git@github.com:django-q2/django-q2.git",
    }
    assert await edited(engine, package_update, given) == ({"node": 2}, [])
    assert await pinned(engine, 2) == ["TITLE"]
    assert await edited(engine, package_update, {"id": "Package:2", "unpin": ["TITLE"]}) == (
        {"node": 2},
        [],
    )
    assert await pinned(engine, 2) == []


async def test_pins_go_and_come_together(engine: AsyncEngine) -> None:
    await edited(engine, package_update, {"id": "Package:1", "title": "A", "isArchived": True})
    given = {"id": "Package:1", "unpin": ["TITLE", "LICENSES", "TITLE"], "replacedBy": None}
    await edited(engine, package_update, given)
    assert await pinned(engine, 1) == ["IS_ARCHIVED", "REPLACED_BY"]


UPDATES: list[tuple[Row, list[tuple[str, str]]]] = [
    ({"id": "Package:9"}, [("id", "NOT_FOUND")]),
    ({"id": "Package:01"}, [("id", "INVALID")]),
    ({"expectedRevision": 2, "title": ""}, [("expectedRevision", "CONFLICT")]),
    ({"title": None, "licenses": None, "isArchived": None}, [
        ("title", "INVALID"), ("licenses", "INVALID"), ("isArchived", "INVALID"),
    ]),
    ({"licenses": ["MIT", ""]}, [("licenses", "INVALID")]),
    ({"category": None}, [("category", "INVALID")]),
    ({"deprecatedAt": dt.datetime.min.replace(tzinfo=dt.UTC)}, [("deprecatedAt", "INVALID")]),
    ({"deprecatedAt": dt.datetime.max.replace(tzinfo=dt.UTC)}, [("deprecatedAt", "INVALID")]),
    ({"slug": "django-q2", "repoUrl": "github.com/django-q2/django-q2"}, [
        ("slug", "TAKEN"), ("repoUrl", "TAKEN"),
    ]),
    ({"replacedBy": {"slug": "django-q"}}, [("replacedBy", "INVALID")]),
    ({"replacedBy": {"pypi": "none"}}, [("replacedBy.pypi", "NOT_FOUND")]),
    ({"unpin": ["LICENSES", "TITLE"], "title": "x"}, [("unpin.1", "INVALID")]),
    ({"unpin": ["REPLACED_BY"], "replacedBy": None}, [("unpin.0", "INVALID")]),
    ({"unpin": ["TITLE"] * 10}, [("unpin", "TOO_MANY")]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), UPDATES)
async def test_each_error_of_an_update_names_its_field(
    engine: AsyncEngine, given: Row, expected: list[tuple[str, str]]
) -> None:
    assert await errors(engine, package_update, {"id": "Package:1"} | given) == expected


async def test_a_conflict_says_what_is_there_now(engine: AsyncEngine) -> None:
    given = {"id": "Package:1", "expectedRevision": 2}
    assert (await refused(engine, package_update, given)).current == "Package:1"


async def test_replacements_lead_in_no_circle(engine: AsyncEngine) -> None:
    await edited(engine, package_create, NEW)
    await edited(engine, package_update, {"id": "Package:1", "replacedBy": {"id": "Package:2"}})
    await edited(engine, package_update, {"id": "Package:2", "replacedBy": {"id": "Package:3"}})
    given = {"id": "Package:3", "replacedBy": {"slug": "django-q"}}
    assert await errors(engine, package_update, given) == [("replacedBy", "INVALID")]
    await edited(engine, package_update, {"id": "Package:2", "replacedBy": None})
    await edited(engine, package_update, given)
    assert await column(engine, "replaced_by_id", 3) == 1


async def test_what_a_package_has_goes_with_it(engine: AsyncEngine) -> None:
    await edited(engine, package_update, {"id": "Package:1", "title": "Q"})
    outcome, changes = await edited(
        engine, package_delete, {"id": "Package:1", "expectedRevision": 2}
    )
    versions = ["Version:1", "Version:2", "Version:3"]
    assert outcome == {"deletedId": "Package:1", "alsoDeletedIds": versions}
    logged = [(change["action"], change["node_type"], change["node_id"]) for change in changes]
    of_versions = [("DELETE", "VERSION", key) for key in (1, 2, 3)]
    assert sorted(logged[1:-1]) == of_versions
    assert (logged[0], logged[-1]) == (("UPDATE", "GRID", 1), ("DELETE", "PACKAGE", 1))
    assert changes[0]["diff"] == {
        "packages": {"Package:1": [True, False]},
        "cells": {"Package:1": {"Feature:1": ["No", ""], "Feature:2": ["++", ""]}},
    }
    assert await fetch(engine, "SELECT package_count FROM grid") == [(0,)]
    assert await fetch(engine, "SELECT package_count FROM category") == [(1,)]
    for table in ("version", "grid_package", "cell"):
        assert await fetch(engine, f"SELECT * FROM {table}") == []
    assert await fetch(engine, "SELECT package_id FROM ingest") == [(2,)]
    assert await pinned(engine, 1) == ["TITLE"]  # stays, for an undo
    assert await found_by(engine, "koed00") == set()


async def test_one_that_replaces_others_stays(engine: AsyncEngine) -> None:
    for number in range(4):
        repo = {"repoUrl": f"https://github.com/owner/old{number}"}
        outcome, _ = await edited(engine, package_create, NEW | repo)
        given = {"id": f"Package:{outcome['node']}", "replacedBy": {"slug": "django-q2"}}
        await edited(engine, package_update, given)
    refusal = await refused(engine, package_delete, {"id": "Package:2"})
    (error,) = refusal.errors
    assert (error.path, error.code.name) == (("input", "id"), "IN_USE")
    assert error.message.endswith("by old0, old1, old2 and 1 more")
    assert refusal.current == "Package:2"


async def test_deletions_that_cannot_be(engine: AsyncEngine) -> None:
    assert await errors(engine, package_delete, {"id": "Package:3"}) == [("id", "NOT_FOUND")]
    given = {"id": "Package:1", "expectedRevision": 7}
    assert await errors(engine, package_delete, given) == [("expectedRevision", "CONFLICT")]
    await lock(engine)
    assert await errors(engine, package_delete, {"id": "Package:1"}) == [("id", "LOCKED")]
    await edited(engine, package_delete, {"id": "Package:2"})
    await edited(engine, package_delete, {"id": "Package:1"}, ADMIN)


async def test_a_package_of_a_locked_grid_is_edited(engine: AsyncEngine) -> None:
    await edited(engine, grid_package_add, {"grid": QUEUES, "package": {"slug": "django-q2"}})
    await lock(engine)
    said = await diffs(engine, package_update, {"id": "Package:2", "title": "Q2"}, EDITOR)
    assert list(said) == ["UPDATE PACKAGE:2@2"]


async def test_a_refresh_is_queued_without_a_change(engine: AsyncEngine) -> None:
    outcome, changes = await edited(engine, package_refresh, {"package": {"slug": "django-q"}})
    assert (outcome, changes) == ({"node": 1}, [])
    due = "SELECT state FROM ingest WHERE next_due IS NOT NULL AND last_fetched IS NOT NULL"
    assert await fetch(engine, due) == [("QUEUED",)]
    assert await column(engine, "revision", 1) == 1
    assert await errors(engine, package_refresh, {"package": {"databaseId": 1}}) == [
        ("package.databaseId", "NOT_FOUND")
    ]
