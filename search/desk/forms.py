"""What staff fill in about the words of search; one form per kind of line."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality
from search.choices import Answered, ConditionName, EntryKind
from search.models.vocabulary import SEPARATOR
from search.text import hiragana, squeezed
from search.words import SHORTEST_READING, is_kana, key_of

MOST_WORDS, LONGEST_WORD = 60, 40
EVERYWHERE = "all"


class WordsField(forms.CharField):
    """Several words, with 、 or a line break between them → one text with 、, each word once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=400, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        words = [" ".join(word.split()) for word in re.split(r"[、,\n\r]+", text)]
        return SEPARATOR.join(dict.fromkeys(word for word in words if word))

    def validate(self, value: Any) -> None:
        super().validate(value)
        words = value.split(SEPARATOR) if value else []
        if len(words) > MOST_WORDS:
            raise ValidationError(_("ことばが多すぎます。%(most)d個までにしてください。"), params={"most": MOST_WORDS})
        for word in words:
            if len(word) > LONGEST_WORD:
                raise ValidationError(
                    _("「%(word)s…」は長すぎます。区切りの「、」が抜けていないか見てください。"),
                    params={"word": word[:12]},
                )
            if not key_of(word):
                raise ValidationError(
                    _("「%(word)s」だけでは、さがす手がかりになりません。意味のあることばにしてください。"),
                    params={"word": word},
                )


class EntryForm(forms.Form):
    """What every kind of line has."""

    kind: EntryKind
    # Of the three texts, those that this kind has.
    texts: tuple[str, ...]

    municipality = forms.ChoiceField(label=_("どの町で"), required=False)
    note = forms.CharField(
        label=_("職員のメモ"),
        help_text=_("なぜ足したかなど。町の人には見えません。"),
        required=False,
        max_length=200,
    )
    field_order = ["words", "means", "related", "municipality", "note"]

    def __init__(self, *args: Any, scopes: list[Municipality | None] | None = None, **kwargs: Any) -> None:
        """`scopes` are the towns to choose from; without them the town stands."""
        super().__init__(*args, **kwargs)
        self.scopes = {town.code if town else EVERYWHERE: town for town in scopes or []}
        if len(self.scopes) < 2:
            del self.fields["municipality"]
        else:
            choices = [(key, town.name if town else _("すべての町")) for key, town in self.scopes.items()]
            self.fields["municipality"] = forms.ChoiceField(label=_("どの町で"), choices=choices)

    def town(self) -> Municipality | None:
        """Where the line shall act."""
        chosen = self.cleaned_data.get("municipality") or next(iter(self.scopes))
        return self.scopes[chosen]

    def facts(self) -> dict[str, str]:
        return {
            **{name: self.cleaned_data[name] if name in self.texts else "" for name in ("words", "means", "related")},
            "note": self.cleaned_data["note"],
        }


class SynonymForm(EntryForm):
    kind, texts = EntryKind.SYNONYM, ("words", "means", "related")

    words = WordsField(
        label=_("町の人が使うことば"),
        help_text=_("いくつかあるときは「、」で区切ります。例：ひなたぼっこ、日なたぼっこ"),
    )
    means = WordsField(
        label=_("同じ意味のことば"),
        help_text=_("場の案内に書いてあることば。これでさがしたときと同じ場が見つかります。例：居場所、縁側"),
        required=False,
    )
    related = WordsField(
        label=_("関連することば"),
        help_text=_("同じではないけれど、案内してよいもの。並び順に使います。例：散歩、お茶"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words, means = (cleaned.get(name, "").split(SEPARATOR) for name in ("words", "means"))
        if self.errors:
            return cleaned
        if both := [word for word in words if word in means and word]:
            self.add_error("means", _("「%s」が両方の欄にあります。片方だけにしてください。") % both[0])
        elif len(words) < 2 and not cleaned["means"] and not cleaned["related"]:
            self.add_error("means", _("同じ意味のことばか、関連することばを書いてください。"))
        return cleaned


class ReadingForm(EntryForm):
    kind, texts = EntryKind.READING, ("words", "means")

    words = WordsField(label=_("書き方"), help_text=_("場の案内に書いてある字。例：御手洗"))
    means = forms.CharField(label=_("よみ"), help_text=_("ひらがなで。例：みたらい"), max_length=40)

    def clean_means(self) -> str:
        typed = hiragana(unicodedata.normalize("NFKC", self.cleaned_data["means"])).replace(" ", "")
        if not is_kana(typed):
            raise ValidationError(_("よみは、ひらがなで書いてください。"))
        if len(squeezed(typed)) < SHORTEST_READING:
            raise ValidationError(
                _(
                    "2文字までのよみは、ほかのことばの中にもよく出てくるので使えません。「町」などを付けた形にしてください。"
                )
            )
        return typed


class ConditionForm(EntryForm):
    kind, texts = EntryKind.CONDITION, ("words", "means")

    words = WordsField(
        label=_("町の人の言い方"), help_text=_("いくつかあるときは「、」で区切ります。例：お代いらず、タダで")
    )
    means = forms.ChoiceField(label=_("どの条件のことか"), choices=ConditionName)


class StopForm(EntryForm):
    kind, texts = EntryKind.STOP, ("words",)

    words = WordsField(
        label=_("さがさないことば"),
        help_text=_("質問の中にあっても、さがす手がかりにならないことば。例：おすすめ、どこか"),
    )

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        for word in words.split(SEPARATOR):
            if len(key_of(word)) > 1:
                raise ValidationError(
                    _("「%(word)s」はいくつかのことばでできています。ひとつずつに分けてください。"),
                    params={"word": word},
                )
        return words


FORMS: dict[str, type[EntryForm]] = {
    form.kind.value: form for form in (SynonymForm, ReadingForm, ConditionForm, StopForm)
}


class ListForm(forms.Form):
    """The list of lines, narrowed."""

    STAFF, SHIPPED, OFF = "staff", "shipped", "off"

    q = forms.CharField(label=_("ことば"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("種類"), choices=[("", _("すべて")), *EntryKind.choices], required=False)
    which = forms.ChoiceField(
        label=_("どれを"),
        choices=[
            ("", _("すべて")),
            (STAFF, _("職員が書いたもの")),
            (SHIPPED, _("はじめからあるもの")),
            (OFF, _("使わないもの")),
        ],
        required=False,
    )


class MissForm(forms.Form):
    """One week of what was looked for."""

    MISSES, EVERYTHING = "", "all"

    week = forms.ChoiceField(label=_("週"), required=False)
    kind = forms.ChoiceField(
        label=_("結果"),
        choices=[
            (MISSES, _("見つからない・近いものだけ")),
            *[(kind.value, kind.label) for kind in (Answered.ZERO, Answered.WEAK)],
            (EVERYTHING, _("すべて")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, weeks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["week"] = forms.ChoiceField(label=_("週"), choices=weeks, required=False)
