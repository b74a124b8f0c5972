"""この町の決まり: days and weights set anew, each as a version with its reason; an older one can be taken up again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality, User
from matching import next_days
from matching.models import Event, TownRules
from matching.process import process
from matching.refusals import NotPossible
from matching.town_rules import NAMES, WEIGHTS

ALLOWED = {weight for weight, _words in WEIGHTS}


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
) -> TownRules | None:
    """Put these in force; what equals a default is not kept. Returns the version in force, None for the defaults.

    `seen` is the version its writer had on screen (0 = defaults). Raises NotPossible, RulesChangedMeanwhile.
    """
    if not why.strip():
        raise NotPossible(_("変えるわけを書いてください。"))
    kept_days, kept_weights = _days(days), _weights(weights)
    # The town's row is the lock of its versions.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    newest = TownRules.objects.filter(municipality=municipality).order_by("-serial").first()
    standing = (newest.days, newest.weights, newest.learned) if newest else ({}, {}, False)
    if (kept_days, kept_weights, learned) == standing:
        return newest
    if (newest.serial if newest else 0) != seen:
        raise RulesChangedMeanwhile
    row = TownRules.objects.create(
        municipality=municipality,
        serial=seen + 1,
        days=kept_days,
        weights=kept_weights,
        learned=learned,
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


def _weights(weights: Mapping[str, float]) -> dict[str, float]:
    if not set(weights) <= set(NAMES) or not set(weights.values()) <= ALLOWED:
        raise NotPossible(_("重みは、一覧から選んでください。"))
    if weights and not any(weights.get(key, 1.0) for key in NAMES):
        raise NotPossible(_("ぜんぶを「見ない」にはできません。"))
    return {key: weight for key, weight in sorted(weights.items()) if weight != 1.0}
