"""What residents send us."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.choices import ReportKind
from directory.models import District, Municipality, Place

# More than this is a letter; the office has an address for those.
LONGEST = 2000


class TellForm(forms.Form):
    """知らせる: a mistake, a place we do not know, a place they wish for."""

    kind = forms.ChoiceField(
        label=_("何を知らせますか"), choices=ReportKind, widget=forms.RadioSelect, initial=ReportKind.MISTAKE
    )
    place = forms.CharField(
        label=_("どの場のことですか"), required=False, max_length=120, help_text=_("分かれば名前を書いてください。")
    )
    words = forms.CharField(
        label=_("知らせたいこと"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "「木曜日は今はやっていません」のように、短くてかまいません。ほかの人の名前や病気のことは書かないでください。"
        ),
        error_messages={
            "required": _("知らせたいことを書いてください。"),
            "max_length": _("2000字までで書いてください。"),
        },
    )
    district = forms.ModelChoiceField(
        label=_("どのあたりですか"), queryset=District.objects.none(), required=False, empty_label=_("えらばない")
    )
    contact = forms.CharField(
        label=_("返事がほしいときの電話かメール"),
        required=False,
        max_length=254,
        help_text=_("書かなくてもかまいません。職員だけが見ます。"),
    )
    # People never see this field; programs fill in everything they find.
    homepage = forms.CharField(label=_("ここには何も書かないでください"), required=False)

    def __init__(self, *args: Any, town: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.town = town
        field = self.fields["district"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = District.objects.filter(municipality=town)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = cleaned.get("place", "").strip()
        cleaned["found_place"] = (
            Place.objects.published().filter(municipality=self.town, name=name).first() if name else None
        )
        if name and cleaned["found_place"] is None and cleaned.get("words"):
            # The name they wrote must not be lost only because it is not spelled as ours.
            cleaned["words"] = f"【{name}】{cleaned['words']}"[:LONGEST]
        return cleaned


class TownForm(forms.Form):
    """Which town a site of several towns should show."""

    town = forms.ModelChoiceField(
        label=_("お住まいの町"),
        queryset=Municipality.objects.exclude(fallback_phone=""),
        to_field_name="code",
        required=False,
        empty_label=_("すべての町"),
    )
