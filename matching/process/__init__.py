"""参加支援の進め方 as data: which step may follow which, who acts, within how many days. One JSON file per version.

A file: `{"version", "source", "steps": [{"code", "actor", "clock", "next", "back", "do"}],
"cadence": {"person", "host"}, "numbers": [{"name", "words", "unit", "low", "high"}],
"clocks": [{"name", "words", "unit", "default", "low", "high"}]}`.
`cadence` names when both sides of a placement are asked how it goes, `numbers` what candidates are judged by (the
defaults stand in candidates/rules.py). Source of the steps and days: casework.md, "Matching" 8 and 9.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching.candidates.rules import DEFAULT
from matching.choices import FollowUpStep, ProposalState
from matching.refusals import WrongStep

FOLDER = Path(__file__).parent
VERSION = "2026-11"


@dataclass(frozen=True)
class Step:
    """One state of a proposal: who acts, by when, what may follow, where one step back leads."""

    state: ProposalState
    actor: str
    clock: str
    next: tuple[ProposalState, ...]
    # The first that the past of this proposal allows.
    back: tuple[ProposalState, ...]
    do: str


@dataclass(frozen=True)
class Clock:
    """How long something may take, in its unit; towns may set another number between `low` and `high`."""

    name: str
    words: str
    unit: str
    default: int
    low: int
    high: int


@dataclass(frozen=True)
class Number:
    """A number of candidates/rules.py that a town may set between `low` and `high`."""

    name: str
    words: str
    unit: str
    low: float
    high: float

    @property
    def default(self) -> float:
        return float(getattr(DEFAULT, self.name))


@dataclass(frozen=True)
class Process:
    version: str
    steps: dict[ProposalState, Step]
    clocks: dict[str, Clock]
    numbers: dict[str, Number]
    # "person" and "host" → the steps at which they are asked how it goes.
    cadence: dict[str, tuple[FollowUpStep, ...]]

    def may(self, before: ProposalState | str, after: ProposalState) -> bool:
        return after in self.steps[ProposalState(before)].next

    def must_allow(self, before: ProposalState | str, after: ProposalState) -> None:
        """Raises WrongStep where the way does not lead from here to there."""
        if not self.may(before, after):
            raise WrongStep

    def back_from(self, state: ProposalState | str) -> tuple[ProposalState, ...]:
        """Where one step back may lead. Raises WrongStep where there is no way back."""
        steps = self.steps[ProposalState(state)].back
        if not steps:
            raise WrongStep
        return steps


@cache
def process(version: str = VERSION) -> Process:
    """One version of the way. Raises KeyError or ValueError for a file that names what does not exist."""
    content = json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8"))
    clocks = {row["name"]: Clock(**row) for row in content["clocks"]}
    steps = {}
    for row in content["steps"]:
        if row["clock"]:
            clocks[row["clock"]]
        state = ProposalState(row["code"])
        following, back = (tuple(ProposalState(code) for code in row[key]) for key in ("next", "back"))
        steps[state] = Step(state, row["actor"], row["clock"], following, back, row["do"])
    numbers = {row["name"]: Number(**row) for row in content["numbers"]}
    for number in numbers.values():
        if not number.low <= number.default <= number.high:
            raise ValueError(f"{number.name}: the default lies outside its limits")
    cadence = {side: tuple(FollowUpStep(code) for code in codes) for side, codes in content["cadence"].items()}
    return Process(content["version"], {state: steps[state] for state in ProposalState}, clocks, numbers, cadence)
