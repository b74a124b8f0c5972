"""One person's answers as the plain facts on which matching/candidates judges; no answer = not asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from directory.choices import Offer, RoleKind, Want
from directory.models import Place
from matching.candidates.facts import PersonFacts, Window
from matching.choices import Consequence, PersonAnswer, ProposalState, WishKind
from matching.conditions import QUESTIONS, Shape
from matching.facts_of.places import DAY, minutes_of
from matching.keeping_apart import places_of_others
from matching.models import Avoidance, Client, Condition, FreeTime, Placement, Plan, Proposal, Wish

# Wishes that are not hard limits have fields of their own in PersonFacts.
SOFT = {key for key, question in QUESTIONS.items() if not question.is_hard}
# The code of end_reasons after which a place is offered again only with a word about it.
DID_NOT_FIT = "did_not_fit"
OWN_FIELDS = {"means", "max_oneway_minutes"} | SOFT


@dataclass
class Said:
    """Every answer of one person that stands, where those are who must not be met, and what was declined."""

    conditions: list[Condition]
    free_times: list[FreeTime]
    wishes: list[Wish]
    avoidances: list[Avoidance]
    others: list[Place]
    declined: list[Proposal]
    tried: set[str]
    # The day of the newest plan: what was set aside before it may be offered again.
    planned_on: date = date.min


def person_facts(client: Client, *, today: date) -> PersonFacts:
    """What one person said, as it is judged. Nothing of it leaves the server."""
    return people_facts([client], today=today)[0]


def people_facts(clients: Sequence[Client], *, today: date) -> list[PersonFacts]:
    """The same of many people, in their order: ten queries at most for any number."""
    said = _said(clients)
    return [_person(client, said[client.pk], today) for client in clients]


def _said(clients: Sequence[Client]) -> dict[int, Said]:
    said = {client.pk: Said([], [], [], [], [], [], set()) for client in clients}
    for row in Condition.objects.current().filter(client__in=clients):
        said[row.client_id].conditions.append(row)
    for time_row in FreeTime.objects.current().filter(client__in=clients):
        said[time_row.client_id].free_times.append(time_row)
    for wish in Wish.objects.current().filter(client__in=clients):
        said[wish.client_id].wishes.append(wish)
    avoided = Avoidance.objects.filter(client__in=clients, lifted_at=None, place__isnull=False)
    for avoidance in avoided.select_related("place__merged_into"):
        said[avoidance.client_id].avoidances.append(avoidance)
    for key, places in places_of_others(clients).items():
        said[key].others.extend(places)
    declined = Proposal.objects.filter(client__in=clients, state=ProposalState.DECLINED)
    for proposal in declined.select_related("place__merged_into").defer("inputs", "explanation"):
        said[proposal.client_id].declined.append(proposal)
    ended = Placement.objects.filter(client__in=clients, end_reason=DID_NOT_FIT)
    for client, place in ended.values_list("client", "proposal__place__uuid"):
        said[client].tried.add(str(place))
    for client, day in Plan.objects.filter(client__in=clients).values_list("client", "from_on"):
        said[client].planned_on = max(said[client].planned_on, day or date.min)
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
        set_aside=frozenset(
            str(place.uuid)
            for one in said.declined
            if _is_set_aside(one, said.planned_on) and not one.role_uuid
            for place in leading_to(one.place)
        ),
        avoided=_avoided(said),
        refused_roles=frozenset(str(one.role_uuid) for one in said.declined if one.role_uuid and _is_no(one)),
        roles_set_aside=frozenset(
            str(one.role_uuid) for one in said.declined if one.role_uuid and _is_set_aside(one, said.planned_on)
        ),
        tried=frozenset(said.tried),
        interests=interests + wants,
        strengths=strengths,
        wanted_roles=_labels(_chosen(known, "wanted_roles", ()), RoleKind),
        wanted_offers=_labels(_chosen(known, "wanted_offers", ()), Offer),
        group_min=(_value(known, "wanted_group_size") or {}).get("min"),
        group_max=(_value(known, "wanted_group_size") or {}).get("max"),
        sensory_limits=_chosen(known, "sensory_limits", ()),
        first_visit_needs=_chosen(known, "first_visit_needs", ()),
        predictable=_is_yes(known, "wants_predictable"),
        company=_chosen(known, "wanted_company", ()),
        strangers=_is_yes(known, "prefers_strangers"),
        frequency=_value(known, "wanted_frequency"),
        important=(
            *(wish.words for wish in wishes if wish.is_important),
            *(row.key for row in known.values() if row.is_important and row.answer),
        ),
    )


def _value(known: Mapping[str, Condition], key: str) -> Any:
    row = known.get(key)
    return row.value if row is not None and row.answer else None


def _is_yes(known: Mapping[str, Condition], key: str) -> bool:
    return key in known and known[key].answer is True


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
            ends = DAY if row.ends >= time(23, 59) else minutes_of(row.ends)
            windows.append(Window(row.weekday, minutes_of(row.begins), ends))
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
    places = [*(one.place for one in said.avoidances), *said.others]
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


def _is_set_aside(proposal: Proposal, planned_on: date) -> bool:
    """この枠はしばらく出さない: until a newer plan."""
    declined_on = proposal.declined_on
    return proposal.consequence == Consequence.HIDE_SLOT and declined_on is not None and declined_on >= planned_on
