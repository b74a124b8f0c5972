"""What staff fill in about the directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.actions.submissions import APPROVED, RETURNED
from directory.choices import ConfirmationWay, PlaceKind, PlaceState, ReportState
from directory.fields import FIELDS
from directory.models import Submission

DECISIONS = [(APPROVED, _("承認する")), (RETURNED, _("返す"))]


class DecisionForm(forms.Form):
    """One decision and one note per field of a change, and a reply to the host."""

    reply = forms.CharField(
        label=_("送った人への返事"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission
        for name in submission.changes:
            label = FIELDS[name].label if name in FIELDS else name
            self.fields[f"decision_{name}"] = forms.ChoiceField(
                label=label,
                choices=DECISIONS,
                widget=forms.RadioSelect,
                error_messages={"required": _("承認するか返すかを選んでください。")},
            )
            self.fields[f"note_{name}"] = forms.CharField(
                label=_("返す理由・伝えること"), required=False, max_length=300
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.submission.changes:
            if cleaned.get(f"decision_{name}") == RETURNED and not cleaned.get(f"note_{name}"):
                self.add_error(f"note_{name}", _("返すときは、理由をひとこと書いてください。"))
        return cleaned

    def decisions(self) -> dict[str, dict[str, str]]:
        return {
            name: {"decision": self.cleaned_data[f"decision_{name}"], "note": self.cleaned_data[f"note_{name}"]}
            for name in self.submission.changes
        }


class PlaceFilterForm(forms.Form):
    """The list of places, narrowed."""

    q = forms.CharField(label=_("名前・よみ・番号"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("状態"), choices=[("", _("すべて")), *PlaceState.choices], required=False)
    kind = forms.ChoiceField(label=_("種類"), choices=[("", _("すべて")), *PlaceKind.choices], required=False)
    freshness = forms.ChoiceField(
        label=_("確かめた日"),
        choices=[("", _("すべて")), ("stale", _("180日より前・まだ")), ("check", _("要確認がある"))],
        required=False,
    )


class StateForm(forms.Form):
    """Pausing or withdrawing says why, in words the public sees."""

    note = forms.CharField(label=_("町の人に見えるひとこと"), required=False, max_length=200)


class ConfirmForm(forms.Form):
    """How staff confirmed a listing."""

    way = forms.ChoiceField(
        label=_("確かめ方"),
        choices=[
            (way.value, way.label) for way in (ConfirmationWay.PHONE, ConfirmationWay.VISIT, ConfirmationWay.PAPER)
        ],
    )


class ReportForm(forms.Form):
    """What became of a resident's message."""

    state = forms.ChoiceField(label=_("状態"), choices=ReportState)
    outcome = forms.CharField(
        label=_("どうしたか"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
