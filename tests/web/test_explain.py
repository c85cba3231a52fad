"""PACKGRID_EXPLAIN: what each answer says of itself, over HTTP."""

from tests.application import application

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
