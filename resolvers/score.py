"""The parts of a package's score, each with its reason in words."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, case, cast, func, select

from db.score import LOWEST, ScoreRule, points
from db.sql import Spelled, limited, number
from db.version import Version
from resolvers.compile import Selected
from resolvers.json_text import Constant, JsonText, Quoted, chain, json_list
from resolvers.reads import Row


class Day(Spelled):
    """The day of an instant, in UTC, as ISO 8601 text; NULL stays NULL."""

    type = Text()
    sqlite = "substr({0}, 1, 10)"
    postgresql = "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


@dataclass(frozen=True, slots=True)
class Part:
    """The scope of a part: the package that is scored, and by which rule."""

    package: Row
    rule: ScoreRule


def score_parts(package: Row, selected: Selected) -> JsonText:
    """A part for each rule, in their order."""
    return json_list(selected.object(Part(package, rule)) for rule in ScoreRule)


def rule(part: Part, selected: Selected) -> JsonText:
    return Constant(f'"{part.rule.name}"')


def part_points(part: Part, selected: Selected) -> JsonText:
    return cast(points(part.package.c)[part.rule], Text)


def most(part: Part, selected: Selected) -> JsonText:
    """The most that the rule may give; null where there is no such."""
    return Constant("null" if part.rule is ScoreRule.STARS else "0")


def reason(part: Part, selected: Selected) -> JsonText:
    """What of the package the points come from."""
    return Quoted(REASONS[part.rule](part.package, selected))


def _stars(package: Row, selected: Selected) -> ColumnElement[str]:
    stars = package.c.repo_watchers
    return case(
        (stars.is_(None), _text("How many stars it has is not known: counted as 0.")),
        (stars == number(1), _text("1 star.")),
        else_=_text(cast(stars, Text), " stars."),
    )


BY_AGE = (
    ". A tenth of the stars is lost for each three months from then until the score was last worked"
    f" out; rounding and the floor of {LOWEST} are in this part."
)


def _age(package: Row, selected: Selected) -> ColumnElement[str]:
    version = Row(selected, Version)
    day = Day(version.c.uploaded_at)
    release = (
        select(_text("Its newest release, ", version.c.number, ", is of ", day, BY_AGE))
        .select_from(version.table)
        .where(version.c.package_id == package.c.id)
        .order_by(version.c.sort_key.desc(), version.c.id)
        .correlate_except(*version.own)
    )
    since = "The date of its newest release is not known; its newest commit is of "
    return func.coalesce(
        limited(release, 1).scalar_subquery(),
        _text(since, Day(package.c.last_updated), BY_AGE),
        _text("No date of a release or a commit is known: only rounding is in this part."),
    )


def _python3(package: Row, selected: Selected) -> ColumnElement[str]:
    supports = package.c.supports_python3
    lost = ": three tenths of the stars are lost, 1,000 at most."
    return case(
        (supports, _text("It supports Python 3.")),
        (supports.is_(None), _text("Whether it supports Python 3 is not known", lost)),
        else_=_text("It does not support Python 3", lost),
    )


def _text(*pieces: str | ColumnElement[str]) -> ColumnElement[str]:
    """The pieces one after the other; NULL where one is."""
    return chain(*(Constant(each) if isinstance(each, str) else each for each in pieces))


REASONS: dict[ScoreRule, Callable[[Row, Selected], ColumnElement[str]]] = {
    ScoreRule.STARS: _stars,
    ScoreRule.AGE: _age,
    ScoreRule.PYTHON3: _python3,
}
