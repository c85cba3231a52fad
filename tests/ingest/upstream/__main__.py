"""`python -m tests.ingest.upstream`: the sites in a process of their own, with a port to steer it.

The first line of the output is JSON: the address of each site, and of "control", where

    GET  /stats              is what was asked, as Stats
    POST /advance?share=0.1  moves the world, as World.advance does
    GET  /log                is all requests in their order, where `--log` is given
    POST /restart            makes the world as it was at first, and counts anew
"""

import asyncio
import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer
from aiohttp import web

from tests.ingest.upstream import HOSTS, SITES, Limit, Rule, Upstream, World, running


def control(upstream: Upstream, new_world: Callable[[], World]) -> web.Application:
    """What steers the sites from another process."""

    async def stats(_: web.Request) -> web.Response:
        counted = upstream.stats
        return web.json_response(
            {
                "sites": counted.sites,
                "urls": counted.urls,
                "statuses": {f"{site} {code}": n for (site, code), n in counted.statuses.items()},
                "faults": counted.faults(),
                "most_at_once": counted.most_at_once,
                "conditional": counted.conditional,
                "sent": counted.sent,
                "canary": counted.canary,
                "leaks": counted.leaks,
                "broken_limits": upstream.broken_limits,
            }
        )

    async def advance(request: web.Request) -> web.Response:
        moved = upstream.world.advance(float(request.query.get("share", 1)))
        return web.json_response(len(moved))

    async def log(_: web.Request) -> web.Response:
        return web.json_response(upstream.log)

    async def restart(_: web.Request) -> web.Response:
        upstream.world = new_world()
        upstream.forget()
        upstream.log = None if upstream.log is None else []
        return web.json_response(None)

    app = web.Application()
    app.add_routes(
        [
            web.get("/stats", stats),
            web.get("/log", log),
            web.post("/advance", advance),
            web.post("/restart", restart),
        ]
    )
    return app


def main(
    port: Annotated[int, typer.Option(help="The first port; 0 takes free ones.")] = 0,
    packages: int = 100,
    seed: int = 1,
    hosts: Annotated[str, typer.Option(help="Where the repositories are.")] = ",".join(HOSTS),
    latency: Annotated[float, typer.Option(help="Seconds before each answer.")] = 0.0,
    limit: Annotated[int, typer.Option(help="Of GitHub, an hour, with a token.")] = 5_000,
    log: Annotated[bool, typer.Option(help="Keep all requests.")] = False,
    fault: Annotated[
        list[str] | None, typer.Option(help="NAME, NAME@RATE, NAME@RATE:REGEX.")
    ] = None,
) -> None:
    """Play the upstream hosts on loopback until interrupted."""
    parts = [text.partition("@")[::2] for text in fault or []]
    rules = [
        Rule(name, float(rest.partition(":")[0] or 1), rest.partition(":")[2] or ".")
        for name, rest in parts
    ]
    now = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    new_world = partial(World, packages, seed=seed, hosts=tuple(hosts.split(",")), now=now)

    async def run() -> None:
        limits = {"github.com": Limit(with_token=limit)}
        async with running(
            new_world(), rules=rules, limits=limits, latency=latency, port=port
        ) as sites:
            sites.log = [] if log else None
            runner = web.AppRunner(control(sites, new_world), access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port and port + len(SITES)).start()
            at = f"http://127.0.0.1:{runner.addresses[0][1]}"
            print(web.json_response({**sites.urls, "control": at}).text, flush=True)  # noqa: T201
            await asyncio.Event().wait()

    asyncio.run(run())


if __name__ == "__main__":
    typer.run(main)
