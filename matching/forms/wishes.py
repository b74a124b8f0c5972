"""One form for a whole conversation: every question with はい / いいえ / まだ分からない, from one source on one day."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching.actions.conditions import MOST_IMPORTANT, set_condition, set_free_time
from matching.choices import Source
from matching.conditions import QUESTIONS, Question, Shape
from matching.forms import parts
from matching.models import Client, Condition, FreeTime
from matching.models.condition import WEEKDAYS

TRI = [("yes", _("はい")), ("no", _("いいえ")), ("unknown", _("まだ分からない"))]
ANSWER = {"yes": True, "no": False, "unknown": None}
SAID = {True: "yes", False: "no", None: "unknown"}


def tri(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=TRI, initial="unknown", widget=forms.RadioSelect)


def _times(rows: list[FreeTime]) -> list[tuple[time, time]]:
    return [(row.begins, row.ends) for row in rows if row.answer and row.begins and row.ends]


class WishesForm(forms.Form):
    """Only what differs from the answer before is written, with the source and the day chosen on top."""

    source = parts.source()
    on = parts.day(_("聞いた日"), required=True)
    asked_anew = forms.BooleanField(
        label=_("変わらない答えも、この日に聞き直した"),
        required=False,
        help_text=_("印をつけると、答えのある問いがみな、この日の答えになります。"),
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client
        self.fields["on"].initial = timezone.localdate
        self.known: dict[str, Condition] = {row.key: row for row in client.conditions.current()}
        self.times: dict[int, list[FreeTime]] = {day: [] for day, _label in WEEKDAYS}
        for row in client.free_times.current():
            self.times[row.weekday].append(row)
        for key, question in QUESTIONS.items():
            self._add_question(key, question)
        for day, label in WEEKDAYS:
            self._add_weekday(day, label)

    def _add_question(self, key: str, question: Question) -> None:
        known = self.known.get(key)
        self.fields[key] = tri(question.label)
        self.fields[key].initial = SAID[known.answer] if known else "unknown"
        self.fields[f"{key}_important"] = forms.BooleanField(
            label=_("大切にしたいこと"), required=False, initial=known.is_important if known else False
        )
        value = known.value if known else None
        match question.shape:
            case Shape.NUMBER:
                self.fields[f"{key}_value"] = parts.whole_number(question.unit, low=0, high=99_999, initial=value)
            case Shape.CHOICE:
                self.fields[f"{key}_value"] = forms.ChoiceField(
                    label=str(question.unit),
                    required=False,
                    choices=[("", _("選ぶ")), *question.choices],
                    initial=value,
                )
            case Shape.CHOICES:
                self.fields[f"{key}_value"] = forms.MultipleChoiceField(
                    label=str(question.label),
                    required=False,
                    choices=question.choices,
                    widget=forms.CheckboxSelectMultiple,
                    initial=value,
                )
            case Shape.RANGE:
                for end, label in (("min", _("人から")), ("max", _("人まで"))):
                    self.fields[f"{key}_{end}"] = parts.whole_number(
                        label, low=1, high=999, initial=(value or {}).get(end)
                    )

    def _add_weekday(self, day: int, label: Any) -> None:
        rows = self.times[day]
        self.fields[f"day_{day}"] = tri(label)
        self.fields[f"day_{day}"].initial = SAID[rows[0].answer] if rows else "unknown"
        for part in (0, 1):
            row = rows[part] if len(rows) > part and rows[part].answer else None
            self.fields[f"day_{day}_begins_{part}"] = parts.clock(_("何時から"), initial=row.begins if row else None)
            self.fields[f"day_{day}_ends_{part}"] = parts.clock(_("何時まで"), initial=row.ends if row else None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key, question in QUESTIONS.items():
            if cleaned.get(key) == "yes" and question.shape != Shape.YES and not self._has_value(key, question):
                self.add_error(key, _("「はい」のときは、くわしい答えも書いてください。"))
        for day, _label in WEEKDAYS:
            if cleaned.get(f"day_{day}") == "yes" and not self._spans(day):
                self.add_error(f"day_{day}", _("何時から何時までかを書いてください。"))
        starred = [key for key in QUESTIONS if cleaned.get(key) == "yes" and cleaned.get(f"{key}_important")]
        if len(starred) > MOST_IMPORTANT:
            self.add_error(None, _("「大切にしたいこと」は3つまでです。"))
        return cleaned

    def _has_value(self, key: str, question: Question) -> bool:
        value = self._value(key, question)
        if question.shape == Shape.RANGE:
            return bool(value["min"] or value["max"])
        return value not in (None, "", [])

    def _value(self, key: str, question: Question) -> Any:
        if question.shape == Shape.RANGE:
            return {end: self.cleaned_data.get(f"{key}_{end}") for end in ("min", "max")}
        return self.cleaned_data.get(f"{key}_value")

    def _spans(self, day: int) -> list[tuple[time, time]]:
        spans = []
        for part in (0, 1):
            begins = self.cleaned_data.get(f"day_{day}_begins_{part}")
            ends = self.cleaned_data.get(f"day_{day}_ends_{part}")
            if begins and ends and begins < ends:
                spans.append((begins, ends))
        return spans

    def save(self, *, by: User) -> None:
        """Write what differs; answers that nobody touched keep their source and day."""
        source, on = Source(self.cleaned_data["source"]), self.cleaned_data["on"]
        # What loses its star goes first, so that another may take it.
        for key in sorted(QUESTIONS, key=lambda key: self.cleaned_data[f"{key}_important"]):
            self._save_question(key, source, on, by)
        for day, _label in WEEKDAYS:
            self._save_weekday(day, source, on, by)

    def _save_question(self, key: str, source: Source, on: date, by: User) -> None:
        answer, known = ANSWER[self.cleaned_data[key]], self.known.get(key)
        value = self._value(key, QUESTIONS[key]) if answer and QUESTIONS[key].shape != Shape.YES else None
        # A star is given to what somebody wants: the page shows it with a はい only.
        is_important = bool(answer and self.cleaned_data[f"{key}_important"])
        before = (known.answer, known.value, known.is_important) if known else (None, None, False)
        is_asked_anew = self.cleaned_data["asked_anew"] and answer is not None
        if (answer, value, is_important) == before and not is_asked_anew:
            return
        set_condition(
            client=self.client,
            key=key,
            answer=answer,
            value=value,
            note=known.note if known else "",
            source=source,
            on=on,
            is_important=is_important,
            by=by,
        )

    def _save_weekday(self, day: int, source: Source, on: date, by: User) -> None:
        answer, rows = ANSWER[self.cleaned_data[f"day_{day}"]], self.times[day]
        spans = self._spans(day) if answer else []
        if not rows and answer is None:
            return
        is_same = bool(rows) and rows[0].answer == answer and _times(rows) == spans
        if is_same and not (self.cleaned_data["asked_anew"] and answer is not None):
            return
        set_free_time(client=self.client, weekday=day, answer=answer, times=spans, source=source, on=on, by=by)

    # What the template walks over.

    def parts(self) -> list[tuple[str, Any, list[dict[str, Any]]]]:
        """What must be, and what would be nice: (key, heading, questions)."""
        rows = list(self.questions())
        return [
            ("must", _("条件（かなわないと通えないこと）"), [row for row in rows if row["question"].is_hard]),
            ("nice", _("好み（かなうとうれしいこと）"), [row for row in rows if not row["question"].is_hard]),
        ]

    def questions(self) -> Iterator[dict[str, Any]]:
        """Each question with its bound fields and where its answer came from."""
        for key, question in QUESTIONS.items():
            yield {
                "question": question,
                "said": self[key],
                "value": self._bound(f"{key}_value"),
                "low": self._bound(f"{key}_min"),
                "high": self._bound(f"{key}_max"),
                "important": self[f"{key}_important"],
                "known": self.known.get(key),
            }

    def weekdays(self) -> Iterator[dict[str, Any]]:
        for day, _label in WEEKDAYS:
            yield {
                "said": self[f"day_{day}"],
                "span": (self[f"day_{day}_begins_0"], self[f"day_{day}_ends_0"]),
                "second": (self[f"day_{day}_begins_1"], self[f"day_{day}_ends_1"]),
                "known": self.times[day][0] if self.times[day] else None,
            }

    def _bound(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None
