"""`make bench`: every measurement at this machine's size, one after the other."""

import subprocess
import sys
from pathlib import Path

RUNS = [
    ["openings", "--cases", "tests/calendar/cases"],
    ["judged", "--cases", "tests/search/judged", "--engine", "embedded"],
    ["cases", "--cases", "tests/matching/cases"],
    ["imports"],
    ["search", "--engine", "embedded", "--places", "1000", "10000"],
    ["pages"],
    ["matching"],
]


def main() -> int:
    root = Path(__file__).resolve().parent.parent
    failed = 0
    for name, *arguments in RUNS:
        print(f"── python -m benchmarks.{name} {' '.join(arguments)}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *arguments, *sys.argv[1:]]
        failed += subprocess.run(command, cwd=root, check=False).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
