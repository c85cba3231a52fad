"""The scripts of docs/scripting.md: each is run as it stands there, against a server."""

import asyncio
import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import pytest

from db.token import Role
from tests.missing import missing
from tests.web.curating import Curator, load_starter, token
from tests.web.mirror import Mirror
from tests.web.processes import serving

GUIDE = Path(__file__).parents[1] / "docs" / "scripting.md"

SCRIPTS = dict(re.findall(r"^```\w+ ([\w.]+)\n(.*?)^```\n", GUIDE.read_text(), re.M | re.S))
"""The blocks that have a file's name, by it."""

# Clients know nothing of the database behind the server.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")


def node() -> str:
    """Node.js: that of the set-up, which made it because the system has none or an old one; else
    the system's.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which("node", path=path)
    return found or missing("Node.js 18 or newer is missing: apt install nodejs")


def bash() -> str:
    if shutil.which("curl") is None:
        missing("curl is missing: apt install curl")
    return "bash"


PROGRAMS: dict[str, Callable[[], str]] = {".py": lambda: sys.executable, ".mjs": node, ".sh": bash}
"""What runs scripts, by their suffixes."""


@dataclass(frozen=True)
class Desk:
    """A curator's desk: a folder with the scripts, and a server to run them against."""

    folder: Path
    client: httpx2.AsyncClient
    environment: dict[str, str]

    def write(self, name: str, *lines: str) -> None:
        """Put a file into the folder."""
        (self.folder / name).write_text("".join(f"{line}\n" for line in lines))

    async def run(self, script: str, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Run a script: its exit code, and what it says on stdout and stderr."""
        self.write(script, SCRIPTS[script].rstrip("\n"))
        process = await asyncio.create_subprocess_exec(
            *(PROGRAMS[Path(script).suffix](), script, *arguments),
            cwd=self.folder,
            env=self.environment | environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    async def data(self, query: str, variables: Any = None) -> Any:
        """The data of a fresh answer without errors."""
        body, fresh = {"query": query, "variables": variables}, {"cache-control": "no-cache"}
        answer = (await self.client.post("/graphql", json=body, headers=fresh)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    async def last_change(self) -> str:
        """The id of the newest change."""
        (change,) = (await self.data("{ changes(last: 1) { nodes { id } } }"))["changes"]["nodes"]
        id_: str = change["id"]
        return id_


@pytest.fixture(scope="module")
async def desk(
    new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Desk]:
    url = new_database()
    await load_starter(url)
    secret = await token(url, role=Role.EDITOR)
    async with serving(url) as server:
        environment = os.environ | {
            "PACKGRID_URL": str(server.client.base_url).rstrip("/"),
            "PACKGRID_TOKEN": secret,
        }
        yield Desk(tmp_path_factory.mktemp("desk"), server.client, environment)


def test_the_guide_has_these_scripts(desk: Desk) -> None:
    assert {*SCRIPTS} == {
        "import_packages.py",
        "fill_grid.mjs",
        "duplicates.mjs",
        "undo.sh",
        "follow.py",
    }


async def test_packages_are_imported_into_a_grid(desk: Desk) -> None:
    desk.write(
        "packages.csv",
        "repoUrl,category,title,repoDescription,licenses",
        'https://github.com/example/one,apps,One,"Commas, ""quotes""",MIT; BSD-3-Clause',
        "https://github.com/example/two.git,apps,,,",
        "git@github.com:Koed00/django-q.git,apps,,,",
    )
    before = await desk.last_change()
    arguments = ("import_packages.py", "packages.csv", "admin")
    code, out, err = await desk.run(*arguments)
    assert (code, err) == (1, "this was a dry run: add --write\n")
    assert out.splitlines() == [
        "line 2: one would be CREATED",
        "line 3: two would be CREATED",
        "line 4: django-q would be UPDATED",
    ]
    assert await desk.last_change() == before

    assert (await desk.run(*arguments, "--write"))[0] == 0
    found = await desk.data("""{
      one: package(by: {slug: "one"}) { title repoDescription licenses grids { slug } }
      grid(by: {slug: "admin"}) {
        packages(where: {slug: {in: ["one", "two", "django-q"]}}) { totalCount }
      }
    }""")
    assert found["one"] == {
        "title": "One",
        "repoDescription": 'Commas, "quotes"',
        "licenses": ["MIT", "BSD-3-Clause"],
        "grids": [{"slug": "admin"}],
    }
    assert found["grid"]["packages"]["totalCount"] == 3

    after = await desk.last_change()
    code, out, _ = await desk.run(*arguments, "--write")
    assert (code, out.splitlines()[-1]) == (0, "{'UNCHANGED': 3}")
    assert await desk.last_change() == after


async def test_an_import_says_what_is_wrong_with_each_line_and_writes_nothing(desk: Desk) -> None:
    desk.write(
        "wrong.csv",
        "repoUrl,category",
        "https://github.com/example/three,apps",
        "https://github.com/example/four,no-such",
        "ftp://example.org/five,apps",
    )
    before = await desk.last_change()
    code, out, err = await desk.run("import_packages.py", "wrong.csv", "admin", "--write")
    assert (code, out) == (1, "")
    first, second, last = err.splitlines()
    assert first.startswith("line 3, category.slug: ")
    assert first.endswith(" (NOT_FOUND)")
    assert second.startswith("line 4, repoUrl: ")
    assert last == "nothing was written"
    assert await desk.last_change() == before


CELLS = """{ grid(by: {slug: "task-schedulers"}) {
  packages { edges { node { slug } cells { feature { title } text } } }
} }"""


async def cells(desk: Desk) -> dict[tuple[str, str], str]:
    """The texts of the grid that is filled, by package and feature."""
    edges = (await desk.data(CELLS))["grid"]["packages"]["edges"]
    return {
        (edge["node"]["slug"], cell["feature"]["title"]): cell["text"]
        for edge in edges
        for cell in edge["cells"]
    }


async def test_a_grid_is_filled_from_a_spreadsheet(desk: Desk) -> None:
    desk.write(
        "sheet.tsv",
        "package\tIntervals\tCron expressions",
        'celery\tyes, "beat"\t',
        "huey\t\tno",
    )
    before = await cells(desk)
    change = await desk.last_change()
    arguments = ("fill_grid.mjs", "sheet.tsv", "task-schedulers")
    code, out, err = await desk.run(*arguments)
    assert (code, err) == (0, "")
    said = f'huey, Cron expressions: "{before["huey", "Cron expressions"]}" becomes "no"'
    assert said in out.splitlines()
    assert await desk.last_change() == change

    assert (await desk.run(*arguments, "--write"))[0] == 0
    filled = {("celery", "Intervals"): 'yes, "beat"', ("huey", "Cron expressions"): "no"}
    assert await cells(desk) == before | filled

    desk.write("sheet.tsv", "package\tIntervals\tNo such", "celery\tyes\tyes")
    code, _, err = await desk.run(*arguments, "--write")
    assert code == 1
    assert "the grid has no such feature: No such" in err
    desk.write("sheet.tsv", "package\tIntervals", "celery\tno", "no-such\tyes")
    code, _, err = await desk.run(*arguments, "--write")
    assert code == 1
    assert "no-such: " in err
    assert "(NOT_FOUND)" in err
    assert await cells(desk) == before | filled


async def test_duplicates_are_found_and_merged_and_a_merge_is_undone(desk: Desk) -> None:
    code, out, err = await desk.run("duplicates.mjs")
    assert (code, err) == (0, "")
    group = out.partition("PyPI name django-summernote:\n")[2].splitlines()[:2]
    assert [line.split(",")[0].strip() for line in group] == [
        "django-summernote",
        "django-summernote-summernote",
    ]

    change = await desk.last_change()
    pair = ("django-summernote-summernote", "django-summernote")
    assert (await desk.run("duplicates.mjs", *pair))[0] == 0
    assert await desk.last_change() == change
    code, out, err = await desk.run("duplicates.mjs", *pair, "--write")
    assert (code, err) == (0, "")
    former = '{ package(by: {slug: "django-summernote-summernote"}) { slug } }'
    assert await desk.data(former) == {"package": {"slug": "django-summernote"}}

    change = await desk.last_change()
    code, out, err = await desk.run("undo.sh", change)
    assert (code, err, await desk.last_change()) == (0, "", change)
    assert json.loads(out)["data"]["changeRevert"]["errors"] == []
    assert (await desk.run("undo.sh", change, "--write"))[0] == 0
    assert await desk.data(former) == {"package": {"slug": "django-summernote-summernote"}}
    code, out, _ = await desk.run("undo.sh", change, "--write")
    assert code == 1
    assert "CONFLICT" in out


def copied(file: Path) -> dict[str, Any]:
    """What a copy has of each object."""
    with sqlite3.connect(file) as copy:
        rows = copy.execute("SELECT id, type, revision, fields FROM object").fetchall()
    objects = {}
    for id_, type_, revision, text in rows:
        fields = json.loads(text) | {"revision": revision}
        if type_ == "GRID":
            fields["packages"] = {*fields.get("packages", ())}
            fields["cells"] = {
                (package, feature): text
                for package, row in fields.get("cells", {}).items()
                for feature, text in row.items()
            }
        objects[id_] = fields
    return objects


async def mirrored(desk: Desk) -> dict[str, Any]:
    """What a copy has to have."""
    mirror = Mirror()
    await mirror.follow(desk.data)
    return {
        id_: {"revision": 1} | {name: fields[name] for name in fields.keys() - {"id", "position"}}
        for id_, fields in mirror.objects.items()
    }


async def test_the_log_is_followed_into_a_database(desk: Desk) -> None:
    arguments = ("follow.py", "copy.sqlite3", "--once")
    assert await desk.run(*arguments) == (0, "", "")
    assert copied(desk.folder / "copy.sqlite3") == await mirrored(desk)

    curator = Curator(desk.client, desk.environment["PACKGRID_TOKEN"], Random(0))
    await curator.edit(150)
    assert await desk.run(*arguments) == (0, "", "")
    assert copied(desk.folder / "copy.sqlite3") == await mirrored(desk)
