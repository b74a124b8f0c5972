"""Forms from the person's answer to the end of a placement."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import FunctionalNeed, HostAnswer, HostReason, Offer
from directory.models import Municipality
from matching.choices import PersonAnswer, RecordWay, Regularity, Stage, VisitKind, VisitResult
from matching.forms import parts
from matching.models import Consent, Proposal

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
    """F8: when, who goes along, where to meet."""

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

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["escort"] = parts.WorkerField(
            municipality, label=_("いっしょに行く職員"), required=False, empty_label=_("なし")
        )
        self.order_fields(["kind", "on", "at", "minutes", "escort"])

    def moment(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"]))


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
