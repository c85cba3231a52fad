"""The application: its routes, what it opens and closes, and the settings that it heeds."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from db import migrate
from db.engine import create_engine
from db.errors import DatabaseUnavailable
from tests.application import application
from web.app import create_app
from web.settings import Settings

READ = "{ categories { totalCount } }"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_routes(database_url: str) -> None:
    async with application(database_url) as app:
        front = await app.client.get("/")
        assert (front.status_code, front.headers["location"]) == (307, "/graphql")
        assert (await app.client.post("/")).status_code == 405
        assert (await app.client.get("/nothing")).status_code == 404
        assert await app.data(READ) == {"categories": {"totalCount": 0}}


async def test_limits_are_settings(database_url: str) -> None:
    async with application(database_url, page_max=7, body_max=1000) as app:
        assert "errors" not in await app.ask("{ packages(first: 7) { nodes { id } } }")
        answer = await app.ask("{ packages(first: 8) { nodes { id } } }")
        assert "from 0 to 7" in answer["errors"][0]["message"]
        headers = {"content-type": "application/json"}
        response = await app.client.post("/graphql", content=b" " * 1001, headers=headers)
        assert response.status_code == 413


async def test_a_page_without_a_size_is_none_too_large(database_url: str) -> None:
    async with application(database_url, page_max=7) as app:
        assert "errors" not in await app.ask("{ packages { nodes { id } } }")


async def test_the_database_is_opened_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite3"
    url = f"sqlite:///{file}"
    create_app(Settings(_env_file=None, database_url=SecretStr(url)))
    assert not file.exists()
    async with application(url) as app:
        assert await app.data(READ) == {"categories": {"totalCount": 0}}


async def test_the_database_is_closed_at_the_end(tmp_path: Path) -> None:
    """SQLite's log is gone once its last connection is closed."""
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    for _ in range(2):
        async with application(url) as app:
            await app.data(READ)
            assert len(names(tmp_path)) > 1
        assert names(tmp_path) == ["x.sqlite3"]


async def test_sqlite_is_migrated_and_postgresql_is_not(database_url: str, backend: str) -> None:
    engine = create_engine(database_url)
    await migrate.downgrade(engine, "base")
    if backend == "sqlite":
        await migrate.prepare(database_url)
        assert await migrate.at_head(engine)
    else:
        for start in (migrate.prepare(database_url), application(database_url).__aenter__()):
            with pytest.raises(DatabaseUnavailable, match=r"python server\.py migrate"):
                await start
        assert not await migrate.at_head(engine)
    await engine.dispose()
