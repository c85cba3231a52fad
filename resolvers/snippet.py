"""The snippet of a search: a text that matched, the matches between <mark> and </mark>, as SQL.

All positions are code points counted from 0, which both databases' `substr` count too.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Integer,
    Text,
    and_,
    case,
    func,
    or_,
    select,
    true,
)

from db.search import DESCRIPTION, PARTICIPANTS, SLUG, TITLE, Items, SearchDocument, part
from db.sql import Spelled, number
from resolvers.json_text import ByCodePoint, Constant, chain
from resolvers.search import TYPO, fenced, same_document, stands_for

LONGEST = 200
"""A longer text is cut to so many characters or fewer, the marks and their escapes not counted."""

LEAD = 60
"""How much of a text that is cut stands before the first match at most."""

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}

MARK, UNMARK, CUT = "<mark>", "</mark>", "…"


class Concatenated(Spelled):
    """Aggregate: texts one after the other, in the order of the subquery they come from."""

    type = Text()
    sqlite = "group_concat({0}, '')"
    postgresql = "string_agg({0}, '')"


def snippet(alternatives: CTE, page: FromClause) -> ColumnElement[str]:
    """The snippet of a row of `page`, some of the documents that `resolvers.search.matches` found.

    It is of the field in which most of the query's words stand, of several such fields the best;
    of participants it has those that matched. A long text is cut around the first match.

    `page` has the columns node_type and node_id; let it be a CTE, for it is read twice here. All
    the work is done in a row of CTEs, since SQLite's parser takes no deep nesting.
    """
    words = _looked_up(page, lambda document: document.c.words)
    documents = fenced(select(*_of(page), words.label("words")))
    spans = _cut(_merged(_of_one_field(_hits(alternatives, documents))), documents)
    pieces = select(*_of(spans), _piece(spans).label("piece"))
    pieces_in_order = pieces.order_by(*_of(spans), spans.c.start).cte()
    of_document = _of(pieces_in_order)
    snippets = select(*of_document, Concatenated(pieces_in_order.c.piece).label("snippet"))
    found = fenced(snippets.group_by(*of_document))
    wanted = select(found.c.snippet).where(same_document(found, page))
    return wanted.correlate_except(found).scalar_subquery()


def _looked_up(
    rows: FromClause, value: Callable[[FromClause], ColumnElement[Any]]
) -> ColumnElement[Any]:
    """A value of the document of each row.

    It is a subquery and no join, for which PostgreSQL would read all documents where it does not
    know how short a page is.
    """
    document = SearchDocument.__table__.alias()
    query = select(value(document)).where(same_document(document, rows))
    return query.correlate_except(document).scalar_subquery()


def _of(rows: FromClause) -> tuple[ColumnElement[str], ColumnElement[int]]:
    """The document that rows are about."""
    return rows.c.node_type, rows.c.node_id


def _hits(alternatives: CTE, documents: CTE) -> CTE:
    """Where the documents have the query's words: field, word, start, end.

    A word is marked where it stands as it is typed, else where it stands with a typo. Of several
    terms that begin at one place, the shortest.
    """
    entry = Items(documents.c.words).table_valued("value")
    field, start, length = (part(entry, index).cast(Integer) for index in (1, 2, 3))
    terms = fenced(
        select(
            *_of(documents),
            part(entry, 0).label("term"),
            field.label("field"),
            start.label("start"),
            (start + length).label("end"),
        )
        .join_from(documents, entry, true())
        .where(or_(length > number(0), field == number(PARTICIPANTS)))
    )
    meant = alternatives.alias()
    has_typo = case((meant.c.kind == Constant(TYPO), number(1)), else_=number(0))
    every = (
        select(
            *_of(terms),
            terms.c.field,
            meant.c.word,
            terms.c.start,
            terms.c.end,
            has_typo.label("has_typo"),
        )
        .join_from(terms, meant, stands_for(meant, ByCodePoint(terms.c.term), terms.c.field))
        .cte()
    )
    least = func.min(every.c.has_typo).over(partition_by=(*_of(every), every.c.word))
    hits = select(every, least.label("least")).cte()
    place = (*_of(hits), hits.c.field, hits.c.word, hits.c.start)
    likest = select(*place, func.min(hits.c.end).label("end"))
    return likest.where(hits.c.has_typo == hits.c.least).group_by(*place).cte()


def _of_one_field(hits: CTE) -> CTE:
    """A document's hits in the field that has most words of the query, of several the best."""
    of_field = (*_of(hits), hits.c.field)
    nth_word = func.dense_rank().over(partition_by=of_field, order_by=hits.c.word)
    counting = select(hits, nth_word.label("nth_word")).cte()
    of_field = (*_of(counting), counting.c.field)
    words = func.max(counting.c.nth_word).over(partition_by=of_field)
    counted = select(counting, words.label("words")).cte()
    best_first = (counted.c.words.desc(), counted.c.field)
    place = func.dense_rank().over(partition_by=_of(counted), order_by=best_first)
    placed = select(counted, place.label("place")).cte()
    return select(placed).where(placed.c.place == number(1)).cte()


def _merged(hits: CTE) -> CTE:
    """A document's hits, those that touch each other made one: field, start, end."""
    order = (hits.c.start, hits.c.end.desc())
    covered = func.max(hits.c.end).over(partition_by=_of(hits), order_by=order, rows=(None, -1))
    ordered = select(hits, covered.label("covered")).cte()
    begins = case((ordered.c.start <= ordered.c.covered, number(0)), else_=number(1))
    order = (ordered.c.start, ordered.c.end.desc())
    run = func.sum(begins).over(partition_by=_of(ordered), order_by=order, rows=(None, 0))
    runs = select(ordered, run.label("run")).cte()
    return (
        select(
            *_of(runs),
            func.max(runs.c.field).label("field"),
            func.min(runs.c.start).label("start"),
            func.max(runs.c.end).label("end"),
        )
        .group_by(*_of(runs), runs.c.run)
        .cte()
    )


def _cut(spans: CTE, documents: CTE) -> CTE:
    """The spans within what is shown of their text, with `begin` and `finish` of that.

    It is all of a text of `LONGEST` characters or fewer, else whole words around the first span.
    `before` is the end of the span before, `after` the start of the next one; null where none is.
    """

    def of_words(value: ColumnElement[int], *conditions: ColumnElement[bool]) -> Any:
        of_field = part(word, 1).cast(Integer) == shown.c.field
        query = select(value).join_from(document, word, true())
        query = query.where(same_document(document, shown), of_field, *conditions)
        return query.correlate_except(document, word).scalar_subquery()

    document = documents.alias()
    word = Items(document.c.words).table_valued("value")
    start = part(word, 2).cast(Integer)
    end = start + part(word, 3).cast(Integer)

    def text_of(document: FromClause) -> ColumnElement[str]:
        return case(
            (spans.c.field == number(TITLE), document.c.title),
            (spans.c.field == number(SLUG), document.c.slug),
            (spans.c.field == number(DESCRIPTION), document.c.description),
            else_=document.c.participants.op("->>")(spans.c.start),
        )

    first = func.min(spans.c.start).over(partition_by=_of(spans))
    texts = fenced(select(spans, _looked_up(spans, text_of).label("text"), first.label("first")))
    shown = select(texts, func.length(texts.c.text).label("length")).cte()
    in_text = shown.c.field != number(PARTICIPANTS)
    lead, rest = shown.c.first - number(LEAD), shown.c.length - number(LONGEST)
    earliest = case((lead < rest, lead), else_=rest)
    begin = case(
        (and_(in_text, earliest > number(0)), of_words(func.min(start), start >= earliest)),
        else_=number(0),
    )
    shown = fenced(select(shown, begin.label("begin")))
    latest = shown.c.begin + number(LONGEST)
    finish = case(
        (shown.c.length <= latest, shown.c.length),
        # Where a single word is longer than what is shown, it is cut itself.
        else_=func.coalesce(of_words(func.max(end), start >= shown.c.first, end <= latest), latest),
    )
    shown = fenced(select(shown, finish.label("finish")))
    before = func.lag(shown.c.end).over(partition_by=_of(shown), order_by=shown.c.start)
    after = func.lead(shown.c.start).over(partition_by=_of(shown), order_by=shown.c.start)
    return (
        select(shown, before.label("before"), after.label("after"))
        .where(or_(shown.c.field == number(PARTICIPANTS), shown.c.start < shown.c.finish))
        .cte()
    )


def _piece(span: FromClause) -> ColumnElement[str]:
    """A span, marked, with the text before it, and after the last one what is left."""
    text, start, finish = span.c.text, span.c.start, span.c.finish
    nothing, cut = Constant(""), Constant(CUT)

    def between(start: ColumnElement[int], end: ColumnElement[int]) -> ColumnElement[str]:
        return _escaped(func.substr(text, start + number(1), end - start))

    end = case((span.c.end < finish, span.c.end), else_=finish)
    before = func.coalesce(span.c.before, span.c.begin)
    cut_before = and_(span.c.before.is_(None), span.c.begin > number(0))
    cut_after = finish < span.c.length
    rest = chain(between(end, finish), case((cut_after, cut), else_=nothing))
    in_text = chain(
        case((cut_before, cut), else_=nothing),
        between(before, start),
        Constant(MARK),
        between(start, end),
        Constant(UNMARK),
        case((span.c.after.is_(None), rest), else_=nothing),
    )
    comma = case((span.c.before.is_(None), nothing), else_=Constant(", "))
    login = chain(comma, Constant(MARK), _escaped(text), Constant(UNMARK))
    return case((span.c.field == number(PARTICIPANTS), login), else_=in_text)


def _escaped(text: ColumnElement[str]) -> ColumnElement[str]:
    for character, escape in ESCAPES.items():
        text = func.replace(text, Constant(character), Constant(escape))
    return text
