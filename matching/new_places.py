"""資源開拓カード as a place that is not there yet: whom among those with little to choose from it would suit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.choices import Want
from matching.candidates.affinity import affinity
from matching.candidates.facts import PersonFacts, PlaceFacts, RoleFacts, Terms
from matching.candidates.finding import State, judged
from matching.candidates.requirements import NEEDS
from matching.candidates.rules import Rules
from matching.models import Prospect

# What a card may promise: (code, its words, the facts of the place it stands for).
PROMISES: dict[str, tuple[Any, dict[str, Any]]] = {
    "max_cost_yen": (_("お金がかからない"), {"cost_yen": 0}),
    "max_people": (_("5人くらいまで"), {"usual_people": 5}),
    "max_physical": (_("座ってできる・軽い"), {"physical": "light"}),
    "max_contact": (_("話さずにできる役割がある"), {"contact": "none"}),
    "max_minutes": (_("30分からできる"), {"minutes": 30}),
    **{need.key: (need.label, {need.fact: True}) for need in NEEDS},
}
OF_THE_ROLE = {"physical", "contact", "minutes"}
PROMISE_CHOICES = [(code, words) for code, (words, _facts) in PROMISES.items()]


@dataclass(frozen=True)
class Suits:
    """Primary keys of people: who could come, of these whose conditions are all met, and whose likes are."""

    can_come: frozenset[int] = frozenset()
    is_met: frozenset[int] = frozenset()
    likes: frozenset[int] = frozenset()
    # How many of those who could come have each condition that the card promises to meet.
    by_promise: Mapping[str, int] = field(default_factory=dict)


def as_place(prospect: Prospect) -> PlaceFacts:
    """What the card says; all else is not known yet, and so excludes nobody. Without a pick-up unless planned."""
    facts: dict[str, Any] = {"pickup": "交通" in prospect.remedies, "women_only": False}
    of_role: dict[str, Any] = {}
    for code in prospect.meets:
        for name, value in PROMISES[code][1].items() if code in PROMISES else ():
            (of_role if name in OF_THE_ROLE else facts)[name] = value
    district = prospect.district
    if district is not None:
        facts |= {"lat": district.latitude, "lon": district.longitude}
    cost = facts.pop("cost_yen", None)
    words = str(Want(prospect.want).label) if prospect.want in Want.values else ""
    return PlaceFacts(
        id=str(prospect.uuid),
        name=prospect.looked_for,
        description=f"{words}。{prospect.idea}",
        roles=(RoleFacts(name=words, terms=Terms(cost_yen=cost, free_seats=1), **of_role),),
        confirmed_days_ago=0,
        **facts,
    )


def suits(prospect: Prospect, people: Mapping[int, PersonFacts], rules: Rules) -> Suits:
    """Of these people (by primary key) whom the place of the card would suit."""
    place = as_place(prospect)
    can_come, is_met, likes = set(), set(), set()
    counts: dict[str, int] = dict.fromkeys(prospect.meets, 0)
    for key, person in people.items():
        one = judged(person, place, rules)
        if one is None or one.state not in {State.CANDIDATE, State.ASK_FIRST}:
            continue
        can_come.add(key)
        needed = {code for code in person.limits if person.limit(code)}
        open_ones = {verdict.key for verdict in one.judgement.unknown if verdict.key in needed}
        if not open_ones:
            is_met.add(key)
        if any(affinity(wish, place.text) > 0 for wish in (*person.interests, *person.strengths)):
            likes.add(key)
        for code in counts:
            counts[code] += code in needed
    return Suits(frozenset(can_come), frozenset(is_met), frozenset(likes), counts)


def promise_words(codes: Sequence[str]) -> list[str]:
    """What a card promises, in words."""
    return [str(PROMISES[code][0]) for code in codes if code in PROMISES]
