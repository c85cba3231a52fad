"""The SQL of a search: which documents match a query, and in which order.

`docs/search.md` says in words how a query is understood and ranked; the numbers are here.
`resolvers.snippet` marks what matched.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import (
    CTE,
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SelectBase,
    Subquery,
    Text,
    and_,
    case,
    func,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.types import TypeEngine

from db.search import (
    DESCRIPTION,
    LONGEST_NAME,
    PARTICIPANTS,
    SLUG,
    TITLE,
    SearchPattern,
    SearchPosting,
)
from db.sql import Spelled, Within, limited, number
from db.words import (
    LETTERS,
    TYPO_LENGTHS,
    open_patterns,
    squeezed,
    terms_nearby,
    whole_terms,
    words,
)
from resolvers.json_text import Constant, Rows, chain, item

POSTING = SearchPosting.__table__.alias("posting")
"""One alias for all subqueries, which see nothing of each other: to make one takes a while."""

ALWAYS = true()

MOST_WORDS = 10
"""How many words of a query count; the rest is ignored."""

RARE = 10
"""A word that at least so many postings have as it is typed is not taken for a typo."""

COUNTED = 5_000
"""How far postings are counted to find the rarest word."""

ORDER: dict[str, type[TypeEngine[Any]]] = {
    "score": BigInteger,
    "popularity": BigInteger,
    "node_type": Text,
    "node_id": BigInteger,
}
"""The columns of `matches` that rank it, all descending; no two of its rows are equal in all."""

NAMES = tuple(ORDER)

MOST_POPULAR = 2**31 - 1
"""No popularity is greater."""

AFTER_ALL = "\U0010ffff"
"""Sorts after every character that a term goes on with."""

# How a word of a query is matched: by a range of terms, or as one whole title or slug.
WORD, WHOLE_TYPED, WHOLE_LETTERS = "word", "typed", "letters"
# By a term one typo away, by a pattern of such terms, or by such a term as one whole title or slug.
TYPO, PATTERN, WHOLE_TYPO = "typo", "pattern", "whole typo"

WEIGHTS = {TITLE: 10, SLUG: 8, DESCRIPTION: 4, PARTICIPANTS: 2}
EXACT, PREFIX, ONE_TYPO = 10, 6, 3
WHOLE_POINTS = {
    (WHOLE_TYPED, TITLE): 4_000,
    (WHOLE_LETTERS, TITLE): 3_000,
    (WHOLE_TYPED, SLUG): 2_000,
    (WHOLE_LETTERS, SLUG): 1_000,
    (WHOLE_TYPO, TITLE): 39,
    (WHOLE_TYPO, SLUG): 36,
}


STRATA = (
    *((kind, field, worth) for (kind, field), worth in WHOLE_POINTS.items() if kind != WHOLE_TYPO),
    *((WORD, field, weight * EXACT) for field, weight in WEIGHTS.items() if field <= SLUG),
)
"""What a query of one word finds by one term in one field, worth more than all it finds besides."""


def encode(text: str) -> str:
    """What is bound for a query: [kind, word, first term, last term] for each range of terms that
    one of its words stands for, as a JSON array. Words are numbered from 0.
    """
    found = words(text, LONGEST_NAME)
    parts = found[:MOST_WORDS]
    last = len(found) - 1  # of more words than count, the last one that does is no beginning
    ranges: list[tuple[str, int, str, str]] = []
    runs = [(word.term, range(place, place + 1)) for place, word in enumerate(parts)]
    runs += [(word.term, run) for word, run in squeezed(parts)]
    for term, run in runs:
        end = term + AFTER_ALL if last in run else term
        ranges += [(WORD, place, term, end) for place in run]
    if parts:
        typed, letters = whole_terms(text, found)
        ranges += [(WHOLE_TYPED, 0, typed, typed), (WHOLE_LETTERS, 0, letters, letters)]
    return orjson.dumps(ranges).decode()


def encode_typos(text: str) -> str:
    """What is bound beside: [kind, word, term or pattern] for all that is one typo away."""
    near: list[tuple[str, int, str]] = []
    for place, word in enumerate(words(text, LONGEST_NAME)[:MOST_WORDS]):
        if len(word.term) in TYPO_LENGTHS:
            near += [(TYPO, place, term) for term in terms_nearby(word.term)]
            near += [(PATTERN, place, pattern) for pattern in open_patterns(word.term)]
    return orjson.dumps(near).decode()


def alternatives(query: ColumnElement[str], typos: ColumnElement[str], name: str) -> CTE:
    """The ranges of terms that the words of an encoded query stand for: kind, word, first, last.

    `found` is how many postings there are, counted to `COUNTED`. Of the encoded typos, those of a
    word that is `RARE` as it is typed are among them; where none is, they are not even read.
    """
    row = Rows(query).table_valued("position", "value")
    kind, word, first, last = (item(row.c.value, index) for index in range(4))
    given = select(
        kind.label("kind"),
        word.cast(Integer).label("word"),
        first.label("first"),
        last.label("last"),
    ).cte()
    typed = select(given, _postings_between(given.c.first, given.c.last).label("found")).cte()
    by_word = select(typed.c.word).group_by(typed.c.word)
    rare = by_word.having(func.sum(typed.c.found) < number(RARE)).cte()
    any_rare = select(number(1)).select_from(rare).exists()
    row = Rows(case((any_rare, typos), else_=Constant("[]"))).table_valued("position", "value")
    kind, place, term = (item(row.c.value, index) for index in range(3))
    near = (
        select(kind.label("kind"), place.cast(Integer).label("word"), term.label("term"))
        .where(place.cast(Integer).in_(select(rare.c.word)))
        .cte()
    )
    pattern = SearchPattern.__table__.alias()
    typo = union_all(
        select(near.c.word, near.c.term).where(near.c.kind == Constant(TYPO)),
        select(near.c.word, pattern.c.term)
        .join_from(near, pattern, pattern.c.pattern == near.c.term)
        .where(near.c.kind == Constant(PATTERN)),
    ).subquery()
    term = typo.c.term
    whole = chain(Constant(LETTERS), term)
    of_typos = (
        select(Constant(TYPO), typo.c.word, term, term, _postings_between(term, term)),
        select(Constant(WHOLE_TYPO), typo.c.word, whole, whole, _postings_between(whole, whole))
        # Of a query of one word alone: of several it would be a title that has only one of them.
        .where(select(func.max(given.c.word)).scalar_subquery() == number(0)),
    )
    return union_all(select(typed), *of_typos).cte(name)


def page(
    alternatives: CTE,
    types: ColumnElement[Any] | None,
    size: int,
    after: Sequence[ColumnElement[Any]] | None = None,
) -> CTE:
    """The first `size` of `matches`, best first, `after` the row with these values of `ORDER`.

    The best rows of a word that very many documents have are read off the index in their order;
    where these are enough, nothing else is looked at.
    """
    strata = [_stratum(alternatives, types, size, after, *stratum) for stratum in STRATA]
    best = fenced(union_all(*(select(stratum.subquery()) for stratum in strata)))
    is_enough = select(func.count()).select_from(best).scalar_subquery() >= number(size)
    found = matches(alternatives, types, ~is_enough)
    rest = select(found) if after is None else select(found).where(_is_after(found.c, after))
    rows = union_all(select(best).where(is_enough), rest).subquery()
    in_order = [rows.c[name].desc() for name in NAMES]
    return fenced(limited(select(rows).order_by(*in_order), size))


def matches(
    alternatives: CTE, types: ColumnElement[Any] | None, when: ColumnElement[bool] = ALWAYS
) -> Subquery:
    """The documents that have all words of a query: the columns of `ORDER`.

    `types` is a list of the names of types that is bound as one value, None for all. Nothing is
    found, at no cost, where `when` does not hold.
    """
    by_word = select(alternatives.c.word).group_by(alternatives.c.word)
    rarest_first = by_word.order_by(func.sum(alternatives.c.found), alternatives.c.word)
    rarest = limited(rarest_first, 1).scalar_subquery()
    posting, meant = POSTING, alternatives.alias()
    with_rarest = (
        select(*_document(posting), func.max(points(meant, posting)).label("points"))
        .join_from(meant, posting, stands_for(meant, posting.c.term, posting.c.field))
        # Plus 0, or SQLite makes an index on `word` and reads all postings to look into it.
        .where(when, meant.c.word + number(0) == rarest, _is_of(posting, types))
        .group_by(*_document(posting))
    ).cte()

    meant = alternatives.alias()
    others = (
        select(func.max(points(meant, posting)).label("points"))
        .join_from(meant, posting, stands_for(meant, posting.c.term, posting.c.field))
        .where(meant.c.word != rarest, same_document(posting, with_rarest))
        .group_by(meant.c.word)
        .correlate(with_rarest)
    ).subquery()
    how_many = _last_word(alternatives)
    of_others = select(case((func.count() == how_many, func.sum(others.c.points))))
    score = with_rarest.c.points + case(
        (how_many == number(0), number(0)),
        else_=of_others.select_from(others).scalar_subquery(),
    )
    scored = fenced(select(score.label("score"), *_document(with_rarest)))
    return select(scored).where(scored.c.score.is_not(None)).subquery()


def _stratum(
    alternatives: CTE,
    types: ColumnElement[Any] | None,
    size: int,
    after: Sequence[ColumnElement[Any]] | None,
    kind: str,
    field: int,
    worth: int,
) -> Select[Any]:
    """The first `size` documents that a query of one word finds by postings worth just `worth`.

    They come in the order of the index. Documents that are worth more are left out.
    """
    is_one_word = _last_word(alternatives) == number(0)
    typed = select(alternatives.c.first).where(alternatives.c.kind == Constant(kind), is_one_word)
    term = limited(typed, 1).scalar_subquery()
    posting = POSTING
    score = number(worth).label("score")
    rows = select(score, *_document(posting)).where(
        posting.c.term == term,
        posting.c.field == number(field),
        _is_of(posting, types),
        ~IsWorthMore(
            posting.c.node_type, posting.c.node_id, number(worth), literal_column(alternatives.name)
        ),
    )
    if after is not None:
        # The first condition follows from the second, and says where in the index to begin.
        begin = case((score < after[0], number(MOST_POPULAR)), else_=after[1])
        columns = {"score": score, **posting.c}
        rows = rows.where(posting.c.popularity <= begin, _is_after(columns, after))
    in_order = [column.desc() for column in _document(posting)]
    return limited(rows.order_by(*in_order), size)


def _document(rows: FromClause) -> tuple[ColumnElement[Any], ...]:
    """The columns of `ORDER` after the score."""
    return tuple(rows.c[name] for name in NAMES[1:])


def _is_after(columns: Any, values: Sequence[ColumnElement[Any]]) -> Any:
    """That a row comes after the one that has these values of `ORDER`."""
    return tuple_(*(columns[name] for name in NAMES)) < tuple_(*values)


def _is_of(posting: FromClause, types: ColumnElement[Any] | None) -> ColumnElement[bool]:
    """That a posting's document is of one of these types."""
    return true() if types is None else Within(posting.c.node_type, types)


def _last_word(alternatives: CTE) -> ColumnElement[int]:
    """The number of a query's last word; NULL where it has none."""
    return select(func.max(alternatives.c.word)).scalar_subquery()


def same_document(some: FromClause, others: FromClause) -> ColumnElement[bool]:
    """That two rows are of one document."""
    return and_(some.c.node_type == others.c.node_type, some.c.node_id == others.c.node_id)


def fenced(query: SelectBase) -> CTE:
    """A CTE that is worked out once; inlined, it would be for each mention of a column of it."""
    return query.cte().prefix_with("MATERIALIZED")


def points(meant: FromClause, posting: FromClause) -> ColumnElement[int]:
    """What a posting is worth to an alternative of a word that it stands for."""
    return Points(meant.c.kind, meant.c.first, posting.c.term, posting.c.field)


class Points(Spelled):
    """`points` of an alternative's kind and first term, and of a posting's term and field.

    Spelled out, for it stands in a statement ten times and is dear to put together.
    """

    type = Integer()
    sqlite = postgresql = " ".join(
        [
            "CASE",
            *(
                f"WHEN {{0}} = '{kind}' AND {{3}} = {field} THEN {worth}"
                for (kind, field), worth in WHOLE_POINTS.items()
            ),
            "ELSE CASE {3}",
            *(f"WHEN {field} THEN {weight}" for field, weight in WEIGHTS.items()),
            f"END * CASE WHEN {{0}} = '{TYPO}' THEN {ONE_TYPO}",
            f"WHEN {{2}} = {{1}} THEN {EXACT} ELSE {PREFIX} END END",
        ]
    )


def stands_for(
    meant: FromClause, term: ColumnElement[str], field: ColumnElement[int]
) -> ColumnElement[bool]:
    """That an alternative stands for a term of a field."""
    return StandsFor(meant.c.kind, meant.c.found, meant.c.first, meant.c.last, term, field)


class StandsFor(Spelled):
    """`stands_for`. A login is not taken for a typo."""

    type = Boolean()
    sqlite = postgresql = (
        "{1} > 0 AND {4} BETWEEN {2} AND {3}"
        f" AND ({{0}} <> '{TYPO}' OR {{5}} <> {PARTICIPANTS})"
    )


class IsWorthMore(Spelled):
    """That a document, of a type and an id, has a posting worth more than `{2}` to the query.

    `{3}` is the name of the query's `alternatives`.
    """

    type = Boolean()
    sqlite = postgresql = (
        "EXISTS (SELECT 1 FROM {3} AS meant JOIN search_posting AS better ON "
        + StandsFor.sqlite.format(
            "meant.kind", "meant.found", "meant.first", "meant.last", "better.term", "better.field"
        )
        + " WHERE better.node_type = {0} AND better.node_id = {1} AND "
        + Points.sqlite.format("meant.kind", "meant.first", "better.term", "better.field")
        + " > {2})"
    )


def _postings_between(first: ColumnElement[str], last: ColumnElement[str]) -> ColumnElement[int]:
    """How many postings of these terms there are, counted to `COUNTED`."""
    posting = POSTING
    found = select(number(1)).select_from(posting).where(posting.c.term.between(first, last))
    found = limited(found.correlate_except(posting), COUNTED)
    return select(func.count()).select_from(found.subquery()).scalar_subquery()
