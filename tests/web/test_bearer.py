"""Tokens, from outside: whom they name, what is refused, and what is kept for whom."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import create_engine
from db.token import Role, Token, create, revoke
from tests.application import Application, application
from tests.web.asking import GRAPHQL, JSON, code_of
from web.bearer import LENGTH

VIEWER = "{ viewer { name role } packages { totalCount } }"
ADDRESS = f"/graphql?{urlencode({'query': VIEWER})}"
NOBODY = {"viewer": None, "packages": {"totalCount": 0}}

Use = Callable[[Callable[[AsyncSession], Awaitable[Any]]], Awaitable[Any]]


@pytest.fixture
async def write(database_url: str) -> AsyncIterator[Use]:
    """Runs a function of `db.token`, as the command line does, and commits."""
    engine = create_engine(database_url)

    async def write(use: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            return await use(session)

    yield write
    await engine.dispose()


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[Application]:
    async with application(database_url, answer_cache=1_000_000) as opened:
        yield opened


async def settled(app: Application) -> None:
    """Wait until the head is known, and is that of the last commit."""
    await asyncio.sleep(0.3)
    async with asyncio.timeout(30):
        while app.app.graphql.answers.head() is None:  # type: ignore[attr-defined]  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def made(
    write: Use, name: str = "ann", role: Role = Role.EDITOR, made: dt.datetime | None = None
) -> str:
    """A token that is good for a day from when it was made."""
    now = made or dt.datetime.now(dt.UTC)
    secret: str = await write(lambda session: create(session, name, role, now, 1))
    return secret


async def revoked(write: Use, name: str = "ann") -> None:
    await write(lambda session: revoke(session, name, dt.datetime.now(dt.UTC)))


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


async def get(app: Application, accept: str = JSON, **headers: str) -> httpx2.Response:
    return await app.client.get(ADDRESS, headers={"accept": accept, **headers})


async def post(app: Application, accept: str = JSON, **headers: str) -> httpx2.Response:
    sent = {"accept": accept, **headers}
    return await app.client.post("/graphql", json={"query": VIEWER}, headers=sent)


async def test_the_token_names_the_caller(app: Application, write: Use) -> None:
    for role in Role:
        secret = await made(write, f"{role.name} 脚本", role)
        for ask in (get, post, get, post):
            data = (await ask(app, **bearer(secret))).json()["data"]
            assert data["viewer"] == {"name": f"{role.name} 脚本", "role": role.name}
            assert (await ask(app)).json() == {"data": NOBODY}
    for value in (f"bearer {secret}", f"BEARER   {secret}", f" Bearer\t {secret} \t"):
        response = await post(app, authorization=value)
        assert response.json()["data"]["viewer"]["role"] == "ADMIN"


async def test_it_does_so_where_answers_are_explained(database_url: str, write: Use) -> None:
    secret = await made(write)
    async with application(database_url, explain=True) as app:
        data = (await get(app, **bearer(secret))).json()["data"]
        assert data["viewer"] == {"name": "ann", "role": "EDITOR"}


MALFORMED = [
    "",
    "Bearer",
    "Bearer ",
    "Basic YW5uOnNlY3JldA==",
    "Token {}",
    "{}",
    "Bearer{}",
    "Bearer {} {}",
    "Bearer {}, Bearer {}",
    "Bearer \xff",
    "Bearer " + "x" * LENGTH,
]
UNKNOWN = ["Bearer x", "Bearer packgrid_", "Bearer {}x", "Bearer " + "x" * (LENGTH - 7)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((value, "must be `Bearer <token>`") for value in MALFORMED),
        *((value, "not known") for value in UNKNOWN),
    ],
)
async def test_what_is_no_token_is_refused(
    app: Application, write: Use, caplog: pytest.LogCaptureFixture, value: str, said: str
) -> None:
    secret = await made(write)
    sent = value.replace("{}", secret).encode("latin-1")
    caplog.set_level(logging.DEBUG, "web")
    caplog.set_level(logging.DEBUG, "db")
    for accept in (JSON, GRAPHQL):
        headers = {b"authorization": sent, b"accept": accept.encode()}
        for response in (
            await app.client.get(ADDRESS, headers=headers),
            await app.client.post("/graphql", json={"query": VIEWER}, headers=headers),
            # It is said before anything else of the request is looked at.
            await app.client.post("/graphql", content=b"{", headers=headers),
        ):
            refused(response, said)
            assert response.headers["content-type"] == f"{accept}; charset=utf-8"
            assert secret not in response.text
    assert secret not in caplog.text


def refused(response: httpx2.Response, said: str) -> None:
    """This is 401, by the specifications of Bearer and of GraphQL."""
    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
    (error,) = response.json()["errors"]
    assert said in error["message"]
    assert response.headers["www-authenticate"] == 'Bearer realm="Packgrid", error="invalid_token"'
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


async def test_two_headers_are_no_token(app: Application, write: Use) -> None:
    secret = await made(write)
    headers = [("authorization", f"Bearer {secret}")] * 2
    refused(await app.client.get(ADDRESS, headers=headers), "must be")


async def test_an_expired_token_is_refused(app: Application, write: Use) -> None:
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    secret = await made(write, made=long_ago)
    for ask in (get, post):
        refused(await ask(app, **bearer(secret)), "has expired")


async def test_a_revoked_token_is_refused_at_once_whatever_is_kept(
    app: Application, write: Use
) -> None:
    secret, other = await made(write), await made(write, "bob")
    await settled(app)
    for ask in (get, post):
        for headers in ({}, bearer(secret), bearer(other)):
            assert (await ask(app, **headers)).status_code == 200
    await revoked(write)
    for ask in (get, post):
        refused(await ask(app, **bearer(secret)), "was revoked")
        etag = {"if-none-match": "*", **bearer(secret)}
        refused(await ask(app, **etag), "was revoked")
        for headers in ({}, bearer(other)):
            assert (await ask(app, **headers)).status_code == 200


# ------------------------------------------------------------ what is kept


async def test_each_caller_has_answers_of_its_own(app: Application, write: Use) -> None:
    """A kept one costs the look-up of the token, and nothing without a token."""
    callers: dict[str | None, dict[str, str]] = {None: {}}
    callers |= {name: bearer(await made(write, name)) for name in ("ann", "bob")}
    await settled(app)
    app.app.graphql.tokens._reader = app.recorder  # type: ignore[attr-defined]
    for statements in (2, 1, 1):
        for ask in (get, post):
            for name, headers in callers.items():
                app.recorder.statements.clear()
                viewer = (await ask(app, **headers)).json()["data"]["viewer"]
                assert viewer == (name and {"name": name, "role": "EDITOR"})
                assert len(app.recorder.statements) == statements - (name is None)


async def test_what_a_caller_with_a_token_gets_is_for_no_shared_cache(
    app: Application, write: Use
) -> None:
    secret = await made(write)
    await settled(app)
    for headers, who in (({}, "public"), (bearer(secret), "private")):
        kept = f"{who}, max-age=0, must-revalidate"
        for _ in range(2):
            response = await get(app, **headers)
            etag = response.headers["etag"]
            unchanged = await get(app, **{"if-none-match": etag}, **headers)
            assert (response.status_code, unchanged.status_code) == (200, 304)
            for each in (response, unchanged):
                assert each.headers["cache-control"] == kept
                assert each.headers["vary"] == "Accept, Authorization"
        response = await post(app, **headers)
        assert "cache-control" not in response.headers
        assert response.headers["vary"] == "Accept, Authorization"
        for query in ("{", "{ packages(first: 1000) { totalCount } }"):
            response = await app.client.get("/graphql", params={"query": query}, headers=headers)
            assert response.headers["cache-control"] == "no-store"


# ------------------------------------------------------------ the last use


async def last_use(app: Application, write: Use) -> dt.datetime | None:
    """When the token is said to have been used, once all is written."""
    await app.app.graphql.tokens.close()  # type: ignore[attr-defined]
    used = await write(lambda session: session.scalar(select(Token.last_used)))
    assert isinstance(used, dt.datetime | None)
    return used


async def test_a_kept_answer_stays_kept_through_the_last_use(app: Application, write: Use) -> None:
    secret = await made(write)
    await settled(app)
    await get(app)
    assert await last_use(app, write) is None
    app.recorder.statements.clear()
    before = dt.datetime.now(dt.UTC)
    await get(app, **bearer(secret))
    used = await last_use(app, write)
    assert used in {each.replace(minute=0, second=0, microsecond=0) for each in (before, now())}
    await settled(app)
    for _ in range(2):
        await get(app)
        await get(app, **bearer(secret))
    assert len(app.recorder.statements) == 1


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.mark.parametrize("settings", [{"answer_cache": 0}, {"explain": True}])
async def test_the_last_use_is_known_where_no_answers_are_kept(
    database_url: str, write: Use, settings: dict[str, Any]
) -> None:
    secret = await made(write)
    async with application(database_url, **settings) as app:
        await post(app, **bearer(secret))
        assert await last_use(app, write) is not None


async def test_a_request_that_is_refused_by_its_body_used_the_token_and_one_by_its_token_did_not(
    app: Application, write: Use
) -> None:
    secret = await made(write)
    await app.client.post("/graphql", content=b"{", headers=bearer(secret + "x"))
    assert await last_use(app, write) is None
    response = await app.client.post("/graphql", content=b"{}", headers=bearer(secret))
    assert response.status_code == 415
    assert await last_use(app, write) is not None


async def test_a_last_use_that_cannot_be_written_fails_no_request(
    app: Application, write: Use, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.token.LAST_USED", "UPDATE nothing SET x = :hour WHERE id = :id")
    monkeypatch.setattr("db.head.LOCKED", 0.1)
    secret = await made(write)
    for _ in range(3):
        assert (await get(app, **bearer(secret))).status_code == 200
    assert await last_use(app, write) is None
    assert ["is not written" in record.getMessage() for record in caplog.records] == [True]
    assert secret not in caplog.text
