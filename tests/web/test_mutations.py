"""Mutations over HTTP: each field is a transaction, in order, and a bad document edits nothing."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from graphql import get_named_type

from db.outcome import keep_outcome
from tests.db.small import everything, fetch
from tests.web.asking import code_of
from tests.web.editing import (
    EDITS,
    ERRORS,
    Desk,
    Given,
    desk,
    field_of,
    mutations,
    written,
)

DELETE = "mutation($input: DeleteInput!) { gridDelete(input: $input) { errors { code } } }"


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


async def slugs(opened: Desk) -> list[str]:
    """Of the categories that tests made, in their order."""
    found = await fetch(opened.engine, "SELECT slug FROM category WHERE id > 2 ORDER BY id")
    return [slug for (slug,) in found]


async def test_fields_run_in_order_and_each_sees_what_the_ones_before_did(opened: Desk) -> None:
    query = """mutation {
        a: categoryCreate(input: {title: "Three", slug: "three"}) { category { slug revision } }
        b: packageUpdate(input: {id: "Package:2", category: {slug: "three"}}) {
            package { category { slug } revision }
        }
        c: categoryUpdate(input: {id: "Category:1", slug: "moved"}) { category { slug revision } }
        d: packageUpdate(input: {id: "Package:2", category: {slug: "apps"}}) {
            package { category { slug } revision }
        }
        __typename
        e: packageUpdate(input: {id: "Package:2", expectedRevision: 3}) { package { revision } }
    }"""
    data = await opened.editor.data(query)
    assert list(data) == ["a", "b", "c", "d", "__typename", "e"]
    assert data == {
        "a": {"category": {"slug": "three", "revision": 1}},
        "b": {"package": {"category": {"slug": "three"}, "revision": 2}},
        "c": {"category": {"slug": "moved", "revision": 2}},
        "d": {"package": {"category": {"slug": "moved"}, "revision": 3}},
        "__typename": "Mutation",
        "e": {"package": {"revision": 3}},
    }


async def test_each_field_is_a_transaction_with_errors_of_its_own(opened: Desk) -> None:
    query = f"""mutation {{
        a: categoryCreate(input: {{title: "One"}}) {{ {ERRORS} changes {{ transaction }} }}
        b: categoryCreate(input: {{title: "One"}}) {{ {ERRORS} changes {{ transaction }} }}
        c: gridCellsSet(input: {{grid: {{slug: "queues"}}, cells: [
            {{package: {{slug: "django-q"}}, feature: "Feature:1", text: "yes"}}
            {{package: {{slug: "django-q"}}, feature: "Feature:3", text: "no"}}
        ]}}) {{ {ERRORS} changes {{ transaction }} }}
        d: categoryCreate(input: {{title: "Two"}}) {{ {ERRORS} changes {{ transaction }} }}
    }}"""
    before = await everything(opened.engine)
    data = await opened.editor.data(query)
    codes = {
        key: [(each["path"], each["code"]) for each in payload["errors"]]
        for key, payload in data.items()
    }
    assert codes == {
        "a": [],
        "b": [(["input", "slug"], "TAKEN")],
        "c": [(["input", "cells", "1", "feature"], "NOT_FOUND")],
        "d": [],
    }
    transactions = {key: [c["transaction"] for c in each["changes"]] for key, each in data.items()}
    assert transactions["b"] == transactions["c"] == []
    (first,), (second,) = transactions["a"], transactions["d"]
    assert first != second
    assert await slugs(opened) == ["one", "two"]
    assert "cell" not in await written(opened.engine, before)


async def test_a_field_that_fails_takes_back_its_own_and_is_no_answer(
    opened: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*arguments: Any) -> None:
        await keep_outcome(*arguments)
        raise RuntimeError("secret")

    monkeypatch.setattr("resolvers.mutation.keep_outcome", fails)
    query = """mutation {
        a: categoryCreate(input: {title: "One"}) { errors { code } }
        b: categoryCreate(input: {title: "Two", idempotencyKey: "k"}) { errors { code } }
        c: categoryCreate(input: {title: "Three"}) { errors { code } }
    }"""
    with caplog.at_level(logging.CRITICAL):
        response = await opened.editor.send({"query": query})
    assert (response.status_code, code_of(response)) == (500, "INTERNAL_SERVER_ERROR")
    assert "secret" not in response.text
    assert await slugs(opened) == ["one"]
    assert await fetch(opened.engine, "SELECT count(*) FROM kept_outcome") == [(0,)]
    await opened.editor.made("categoryCreate", {"title": "Two"})


async def test_a_field_that_is_asked_for_in_parts_is_edited_once(opened: Desk) -> None:
    query = """mutation($skip: Boolean!, $title: String!) {
        a: categoryCreate(input: {title: $title}) { errors { code } }
        ...Same
        b: categoryCreate(input: {title: "No"}) @skip(if: $skip) { errors { code } }
        ... @include(if: $skip) { c: categoryCreate(input: {title: "C"}) { category { slug } } }
    }
    fragment Same on Mutation { a: categoryCreate(input: {title: $title}) { category { slug } } }"""
    assert await opened.editor.data(query, {"skip": True, "title": "A"}) == {
        "a": {"errors": [], "category": {"slug": "a"}},
        "c": {"category": {"slug": "c"}},
    }
    assert await slugs(opened) == ["a", "c"]


async def test_of_a_variable_null_and_left_out_are_two_things(opened: Desk) -> None:
    query = f"""mutation($slug: String, $description: String) {{
        categoryUpdate(input: {{id: "Category:1", slug: $slug, description: $description}}) {{
            category {{ slug description revision }} {ERRORS}
        }}
    }}"""
    variables: list[Given] = [
        {},
        {"description": "new"},
        {"description": ""},
        {"slug": None},
        {"slug": ""},
    ]
    found = [(await opened.editor.data(query, each))["categoryUpdate"] for each in variables]
    assert [each["category"] for each in found] == [
        {"slug": "apps", "description": "", "revision": 1},
        {"slug": "apps", "description": "new", "revision": 2},
        {"slug": "apps", "description": "", "revision": 3},
        None,
        None,
    ]
    paths = [[error["path"] for error in each["errors"]] for each in found]
    assert paths == [[], [], [], [["input", "slug"]], [["input", "slug"]]]


async def test_null_clears_what_may_be_null_and_what_is_left_out_stays(opened: Desk) -> None:
    fields = "repoUrl repoDescription pypiUrl documentationUrl licenses deprecatedAt"
    selection = f"{{ package {{ {fields} replacedBy {{ slug }} isArchived }} {ERRORS} }}"
    full: Given = {
        "repoDescription": "Of queues",
        "pypiUrl": "https://pypi.example/q2",
        "documentationUrl": "https://q2.example/",
        "licenses": ["MIT", "Apache-2.0"],
        "deprecatedAt": "2026-01-02T03:04:05.000000+00:00",
        "replacedBy": {"slug": "django-q"},
        "isArchived": True,
    }
    empty: Given = {
        **dict.fromkeys(("repoUrl", "pypiUrl", "documentationUrl", "deprecatedAt", "replacedBy")),
        "repoDescription": "",
        "licenses": [],
        "isArchived": False,
    }
    shown = full | {"repoUrl": "https://github.com/django-q2/django-q2"}
    for given, expected in ((full, shown), ({}, shown), (empty, empty)):
        edit = {"id": "Package:2"} | given
        payload = await opened.editor.made("packageUpdate", edit, selection)
        assert payload["package"] == expected
    never = ("title", "slug", "category", "repoHost", "repoDescription", "licenses", "isArchived")
    for name in (*never, "unpin"):
        refused = await opened.editor.refused("packageUpdate", {"id": "Package:2", name: None})
        assert refused == [(name, "INVALID")]


async def test_a_text_that_no_database_holds_is_refused_where_it_is(opened: Desk) -> None:
    before = await everything(opened.engine)
    given = {"id": "Package:2", "title": "a\0", "licenses": ["MIT", "\0"]}
    assert await opened.editor.refused("packageUpdate", given) == [("title", "INVALID")]
    nested = {"packages": [{}, {"slug": "q", "category": {"slug": "\0"}}]}
    expected = [("packages.1.category.slug", "INVALID")]
    assert await opened.editor.refused("packagesUpsert", nested) == expected
    for text in ("\\ud800", "a\\udfff", "\\ud83d"):
        body = orjson.dumps({"query": DELETE, "variables": {"input": {"id": "Grid:1@"}}})
        response = await opened.editor.send(body.replace(b"@", text.encode()))
        assert response.status_code == 400
        query = f'mutation {{ gridDelete(input: {{id: "Grid:1{text}"}}) {{ errors {{ code }} }} }}'
        assert code_of(await opened.editor.send({"query": query})) == "GRAPHQL_PARSE_FAILED"
    assert await written(opened.engine, before) == set()


async def test_every_mutation_that_takes_a_revision_minds_it(opened: Desk) -> None:
    taking = [
        name
        for name in mutations()
        if "expectedRevision" in get_named_type(field_of(name).args["input"].type).fields
    ]
    assert len(taking) == 14
    before = await everything(opened.engine)
    for name in taking:
        for wrong in (0, 2, -1, 2**31 - 1):
            payload = await opened.admin.edit(name, EDITS[name] | {"expectedRevision": wrong})
            (error,) = payload["errors"]
            told = (error["path"], error["code"])
            assert (name, told) == (name, (["input", "expectedRevision"], "CONFLICT"))
            shown = {"feature"} if name == "featureCreate" else set()  # the row is the grid
            for key in payload.keys() & {"category", "package", "grid", "feature", "current"}:
                row = payload[key]
                assert (name, key in shown) == (name, row is None)
                assert row is None or key == "current" or row["revision"] == 1
        for right in (1, None):
            edit = EDITS[name] | {"expectedRevision": right, "dryRun": True}
            await opened.admin.made(name, edit)
    assert await written(opened.engine, before) == set()


async def test_the_rows_of_an_upsert_mind_revisions(opened: Desk) -> None:
    rows = [
        {"slug": "held", "title": "H", "expectedRevision": 1},
        {"slug": "django-q", "title": "Q", "expectedRevision": 7},
    ]
    selection = f"{{ rows {{ outcome package {{ title }} {ERRORS} }} {ERRORS} }}"
    refused = await opened.editor.refused("packagesUpsert", {"packages": rows})
    assert refused == [("packages.1.expectedRevision", "CONFLICT")]
    given = {"packages": rows, "onError": "SKIP_FAILED"}
    made = await opened.editor.made("packagesUpsert", given, selection)
    assert [(row["outcome"], len(row["errors"])) for row in made["rows"]] == [
        ("UPDATED", 0),
        ("FAILED", 1),
    ]
    assert await opened.editor.data('{ a: package(by: {slug: "held"}) { title revision } }') == {
        "a": {"title": "H", "revision": 2}
    }
