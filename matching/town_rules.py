"""The weights and numbers of a town: what candidates are judged by there."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import PlaceKind
from directory.models import Municipality
from matching import clocks
from matching.candidates.ranking import CRITERIA
from matching.candidates.rules import DEFAULT, Rules
from matching.models import Placement, TownRules
from matching.retention import FEW, pooled, spells_of

# What a weight may be: a criterion can be left out of the order, never be all of it.
WEIGHTS = [
    (0.0, _("見ない")),
    (0.5, _("半分")),
    (1.0, _("ふつう")),
    (1.5, _("1.5倍")),
    (2.0, _("2倍")),
]
NAMES = {key: label for key, label, _applies, _judge in CRITERIA}


def rules_of(town: Municipality) -> Rules:
    """What candidates are judged by in this town; its version names the town's version too."""
    return with_weights(clocks.newest(town))


def with_weights(rules: TownRules | None) -> Rules:
    if rules is None:
        return DEFAULT
    chosen = MappingProxyType({key: float(weight) for key, weight in rules.weights.items()})
    learned = learned_of(rules.municipality) if rules.learned else MappingProxyType({})
    version = f"{DEFAULT.version}.{rules.serial}"
    return replace(with_numbers(rules.numbers), version=version, weights=chosen, learned=learned)


def with_numbers(numbers: Mapping[str, float]) -> Rules:
    """The defaults with these numbers; whole ones stay whole."""
    kinds = {name: type(getattr(DEFAULT, name)) for name in numbers}
    return replace(DEFAULT, **{name: kinds[name](number) for name, number in numbers.items()})


def learned_of(town: Municipality) -> MappingProxyType[str, float]:
    """Kind of place (its word) → how its people stayed beside all kinds, pooled; only kinds with twenty of them."""
    rows = Placement.objects.filter(municipality=town, client__is_protected=False).select_related("place")
    kinds = [
        one for one in pooled(spells_of(rows, today_ordinal=timezone.localdate().toordinal())) if one.number >= FEW
    ]
    if len(kinds) < 2:
        return MappingProxyType({})
    whole = sum(one.kept.value * one.number for one in kinds) / sum(one.number for one in kinds)
    return MappingProxyType({str(PlaceKind(one.kind).label): one.kept.value / whole for one in kinds if one.kind})
