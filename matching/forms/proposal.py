"""Forms from the person's answer to the end of a placement."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.calendar import NotASchedule
from directory.choices import FunctionalNeed, HostAnswer, HostReason, Offer, PlaceState
from directory.models import Municipality, Place
from directory.openings import openings_between
from matching.choices import DisclosureItem, PersonAnswer, RecordWay, Regularity, Stage, VisitKind, VisitResult
from matching.forms import parts
from matching.models import Consent, Proposal, Visit

BURDEN = [
    ("", _("聞いていない")),
    (0, _("0 負担はない")),
    (1, _("1 少しある")),
    (2, _("2 ある")),
    (3, _("3 重い")),
    (4, _("4 続けられない")),
]
RATING = [
    ("", _("聞いていない")),
    (5, _("5 とてもよい")),
    (4, _("4 よい")),
    (3, _("3 ふつう")),
    (2, _("2 少しつらい")),
    (1, _("1 つらい")),
]


def number_of(choices: list[tuple[Any, Any]], label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, choices=choices, coerce=int, empty_value=None)


class AnswerForm(forms.Form):
    """What the person says to a suggestion; a "no" costs nothing."""

    answer = forms.ChoiceField(label=_("本人の返事"), choices=PersonAnswer.choices, widget=forms.RadioSelect)
    words = parts.words(_("本人のことば"), rows=2)
    on = parts.day(_("返事の日"), required=True)
    held_until_on = parts.day(
        _("いつまで保留"), help_text=_("保留・今はしない、のとき。書かなければ決まりの日数です。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class AskHostForm(forms.Form):
    """F7: the letter to the host. Only what the person released can be chosen."""

    offer = forms.ChoiceField(label=_("どんな形で"), choices=Offer.choices, initial=Offer.VISIT)
    needs = forms.MultipleChoiceField(
        label=_("伝える配慮（本人が伝えてよいと言ったもの）"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    escort = forms.BooleanField(label=_("職員がいっしょに行く"), required=False)
    from_on = parts.day(_("いつごろから"))
    until_on = parts.day(_("いつごろまで"))

    def __init__(self, *args: Any, proposal: Proposal, consent: Consent | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        released = consent.released_needs if consent else []
        needs = self.fields["needs"]
        assert isinstance(needs, forms.MultipleChoiceField)
        needs.choices = [(need.value, need.label) for need in FunctionalNeed if need.value in released]
        if not needs.choices:
            del self.fields["needs"]
        offers = [(offer.value, offer.label) for offer in Offer if offer.value in proposal.place.offers]
        offer = self.fields["offer"]
        assert isinstance(offer, forms.ChoiceField)
        offer.choices = offers or Offer.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("「いつごろまで」は「いつごろから」より後の日にしてください。"))
        cleaned.setdefault("needs", [])
        return cleaned


class HostAnswerForm(forms.Form):
    """What a host said on the telephone."""

    answer = forms.ChoiceField(label=_("受け入れ先の返事"), choices=HostAnswer.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("無理のときの理由"), required=False, choices=[("", _("選んでください")), *HostReason.choices]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == HostAnswer.NO and not cleaned.get("reason"):
            self.add_error("reason", _("無理のときは、理由を選んでください。"))
        if cleaned.get("answer") != HostAnswer.NO:
            cleaned["reason"] = ""
        return cleaned


class DeclineForm(forms.Form):
    reason = parts.from_list("decline_reasons", _("見送りの理由"))
    words = parts.words(_("くわしく"), rows=2)


class PlanVisitForm(forms.Form):
    """F8: when, who goes along, where to meet. A day on which the place does not open has to be meant."""

    kind = forms.ChoiceField(label=_("種類"), choices=VisitKind.choices)
    on = parts.day(_("日"), required=True)
    at = parts.clock(_("時刻"), required=True)
    minutes = parts.whole_number(_("何分くらい"), low=5, high=600)
    company = parts.line(_("ほかにいっしょに行く人"))
    arrangements = parts.words(_("待ち合わせ・約束"), rows=2, help_text=_("例: 11時20分に川西の停留所。"))
    travel = parts.line(_("どうやって行くか"), help_text=_("例: 11時5分のバス。歩いて10分。"))
    met_by = parts.line(_("入口で待つ人"), help_text=_("例: ひだまりの山本さん（緑のエプロン）"))
    signal = parts.line(_("帰りたくなったときの合図"), help_text=_("例: 手を上げる。何も言わずに帰ってもよい。"))
    bring = parts.line(_("持っていく物"), help_text=_("例: 300円、うわばき"))
    closed_is_meant = forms.BooleanField(
        label=_("開く日ではないが、受け入れ先と約束した"), required=False, widget=forms.HiddenInput
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, place: Place, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields["escort"] = parts.WorkerField(
            municipality, label=_("いっしょに行く職員"), required=False, empty_label=_("なし")
        )
        self.order_fields(["kind", "on", "closed_is_meant", "at", "minutes", "escort"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("on")
        if day and not cleaned.get("closed_is_meant") and self._is_closed(day):
            self.fields["closed_is_meant"].widget = forms.CheckboxInput()
            self.add_error(
                "on",
                _(
                    "この日は、この場が開く日ではありません。日を変えるか、受け入れ先と約束ができていれば、"
                    "下の「開く日ではないが、受け入れ先と約束した」に印をつけてください。"
                ),
            )
        return cleaned

    def _is_closed(self, day: date) -> bool:
        """Known to be closed: every activity says when it opens, and none does on that day."""
        activities = list(self.place.activities.all())
        if self.place.state != PlaceState.PUBLISHED or not activities or not all(one.schedule for one in activities):
            return False
        try:
            return not openings_between([self.place], first=day, last=day)
        except NotASchedule:
            # A rule of an older version: nobody knows, so nobody is stopped.
            return False

    def facts(self) -> dict[str, Any]:
        """What is agreed, as the actions take it."""
        said = self.cleaned_data
        moment = timezone.make_aware(datetime.combine(said["on"], said["at"]))
        names = ("minutes", "escort", "company", "arrangements", "travel", "met_by", "signal", "bring")
        return {"at": moment, "kind": VisitKind(said["kind"]), **{name: said[name] for name in names}}


def agreed_before(visit: Visit) -> dict[str, Any]:
    """The visit as the form shows it."""
    moment = timezone.localtime(visit.at)
    names = ("kind", "minutes", "company", "arrangements", "travel", "met_by", "signal", "bring", "edit_version")
    return {
        "on": moment.date(),
        "at": moment.time(),
        "escort": visit.escort_id,
        **{name: getattr(visit, name) for name in names},
    }


class TellHostForm(forms.Form):
    """F15: what was told, why, when."""

    items = forms.MultipleChoiceField(
        label=_("伝えたこと"), choices=DisclosureItem.choices, widget=forms.CheckboxSelectMultiple
    )
    purpose = parts.line(_("何のために"), required=True, help_text=_("例: はじめての日に入口で声をかけてもらうため。"))
    told_on = parts.day(_("伝えた日"), required=True)


class RecordVisitForm(forms.Form):
    result = forms.ChoiceField(label=_("どうだったか"), choices=VisitResult.choices, widget=forms.RadioSelect)
    notes = parts.words(_("ようす"))


class ReflectForm(forms.Form):
    reflection = parts.words(_("ふり返り（本人のことばで）"), required=True)


class BeginForm(forms.Form):
    begins_on = parts.day(_("始まる日"), required=True)
    stage = forms.ChoiceField(label=_("どんな形で始めるか"), choices=Stage.choices, initial=Stage.PLACE)
    agreed = parts.words(_("決めたこと"), rows=2, help_text=_("例: 第2・第4木曜、30分から。窓ぎわの席。"))


class FollowUpForm(forms.Form):
    """F10, in place."""

    regularity = forms.ChoiceField(label=_("行けていますか"), choices=Regularity.choices, widget=forms.RadioSelect)
    self_rating = number_of(RATING, _("本人の評価"))
    worker_rating = number_of(RATING, _("支援者の評価"))
    words = parts.words(_("ようす"), rows=2)


class HostSupportForm(forms.Form):
    """F11: a talk with the host."""

    way = forms.ChoiceField(
        label=_("方法"),
        choices=[(way.value, way.label) for way in RecordWay if way in {"phone", "home_visit", "meeting", "mail"}],
        initial=RecordWay.PHONE,
    )
    burden = number_of(BURDEN, _("受け入れ先の負担"))
    words = parts.words(_("話したこと"), rows=2)
    next_on = parts.day(_("次に話す日"))


class EndForm(forms.Form):
    reason = parts.from_list("end_reasons", _("終わりの理由"))
    ends_on = parts.day(_("終わった日"), required=True)
    words = parts.words(_("くわしく"), rows=2)

    def __init__(self, *args: Any, begins_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begins_on = begins_on
        self.fields["ends_on"].initial = timezone.localdate

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        if ends_on < self.begins_on:
            raise forms.ValidationError(_("始まった日より後の日にしてください。"))
        return ends_on
