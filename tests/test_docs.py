"""What the documentation shows is so: its queries, with their answers and their SQL."""

import json
import pkgutil
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from db.read import PREPARED
from ingest.settings import IngestSettings
from resolvers.executor import DOCUMENTS_KEPT, PLANS_KEPT, Executor
from resolvers.explain import explained
from tests.application import Application, application
from web.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]

FENCE = re.compile(r"^( *)```(\S+)([^\n]*)\n(.*?)^ *```\n", re.MULTILINE | re.DOTALL)
SVG = "{http://www.w3.org/2000/svg}"
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(r"`([a-z_]+/[\w/.-]+\.[a-z]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what is said after that, its text, and the block after it.

    `after` is None where a line of prose stands between the two.
    """

    place: str
    language: str
    info: str
    text: str
    after: "Block | None"


def blocks(page: Path) -> Iterator[Block]:
    """The page's blocks, the last one first."""
    text = page.read_text()
    after, start = None, -1
    for fence in reversed(list(FENCE.finditer(text))):
        place = f"{page.name}:{text.count(chr(10), 0, fence.start()) + 1}"
        follows = after if fence.end() == start else None
        after = Block(place, fence[2], fence[3].strip(), fence[4], follows)
        start = fence.start()
        yield after


BLOCKS = [block for page in PAGES for block in blocks(page)]
QUERIES = [block for block in BLOCKS if block.language == "graphql"]


@pytest.fixture(scope="module")
async def app(directory_url: str) -> AsyncIterator[Application]:
    async with application(directory_url) as opened:
        yield opened


@pytest.mark.parametrize("block", QUERIES, ids=lambda block: block.place)
async def test_a_query_runs_and_has_the_answer_that_is_shown(
    app: Application, block: Block
) -> None:
    answer = await app.ask(block.text)
    assert ("errors" in answer) == (block.info == "error"), answer
    if block.after is not None and block.after.language == "json":
        assert answer == json.loads(block.after.text)


async def test_the_first_query_by_curl_has_the_answer_that_is_shown(app: Application) -> None:
    (block,) = [block for block in BLOCKS if block.language == "sh"]
    query = re.search(r"'query=(.+)'", block.text)
    assert query is not None
    assert block.after is not None
    response = await app.client.get("/graphql", params={"query": query[1]})
    assert response.text == block.after.text.strip()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
async def test_the_sql_is_what_the_query_is_compiled_to(app: Application) -> None:
    page = [block for block in BLOCKS if block.place.startswith("architecture.md")]
    (query,) = [block for block in page if block.language == "graphql"]
    (shown,) = [block for block in page if block.language == "sql"]
    app.recorder.statements.clear()
    await app.ask(query.text)
    (statement,) = app.recorder.statements
    assert on_one_line(shown.text) == on_one_line(statement)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
async def test_what_a_read_becomes_is_what_explain_tells(app: Application) -> None:
    page = [block for block in reversed(BLOCKS) if block.place.startswith("reads.md")]
    (query,) = [block.text for block in page if block.language == "graphql"]
    variables, shown = [json.loads(block.text) for block in page if block.language == "json"]
    executor = Executor(
        app.executor.schema, app.recorder.reader, app.executor.writer, app.executor.limits
    )
    answer = json.loads((await explained(executor, query, variables, None)).body)
    told = answer["extensions"]["explain"]
    sql = on_one_line(told.pop("sql"))
    assert sql == on_one_line(" ".join(block.text for block in page if block.language == "sql"))
    (plan,) = [block.text.splitlines() for block in page if block.language == "text"]
    assert plan == [line.strip() for line in told.pop("plan") if "SEARCH" in line]
    assert shown.pop("microseconds").keys() == told.pop("microseconds").keys()
    assert shown == told

    for text in ElementTree.parse(ROOT / "docs" / "images" / "reads.svg").iter(f"{SVG}text"):
        assert text.text
        if text.get("class") == "sql":
            assert [piece for piece in text.text.split("…") if piece.strip() not in sql] == []
        if text.get("class") == "read":
            assert pkgutil.resolve_name(f"resolvers.{text.text.removesuffix('()')}")


def test_what_is_kept_is_as_much_as_is_said() -> None:
    rows = (ROOT / "docs" / "reads.md").read_text().splitlines()
    said = [int(row.split("|")[-2]) for row in rows if re.search(r"\| \d+ \|$", row)]
    assert said == [DOCUMENTS_KEPT, PLANS_KEPT, PREPARED]


def on_one_line(sql: str) -> str:
    """SQL without the white space that lays it out."""
    return re.sub(r"(?<=\() | (?=\))", "", " ".join(sql.split()))


def test_the_settings_are_all_in_the_table() -> None:
    readme = (ROOT / "README.md").read_text()
    rows = [line for line in readme.splitlines() if line.startswith(f"| `{PREFIX}")]
    served = [table_row(name, field) for name, field in Settings.model_fields.items()]
    assert rows == served + [
        f"| `{PREFIX}{name.upper()}` | {field.description} |"
        for name, field in IngestSettings.model_fields.items()
    ]


def table_row(name: str, field: FieldInfo) -> str:
    default = field.default
    shown = default.get_secret_value() if isinstance(default, SecretStr) else default
    return f"| `{PREFIX}{name.upper()}` | `{shown}` | {field.description} |"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text()) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    named = NAMED_FILE.findall(page.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []
