"""The benchmark's directory: made up, alike on every machine, straight into the project's tables.

The SQLite file is made once and kept, under a name that says what it was made by; PostgreSQL gets
a copy of its rows. What is worked out when a row is written is worked out as everywhere else
(`db.derived`, `db.search`).
"""

import asyncio
import datetime as dt
import hashlib
import os
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import asyncpg
import sqlalchemy as sa
from pypi_simple import PYPI_SIMPLE_ENDPOINT
from sqlalchemy import Boolean, Table, insert
from sqlalchemy.ext.asyncio import AsyncSession

from db import derived, migrate
from db.base import Instant
from db.category import Category
from db.engine import create_engine
from db.grid import Grid
from db.guard import LOGGED
from db.keys import own_number
from db.package import DevelopmentStatus
from db.search import Document, SearchType, index
from db.text import fold

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).with_name(".data")
"""Where the files are kept between runs; git is told to ignore it when it is made."""

SEED = 20_261_124
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
BATCH = 1_000

BEFORE_THE_LOG = "0003"
"""The rows are put into the tables of this revision; the next one logs them."""

MATRIX_PACKAGES = 60
"""How many packages are in the first grid."""

PER_RARE_WORD = 50
"""How many packages have the same rare word in their titles, whatever the size."""

CATEGORIES = (("App", 70), ("Framework", 10), ("Project", 12), ("Other", 8))
LICENSES = (("MIT", 45), ("BSD-3-Clause", 30), ("Apache-2.0", 10), ("GPL-3.0-only", 8),
            ("LGPL-2.1-only", 4), ("MPL-2.0", 3))  # fmt: skip
HOSTS = (("github.com", 85), ("gitlab.com", 8), ("codeberg.org", 4), ("bitbucket.org", 3))
CELLS = ("yes", "no", "+", "++", "-", "Yes, via plugin", "not tested", "3.2 and newer", "bad")
COMMON = (
    "admin", "api", "auth", "backend", "blog", "cache", "calendar", "chart", "cms", "comments",
    "content", "dashboard", "database", "editor", "email", "export", "fields", "files", "filters",
    "forms", "forum", "gallery", "graph", "helpers", "history", "images", "import", "jobs",
    "json", "kit", "language", "login", "mail", "maps", "markdown", "media", "menu", "metrics",
    "models", "money", "notifications", "pages", "payments", "permissions", "pipeline", "plugin",
    "polls", "queue", "ratings", "redis", "reports", "rest", "routing", "schema", "search",
    "security", "session", "settings", "shop", "social", "sql", "static", "storage", "tables",
    "tags", "tasks", "templates", "testing", "themes", "tokens", "tools", "tree", "uploads",
    "users", "utils", "video", "views", "widgets", "wizard", "workflow",
)  # fmt: skip
GLUE = (
    "a", "and", "for", "in", "of", "on", "simple", "that", "the", "to", "with", "your", "fast",
    "small", "reusable",
)  # fmt: skip
ONSETS, VOWELS = "bdfgklmnprstvz", "aeiou"

Row = dict[str, Any]


def made_up(number: int) -> str:
    """A word that can be spoken, of four letters or more; another for each number."""
    word = ""
    while number or len(word) < 4:
        number, syllable = divmod(number, len(ONSETS) * len(VOWELS))
        word += ONSETS[syllable // len(VOWELS)] + VOWELS[syllable % len(VOWELS)]
    return word


def some_day(chance: random.Random, years: int) -> dt.datetime:
    """An instant of the last `years` years, to the microsecond."""
    return NOW - dt.timedelta(microseconds=chance.randrange(years * 365 * 86_400_000_000))


def pick(chance: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return chance.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]


def numbered(chance: random.Random, key: int) -> Row:
    """The columns of `db.base.Numbered`."""
    created = some_day(chance, 12)
    modified = max(created, some_day(chance, 1))
    return {
        "id": key,
        "database_id": own_number(key),
        "revision": 1,
        "created": created,
        "modified": modified,
    }


def package_row(chance: random.Random, key: int, total: int) -> Row:
    """A package, but for what its versions and grids add."""
    rare = made_up(chance.randrange(max(total // PER_RARE_WORD, 1)))
    words = [rare, chance.choice(COMMON)]
    if chance.random() < 0.5:
        words.insert(0, "django")
    slug = "-".join([*words, str(key)])
    description = [chance.choice((*COMMON, *GLUE)) for _ in range(chance.randint(4, 12))]
    if chance.random() < 0.5:
        description.append("Django")
    unknown = chance.random() < 0.03
    stars = min(int(chance.lognormvariate(3, 2)), 200_000)
    participants = [
        made_up(chance.randrange(total)) + chance.choice(("", "-dev", "42"))
        for _ in range(chance.randint(1, 10))
    ]
    released = f"{chance.randint(0, 6)}.{chance.randint(0, 20)}.{chance.randint(0, 9)}"
    row = numbered(chance, key) | {
        "title": " ".join(words).title(),
        "slug": slug,
        "category_id": 1 + [name for name, _ in CATEGORIES].index(pick(chance, CATEGORIES)),
        "repo_url": f"https://{pick(chance, HOSTS)}/{participants[0]}/{slug}",
        "repo_host": None,
        "repo_description": " ".join(description).capitalize() + ".",
        "repo_watchers": None if unknown else stars,
        "repo_forks": None if unknown else stars // chance.randint(3, 12),
        "commit_count": chance.randint(5, 4_000),
        "contributor_count": len(participants),
        "pypi_url": urljoin(PYPI_SIMPLE_ENDPOINT, f"/project/{slug}/"),
        "pypi_name": slug,
        "pypi_version": released,
        "documentation_url": f"https://{rare}.readthedocs.io/" if chance.random() < 0.6 else None,
        "commits_over_52": [max(0, int(chance.gauss(1, 4))) for _ in range(52)],
        "commits_over_52_ends": NOW,
        "participants": participants,
        "last_updated": some_day(chance, 8),
        "licenses": sorted({pick(chance, LICENSES) for _ in range(chance.choice((1, 1, 1, 2)))}),
        "requires_python": f">=3.{chance.randint(6, 13)}",
        "supports_python3": chance.choice((True, True, True, False, None)),
        "development_status": chance.choice([*(each.name for each in DevelopmentStatus), None]),
        "is_archived": chance.random() < 0.03,
        "deprecated_at": NOW if chance.random() < 0.02 else None,
        "replaced_by_id": None,
    }
    return row | derived.package(row)


def version_rows(chance: random.Random, package: Row, first_key: int) -> list[Row]:
    rows = []
    number = package["pypi_version"].split(".")
    for i in range(chance.randint(1, 5)):
        row = {
            "id": first_key + i,
            "package_id": package["id"],
            "number": ".".join([*number[:2], str(int(number[2]) + i)]),
            "uploaded_at": some_day(chance, 8),
            "licenses": package["licenses"],
            "requires_python": package["requires_python"],
            "development_status": package["development_status"],
            "is_yanked": chance.random() < 0.01,
            "is_prerelease": None,
        }
        rows.append(row | derived.version(row))
    return rows


def grid_row(chance: random.Random, key: int) -> Row:
    subject = f"{chance.choice(COMMON)} {chance.choice(COMMON)} {made_up(key)}"
    row = numbered(chance, key) | {
        "title": subject.title(),
        "slug": subject.replace(" ", "-"),
        "description": f"Packages for {subject}, compared.",
        "is_locked": False,
        "header": key <= 5,
    }
    return row | derived.folded(Grid, row)


def category_row(chance: random.Random, key: int) -> Row:
    title = CATEGORIES[key - 1][0]
    row = numbered(chance, key) | {
        "title": title,
        "slug": fold(title) + "s",
        "description": f"What is a kind of {fold(title)}.",
        "title_plural": f"{title}s",
        "show_pypi": True,
        "package_count": 0,
    }
    return row | derived.folded(Category, row)


def batches(total: int) -> Iterator[dict[str, list[Row]]]:
    """All rows of a directory of `total` packages, by table, some packages at a time.

    Grids and categories come first, with the counts of packages that come out.
    """
    chance = random.Random(SEED)
    grid_keys = range(1, total // 20 + 1)
    in_first = set(range(1, total + 1, total // MATRIX_PACKAGES)[:MATRIX_PACKAGES])
    members = {}
    for key in range(1, total + 1):
        others = chance.sample(grid_keys[1:], chance.randint(0, 4))
        members[key] = [1, *others[:3]] if key in in_first else others
    in_grid = Counter(grid for grids in members.values() for grid in grids)

    categories = [category_row(chance, key) for key in range(1, len(CATEGORIES) + 1)]
    grids = [grid_row(chance, key) | {"package_count": in_grid[key]} for key in grid_keys]
    features = [
        {
            "id": 5 * (grid - 1) + position + 1,
            "grid_id": grid,
            "revision": 1,
            "title": chance.choice(COMMON).capitalize() + f" {position + 1}",
            "description": "",
            "position": position,
        }
        for grid in grid_keys
        for position in range(5)
    ]
    # Categories are counted at the end: what a package is made of is not known here yet.
    yield {"category": categories, "grid": grids, "feature": features}

    version_key = 1
    for start in range(1, total + 1, BATCH):
        rows: dict[str, list[Row]] = defaultdict(list)
        for key in range(start, min(start + BATCH, total + 1)):
            package = package_row(chance, key, total)
            versions = version_rows(chance, package, version_key)
            version_key += len(versions)
            package["score"] = derived.package_score(package, versions, NOW)
            package["grid_count"] = len(members[key])
            rows["package"].append(package)
            rows["version"] += versions
            rows["ingest"].append(
                {
                    "package_id": key,
                    "state": "OK",
                    "last_fetched": some_day(chance, 1),
                    "failure_count": 0,
                }
            )
            for grid in members[key]:
                rows["grid_package"].append({"grid_id": grid, "package_id": key})
                for feature in range(5 * (grid - 1) + 1, 5 * grid + 1):
                    if chance.random() < 0.7:
                        cell: Row = {"package_id": key, "feature_id": feature, "grid_id": grid}
                        cell["text"] = chance.choice(CELLS)
                        rows["cell"].append(cell | derived.cell(cell))
        yield rows


def documents(rows: dict[str, list[Row]]) -> list[Document]:
    """What the search index has to know of these rows."""
    return [
        Document(
            node_type=SearchType[table.upper()],
            node_id=row["id"],
            title=row["title"],
            slug=row["slug"],
            description=row["repo_description" if table == "package" else "description"],
            participants=row.get("participants", ()),
            stars=row.get("repo_watchers"),
        )
        for table in ("category", "grid", "package")
        for row in rows.get(table, ())
    ]


def made_by() -> str:
    """A short hash of all that the rows come out of."""
    worked_out = ["cell_text", "derived", "pypi", "repo_url", "score", "search", "text", "words"]
    files = [Path(__file__), *sorted((ROOT / "alembic" / "versions").glob("*.py"))]
    files += [ROOT / "db" / f"{name}.py" for name in worked_out]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def sqlite_file(total: int) -> Path:
    """The file with `total` packages, made where it is not kept already."""
    file = KEPT / f"{total}-{made_by()}.sqlite3"
    if not file.exists():
        KEPT.mkdir(exist_ok=True)
        (KEPT / ".gitignore").write_text("*\n")
        for outdated in KEPT.glob(f"{total}-*.sqlite3"):
            outdated.unlink(missing_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        asyncio.run(_fill(f"sqlite:///{unfinished}", total))
        unfinished.rename(file)
    return file


def _insert(table: Table, row: Row) -> sa.Insert:
    """Inserts rows of the columns that this one has: later revisions' are not there yet."""
    return insert(sa.table(table.name, *(sa.column(name, table.c[name].type) for name in row)))


async def _fill(url: str, total: int) -> None:
    engine = create_engine(url)
    await migrate.upgrade(engine, BEFORE_THE_LOG)
    tables = migrate.METADATA.tables
    async with AsyncSession(engine.execution_options(**LOGGED)) as session:
        connection = await session.connection()
        await connection.exec_driver_sql("PRAGMA cache_size = -500000")
        for rows in batches(total):
            for table in ("category", "grid", "feature", "package", "version", "ingest",
                          "grid_package", "cell"):  # fmt: skip
                if rows.get(table):
                    await session.execute(_insert(tables[table], rows[table][0]), rows[table])
            await index(session, documents(rows))
        await connection.exec_driver_sql(
            "UPDATE category SET package_count ="
            " (SELECT count(*) FROM package WHERE category_id = category.id)"
        )
        await session.commit()
    await migrate.upgrade(engine)
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    await engine.dispose()


async def fill_postgresql(url: str, file: Path) -> None:
    """Migrate the empty database at `url`, and copy all rows of the SQLite file into it."""
    engine = create_engine(url)
    await migrate.upgrade(engine)
    await engine.dispose()
    source = sqlite3.connect(file)
    connection = await asyncpg.connect(url)
    for table in migrate.METADATA.sorted_tables:
        names = [column.name for column in table.columns]
        rows = source.execute(f"SELECT {', '.join(names)} FROM {table.name}")
        converters = _converters(table)
        await connection.copy_records_to_table(
            table.name,
            columns=names,
            records=(
                [value if value is None or not to else to(value)
                 for value, to in zip(row, converters, strict=True)]
                for row in rows
            ),
        )  # fmt: skip
        if table.autoincrement_column is not None:
            await connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id))"
                f" FROM {table.name}"
            )
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    source.close()


def _converters(table: Table) -> list[Any]:
    """What makes of a value of SQLite's, column by column, one of asyncpg's; None: as it is."""
    to = {Instant: dt.datetime.fromisoformat, Boolean: bool}
    return [to.get(type(column.type)) for column in table.columns]
