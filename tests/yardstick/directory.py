"""A directory that holds what the starter directory lacks: every state, ties, nulls, odd texts.

It is written in the loader's format. The bookkeeping of fetches, the log of changes and former
names have no place there: `ingest_sql`, `change_sql` and `alias_sql` add them afterwards.
"""

import datetime as dt
import json
from collections.abc import Iterator
from random import Random
from typing import Any

PACKAGES = 300
GRID_SIZES = (0, 1, 2, 3, 5, 8, 13, 21, 34, 60, 60, 25, 10, 4, 2)
START = dt.datetime(2012, 2, 29, 23, 59, 59, 999999, tzinfo=dt.UTC)

# fmt: off
WORDS = (
    "Django", "django", "REST", "Größe", "GRÖSSE", "naïve", "Éclair", "éclair", "e\u0301clair",
    "ﬁeld",
    "İstanbul", "Σίσυφος", "ΣΊΣΥΦΟΣ", "日本語", "🦄 unicorn", "𝕏", "100%", "under_score",
    "under%score", "a\\b", '"quoted"', "it's", "<b>&amp;</b>", "{json}", "[list]", "-- ; DROP",
    "no\xa0break", "Zebra", "apple", "Queue", "queue", "Admin", "Cache", "ß", "SS", "ſ", "\u212a",
    "null", "a  b", "~", "^",
)
LICENSES = (
    "MIT", "mit", "BSD-3-Clause", "Apache-2.0", "GPL-3.0-only OR MIT", 'Custom "free"', "Ünfrei",
)
PEOPLE = (
    "Koed00", "koed00", "dependabot[bot]", "Éva", "éva", "o'brien", "a_b", "a%b", "李",
    "back\\slash",
)
STATUSES = (
    "PLANNING", "PRE_ALPHA", "ALPHA", "BETA", "STABLE", "MATURE", "INACTIVE",
)
STATES = (
    "QUEUED", "OK", "OK", "OK", "FAILING", "GONE", "PAUSED", "NEVER",
)
PINS = ("TITLE", "REPLACED_BY", "LICENSES", "PYPI_URL")
VERSIONS = (
    "1.0", "1.0.0", "1.0rc1", "1.0b2", "1.0a10", "1.0.dev3", "1.0.post1", "1.0+local.7", "0.9",
    "0.10", "1!0.1", "2004-05", "banana", "v2.0", "10.0", "9.99.1", "2.0.0rc1.dev1", "final?",
    "3.11.4",
)
CELLS = (
    "yes", "YES", "+", "++", "+++", "no", "-", "--", "---", "check", "bad", "Yes, via plugin",
    "not tested", "node.js", "100% größe", 'said "maybe" \\ %_', "éclair", "Éclair",
)
# fmt: on
REPOSITORIES = (
    "https://github.com/{owner}/{name}",
    "https://gitlab.com/{owner}/sub/{name}",
    "https://bitbucket.org/{owner}/{name}",
    "https://codeberg.org/{owner}/{name}",
    "https://git.example.org/{owner}/{name}",
)


CHANGES = 600
FIRST_CHANGE = 1_000_001
"""The first change's id: what loading the directory logs comes before."""

KEYS = {"CATEGORY": 10, "PACKAGE": 60, "VERSION": 30, "GRID": 17, "FEATURE": 30}
"""Of each type, up to which key there are changes; for some there is no object any more."""

ACTORS = ("Ann", "ann", "ANN", "ingest:github", "100%_sure", "Größe", "GRÖSSE", "o'brien")


def lines(seed: int = 1) -> Iterator[str]:
    """The directory's lines: categories, grids, packages."""
    random = Random(seed)
    categories, grids = list(_categories(random)), list(_grids(random))
    for values in (*categories, *grids, *_packages(random, grids)):
        known = {name: value for name, value in values.items() if value is not None}
        yield json.dumps(known, ensure_ascii=False)


def ingest_sql(seed: int = 1) -> Iterator[str]:
    """Statements that give some of the packages a state, and leave some without a row."""
    random = Random(seed)
    yield "DELETE FROM ingest"
    yield (
        "INSERT INTO ingest_worker (id, started, seen)"
        f" VALUES ('killed', {_sql(START)}, {_sql(START)})"
    )
    for number in range(1, PACKAGES + 1):
        state = random.choice((*STATES, None))
        if state is None:
            continue
        package = f"SELECT id FROM package WHERE slug = '{_slug(number)}'"
        failing = state in {"FAILING", "GONE"}
        fetched = _sql(state not in {"NEVER", "QUEUED"} and _instant(random))
        due = _sql(state != "GONE" and _instant(random))
        failed_at = _sql(failing and _instant(random))
        failures = random.randrange(1, 9) if failing else 0
        error = "'404 \"not\" ''found'''" if failing else "NULL"
        yield (
            "INSERT INTO ingest (package_id, state, last_fetched, next_due, failure_count,"
            f" last_error, last_error_at) VALUES (({package}), '{state}', {fetched}, {due},"
            f" {failures}, {error}, {failed_at})"
        )
        for source in random.sample(("github", "pypi", "gitlab"), random.randrange(3)):
            yield (
                "INSERT INTO ingest_source (package_id, source, state, last_fetched, next_due,"
                " failure_count, missing_count, last_error, last_error_at, memo, gave)"
                f" VALUES (({package}), '{source}', '{state}', {fetched}, {due}, {failures}, 0,"
                f" {error}, {failed_at}, '{{}}', '[]')"
            )
        for pin in PINS[: number % 5]:
            yield (
                f"INSERT INTO pin (package_id, field, at) VALUES (({package}), '{pin}',"
                f" {_sql(START)})"
            )


def change_sql(seed: int = 1) -> Iterator[str]:
    """Statements that log changes: several of most objects, some of objects that are gone."""
    random = Random(seed)
    for number in range(CHANGES):
        type_ = random.choice(list(KEYS))
        gone = type_ not in ("CATEGORY", "GRID") and random.random() < 0.1
        key = 10**7 if gone else random.randrange(1, KEYS[type_])
        grid = {"GRID": str(key), "FEATURE": f"(SELECT grid_id FROM feature WHERE id = {key})"}
        actor = random.choice(ACTORS)
        diff = {
            random.choice(("title", "cells", "ß", "licenses", "replacedBy")): [
                random.choice((None, *WORDS)),
                *random.sample(CELLS, 1),
            ],
            "a": {"b": [random.random(), 1, True, None, []]},
        }
        reverts = (
            FIRST_CHANGE + random.randrange(number) if number and random.random() < 0.3 else "NULL"
        )
        yield (
            "INSERT INTO change (id, transaction_id, node_type, node_id, grid_id, revision, at,"
            " actor, actor_folded, action, diff, reverts_id)"
            f" VALUES ({FIRST_CHANGE + number}, {FIRST_CHANGE + number // 3 * 3}, '{type_}', {key},"
            f" {grid.get(type_, 'NULL')}, {random.randrange(1, 9)}, {_sql(_instant(random))},"
            f" {_quoted(actor)}, {_quoted(actor.casefold())},"
            f" '{random.choice(('CREATE', 'UPDATE', 'UPDATE', 'DELETE'))}',"
            f" {_quoted(json.dumps(diff, ensure_ascii=random.random() < 0.5))}, {reverts})"
        )


def alias_sql() -> Iterator[str]:
    """Statements that give objects former names; some are others' names now, or of what is gone."""
    for type_, count in (("PACKAGE", 100), ("CATEGORY", 8), ("GRID", 15)):
        for key in (*range(1, count + 1), 10**7):
            yield _alias(type_, "SLUG", f"former-{key}", key)
            yield _alias(type_, "DATABASE_ID", str(900_000 + key), key)
            if type_ == "PACKAGE":
                yield _alias(type_, "REPO_URL", f"github.com/former/name{key}", key)
    for number in range(1, 6):
        yield _alias("PACKAGE", "SLUG", _slug(number).casefold(), number + 20)


def _categories(random: Random) -> Iterator[dict[str, Any]]:
    for number in range(1, 9):
        yield {
            "type": "category",
            "databaseId": number,
            "slug": f"{'Apps' if number % 2 else 'other'}-{number}",
            # Titles that tie, and titles that differ in case alone.
            "title": ("Apps", "apps", "Größe", "GRÖSSE", "Éclair", "100%", "apps", "Zebra")[
                number - 1
            ],
            "titlePlural": f"{random.choice(WORDS)}s",
            "description": random.choice(("", " ".join(random.sample(WORDS, 3)))),
            "showPypi": number % 3 != 0,
            "created": _text(_coarse(random)),
            "modified": _text(_coarse(random)),
        }


def _grids(random: Random) -> Iterator[dict[str, Any]]:
    for number in range(len(GRID_SIZES)):
        features = random.sample(WORDS, number % 5 and random.randrange(3, 9))
        yield {
            "type": "grid",
            "databaseId": 100 + number,
            "slug": f"{random.choice(('Grid', 'grid', 'matrix_of'))}-{number}",
            "title": _title(random),
            "description": random.choice(("", " ".join(random.sample(WORDS, 5)))),
            "isLocked": number % 3 == 0,
            "header": number % 4 == 1,
            "created": _text(_coarse(random)),
            "modified": _text(_coarse(random)),
            "features": [
                {"title": title, "description": random.choice(("", f"about {title}"))}
                for title in features
            ],
        }


def _packages(random: Random, grids: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    members = {
        grid["slug"]: set(random.sample(range(1, PACKAGES + 1), size))
        for grid, size in zip(grids, GRID_SIZES, strict=True)
    }
    for number in range(1, PACKAGES + 1):
        yield _package(random, number, [grid for grid in grids if number in members[grid["slug"]]])


def _package(random: Random, number: int, grids: list[dict[str, Any]]) -> dict[str, Any]:
    def maybe(value: Any) -> Any:
        return value if random.random() < 0.7 else None

    owner, name = random.choice(("Koed00", "adamchainz", "a_b")), f"Repo{number}"
    pypi_name = maybe(f"project-{random.randrange(1, PACKAGES)}")
    cells = {
        grid["slug"]: {
            feature["title"]: random.choice(CELLS)
            for feature in grid["features"]
            if random.random() < 0.7
        }
        for grid in grids
    }
    return {
        "type": "package",
        "databaseId": maybe(5000 + number),
        "slug": _slug(number),
        "title": _title(random),
        "category": f"{'Apps' if (pick := random.randrange(1, 8)) % 2 else 'other'}-{pick}",
        "grids": [grid["slug"] for grid in grids],
        "cells": {slug: said for slug, said in cells.items() if said},
        "repoUrl": maybe(random.choice(REPOSITORIES).format(owner=owner, name=name)),
        "repoDescription": maybe(" ".join(random.choices(WORDS, k=random.randrange(6)))),
        "repoWatchers": maybe(random.choice((0, 1, 7, 7, 7, 100, random.randrange(100_000)))),
        "repoForks": maybe(random.choice((0, 3, 3, random.randrange(1_000)))),
        "commitCount": maybe(random.randrange(10_000)),
        "contributorCount": maybe(random.randrange(300)),
        "pypiUrl": pypi_name and f"https://example.org/project/{pypi_name}/",
        "pypiName": pypi_name,
        "pypiVersion": maybe(random.choice(VERSIONS)),
        "documentationUrl": maybe(
            f"https://docs.example.org/{random.choice(('Größe', 'a_b'))}/{number % 9}"
        ),
        "homepageUrl": f"https://example.org/{number}" if number % 3 else None,
        "topics": list(WORDS[: number % 4]),
        "advisories": ["PYSEC-2024-28", "GHSA-rrqc-c2jx-6jgv"] if number % 5 == 0 else None,
        "commitsOver52": maybe([random.randrange(9) for _ in range(52)]),
        "commitsOver52Ends": maybe(_text(_instant(random))),
        "participants": maybe(random.sample(PEOPLE, random.randrange(5))),
        "lastUpdated": maybe(_text(_coarse(random))),
        "created": _text(_coarse(random)),
        "modified": _text(_instant(random)),
        "licenses": maybe(random.sample(LICENSES, random.randrange(3))),
        "requiresPython": maybe(random.choice((">=3.8", ">=3.11,<4", "~=3.9"))),
        "supportsPython3": maybe(random.random() < 0.7),
        "developmentStatus": maybe(random.choice(STATUSES)),
        "isArchived": random.random() < 0.2,
        "deprecatedAt": _text(_instant(random)) if random.random() < 0.3 else None,
        "replacedBy": _slug(number % PACKAGES + 1) if random.random() < 0.2 else None,
        "versions": [
            _version(random, text) for text in random.sample(VERSIONS, random.randrange(9))
        ],
    }


def _version(random: Random, number: str) -> dict[str, Any]:
    values = {
        "number": number,
        "uploadedAt": random.choice((None, _text(_instant(random)))),
        "licenses": random.sample(LICENSES, random.randrange(3)),
        "requiresPython": random.choice((None, ">=3.8")),
        "developmentStatus": random.choice((None, *STATUSES)),
        "isYanked": random.random() < 0.3,
        "isPrerelease": any(letter in number for letter in ("rc", "b2", "a1", "dev")),
    }
    return {name: value for name, value in values.items() if value is not None}


def _slug(number: int) -> str:
    return f"{('pack', 'Pack', 'under_score', 'UPPER')[number % 4]}-{number}"


def _title(random: Random) -> str:
    """One word, so that many titles tie, or some."""
    return " ".join(random.choices(WORDS, k=random.choice((1, 1, 2, 3)))).strip()


def _instant(random: Random) -> dt.datetime:
    return START + dt.timedelta(microseconds=random.randrange(14 * 365 * 86_400 * 10**6))


def _coarse(random: Random) -> dt.datetime:
    """One of few instants: ties."""
    return START + dt.timedelta(days=random.randrange(40))


def _text(instant: dt.datetime) -> str:
    return instant.isoformat(timespec="microseconds")


def _sql(instant: dt.datetime | bool) -> str:
    return f"'{_text(instant)}'" if isinstance(instant, dt.datetime) else "NULL"


def _alias(type_: str, kind: str, name: str, key: int) -> str:
    return (
        "INSERT INTO alias (node_type, kind, name, node_id)"
        f" VALUES ('{type_}', '{kind}', '{name}', {key})"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
