"""What a score is added up from, in the schema."""

import strawberry

from db.score import ScoreRule
from resolvers import score
from schema.fields import described, reads

described(
    ScoreRule,
    "A rule of the score; docs/score.md explains them.",
    STARS="A point for each star.",
    AGE="A tenth of the stars goes for each three months since the newest release.",
    PYTHON3="Three tenths of the stars go, 1,000 at most, unless it supports Python 3.",
)


@strawberry.type(description="What one rule adds to a package's score, or takes away.")
class ScorePart:
    rule: ScoreRule = reads(score.rule, "Which rule.")
    points: int = reads(
        score.part_points, "What it adds, in whole stars; less than 0 where it takes away."
    )
    max: int | None = reads(score.most, "The most that it may add; null where there is no such.")
    reason: str = reads(score.reason, "What of the package it comes from, in plain words.")
