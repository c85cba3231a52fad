"""Where requests may go: redirects, tokens, and no inner address.

Each inner address is a server of the test's own, on loopback, that keeps what reaches it.
"""

from collections.abc import Callable

import pytest
from aiohttp import web
from yarl import URL

from ingest.errors import Unreadable, Unsafe, UpstreamError
from ingest.http import Client, redirected
from tests.ingest.loopback import Handler, Upstream, serving, settings, upstream


def leading(to: Callable[[web.Request], str], status: int = 302) -> Handler:
    """Redirects from /github/, and answers elsewhere."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/github/"):
            return web.Response(status=status, headers={"Location": to(request)})
        return web.Response(body=request.path.encode())

    return answer


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_and_the_token_stays_at_home(status: int) -> None:
    async with upstream(leading(lambda request: "/repositories/17", status)) as (it, client):
        requests = client.requests()
        response = await requests.get(it.url, token="Bearer t", etag='"1"')
        assert response.url == f"{it.base}/repositories/17"
        assert requests.count == 2
        assert it.asked[1].headers["Authorization"] == "Bearer t"
        assert it.asked[1].headers["If-None-Match"] == '"1"'


async def test_the_token_goes_to_no_other_origin_and_does_not_come_back() -> None:
    async def back(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": f"{it.base}/home"})

    other = Upstream(back)
    async with serving(other) as other.base:
        allowed = other.base.removeprefix("http://")
        leads = leading(lambda request: other.base + "/x")
        async with upstream(leads, allowed_hosts=allowed) as (it, client):
            await client.requests().get(it.url, token="Bearer t", etag='"1"')
            await client.requests().get(other.base, token="Bearer t")  # as a Link might say
    assert len(other.asked) == 2
    assert len(it.asked) == 3
    for asked in (*other.asked, *it.asked[1:]):
        is_first = asked.path.startswith("/github/")
        assert ("Authorization" in asked.headers) is is_first
        assert ("If-None-Match" in asked.headers) is is_first


async def test_redirects_end() -> None:
    async with upstream(leading(lambda request: str(request.url))) as (it, client):
        with pytest.raises(Unreadable, match="more than 5 times"):
            await client.requests().get(it.url)
    assert len(it.asked) == 6


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("", Unreadable),
        ("http://[", Unreadable),
        ("http://host:99999/", Unreadable),
        (f"http://{'a' * 64}.example/", Unsafe),
        ("http://a..example/", Unsafe),
        ("file:///etc/passwd", Unsafe),
        ("gopher://127.0.0.1/", Unsafe),
        ("ftp://example.org/", Unsafe),
        ("javascript:alert(1)", Unsafe),
    ],
)
async def test_a_redirect_to_nowhere(location: str, error: type[UpstreamError]) -> None:
    async with upstream(leading(lambda request: location)) as (it, client):
        with pytest.raises(error, match=r"^127\.0\.0\.1 "):
            await client.requests().get(it.url)
    assert len(it.asked) == 1


def test_from_https_nothing_leads_to_http() -> None:
    here = URL("https://example.org/a/b?c#d")
    assert redirected(here, "../e") == URL("https://example.org/e")
    assert redirected(here, "//example.com/e#f") == URL("https://example.com/e")
    with pytest.raises(Unsafe, match="from https to http"):
        redirected(here, "http://example.org/e")
    assert redirected(URL("http://example.org"), "https://example.org/e").scheme == "https"


async def test_a_post_is_not_redirected() -> None:
    async with upstream(leading(lambda request: "/x", 307)) as (it, client):
        with pytest.raises(Unreadable, match="307"):
            await client.requests().post(it.url, {})
    assert len(it.asked) == 1


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "user@127.0.0.1",
        "①②⑦.0.0.1",
    ],
)
async def test_no_redirect_leads_inside(host: str) -> None:
    """Another port of the very host that is trusted: its server counts what reaches it."""
    inner = Upstream()
    async with serving(inner) as inner.base:
        port = inner.base.rpartition(":")[2]
        leads = leading(lambda request: f"http://{host}:{port}/internal")
        async with upstream(leads) as (it, client):
            with pytest.raises(UpstreamError) as raised:
                await client.requests().get(it.url)
    assert isinstance(raised.value, Unsafe | Unreadable)
    assert str(raised.value).startswith("127.0.0.1 ")
    assert inner.asked == []


@pytest.mark.parametrize(
    "url", ["", "/x", "ftp://example.org/x", "http://u:p@example.org", "http://["]
)
async def test_an_address_that_cannot_be_asked(url: str) -> None:
    async with upstream() as (_, client):
        with pytest.raises(Unsafe):
            await client.requests().get(url)


async def test_a_host_may_be_allowed_to_be_inner() -> None:
    inner = Upstream()
    async with serving(inner) as inner.base:
        async with upstream(leading(lambda request: inner.base), allowed_hosts="127.0.0.1") as (
            it,
            client,
        ):
            assert (await client.requests().get(it.url)).url == inner.base
        async with Client(settings(it.base), bases=[inner.base]) as client:
            assert (await client.requests().get(inner.base + "/x")).status == 200
