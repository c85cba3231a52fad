"""GraphiQL in a real browser: it works, and nothing that it does leaves the machine."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from ctypes.util import find_library
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
import pytest
from playwright.async_api import Browser, Page, Route, async_playwright, expect

from bootstrap.setup import copy_fallback
from tests.missing import missing
from web import graphiql

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    # Chromium's own errands find nobody either.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-first-run",
    "--no-sandbox",
]
SHORT = '{ package(by: { slug: "django-q" }) { title } }'


@dataclass
class Visit:
    """A page of a browser that has never been here, and all that it asked for and complained of."""

    page: Page
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def open(self, url: str) -> None:
        """Go there, and wait until the schema is known."""
        async with self.page.expect_response(is_answer):
            await self.page.goto(url)
        await expect(self.page.locator(".graphiql-container")).to_be_visible()

    async def run(self) -> dict[str, Any]:
        """Press the button that runs the query: its answer, which the page shows."""
        async with self.page.expect_response(is_answer) as response:
            await self.page.locator(".graphiql-execute-button").click()
        shown = self.page.locator(".graphiql-response, .result-window").first
        await expect(shown).to_contain_text("data")
        answer: dict[str, Any] = await (await response.value).json()
        return answer


def is_answer(response: Any) -> bool:
    """Whether this is what the endpoint says to a query."""
    return is_question(response.request)


def is_question(request: Any) -> bool:
    return bool(request.method == "POST") and urlsplit(request.url).path == "/graphql"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or find_library("atomic") is None:
        missing("Chromium or what Playwright needs is missing: apt install chromium libatomic1")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, server_url: str) -> AsyncIterator[Visit]:
    context = await browser.new_context()
    visit = Visit(await context.new_page())
    context.on("request", lambda request: visit.requested.append(request.url))
    context.on("console", lambda said: visit.complaints.append(f"{said.type}: {said.text}"))
    context.on("weberror", lambda error: visit.complaints.append(str(error.error)))
    yield visit
    await context.close()
    assert visit.complaints == []
    assert visit.requested
    assert [url for url in visit.requested if not url.startswith((server_url, "data:"))] == []


@pytest.fixture
def built() -> None:
    build = graphiql.DIST / "build.json"
    if not build.exists() or json.loads(build.read_text())["from"] != "npm":
        missing("GraphiQL is not built from npm: make graphiql")


def tab_names() -> list[str]:
    """The tabs that a first visit shows: the names of the examples' operations."""
    names = (
        re.search(r"^(?:query|mutation) (\w+)", text, re.MULTILINE) for text in graphiql.examples()
    )
    return [name[1] for name in names if name]


async def run_each_tab(visit: Visit) -> None:
    assert len(tab_names()) == 7
    for name in tab_names():
        await visit.page.get_by_role("tab", name=name).click()
        # The editor looks for the operation's name a moment after the text came.
        await visit.page.wait_for_timeout(500)
        answer = await visit.run()
        assert "errors" not in answer, name
        assert all(answer["data"].values()), name


async def tick_a_field(visit: Visit) -> None:
    """Add `repoForks` to SHORT with the explorer, and run it."""
    explorer = visit.page.locator(".graphiql-explorer-root")
    await explorer.locator("[data-field-name=repoForks]").first.click()
    answer = await visit.run()
    assert answer["data"]["package"] == {"title": "Django Q", "repoForks": 314}


async def put_in_a_token(visit: Visit) -> None:
    """The headers' tab has a header that is left out until it has a token."""
    page = visit.page
    await page.get_by_role("button", name="Headers").click()
    editor = page.locator(".graphiql-editor-tool .graphiql-editor:not(.hidden)")
    await expect(editor).to_contain_text("<token>")
    async with page.expect_request(is_question) as request:
        await visit.run()
    assert "authorization" not in (await request.value).headers

    async def answer(route: Route) -> None:
        if route.request.headers.get("authorization") == "Bearer packgrid_x":
            await route.fulfill(json={"data": {"viewer": {"name": "ann"}}})
        else:
            await route.fallback()

    await page.route("**/graphql", answer)
    await editor.click()
    await page.keyboard.press("Control+A")
    await page.keyboard.press("Delete")
    await page.keyboard.insert_text('{"Authorization": "Bearer packgrid_x"}')
    assert await visit.run() == {"data": {"viewer": {"name": "ann"}}}


@pytest.mark.usefixtures("built")
async def test_each_example_tab_runs(visit: Visit, server_url: str) -> None:
    await visit.open(f"{server_url}/")
    assert await visit.page.get_by_role("tab").all_inner_texts() == tab_names()
    await run_each_tab(visit)


@pytest.mark.usefixtures("built")
async def test_a_ticked_field_is_in_the_query(visit: Visit, server_url: str) -> None:
    await visit.open(f"{server_url}/graphql?{urlencode({'query': SHORT})}")
    await tick_a_field(visit)


@pytest.mark.usefixtures("built")
async def test_the_address_can_bring_a_query_and_variables(visit: Visit, server_url: str) -> None:
    query = "query Asked($slug: String!) { package(by: { slug: $slug }) { slug } }"
    asked = urlencode({"query": query, "variables": json.dumps({"slug": "django-q"})})
    await visit.open(f"{server_url}/graphql?{asked}")
    first = visit.page.get_by_role("tab").first
    await expect(first).to_contain_text("Asked")
    await expect(first).to_have_attribute("aria-selected", "true")
    assert await visit.run() == {"data": {"package": {"slug": "django-q"}}}


@pytest.mark.usefixtures("built")
async def test_docs_history_and_headers(visit: Visit, server_url: str) -> None:
    page = visit.page
    await visit.open(f"{server_url}/graphql?{urlencode({'query': SHORT})}")

    await page.get_by_label("Show Documentation Explorer").click()
    await page.locator(".graphiql-doc-explorer").get_by_role("link", name="Query").click()
    await expect(page.locator(".graphiql-doc-explorer")).to_contain_text("packages(")

    await put_in_a_token(visit)

    await page.get_by_label("Show History").click()
    await expect(page.locator(".graphiql-history-item")).to_have_count(1)


async def test_the_page_on_the_assets_for_want_of_npm(
    visit: Visit, server_url: str, tmp_path: Path
) -> None:
    dist = tmp_path / "dist"
    build = copy_fallback(dist) | {"version": "test"}
    (dist / "build.json").write_text(json.dumps(build))

    async def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(graphiql.ASSETS_PATH):
            await route.fulfill(path=dist / path.removeprefix(graphiql.ASSETS_PATH + "/"))
        elif route.request.method == "GET":
            await route.fulfill(
                body=graphiql.page(dist), headers=graphiql.HEADERS, content_type="text/html"
            )
        else:
            await route.continue_()

    await visit.page.route("**/*", serve)
    await visit.open(f"{server_url}/graphql")
    await run_each_tab(visit)
    await visit.open(f"{server_url}/graphql?{urlencode({'query': SHORT})}")
    await visit.page.get_by_label("Show GraphiQL Explorer").click()
    await tick_a_field(visit)
    await put_in_a_token(visit)


@pytest.mark.usefixtures("built")
async def test_the_page_and_its_assets_say_how_long_they_keep(server_url: str) -> None:
    async with httpx2.AsyncClient(base_url=server_url) as client:
        page = await client.get("/graphql", headers={"Accept": "text/html"})
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.headers["Cache-Control"] == "no-cache"
        assert page.headers["Vary"] == "Accept, Authorization"
        assert "script-src 'self';" in page.headers["Content-Security-Policy"]
        assets = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
        assert len(assets) == 2
        for address in assets:
            asset = await client.get(address)
            assert asset.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            etag = {"If-None-Match": asset.headers["ETag"]}
            assert (await client.get(address, headers=etag)).status_code == 304
        assert (await client.get("/graphql/assets/../graphiql.py")).status_code == 404


def test_a_page_that_is_not_built_says_what_to_run(tmp_path: Path) -> None:
    assert "run <code>make</code>" in graphiql.page(tmp_path)
