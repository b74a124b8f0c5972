"""Forms of the person's page: recording, facts, team, household, avoidances, consent, plan."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import FunctionalNeed
from directory.models import Municipality, Office, Place
from matching import codes
from matching.actions.clients import Memo
from matching.choices import (
    AvoidanceKind,
    ClientState,
    ConsentState,
    GapAnswer,
    RecordVisibility,
    RecordWay,
    Relation,
    WishKind,
)
from matching.forms import parts
from matching.forms.intake import PersonFields
from matching.models import Client

NEXT_DAY_HELP = _("決まっていれば書きます。「今日」に出ます。")


class RecordForm(forms.Form):
    """F5: what was done, and what comes next."""

    way = forms.ChoiceField(label=_("方法"), required=False, choices=RecordWay.choices, initial=RecordWay.PHONE)
    on = parts.day(_("日"))
    visibility = forms.ChoiceField(
        label=_("見てよい人"), required=False, choices=RecordVisibility.choices, initial=RecordVisibility.OFFICE
    )
    words = parts.words(_("記録"), required=True)
    next_on = parts.day(_("次の期日"))
    next_kind = parts.from_list("next_steps", _("次にすること"), required=False)
    next_words = parts.line(_("ひとこと"))
    form_key = parts.form_key()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # These stand in the form already; emptied, they mean what stood there.
        cleaned["way"] = cleaned.get("way") or RecordWay.PHONE
        cleaned["on"] = cleaned.get("on") or timezone.localdate()
        cleaned["visibility"] = cleaned.get("visibility") or RecordVisibility.OFFICE
        if bool(cleaned.get("next_on")) != bool(cleaned.get("next_kind")):
            missing = "next_kind" if cleaned.get("next_on") else "next_on"
            self.add_error(missing, _("次にすることと期日は、両方書いてください。"))
        return cleaned


class FactsForm(PersonFields):
    """What is known of the person."""

    about = parts.words(_("メモ"))
    edit_version = forms.IntegerField(widget=forms.HiddenInput)


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("状態"), required=False, choices=ClientState.choices)


class HandOverForm(forms.Form):
    """Main worker and office; with another main worker, the memo."""

    office = forms.ModelChoiceField(label=_("部署"), queryset=Office.objects.none())
    cares = parts.words(_("引継ぎメモ　大切にしてきたこと"), rows=2)
    underway = parts.words(_("引継ぎメモ　いま動いていること"), rows=4)
    cautions = parts.words(_("引継ぎメモ　気をつけること"), rows=2)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client, municipality = client, client.municipality
        self.fields["to"] = parts.WorkerField(municipality, label=_("主担当"))
        offices = self.fields["office"]
        assert isinstance(offices, forms.ModelChoiceField)
        offices.queryset = Office.objects.filter(municipality=municipality)
        self.order_fields(["to", "office"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") not in (None, self.client.main_worker) and not cleaned.get("underway"):
            self.add_error("underway", _("次の担当のために、いま動いていることを書いてください。"))
        return cleaned

    def memo(self) -> Memo:
        return Memo(**{name: self.cleaned_data[name] for name in ("cares", "underway", "cautions")})


class MemberForm(forms.Form):
    """One more person on the team, or on the allow list."""

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = parts.WorkerField(municipality, label=_("職員"))


class HouseholdMemberForm(forms.Form):
    relation = forms.ChoiceField(
        label=_("続柄"), choices=[choice for choice in Relation.choices if choice[0] != Relation.SELF]
    )
    number = forms.CharField(
        label=_("番号"),
        required=False,
        max_length=12,
        help_text=_("この人も支援していれば、番号を書きます。例: R8-0042"),
    )
    words = parts.line(_("どんな人か"))
    age_band = parts.line(_("年代"), help_text=_("例: 70代"))
    lives_apart = forms.BooleanField(label=_("別に住んでいる"), required=False)


class HouseholdNoteForm(forms.Form):
    note = parts.words(_("世帯のようす"), rows=4)
    edit_version = forms.IntegerField(widget=forms.HiddenInput)


class AvoidForm(forms.Form):
    kind = forms.ChoiceField(label=_("種類"), choices=AvoidanceKind.choices, widget=forms.RadioSelect)
    place = forms.ModelChoiceField(label=_("場"), required=False, queryset=Place.objects.none())
    other = forms.CharField(
        label=_("会ってはいけない人の番号"),
        required=False,
        max_length=12,
        help_text=_(
            "この町で相談している人のときに、R8-0042 のように書きます。その人が通う場や、たずねている場が、"
            "おたがいに出なくなります。相手の記録には何も書かれません。"
        ),
    )
    words = parts.words(
        _("だれ・どこを、なぜ"),
        rows=2,
        help_text=_("この町の担当だけが読めます。場の画面や提案、受け入れ先には出ません。"),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = self.fields["place"]
        assert isinstance(places, forms.ModelChoiceField)
        places.queryset = Place.objects.visible_in(municipality).exclude(state="withdrawn").order_by("yomi")
        places.empty_label = str(_("選ばない（番号かことばで書く）"))
        self.municipality = municipality

    def clean_other(self) -> Client | None:
        """Only that there is somebody of this number is told, which the running numbers tell anyway."""
        number = self.cleaned_data["other"]
        if not number:
            return None
        found = Client.objects.numbered(number).filter(municipality=self.municipality).first()
        if found is None:
            raise forms.ValidationError(
                _("この番号の人はいません。番号を確かめるか、「だれ・どこを、なぜ」にことばで書いてください。")
            )
        return found


class WishForm(forms.Form):
    kind = forms.ChoiceField(label=_("種類"), choices=WishKind.choices)
    words = forms.CharField(label=_("本人のことば"), max_length=200)
    source = parts.source()
    is_important = forms.BooleanField(label=_("★ 大切にしたいこと"), required=False)


class ConsentForm(forms.Form):
    """F15: the answer, among agencies and for hosts."""

    state = forms.ChoiceField(label=_("本人の答え"), choices=ConsentState.choices, widget=forms.RadioSelect)
    asked_on = parts.day(_("聞いた日"))
    agencies = parts.some_of("agencies", _("知らせてよい先"))
    items = parts.some_of("consent_items", _("知らせてよい内容"))
    for_hosts = forms.BooleanField(
        label=_("受け入れ先に、名前を出さずにたずねてよい"),
        required=False,
        help_text=_("関係機関への同意とは別に聞きます。これがないと、受け入れ先には何も伝わりません。"),
    )
    released_needs = forms.MultipleChoiceField(
        label=_("受け入れ先に伝えてよい配慮"),
        required=False,
        choices=FunctionalNeed.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    name_to_hosts = forms.BooleanField(
        label=_("受け入れが決まったら、名前を伝えてよい"), required=False, help_text=_("書面の同意がいります。")
    )
    conditions = parts.words(_("本人のことわり・条件"), rows=2)
    rules_version = parts.line(_("見せた取扱規程の版"))
    from_on = parts.day(_("いつから"))
    until_on = parts.day(_("いつまで"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        state = cleaned.get("state") or ConsentState.UNASKED
        given = ConsentState(state).is_given
        if cleaned.get("for_hosts") and not given:
            self.add_error("for_hosts", _("同意がないときは、受け入れ先にたずねられません。"))
        if cleaned.get("name_to_hosts") and (state != ConsentState.WRITTEN or not cleaned.get("for_hosts")):
            self.add_error(
                "name_to_hosts", _("名前を伝えるには、書面の同意と、受け入れ先にたずねてよいという答えがいります。")
            )
        if given and bool(cleaned.get("agencies")) != bool(cleaned.get("items")):
            self.add_error("items", _("知らせてよい先と内容は、両方選んでください。"))
        begins, ends = cleaned.get("from_on") or cleaned.get("asked_on"), cleaned.get("until_on")
        if ends and ends < (begins or timezone.localdate()):
            self.add_error("until_on", _("「いつまで」は「いつから」より後の日にしてください。"))
        return cleaned

    def scope(self) -> list[list[str]]:
        """Agency × item."""
        return [[agency, item] for agency in self.cleaned_data["agencies"] for item in self.cleaned_data["items"]]


class PlanForm(forms.Form):
    """F4, short."""

    goal = parts.words(_("めあて（本人のことばで）"), required=True, rows=2)
    steps = parts.words(_("すること"), rows=3)
    gap = forms.ChoiceField(
        label=_("既存の制度では対応できないか"),
        required=False,
        choices=[("", _("まだ確かめていない")), *GapAnswer.choices],
        widget=forms.RadioSelect,
        help_text=_("参加支援は、既存の制度では対応できない「狭間」を支えます。決める前に確かめます。"),
    )
    gap_words = parts.words(_("確かめたこと"), rows=2)
    from_on = parts.day(_("いつから"), required=True)
    until_on = parts.day(_("いつまで"))
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("「いつまで」は「いつから」より後の日にしてください。"))
        return cleaned


class TroublesForm(forms.Form):
    """The coded troubles, and the three main ones."""

    troubles = parts.some_of("troubles", _("課題"))
    main = parts.some_of("troubles", _("主なもの（3つまで）"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if len(cleaned.get("main", [])) > 3:
            self.add_error("main", _("主なものは3つまでです。"))
        elif not set(cleaned.get("main", [])) <= set(cleaned.get("troubles", [])):
            self.add_error("main", _("課題で選んだものから選んでください。"))
        return cleaned

    @property
    def needs_check(self) -> bool:
        """Whether the list itself is still 要確認."""
        return codes.current("troubles").needs_check
