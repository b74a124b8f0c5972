"""尺度 as structure and scoring: UCLA 3項目, the direct question, LSNS-6. Wording is the town's, under licence."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import mean, stdev

from matching.models import Client, Measurement

FILE = Path(__file__).parent / "scales" / "2026-11.json"
# Two measurements nearer than this say little about change.
APART = timedelta(days=60)


@dataclass(frozen=True)
class Scale:
    """One scale: so many items, each a whole number from `low` to `high`; the score is their sum."""

    code: str
    title: str
    items: int
    low: int
    high: int
    higher_is: str
    risk_below: int | None
    source: str

    @property
    def range_words(self) -> str:
        return f"{self.items * self.low}～{self.items * self.high}"

    def score(self, answers: list[int | None]) -> int | None:
        """The sum, or None when an item is missing: no guess is made for it. Raises ValueError outside the range."""
        if len(answers) != self.items:
            raise ValueError(f"{self.code} has {self.items} items")
        given = [answer for answer in answers if answer is not None]
        if any(not self.low <= answer <= self.high for answer in given):
            raise ValueError(f"an answer of {self.code} lies outside {self.low} to {self.high}")
        return sum(given) if len(given) == self.items else None


@dataclass(frozen=True)
class Scales:
    version: str
    by_code: dict[str, Scale]


@cache
def scales() -> Scales:
    """The scales in force. Answers keep the version they were given under."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return Scales(content["version"], {row["code"]: Scale(**row) for row in content["scales"]})


@dataclass(frozen=True)
class Change:
    """First against last of the same people, at least 60 days apart.

    `low` and `high`: the 95 % interval of the mean change (t distribution; None below two pairs). `one_only`: measured
    once, or too close together. `missing`: a measurement without a sum. `refused`: would rather not, each time.
    """

    scale: Scale
    pairs: int
    before: float | None
    after: float | None
    mean: float | None
    low: float | None
    high: float | None
    better: int
    same: int
    worse: int
    one_only: int
    missing: int
    refused: int
    never: int


def change_of(scale: Scale, rows: Iterable[Measurement], clients: Iterable[Client]) -> Change:
    """The paired change over these people (R14)."""
    by_client: dict[int, list[Measurement]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.on, one.pk)):
        if row.scale == scale.code and row.struck_at is None:
            by_client[row.client_id].append(row)
    pairs: list[tuple[int, int]] = []
    one_only = missing = refused = never = 0
    for client in clients:
        own = by_client.get(client.pk, [])
        pair = paired(own)
        if pair:
            pairs.append(pair)
        elif any(row.score is not None for row in own):
            one_only += 1
        elif own and all(row.refused for row in own):
            refused += 1
        elif own:
            missing += 1
        else:
            never += 1
    differences = [after - before for before, after in pairs]
    sign = -1 if scale.higher_is == "worse" else 1
    low, high = interval(differences)
    return Change(
        scale=scale,
        pairs=len(pairs),
        before=mean(before for before, _after in pairs) if pairs else None,
        after=mean(after for _before, after in pairs) if pairs else None,
        mean=mean(differences) if pairs else None,
        low=low,
        high=high,
        better=sum(sign * one > 0 for one in differences),
        same=sum(one == 0 for one in differences),
        worse=sum(sign * one < 0 for one in differences),
        one_only=one_only,
        missing=missing,
        refused=refused,
        never=never,
    )


def paired(rows: list[Measurement]) -> tuple[int, int] | None:
    """(first sum, last sum) of one person, when they lie far enough apart."""
    known: list[tuple[date, int]] = [(row.on, row.score) for row in rows if row.score is not None]
    if len(known) < 2 or known[-1][0] - known[0][0] < APART:
        return None
    return known[0][1], known[-1][1]


def interval(differences: list[int]) -> tuple[float | None, float | None]:
    """The 95 % interval of a mean, by Student's t; (None, None) below two values."""
    if len(differences) < 2:
        return None, None
    from scipy.stats import t

    middle = mean(differences)
    half = float(t.ppf(0.975, len(differences) - 1)) * stdev(differences) / math.sqrt(len(differences))
    return middle - half, middle + half
