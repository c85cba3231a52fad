"""The REST API v4: its rows, pages, refusals and the page for browsers."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.application import Application, application
from web.v4 import METHODS

BASE = "http://test/api/v4"


@pytest.fixture
async def app(directory_url: str) -> AsyncIterator[Application]:
    async with application(directory_url) as app:
        yield app


async def get(app: Application, path: str, **headers: str) -> Any:
    response = await app.client.get(f"/api/v4{path}", headers=headers)
    return response.json()


async def test_a_package_is_as_v4_has_it(app: Application) -> None:
    found = await get(app, "/packages/django-q/")
    assert found == await get(app, "/packages/2948/")
    assert list(found)[:5] == ["category", "grids", "id", "title", "slug"]
    assert found["grids"][0] == f"{BASE}/grids/136/"
    assert found["created"] == "2015-06-28T15:11:49.575042-04:00"
    assert found["last_fetched"] == "2026-02-15T03:05:54.219101-05:00"
    assert found["last_updated"] == "2021-06-26T08:04:16-04:00"


async def test_what_is_unknown_is_empty_as_in_v4(app: Application) -> None:
    page = await get(app, "/packages/?limit=1000")
    for row in page["results"]:
        assert None not in (row["repo_url"], row["pypi_url"], row["documentation_url"])
        assert isinstance(row["repo_forks"], int)
    assert {row["last_fetched"] for row in page["results"]} > {None}


async def test_a_page_of_a_hundred_is_one_statement(app: Application) -> None:
    app.recorder.statements.clear()
    page = await get(app, "/packages/?limit=100")
    assert len(page["results"]) == 100
    assert len(app.recorder.statements) == 1
    numbers = [row["id"] for row in page["results"]]
    assert numbers == sorted(numbers, reverse=True)


async def test_pages_follow_each_other(app: Application) -> None:
    address, numbers = f"{BASE}/grids/?limit=7", []
    while address:
        page = (await app.client.get(address)).json()
        numbers += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(numbers) == len({*numbers}) == page["count"]
    assert page["previous"] == f"{BASE}/grids/?limit=7&offset={len(numbers) - 8}"


@pytest.mark.parametrize("query", ["limit=0", "limit=-1&offset=-5", "limit=x&offset=y", "offset="])
async def test_a_limit_that_is_none_is_twenty(app: Application, query: str) -> None:
    page = await get(app, f"/packages/?{query}")
    assert len(page["results"]) == 20
    assert page["previous"] is None
    assert "limit=20&offset=20" in page["next"]


async def test_what_is_beyond_the_end_is_empty(app: Application) -> None:
    page = await get(app, f"/packages/?limit={10**30}&offset={10**20}")
    assert (page["results"], page["next"]) == ([], None)


async def test_other_parameters_stay_in_the_addresses(app: Application) -> None:
    page = await get(app, "/packages/?q=a%20b&limit=1&limit=2&offset=1&format=json")
    assert page["next"] == f"{BASE}/packages/?format=json&limit=2&offset=3&q=a+b"
    assert page["previous"] == f"{BASE}/packages/?format=json&limit=2&q=a+b"
    assert page["results"][0]["category"].endswith("/?format=json")


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/packages/nope/", "No Package matches the given query."),
        ("/grids/99999999999999999999/", "No Grid matches the given query."),
        ("/categories/apps/", "Not found."),
        ("/categories/99/", "No Category matches the given query."),
        ("/packages/?format=xml", "Not found."),
        ("/packages/%00/", "No Package matches the given query."),
        ("/nothing/", "Not found."),
    ],
)
async def test_what_is_not_there(app: Application, path: str, detail: str) -> None:
    response = await app.client.get(f"/api/v4{path}")
    assert (response.status_code, response.json()) == (404, {"detail": detail})


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_it_cannot_be_edited(app: Application, method: str) -> None:
    response = await app.client.request(method, f"{BASE}/packages/")
    assert response.status_code == 405
    assert response.json() == {"detail": f'Method "{method}" not allowed.'}
    assert response.headers["allow"] == ", ".join(METHODS)


async def test_a_type_that_it_has_not(app: Application) -> None:
    response = await app.client.get(f"{BASE}/", headers={"accept": "text/plain"})
    assert response.status_code == 406
    assert response.headers["vary"] == "Accept, Cookie"


async def test_a_slash_is_added(app: Application) -> None:
    response = await app.client.get(f"{BASE}/packages?limit=1")
    assert response.status_code == 301
    assert response.headers["location"] == "/api/v4/packages/?limit=1"


async def test_options_name_the_resource(app: Application) -> None:
    response = await app.client.options(f"{BASE}/grids/136/")
    assert response.json()["name"] == "Grid Instance"


async def test_search_has_the_fields_of_v4(app: Application) -> None:
    assert await get(app, "/search/?q=%20") == []
    first = (await get(app, "/search/?q=django-q"))[0]
    assert first["slug"] == "django-q"
    assert first["absolute_url"] == "/packages/p/django-q/"
    assert first["item_type"] == "package"


async def test_a_browser_gets_a_page_with_links(app: Application) -> None:
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    response = await app.client.get(f"{BASE}/packages/django-q/", headers={"accept": accept})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<a href="{BASE}/grids/136/">' in response.text
    assert "http://test/graphql?query=" in response.text


async def test_what_is_known_is_not_sent_again(app: Application) -> None:
    response = await app.client.get(f"{BASE}/categories/")
    known = {"if-none-match": response.headers["etag"]}
    assert (await app.client.get(f"{BASE}/categories/", headers=known)).status_code == 304


async def test_a_host_that_is_none_is_refused(app: Application) -> None:
    response = await app.client.get(f"{BASE}/", headers={"host": 'a"b'})
    assert response.status_code == 400
