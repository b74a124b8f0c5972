"""Days off, other times, extra days: told to the town at once, and taken back as easily."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import DayChangeKind
from directory.models import Activity, DayChange, Place, User
from directory.openings import openings_of_activity

from .errors import NotAnOpeningDay
from .recording import changed


@transaction.atomic
def cancel_day(*, activity: Activity, on: date, reason: str, by: User) -> DayChange:
    """Announce that an activity does not open on a day; at once, without review.

    Raises NotAnOpeningDay when it would not open on that day anyway. A second tap returns the first announcement.
    """
    _lock(activity)
    standing = _standing(activity, on).filter(kind=DayChangeKind.CANCELLED).first()
    if standing is not None:
        return standing
    if not any(opening.on == on for opening in openings_of_activity(activity, first=on, last=on)):
        raise NotAnOpeningDay
    # An extra day or a changed time that was announced before gives way to the day off.
    _standing(activity, on).update(withdrawn_at=timezone.now())
    return _announce(activity, on=on, kind=DayChangeKind.CANCELLED, reason=reason, by=by)


@transaction.atomic
def change_times(*, activity: Activity, on: date, begins: time, ends: time | None, reason: str, by: User) -> DayChange:
    """Announce other times for one opening day. Raises NotAnOpeningDay."""
    _lock(activity)
    if not any(opening.on == on for opening in openings_of_activity(activity, first=on, last=on)):
        raise NotAnOpeningDay
    _standing(activity, on).update(withdrawn_at=timezone.now())
    return _announce(activity, on=on, kind=DayChangeKind.CHANGED, begins=begins, ends=ends, reason=reason, by=by)


@transaction.atomic
def open_extra_day(
    *, activity: Activity, on: date, begins: time, ends: time | None, reason: str, by: User
) -> DayChange:
    """Announce an opening outside the pattern. Raises ValidationError for a day in the past."""
    if on < timezone.localdate():
        raise ValidationError(_("過ぎた日は知らせられません。これからの日を書いてください。"))
    _lock(activity)
    _standing(activity, on).exclude(kind=DayChangeKind.EXTRA).update(withdrawn_at=timezone.now())
    same = _standing(activity, on).filter(kind=DayChangeKind.EXTRA, begins=begins, ends=ends).first()
    if same is not None:
        return same
    return _announce(activity, on=on, kind=DayChangeKind.EXTRA, begins=begins, ends=ends, reason=reason, by=by)


@transaction.atomic
def withdraw_day_change(*, change: DayChange, by: User) -> None:
    """Take an announcement back (「やはり開く」). A second tap changes nothing."""
    taken = DayChange.objects.filter(pk=change.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if taken:
        changed(change.activity.place, action="listing.day_withdrawn", by=by, on=str(change.on), kind=change.kind)


def _lock(activity: Activity) -> None:
    """Two taps at once meet here, one after the other."""
    Place.objects.select_for_update().get(pk=activity.place_id)


def _standing(activity: Activity, on: date) -> "QuerySet[DayChange]":
    return DayChange.objects.filter(activity=activity, on=on, withdrawn_at=None)


def _announce(
    activity: Activity,
    *,
    on: date,
    kind: DayChangeKind,
    by: User,
    reason: str,
    begins: time | None = None,
    ends: time | None = None,
) -> DayChange:
    made = DayChange.objects.create(
        activity=activity, on=on, kind=kind, begins=begins, ends=ends, reason=reason.strip(), announced_by=by
    )
    changed(activity.place, action="listing.day", by=by, on=str(on), kind=kind)
    return made
