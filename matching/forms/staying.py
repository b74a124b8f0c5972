"""Forms of staying: a rest and its end, another stage, what a decline leads to, a wait for a seat."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching import codes
from matching.choices import Consequence, Stage
from matching.forms import parts
from matching.models import Placement, Proposal


class RestForm(forms.Form):
    """お休み begins, or goes on until another day of asking."""

    from_on = parts.day(_("いつから休み"), required=True)
    ask_again_on = parts.day(_("ようすを聞く日"), help_text=_("書かなければ、町の決まりの日数です。"))
    words = parts.words(_("ようす"), rows=2)

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = placement.rests_from_on or timezone.localdate()
        if placement.rests_from_on:
            # The beginning stands; only the next day of asking is new.
            self.fields["from_on"].disabled = True
            self.initial["from_on"] = placement.rests_from_on


class BackForm(forms.Form):
    on = parts.day(_("戻った日"), required=True)
    words = parts.words(_("ようす"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class StageForm(forms.Form):
    """居場所, 役割, 就労体験: forwards or back."""

    to = forms.ChoiceField(label=_("これからの段階"), choices=Stage.choices, widget=forms.RadioSelect)
    on = parts.day(_("いつから"), required=True)
    words = parts.words(_("本人と話したこと"), rows=2)
    seen = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"to": placement.stage, "seen": placement.stage, "on": timezone.localdate()}


class SettleForm(forms.Form):
    """見送りのあと: the consequence the list of reasons proposes stands chosen."""

    consequence = forms.ChoiceField(
        label=_("このあとどうするか"), choices=Consequence.choices, widget=forms.RadioSelect
    )
    until_on = parts.day(_("いつ、また聞くか"), help_text=_("「また聞く」「空きを待つ」「連絡する」のとき。"))

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["consequence"] = proposed_consequence(proposal)


def proposed_consequence(proposal: Proposal) -> str:
    """What the list says such a reason leads to."""
    for version in codes.versions("decline_reasons"):
        if version.version == proposal.decline_version:
            return str(version[proposal.decline_reason].more["consequence"])
    return Consequence.HIDE_SLOT


class WaitForm(forms.Form):
    until_on = parts.day(
        _("いつまで待つか"), help_text=_("その日に、続けるか聞きます。書かなければ町の決まりの日数です。")
    )
