"""週のまとめ: numbers only. No name, no number of a person, no place: mail is read on other machines."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import UserKind
from directory.models import Municipality, StaffRole, User
from matching.models import Event
from matching.permissions import TOWN_WIDE, desk_town, roles_with_clients
from matching.standstill import standstill
from matching.today import diary_of

SENT = "digest.sent"


@dataclass(frozen=True)
class Digest:
    """What waits for one member of staff this week."""

    late: int
    soon: int
    answers: int
    signs: int
    # Only for those who look after the whole town.
    still: int | None
    very_late: int | None

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.soon or self.answers or self.signs or self.still or self.very_late)

    @property
    def lines(self) -> list[str]:
        lines = [
            _("期日を過ぎた用事: %(number)s件") % {"number": self.late},
            _("これから7日の用事: %(number)s件") % {"number": self.soon},
            _("受け入れ先の新しい返事: %(number)s件") % {"number": self.answers},
            _("気づき: %(number)s件") % {"number": self.signs},
        ]
        if self.still is not None and self.very_late is not None:
            lines.append(_("町で止まっている人: %(number)s人") % {"number": self.still})
            lines.append(_("町で大きく遅れている用事: %(number)s件") % {"number": self.very_late})
        return lines


def digest_of(user: User, *, on: date) -> Digest:
    """Counted from the same rows as 今日; the coordinator's and supervisor's share is the town's (escalation)."""
    diary = diary_of(user, on=on)
    still = very_late = None
    if any(role.duty in TOWN_WIDE for role in roles_with_clients(user)):
        found = standstill(user, desk_town(user), on=on)
        still, very_late = len(found.still), len(found.late)
    soon = len(diary.today) + len(diary.soon)
    return Digest(len(diary.late), soon, len(diary.answers), len(diary.signs), still, very_late)


def send_digests() -> int:
    """One mail a week for whoever has something waiting; a run that was cut off goes on with those still without."""
    on = timezone.localdate()
    year, week, _weekday = on.isocalendar()
    this_week = f"{year}-W{week:02}"
    done = {
        event.actor for event in Event.objects.filter(action=SENT, at__date__gte=date.fromisocalendar(year, week, 1))
    }
    number = 0
    holders = StaffRole.objects.current(on=on).values("user")
    for user in User.objects.filter(kind=UserKind.STAFF, is_active=True, pk__in=holders).order_by("pk"):
        if user.uuid in done or not roles_with_clients(user):
            continue
        digest = digest_of(user, on=on)
        if digest.is_empty:
            continue
        town = desk_town(user)
        _send(user, town, digest)
        Event.append(action=SENT, actor=user, municipality=town, week=this_week)
        number += 1
    return number


def _send(user: User, town: Municipality, digest: Digest) -> None:
    address = settings.STAFF_URL.rstrip("/") + reverse("desk_today")
    opening = _("%(town)s つなぐ場　今週のまとめ") % {"town": town.name}
    closing = _("くわしくは、職員の画面で見てください。\n%(address)s") % {"address": address}
    send_mail(opening, "\n".join([*digest.lines, "", closing]), None, [user.email])
