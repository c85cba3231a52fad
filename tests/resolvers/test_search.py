"""Searches find what is meant, in the same order on both databases."""

import asyncio
import random
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.search import Document, SearchDocument, SearchType, index
from tests.counts import pick, reached
from tests.resolvers.searching import Ranking, Row, opened, search, search_page

GENERATED = pick(test=150, prove=1_500)

IN_THE_DIRECTORY = {
    # as it is, in whatever case, with other punctuation
    "Django Q": "Django Q",
    "django-q": "Django Q",
    "DJANGO.Q!": "Django Q",
    "celery": "celery",
    "Workers, Queues and Tasks": "Workers, Queues and Tasks",
    "workers-queues-and-tasks": "Workers, Queues and Tasks",
    "task schedulers": "Task Schedulers",
    "graphql": "GraphQL",
    "testing": "Testing",
    "apps": "App",
    "frameworks": "Framework",
    # some of its words, in whatever order
    "allauth": "django-allauth",
    "rest framework": "django-rest-framework",
    "framework rest django": "django-rest-framework",
    "toolbar debug": "django-debug-toolbar",
    "forms crispy": "django-crispy-forms",
    "queues workers": "Workers, Queues and Tasks",
    "export import": "django-import-export",
    # words parted and written together
    "restframework": "django-rest-framework",
    "djangorestframework": "django-rest-framework",
    "django restframework": "django-rest-framework",
    "crispyforms": "django-crispy-forms",
    "debug tool bar": "django-debug-toolbar",
    "white noise": "whitenoise",
    "all-auth": "django-allauth",
    # beginnings
    "d": "django",
    "wagta": "wagtail",
    "wagt": "wagtail",
    "debug toolb": "django-debug-toolbar",
    "workers queue": "Workers, Queues and Tasks",
    # one typo: a letter more, less, another, two the other way round
    "celerry": "celery",
    "celry": "celery",
    "calery": "celery",
    "ceelry": "celery",
    "djnago q": "Django Q",
    "rest framwork": "django-rest-framework",
    "djangorestframwork": "django-rest-framework",
    "gaurdian": "django-guardian",
    "alauth": "django-allauth",
    "crispy froms": "django-crispy-forms",
    # a contributor, a word of a description
    "koed00": "Django Q",
    "s3": "django-storages",
}

DOCUMENTS = [
    Document(SearchType.PACKAGE, 1, "🚀 Rocket", "rocket", "Starts 🚀 fast 🔥 things", [], 5),
    Document(SearchType.PACKAGE, 2, "Größe", "groesse", "ΣΊΣΥΦΟΣ rolls a stone", ["Zoë"], 12),
    Document(SearchType.PACKAGE, 3, "日本語", "nihongo", "東京タワー", [], 3),
    Document(SearchType.PACKAGE, 4, "C++ & <b>C#</b>", "c-plus-plus", 'It\'s "100%" _ok_', [], 1),
    Document(SearchType.PACKAGE, 5, "O'Reilly", "oreilly", "back\\slash; DROP TABLE package;--"),
    Document(SearchType.PACKAGE, 6, "Cache", "cache-simple", "A plain cache", [], 10),
    Document(SearchType.PACKAGE, 7, "Cache tools", "cache", "Tools for a cache", [], 5_000),
    Document(SearchType.PACKAGE, 8, "Memory", "memory", "Cache in memory", ["cache"], 9_000),
    Document(SearchType.PACKAGE, 9, "Cached", "cached", "", [], 20_000),
    Document(SearchType.PACKAGE, 10, "Store", "store", "Nothing of it", ["cache"], 30_000),
    Document(SearchType.GRID, 1, "Caching", "caching", "Packages that cache"),
    Document(SearchType.CATEGORY, 1, "Cache", "caches", ""),
    Document(SearchType.PACKAGE, 11, "naïve café", "naive-cafe", "नमस्ते दुनिया", [], 2),
    Document(SearchType.PACKAGE, 12, "x" * 90, "long", "y" * 300, [], 2),
    Document(SearchType.PACKAGE, 13, "OR AND NOT NEAR", "operators", "title:cms col*", [], 2),
    Document(SearchType.PACKAGE, 14, "!!!", "punctuation", "nothing else", [], 2),
    Document(SearchType.PACKAGE, 15, "İstanbul", "istanbul", "Łódź ﬁles", [], 2),
    Document(SearchType.PACKAGE, 16, "two two", "two-two", "one", [], 2),
]

AMONG_THE_ODD = {
    "🚀": "🚀 Rocket",
    "🔥": "🚀 Rocket",
    "fast 🚀": "🚀 Rocket",
    "🚀rocket": "🚀 Rocket",
    "👍": None,
    "GRÖSSE": "Größe",
    "größe": "Größe",
    "σίσυφος": "Größe",
    "ZOË": "Größe",
    "日本": "日本語",
    "京東": "日本語",
    "C": "C++ & <b>C#</b>",
    "c++": "C++ & <b>C#</b>",
    "c#": "C++ & <b>C#</b>",
    "100%": "C++ & <b>C#</b>",
    "_ok_": "C++ & <b>C#</b>",
    "it's ok": "C++ & <b>C#</b>",
    "<b>": "C++ & <b>C#</b>",
    "o'reilly": "O'Reilly",
    "OReilly": "O'Reilly",
    "back\\slash": "O'Reilly",
    "'; DROP TABLE package;--": "O'Reilly",
    "cache": "Cache",
    "cache cache": "Cache tools",
    "café": "naïve café",
    "cafe naive": "naïve café",
    "cafe\u0301": "naïve café",
    "नमस्ते": "naïve café",
    "x" * 500: "x" * 90,
    "z" * 500: None,
    "y" * 64: "x" * 90,
    "or and not": "OR AND NOT NEAR",
    "title:cms": "OR AND NOT NEAR",
    "col*": "OR AND NOT NEAR",
    '"cache tools"': "Cache tools",
    "cache*": "Cache",
    "NEAR(": "OR AND NOT NEAR",
    "files": "İstanbul",
    "ŁÓDŹ": "İstanbul",
    "two": "two two",
    "two two two": "two two",
    "": None,
    " \t\n": None,
    "!!!": None,
    "%": None,
    "_": None,
    "'": None,
    '"': None,
    "\\": None,
    "*": None,
    "-": None,
    "\u200b\ufeff": None,
    "\x00": None,
    "\ud800": None,
    "cache\x00tools": "Cache tools",
    "?ache": "Cache",
    "=cache": "Cache",
    "ca?he": None,
    "cache \U0010ffff": "Cache",
    "one two": "two two",
    " ".join(["two"] * 40): "two two",
}


@pytest.fixture(scope="module")
def odd_url(new_database: Callable[[], str]) -> str:
    """The URL of a database in which `DOCUMENTS` can be found."""
    url = new_database()
    asyncio.run(fill(url, DOCUMENTS))
    return url


async def fill(url: str, documents: list[Document]) -> None:
    async with opened(url) as engine, AsyncSession(engine) as session, session.begin():
        await index(session, documents)


async def indexed(url: str) -> list[Document]:
    """The documents that the index holds."""
    async with opened(url) as engine, AsyncSession(engine) as session:
        return [
            Document(
                SearchType[row.node_type],
                row.node_id,
                row.title,
                row.slug,
                row.description,
                row.participants,
                row.popularity,
            )
            for row in await session.scalars(select(SearchDocument))
        ]


async def check(url: str, query: str, best: str | None) -> None:
    """The title that is found first, and the whole order."""
    documents = await indexed(url)
    found = await search(url, query)
    titles = {(document.node_type.name, document.node_id): document.title for document in documents}
    assert (titles[found[0][2:]] if found else None) == best
    assert found == Ranking(documents).ranked(query)
    assert found == sorted(set(found), reverse=True)


@pytest.mark.parametrize("query", IN_THE_DIRECTORY)
async def test_best_of_the_directory(directory_url: str, query: str) -> None:
    await check(directory_url, query, IN_THE_DIRECTORY[query])


@pytest.mark.parametrize("query", AMONG_THE_ODD, ids=ascii)
async def test_best_of_odd_texts(odd_url: str, query: str) -> None:
    await check(odd_url, query, AMONG_THE_ODD[query])


async def test_order_is_that_of_a_plain_ranking(directory_url: str, backend: str) -> None:
    documents = await indexed(directory_url)
    ranking = Ranking(documents)
    chance = random.Random(GENERATED)
    for _ in range(GENERATED):
        query = generated(chance, documents)
        found = await search(directory_url, query)
        assert found == ranking.ranked(query), query
        size = chance.randint(5, 50)
        assert await paged(directory_url, query, size) == found, query
    reached(f"generated searches on {backend}", GENERATED)


def generated(chance: random.Random, documents: list[Document]) -> str:
    """Some words of a document, perhaps with a typo, perhaps the last one cut short."""
    document = chance.choice(documents)
    text = chance.choice([document.title, document.title, document.slug, document.description])
    parts = chance.sample(text.split(), k=min(len(text.split()), chance.randint(1, 3))) or ["a"]
    word = chance.randrange(len(parts))
    letters = list(parts[word])
    place = chance.randrange(len(letters))
    match chance.randrange(6):
        case 0:
            del letters[place]
        case 1:
            letters.insert(place, chance.choice("aeinorst"))
        case 2:
            letters[place] = chance.choice("aeinorst")
        case 3:
            letters[place : place + 2] = reversed(letters[place : place + 2])
    parts[word] = "".join(letters)
    if chance.random() < 0.3:
        parts[-1] = parts[-1][: chance.randint(1, 4)]
    return chance.choice([" ", " ", "-", ""]).join(parts)


async def paged(url: str, query: str, size: int) -> list[Row]:
    """All that matches, page by page."""
    rows: list[Row] = []
    while more := await search_page(url, query, size, rows[-1] if rows else None):
        assert len(more) <= size
        rows += more
    return rows


@pytest.mark.parametrize("query", ["cache", "c", "cache tools", "chace", "!!!", "two"])
async def test_pages_are_the_whole(odd_url: str, query: str) -> None:
    whole = await search(odd_url, query)
    for size in (1, 2, 3, 100):
        assert await paged(odd_url, query, size) == whole


async def test_types(odd_url: str) -> None:
    whole = await search(odd_url, "cache")
    assert {row[2] for row in whole} == {"PACKAGE", "GRID", "CATEGORY"}
    for types in (["PACKAGE"], ["GRID"], ["CATEGORY", "GRID"], []):
        wanted = [row for row in whole if row[2] in types]
        assert await search(odd_url, "cache", types) == wanted
        assert await search_page(odd_url, "cache", 2, types=types) == wanted[:2]


async def test_fields_and_likeness_rank(odd_url: str) -> None:
    """Exact title, exact slug; title over description over participant; stars break ties."""
    found = [(row[2], row[3]) for row in await search(odd_url, "cache")]
    assert found == [
        ("PACKAGE", 6),  # its whole title, 10 stars
        ("CATEGORY", 1),  # its whole title
        ("PACKAGE", 7),  # its whole slug
        ("PACKAGE", 9),  # a beginning in the title
        ("PACKAGE", 8),  # in the description
        ("GRID", 1),  # in the description
        ("PACKAGE", 10),  # a participant
    ]


async def test_a_typo_is_forgiven_in_rare_words_only(database_url: str) -> None:
    rest = [Document(SearchType.PACKAGE, i, f"rest {i}", f"rest-{i}", "") for i in range(10)]
    test = Document(SearchType.PACKAGE, 100, "test", "test", "")
    await fill(database_url, [*rest[:3], test])
    assert [row[3] for row in await search(database_url, "rest")] == [2, 1, 0, 100]
    await fill(database_url, rest)
    assert [row[3] for row in await search(database_url, "rest")] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert [row[3] for row in await search(database_url, "tst")] == []
    assert [row[3] for row in await search(database_url, "tesst")] == [100]


async def test_nothing_is_found_in_an_empty_index(database_url: str) -> None:
    assert await search(database_url, "django") == []
    assert await search_page(database_url, "django", 10) == []
