"""Many packages at once are made or changed, each by itself or all of them or none."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from db.grid_edits import grid_update
from db.package_edits import package_update
from db.packages_upsert import MOST_ROWS, packages_upsert
from db.pypi import OLD_ADDRESS
from tests.db.editing import ADMIN, edited, errors, found_by, refused
from tests.db.small import SMALL, fetch, loaded

Row = dict[str, Any]

APPS = {"slug": "apps"}
QUEUES = {"slug": "queues"}
Q: Row = {"repoUrl": "git@github.com:koed00/Django-Q"}
NEW: Row = {"repoUrl": "https://codeberg.org/a/New_Thing", "category": APPS}


@pytest.fixture(autouse=True)
async def _filled(engine: AsyncEngine) -> None:
    await loaded(engine, *SMALL)


async def upserted(engine: AsyncEngine, *rows: Row, **given: Any) -> list[tuple[Any, ...]]:
    """The outcome, key and codes of each row, and see that the log agrees with it."""
    outcome, changes = await edited(engine, packages_upsert, {"packages": [*rows], **given})
    made = {each["node_id"] for each in changes if each["action"] == "CREATE"}
    assert made == {row["node"] for row in outcome["rows"] if row["outcome"] == "CREATED"}
    return [
        (
            row["outcome"],
            row["node"],
            *((".".join(error["path"]), error["code"]) for error in row["errors"]),
        )
        for row in outcome["rows"]
    ]


async def slugs(engine: AsyncEngine) -> list[str]:
    return [slug for (slug,) in await fetch(engine, "SELECT slug FROM package ORDER BY id")]


async def pinned(engine: AsyncEngine, key: int) -> list[str]:
    query = f"SELECT field FROM pin WHERE package_id = {key} ORDER BY field"
    return [field for (field,) in await fetch(engine, query)]


async def test_each_row_says_what_became_of_it(engine: AsyncEngine) -> None:
    rows = (NEW, Q | {"repoDescription": "New"}, {"slug": "Django-Q2", "title": "Django Q2"})
    assert await upserted(engine, *rows) == [("CREATED", 3), ("UPDATED", 1), ("UNCHANGED", 2)]
    assert await slugs(engine) == ["django-q", "django-q2", "new_thing"]
    assert await fetch(engine, "SELECT revision FROM package ORDER BY id") == [(2,), (1,), (1,)]
    assert await fetch(engine, "SELECT title, repo_host FROM package WHERE id = 3") == [
        ("New_Thing", "CODEBERG")
    ]
    assert [await pinned(engine, key) for key in (1, 2, 3)] == [
        ["REPO_DESCRIPTION"],
        ["TITLE"],
        [],
    ]
    assert await found_by(engine, "thing") == {"PACKAGE:3"}
    again = await upserted(engine, *rows)
    assert again == [("UNCHANGED", 3), ("UNCHANGED", 1), ("UNCHANGED", 2)]


async def test_all_fields(engine: AsyncEngine) -> None:
    fields: Row = {
        "slug": "thing",
        "title": "Thing",
        "category": {"id": "Category:1"},
        "repoDescription": "Things",
        "pypiUrl": OLD_ADDRESS,
        "documentationUrl": "https://thing.example.org",
        "licenses": ["MIT", "BSD-3-Clause"],
        "deprecatedAt": dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        "replacedBy": {"pypi": "DJANGO-q"},
        "grids": [QUEUES, {"databaseId": 1_000_001}],
    }
    _, changes = await edited(engine, packages_upsert, {"packages": [NEW | fields]})
    diff = changes[0]["diff"]
    told = {name: diff[name][1] for name in fields.keys() - {"grids"}}
    expected = {name: value for name, value in fields.items() if name != "grids"}
    assert told == expected | {
        "category": "Category:1",
        "deprecatedAt": "2026-03-01T00:00:00.000000+00:00",
        "replacedBy": "Package:1",
    }
    assert diff["pypiName"] == [None, "django-q"]
    assert changes[1]["diff"] == {"packages": {"Package:3": [False, True]}}
    assert len(await pinned(engine, 3)) == 7
    cleared: Row = {"pypiUrl": None, "replacedBy": None, "deprecatedAt": None, "licenses": []}
    _, (change,) = await edited(
        engine, packages_upsert, {"packages": [{"slug": "thing", **cleared}]}
    )
    assert change["diff"].keys() == cleared.keys() | {"pypiName"}


async def test_grids_are_added_to(engine: AsyncEngine) -> None:
    rows = [{"slug": slug, "grids": [QUEUES]} for slug in ("django-q", "django-q2")]
    assert await upserted(engine, *rows) == [("UNCHANGED", 1), ("UPDATED", 2)]
    assert await upserted(engine, {"slug": "django-q", "grids": []}) == [("UNCHANGED", 1)]
    assert await fetch(engine, "SELECT package_id FROM grid_package ORDER BY 1") == [(1,), (2,)]
    assert await fetch(engine, "SELECT grid_count, revision FROM package") == [(1, 1)] * 2


async def test_a_locked_grid_may_be_named_by_what_is_in_it(engine: AsyncEngine) -> None:
    await edited(engine, grid_update, {"id": "Grid:1", "isLocked": True}, ADMIN)
    assert await upserted(engine, {"slug": "django-q", "grids": [QUEUES]}) == [("UNCHANGED", 1)]
    given = {"packages": [{"slug": "django-q2", "grids": [QUEUES]}, NEW | {"grids": [QUEUES]}]}
    assert await errors(engine, packages_upsert, given) == [
        ("packages.0.grids.0", "LOCKED"),
        ("packages.1.grids.0", "LOCKED"),
    ]


async def test_names_change_by_the_other_name(engine: AsyncEngine) -> None:
    rows = (Q | {"slug": "Q1"}, {"slug": "django-q2", "repoUrl": "gitlab.com/q/q2"})
    assert await upserted(engine, *rows) == [("UPDATED", 1), ("UPDATED", 2)]
    assert await fetch(engine, "SELECT slug, repo_key, repo_host FROM package ORDER BY id") == [
        ("Q1", "github.com/koed00/django-q", "GITHUB"),
        ("django-q2", "gitlab.com/q/q2", "GITLAB"),
    ]
    assert await fetch(engine, "SELECT name, node_id FROM alias ORDER BY name") == [
        ("django-q", 1),
        ("github.com/django-q2/django-q2", 2),
    ]


async def test_a_row_by_a_former_name_makes_no_other_package(engine: AsyncEngine) -> None:
    given = {"id": "Package:1", "slug": "q", "repoUrl": "gitlab.com/q/q"}
    await edited(engine, package_update, given)
    by_slug = {"slug": "django-q", "title": "Q"}
    assert await upserted(engine, by_slug) == [("UPDATED", 1)]
    assert await upserted(engine, Q | {"title": "Q"}) == [("UNCHANGED", 1)]
    assert await fetch(engine, "SELECT slug, repo_key FROM package WHERE id = 1") == [
        ("q", "gitlab.com/q/q")
    ]
    # A name of now is more than a former one.
    rows = ({"slug": "django-q2"} | Q, {"slug": "django-q", "title": "Q"})
    assert await upserted(engine, *rows) == [("UPDATED", 2), ("UNCHANGED", 1)]
    assert await fetch(engine, "SELECT name, node_id FROM alias ORDER BY name") == [
        ("django-q", 1),
        ("github.com/django-q2/django-q2", 2),
    ]


async def test_made_slugs_give_way(engine: AsyncEngine) -> None:
    rows = [
        *(NEW | {"repoUrl": f"https://github.com/o{owner}/Django-Q"} for owner in range(12)),
        {"slug": "django-q-3", "category": APPS},
        NEW | {"slug": "Other"},
        NEW | {"repoUrl": "https://github.com/o/other"},
    ]
    assert {outcome for outcome, _ in await upserted(engine, *rows)} == {"CREATED"}
    numbers = [2, *range(4, 15)]
    assert (await slugs(engine))[2:] == [
        *(f"django-q-{number}" for number in numbers),
        "django-q-3",
        "Other",
        "other-2",
    ]
    query = "SELECT title FROM package WHERE slug = 'django-q-3'"
    assert await fetch(engine, query) == [("django-q-3",)]


async def test_a_replacement_may_be_made_by_an_earlier_row(engine: AsyncEngine) -> None:
    by_slug = {"slug": "django-q", "replacedBy": {"slug": "new_thing"}}
    by_url = {"slug": "django-q2", "replacedBy": {"repoUrl": "codeberg.org/A/new_thing.git"}}
    made = {"slug": "old", "category": APPS, "replacedBy": {"slug": "django-q"}}
    outcomes = await upserted(engine, NEW, by_slug, by_url, made)
    assert outcomes == [("CREATED", 3), ("UPDATED", 1), ("UPDATED", 2), ("CREATED", 4)]
    query = "SELECT replaced_by_id FROM package ORDER BY id"
    assert await fetch(engine, query) == [(3,), (3,), (None,), (1,)]
    loop = {"slug": "new_thing", "replacedBy": {"slug": "old"}}
    assert await errors(engine, packages_upsert, {"packages": [loop]}) == [
        ("packages.0.replacedBy", "INVALID")
    ]
    both = [
        {"slug": "django-q2", "replacedBy": {"slug": "old"}},
        {"slug": "old", "replacedBy": {"slug": "django-q2"}},
    ]
    assert await errors(engine, packages_upsert, {"packages": both}) == [
        ("packages.1.replacedBy", "INVALID")
    ]


WRONG: list[tuple[list[Row], list[tuple[str, str]]]] = [
    ([{}], [("0", "INVALID")]),
    ([{"title": "x", "slug": None, "repoUrl": None}], [("0", "INVALID")]),
    ([{"slug": "a b", "category": APPS}], [("0.slug", "INVALID")]),
    ([{"repoUrl": "nowhere", "category": APPS}], [("0.repoUrl", "INVALID")]),
    ([{"repoUrl": "gitlab.com/a/b"}], [("0.category", "INVALID")]),
    ([NEW | {"category": None}], [("0.category", "INVALID")]),
    ([NEW | {"category": {"slug": "x"}, "grids": [{"id": "Grid:9"}], "title": ""}], [
        ("0.title", "INVALID"), ("0.category.slug", "NOT_FOUND"), ("0.grids.0.id", "NOT_FOUND"),
    ]),
    ([NEW | {"grids": None}], [("0.grids", "INVALID")]),
    ([NEW | {"grids": [QUEUES] * 101}], [("0.grids", "TOO_MANY")]),
    ([Q | {"licenses": None, "documentationUrl": "x"}], [
        ("0.documentationUrl", "INVALID"), ("0.licenses", "INVALID"),
    ]),
    ([NEW | {"expectedRevision": 1}], [("0.expectedRevision", "CONFLICT")]),
    ([Q | {"expectedRevision": 2}], [("0.expectedRevision", "CONFLICT")]),
    ([NEW, {"repoUrl": "codeberg.org/a/new_thing/issues", "slug": "x"}], [
        ("1.repoUrl", "INVALID"),
    ]),
    ([NEW | {"slug": "x"}, {"slug": "X"}], [("1.slug", "INVALID")]),
    ([Q, {"slug": "django-q"}], [("1", "INVALID")]),
    ([Q | {"slug": "q"}, {"slug": "django-q"}], [("1", "INVALID")]),
    ([{"slug": "django-q2"} | Q], [("0.slug", "TAKEN")]),
    ([Q | {"slug": "q"}, NEW | {"slug": "django-q"}], [("1", "INVALID")]),
    ([{"slug": "django-q2", "replacedBy": {"slug": "new_thing"}}, NEW], [
        ("0.replacedBy.slug", "NOT_FOUND"),
    ]),
    ([Q | {"replacedBy": {"slug": "django-q"}}], [("0.replacedBy", "INVALID")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), WRONG)
async def test_each_error_names_its_row_and_field(
    engine: AsyncEngine, rows: list[Row], expected: list[tuple[str, str]]
) -> None:
    found = await errors(engine, packages_upsert, {"packages": rows})
    assert found == [(f"packages.{path}", code) for path, code in expected]


async def test_by_default_one_wrong_row_refuses_all(engine: AsyncEngine) -> None:
    rows = [NEW, Q | {"title": ""}, {"slug": "django-q2", "expectedRevision": 4}]
    for given in ({}, {"onError": None}, {"onError": "ALL_OR_NOTHING"}):
        refusal = await refused(engine, packages_upsert, {"packages": rows} | given)
        assert [error.path[2:] for error in refusal.errors] == [
            ("1", "title"),
            ("2", "expectedRevision"),
        ]
        assert refusal.current == "Package:2"


async def test_all_errors_are_told(engine: AsyncEngine) -> None:
    rows = [{"slug": f"p{number}"} for number in range(30)]
    assert len(await errors(engine, packages_upsert, {"packages": rows})) == 30


async def test_of_a_failed_row_nothing_is_done(engine: AsyncEngine) -> None:
    rows = [
        Q | {"title": "Q", "grids": [{"slug": "none"}]},
        NEW | {"grids": [QUEUES, {"slug": "none"}], "slug": "a"},
        NEW | {"repoUrl": "gitlab.com/b/b", "replacedBy": {"slug": "a"}},
        {"slug": "django-q2", "title": "Q2", "replacedBy": {"slug": "c"}},
        {"slug": "c", "category": APPS, "repoUrl": "gitlab.com/c/c"},
        {"slug": "d", "category": APPS, "repoUrl": "GitLab.com/C/C"},
    ]
    assert await upserted(engine, *rows, onError="SKIP_FAILED") == [
        ("FAILED", 1, ("input.packages.0.grids.0.slug", "NOT_FOUND")),
        ("FAILED", None, ("input.packages.1.grids.1.slug", "NOT_FOUND")),
        ("FAILED", None, ("input.packages.2.replacedBy.slug", "NOT_FOUND")),
        ("FAILED", 2, ("input.packages.3.replacedBy.slug", "NOT_FOUND")),
        ("CREATED", 5),
        ("FAILED", None, ("input.packages.5.repoUrl", "INVALID")),
    ]
    assert await slugs(engine) == ["django-q", "django-q2", "c"]
    assert await fetch(engine, "SELECT title FROM package WHERE id < 3 ORDER BY id") == [
        ("Django Q",),
        ("Django Q2",),
    ]
    assert await fetch(engine, "SELECT field FROM pin") == []
    assert await fetch(engine, "SELECT package_id FROM grid_package") == [(1,)]
    assert await fetch(engine, "SELECT package_id FROM ingest ORDER BY 1") == [(1,), (2,), (5,)]


async def test_more_rows_than_are_taken(engine: AsyncEngine) -> None:
    given = {"packages": [NEW] * (MOST_ROWS + 1)}
    assert await errors(engine, packages_upsert, given) == [("packages", "TOO_MANY")]
    assert await upserted(engine) == []


async def test_as_many_statements_for_many_rows_as_for_few(engine: AsyncEngine) -> None:
    def rows(first: int, last: int) -> list[Row]:
        return [
            {
                "repoUrl": f"https://github.com/owner/p{number}",
                "category": APPS,
                "title": f"Title {number}",
                "replacedBy": {"slug": f"p{number - 1}"} if number > first else None,
                "grids": [QUEUES],
            }
            for number in range(first, last)
        ]

    async def count(given: list[Row]) -> int:
        statements: list[str] = []

        def note(*arguments: Any) -> None:
            statements.append(arguments[2])

        event.listen(engine.sync_engine, "before_cursor_execute", note)
        outcomes = await upserted(engine, *given)
        event.remove(engine.sync_engine, "before_cursor_execute", note)
        assert len({outcome for outcome, _ in outcomes}) == 1
        return len(statements)

    few, many = rows(0, 5), rows(5, 99)
    assert await count(few) == await count(many)

    def renamed(given: list[Row]) -> list[Row]:
        return [row | {"slug": f"{row['title'][6:]}-new", "title": "New"} for row in given]

    for each in (few, many):
        for row in each:
            del row["replacedBy"]
    assert await count(renamed(few)) == await count(renamed(many))
