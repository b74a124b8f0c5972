"""Installs what tests need beyond Python: a browser, Japanese fonts, Java for the HTML checker."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# (what it is for, how it is found, Debian package)
NEEDS = [
    ("a browser for the journeys", lambda: shutil.which("chromium") or shutil.which("google-chrome"), "chromium"),
    ("Japanese letters in the browser", lambda: _has_japanese_font(), "fonts-noto-cjk"),
    ("Java for the Nu HTML checker", lambda: shutil.which("java"), "default-jre-headless"),
]
POSTGRES = ("a PostgreSQL server", lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")), "postgresql")


def _has_japanese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=ja"], capture_output=True, text=True, check=False).stdout.strip())


def main() -> int:
    needs = NEEDS + ([POSTGRES] if os.environ.get("REQUIRE_SERVERS") == "1" else [])
    missing = [(reason, package) for reason, found, package in needs if not found()]
    if not missing:
        return 0
    packages = [package for _, package in missing]
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"● installing {', '.join(packages)}", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True, **quiet)
        return 0
    for reason, package in missing:
        print(
            f"✕ missing: {reason}. Install the Debian package {package}, or the like for this system.", file=sys.stderr
        )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
