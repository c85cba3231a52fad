"""Rows of Django Packages' API v4, as they are read."""

import datetime as dt
import json
from typing import Any

import pytest
from pypi_simple import PYPI_SIMPLE_ENDPOINT
from yarl import URL

from db.category import Category
from db.pypi import OLD_ADDRESS
from ingest.django_packages import Item, base_of, parse
from ingest.errors import Unreadable
from tests.ingest.v4 import Site

INDEX = str(URL(PYPI_SIMPLE_ENDPOINT).origin())


def page(resource: str, *rows: Any) -> bytes:
    return json.dumps({"count": 7, "next": None, "previous": None, "results": rows}).encode()


def package(**values: Any) -> Item:
    (item,) = parse("packages", page("packages", Site().package(2948, **values))).items
    return item


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def test_a_package_with_all_that_there_may_be() -> None:
    item = package(
        title="Django Q",
        slug="django-q",
        grids=(136, 303),
        last_updated="2021-06-26T08:04:16-04:00",
        pypi_version="1.3.9",
        repo_forks=314,
        repo_description=" A multiprocessing\r\n task queue ",
        pypi_url=OLD_ADDRESS,
        documentation_url="https://django-q.readthedocs.org",
        repo_watchers=1878,
        commits_over_52=[0] * 51 + [3],
        participants=["Koed00", "dependabot[bot]"],
    )
    assert (item.number, item.category, item.grids, item.wrong) == (2948, 1, (136, 303), ())
    assert item.last_fetched == instant("2026-02-15T08:05:54.219101+00:00")
    values = dict(item.values)
    assert values.pop("repo_url").key == "github.com/owner/package-2948"
    assert values == {
        "title": "Django Q",
        "slug": "django-q",
        "last_updated": instant("2021-06-26T12:04:16+00:00"),
        "pypi_version": "1.3.9",
        "created": instant("2015-06-28T19:11:49.575042+00:00"),
        "modified": instant("2026-01-28T21:47:08.059234+00:00"),
        "repo_forks": 314,
        "repo_description": "A multiprocessing task queue",
        "pypi_url": OLD_ADDRESS,
        "documentation_url": "https://django-q.readthedocs.org",
        "repo_watchers": 1878,
        "commits_over_52": [0] * 51 + [3],
        "commits_over_52_ends": instant("2026-02-15T00:00:00+00:00"),
        "participants": ["Koed00", "dependabot[bot]"],
    }


def test_what_is_zero_or_empty_there_is_not_known() -> None:
    item = package(last_fetched=None, created=None, modified=None, repo_url="")
    assert item.values == {"title": "Package 2948", "slug": "package-2948"}
    assert item.last_fetched is None
    assert package(documentation_url="").values == package(documentation_url=None).values


@pytest.mark.parametrize(
    ("there", "in_utc"),
    [
        ("2024-06-01T07:50:28", "2024-06-01T11:50:28+00:00"),
        ("2024-01-12T15:28:41.5", "2024-01-12T20:28:41.500000+00:00"),
        ("2024-06-01T07:50:28Z", "2024-06-01T07:50:28+00:00"),
        ("2024-06-01T07:50:28+02:00", "2024-06-01T05:50:28+00:00"),
        ("2024-11-03T01:30:00", "2024-11-03T05:30:00+00:00"),  # the first of two
        ("2024-03-10T02:30:00", "2024-03-10T07:30:00+00:00"),  # one that no clock showed
    ],
)
def test_dates_without_an_offset_are_new_yorks(there: str, in_utc: str) -> None:
    assert package(last_updated=there).values["last_updated"] == instant(in_utc)


@pytest.mark.parametrize(
    "url",
    [
        OLD_ADDRESS,
        OLD_ADDRESS.replace("http:", "https:"),
        f"{INDEX}/project/django-q/",
    ],
)
def test_an_address_on_the_index_stays_as_it_is_spelled(url: str) -> None:
    assert package(pypi_url=f" {url} ").values["pypi_url"] == url


def test_a_name_may_stand_in_place_of_the_address() -> None:
    values = package(pypi_url="Django_Q").values
    assert (values["pypi_name"], "pypi_url" in values) == ("django-q", False)


@pytest.mark.parametrize(
    ("given", "weeks"),
    [
        (",".join("1" * 52), [1] * 52),
        ([*",".join("2" * 52)], [2] * 52),  # of a text there, whose letters are listed
        ([0] * 52, [0] * 52),
    ],
)
def test_commits_are_a_list_or_a_text(given: Any, weeks: list[int]) -> None:
    assert package(commits_over_52=given).values["commits_over_52"] == weeks


def test_participants_are_a_list_or_a_text() -> None:
    assert package(participants="ann, bob,,ann").values["participants"] == ["ann", "bob", "ann"]
    assert len(package(participants=[f"p{n}" for n in range(400)]).values["participants"]) == 100


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "no slug!"),
        ("title", 7),
        ("repo_url", "https://github.com/owner-alone"),
        ("repo_url", ["https://github.com/o/r"]),
        ("repo_watchers", -1),
        ("repo_forks", 2**31),
        ("pypi_url", "https://example.org/django-q"),
        ("documentation_url", "ftp://example.org"),
        ("commits_over_52", [1, 2, 3]),
        ("commits_over_52", "1,two"),
        ("commits_over_52", ["1", 2]),
        ("participants", {"ann": 1}),
        ("last_updated", "yesterday"),
        ("last_updated", "2999-01-01T00:00:00Z"),
        ("created", 7),
        ("category", "https://example.org/categories/apps/"),
        ("grids", ["https://example.org/grids/1/", 7]),
    ],
)
def test_a_field_that_cannot_be_read_is_left_out_and_told(field: str, value: Any) -> None:
    item = package(**({} if field == "grids" else {field: value}))
    if field == "grids":
        row = Site().package(2948) | {"grids": value}
        (item,) = parse("packages", page("packages", row)).items
    (wrong,) = item.wrong
    assert wrong.startswith(f"{field}: expected ")
    assert field not in item.values
    assert str(value) not in wrong
    assert item.values["modified"]


def test_categories_and_grids() -> None:
    (item,) = parse("categories", page("categories", Site().category(4, title_plural=""))).items
    assert item.model is Category
    assert item.values == {
        "title": "App",
        "slug": "apps",
        "show_pypi": True,
        "created": instant("2010-08-15T02:47:52+00:00"),
        "modified": instant("2022-03-05T02:48:41.249944+00:00"),
    }
    grid = Site().grid(7, is_locked=True, description="One\r\nline\x00 ")
    (item,) = parse("grids", page("grids", grid)).items
    assert {
        name: item.values[name] for name in ("title", "is_locked", "header", "description")
    } == {
        "title": "Grid 7",
        "is_locked": True,
        "header": False,
        "description": "One\nline",
    }


@pytest.mark.parametrize("row", [None, 7, [], {}, {"id": 0}, {"id": "1"}, {"id": 1_000_001}])
def test_a_row_without_a_number_is_told_and_the_others_are_read(row: Any) -> None:
    read = parse("packages", page("packages", row, Site().package(1)))
    assert [item.number for item in read.items] == [1]
    assert (read.count, read.size) == (7, 2)
    (wrong,) = read.wrong
    assert wrong.startswith("row 1 of its page: ")


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"count":1}', b'{"results":[]}', b'{"count":-1,"results":[]}', b"<html>"],
)
def test_what_is_no_page_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable, match="Django Packages"):
        parse("packages", body)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://example.org/",
        "https://example.org/api/v4",
        " https://example.org/api/v4/ ",
    ],
)
def test_the_address_is_that_of_the_site_or_of_the_api(url: str) -> None:
    assert base_of(url) == "https://example.org/api/v4"
