"""Widgets and fields that several forms share."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality, User
from matching import codes
from matching.choices import Source
from matching.permissions import workers_of

WORDS_MAX = 4000
UNDECIDED = ""


class DayInput(forms.DateInput):
    """The browser's own date field; takes and gives 2026-11-24 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


def day(label: Any, *, required: bool = False, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput(), **more)


def clock(label: Any, *, required: bool = False, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=TimeInput(), **more)


def words(label: Any, *, required: bool = False, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=WORDS_MAX, widget=forms.Textarea({"rows": rows}), **more
    )


def line(label: Any, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=200, **more)


def from_list(name: str, label: Any, *, required: bool = True, **more: Any) -> forms.ChoiceField:
    """One code of the list in force today."""

    def choices() -> list[tuple[str, Any]]:
        return [(UNDECIDED, _("選んでください")), *codes.current(name).choices]

    return forms.ChoiceField(label=label, required=required, choices=choices, **more)


def some_of(name: str, label: Any, *, required: bool = False, **more: Any) -> forms.MultipleChoiceField:
    """Some codes of the list in force today."""
    return forms.MultipleChoiceField(
        label=label,
        required=required,
        choices=lambda: codes.current(name).choices,
        widget=forms.CheckboxSelectMultiple,
        **more,
    )


def form_key() -> forms.UUIDField:
    """Made when the form is shown, so that pressing the button twice acts once."""
    return forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)


def source() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("だれから"), choices=Source.choices, initial=Source.SELF, widget=forms.RadioSelect)


class WorkerField(forms.ModelChoiceField):
    """A member of staff who may work with clients in this town."""

    def __init__(self, municipality: Municipality, **more: Any) -> None:
        more.setdefault("empty_label", _("選んでください"))
        pks = [user.pk for user in workers_of(municipality)]
        super().__init__(queryset=User.objects.filter(pk__in=pks).order_by("name"), **more)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name or obj)


def whole_number(label: Any, *, low: int, high: int, required: bool = False, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=low, max_value=high, **more)
