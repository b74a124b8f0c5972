"""Forms of 尺度: the answers of one person, and the wording of a town."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import MeasureWay
from matching.forms import parts
from matching.measures import Scale
from matching.models import ScaleWording


class MeasureForm(forms.Form):
    """One scale; numbers only where the town has loaded no wording."""

    on = parts.day(_("聞いた日"), required=True)
    way = forms.ChoiceField(label=_("聞きかた"), choices=MeasureWay.choices)
    refused = forms.BooleanField(label=_("本人は答えたくない（それでよい）"), required=False)
    words = parts.line(_("ひとこと"))
    form_key = parts.form_key()

    def __init__(self, *args: Any, scale: Scale, wording: ScaleWording | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = scale
        self.fields["on"].initial = timezone.localdate()
        labels = wording.labels if wording else [""] * (scale.high - scale.low + 1)
        choices: list[tuple[Any, Any]] = [("", _("答えなし"))]
        choices += [(scale.low + step, f"{scale.low + step} {words}".strip()) for step, words in enumerate(labels)]
        for item in range(scale.items):
            label = wording.items[item] if wording else _("質問%(number)s") % {"number": item + 1}
            self.fields[f"item_{item}"] = forms.TypedChoiceField(
                label=label, required=False, choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect
            )
        names = ["on", "way", *(f"item_{item}" for item in range(scale.items)), "refused", "words", "form_key"]
        self.order_fields(names)

    @property
    def answers(self) -> list[int | None]:
        return [self.cleaned_data[f"item_{item}"] for item in range(self.scale.items)]


class WordingForm(forms.Form):
    """The questions and answers as they stand on the town's licensed paper, one a line."""

    items = forms.CharField(label=_("質問（1行に一つ）"), max_length=4000, widget=forms.Textarea({"rows": 6}))
    labels = forms.CharField(
        label=_("答え（1行に一つ、小さい数から）"), max_length=2000, widget=forms.Textarea({"rows": 6})
    )
    licence = forms.CharField(
        label=_("許諾・出典"), max_length=300, help_text=_("例: ○○先生の許諾（2026年4月1日）。論文の名前。")
    )

    def __init__(self, *args: Any, wording: ScaleWording | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wording:
            self.initial = {
                "items": "\n".join(wording.items),
                "labels": "\n".join(wording.labels),
                "licence": wording.licence,
            }

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
