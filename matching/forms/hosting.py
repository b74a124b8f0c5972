"""Forms about hosts: what they are owed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.actions.honorariums import Owed
from matching.choices import PaidPer
from matching.forms import parts


class HonorariumForm(forms.Form):
    """One 謝金 for one period; the sum is worked out, never typed."""

    from_on = parts.day(_("いつから"), required=True)
    until_on = parts.day(_("いつまで"), required=True)
    per = forms.ChoiceField(label=_("単位"), choices=PaidPer.choices)
    times = parts.whole_number(_("数"), low=1, high=999, required=True)
    unit_yen = parts.whole_number(_("単価（円）"), low=0, high=1_000_000, required=True)
    due_on = parts.day(_("支払いの期日"), help_text=_("書かなければ、町の決まりの日数です。"))
    note = forms.CharField(
        label=_("メモ"), required=False, max_length=120, help_text=_("人の名前や事情は書かないでください。")
    )
    form_key = parts.form_key()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("「いつまで」は「いつから」より後の日にしてください。"))
        return cleaned

    def owed(self) -> Owed:
        data = self.cleaned_data
        return Owed(
            from_on=data["from_on"],
            until_on=data["until_on"],
            per=PaidPer(data["per"]),
            times=data["times"],
            unit_yen=data["unit_yen"],
            note=data["note"],
        )


class StrikeForm(forms.Form):
    why = forms.CharField(label=_("取り消すわけ"), max_length=120)
