"""What the page of a place says, put into words before the template sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.calendar import describe
from directory.choices import PlaceState
from directory.models import Activity, Contact, Place
from directory.openings import Opening, next_openings_of, schedule_of

# (field, said when yes, said when no); what is not known is not said, but counted.
BUILDING: list[tuple[str, "str | Promise", "str | Promise"]] = [
    ("step_free", _("入口に段差はありません"), _("入口に段差があります")),
    ("wheelchair", _("車いすで入れます"), _("車いすでは入れません")),
    ("accessible_toilet", _("車いすで使えるトイレがあります"), _("車いすで使えるトイレはありません")),
    ("elevator", _("エレベーターがあります"), _("エレベーターはありません")),
    ("parking", _("車をとめられます"), _("車はとめられません")),
    ("pickup", _("送り迎えの車があります"), _("送り迎えはありません")),
    ("hearing_support", _("筆談や手話ができます"), _("筆談や手話はできません")),
    ("assistance_dog", _("補助犬と入れます"), _("補助犬は入れません")),
    ("eating_ok", _("飲んだり食べたりできます"), _("飲み食いはできません")),
    ("nursing_room", _("授乳やおむつ替えの場所があります"), _("授乳やおむつ替えの場所はありません")),
]
WELCOME: list[tuple[str, "str | Promise", "str | Promise"]] = [
    ("welcome_alone", _("ひとりで来る人がいます"), _("だれかといっしょに来てください")),
    ("may_watch", _("見るだけでもかまいません"), _("見るだけはできません")),
    ("can_be_silent", _("話さなくてもかまいません"), _("みんなで話す場です")),
    ("may_leave_early", _("途中で帰ってもかまいません"), _("終わりまでいてください")),
    ("quiet_corner", _("静かな席があります"), _("静かな席はありません")),
    ("with_children", _("子どもと来られます"), _("おとなの場です")),
    ("escort_ok", _("付きそいの人と来られます"), _("付きそいの人は入れません")),
    ("visit_first_ok", _("先に見学できます"), _("見学だけはできません")),
    ("plain_japanese", _("やさしい日本語で話せます"), _("やさしい日本語での説明はむずかしいです")),
    ("has_animals", _("犬や猫などの動物がいます"), ""),
]


@dataclass(frozen=True)
class Mark:
    """One answer with its sign: ○ yes, ✕ no, ？ not known yet."""

    sign: str
    tone: str
    words: "str | Promise"


@dataclass(frozen=True)
class Happening:
    """One activity as the page shows it."""

    activity: Activity
    lines: list[str]
    original: str
    next_days: list[Opening]
    needs_check: bool


def marks(place: Place, answers: list[tuple[str, "str | Promise", "str | Promise"]]) -> list[Mark]:
    """Yes first, then no; then one line that names what is not known, so that silence is never read as a no."""
    yes = [Mark("○", "yes", said) for name, said, _no in answers if getattr(place, name) is True]
    no = [Mark("✕", "no", said) for name, _yes, said in answers if said and getattr(place, name) is False]
    return yes + no


def unknown_labels(place: Place, answers: list[tuple[str, "str | Promise", "str | Promise"]]) -> list[str]:
    """The questions nobody has answered yet, as labels."""
    return [str(Place._meta.get_field(name).verbose_name) for name, *_said in answers if getattr(place, name) is None]  # type: ignore[union-attr]


class PlacePage:
    """One place at one moment. Everything the template needs, nothing it must decide."""

    def __init__(self, place: Place, *, at: datetime | None = None) -> None:
        self.place = place
        self.at = at or timezone.now()
        self.today: date = timezone.localtime(self.at).date()
        self.is_open_at_all = place.state == PlaceState.PUBLISHED
        self.coming: list[Opening] = (
            next_openings_of(place, at=self.at, count=12, cancelled=True) if self.is_open_at_all else []
        )

    @property
    def next(self) -> Opening | None:
        return next((opening for opening in self.coming if not opening.cancelled), None)

    @property
    def is_now(self) -> bool:
        return self.next is not None and self.next.is_now(at=self.at)

    @property
    def announced(self) -> list[Opening]:
        """Days off of the coming days, for the banner on top."""
        return [opening for opening in self.coming if opening.cancelled][:4]

    @property
    def freshness(self) -> str:
        return self.place.freshness(on=self.today)

    @property
    def must_call(self) -> bool:
        """Whether the page sends people to the telephone before they set out."""
        return self.freshness in {"stale", "unconfirmed"} or (self.is_open_at_all and self.next is None)

    @property
    def happenings(self) -> list[Happening]:
        return list(self._happenings())

    def _happenings(self) -> Iterator[Happening]:
        for activity in self.place.activities.all():
            schedule = schedule_of(activity)
            days = [opening for opening in self.coming if opening.activity.pk == activity.pk]
            yield Happening(
                activity=activity,
                lines=describe(schedule) if schedule else [],
                original=activity.opening_text if not schedule else "",
                next_days=days[:4],
                needs_check=bool(activity.needs_check) or (schedule is None and bool(activity.opening_text)),
            )

    @property
    def phones(self) -> list[Contact]:
        return [contact for contact in self.contacts if contact.kind == "phone"]

    @property
    def contacts(self) -> list[Contact]:
        """Public contacts only; a contact says for itself who may see it."""
        return [contact for contact in self.place.contacts.all() if contact.is_public]

    @property
    def other_contacts(self) -> list[Contact]:
        return [contact for contact in self.contacts if contact.kind != "phone"]

    @property
    def roles(self) -> list:
        return [
            role
            for activity in self.place.activities.all()
            for role in activity.roles.all()
            if role.is_public and role.kind != "guest"
        ]

    @property
    def building(self) -> list[Mark]:
        return marks(self.place, BUILDING)

    @property
    def building_unknown(self) -> list[str]:
        return unknown_labels(self.place, BUILDING)

    @property
    def welcome(self) -> list[Mark]:
        return marks(self.place, WELCOME)

    @property
    def ages(self) -> str:
        low, high = self.place.age_min, self.place.age_max
        if low is None and high is None:
            return ""
        return f"{f'{low}歳' if low is not None else ''}～{f'{high}歳' if high is not None else ''}"

    def needs_check(self, field: str) -> bool:
        return field in self.place.needs_check
