"""PACKGRID_EXPLAIN: what each answer says of itself, over HTTP."""

from db.token import Role
from tests.application import application
from tests.web.curating import token

QUERY = '{ package(by: {slug: "celery"}) { title } }'


async def test_each_answer_tells_what_it_took(directory_url: str) -> None:
    async with application(directory_url, explain=True, answer_cache=1_000_000) as app:
        plain = (await app.client.post("/graphql", json={"query": QUERY})).json()
        explain = plain["extensions"]["explain"]
        assert plain["data"] == {"package": {"title": "celery"}}
        assert app.recorder.statements == [explain["sql"]]
        assert set(explain["values"]) == {"celery"}
        assert any("package" in line for line in explain["plan"])
        assert set(explain["microseconds"]) == {"parse", "validate", "compile", "coerce", "execute"}


async def test_no_answer_is_kept_meanwhile(directory_url: str) -> None:
    async with application(directory_url, explain=True, answer_cache=1_000_000) as app:
        for _ in range(2):
            response = await app.client.get("/graphql", params={"query": QUERY})
            assert response.json()["extensions"]["explain"]["sql"]
        assert len(app.recorder.statements) == 2


async def test_it_is_told_only_where_it_is_asked_for(directory_url: str) -> None:
    async with application(directory_url) as app:
        assert "extensions" not in await app.ask(QUERY)


async def test_an_admin_may_ask_for_it_by_a_header(database_url: str) -> None:
    secrets = {role: await token(database_url, role.name, role) for role in Role}
    body = {"query": "{ packages { totalCount } }"}
    async with application(database_url, answer_cache=1_000_000) as app:
        for role, secret in secrets.items():
            headers = {"Authorization": f"Bearer {secret}"}
            for explain in ({}, {"Packgrid-Explain": "1"}, {}):
                response = await app.client.post("/graphql", json=body, headers=headers | explain)
                assert response.json()["data"] == {"packages": {"totalCount": 0}}
                is_told = "extensions" in response.json()
                assert is_told == (bool(explain) and role is Role.ADMIN)
