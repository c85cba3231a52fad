"""What the project holds itself to, beyond the imports that import-linter looks at."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pypi_simple import PYPI_SIMPLE_ENDPOINT

ROOT = Path(__file__).parents[1]
LAYERS = ("web", "schema", "resolvers", "db")

FORBIDDEN = {
    "db": {"strawberry", "graphql", "starlette", "uvicorn", "typer"},
    "resolvers": {"strawberry", "starlette", "sqlite3", "asyncpg", "aiosqlite"},
    "schema": {"sqlalchemy", "starlette", "sqlite3", "asyncpg", "aiosqlite"},
    "web": {"strawberry", "sqlite3", "asyncpg", "aiosqlite"},
}
"""What the code of a layer does without: each thing is said to its library in one place."""

CLIENTS = {"urllib.request", "http.client", "httpx", "httpx2", "aiohttp", "requests", "urllib3"}
"""What makes requests to other machines: only ingest/ may."""

EXECUTES = {"sqlalchemy.ext.asyncio", "sqlalchemy.orm.Session", "sqlalchemy.create_engine"}
"""What a statement can be run by: above db/ only its reader is, and the engine that it makes."""


@cache
def tracked() -> list[Path]:
    """The files that git knows of, and that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules(*folders: str) -> dict[str, ast.Module]:
    """The Python files in these folders, parsed; all but the tests where none is named."""
    found = {named(path): path for path in tracked() if path.suffix == ".py"}
    return {
        name: ast.parse(path.read_text())
        for name, path in found.items()
        if (name.split("/")[0] in folders if folders else not name.startswith("tests/"))
    }


def imports(module: ast.Module) -> set[str]:
    """What a module imports, with the names that it takes out of other modules."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_does_without_some_libraries(layer: str) -> None:
    for name, module in modules(layer).items():
        libraries = {imported.split(".")[0] for imported in imports(module)}
        assert libraries.isdisjoint(FORBIDDEN[layer]), name


def test_statements_are_run_by_db_alone() -> None:
    for name, module in modules("web", "schema", "resolvers").items():
        assert imports(module).isdisjoint(EXECUTES), name


def test_nothing_is_asked_of_other_machines() -> None:
    for name, module in modules(*LAYERS, "commands", "server.py", "alembic").items():
        assert imports(module).isdisjoint(CLIENTS), name


def test_every_module_is_used() -> None:
    """Each can be reached from the command line, but for what only migrations run."""
    trees = {name.removesuffix(".py").replace("/", "."): tree for name, tree in modules().items()}
    reached: set[str] = set()
    waiting = {"server"}
    while waiting:
        module = waiting.pop()
        reached.add(module)
        waiting |= (imports(trees[module]) & trees.keys()) - reached
    ours = {name for name in trees if name.split(".")[0] in (*LAYERS, "commands")}
    assert {name for name in ours - reached if not name.endswith("__init__")} == set()


def test_modules_are_short_and_say_what_they_are() -> None:
    for name, module in modules().items():
        assert len((ROOT / name).read_text().splitlines()) < 400, name
        assert ast.get_docstring(module) or not module.body, name


def test_alembic_hides_no_library_and_tests_are_packages() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()
    for folder in {path.parent for path in (ROOT / "tests").rglob("test_*.py")}:
        assert (folder / "__init__.py").exists(), folder


def test_nothing_is_left_for_later() -> None:
    # Parted, so that it does not find itself.
    later = re.compile(rb"\b(TO" rb"DO|FIX" rb"ME|XX" rb"X)\b")
    assert [named(path) for path in tracked() if later.search(path.read_bytes())] == []


def test_no_file_names_a_package_registry() -> None:
    """Whoever installs from a mirror is not sent elsewhere."""
    host = urlsplit(PYPI_SIMPLE_ENDPOINT).hostname
    assert host
    registry = re.compile(
        rb"(?<![\w.-])%b\b|//(registry|deb|security)\." % re.escape(host.encode())
    )
    assert [named(path) for path in tracked() if registry.search(path.read_bytes())] == []
    locks = [path for path in tracked() if path.name == "package-lock.json"]
    assert not [named(path) for path in locks if b'"resolved"' in path.read_bytes()]


def test_no_file_names_a_folder_of_one_machine() -> None:
    here = re.compile(rb"(?<![\w.])/(home|root|work)/\w")
    assert [named(path) for path in tracked() if here.search(path.read_bytes())] == []
