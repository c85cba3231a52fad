"""Make .venv and GraphiQL's bundle, or find in a moment that both are as they should be.

`make` runs this with the system's Python and nothing installed, so it uses the standard library
alone, and syntax that an older Python still reads: it must get as far as saying that it is too old.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "bootstrap" / "setup.log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV_LOCK = ROOT / "bootstrap" / "uv.lock"
LOCK = ROOT / "requirements.lock"


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


def check_python() -> None:
    """Leave, saying what to install, where this Python cannot make the environment."""
    version = "{}.{}".format(*sys.version_info)
    if sys.version_info < (3, 11):
        sys.exit(
            f"packgrid: Python 3.11 or newer is needed, and {sys.executable} is {version}.\n"
            "  Where a newer one is installed: make PYTHON=python3.11 serve\n"
            "  On Debian 12, Ubuntu 24.04 or newer: apt install python3 python3-venv"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            f"packgrid: {sys.executable} cannot make virtual environments: its venv is missing.\n"
            f"  On Debian or Ubuntu: apt install python{version}-venv"
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
    network = "Is Python's package index reachable?"
    if found.get("venv") != wanted["venv"]:
        say(f"making .venv with Python {sys.version.split()[0]}")
        run("making .venv", "Is the disk full?", sys.executable, "-m", "venv", "--clear", VENV)
        say("installing uv, which installs the rest")
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run("installing uv", network, *pip, "--require-hashes", "--no-deps", "-r", UV_LOCK)
    say("installing the Python packages of requirements.lock")
    uv = (PYTHON, "-m", "uv", "pip", "sync", "--require-hashes", "--python", PYTHON)
    run("installing the Python packages", network, *uv, LOCK, UV_LOCK)
    stamp.write_text(json.dumps(wanted))


def main() -> None:
    """Run the steps that are not done yet, one caller at a time."""
    check_python()
    with Path(__file__).open() as script:
        fcntl.flock(script, fcntl.LOCK_EX)
        LOG.unlink(missing_ok=True)
        try:
            set_up_python()
        except StepFailed as failed:
            tail = LOG.read_text(errors="replace").splitlines()[-15:]
            print(*("  | " + line for line in tail), sep="\n", file=sys.stderr)
            sys.exit(f"packgrid: {failed}\n  All of its output: {LOG.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
