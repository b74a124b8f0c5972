"""定着: how long people take part, when ends compete (Aalen–Johansen), and kinds of place pooled (empirical Bayes).

Ends are of different kinds: a graduation is no failure, a death is no drop-out. 1 − Kaplan–Meier of one kind of end
counts the others as if they would still come, and says too much (0.49 against a true 0.22 in a trial). Days tie all the
time here, so ties are taken exactly. Sources: Aalen & Johansen 1978; variance and log(−log) interval as in Collett,
Modelling Survival Data in Medical Research, 3rd ed., p. 411.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matching import codes
from matching.models import Placement

Z = 1.959964
# Below the first nothing is shown, below the second only as 参考.
FEWEST, FEW = 5, 20
ROUNDING = 1e-9
# When it is looked at, in days: 1, 3, 6, 12 months.
MILESTONES = (30, 91, 182, 365)


class End(StrEnum):
    """How a placement ended, as far as 定着 is concerned."""

    GOOD = "good"  # 卒業, 目標達成
    LEFT = "left"  # it did not last: 合わなかった, 体調, 本人・受け入れ先の都合
    ELSEWHERE = "elsewhere"  # 転居, 死亡

    @classmethod
    def of(cls, reason: str, version: str) -> "End":
        """By the list's own marks. Raises UnknownCode."""
        for one in codes.versions("end_reasons"):
            if one.version == version:
                more = one[reason].more
                if more["is_success"]:
                    return cls.GOOD
                return cls.ELSEWHERE if more["side"] == "circumstances" else cls.LEFT
        raise codes.UnknownCode(f"end_reasons has no version {version!r}")


@dataclass(frozen=True)
class Spell:
    """One placement: so many days at risk, and how it ended (None = still there)."""

    days: int
    end: End | None
    kind: str = ""
    # Days since it began, whatever has become of it since; not known = long enough.
    since: int | None = None

    def could_last(self, day: int) -> bool:
        """Whether it began so long ago that its fate by that day is known."""
        if self.since is not None:
            return self.since >= day
        return self.end is not None or self.days >= day


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1 with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """The share that has ended in one way, as steps: (day, share). Before the first step it is 0."""

    steps: tuple[tuple[int, Share], ...]

    def at(self, day: int) -> Share:
        """The share on a day."""
        known = [share for when, share in self.steps if when <= day]
        return known[-1] if known else Share(0.0, 0.0, 0.0)


def spells_of(placements: Iterable[Placement], *, today_ordinal: int) -> list[Spell]:
    """One spell a placement; those that begin later than today are left out."""
    spells = []
    for row in placements:
        until = row.ends_on.toordinal() if row.ends_on else today_ordinal
        days = until - row.begins_on.toordinal()
        if days >= 0:
            end = End.of(row.end_reason, row.end_version) if row.ends_on else None
            # Whoever ended on the first day was at risk for that day.
            spells.append(Spell(max(days, 1), end, row.place.kind, today_ordinal - row.begins_on.toordinal()))
    return spells


def aalen_johansen(spells: Sequence[Spell], end: End) -> Curve:
    """The cumulative incidence of one way of ending, the others competing; ties are exact."""
    ends = Counter((spell.days, spell.end) for spell in spells if spell.end)
    leaving = Counter(spell.days for spell in spells)
    at_risk, surviving, incidence = len(spells), 1.0, 0.0
    terms: list[tuple[float, float, float]] = []  # (incidence so far, share of all ends, S·d/n²)
    own_variance = 0.0
    steps = []
    for day in sorted(leaving):
        own = ends[day, end]
        every = sum(ends[day, one] for one in End)
        if every:
            incidence += surviving * own / at_risk
            hazard = every / (at_risk * (at_risk - every)) if every < at_risk else 0.0
            terms.append((incidence, hazard, surviving * own / at_risk**2))
            own_variance += surviving**2 * own * (at_risk - own) / at_risk**3
            surviving *= 1 - every / at_risk
            steps.append((day, _interval(incidence, _variance(terms, incidence, own_variance))))
        at_risk -= leaving[day]
    return Curve(tuple(steps))


def _variance(terms: list[tuple[float, float, float]], incidence: float, own: float) -> float:
    first = sum((incidence - before) ** 2 * hazard for before, hazard, _share in terms)
    third = sum((incidence - before) * share for before, _hazard, share in terms)
    return max(0.0, first + own - 2 * third)


def _interval(value: float, variance: float) -> Share:
    """By log(−log), so that both ends stay between 0 and 1."""
    # Shares are sums of fractions: one that is 1 may come out a rounding below it.
    if not ROUNDING < value < 1 - ROUNDING or variance <= 0:
        return Share(value, value, value)
    spread = Z * math.sqrt(variance) / (value * abs(math.log(value)))
    middle = math.log(-math.log(value))
    return Share(value, math.exp(-math.exp(min(middle + spread, 700))), math.exp(-math.exp(middle - spread)))


@dataclass(frozen=True)
class Milestone:
    """What had become of people by a day: the four shares add up to 1."""

    day: int
    staying: Share
    good: Share
    left: Share
    elsewhere: Share
    # So many were followed that long or ended before: the later figures rest on fewer.
    followed: int

    @property
    def shares(self) -> list[Share]:
        return [self.good, self.left, self.elsewhere]


def _bounded(share: Share, number: int) -> Share:
    """Of what happened to nobody, or to everybody, so many people bound what may be: exact, Clopper & Pearson 1934."""
    unseen = 1 - 0.025 ** (1 / number)
    if share.value <= ROUNDING:
        return Share(0.0, 0.0, unseen)
    return Share(1.0, 1 - unseen, 1.0) if share.value >= 1 - ROUNDING else share


def _all_ended(spells: Sequence[Spell]) -> Curve:
    """The share that has ended in whatever way; with one way of ending nothing competes."""
    return aalen_johansen([replace(spell, end=End.LEFT if spell.end else None) for spell in spells], End.LEFT)


@dataclass(frozen=True)
class Retention:
    """定着 of a set of placements; `curves` only where enough of them may be shown."""

    number: int
    curves: dict[End, Curve]
    milestones: list[Milestone]

    @property
    def is_shown(self) -> bool:
        return self.number >= FEWEST

    @property
    def is_reference_only(self) -> bool:
        return self.number < FEW


def retention_of(spells: Sequence[Spell]) -> Retention:
    """Curves of all ways of ending; nothing at all below five placements."""
    if len(spells) < FEWEST:
        return Retention(len(spells), {}, [])
    curves = {end: aalen_johansen(spells, end) for end in End}
    milestones = []
    for day in MILESTONES:
        followed = sum(spell.days >= day or spell.end is not None for spell in spells)
        at_risk = any(spell.days >= day for spell in spells)
        if followed < FEWEST or not at_risk:
            break
        shares = {end: curves[end].at(day) for end in End}
        good, left, elsewhere = (_bounded(shares[end], followed) for end in (End.GOOD, End.LEFT, End.ELSEWHERE))
        ended = _bounded(_all_ended(spells).at(day), followed)
        staying = Share(1 - ended.value, 1 - ended.high, 1 - ended.low)
        milestones.append(Milestone(day, staying, good, left, elsewhere, followed))
    return Retention(len(spells), curves, milestones)


@dataclass(frozen=True)
class Pooled:
    """One kind of place: what became of its people by half a year, pulled towards all kinds together."""

    kind: str
    number: int
    kept: Share


def pooled(spells: Sequence[Spell], *, day: int = 182) -> list[Pooled]:
    """Empirical Bayes over kinds of place: who stayed, or left for something better, by a day.

    Only placements that began so long ago take part, none that ended by moving away or death. The kinds stand in the
    order of their names: they are not ranked.
    """
    kept: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for spell in spells:
        # Of those who began lately only the leavers would be known: counting them would say too little of a kind.
        if not spell.could_last(day) or (spell.end is End.ELSEWHERE and spell.days < day):
            continue
        known[spell.kind] += 1
        kept[spell.kind] += spell.days >= day or spell.end is End.GOOD
    if sum(known.values()) < FEWEST:
        return []
    alpha, beta = beta_prior([(kept[kind], known[kind]) for kind in known])
    from scipy.stats import beta as distribution

    found = []
    for kind in sorted(known):
        if known[kind] < FEWEST:
            continue
        a, b = alpha + kept[kind], beta + known[kind] - kept[kind]
        low, high = (float(distribution.ppf(share, a, b)) for share in (0.025, 0.975))
        found.append(Pooled(kind, known[kind], Share(a / (a + b), low, high)))
    return found


def beta_prior(groups: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """(α, β) that make these counts (kept, of how many) most likely; with one group, a prior worth four people."""
    kept, number = sum(one for one, _of in groups), sum(of for _one, of in groups)
    middle = (kept + 0.5) / (number + 1)
    if len(groups) < 2:
        return 4 * middle, 4 * (1 - middle)
    from scipy.optimize import minimize_scalar
    from scipy.stats import betabinom

    def unlikely(log_size: float) -> float:
        size = math.exp(log_size)
        return -sum(float(betabinom.logpmf(one, of, size * middle, size * (1 - middle))) for one, of in groups)

    # A prior is worth between one person and two hundred: beyond either end the data say nothing more.
    best = minimize_scalar(unlikely, bounds=(0.0, math.log(200)), method="bounded")
    size = math.exp(float(best.x))
    return size * middle, size * (1 - middle)
