"""Charts as shapes for SVG, worked out on the server; each stands beside a table that says the same in figures."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matching.measures import Change
from matching.retention import FEWEST, End, Retention

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 150, 12, 34
LAST_DAY = 365


@dataclass(frozen=True)
class Area:
    """One layer of the chart: its look, its words at the right edge, its outline."""

    look: str
    words: str
    points: str
    # Where its words stand; layers too thin for words have none, the table has them all.
    y: float | None


@dataclass(frozen=True)
class Mark:
    at: float
    words: str


@dataclass(frozen=True)
class Chart:
    areas: list[Area]
    months: list[Mark]
    shares: list[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM
    # Where the areas end, and their words begin.
    until: float = WIDTH - RIGHT


def stacked(retention: Retention) -> Chart:
    """参加中 at the foot, then what became of the others, over one year."""
    days = sorted({0, LAST_DAY, *(day for curve in retention.curves.values() for day, _share in curve.steps)})
    days = [day for day in days if day <= _last_day(retention)]
    layers = [End.GOOD, End.ELSEWHERE, End.LEFT]
    floor = [0.0] * len(days)
    areas = []
    shares = {end: [retention.curves[end].at(day).value for day in days] for end in layers}
    staying = [max(0.0, 1 - sum(shares[end][i] for end in layers)) for i in range(len(days))]
    for look, words, values in [
        ("staying", _("参加中"), staying),
        ("good", _("卒業・目標達成"), shares[End.GOOD]),
        ("elsewhere", _("転居・死亡"), shares[End.ELSEWHERE]),
        ("left", _("途中で終わった"), shares[End.LEFT]),
    ]:
        ceiling = [low + value for low, value in zip(floor, values, strict=True)]
        middle = (floor[-1] + ceiling[-1]) / 2
        thick = ceiling[-1] - floor[-1] >= 0.06
        areas.append(Area(look, words, _outline(days, floor, ceiling), _y(middle) + 5 if thick else None))
        floor = ceiling
    months = [
        Mark(_x(day), words) for day, words in [(0, _("開始")), (91, _("3か月")), (182, _("6か月")), (365, _("1年"))]
    ]
    return Chart(areas, months, [Mark(_y(share / 100), f"{share}%") for share in (0, 50, 100)], until=_x(days[-1]))


@dataclass(frozen=True)
class Moved:
    """First and last mean of a scale, as shares of its range; the whisker is the interval of the change."""

    before: float
    after: float
    low: float
    high: float
    least: int
    most: int


def moved(change: Change) -> Moved | None:
    """Nothing where the change itself may not be shown."""
    if change.pairs < FEWEST or change.before is None or change.after is None:
        return None
    scale = change.scale
    least, most = scale.items * scale.low, scale.items * scale.high

    def share(value: float) -> float:
        return min(1.0, max(0.0, (value - least) / (most - least)))

    low, high = (change.before + (end if end is not None else 0.0) for end in (change.low, change.high))
    return Moved(share(change.before), share(change.after), share(low), share(high), least, most)


def _last_day(retention: Retention) -> int:
    """Where the last milestone that may be shown stands; the chart says nothing beyond it."""
    return retention.milestones[-1].day if retention.milestones else 0


def _outline(days: list[int], floor: list[float], ceiling: list[float]) -> str:
    upper = [point for i, day in enumerate(days) for point in _step(days, i, day, ceiling)]
    lower = [point for i, day in enumerate(days) for point in _step(days, i, day, floor)]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in [*upper, *reversed(lower)])


def _step(days: list[int], place: int, day: int, values: list[float]) -> list[tuple[float, float]]:
    """A share jumps on its day and stays until the next."""
    before = values[place - 1] if place else values[place]
    return [(_x(day), _y(before)), (_x(day), _y(values[place]))]


def _x(day: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * day / LAST_DAY


def _y(share: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)
