"""F1 相談受付, short: who called, about what, and who takes it on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import WindowField
from directory.models import District, Municipality, Office, User
from matching.actions.clients import Person
from matching.choices import ConsultationKind, Sex, WhoCame
from matching.forms import parts
from matching.models import Client
from matching.permissions import desk_office

PERSON = [
    "called",
    "called_yomi",
    "name",
    "yomi",
    "sex",
    "birthday",
    "birth_year",
    "district",
    "address",
    "phone",
    "how_to_reach",
    "caution",
]


class PersonFields(forms.Form):
    """What is known of somebody. Nothing is required: people may stay nameless."""

    called = parts.line(_("呼び名"), help_text=_("画面に出る名前です。本人が選んだ呼び名があれば、それを書きます。"))
    called_yomi = parts.line(_("呼び名のよみ"), help_text=_("呼び名が漢字のときに書きます。"))
    name = parts.line(_("名前"))
    yomi = parts.line(_("名前のよみ"), help_text=_("よみで、あとから探せます。"))
    sex = forms.ChoiceField(label=_("性別"), required=False, choices=Sex.choices)
    birthday = parts.day(_("生年月日"))
    birth_year = parts.whole_number(
        _("生まれた年（西暦）"), low=1900, high=2100, help_text=_("だいたいでもかまいません。")
    )
    district = forms.ModelChoiceField(label=_("地区"), required=False, queryset=District.objects.none())
    address = parts.line(_("住所"))
    phone = parts.line(_("電話"))
    how_to_reach = parts.line(_("連絡してよい方法と時間帯"))
    caution = parts.line(_("注意"), help_text=_("いつも上に出ます。例: 電話は午後だけ"))

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        districts = self.fields["district"]
        assert isinstance(districts, forms.ModelChoiceField)
        districts.queryset = District.objects.filter(municipality=municipality)
        districts.empty_label = str(_("まだ分からない"))

    def clean_birthday(self) -> Any:
        birthday = self.cleaned_data["birthday"]
        if birthday and not 1900 <= birthday.year <= timezone.localdate().year:
            raise forms.ValidationError(_("生年月日を確かめてください。"))
        return birthday


class IntakeForm(PersonFields):
    """A consultation of somebody new, or (with `client`) of somebody known."""

    kind = forms.ChoiceField(
        label=_("種類"), choices=ConsultationKind.choices, initial="consultation", widget=forms.RadioSelect
    )
    received_on = parts.day(_("受付日"), required=True)
    office = forms.ModelChoiceField(label=_("受け付けた部署"), queryset=Office.objects.none())
    window_field = forms.ChoiceField(
        label=_("窓口の分野"), required=False, choices=[("", _("選ばない")), *WindowField.choices]
    )
    route = parts.from_list("routes", _("相談経路"))
    who_came = forms.ChoiceField(label=_("来た人・電話をくれた人"), choices=WhoCame.choices)
    who_came_words = parts.line(_("本人との関係"))
    matters = parts.some_of("matters", _("相談内容"), required=True)
    most_serious = parts.from_list("matters", _("いちばん困っていること"), required=False)
    words = parts.words(_("話したこと（そのままのことばで）"), rows=5)
    wish = parts.words(_("本人の希望"), rows=2)
    is_urgent = forms.BooleanField(label=_("すぐに対応がいる"), required=False)
    urgent_words = parts.line(_("すぐにすること"))
    main_worker = forms.ModelChoiceField(label=_("主担当"), queryset=User.objects.none())
    is_protected = forms.BooleanField(
        label=_("特に守る人（DVなど）"),
        required=False,
        help_text=_("主担当と、いま受け付けている人だけに見えます。ほかの職員の一覧や検索には出ません。"),
    )
    outreach = forms.BooleanField(
        label=_("アウトリーチ"), required=False, help_text=_("信頼づくりから始めるため、初回接触の期日を作りません。")
    )
    form_key = parts.form_key()

    def __init__(self, *args: Any, user: User, client: Client | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        offices = self.fields["office"]
        assert isinstance(offices, forms.ModelChoiceField)
        offices.queryset = Office.objects.filter(municipality=self.municipality)
        offices.initial = desk_office(user)
        self.fields["main_worker"] = parts.WorkerField(self.municipality, label=_("主担当"), initial=user)
        if client is not None:
            for name in [*PERSON, "main_worker", "is_protected", "outreach"]:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        most = cleaned.get("most_serious")
        if most and most not in cleaned.get("matters", []):
            self.add_error("most_serious", _("相談内容で選んだものから選んでください。"))
        if cleaned.get("received_on") and cleaned["received_on"] > timezone.localdate():
            self.add_error("received_on", _("受付日は、今日までの日にしてください。"))
        return cleaned

    def person(self) -> Person:
        return Person(**{name: self.cleaned_data[name] for name in PERSON})

    def consultation(self) -> dict[str, Any]:
        """What `receive` wants, apart from the person."""
        return {name: value for name, value in self.cleaned_data.items() if name not in PERSON}
