"""What hosts fill in, section by section; every form keeps what was typed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.calendar import parse
from directory.choices import (
    Attendance,
    Booking,
    ContactKind,
    DayChangeKind,
    HostAnswer,
    HostReason,
    PlaceKind,
    Want,
)
from directory.fields import FIELDS, SECTIONS, YES_NO_BUILDING, YES_NO_WELCOME
from directory.models import Activity, Contact, Place
from directory.openings import Opening

YES_NO_CHOICES = [("true", _("はい")), ("false", _("いいえ")), ("", _("まだ分からない"))]
ONE_PARAGRAPH = {"lead", "cost_note"}
LONG_TEXT = {"description", "easy_description", "what_to_do", "who_comes", "first_timers_note", "directions"}


class YesNoField(forms.TypedChoiceField):
    """はい, いいえ, まだ分からない → True, False, None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO_CHOICES,
            coerce=lambda value: {"true": True, "false": False}.get(value),
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)


class ParagraphField(forms.CharField):
    """One paragraph in a box that shows all of it on a phone; line breaks are joined."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(value.splitlines()) if isinstance(value, str) else value)


def _field_for(name: str) -> forms.Field:
    """The form field of one listing field, with the label and help of directory/fields.py."""
    described = FIELDS[name]
    model_field = Place._meta.get_field(name)
    common: dict[str, Any] = {"label": described.label, "help_text": described.help}
    if name in {*YES_NO_WELCOME, *YES_NO_BUILDING, "women_only"}:
        return YesNoField(label=described.label)
    if name in {"kind", "booking"}:
        choices = [
            *([("", _("分からない"))] if name == "booking" else []),
            *(PlaceKind if name == "kind" else Booking).choices,
        ]
        return forms.ChoiceField(choices=choices, required=name == "kind", **common)
    if name in {"cost_yen", "age_min", "age_max"}:
        return forms.IntegerField(
            required=False, min_value=0, max_value=100_000 if name == "cost_yen" else 120, **common
        )
    if name in LONG_TEXT:
        return forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **common)
    length = getattr(model_field, "max_length", 200)
    if name in ONE_PARAGRAPH:
        return ParagraphField(required=False, max_length=length, **common)
    return forms.CharField(required=name in {"name", "yomi"}, max_length=length, **common)


class SectionForm(forms.Form):
    """The plain fields of one section of a listing."""

    note = forms.CharField(
        label=_("確認する人に伝えたいこと"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, place: Place, section: str, **kwargs: Any) -> None:
        self.place, self.section = place, section
        self.names = [
            field.name
            for field in FIELDS.values()
            if field.section == section and field.name not in {"activities", "contacts", "tags"}
        ]
        initial = {name: getattr(place, name) for name in self.names} | {"edit_version": place.edit_version}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        made = {name: _field_for(name) for name in self.names}
        self.fields = {**made, "note": self.fields["note"], "edit_version": self.fields["edit_version"]}

    @property
    def title(self) -> str:
        return str(SECTIONS[self.section])

    def clean_yomi(self) -> str:
        text = self.cleaned_data["yomi"].strip()
        if any("\u4e00" <= char <= "\u9fff" for char in text):
            raise ValidationError(_("よみは、ひらがなで書いてください。"))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("age_min"), cleaned.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", _("「何歳まで」は「何歳から」より大きい数にしてください。"))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """The values as the listing keeps them."""
        return {name: self.cleaned_data[name] for name in self.names}


class ActivityForm(forms.Form):
    """One activity: its name, what is done, and when it opens, in one's own words."""

    name = forms.CharField(label=_("活動の名前"), max_length=120)
    opening_text = forms.CharField(
        label=_("開く日"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("「毎週木曜日 11:30～13:30」「第2・第4火曜日 13:30から」のように書いてください。"),
    )
    description = forms.CharField(
        label=_("すること"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    wants = forms.MultipleChoiceField(
        label=_("したいこと（さがすときの札）"), choices=Want, required=False, widget=forms.CheckboxSelectMultiple
    )
    cost_note = forms.CharField(label=_("費用"), required=False, max_length=200)
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        names = ["name", "opening_text", "description", "wants", "cost_note"]
        initial = {name: getattr(activity, name) for name in names} | {"edit_version": activity.place.edit_version}
        super().__init__(*args, **(kwargs | {"initial": initial}))

    def changed_row(self) -> dict[str, Any]:
        """The activity as a row of the change set; its pattern is read anew from the words, or stays open."""
        reading = parse(self.cleaned_data["opening_text"])
        kept = self.cleaned_data["opening_text"] == self.activity.opening_text
        schedule = self.activity.schedule if kept else (reading.schedule.to_dict() if reading.schedule else None)
        names = ["name", "opening_text", "description", "wants", "cost_note"]
        return {name: self.cleaned_data[name] for name in names} | {"schedule": schedule}

    @property
    def unresolved(self) -> tuple[str, ...]:
        return parse(self.cleaned_data.get("opening_text", "")).unresolved


class PhoneForm(forms.Form):
    """The public telephone of a place."""

    value = forms.RegexField(
        label=_("電話番号"),
        regex=r"^[0-9０-９\-－ー()（）+\s]{8,20}$",
        error_messages={"invalid": _("電話番号は、数字とハイフンで書いてください。例：0123-45-6789")},
    )
    label = forms.CharField(label=_("だれが出るか"), required=False, max_length=80)
    hours = forms.CharField(label=_("電話に出る時間"), required=False, max_length=80)
    is_public = forms.BooleanField(
        label=_("町の人に見せる"),
        required=False,
        help_text=_("ご自分の電話なら、見せないままにできます。職員だけが見ます。"),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, place: Place, contact: Contact | None, **kwargs: Any) -> None:
        self.contact = contact
        initial: dict[str, Any] = {"edit_version": place.edit_version}
        if contact is not None:
            initial |= {name: getattr(contact, name) for name in ("value", "label", "hours", "is_public")}
        super().__init__(*args, **(kwargs | {"initial": initial}))

    def changed_row(self) -> dict[str, Any]:
        import unicodedata

        value = unicodedata.normalize("NFKC", self.cleaned_data["value"]).replace("ー", "-").strip()
        uuid = {"uuid": str(self.contact.uuid)} if self.contact else {}
        rest = {name: self.cleaned_data[name] for name in ("label", "hours", "is_public")}
        return {**uuid, "kind": ContactKind.PHONE, "value": value, **rest}


class DayForm(forms.Form):
    """A day off, another time, or an extra day."""

    kind = forms.ChoiceField(
        label=_("何を知らせますか"), choices=DayChangeKind, widget=forms.RadioSelect, initial=DayChangeKind.CANCELLED
    )
    opening = forms.ChoiceField(label=_("どの日ですか"), widget=forms.RadioSelect, required=False)
    other_on = forms.DateField(
        label=_("ほかの日・臨時に開く日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    begins = forms.TimeField(
        label=_("始まり"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("終わり"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=100, help_text=_("「大雪のため」など。書かなくてもかまいません。")
    )

    def __init__(self, *args: Any, place: Place, openings: list[Opening], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from directory.calendar import date_words

        self.activities = {str(activity.pk): activity for activity in place.activities.all()}
        choices = [
            (f"{opening.activity.pk}:{opening.on.isoformat()}", f"{date_words(opening.on)} {opening.activity.name}")
            for opening in openings
            if not opening.cancelled
        ]
        field = self.fields["opening"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(self.activities) > 1:
            self.fields["activity"] = forms.ChoiceField(
                label=_("どの活動ですか（ほかの日のとき）"),
                choices=[(key, activity.name) for key, activity in self.activities.items()],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        activity, on = self._chosen(cleaned)
        if on is None:
            self.add_error("opening", _("日をひとつ選ぶか、下の「ほかの日」に書いてください。"))
        elif on < timezone.localdate():
            self.add_error("other_on", _("過ぎた日は知らせられません。これからの日を選んでください。"))
        if kind in {DayChangeKind.CHANGED, DayChangeKind.EXTRA} and not cleaned.get("begins"):
            self.add_error("begins", _("始まりの時間を書いてください。"))
        return cleaned | {"chosen_activity": activity, "chosen_on": on}

    def _chosen(self, cleaned: dict[str, Any]) -> tuple[Activity | None, date | None]:
        if cleaned.get("other_on"):
            key = cleaned.get("activity") or next(iter(self.activities))
            return self.activities.get(key), cleaned["other_on"]
        key, _colon, text = (cleaned.get("opening") or "").partition(":")
        return (self.activities.get(key), date.fromisoformat(text)) if text else (None, None)


class AnswerForm(forms.Form):
    """A host's answer to a request."""

    answer = forms.ChoiceField(label=_("お返事"), choices=HostAnswer, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("無理なときの理由"), choices=[("", _("えらんでください")), *HostReason.choices], required=False
    )
    call_me = forms.BooleanField(label=_("電話がほしい"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == HostAnswer.NO and not cleaned.get("reason"):
            self.add_error("reason", _("今回は無理なときは、理由をひとつ選んでください。"))
        return cleaned


class VisitForm(forms.Form):
    """Whether somebody came, in two taps."""

    on = forms.DateField(label=_("日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    attendance = forms.ChoiceField(label=_("来ましたか"), choices=Attendance, widget=forms.RadioSelect)
    burden = forms.TypedChoiceField(
        label=_("大変でしたか"),
        choices=[
            ("", _("答えない")),
            ("0", _("0 まったく")),
            ("1", _("1 少し")),
            ("2", _("2 まあまあ")),
            ("3", _("3 大変")),
            ("4", _("4 もう続けられない")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    call_me = forms.BooleanField(label=_("電話がほしい"), required=False)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("これからの日は報告できません。来た日を選んでください。"))
        return on
