"""Pictures for a README."""

import xml.etree.ElementTree as ElementTree
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert

from db.alias import Alias
from db.engine import create_engine
from tests.application import Application, application
from tests.db.small import APPS, Q2, QUEUES, Q, changed, loaded

SVG = "{http://www.w3.org/2000/svg}"

WEEKS = [0, 10, *range(50)]


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[Application]:
    engine = create_engine(database_url)
    whole = changed(
        Q,
        title='Q <&> "Q"',
        commitsOver52=WEEKS,
        commitsOver52Ends="2026-11-22T00:00:00+00:00",
        pypiVersion="1.3.9",
    )
    await loaded(engine, APPS, QUEUES, whole, changed(Q2, slug="404", repoWatchers=0))
    former = {"node_type": "PACKAGE", "kind": "SLUG", "name": "q", "node_id": 1}
    async with engine.begin() as connection:
        await connection.execute(insert(Alias), former)
    await engine.dispose()
    async with application(database_url) as opened:
        yield opened


def parsed(svg: str) -> tuple[str, str]:
    """The title of a picture that says that it has it, and its texts."""
    root = ElementTree.fromstring(svg)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    return title.text or "", " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


async def test_the_commits_have_a_bar_for_each_week(app: Application) -> None:
    response = await app.client.get("/packages/django-q/commits.svg")
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    title, _ = parsed(response.text)
    assert title == 'Q <&> "Q": 1,235 commits in 52 weeks to 2026-11-22'
    path = ElementTree.fromstring(response.text).find(f"{SVG}path")
    assert path is not None
    bars = [float(bar.split("v-")[1]) for bar in path.get("d", "").split("M")[1:]]
    assert len(bars) == 52
    assert (bars[0], max(bars), bars[-1]) == (1, 40, 40)


async def test_commits_that_are_not_known_are_not_none(app: Application) -> None:
    response = await app.client.get("/packages/404/commits.svg")
    assert parsed(response.text)[0] == "Django Q2: its commits are not known"


@pytest.mark.parametrize(
    ("slug", "field", "said"),
    [
        ("django-q", "stars", "1,878"),
        ("django-q", "version", "1.3.9"),
        ("django-q", "license", "MIT"),
        ("django-q", "grids", "1"),
        ("404", "stars", "0"),
        ("404", "version", "unknown"),
        ("404", "license", "unknown"),
        ("404", "grids", "0"),
    ],
)
async def test_a_badge_says_a_field(app: Application, slug: str, field: str, said: str) -> None:
    response = await app.client.get(f"/packages/{slug}/badge.svg", params={"field": field})
    title, text = parsed(response.text)
    assert text == f"{field} {said}"
    assert title.endswith(f": {field} {said}")


async def test_who_has_it_already_gets_304(app: Application) -> None:
    for path in ("/packages/django-q/badge.svg", "/packages/django-q/commits.svg"):
        first = await app.client.get(path)
        again = await app.client.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        head = await app.client.head(path)
        assert (head.status_code, head.headers["etag"]) == (200, first.headers["etag"])
        other = await app.client.get(path, headers={"if-none-match": '"other"'})
        assert other.text == first.text


async def test_a_former_slug_and_another_case_redirect(app: Application) -> None:
    for slug in ("q", "Django-Q"):
        response = await app.client.get(f"/packages/{slug}/badge.svg?field=version")
        assert response.status_code == 302
        assert response.headers["location"] == "/packages/django-q/badge.svg?field=version"


async def test_what_is_not_there_has_a_badge_that_says_so(app: Application) -> None:
    for name in ("badge", "commits"):
        response = await app.client.get(f"/packages/<b>nobody's/{name}.svg")
        assert (response.status_code, response.headers["cache-control"]) == (404, "no-store")
        assert parsed(response.text) == ("<b>nobody's: package not found", "package not found")
    refused = await app.client.get("/packages/django-q/badge.svg?field=size")
    assert refused.status_code == 400
    assert "stars, version, license, grids" in refused.text


async def test_a_picture_is_one_statement_compiled_once(app: Application) -> None:
    app.recorder.statements.clear()
    for slug in ("django-q", "404", "django-q"):
        await app.client.get(f"/packages/{slug}/commits.svg")
    assert len(app.recorder.statements) == 3
    assert len(set(app.recorder.statements)) == 1
