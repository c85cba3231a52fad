"""PyPI: what is asked, and what is read of its answers."""

import copy
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table

from db import checks
from db.fields import check_of
from db.package import Package
from db.repo_url import normalize
from ingest.errors import Missing, Unreadable
from ingest.facts import Facts, Fetched, Release, Subject
from ingest.http import Client, Times
from ingest.pypi import fetch, parse
from tests.ingest.upstream import Rule, World, running

PROJECT = json.loads((Path(__file__).parent / "fixtures" / "pypi_project.json").read_text())
AT = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
COLUMNS = Table("package", Package.metadata).columns
QUICK = Times(connect=1, read=0.5, total=1, patience=2, backoff=0.01)


def facts_of(project: Any, name: str = "grid-tools") -> Facts:
    return parse(Fetched(AT, {"project": json.dumps(project).encode()}, {"name": name}))


def changed(*path_and_value: Any) -> Any:
    """The project with one value of another kind: the keys that lead there, and the value."""
    *path, last, value = path_and_value
    project = inner = copy.deepcopy(PROJECT)
    for key in path:
        inner = inner[key]
    inner[last] = value
    return project


def release(found: Facts, number: str) -> Release:
    return next(each for each in found.releases or () if each.number == number)


def test_a_project_is_read() -> None:
    assert facts_of(PROJECT) == Facts(
        {
            "pypi_version": "2.0.1",
            "licenses": ["BSD-2-Clause"],
            "requires_python": ">=3.10",
            "supports_python3": True,
            "development_status": "STABLE",
            "documentation_url": "https://docs.example.org/grid-tools/",
            "homepage_url": "https://grid-tools.example.org/",
            "repo_description": "Tools for grids",
            "advisories": ["PYSEC-2025-1"],
        },
        repo_url="https://github.com/grid-folk/Grid-Tools",
        releases=(
            Release("0.1", None, (), None, None, False, False),
            Release("1.0", utc(2021, 3, 4, 5, 6, 7, 250_000), (), ">=3.6", None, False, False),
            Release("2.0", utc(2025, 1, 2, 3, 4, 5), (), ">=3.10", None, True, False),
            Release(
                "2.0.1",
                utc(2025, 1, 3, 3, 4, 5),
                ("BSD-2-Clause",),
                ">=3.10",
                "STABLE",
                False,
                False,
            ),
            Release("3.0b1", utc(2025, 2, 3, 4, 5, 6), (), ">=3.12", None, False, True),
        ),
    )


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


def test_nothing_new_is_no_facts() -> None:
    assert parse(Fetched(AT, {}, {"name": "grid-tools"})) == Facts({})


def test_without_releases_the_current_one_is_told_of() -> None:
    project = copy.deepcopy(PROJECT)
    del project["releases"]
    found = facts_of(project)
    assert found.values == facts_of(PROJECT).values
    assert found.releases == (release(facts_of(PROJECT), "2.0.1"),)


@pytest.mark.parametrize(
    ("numbers", "newest"),
    [
        ({"1.9": False, "1.10": False, "2.0rc1": False}, "1.10"),
        ({"1.0": True, "0.9": False}, "0.9"),
        ({"1.0": True, "1.1b1": False}, "1.1b1"),
        ({"1.0a1": False, "1.0a2": False}, "1.0a2"),
        ({"1.0": True, "1.1": True, "1.2b1": True}, "1.1"),
        ({"banana": False, "2004d": False, "0.1rc1": False}, "0.1rc1"),
        ({"banana": False}, "banana"),
    ],
)
def test_the_version_is_the_newest_stable_one_that_is_not_yanked(
    numbers: dict[str, bool], newest: str
) -> None:
    releases = {number: [{"yanked": is_yanked}] for number, is_yanked in numbers.items()}
    project = changed("releases", releases)
    project["info"]["version"] = min(numbers)
    assert facts_of(project).values["pypi_version"] == newest


@pytest.mark.parametrize(
    "number", ["", " ", " 1.0", "1\x000", "9" * 100, "1.0\u202e", "x" * 1_000_000]
)
def test_a_number_that_cannot_be_held_is_left_out(number: str) -> None:
    project = changed("releases", number, [])
    assert facts_of(project) == facts_of(PROJECT)


@pytest.mark.parametrize("number", ["", "9" * 100])
def test_a_current_number_that_cannot_be_held_is_left_out(number: str) -> None:
    project = changed("info", "version", number)
    assert facts_of(project).values["pypi_version"] == "2.0.1"
    del project["releases"]
    assert facts_of(project).releases is None
    assert "pypi_version" not in facts_of(project).values


def test_a_release_without_files_is_yanked_where_info_says_so() -> None:
    project = changed("releases", {"2.0.1": [], "1.0": []})
    project["info"]["yanked"] = True
    found = facts_of(project)
    assert release(found, "2.0.1").is_yanked
    assert not release(found, "1.0").is_yanked
    assert found.values["pypi_version"] == "1.0"


@pytest.mark.parametrize(
    ("requires", "classifiers", "is_supported"),
    [
        (">=3.8", [], True),
        (">=2.7, !=3.0.*, !=3.1.*", [], True),
        ("~=3.6.2", [], True),
        ("==3.7.*", [], True),
        (">=3.14", [], True),
        (">=2.7,<3", ["3"], False),
        ("==2.7.*", [], False),
        (">=3.6.*", ["3 :: Only"], True),
        ("nonsense", [], None),
        (None, ["2.7"], False),
        (None, ["2.7", "3.4"], True),
        ("", ["Implementation :: CPython"], None),
    ],
)
def test_support_for_python_3(
    requires: str | None, classifiers: list[str], is_supported: bool | None
) -> None:
    project = changed("info", "requires_python", requires)
    project["info"]["classifiers"] = [f"Programming Language :: Python :: {c}" for c in classifiers]
    project["releases"]["2.0.1"][0]["requires_python"] = None
    assert facts_of(project).values.get("supports_python3") is is_supported


@pytest.mark.parametrize(
    ("labelled", "home_page", "documentation", "homepage", "repository"),
    [
        ({"DOCUMENTATION": "https://a.example/d"}, None, "https://a.example/d", None, None),
        ({}, "https://x.readthedocs.io/", *["https://x.readthedocs.io/"] * 2, None),
        ({}, "https://a.example", None, "https://a.example", None),
        ({}, "https://github.com/o/r", None, "https://github.com/o/r", "https://github.com/o/r"),
        ({"Home-page": "https://a.example"}, "https://b.example", None, "https://a.example", None),
        (
            {"Homepage": "https://a.example"},
            "https://gitlab.com/g/s/r",
            None,
            "https://a.example",
            "https://gitlab.com/g/s/r",
        ),
        ({"Git Hub": "http://www.github.com/o/r.git"}, "", None, None, "https://github.com/o/r"),
        (
            {"Source": "https://git.example.org/r", "GitHub": "https://github.com/o/r"},
            None,
            None,
            None,
            "https://git.example.org/r",
        ),
        (
            {"Source": "https://github.com/orgs/o", "Code": "https://codeberg.org/o/r"},
            None,
            None,
            None,
            "https://codeberg.org/o/r",
        ),
        ({"Docs": "javascript:alert(1)", "Source": "ftp://a/b"}, "UNKNOWN", None, None, None),
    ],
)
def test_addresses_are_found_by_label_and_then_by_the_home_page(
    labelled: dict[str, str],
    home_page: str | None,
    documentation: str | None,
    homepage: str | None,
    repository: str | None,
) -> None:
    project = changed("info", "project_urls", labelled)
    project["info"]["home_page"] = home_page
    found = facts_of(project)
    assert found.values.get("documentation_url") == documentation
    assert found.values.get("homepage_url") == homepage
    assert found.repo_url == repository


def test_what_is_not_said_is_not_in_the_facts() -> None:
    project = {"info": {"name": "grid-tools", "version": "1.0"}}
    assert facts_of(project) == Facts(
        {"pypi_version": "1.0"}, releases=(Release("1.0", None, (), None, None, False, False),)
    )


@pytest.mark.parametrize(
    ("project", "complaint"),
    [
        ([], "expected an object with info"),
        ({}, "info is missing"),
        (changed("info", "version", None), "version is missing"),
        (changed("info", "name", "django"), "name: expected grid-tools"),
        (changed("info", "name", "?"), "name: expected grid-tools"),
        (changed("info", "summary", 7), "summary: expected a text"),
        (changed("info", "classifiers", "x"), "classifiers: expected a list"),
        (changed("info", "project_urls", "Docs", 7), "Docs: expected a text"),
        (changed("releases", []), "releases: expected an object"),
        (changed("releases", "1.0", 7), "1.0: expected a list"),
        (changed("releases", "1.0", [7]), "1.0: expected an object"),
        (changed("releases", "2.0", 0, "yanked", "no"), "yanked: expected true or false"),
        (
            changed("releases", "2.0", 0, "upload_time_iso_8601", "2025-01-02T03:04:05"),
            "upload_time_iso_8601: expected a date",
        ),
        (changed("vulnerabilities", {}), "vulnerabilities: expected a list"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(project: Any, complaint: str) -> None:
    with pytest.raises(Unreadable, match=f"^The answer of PyPI cannot be read: {complaint}"):
        facts_of(project)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["a\x00b", "\u202eevil", "", 10**400, 2**63, "1.0", "9" * 400, "\ud800"])
    | st.sampled_from(
        ["9999-12-31T23:59:59Z", "2024-01-01T00:00:00+99:00", "https://[", "UNKNOWN"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    changes=st.lists(
        st.tuples(st.sampled_from(sorted(places(PROJECT), key=str)), odd | st.just(...)), max_size=3
    )
)
def test_whatever_is_answered_facts_are_sound_or_it_is_unreadable(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    project = copy.deepcopy(PROJECT)
    for (*path, last), value in changes:
        try:
            inner = project
            for key in path:
                inner = inner[key]
            if value is ...:
                del inner[last]
            else:
                inner[last] = value
        except (IndexError, KeyError, TypeError):
            continue  # an earlier change took this place away
    try:
        found = facts_of(project)
    except Unreadable as error:
        assert str(error).startswith("The answer of PyPI")  # noqa: PT017
        return
    assert_sound(found)


def assert_sound(found: Facts) -> None:
    """That each value is as its column takes it."""
    columns = {"homepage_url": checks.url, "advisories": checks.list_of(checks.text(100), 100)}
    for column, value in found.values.items():
        check = columns.get(column) or check_of(COLUMNS[column])
        assert check(value) == value
    assert found.repo_url is None or normalize(found.repo_url).url == found.repo_url
    for each in found.releases or ():
        assert checks.text(99)(each.number) == each.number
        assert each.uploaded_at is None or checks.instant(each.uploaded_at) == each.uploaded_at
    assert len({each.number for each in found.releases or ()}) == len(found.releases or ())


async def test_a_project_costs_one_conditional_request() -> None:
    world = World(3)
    async with running(world) as upstream, Client(upstream.settings(), times=QUICK) as client:
        subject = Subject(7, "pypi", world.project(1).name)
        requests = client.requests()
        first = (await fetch(requests, [subject]))[7]
        assert isinstance(first, Fetched)
        assert requests.count == 1
        assert parse(first).values["pypi_version"]
        again = Subject(7, "pypi", subject.name, memo=first.memo)
        second = (await fetch(client.requests(), [again]))[7]
        assert isinstance(second, Fetched)
        assert (second.bodies, second.memo) == ({}, first.memo)
        assert upstream.stats.status(304, "pypi") == 1
        # Under another name it is another project, of which nothing is known.
        other = Subject(7, "pypi", world.project(2).name, memo=first.memo)
        third = (await fetch(client.requests(), [other]))[7]
        assert isinstance(third, Fetched)
        assert third.memo["name"] == other.name
        assert parse(third).values


async def test_what_fails_is_told_of_its_package_alone() -> None:
    world = World(3)
    async with running(world) as upstream, Client(upstream.settings(), times=QUICK) as client:
        subjects = [
            Subject(1, "pypi", world.project(1).name),
            Subject(2, "pypi", "there-is-no-such-project"),
        ]
        found = await fetch(client.requests(2), subjects)
        assert isinstance(found[1], Fetched)
        assert isinstance(found[2], Missing)


ODD = ["202", "204", "bad_dates", "bad_utf8", "bad_versions", "byte_order_mark", "deep", "empty"]
ODD += ["html", "huge_numbers", "list", "missing_keys", "nasty_strings", "not_a_number", "null"]
ODD += ["nulls", "text", "truncated", "wrong_types"]


@pytest.mark.parametrize("fault", ODD)
async def test_odd_answers_end_in_sound_facts_or_are_unreadable(fault: str) -> None:
    world = World(20)
    subjects = [Subject(number, "pypi", world.project(number).name) for number in range(20)]
    async with (
        running(world, rules=[Rule(fault)]) as upstream,
        Client(upstream.settings(), times=QUICK) as client,
    ):
        found = await fetch(client.requests(len(subjects)), subjects)
    for answer in found.values():
        assert isinstance(answer, Fetched)
        try:
            assert_sound(parse(answer))
        except Unreadable as error:
            assert "PyPI" in str(error)  # noqa: PT017
