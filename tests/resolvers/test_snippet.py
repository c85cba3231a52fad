"""Snippets: the text that matched, marked, and nothing in it that a browser would run."""

import asyncio
import html
import re
from collections.abc import Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.search import Document, SearchType, index
from tests.resolvers.searching import opened, snippets

LONG = " ".join(f"word{i}" for i in range(200))

TEXTS = {
    1: ("Django Q", "django-q", "A task queue", ["Koed00", "jordan-r"]),
    2: ("Django REST framework", "drf", "APIs", []),
    3: ("<script>alert('x')</script>", "evil", 'Tom & "Jerry" <b>bold</b> it\'s', []),
    4: ("Plain", "plain", f"{LONG} needle {LONG}", []),
    5: ("Emoji", "emoji", "🚀🔥 rockets 🚀 Größe ﬁles 日本語 e\u0301te\u0301", []),
    6: ("Ends", "ends", f"{LONG} pin", []),
    7: ("Starts", "starts", f"hook {LONG}", []),
    8: ("Solid", "solid", f"{'x' * 300} {'y' * 300} {'z' * 300}", []),
    9: ("Many", "many", "one two one three one", ["<i>&</i>", "ann", "bob"]),
    10: ("Other title", "nothing-of-it", "alpha beta", ["alpha"]),
    11: ("Left", "left", "an &amp; is &lt;kept&gt;", []),
}

CASES = {
    ("queue", 1): "A task <mark>queue</mark>",
    ("django", 1): "<mark>Django</mark> Q",
    ("DJANGO.q", 1): "<mark>Django Q</mark>",
    ("que", 1): "A task <mark>queue</mark>",  # a beginning: the whole word
    ("quuee", 1): "A task <mark>queue</mark>",  # a typo: the whole word
    ("djangoq", 1): "<mark>Django Q</mark>",  # written together: all of it
    ("django queue", 1): "<mark>Django</mark> Q",  # as many words in either field: the better one
    ("task queue django", 1): "A <mark>task</mark> <mark>queue</mark>",  # most words
    ("koed00", 1): "<mark>Koed00</mark>",
    ("jordan-r", 1): "<mark>jordan-r</mark>",
    ("drf", 2): "<mark>drf</mark>",
    ("rest framework", 2): "Django <mark>REST framework</mark>",
    ("restframework", 2): "Django <mark>REST framework</mark>",
    ("djangorest", 2): "<mark>Django REST</mark> framework",
    ("framework django", 2): "<mark>Django</mark> REST <mark>framework</mark>",
    ("djangorest restframework", 2): "<mark>Django REST framework</mark>",  # they overlap
    ("alert", 3): "&lt;script&gt;<mark>alert</mark>(&#39;x&#39;)&lt;/script&gt;",
    ("script", 3): "&lt;<mark>script</mark>&gt;alert(&#39;x&#39;)&lt;/<mark>script</mark>&gt;",
    ("jerry bold", 3): "Tom &amp; &quot;<mark>Jerry</mark>&quot;"
    " &lt;b&gt;<mark>bold</mark>&lt;/b&gt; it&#39;s",
    (
        "it's",
        3,
    ): "Tom &amp; &quot;Jerry&quot; &lt;b&gt;bold&lt;/b&gt; <mark>it</mark>&#39;<mark>s</mark>",
    ("kept", 11): "an &amp;amp; is &amp;lt;<mark>kept</mark>&amp;gt;",
    ("rockets", 5): "🚀🔥 <mark>rockets</mark> 🚀 Größe ﬁles 日本語 e\u0301te\u0301",
    ("🚀", 5): "<mark>🚀</mark>🔥 rockets <mark>🚀</mark> Größe ﬁles 日本語 e\u0301te\u0301",
    ("🔥🚀", 5): "<mark>🚀🔥</mark> rockets <mark>🚀</mark> Größe ﬁles 日本語 e\u0301te\u0301",
    ("GRÖSSE", 5): "🚀🔥 rockets 🚀 <mark>Größe</mark> ﬁles 日本語 e\u0301te\u0301",
    ("files", 5): "🚀🔥 rockets 🚀 Größe <mark>ﬁles</mark> 日本語 e\u0301te\u0301",
    ("本語", 5): "🚀🔥 rockets 🚀 Größe ﬁles 日<mark>本語</mark> e\u0301te\u0301",
    ("été", 5): "🚀🔥 rockets 🚀 Größe ﬁles 日本語 <mark>e\u0301te\u0301</mark>",
    ("one", 9): "<mark>one</mark> two <mark>one</mark> three <mark>one</mark>",
    ("ann", 9): "<mark>ann</mark>",
    ("i&i", 9): "<mark>&lt;i&gt;&amp;&lt;/i&gt;</mark>",
    ("bob ann", 9): "<mark>ann</mark>, <mark>bob</mark>",
    ("alpha", 10): "<mark>alpha</mark> beta",  # the description rather than the participant
    ("nothing it", 10): "<mark>nothing</mark>-of-<mark>it</mark>",
}


@pytest.fixture(scope="module")
def texts_url(new_database: Callable[[], str]) -> str:
    """The URL of a database in which `TEXTS` can be found."""
    url = new_database()
    asyncio.run(fill(url))
    return url


async def fill(url: str) -> None:
    documents = [
        Document(SearchType.PACKAGE, number, *texts, stars=None) for number, texts in TEXTS.items()
    ]
    async with opened(url) as engine, AsyncSession(engine) as session, session.begin():
        await index(session, documents)


@pytest.mark.parametrize(("query", "number"), CASES, ids=ascii)
async def test_marks(texts_url: str, query: str, number: int) -> None:
    assert (await snippets(texts_url, query))[number] == CASES[query, number]


async def test_nothing_but_marks_is_markup(texts_url: str) -> None:
    for query in ("a", "b", "i", "s", "script", "word1", "x", "e", "t", "script alert x", "amp"):
        found = await snippets(texts_url, query)
        assert found
        for number, snippet in found.items():
            assert snippet is not None
            text = re.sub("</?mark>", "", snippet)
            assert not re.search("[<>\"']|&(?!(amp|lt|gt|quot|#39);)", text)
            shown = html.unescape(text).strip("…")
            title, slug, description, participants = TEXTS[number]
            assert any(
                shown in each for each in (title, slug, description, ", ".join(participants))
            )
            assert re.fullmatch("([^<]*<mark>[^<]+</mark>)+[^<]*", snippet)


async def test_a_long_text_is_cut_between_words(texts_url: str) -> None:
    middle = (await snippets(texts_url, "needle"))[4]
    end = (await snippets(texts_url, "pin"))[6]
    start = (await snippets(texts_url, "hook"))[7]
    assert middle is not None
    assert end is not None
    assert start is not None
    assert re.fullmatch(r"…(word\d+ )+<mark>needle</mark>( word\d+)+…", middle)
    assert re.fullmatch(r"…(word\d+ )+<mark>pin</mark>", end)
    assert re.fullmatch(r"<mark>hook</mark>( word\d+)+…", start)
    for snippet in (middle, end, start):
        assert 180 < len(re.sub("</?mark>|…", "", snippet)) <= 200


async def test_a_word_longer_than_a_snippet_is_cut(texts_url: str) -> None:
    assert (await snippets(texts_url, "y" * 64))[8] == f"…<mark>{'y' * 200}</mark>…"
