"""From the town's listings and one person's answers to the plain facts on which matching/candidates judges.

What is not known stays None here: a listing's 要確認 counts as not known, a question without an answer as not asked.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import Enum
from typing import Any

from django.db.models import Count, Prefetch, Q

from directory.calendar import NotASchedule, Schedule
from directory.choices import Offer, PlaceKind, PlaceState, RoleKind, Want, Way
from directory.models import Activity, DayChange, Municipality, Place, Role, Slot
from directory.models.place import PlaceQuerySet
from directory.openings import schedule_of
from matching.candidates.facts import PersonFacts, PlaceFacts, RoleFacts, Window
from matching.choices import PersonAnswer, ProposalState, WishKind
from matching.conditions import QUESTIONS, Shape
from matching.models import Avoidance, Client, Condition, FreeTime, Placement, Proposal, Wish

# Openings that follow no plain weekday are looked for on the days ahead.
WEEKS_AHEAD = 8
# 「最近、人を迎えたばかり」: placements that began within these days.
LATELY = timedelta(days=90)
DAY = 24 * 60
# Wishes that are not hard limits have fields of their own in PersonFacts.
SOFT = {"wanted_group_size", "wanted_roles", "wanted_offers", "sensory_limits", "first_visit_needs"}
OWN_FIELDS = {"means", "max_oneway_minutes"} | SOFT


# The town's places


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

    def known(name: str) -> Any:
        return None if name in place.needs_check else getattr(place, name)

    return PlaceFacts(
        id=str(place.uuid),
        name=place.name,
        kind=str(PlaceKind(place.kind).label),
        roles=tuple(_role(role) for activity in activities for role in activity.roles.all()),
        offers=tuple(str(Offer(code).label) for code in place.offers if code in Offer.values) or None,
        openings=_openings(activities, today),
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
        free_seats=_free_seats(activities),
        pays_honorarium=known("pays_honorarium"),
        atmosphere=place.atmosphere,
        description=_description(place, activities),
        confirmed_days_ago=(today - place.confirmed_on).days if place.confirmed_on else None,
        recent_people=recent,
    )


def _role(role: Role) -> RoleFacts:
    return RoleFacts(
        id=str(role.uuid),
        name=role.name,
        kind=str(RoleKind(role.kind).label),
        contact=role.contact_level or None,
        minutes=role.minutes,
        physical=role.physical_load or None,
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


def _free_seats(activities: list[Activity]) -> int | None:
    """Free seats of today's slots; a closed slot has none; None where no slot was agreed."""
    slots = [slot for activity in activities for slot in activity.slots.all()]
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


def _openings(activities: list[Activity], today: date) -> tuple[Window, ...] | None:
    """The weekly stretches in which anything opens; None when no activity has a rule that was understood."""
    found: set[Window] = set()
    is_known = False
    for activity in activities:
        if "schedule" in activity.needs_check:
            continue
        try:
            schedule = schedule_of(activity)
        except NotASchedule:
            # A rule written by an older version: the listing shows the group's own text, here it counts as unknown.
            continue
        if schedule is not None:
            is_known = True
            found |= windows_of(schedule, today=today)
    order = sorted(found, key=lambda one: (one.weekday, one.begins or 0, one.ends or DAY))
    return tuple(order) if is_known else None


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
    first, last = _minutes(begins), _minutes(ends) if ends else None
    if last is not None and last <= first:
        last += DAY
    return Window(weekday, first, last)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


# The person


@dataclass(frozen=True)
class Said:
    """Every answer of one person that stands, and the suggestions that were declined."""

    conditions: list[Condition]
    free_times: list[FreeTime]
    wishes: list[Wish]
    avoidances: list[Avoidance]
    declined: list[Proposal]


def person_facts(client: Client, *, today: date) -> PersonFacts:
    """What one person said, as it is judged. Nothing of it leaves the server."""
    return people_facts([client], today=today)[0]


def people_facts(clients: Sequence[Client], *, today: date) -> list[PersonFacts]:
    """The same of many people, in their order: five queries for any number."""
    said = _said(clients)
    return [_person(client, said[client.pk], today) for client in clients]


def _said(clients: Sequence[Client]) -> dict[int, Said]:
    said = {client.pk: Said([], [], [], [], []) for client in clients}
    for row in Condition.objects.current().filter(client__in=clients):
        said[row.client_id].conditions.append(row)
    for time_row in FreeTime.objects.current().filter(client__in=clients):
        said[time_row.client_id].free_times.append(time_row)
    for wish in Wish.objects.current().filter(client__in=clients):
        said[wish.client_id].wishes.append(wish)
    avoided = Avoidance.objects.filter(client__in=clients, lifted_at=None, place__isnull=False)
    for avoidance in avoided.select_related("place__merged_into"):
        said[avoidance.client_id].avoidances.append(avoidance)
    declined = Proposal.objects.filter(client__in=clients, state=ProposalState.DECLINED)
    for proposal in declined.select_related("place__merged_into").defer("inputs", "explanation"):
        said[proposal.client_id].declined.append(proposal)
    return said


def _person(client: Client, said: Said, today: date) -> PersonFacts:
    known: Mapping[str, Condition] = {row.key: row for row in said.conditions}
    wishes = said.wishes
    unasked = {key for key in QUESTIONS if key not in known or known[key].answer is None}
    free, days_unasked = _free(said.free_times)
    # The person's words for what they like; a whole sentence of hope is for the reader, not for comparing words.
    interests = tuple(wish.words for wish in wishes if wish.kind == WishKind.INTEREST)
    strengths = tuple(wish.words for wish in wishes if wish.kind == WishKind.STRENGTH)
    wants = tuple(str(Want(wish.want).label) for wish in wishes if wish.want in Want.values)
    unasked |= days_unasked | ({"interests"} if not interests + wants else set())
    home = _home(client)
    return PersonFacts(
        id=str(client.uuid),
        age=_age(client, today),
        sex=client.sex or None,
        lat=home[0] if home else None,
        lon=home[1] if home else None,
        means=_chosen(known, "means", None),
        max_oneway_minutes=_value(known, "max_oneway_minutes"),
        free=free,
        limits={
            key: True if QUESTIONS[key].shape is Shape.YES else row.value
            for key, row in known.items()
            if row.answer is True and key not in OWN_FIELDS
        },
        unasked=frozenset(unasked),
        refused=frozenset(
            str(place.uuid)
            for one in said.declined
            if _is_no(one) and not one.role_uuid
            for place in leading_to(one.place)
        ),
        avoided=_avoided(said),
        interests=interests + wants,
        strengths=strengths,
        wanted_roles=_labels(_chosen(known, "wanted_roles", ()), RoleKind),
        wanted_offers=_labels(_chosen(known, "wanted_offers", ()), Offer),
        group_min=(_value(known, "wanted_group_size") or {}).get("min"),
        group_max=(_value(known, "wanted_group_size") or {}).get("max"),
        sensory_limits=_chosen(known, "sensory_limits", ()),
        first_visit_needs=_chosen(known, "first_visit_needs", ()),
        important=(
            *(wish.words for wish in wishes if wish.is_important),
            *(row.key for row in known.values() if row.is_important and row.answer),
        ),
    )


def _value(known: Mapping[str, Condition], key: str) -> Any:
    row = known.get(key)
    return row.value if row is not None and row.answer else None


def _chosen(known: Mapping[str, Condition], key: str, nothing: Any) -> Any:
    value = _value(known, key)
    return tuple(value) if value else nothing


def _labels(codes: tuple[str, ...], choices: Any) -> tuple[str, ...]:
    return tuple(str(choices(code).label) for code in codes if code in choices.values)


def _free(rows: list[FreeTime]) -> tuple[tuple[Window, ...], set[str]]:
    """(free stretches, the weekdays nobody has asked about as `free:6`)."""
    windows: list[Window] = []
    answered: set[int] = set()
    for row in rows:
        if row.answer is not None:
            answered.add(row.weekday)
        if row.answer and row.begins and row.ends:
            # The last minute of a day is how a clock writes its end.
            ends = DAY if row.ends >= time(23, 59) else _minutes(row.ends)
            windows.append(Window(row.weekday, _minutes(row.begins), ends))
    return tuple(windows), {f"free:{day}" for day in range(7) if day not in answered}


def _home(client: Client) -> tuple[float, float] | None:
    """Where the person sets out: home where it is known, else the middle of the district."""
    if client.home_point:
        latitude, _comma, longitude = client.home_point.partition(",")
        try:
            return float(latitude), float(longitude)
        except ValueError:
            # Not written as two numbers: not known. The words themselves never reach a log.
            return None
    district = client.district
    if district is None or district.latitude is None or district.longitude is None:
        return None
    return district.latitude, district.longitude


def _age(client: Client, today: date) -> int | None:
    """Full years; the age reached this year where only the year of birth is known."""
    born = client.birthday
    if born is not None:
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return today.year - client.birth_year if client.birth_year else None


def avoided_places(client: Client) -> frozenset[str]:
    """Places that may appear nowhere for this person, whatever the reason; also what such a place was merged into."""
    return _avoided(_said([client])[client.pk])


def kept_away_from(client: Client) -> frozenset[str]:
    """The same without suggestions that were withdrawn for safety: what staff wrote down as to be avoided."""
    return _avoided(replace(_said([client])[client.pk], declined=[]))


def _avoided(said: Said) -> frozenset[str]:
    """A suggestion that staff withdrew for safety counts until it is set back."""
    places = [one.place for one in said.avoidances]
    places += [one.place for one in said.declined if one.decline_reason == "staff_safety"]
    return frozenset(str(each.uuid) for place in places if place for each in leading_to(place))


def leading_to(place: Place) -> list[Place]:
    """The place, and what it was merged into, however often: they are the same door."""
    chain = [place]
    while (following := chain[-1].merged_into) is not None and following not in chain:
        chain.append(following)
    return chain


def _is_no(proposal: Proposal) -> bool:
    """A "no" to one role leaves the other roles open; to none in particular, it means the place."""
    return proposal.person_answer == PersonAnswer.NO or proposal.decline_reason == "dislikes"


def without_refused_roles(
    client: Client, person: PersonFacts, places: list[PlaceFacts]
) -> tuple[PersonFacts, list[PlaceFacts]]:
    """The facts without the roles to which this person said no; a place left without any role counts as refused."""
    declined = Proposal.objects.filter(client=client, state=ProposalState.DECLINED, role_uuid__isnull=False)
    refused = {str(one.role_uuid) for one in declined.defer("inputs", "explanation") if _is_no(one)}
    if not refused:
        return person, places
    left = [replace(place, roles=tuple(role for role in place.roles if role.id not in refused)) for place in places]
    emptied = {now.id for before, now in zip(places, left, strict=True) if before.roles and not now.roles}
    return replace(person, refused=person.refused | emptied), left


# What a proposal keeps


def frozen(facts: PersonFacts | PlaceFacts) -> dict[str, Any]:
    """The facts as JSON, for a proposal to keep. What is avoided is left out: nobody reading why may learn of it."""
    return {
        field.name: _plain(getattr(facts, field.name))
        for field in dataclasses.fields(facts)
        if field.name not in {"avoided", "refused", "dangerous_for"}
    }


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case frozenset() | set():
            return sorted(_plain(each) for each in value)
        case tuple() | list():
            return [_plain(each) for each in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
