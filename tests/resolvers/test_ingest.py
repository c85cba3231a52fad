"""What is told of fetches: why one waits, and which runs there were, to whom that may see them."""

import datetime as dt
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.guard import LOGGED
from resolvers.ingest import NO_WORKER, SOON
from tests.web.editing import Desk, Script, desk

RUNS = 7
SOURCES = ("github", "pypi")


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Desk]:
    async with desk(database_url) as opened:
        yield opened


async def execute(engine: AsyncEngine, statement: str) -> None:
    async with engine.execution_options(**LOGGED).begin() as connection:
        await connection.execute(text(statement.replace(":", r"\:")))


async def seen(engine: AsyncEngine, seconds_ago: float) -> None:
    """Have one worker, last seen so long ago."""
    at = (dt.datetime.now(dt.UTC) - dt.timedelta(seconds=seconds_ago)).isoformat(
        timespec="microseconds"
    )
    await execute(engine, "DELETE FROM ingest_worker")
    await execute(engine, f"INSERT INTO ingest_worker VALUES ('a', '{at}', '{at}')")


async def status(script: Script) -> dict[str, Any]:
    query = '{ package(by: {slug: "django-q"}) { ingest { state reason } } }'
    found: dict[str, Any] = (await script.data(query))["package"]["ingest"]
    return found


async def test_a_refresh_tells_why_it_waits(opened: Desk) -> None:
    assert (await status(opened.nobody))["reason"] is None
    payload = await opened.editor.made(
        "packageRefresh",
        {"package": {"slug": "django-q"}},
        "{ package { ingest { state reason } } errors { code } }",
    )
    assert payload["package"]["ingest"] == {"state": "QUEUED", "reason": NO_WORKER}
    for ago, reason in [(0, SOON), (80, SOON), (100, NO_WORKER), (10**6, NO_WORKER)]:
        await seen(opened.engine, ago)
        assert await status(opened.nobody) == {"state": "QUEUED", "reason": reason}
    await seen(opened.engine, 0)
    for state in ("NEVER", "OK", "FAILING", "GONE", "PAUSED"):
        await execute(opened.engine, f"UPDATE ingest SET state = '{state}'")
        assert await status(opened.nobody) == {"state": state, "reason": None}


@pytest.mark.parametrize("selected", ["state", "state reason", "... @skip(if: true) { reason }"])
async def test_what_the_time_changes_is_said_to_pass(opened: Desk, selected: str) -> None:
    query = f'{{ package(by: {{slug: "django-q"}}) {{ ingest {{ __typename {selected} }} }} }}'
    answer = await opened.app.executor.answer(query, None, None)
    assert answer.is_passing == (selected == "state reason")


@pytest.fixture
async def ran(opened: Desk) -> Desk:
    """After some runs, the last of which goes on."""
    for run in range(1, RUNS + 1):
        hour = f"'2026-11-24T{run:02}:00:00.000000+00:00'"
        finished = hour if run < RUNS else "NULL"
        await execute(
            opened.engine,
            "INSERT INTO ingest_run (id, workflow, started, finished)"
            f" VALUES ({run}, 'w{run}', {hour}, {finished})",
        )
        for source in SOURCES[: run % 3]:
            left = run if source == "github" else "NULL"
            await execute(
                opened.engine,
                "INSERT INTO ingest_run_source (run_id, source, total, done, changed, failed,"
                f" postponed, requests, rate_left) VALUES ({run}, '{source}', 40, 30, 9, 4, 2, 35,"
                f" {left})",
            )
    return opened


WHOLE = """
  query($first: Int, $last: Int, $after: String, $before: String) {
    ingestRuns(first: $first, last: $last, after: $after, before: $before) {
      totalCount
      edges { cursor }
      nodes {
        id started finished
        sources {
          source total done changed unchanged failed postponed requests rateLeft __typename
        }
      }
      pageInfo { hasNextPage hasPreviousPage }
    }
  }
"""


async def runs(script: Script, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await script.data(WHOLE, variables))["ingestRuns"]
    return found


async def test_editors_read_the_runs_newest_first(ran: Desk) -> None:
    found = await runs(ran.editor)
    assert found == await runs(ran.admin)
    assert found["totalCount"] == RUNS
    assert numbers(found) == [7, 6, 5, 4, 3, 2, 1]
    newest, _, third, *_ = found["nodes"]
    assert (newest["started"], newest["finished"]) == ("2026-11-24T07:00:00.000000+00:00", None)
    assert third["finished"] == third["started"]
    github, pypi = third["sources"]
    assert github == {
        "source": "github",
        "total": 40,
        "done": 30,
        "changed": 9,
        "unchanged": 15,
        "failed": 4,
        "postponed": 2,
        "requests": 35,
        "rateLeft": 5,
        "__typename": "IngestRunSource",
    }
    assert pypi == github | {"source": "pypi", "rateLeft": None}


async def test_runs_are_paged_through_both_ways(ran: Desk) -> None:
    cursors = [edge["cursor"] for edge in (await runs(ran.editor))["edges"]]
    assert json.loads(cursors[0]) == ["Query.ingestRuns", 7]
    for size in (1, 2, 3, 10):
        for there, argument, ahead in (("first", "after", True), ("last", "before", False)):
            numbers_seen, cursor = [], None
            while True:
                given = {there: size} | ({argument: cursor} if cursor else {})
                page = await runs(ran.editor, **given)
                found = numbers(page)
                numbers_seen += found if ahead else found[::-1]
                cursor = page["edges"][-1 if ahead else 0]["cursor"]
                if not page["pageInfo"]["hasNextPage" if ahead else "hasPreviousPage"]:
                    break
            assert numbers_seen == ([7, 6, 5, 4, 3, 2, 1] if ahead else [1, 2, 3, 4, 5, 6, 7])
    assert numbers(await runs(ran.editor, first=3, after=cursors[1], before=cursors[4])) == [5, 4]


async def test_the_empty_text_is_before_the_newest(ran: Desk) -> None:
    page = await runs(ran.editor, first=2, after="")
    assert numbers(page) == [7, 6]
    assert page["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False}
    assert numbers(await runs(ran.editor, before="")) == []


def numbers(page: dict[str, Any]) -> list[int]:
    return [int(node["id"].removeprefix("IngestRun:")) for node in page["nodes"]]


UNSEEN = [
    WHOLE,
    "{ ingestRuns { __typename } }",
    "{ a: ingestRuns(first: 1) { totalCount } viewer { name } }",
    "query($yes: Boolean = true) { ... @include(if: $yes) { ingestRuns { nodes { id } } } }",
]


@pytest.mark.parametrize("query", UNSEEN)
async def test_others_do_not(ran: Desk, query: str) -> None:
    assert "errors" not in await ran.editor.answer(query)
    for script, code, message in (
        (ran.nobody, "UNAUTHENTICATED", "ingestRuns takes a token: Authorization: Bearer <token>"),
        (
            ran.reader,
            "FORBIDDEN",
            "ingestRuns takes the role EDITOR: the token 'reader' is READER",
        ),
    ):
        answer = await script.answer(query)
        assert answer["data"] is None
        (error,) = answer["errors"]
        assert (error["message"], error["extensions"]) == (message, {"code": code})
        assert error["path"] in (["ingestRuns"], ["a"])
    assert "errors" not in await ran.editor.answer(query)


async def test_where_it_is_skipped_nobody_is_refused(ran: Desk) -> None:
    query = "{ __typename ingestRuns @skip(if: true) { totalCount } }"
    assert await ran.nobody.data(query) == {"__typename": "Query"}


async def test_a_bad_argument_tells_nobody_of_runs(ran: Desk) -> None:
    for argument in ('after: "x"', "first: 1000", "first: 1, last: 1"):
        query = f"{{ ingestRuns({argument}) {{ totalCount }} }}"
        for script in (ran.nobody, ran.reader, ran.editor):
            assert (await script.answer(query))["data"] is None


async def test_a_kept_answer_is_the_caller_s_alone(database_url: str) -> None:
    async with desk(database_url, answer_cache=10**6) as opened:
        query = "{ ingestRuns { totalCount } }"
        for _ in range(2):
            assert await opened.editor.data(query) == {"ingestRuns": {"totalCount": 0}}
            for script in (opened.nobody, opened.reader):
                for _ in range(2):
                    assert (await script.answer(query))["data"] is None
