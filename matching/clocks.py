"""How long things may take in a town before they show up on 今日: the process's defaults, or what the town set."""

from datetime import date, timedelta

from directory.models import Municipality
from matching.choices import FollowUpStep
from matching.models import TownRules
from matching.process import process


def of(town: Municipality) -> dict[str, int]:
    """Every clock by name, in its own unit (days, unless it counts absences or a burden)."""
    return with_days(newest(town))


def with_days(rules: TownRules | None) -> dict[str, int]:
    chosen = rules.days if rules else {}
    return {name: chosen.get(name, clock.default) for name, clock in process().clocks.items()}


def cadence_of(town: Municipality, side: str) -> tuple[FollowUpStep, ...]:
    """When one side of a placement ("person" or "host") is asked how it goes, in the order of the days."""
    return with_cadence(newest(town))[side]


def with_cadence(rules: TownRules | None) -> dict[str, tuple[FollowUpStep, ...]]:
    chosen = rules.cadence if rules else {}
    return {
        side: tuple(FollowUpStep(code) for code in chosen[side]) if side in chosen else steps
        for side, steps in process().cadence.items()
    }


def newest(town: Municipality) -> TownRules | None:
    """The version in force; None where the town uses the defaults."""
    return TownRules.objects.filter(municipality=town).order_by("-serial").first()


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)
