"""A town's listings as the plain facts on which matching/candidates judges; 要確認 counts as not known."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache
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


@dataclass(frozen=True)
class Weeks:
    """What a rule of days comes to in the coming weeks: stretches of a week, and the days on which anything opens."""

    windows: frozenset[Window]
    days: frozenset[date]


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
        places.with_tags()
        .select_related("district", "staff_facts")
        .prefetch_related(Prefetch("activities", queryset=activities), "contacts")
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
    weeks = {activity.pk: _weeks_of(activity, today) for activity in activities}

    def known(name: str) -> Any:
        return None if name in place.needs_check else getattr(place, name)

    return PlaceFacts(
        id=str(place.uuid),
        name=place.name,
        kind=str(PlaceKind(place.kind).label),
        roles=_roles(activities, weeks, cost=known("cost_yen")),
        offers=tuple(str(Offer(code).label) for code in place.offers if code in Offer.values) or None,
        openings=_openings(weeks.values()),
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
        times_a_month=_times_a_month(weeks.values()),
    )


def ways_of(activities: Sequence[Activity]) -> list[tuple[Activity, Role | None]]:
    """Every way to take part: each role, and at a place of several activities also one that names no role."""
    found: list[tuple[Activity, Role | None]] = []
    for activity in activities:
        roles = list(activity.roles.all())
        found += [(activity, role) for role in roles] or ([(activity, None)] if len(activities) > 1 else [])
    return found


def slot_facts(facts: PlaceFacts, place: Place, slot: Slot) -> PlaceFacts:
    """The place as one of its slots offers it: only what that slot is for, with the slot's own seats."""
    ways = ways_of(list(place.activities.all()))

    def own(terms: Terms) -> Terms:
        return replace(terms, free_seats=slot.free_seats if slot.is_open else 0, is_receiving=slot.is_open)

    if not ways:
        # A single activity that names no role: one way, of which nothing but its terms is known.
        return replace(facts, roles=(RoleFacts(name="", terms=own(facts.terms)),))
    roles = tuple(
        replace(role, terms=own(facts.terms_of(role)))
        for (activity, named), role in zip(ways, facts.roles, strict=True)
        if activity.pk == slot.activity_id and slot.role_id in {None, named.pk if named else None}
    )
    return replace(facts, roles=roles)


def _roles(activities: list[Activity], weeks: Mapping[int, Weeks | None], *, cost: int | None) -> tuple[RoleFacts, ...]:
    """Each way with the times, the price and the seats of its own activity."""
    terms = {one.pk: _terms(one, weeks[one.pk], cost, len(activities) > 1) for one in activities}
    found: list[RoleFacts] = []
    for activity, role in ways_of(activities):
        slots = [slot for slot in activity.slots.all() if slot.role_id in {None, role.pk if role else None}]
        own = _with_seats(terms[activity.pk], slots)
        found.append(_role(role, own) if role else RoleFacts(name=activity.name, terms=own))
    return tuple(found)


def _terms(activity: Activity, weeks: Weeks | None, cost: int | None, is_one_of_several: bool) -> Terms:
    """An activity's own price goes before the place's where there are several; seats are told by `_with_seats`."""
    prices = (activity.cost_yen, cost) if is_one_of_several else (cost, activity.cost_yen)
    return Terms(
        openings=_openings([weeks]),
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
        "、".join(place.tag_names),
        "動物がいます" if place.has_animals else "",
    ]
    return "。".join(part for part in parts if part)


# Openings: from rules of days to stretches of a week


def _weeks_of(activity: Activity, today: date) -> Weeks | None:
    """None where no rule is known. One written by an older version counts as unknown, as one to be checked does."""
    if "schedule" in activity.needs_check:
        return None
    try:
        schedule = schedule_of(activity)
    except NotASchedule:
        return None
    return None if schedule is None else weeks_of(schedule, today)


@lru_cache(maxsize=4096)
def weeks_of(schedule: Schedule, today: date) -> Weeks:
    """Walked once a day for each rule: many places open by the same one. Minutes past 1440 reach into the next day."""
    windows: set[Window] = set()
    days: set[date] = set()
    for number in range(WEEKS_AHEAD * 7):
        day = today + timedelta(days=number)
        sessions = schedule.sessions_on(day)
        if sessions is None:
            continue
        days.add(day)
        windows |= {_window(day.weekday(), begins, ends) for begins, ends in sessions} or {
            Window(day.weekday(), None, None)
        }
    return Weeks(frozenset(windows), frozenset(days))


def _openings(weeks: Iterable[Weeks | None]) -> tuple[Window, ...] | None:
    """The weekly stretches in which anything opens; None when no rule was understood."""
    known = [each for each in weeks if each is not None]
    found: set[Window] = set().union(*(each.windows for each in known))
    order = sorted(found, key=lambda one: (one.weekday, one.begins or 0, one.ends or DAY))
    return tuple(order) if known else None


def _times_a_month(weeks: Iterable[Weeks | None]) -> float | None:
    """Days on which anything opens in four weeks; None when no rule is known."""
    known = [each for each in weeks if each is not None]
    return len(frozenset().union(*(each.days for each in known))) * 4 / WEEKS_AHEAD if known else None


def _window(weekday: int, begins: time, ends: time | None) -> Window:
    first, last = minutes_of(begins), minutes_of(ends) if ends else None
    if last is not None and last <= first:
        last += DAY
    return Window(weekday, first, last)


def minutes_of(at: time) -> int:
    return at.hour * 60 + at.minute
