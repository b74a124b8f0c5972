"""When places open next: the standing pattern and the announced exceptions of their activities, put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from directory.calendar import DayChange as AnnouncedChange
from directory.calendar import Occurrence, Schedule, occurrences
from directory.models import Activity, DayChange, Place
from directory.models.place import PlaceQuerySet

# Dated openings are looked for this far ahead; the search index covers the same days.
HORIZON_DAYS = 120


@dataclass(frozen=True)
class Opening:
    """One day on which an activity opens (or would have opened, when `cancelled`)."""

    place: Place
    activity: Activity
    on: date
    begins: time | None
    ends: time | None
    starts_at: datetime
    ends_at: datetime | None
    cancelled: bool = False
    reason: str = ""

    def is_over(self, *, at: datetime) -> bool:
        """Whether it has ended; without an end it lasts until the day is over, without a start the whole day."""
        if self.ends_at is not None:
            return self.ends_at <= at
        return timezone.localtime(at).date() > self.on

    def is_now(self, *, at: datetime) -> bool:
        return not self.cancelled and self.begins is not None and self.starts_at <= at and not self.is_over(at=at)


def changes_of(activity: Activity) -> list[AnnouncedChange]:
    """The announced exceptions that still hold, as the calendar takes them."""
    return [
        AnnouncedChange(
            on=change.on,
            kind=change.kind,
            sessions=((change.begins, change.ends),) if change.begins else (),
            reason=change.reason,
        )
        for change in activity.day_changes.all()
        if change.withdrawn_at is None
    ]


def schedule_of(activity: Activity) -> Schedule | None:
    """The pattern, or None where it is not known or not understood."""
    return Schedule.from_dict(activity.schedule) if activity.schedule else None


def with_openings(places: "PlaceQuerySet") -> "PlaceQuerySet":
    """A queryset of places that brings activities and their exceptions along: three queries for any number."""
    since = timezone.localdate() - timedelta(days=1)
    changes = Prefetch("day_changes", queryset=DayChange.objects.filter(withdrawn_at=None, on__gte=since))
    return places.prefetch_related(Prefetch("activities", queryset=Activity.objects.prefetch_related(changes)))


def openings_of_activity(activity: Activity, *, first: date, last: date, cancelled: bool = False) -> list[Opening]:
    """Every opening of one activity from `first` to `last`, in order; struck days too when `cancelled` is asked."""
    schedule, changes = schedule_of(activity), changes_of(activity)
    if schedule is None and not changes:
        return []
    found = occurrences(schedule or Schedule(), changes, first, last, with_cancelled=cancelled)
    return [_opening(activity, occurrence) for occurrence in found]


def _opening(activity: Activity, occurrence: Occurrence) -> Opening:
    return Opening(
        place=activity.place,
        activity=activity,
        on=occurrence.on,
        begins=occurrence.begins,
        ends=occurrence.ends,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        cancelled=occurrence.cancelled,
        reason=occurrence.reason,
    )


def openings_between(places: Iterable[Place], *, first: date, last: date, cancelled: bool = False) -> list[Opening]:
    """All openings of several places, by day and time."""
    found = [
        opening
        for place in places
        if place.state == "published"
        for activity in place.activities.all()
        for opening in openings_of_activity(activity, first=first, last=last, cancelled=cancelled)
    ]
    return sorted(found, key=lambda opening: (opening.on, opening.starts_at, opening.place.yomi))


def next_openings_of(
    place: Place, *, at: datetime | None = None, count: int = 8, cancelled: bool = False
) -> list[Opening]:
    """The next openings of a place over all its activities; one that runs now comes first."""
    at = at or timezone.now()
    today = timezone.localtime(at).date()
    # A month is enough for most; the whole horizon is walked only for rare openings.
    for days in (31, HORIZON_DAYS):
        # Yesterday too: what began late last night may still be open.
        found = openings_between(
            [place], first=today - timedelta(days=1), last=today + timedelta(days=days), cancelled=cancelled
        )
        ahead = [opening for opening in found if not opening.is_over(at=at)]
        if len([opening for opening in ahead if not opening.cancelled]) >= count:
            break
    return ahead[:count]
