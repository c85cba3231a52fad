"""What the benchmark asks: GraphQL documents, each with the variables that the load cycles through.

Q1 to Q9 read, M1 edits.
"""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = 9
"""The size of Q9's page: 10,000 packages have just over 1,000 such pages."""

DEEP = 1_000

EDITED = 64
"""How many packages M1 edits in turn: more than there are connections."""

ACTOR = "bench"
"""Who edits, as the log has it."""

PAGE_MAX = 1_000
"""Servers under test allow pages of this size, for Q6's variant."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A document with several sets of variables, used in turn."""

    name: str
    what: str
    document: str
    variables: list[dict[str, Any]]

    def bodies(self) -> list[bytes]:
        """The bodies of POST requests, one for each set of variables."""
        document = " ".join(self.document.split())
        return [
            json.dumps({"query": document, "variables": each}).encode() for each in self.variables
        ]


Q1 = """
query Q1($slug: String!) {
  package(by: {slug: $slug}) { title slug repoUrl repoWatchers pypiVersion score }
}"""

Q2 = """
query Q2($slug: String!) {
  package(by: {slug: $slug}) {
    databaseId title slug
    category { databaseId title }
    grids { databaseId title }
    repoUrl repoDescription repoWatchers repoForks pypiUrl pypiVersion documentationUrl
    commitsOver52 participants lastUpdated lastFetched created modified
  }
}"""

Q3 = """
query Q3 {
  packages(first: 100, orderBy: [{field: REPO_WATCHERS, direction: DESC}]) {
    nodes {
      databaseId title slug repoUrl repoDescription repoWatchers repoForks pypiUrl pypiVersion
      documentationUrl lastUpdated score
      category { title slug }
      grids { title slug }
    }
  }
}"""

Q4 = """
query Q4($slug: String!) {
  grid(by: {slug: $slug}) {
    title slug description
    features { title description }
    packages(first: 100) {
      edges {
        node {
          title slug repoUrl repoWatchers repoForks pypiVersion lastUpdated licenses
          developmentStatus score
        }
        cells { text verdict strength }
      }
    }
  }
}"""

Q5 = """
query Q5 {
  grids(first: 20) {
    nodes {
      title slug
      packages(first: 100) {
        nodes { title slug repoWatchers category { title slug } grids { title slug } }
      }
    }
  }
}"""

Q6 = """
query Q6($first: Int!, $after: String) {
  packages(first: $first, after: $after, orderBy: [{field: REPO_WATCHERS, direction: DESC}]) {
    nodes { databaseId title slug repoWatchers repoForks lastUpdated score commitsOver52 }
    pageInfo { hasNextPage endCursor }
  }
}"""

Q7 = """
query Q7($category: String!, $stars: Int!, $title: String!) {
  packages(
    first: 20
    where: {category: {slug: {eq: $category}}, repoWatchers: {gte: $stars},
            title: {contains: $title}}
    orderBy: [{field: SCORE, direction: DESC}]
  ) {
    totalCount
    facets {
      categories { count category { title slug } }
      licenses { count value }
      developmentStatuses { count value }
      repoHosts { count value }
    }
    nodes { title slug repoDescription repoWatchers lastUpdated score }
  }
}"""

Q7_PAGE = """
query Q7Page($category: String!, $stars: Int!, $title: String!) {
  packages(
    first: 20
    where: {category: {slug: {eq: $category}}, repoWatchers: {gte: $stars},
            title: {contains: $title}}
    orderBy: [{field: SCORE, direction: DESC}]
  ) { nodes { title slug repoDescription repoWatchers lastUpdated score } }
}"""

Q8 = """
query Q8($text: String!) {
  search(query: $text, first: 20) {
    edges {
      score
      node {
        __typename
        ... on Package { title slug repoDescription repoWatchers }
        ... on Grid { title slug }
        ... on Category { title slug }
      }
    }
  }
}"""

Q9 = """
query Q9($first: Int!, $after: String!) {
  packages(first: $first, after: $after, orderBy: [{field: REPO_WATCHERS, direction: DESC}]) {
    nodes { title slug repoWatchers category { title } }
    pageInfo { hasNextPage endCursor }
  }
}"""

M1 = """
mutation M1($input: PackageUpdateInput!) {
  packageUpdate(input: $input) {
    package { slug repoDescription revision }
    errors { path code message }
  }
}"""


def operations(file: Path) -> list[Operation]:
    """The operations that read, with variables that fit the directory in the SQLite file."""
    directory = sqlite3.connect(file)
    slugs = [{"slug": slug} for (slug,) in spread(directory, "slug", "package", 64)]
    ((matrix,),) = directory.execute("SELECT slug FROM grid WHERE id = 1")
    ((packages,),) = directory.execute("SELECT count(*) FROM package")
    starts = range(0, min(packages, 1_000), 100)
    pages = [{"first": 100, "after": cursor(directory, start)} for start in starts]
    first_deep = min(PAGE * DEEP, packages - 20 * PAGE)
    deep = [{"first": PAGE, "after": cursor(directory, first_deep + PAGE * i)} for i in range(10)]
    filters = [
        {"category": category, "stars": stars, "title": title}
        for category, stars, title in (
            ("apps", 20, "django"),
            ("apps", 100, "a"),
            ("projects", 10, "e"),
            ("apps", 0, "forms"),  # some 90 of 10,000: each set has more than a page at each size
        )
    ]
    # Words that some 50 packages have in their titles, and two words together.
    rare = [title.split()[-2] for (title,) in spread(directory, "title", "package", 12)]
    titles = [title for (title,) in spread(directory, "title", "package", 4)]
    searches = [{"text": text} for text in (*rare, *titles)]
    directory.close()
    return [
        Operation("Q1", "a package by slug, 6 fields", Q1, slugs),
        Operation("Q2", "a package's 18 fields, with category and grids", Q2, slugs),
        Operation("Q3", "100 packages by stars, with category and grids", Q3, [{}]),
        Operation("Q4", "a grid of 60 packages, its whole matrix", Q4, [{"slug": matrix}]),
        Operation("Q5", "20 grids, their packages with category and grids", Q5, [{}]),
        Operation("Q6", "1,000 packages with weeks, in pages of 100", Q6, pages),
        Operation("Q6 in one", "the same in one page", Q6, [{"first": 1_000, "after": None}]),
        Operation("Q7", "filtered, first 20, total and facets", Q7, filters),
        Operation("Q7 page", "the same without total and facets", Q7_PAGE, filters),
        Operation("Q8", "search, best 20", Q8, searches),
        Operation("Q8 common", "search for what half the titles have", Q8, [{"text": "django"}]),
        Operation("Q9", "a page of 9, 1,000 pages deep", Q9, deep),
    ]


def edit(file: Path) -> Operation:
    """M1: packages of the directory in the SQLite file, which take over each other's descriptions.

    Each set of variables changes its package, also where they are begun again from the first one.
    """
    directory = sqlite3.connect(file)
    packages = spread(directory, "id, repo_description", "package", EDITED)
    directory.close()
    variables = [
        {"input": {"id": f"Package:{key}", "repoDescription": packages[place - turn][1]}}
        for turn in range(1, len(packages))
        for place, (key, _) in enumerate(packages)
    ]
    return Operation("M1", "one field of one package edited", M1, variables)


def spread(directory: sqlite3.Connection, columns: str, table: str, count: int) -> list[Any]:
    """The values of columns of `count` rows all over the table."""
    keys = f"SELECT id FROM {table} ORDER BY id * 7919 % 1000003, id LIMIT {count}"
    return directory.execute(
        f"SELECT {columns} FROM {table} WHERE id IN ({keys}) ORDER BY id"
    ).fetchall()


def cursor(directory: sqlite3.Connection, place: int) -> str | None:
    """The cursor after the first `place` packages by stars, as this project builds it."""
    if place == 0:
        return None
    by_stars = "coalesce(repo_watchers, -1)"
    stars, key = directory.execute(
        f"SELECT {by_stars}, id FROM package ORDER BY {by_stars} DESC, id LIMIT 1 OFFSET ?",
        (place - 1,),
    ).fetchone()
    return f'["Query.packages REPO_WATCHERS DESC",{stars},{key}]'
