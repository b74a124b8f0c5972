"""Everything that must hold: style, types, contracts, checks, tests. Names at the end what was left out and why."""

import argparse
import os
import subprocess
import sys
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "website.settings.production",
    "SECRET_KEY": "only for the check that production settings hold together " * 2,
    "LINK_KEY": "only for the check that links can be signed in production " * 2,
    "SEALING_KEYS": "check:" + b64encode(bytes(32)).decode("ascii"),
    "ALLOWED_HOSTS": "example.jp",
    "BASE_URL": "https://example.jp",
}


def step(name: str, *command: str, **environment: str) -> bool:
    """Run one check; its output is shown as it comes."""
    print(f"── {name}", flush=True)
    begun = time.monotonic()
    result = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, env={**os.environ, **environment}, check=False
    )
    held = result.returncode == 0
    print(f"{'○' if held else '✕'} {name} ({time.monotonic() - begun:.0f} s)", flush=True)
    return held


@dataclass(frozen=True)
class Step:
    """One check that may run beside others; `short` stands before each line of its output."""

    name: str
    short: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def side_by_side(steps: list[Step]) -> list[bool]:
    """Run all at once; what they say is shown as it comes, each line with whose it is."""
    print(f"── {' ∥ '.join(one.name for one in steps)}", flush=True)
    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(_beside_others, steps))


def _beside_others(one: Step) -> bool:
    begun = time.monotonic()
    process = subprocess.Popen(
        [str(BIN / one.command[0]), *one.command[1:]],
        cwd=ROOT, env={**os.environ, **one.environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    assert process.stdout is not None
    try:
        for line in process.stdout:
            print(f"{one.short}│ {line}", end="", flush=True)
        held = process.wait() == 0
    finally:
        process.kill()
    print(f"{'○' if held else '✕'} {one.name} ({time.monotonic() - begun:.0f} s)", flush=True)
    return held


def lint() -> list[bool]:
    checks = [
        step("style", "ruff", "check", "."),
        step("format", "ruff", "format", "--check", "--quiet", "."),
        step("types", "mypy"),
        step("import contracts", "lint-imports"),
    ]
    for role in ("all", "public", "staff"):
        checks.append(
            step(
                f"Django checks, production, SITE_ROLE={role}",
                "python", "manage.py", "check", "--deploy", "--fail-level", "WARNING",
                **PRODUCTION, SITE_ROLE=role,
            )
        )  # fmt: skip
    checks.append(
        step(
            "migrations are complete",
            "python", "manage.py", "makemigrations", "--check", "--dry-run",
            DJANGO_SETTINGS_MODULE="website.settings.test",
        )
    )  # fmt: skip
    return checks


def tests(left_out: list[str]) -> list[bool]:
    workers = str(min(os.cpu_count() or 1, 4))
    # The browser's driver keeps an event loop in its process, where Django's database layer then refuses to work.
    in_browser = ["tests/browser", "tests/journeys"]
    held = [
        step(
            "tests on SQLite",
            "pytest", "-q", "-n", workers, "--dist", "loadfile", "--durations=8",
            *[f"--ignore={folder}" for folder in (*in_browser, "tests/servers")],
        ),
        # One after the other: a node that stops, or a full disk, would be felt by whoever asks the same cluster.
        step("faults of a real cluster", "pytest", "-q", "--durations=4", "tests/servers"),
    ]  # fmt: skip
    browser = ("pytest", "-q", "--durations=8", *in_browser)
    beside = [Step("journeys and pages in a browser", "browser", browser)]
    url = os.environ.get("TEST_POSTGRES_URL", "")
    if url:
        again = (
            "pytest", "-q", "-n", workers, "--dist", "loadfile", "--durations=4",
            "--ignore=tests/matching/candidates",
            "tests/directory", "tests/matching", "tests/exchange", "tests/site", "tests/search",
            "tests/test_access.py",
        )  # fmt: skip
        beside.append(Step("tests that touch the database, on PostgreSQL", "postgres", again, {"DATABASE_URL": url}))
    elif os.environ.get("REQUIRE_SERVERS") == "1":
        print("✕ REQUIRE_SERVERS=1, but TEST_POSTGRES_URL is not set (start one with dev/postgres start)")
        held.append(False)
    else:
        left_out.append("tests on PostgreSQL (dev/postgres start, then TEST_POSTGRES_URL=…)")
    # A browser mostly waits for pages, so that the other half of a small machine is free for PostgreSQL.
    held += side_by_side(beside)
    if not os.environ.get("ELASTICSEARCH_URL"):
        if os.environ.get("REQUIRE_SERVERS") == "1":
            print("✕ REQUIRE_SERVERS=1, but ELASTICSEARCH_URL is not set (start one with dev/elasticsearch start)")
            held.append(False)
        else:
            left_out.append("tests on Elasticsearch (dev/elasticsearch start, then ELASTICSEARCH_URL=…)")
    if not (ROOT.parent / "shared" / "data").is_dir():
        left_out.append("tests with the real files (no ../shared/data beside the project)")
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["lint", "tests"])
    only = parser.parse_args().only
    left_out: list[str] = []
    held: list[bool] = []
    if only != "tests":
        held += lint()
    if only != "lint":
        held += tests(left_out)
    for sentence in left_out:
        print(f"△ left out: {sentence}")
    print("○ everything holds" if all(held) else "✕ something does not hold; see the lines marked ✕ above")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
