"""A town's listings as the plain facts on which matching/candidates judges; 要確認 counts as not known."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q

from directory.calendar import NotASchedule, Schedule
from directory.choices import Offer, PlaceKind, PlaceState, RoleKind, Want, Way
from directory.models import Activity, DayChange, Municipality, Place, Role, Slot
from directory.models.place import PlaceQuerySet
from directory.openings import schedule_of
from matching.candidates.facts import PlaceFacts, RoleFacts, Terms, Window
from matching.models import Placement

# Openings that follow no plain weekday are looked for on the days ahead.
WEEKS_AHEAD = 8
# 「最近、人を迎えたばかり」: placements that began within these days.
LATELY = timedelta(days=90)
DAY = 24 * 60


def published(town: Municipality) -> PlaceQuerySet:
    """What may be suggested in a town."""
    found: PlaceQuerySet = Place.objects.published().visible_in(town).filter(state=PlaceState.PUBLISHED)
    return found


def places_to_judge(town: Municipality, *, today: date, only: Collection[int] | None = None) -> list[Place]:
    """Every published place the town may suggest, with all that is judged or shown: eight queries for any number.

    `only`: those of these primary keys.
    """
    changes = DayChange.objects.filter(withdrawn_at=None, on__gte=today - timedelta(days=1))
    slots = Slot.objects.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today).select_related("role")
    activities = Activity.objects.prefetch_related(
        Prefetch("day_changes", queryset=changes), "roles", Prefetch("slots", queryset=slots)
    )
    places = published(town)
    if only is not None:
        places = places.filter(pk__in=only)
    return list(
        places.select_related("district", "staff_facts")
        .prefetch_related(Prefetch("activities", queryset=activities), "contacts")
        .prefetch_related("tags")  # type: ignore[misc]  # taggit's manager, unknown to the plugin
    )


def recent_people(places: Iterable[Place], *, today: date) -> dict[int, int]:
    """How many placements began lately, by the place's primary key."""
    begun = Placement.objects.filter(
        proposal__place__in=[place.pk for place in places], begins_on__gt=today - LATELY, begins_on__lte=today
    )
    rows = begun.order_by().values("proposal__place").annotate(number=Count("pk"))
    return {row["proposal__place"]: row["number"] for row in rows}


def place_facts(place: Place, *, today: date, recent: int = 0) -> PlaceFacts:
    """One place as it is judged. Needs the activities, roles and slots that `places_to_judge` brings along."""
    activities = list(place.activities.all())
    slots = [slot for activity in activities for slot in activity.slots.all()]

    def known(name: str) -> Any:
        return None if name in place.needs_check else getattr(place, name)

    return PlaceFacts(
        id=str(place.uuid),
        name=place.name,
        kind=str(PlaceKind(place.kind).label),
        roles=_roles(activities, cost=known("cost_yen"), today=today),
        offers=tuple(str(Offer(code).label) for code in place.offers if code in Offer.values) or None,
        openings=openings_of(activities, today),
        usual_people=known("usual_people"),
        quiet_corner=known("quiet_corner"),
        may_leave_early=known("may_leave_early"),
        can_be_silent=known("can_be_silent"),
        step_free=known("step_free"),
        accessible_toilet=known("accessible_toilet"),
        pickup=known("pickup"),
        comes_to_you=_comes_to_you(activities),
        lat=known("latitude"),
        lon=known("longitude"),
        cost_yen=_cost(known("cost_yen"), activities),
        age_min=known("age_min"),
        age_max=known("age_max"),
        women_only=known("women_only"),
        languages=frozenset(place.languages),
        plain_japanese=known("plain_japanese"),
        escort_ok=known("escort_ok"),
        visit_first_ok=_visit_first(known("visit_first_ok"), place.offers),
        free_seats=_sum_of_seats(slots),
        pays_honorarium=known("pays_honorarium"),
        atmosphere=place.atmosphere,
        description=_description(place, activities),
        confirmed_days_ago=(today - place.confirmed_on).days if place.confirmed_on else None,
        recent_people=recent,
        times_a_month=_times_a_month(activities, today),
    )


def ways_of(activities: Sequence[Activity]) -> list[tuple[Activity, Role | None]]:
    """Every way to take part: each role, and at a place of several activities also one that names no role."""
    found: list[tuple[Activity, Role | None]] = []
    for activity in activities:
        roles = list(activity.roles.all())
        found += [(activity, role) for role in roles] or ([(activity, None)] if len(activities) > 1 else [])
    return found


def _roles(activities: list[Activity], *, cost: int | None, today: date) -> tuple[RoleFacts, ...]:
    """Each way with the times, the price and the seats of its own activity."""
    terms = {activity.pk: _terms(activity, cost, len(activities) > 1, today) for activity in activities}
    found: list[RoleFacts] = []
    for activity, role in ways_of(activities):
        slots = [slot for slot in activity.slots.all() if slot.role_id in {None, role.pk if role else None}]
        own = _with_seats(terms[activity.pk], slots)
        found.append(_role(role, own) if role else RoleFacts(name=activity.name, terms=own))
    return tuple(found)


def _terms(activity: Activity, cost: int | None, is_one_of_several: bool, today: date) -> Terms:
    """An activity's own price goes before the place's where there are several; seats are told by `_with_seats`."""
    prices = (activity.cost_yen, cost) if is_one_of_several else (cost, activity.cost_yen)
    return Terms(
        openings=openings_of([activity], today),
        cost_yen=next((price for price in prices if price is not None), None),
        comes_to_you=_comes_to_you([activity]),
    )


def _with_seats(terms: Terms, slots: list[Slot]) -> Terms:
    is_receiving = not slots or any(slot.is_open for slot in slots)
    return replace(terms, free_seats=_sum_of_seats(slots), is_receiving=is_receiving)


def _role(role: Role, terms: Terms) -> RoleFacts:
    return RoleFacts(
        id=str(role.uuid),
        name=role.name,
        kind=str(RoleKind(role.kind).label),
        contact=role.contact_level or None,
        minutes=role.minutes,
        physical=role.physical_load or None,
        terms=terms,
    )


def _comes_to_you(activities: list[Activity]) -> bool:
    """Everything here happens at home or on the screen, so that there is no way to go."""
    return bool(activities) and all(activity.way in {Way.VISIT, Way.ONLINE} for activity in activities)


def _cost(of_place: int | None, activities: list[Activity]) -> int | None:
    """Yen each time; where the place says nothing, the least of its activities, if each of them says something."""
    if of_place is not None:
        return of_place
    costs = [activity.cost_yen for activity in activities if activity.cost_yen is not None]
    return min(costs) if costs and len(costs) == len(activities) else None


def _visit_first(answer: bool | None, offers: list[str]) -> bool | None:
    return True if answer is None and Offer.VISIT in offers else answer


def _sum_of_seats(slots: list[Slot]) -> int | None:
    """Free seats; a closed slot has none; None where no slot was agreed."""
    return sum(slot.free_seats for slot in slots if slot.is_open) if slots else None


def _description(place: Place, activities: list[Activity]) -> str:
    """Everything that tells what one does there, in the listing's own words."""
    wants = {want for activity in activities for want in activity.wants if want in Want.values}
    parts = [
        place.lead,
        place.description,
        place.what_to_do,
        place.who_comes,
        *(words for activity in activities for words in (activity.name, activity.description)),
        "、".join(str(Want(want).label) for want in sorted(wants)),
        "、".join(sorted(tag.name for tag in place.tags.all())),
        "動物がいます" if place.has_animals else "",
    ]
    return "。".join(part for part in parts if part)


# Openings: from rules of days to stretches of a week


def openings_of(activities: list[Activity], today: date) -> tuple[Window, ...] | None:
    """The weekly stretches in which anything opens; None when no activity has a rule that was understood."""
    schedules = _schedules(activities)
    found: set[Window] = set().union(*(windows_of(schedule, today=today) for schedule in schedules))
    order = sorted(found, key=lambda one: (one.weekday, one.begins or 0, one.ends or DAY))
    return tuple(order) if schedules else None


def _schedules(activities: Iterable[Activity]) -> list[Schedule]:
    """Those that were understood. A rule written by an older version counts as unknown, as one to be checked does."""
    found = []
    for activity in activities:
        if "schedule" not in activity.needs_check:
            try:
                found.append(schedule_of(activity))
            except NotASchedule:
                continue
    return [schedule for schedule in found if schedule is not None]


def _times_a_month(activities: list[Activity], today: date) -> float | None:
    """Days of the coming weeks on which anything opens, for four weeks; None when no rule is known."""
    schedules = _schedules(activities)
    days = [today + timedelta(days=number) for number in range(WEEKS_AHEAD * 7)]
    opens = sum(any(schedule.sessions_on(day) is not None for schedule in schedules) for day in days)
    return opens * 4 / WEEKS_AHEAD if schedules else None


def windows_of(schedule: Schedule, *, today: date) -> set[Window]:
    """The weekday stretches of the coming weeks; minutes past 1440 reach into the next day."""
    found: set[Window] = set()
    for days in range(WEEKS_AHEAD * 7):
        day = today + timedelta(days=days)
        sessions = schedule.sessions_on(day)
        if sessions == ():
            found.add(Window(day.weekday(), None, None))
        for begins, ends in sessions or ():
            found.add(_window(day.weekday(), begins, ends))
    return found


def _window(weekday: int, begins: time, ends: time | None) -> Window:
    first, last = minutes_of(begins), minutes_of(ends) if ends else None
    if last is not None and last <= first:
        last += DAY
    return Window(weekday, first, last)


def minutes_of(at: time) -> int:
    return at.hour * 60 + at.minute
