"""A Django Packages of the tests' own: its API v4 on loopback, with rows that change when they are
told to.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.ingest.loopback import serving

Row = dict[str, Any]

FETCHED = "2026-02-15T03:05:54.219101-05:00"


class Site:
    """Rows by resource and number. `asked` are the resources and offsets that were asked for.

    `before` is called with them before a page is answered, and may answer in its place. `most` is
    how many rows a page has at most.
    """

    def __init__(self) -> None:
        self.base = ""
        self.rows: dict[str, dict[int, Row]] = {"categories": {}, "grids": {}, "packages": {}}
        self.asked: list[tuple[str, int]] = []
        self.before: Callable[[str, int], Awaitable[web.Response | None]] | None = None
        self.most = 1_000

    def category(self, number: int, **values: Any) -> Row:
        return self._put(
            *("categories", number, values),
            {
                "id": number,
                "title": "App",
                "slug": "apps",
                "description": "",
                "title_plural": "Apps",
                "show_pypi": True,
                "created": "2010-08-14T22:47:52",
                "modified": "2022-03-04T21:48:41.249944",
            },
        )

    def grid(self, number: int, **values: Any) -> Row:
        return self._put(
            *("grids", number, values),
            {
                "id": number,
                "title": f"Grid {number}",
                "slug": f"grid-{number}",
                "description": "",
                "is_locked": False,
                "packages": [],
                "header": False,
                "created": "2023-12-27T12:40:58.914633",
                "modified": "2023-12-27T12:40:58.914646",
            },
        )

    def package(self, number: int, *, grids: tuple[int, ...] = (), **values: Any) -> Row:
        return self._put(
            *("packages", number, values),
            {
                "category": f"{self.base}/api/v4/categories/1/",
                "grids": [f"{self.base}/api/v4/grids/{grid}/" for grid in grids],
                "id": number,
                "title": f"Package {number}",
                "slug": f"package-{number}",
                "last_updated": None,
                "last_fetched": FETCHED,
                "repo_url": f"https://github.com/owner/package-{number}",
                "pypi_version": None,
                "created": "2015-06-28T15:11:49.575042-04:00",
                "modified": "2026-01-28T16:47:08.059234-05:00",
                "repo_forks": 0,
                "repo_description": "",
                "pypi_url": "",
                "documentation_url": None,
                "repo_watchers": 0,
                "commits_over_52": [],
                "participants": [],
            },
        )

    def _put(self, resource: str, number: int, values: Row, row: Row) -> Row:
        self.rows[resource][number] = row | values
        return self.rows[resource][number]

    async def __call__(self, request: web.Request) -> web.Response:
        resource = request.path.removeprefix("/api/v4/").strip("/")
        offset, limit = int(request.query["offset"]), int(request.query["limit"])
        self.asked.append((resource, offset))
        if self.before and (answer := await self.before(resource, offset)):
            return answer
        rows = [row for _, row in sorted(self.rows[resource].items(), reverse=True)]
        results = rows[offset : offset + min(limit, self.most)]
        # Its host is that of another site, and is not to be followed.
        page = {"next": "http://192.0.2.1/", "previous": None}
        return web.json_response({"count": len(rows), "results": results, **page})


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """A site with the category of its packages, number 1."""
    it = Site()
    async with serving(it) as it.base:
        it.category(1)
        yield it
