"""The SQL of a search: which documents match a query, and in which order.

`docs/search.md` says in words how a query is understood and ranked; the numbers are here.
`resolvers.snippet` marks what matched.
"""

import orjson
from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Integer,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from db.search import (
    DESCRIPTION,
    LONGEST_NAME,
    PARTICIPANTS,
    SLUG,
    TITLE,
    SearchPattern,
    SearchPosting,
)
from db.words import (
    TYPO_LENGTHS,
    WHOLE,
    open_patterns,
    squeezed,
    terms_nearby,
    whole_terms,
    words,
)
from resolvers.json_text import Constant, Rows, TextOf, chain, item

MOST_WORDS = 10
"""How many words of a query count; the rest is ignored."""

RARE = 10
"""A word that at least so many postings have as it is typed is not taken for a typo."""

COUNTED = 5_000
"""How far postings are counted to find the rarest word."""

ORDER = (("score", "desc"), ("popularity", "desc"), ("node_type", "desc"), ("node_id", "desc"))
"""The columns of `matches` that rank it; no two of its rows are equal in all of them."""

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
    (WHOLE_TYPO, TITLE): 400,
    (WHOLE_TYPO, SLUG): 300,
}


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
    for place, word in enumerate(parts):
        if len(word.term) in TYPO_LENGTHS:
            ranges += [(TYPO, place, term, term) for term in terms_nearby(word.term)]
            ranges += [(PATTERN, place, open_, open_) for open_ in open_patterns(word.term)]
    return orjson.dumps(ranges).decode()


def alternatives(query: ColumnElement[str]) -> CTE:
    """The ranges of terms that the words of an encoded query stand for: kind, word, first, last.

    `found` is how many postings there are, counted to `COUNTED`. Typos are among them only for a
    word that is `RARE` as it is typed.
    """
    row = Rows(query).table_valued("position", "value")
    kind, word, first, last = (item(row.c.value, index) for index in range(4))
    given = select(
        kind.label("kind"),
        word.cast(Integer).label("word"),
        first.label("first"),
        last.label("last"),
    ).cte()
    typed = (
        select(given, _postings_between(given.c.first, given.c.last).label("found"))
        .where(given.c.kind.not_in([Constant(TYPO), Constant(PATTERN)]))
        .cte()
    )
    rare = select(typed.c.word).group_by(typed.c.word)
    rare = rare.having(func.sum(typed.c.found) < number(RARE))
    of_rare = given.c.word.in_(rare)
    pattern = SearchPattern.__table__.alias()
    typo = union_all(
        select(given.c.word, given.c.first.label("term")).where(
            given.c.kind == Constant(TYPO), of_rare
        ),
        select(given.c.word, pattern.c.term)
        .join_from(given, pattern, pattern.c.pattern == given.c.first)
        .where(given.c.kind == Constant(PATTERN), of_rare),
    ).subquery()
    term = typo.c.term
    whole = chain(Constant(WHOLE), term)
    typos = (
        select(Constant(TYPO), typo.c.word, term, term, _postings_between(term, term)),
        select(Constant(WHOLE_TYPO), typo.c.word, whole, whole, _postings_between(whole, whole))
        # Of a query of one word alone: of several it would be a title that has only one of them.
        .where(select(func.max(given.c.word)).scalar_subquery() == number(0)),
    )
    return union_all(select(typed), *typos).cte()


def matches(alternatives: CTE, types: ColumnElement[str]) -> FromClause:
    """The documents that have all words of a query: the columns of `ORDER`.

    `types` is a JSON array of the names of types, NULL for all.
    """
    rarest = (
        select(alternatives.c.word)
        .group_by(alternatives.c.word)
        .order_by(func.sum(alternatives.c.found), alternatives.c.word)
        .limit(number(1))
        .offset(number(0))
        .scalar_subquery()
    )
    other_words = select(func.max(alternatives.c.word)).scalar_subquery()
    posting, meant = SearchPosting.__table__.alias(), alternatives.alias()
    type_ = Rows(types).table_valued("position", "value")
    document = (posting.c.node_type, posting.c.node_id, posting.c.popularity)
    with_rarest = (
        select(*document, func.max(points(meant, posting)).label("points"))
        .join_from(meant, posting, stands_for(meant, posting.c.term, posting.c.field))
        .where(
            # Plus 0, or SQLite makes an index on `word` and reads all postings to look into it.
            meant.c.word + number(0) == rarest,
            or_(types.is_(None), posting.c.node_type.in_(select(TextOf(type_.c.value)))),
        )
        .group_by(*document)
    ).cte()

    posting, meant = SearchPosting.__table__.alias(), alternatives.alias()
    others = (
        select(func.max(points(meant, posting)).label("points"))
        .join_from(meant, posting, stands_for(meant, posting.c.term, posting.c.field))
        .where(
            meant.c.word != rarest,
            posting.c.node_type == with_rarest.c.node_type,
            posting.c.node_id == with_rarest.c.node_id,
        )
        .group_by(meant.c.word)
        .correlate(with_rarest)
    ).subquery()
    of_others = select(case((func.count() == other_words, func.sum(others.c.points))))
    score = with_rarest.c.points + case(
        (other_words == number(0), number(0)),
        else_=of_others.select_from(others).scalar_subquery(),
    )
    # Materialized: a database that inlines it works out the score once for each mention of it.
    scored = (
        select(
            score.label("score"),
            with_rarest.c.popularity,
            with_rarest.c.node_type,
            with_rarest.c.node_id,
        )
        .cte()
        .prefix_with("MATERIALIZED")
    )
    return select(scored).where(scored.c.score.is_not(None)).subquery()


def points(meant: FromClause, posting: FromClause) -> ColumnElement[int]:
    """What a posting is worth to an alternative of a word that it stands for."""
    whole = [
        (and_(meant.c.kind == Constant(kind), posting.c.field == number(field)), number(worth))
        for (kind, field), worth in WHOLE_POINTS.items()
    ]
    weight = case(
        *((posting.c.field == number(field), number(worth)) for field, worth in WEIGHTS.items())
    )
    likeness = case(
        (meant.c.kind == Constant(TYPO), number(ONE_TYPO)),
        (posting.c.term == meant.c.first, number(EXACT)),
        else_=number(PREFIX),
    )
    return case(*whole, else_=weight * likeness)


def stands_for(
    meant: FromClause, term: ColumnElement[str], field: ColumnElement[int]
) -> ColumnElement[bool]:
    """That an alternative stands for a term of a field. A login is not taken for a typo."""
    return and_(
        meant.c.found > number(0),
        term.between(meant.c.first, meant.c.last),
        or_(meant.c.kind != Constant(TYPO), field != number(PARTICIPANTS)),
    )


def _postings_between(first: ColumnElement[str], last: ColumnElement[str]) -> ColumnElement[int]:
    """How many postings of these terms there are, counted to `COUNTED`."""
    posting = SearchPosting.__table__.alias()
    found = select(number(1)).select_from(posting).where(posting.c.term.between(first, last))
    found = found.correlate_except(posting).limit(number(COUNTED)).offset(number(0))
    return select(func.count()).select_from(found.subquery()).scalar_subquery()


def number(value: int) -> ColumnElement[int]:
    """`value` itself, written into the statement."""
    return literal_column(str(value), Integer)
