"""An edit whose turn does not come."""

import sqlite3

import pytest
from sqlalchemy import make_url

from db import engine
from tests.application import application
from tests.web.asking import GRAPHQL, JSON
from tests.web.curating import token

EDIT = 'mutation { categoryCreate(input: {title: "Apps"}) { category { slug } errors { code } } }'


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_an_edit_that_waits_too_long_may_be_tried_again(
    database_url: str, accept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SQLITE_PRAGMAS", ("busy_timeout = 50", *engine.SQLITE_PRAGMAS[1:]))
    headers = {"accept": accept, "authorization": f"Bearer {await token(database_url)}"}
    other = sqlite3.connect(str(make_url(database_url).database), isolation_level=None)
    async with application(database_url) as app:
        other.execute("BEGIN IMMEDIATE")
        response = await app.client.post("/graphql", json={"query": EDIT}, headers=headers)
        assert response.status_code == 503
        (error,) = response.json()["errors"]
        assert (error["path"], error["extensions"]["code"]) == (["categoryCreate"], "UNAVAILABLE")

        other.execute("ROLLBACK")
        response = await app.client.post("/graphql", json={"query": EDIT}, headers=headers)
        assert response.status_code == 200
        payload = response.json()["data"]["categoryCreate"]
        assert payload == {"category": {"slug": "apps"}, "errors": []}
    other.close()
