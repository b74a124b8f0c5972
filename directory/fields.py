"""Which fields of a listing a host may change, in which words, and which of them wait for a reviewer.

Small risk (applied at once, with undo): words that only help people who already found the place. Everything that could
send someone to a wrong door, a wrong number, or away, waits.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.models import Place


@dataclass(frozen=True)
class Field:
    """One field of a listing as hosts see it. `waits`: whether a reviewer looks first."""

    name: str
    section: str
    waits: bool
    help: "str | Promise" = ""

    @property
    def label(self) -> str:
        if self.name in CHILDREN:
            return str(CHILDREN[self.name])
        field = Place._meta.get_field(self.name)
        assert isinstance(field, models.Field)
        return str(field.verbose_name)


# Children count as one field each; their rows are matched by uuid.
CHILDREN: dict[str, "str | Promise"] = {
    "activities": _("活動と開く日"),
    "contacts": _("連絡先"),
    "tags": _("ことばの札"),
}

SECTIONS: dict[str, "str | Promise"] = {
    "name": _("名前と説明"),
    "visit": _("費用と申しこみ"),
    "where": _("場所と行き方"),
    "welcome": _("迎え方"),
    "building": _("建物"),
}

YES_NO_WELCOME = [
    "welcome_alone", "may_watch", "can_be_silent", "may_leave_early", "quiet_corner", "may_help", "with_children",
    "escort_ok", "visit_first_ok", "plain_japanese", "has_animals",
]  # fmt: skip
YES_NO_BUILDING = [
    "step_free", "wheelchair", "accessible_toilet", "elevator", "parking", "pickup", "hearing_support",
    "assistance_dog", "eating_ok", "nursing_room",
]  # fmt: skip

FIELDS: dict[str, Field] = {
    field.name: field
    for field in [
        Field("name", "name", True),
        Field("yomi", "name", True, _("ひらがなで書いてください。")),
        Field("kind", "name", True),
        Field("lead", "name", True, _("40字くらいまで。いちばんはじめに読まれます。")),
        Field("description", "name", True),
        Field("easy_description", "name", True, _("短い文で、むずかしい漢字を使わずに。")),
        Field("what_to_do", "name", True),
        Field("who_comes", "welcome", False, _("「60代から80代が多く、親子も来ます」のように。")),
        Field("first_timers_note", "welcome", False, _("玄関を入ってからのことを書くと安心です。")),
        Field("atmosphere", "welcome", False),
        Field("cost_yen", "visit", True, _("おとな1回の金額。無料は0。分からなければ空けておきます。")),
        Field("cost_note", "visit", False, _("「子ども無料」など。")),
        Field("booking", "visit", True),
        Field("booking_note", "visit", False),
        Field("address", "where", True),
        Field("building", "where", False),
        Field("directions", "where", False, _("バス停や目じるしから書くと分かりやすくなります。")),
        Field("age_min", "welcome", True),
        Field("age_max", "welcome", True),
        Field("women_only", "welcome", True),
        *[Field(name, "welcome", False) for name in YES_NO_WELCOME],
        *[Field(name, "building", False) for name in YES_NO_BUILDING],
        Field("activities", "visit", True),
        Field("contacts", "where", True),
        Field("tags", "name", False),
    ]
}
