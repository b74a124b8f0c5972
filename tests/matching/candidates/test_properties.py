"""What holds for anyone and any place: no broken condition proposed, nothing avoided shown, openness costs nothing."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.candidates.explanation import NEUTRAL, explain, why_not
from matching.candidates.facts import PersonFacts, PlaceFacts, RoleFacts, Terms, Window
from matching.candidates.finding import Candidates, find, judged, people_for
from matching.candidates.near_miss import summed
from matching.candidates.reach import kilometres

from .strategies import NEEDS, PEOPLE, PLACES

ALWAYS = settings(max_examples=100, deadline=None)
Three = tuple[PlaceFacts, PlaceFacts, PlaceFacts]


def proposed(found: Candidates) -> set[str]:
    return {each.place_id for each in (*found.in_order, *found.ask_first)}


def breaks(person: PersonFacts, place: PlaceFacts) -> bool:
    """A second reading of the conventions, written without the product's requirements: is a condition surely broken?"""
    limits: dict[str, Any] = {key: value for key, value in person.limits.items() if value}
    facts = {
        "needs_step_free": place.step_free,
        "needs_accessible_toilet": place.accessible_toilet,
        "needs_quiet_corner": place.quiet_corner,
        "needs_may_leave_early": place.may_leave_early,
        "needs_can_be_silent": place.can_be_silent,
        "needs_escort": place.escort_ok,
        "needs_plain_japanese": place.plain_japanese,
        "same_sex_only": place.women_only,
    }
    age_broken = person.age is not None and not (place.age_min or 0) <= person.age <= (place.age_max or 200)
    crowded = place.usual_people is not None and place.usual_people > limits.get("max_people", 10_000)
    return bool(
        any(key in limits and facts[key] is False for key in NEEDS)
        or age_broken
        or crowded
        or (place.women_only and person.sex == "male")
        or place.id in person.refused | person.set_aside | person.avoided
        or person.id in place.dangerous_for
        or all(_role_breaks(person, place, role) for role in place.roles or (RoleFacts(name=""),))
    )


def _role_breaks(person: PersonFacts, place: PlaceFacts, role: RoleFacts) -> bool:
    own = role.terms or Terms(cost_yen=place.cost_yen, free_seats=place.free_seats, comes_to_you=place.comes_to_you)
    price, purse = own.cost_yen, person.limits.get("max_cost_yen")
    loads = ["light", "mid", "heavy"]
    return bool(
        (role.id and role.id in person.refused_roles | person.roles_set_aside)
        or (price is not None and purse is not None and purse is not False and price > purse)
        or (role.physical and loads.index(role.physical) > loads.index(person.limits.get("max_physical") or "heavy"))
        or own.free_seats == 0
        or not own.is_receiving
        or (not own.comes_to_you and _too_far(person, place))
    )


def _too_far(person: PersonFacts, place: PlaceFacts) -> bool:
    known = None not in (person.lat, place.lat, person.max_oneway_minutes) and person.means
    if not known or place.pickup is not False or "max_oneway_minutes" in person.unasked:
        return False
    km = kilometres(person.lat or 0, 137.0, place.lat or 0, 137.0)
    minutes = {"walk": km * 15, "bicycle": km * 5, "bus": km * 3 + 10, "car": km * 2}
    # A hair's breadth at the limit itself belongs to nobody.
    return all(minutes.get(means, 1e9) > (person.max_oneway_minutes or 0) + 1e-6 for means in person.means or ())


@ALWAYS
@given(PEOPLE, PLACES)
def test_no_broken_condition_is_ever_proposed(person: PersonFacts, places: Three) -> None:
    shown = proposed(find(person, places))
    assert not [place.id for place in places if place.id in shown and breaks(person, place)]


@ALWAYS
@given(PEOPLE, PLACES)
def test_an_avoided_place_appears_nowhere(person: PersonFacts, places: Three) -> None:
    found = find(person, places)
    everything = [*found.in_order, *found.ask_first, *found.full, *found.excluded]
    text = json.dumps(
        [[each.place_id, each.place_name, *map(str, explain(each))] for each in everything]
        + [[miss.place_id, str(miss.sets)] for miss in found.near_misses]
        + [[question.words for question, _number in found.questions]],
        ensure_ascii=False,
    )
    visible = [place for place in places if place.id not in person.avoided and person.id not in place.dangerous_for]
    for place in places:
        if place in visible:
            continue
        assert f'"{place.id}"' not in text and place.name not in text
        assert people_for(place, [person]) == []
        assert [str(line) for line in why_not(person, place)] == [NEUTRAL]
    # Nor does it leave a trace in sums or order: the answer is the same as if the place did not exist.
    without = find(person, visible)
    assert without == found
    assert summed([without.near_misses]) == summed([found.near_misses])


@ALWAYS
@given(PEOPLE, PLACES, st.data())
def test_more_openness_of_the_person_never_removes_a_candidate(
    person: PersonFacts, places: Three, data: st.DataObject
) -> None:
    """Less limits, more free time, more ways to travel: everything proposed stays proposed."""
    before = proposed(find(person, places))
    days = data.draw(st.sets(st.integers(0, 6)))
    dropped = data.draw(st.sets(st.sampled_from(sorted(person.limits) or ["nothing"])))
    limits = {key: value for key, value in person.limits.items() if key not in dropped}
    opened = replace(
        person,
        limits=MappingProxyType(limits),
        unasked=person.unasked - dropped,
        max_oneway_minutes=None if person.max_oneway_minutes is None else person.max_oneway_minutes * 2,
        means=person.means and (*person.means, "car"),
        free=(*person.free, *(Window(day, 0, 24 * 60) for day in days)),
        refused=frozenset(),
    )
    assert before <= proposed(find(opened, places))


@ALWAYS
@given(PEOPLE, PLACES)
def test_what_is_unknown_never_excludes(person: PersonFacts, places: Three) -> None:
    """Forgetting an answer of the place keeps it proposed."""
    before = proposed(find(person, places))
    forgetful = [
        replace(place, cost_yen=None, usual_people=None, step_free=None, escort_ok=None, free_seats=None, openings=None)
        for place in places
    ]
    assert before <= proposed(find(person, forgetful))


@ALWAYS
@given(PEOPLE, PLACES)
def test_every_place_is_in_one_list_only(person: PersonFacts, places: Three) -> None:
    found = find(person, places)
    listed = [each.place_id for each in (*found.in_order, *found.ask_first, *found.full, *found.excluded)]
    assert len(listed) == len(set(listed))
    visible = {place.id for place in places if judged(person, place)}
    assert set(listed) == visible


@ALWAYS
@given(PEOPLE, PLACES)
def test_remedies_never_touch_what_may_not_be_relaxed(person: PersonFacts, places: Three) -> None:
    found = find(person, places)
    for miss in found.near_misses:
        place = next(place for place in places if place.id == miss.place_id)
        assert place.id not in person.refused
        assert not (place.women_only and person.sex == "male")
        assert not (person.limits.get("same_sex_only") and place.women_only is False)
        assert all(1 <= len(words) <= 2 for words in miss.sets)


def test_the_judgement_needs_no_framework() -> None:
    """Django stays outside, so the same judgement runs in a notebook, a benchmark or a test without a database."""
    code = (
        "import sys; import matching.candidates.explanation, matching.candidates.batch; "
        "sys.exit(any(name.partition('.')[0] in {'django', 'wagtail'} for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False)
    assert done.returncode == 0
