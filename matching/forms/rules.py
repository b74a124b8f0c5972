"""The form of この町の決まり: days of the clocks, weights of the criteria, numbers of the judgement, the cadence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching import clocks
from matching.actions.town_rules import CHOICES_OF
from matching.choices import FollowUpStep
from matching.models import TownRules
from matching.process import process
from matching.town_rules import NAMES, WEIGHTS

SIDES = {"person": _("本人にようすを聞く"), "host": _("受け入れ先に電話する（このあとは「あいだ」ごと）")}


class RulesForm(forms.Form):
    """One field per clock and per criterion, with the numbers in force."""

    why = forms.CharField(
        label=_("変えるわけ"),
        max_length=200,
        help_text=_("人のことは書かないでください。あとから読む人のために残ります。"),
    )
    learned = forms.BooleanField(
        label=_("場の種類ごとの続きやすさを、合いかたに少し（1割まで）入れる"),
        required=False,
        help_text=_("はじめは使いません。20件より多い種類だけを使い、わけに書きます。"),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    # How many people the previews before this one have looked at.
    looked = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: TownRules | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days, weights = clocks.with_days(standing), standing.weights if standing else {}
        for name, clock in process().clocks.items():
            self.fields[f"days_{name}"] = forms.IntegerField(
                label=clock.words,
                required=False,
                min_value=clock.low,
                max_value=clock.high,
                initial=days[name],
                help_text=_("%(unit)s。はじめは%(default)s") % {"unit": clock.unit, "default": clock.default},
            )
        for key, label in NAMES.items():
            self.fields[f"weight_{key}"] = forms.TypedChoiceField(
                label=label,
                choices=WEIGHTS,
                required=False,
                coerce=float,
                initial=float(weights.get(key, 1.0)),
            )
        numbers = standing.numbers if standing else {}
        for name, number in process().numbers.items():
            self.fields[f"number_{name}"] = forms.FloatField(
                label=number.words,
                required=False,
                min_value=number.low,
                max_value=number.high,
                initial=f"{numbers.get(name, number.default):g}",
                help_text=str(_("%(unit)s。はじめは%(default)g") % {"unit": number.unit, "default": number.default}),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        cadence = clocks.with_cadence(standing)
        for side, words in SIDES.items():
            self.fields[f"cadence_{side}"] = forms.MultipleChoiceField(
                label=words,
                choices=[(step.value, step.label) for step in FollowUpStep if step in CHOICES_OF[side]],
                initial=[step.value for step in cadence[side]],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("一つはえらんでください。")},
            )
        self.fields["learned"].initial = bool(standing and standing.learned)
        self.fields["seen"].initial = standing.serial if standing else 0

    @property
    def days(self) -> dict[str, int]:
        return {
            name: clock.default if (days := self.cleaned_data[f"days_{name}"]) is None else days
            for name, clock in process().clocks.items()
        }

    @property
    def weights(self) -> dict[str, float]:
        # Nothing chosen is the ordinary weight, 見ない is 0.
        return {key: 1.0 if (given := self.cleaned_data[f"weight_{key}"]) == "" else given for key in NAMES}

    @property
    def numbers(self) -> dict[str, float]:
        return {
            name: number.default if (given := self.cleaned_data[f"number_{name}"]) is None else given
            for name, number in process().numbers.items()
        }

    @property
    def cadence(self) -> dict[str, list[str]]:
        return {side: self.cleaned_data[f"cadence_{side}"] for side in SIDES}

    def number_fields(self) -> list[forms.BoundField]:
        return [self[f"number_{name}"] for name in process().numbers]

    def cadence_fields(self) -> list[forms.BoundField]:
        return [self[f"cadence_{side}"] for side in SIDES]

    def clock_fields(self) -> list[forms.BoundField]:
        return [self[f"days_{name}"] for name in process().clocks]

    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"weight_{key}"] for key in NAMES]
