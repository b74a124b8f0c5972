"""Forms of the cards of 資源開拓."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import PlaceState, Want
from directory.models import District, Municipality, Place
from matching.actions.prospects import Idea
from matching.candidates.near_miss import REMEDIES
from matching.choices import ProspectState
from matching.forms import parts
from matching.models import Prospect
from matching.new_places import PROMISE_CHOICES

NAME_HELP = _("例: 駅前の喫茶店、花だんの会、公民館の調理室")


SAID = ("name", "contact", "idea", "district", "want", "remedies", "meets", "looked_for", "next_on")


class ProspectForm(forms.Form):
    """What the card says."""

    name = parts.line(_("相手（店・会・人）"), required=True, help_text=NAME_HELP)
    contact = parts.line(_("連絡先"))
    idea = parts.words(_("どんな場になりそうか"))
    district = forms.ModelChoiceField(
        label=_("地区"), queryset=District.objects.none(), required=False, empty_label=_("まだ分からない")
    )
    want = forms.ChoiceField(label=_("できること"), required=False, choices=[("", _("まだ分からない")), *Want.choices])
    remedies = forms.MultipleChoiceField(
        label=_("開くこと（あと一歩の手立て）"),
        required=False,
        choices=[(word, f"{word}：{remedy.words}") for word, remedy in REMEDIES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    meets = forms.MultipleChoiceField(
        label=_("新しい場なら、かなえること"),
        required=False,
        choices=PROMISE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("地区と合わせて、選べる場が少ない人のうち、だれが通えそうかを数えます。"),
    )
    looked_for = forms.CharField(label=_("さがされていたことば"), required=False, max_length=60)
    next_on = parts.day(_("次にする日"))
    form_key = parts.form_key()
    edit_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, town: Municipality, prospect: Prospect | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"] = parts.WorkerField(town, label=_("担当"))
        districts = self.fields["district"]
        assert isinstance(districts, forms.ModelChoiceField)
        districts.queryset = District.objects.filter(municipality=town)
        if prospect is not None:
            names = (*SAID, "worker")
            self.initial = {name: getattr(prospect, name) for name in names} | {"edit_version": prospect.edit_version}

    def idea_of(self, prospect: Prospect | None = None) -> Idea:
        """What was written; the place stays what it was."""
        facts = {name: self.cleaned_data[name] for name in SAID}
        return Idea(**facts, place=prospect.place if prospect else None)


class MoveForm(forms.Form):
    """A talk, and where the card stands after it."""

    to = forms.ChoiceField(label=_("このあとの段階"), widget=forms.RadioSelect)
    on = parts.day(_("日"))
    words = parts.words(_("話したこと"))
    next_on = parts.day(_("次にする日"))
    place = forms.ModelChoiceField(
        label=_("登録した場"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("まだ"),
        help_text=_("「登録」のときだけ選びます。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, prospect: Prospect, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = ProspectState(prospect.state)
        way = self.fields["to"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = [
            (here.value, _("「%(here)s」のまま") % {"here": here.label}),
            *((state.value, state.label) for state in here.may_become),
        ]
        places = self.fields["place"]
        assert isinstance(places, forms.ModelChoiceField)
        places.queryset = Place.objects.filter(municipality=prospect.municipality).exclude(state=PlaceState.WITHDRAWN)
        self.initial = {
            "to": here.value, "seen": here.value, "on": timezone.localdate(), "place": prospect.place,
        }  # fmt: skip

    def clean_seen(self) -> ProspectState:
        if self.cleaned_data["seen"] not in ProspectState.values:
            raise forms.ValidationError(_("画面を開き直してください。"))
        return ProspectState(self.cleaned_data["seen"])

    def clean_to(self) -> ProspectState:
        return ProspectState(self.cleaned_data["to"])
