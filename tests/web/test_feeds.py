"""The feeds, as a reader of Atom takes them."""

import datetime as dt
import xml.etree.ElementTree as ElementTree
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from db.engine import create_engine
from tests.application import Application, application
from tests.db.small import APPS, Q2, QUEUES, Q, changed, loaded

ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = ("/feeds/changes.atom", "/feeds/packages.atom")


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[Application]:
    engine = create_engine(database_url)
    await loaded(engine, APPS, QUEUES, changed(Q, title="Q <&> Q", repoDescription="A & B"), Q2)
    await loaded(engine, changed(Q2, title="Newer", modified="2026-11-25T00:00:00+00:00"))
    await engine.dispose()
    async with application(database_url) as opened:
        yield opened


async def feed_at(app: Application, path: str) -> ElementTree.Element:
    response = await app.client.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    see_that_valid(feed)
    return feed


def see_that_valid(feed: ElementTree.Element) -> None:
    """Have what RFC 4287 demands be there, once, and be what it has to be."""
    assert feed.tag == f"{ATOM}feed"
    ids = set()
    for each in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = each.findall(f"{ATOM}{name}")
            assert found.text
        assert urlsplit(text(each, "id")).scheme
        ids.add(text(each, "id"))
        assert dt.datetime.fromisoformat(text(each, "updated")).tzinfo is not None
        alternates = each.findall(f"{ATOM}link[@rel='alternate']")
        assert len(alternates) == 1
        authors = each.findall(f"{ATOM}author") + feed.findall(f"{ATOM}author")
        assert authors or each is feed
    assert len(ids) == 1 + len(feed.findall(f"{ATOM}entry"))
    if feed.find(f"{ATOM}author") is None:
        assert all(entry.find(f"{ATOM}author") is not None for entry in feed.iter(f"{ATOM}entry"))


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


async def test_the_changes_are_newest_first(app: Application) -> None:
    feed = await feed_at(app, "/feeds/changes.atom")
    entries = feed.findall(f"{ATOM}entry")
    assert text(entries[0], "title") == "Package changed: Newer"
    titles = [text(entry, "title") for entry in entries]
    assert {"Package created: Q <&> Q", "Feature created: Task Queues, Broker"} <= {*titles}
    assert "Version created: Q <&> Q, 1.3.9" in titles
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name") == "load"
    assert text(feed, "updated") == max(text(entry, "updated") for entry in entries)


async def test_the_newest_packages_lead_to_what_they_are(app: Application) -> None:
    feed = await feed_at(app, "/feeds/packages.atom")
    entries = feed.findall(f"{ATOM}entry")
    assert sorted(text(entry, "title") for entry in entries) == ["Newer", "Q <&> Q"]
    (q,) = [entry for entry in entries if text(entry, "summary")]
    assert text(q, "summary") == "A & B"
    (link,) = q.findall(f"{ATOM}link")
    address = urlsplit(link.get("href", ""))
    assert (address.netloc, address.path) == ("test", "/graphql")
    (query,) = parse_qs(address.query)["query"]
    assert (await app.data(query))["node"]["slug"] == "django-q"


async def test_who_has_it_already_gets_304(app: Application) -> None:
    for path in PATHS:
        first = await app.client.get(path)
        again = await app.client.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_feeds_of_an_empty_directory_and_of_small_pages(database_url: str) -> None:
    async with application(database_url, page_max=3) as app:
        for path in PATHS:
            assert text(await feed_at(app, path), "updated") == "1970-01-01T00:00:00+00:00"
        engine = create_engine(database_url)
        await loaded(engine, APPS, QUEUES, Q, Q2)
        await engine.dispose()
        assert len((await feed_at(app, PATHS[0])).findall(f"{ATOM}entry")) == 3
