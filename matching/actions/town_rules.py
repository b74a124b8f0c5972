"""この町の決まり set anew: days, weights, numbers, cadence; each a version with its reason, an older one may return."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality, User
from matching import next_days
from matching.choices import FollowUpStep, SupportStep
from matching.models import Event, TownRules
from matching.process import process
from matching.refusals import NotPossible
from matching.town_rules import NAMES, WEIGHTS, with_numbers

ALLOWED = {weight for weight, _words in WEIGHTS}
NOTHING: Mapping[str, Any] = MappingProxyType({})
# Both are asked at steps of the same name; the host is called at fewer.
CHOICES_OF = {"person": set(FollowUpStep.values), "host": set(FollowUpStep.values) & set(SupportStep.values)}


class RulesChangedMeanwhile(NotPossible):
    sentence = _("その間にほかの人が決まりを変えました。今の決まりを見て、もう一度選んでください。")


@transaction.atomic
def set_rules(
    *,
    municipality: Municipality,
    seen: int,
    days: Mapping[str, int],
    weights: Mapping[str, float],
    why: str,
    by: User,
    learned: bool = False,
    numbers: Mapping[str, float] = NOTHING,
    cadence: Mapping[str, Sequence[str]] = NOTHING,
) -> TownRules | None:
    """Put these in force; what equals a default is not kept. Returns the version in force, None for the defaults.

    `seen` is the version its writer had on screen (0 = defaults). Raises NotPossible, RulesChangedMeanwhile.
    """
    if not why.strip():
        raise NotPossible(_("変えるわけを書いてください。"))
    chosen = {
        "days": _days(days),
        "weights": _weights(weights),
        "numbers": _numbers(numbers),
        "cadence": _cadence(cadence),
        "learned": learned,
    }
    # The town's row is the lock of its versions.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    newest = TownRules.objects.filter(municipality=municipality).order_by("-serial").first()
    standing = newest or TownRules()
    if all(getattr(standing, name) == value for name, value in chosen.items()):
        return newest
    if (newest.serial if newest else 0) != seen:
        raise RulesChangedMeanwhile
    row = TownRules.objects.create(
        municipality=municipality,
        serial=seen + 1,
        **chosen,
        why=why.strip(),
        by=by,
    )
    # The new clocks move what is due.
    next_days.keep_all(municipality)
    Event.append(action="rules.set", actor=by, municipality=municipality, version=row.serial)
    return row


def _days(days: Mapping[str, int]) -> dict[str, int]:
    clocks = process().clocks
    kept = {}
    for name, number in sorted(days.items()):
        clock = clocks[name]
        if not clock.low <= number <= clock.high:
            raise NotPossible(
                _("「%(words)s」は%(low)sから%(high)sまでの数にしてください。")
                % {"words": clock.words, "low": clock.low, "high": clock.high}
            )
        if number != clock.default:
            kept[name] = number
    return kept


def _numbers(numbers: Mapping[str, float]) -> dict[str, float]:
    known, kept = process().numbers, {}
    for name, number in sorted(numbers.items()):
        one = known[name]
        if not one.low <= number <= one.high:
            raise NotPossible(
                _("「%(words)s」は%(low)gから%(high)gまでの数にしてください。")
                % {"words": one.words, "low": one.low, "high": one.high}
            )
        if number != one.default:
            kept[name] = float(number)
    judged = with_numbers(kept)
    if judged.fair_fit >= judged.good_fit:
        raise NotPossible(_("「合う」とする合いかたは、「よく合う」より小さい数にしてください。"))
    return kept


def _cadence(cadence: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    kept = {}
    for side, standard in process().cadence.items():
        if side not in cadence:
            continue
        # In the order of the days, each once.
        steps = [step.value for step in FollowUpStep if step in cadence[side]]
        if not steps or not set(cadence[side]) <= CHOICES_OF[side]:
            raise NotPossible(_("ようすを聞く節目を、一覧から一つはえらんでください。"))
        if steps != list(standard):
            kept[side] = steps
    return kept


def _weights(weights: Mapping[str, float]) -> dict[str, float]:
    if not set(weights) <= set(NAMES) or not set(weights.values()) <= ALLOWED:
        raise NotPossible(_("重みは、一覧から選んでください。"))
    if weights and not any(weights.get(key, 1.0) for key in NAMES):
        raise NotPossible(_("ぜんぶを「見ない」にはできません。"))
    return {key: weight for key, weight in sorted(weights.items()) if weight != 1.0}
