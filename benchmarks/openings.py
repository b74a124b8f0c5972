"""How well opening times are read from free text: wrong (must be 0), understood, left as text."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, parser, show
from directory.calendar import Reading, occurrences, parse


@dataclass(frozen=True)
class Verdict:
    """One case, judged: right, wrong, or left as text."""

    case: dict[str, Any]
    outcome: str
    why: str = ""


def judge(case: dict[str, Any], first: date, last: date) -> Verdict:
    reading = parse(case["text"])
    if not case["understood"]:
        return (
            Verdict(case, "wrong", "understood, though the text does not say")
            if reading.schedule
            else Verdict(case, "right")
        )
    if reading.schedule is None:
        return Verdict(case, "left", "、".join(reading.unresolved))
    if why := difference(reading, case, first, last):
        return Verdict(case, "wrong", why)
    return Verdict(case, "right")


def difference(reading: Reading, case: dict[str, Any], first: date, last: date) -> str:
    """Empty when dates and sessions are those of the case."""
    assert reading.schedule is not None
    found = list(occurrences(reading.schedule, [], first, last))
    dates = sorted({occurrence.on.isoformat() for occurrence in found})
    if dates != sorted(case["dates"]):
        extra, missing = sorted(set(dates) - set(case["dates"])), sorted(set(case["dates"]) - set(dates))
        return f"dates: {len(extra)} too many {extra[:3]}, {len(missing)} missing {missing[:3]}"
    sessions = {(_clock(o.begins), _clock(o.ends)) for o in found if o.begins is not None}
    wanted = {(_hhmm(begins), _hhmm(ends)) for begins, ends in case.get("sessions", [])}
    # A season outside the window shows no date; its times must still be known.
    known = {(_clock(begins), _clock(ends)) for rule in reading.schedule.rules for begins, ends in rule.sessions}
    holds = sessions <= wanted <= known | sessions
    return "" if holds else f"sessions: {sorted(sessions)} for {sorted(wanted)}"


def _clock(moment: Any) -> str:
    return f"{moment:%H:%M}" if moment is not None else ""


def _hhmm(text: str | None) -> str:
    """9:00, 25:00 and null as the calendar writes them."""
    if not text:
        return ""
    hour, _, minute = text.partition(":")
    return f"{int(hour) % 24:02d}:{int(minute or 0):02d}"


def verdicts(path: Path) -> Iterator[Verdict]:
    """Every case of a file, or of each *.json in a folder."""
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        given = json.loads(file.read_text(encoding="utf-8"))
        first, last = date.fromisoformat(given["from"]), date.fromisoformat(given["to"])
        for case in given["cases"]:
            yield judge(case, first, last)


def main() -> int:
    arguments = parser(__doc__)
    arguments.add_argument("--cases", type=Path, default=Path("tests/calendar/cases"))
    arguments.add_argument("-v", "--verbose", action="store_true", help="name every case that falls short")
    options = arguments.parse_args()
    made = list(verdicts(options.cases))
    wrong = [verdict for verdict in made if verdict.outcome == "wrong"]
    readable = [verdict for verdict in made if verdict.case["understood"]]
    understood = [verdict for verdict in readable if verdict.outcome != "left"]
    if options.verbose:
        for verdict in made:
            if verdict.outcome != "right":
                print(
                    f"{verdict.outcome}: {verdict.case['id']} {verdict.case['text']!r}: {verdict.why}", file=sys.stderr
                )
    command = f"python -m benchmarks.openings --cases {options.cases}"
    share = len(understood) / len(readable) if readable else 1.0
    show(
        [
            Figure("openings.wrong", len(wrong), goal="0", holds=not wrong, command=command),
            Figure(
                "openings.understood", share, baseline=len(readable), goal="≥ 0.9", holds=share >= 0.9, command=command
            ),
            Figure("openings.left_as_text", len(readable) - len(understood), baseline=len(readable), command=command),
        ],
        as_json=options.json,
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
