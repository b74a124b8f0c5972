"""From listings and answers to plain facts: what is known arrives, what is not known stays unknown."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.calendar import Closure, Rule, Schedule
from directory.choices import PlaceState, RoleKind, Want, Way
from directory.models import Activity, DayChange, Place, Role, Slot
from matching.actions.avoidances import avoid
from matching.actions.conditions import add_wish, set_free_time
from matching.actions.proposals import answer, step_back
from matching.candidates.facts import UNKNOWN, PersonFacts, PlaceFacts, Terms, Window, as_open_to
from matching.candidates.finding import State, judged
from matching.choices import AvoidanceKind, PersonAnswer, ProposalState, Source, WishKind
from matching.facts_of import (
    frozen,
    person_facts,
    place_facts,
    places_to_judge,
    recent_people,
    weeks_of,
)
from matching.models import Client
from tests.matching.candidates.people import a_person
from tests.matching.cast import TODAY, Cast

THURSDAYS = {"rules": [{"weekdays": [3], "sessions": [["11:30", "14:00"]]}]}


def facts_of(place: Place) -> PlaceFacts:
    return place_facts(Place.objects.get(pk=place.pk), today=TODAY)


def person(client: Client) -> PersonFacts:
    return person_facts(client, today=TODAY)


def a_meal(cast: Cast, **facts: Any) -> Place:
    place = cast.a_place("朝どり食堂", "あさどりしょくどう", **facts)
    Activity.objects.filter(place=place).update(schedule=THURSDAYS)
    return place


# Places


def test_a_listing_arrives_as_it_is(cast: Cast) -> None:
    place = a_meal(cast, cost_yen=300, quiet_corner=True, step_free=False, usual_people=30, languages=["en"])
    Activity.objects.filter(place=place).update(wants=[Want.EAT])
    facts = facts_of(place)
    assert (facts.cost_yen, facts.quiet_corner, facts.step_free, facts.usual_people) == (300, True, False, 30)
    assert facts.languages == {"en"} and facts.kind == "地域食堂"
    assert facts.openings == (Window(3, 11 * 60 + 30, 14 * 60),)
    assert [(role.name, role.kind, role.minutes) for role in facts.roles] == [("食べに来る", "お客さん", 30)]
    assert facts.free_seats == 1 and facts.confirmed_days_ago == 23
    assert "ごはんを食べる" in facts.text and facts.offers == ("見学", "お試し")


def test_what_nobody_wrote_stays_unknown(cast: Cast) -> None:
    place = cast.a_place("しずかな庭", "しずかなにわ")
    Place.objects.filter(pk=place.pk).update(offers=[], confirmed_on=None)
    Slot.objects.filter(activity__place=place).delete()
    facts = facts_of(place)
    known = {name: getattr(facts, name) for name in ("cost_yen", "quiet_corner", "pickup", "usual_people", "offers")}
    assert set(known.values()) == {None}
    assert facts.openings is None and facts.free_seats is None and facts.confirmed_days_ago is None
    assert facts.visit_first_ok is None and not facts.comes_to_you


def test_what_must_be_checked_counts_as_unknown(cast: Cast) -> None:
    place = a_meal(cast, cost_yen=300, step_free=True, needs_check=["step_free"])
    Activity.objects.filter(place=place).update(needs_check=["schedule"])
    facts = facts_of(place)
    assert facts.step_free is None and facts.cost_yen == 300 and facts.openings is None


def test_a_schedule_nobody_can_read_is_unknown_and_stops_nothing(cast: Cast) -> None:
    place = a_meal(cast)
    Activity.objects.filter(place=place).update(schedule={"every": "full moon"})
    assert facts_of(place).openings is None


def test_seats_are_summed_over_open_slots_and_a_closed_slot_has_none(cast: Cast) -> None:
    place = cast.a_place("つむぎの家", "つむぎのいえ", seats=2)
    Slot.objects.create(activity=place.activities.get(), seats=3, free_seats=1, from_on=date(2026, 4, 1))
    gone = Slot.objects.create(activity=place.activities.get(), seats=9, free_seats=9, from_on=date(2026, 4, 1))
    Slot.objects.filter(pk=gone.pk).update(until_on=date(2026, 10, 31))
    [found] = [one for one in places_to_judge(cast.town, today=TODAY) if one.pk == place.pk]
    assert place_facts(found, today=TODAY).free_seats == 3
    Slot.objects.update(is_open=False)
    [found] = [one for one in places_to_judge(cast.town, today=TODAY) if one.pk == place.pk]
    assert place_facts(found, today=TODAY).free_seats == 0


def test_the_price_is_the_least_of_the_activities_only_when_each_has_one(cast: Cast) -> None:
    place = cast.a_place("教室", "きょうしつ")
    Activity.objects.create(place=place, name="書道", cost_yen=500)
    assert facts_of(place).cost_yen is None
    place.activities.filter(name="みんなの昼ごはん").update(cost_yen=200)
    assert facts_of(place).cost_yen == 200


def test_each_activity_has_its_own_times_price_and_room(cast: Cast) -> None:
    """A full meal on Thursdays and a market on Saturdays with room: neither lends the other what it has."""
    place = a_meal(cast, cost_yen=300)
    Slot.objects.filter(activity__place=place).update(free_seats=0)
    saturdays = {"rules": [{"weekdays": [5], "sessions": [["09:00", "11:00"]]}]}
    market = Activity.objects.create(place=place, name="野菜市", cost_yen=0, schedule=saturdays)
    carry = Role.objects.create(activity=market, name="荷物を運ぶ", kind=RoleKind.BEHIND, physical_load="heavy")
    Slot.objects.create(activity=market, role=carry, seats=2, free_seats=2, from_on=date(2026, 4, 1))
    meal, moving = facts_of(place).roles
    assert meal.terms == Terms(openings=(Window(3, 690, 840),), cost_yen=300, free_seats=0)
    assert moving.terms == Terms(openings=(Window(5, 540, 660),), cost_yen=0, free_seats=2)
    one = judged(
        a_person({"max_physical": "light"}, lat=None, means=("pickup",)), replace(facts_of(place), pickup=True)
    )
    assert one is not None and one.state is State.FULL and one.role.name == "食べに来る"


def test_room_that_is_switched_off_is_told_apart_from_a_full_one(cast: Cast) -> None:
    place = a_meal(cast)
    Slot.objects.filter(activity__place=place).update(is_open=False)
    one = judged(a_person(), facts_of(place))
    assert one is not None
    assert "今は新しい人の受け入れを休んでいます" in [verdict.reason for verdict in one.judgement.failed]


def test_what_comes_home_has_no_way(cast: Cast) -> None:
    place = cast.a_place("おうち訪問", "おうちほうもん")
    place.activities.update(way=Way.VISIT)
    assert facts_of(place).comes_to_you
    Activity.objects.create(place=place, name="集まり", way=Way.COME)
    assert not facts_of(place).comes_to_you


@pytest.mark.parametrize(
    ("schedule", "weekdays"),
    [
        (Schedule(rules=(Rule(weekdays=(3,), weeks=(2, 4)),)), {3}),
        (
            Schedule(rules=(Rule(sessions=((time(10), time(15)),)),), closures=(Closure(weekdays=(6,)),)),
            {0, 1, 2, 3, 4, 5},
        ),
        (Schedule(rules=(Rule(dates=(date(2026, 12, 5),)),)), {5}),
        (Schedule(rules=(Rule(weekdays=(1,), months=(7, 8)),)), set()),
    ],
    ids=["2nd and 4th Thursday", "daily but Sunday", "one date", "summer only, asked in winter"],
)
def test_weekdays_come_out_of_every_kind_of_rule(schedule: Schedule, weekdays: set[int]) -> None:
    assert {window.weekday for window in weeks_of(schedule, TODAY).windows} == weekdays


def test_past_midnight_reaches_into_the_next_day() -> None:
    night = Schedule(rules=(Rule(weekdays=(4,), sessions=((time(21), time(1)),)),))
    assert weeks_of(night, TODAY).windows == {Window(4, 21 * 60, 25 * 60)}


def test_only_published_places_of_the_town_are_judged_in_few_queries(cast: Cast) -> None:
    for number in range(5):
        a_place = cast.a_place(f"場{number}", f"ば{number}")
        DayChange.objects.create(activity=a_place.activities.get(), on=TODAY, kind="cancelled")
    Place.objects.filter(name="場0").update(state=PlaceState.PAUSED)
    Place.objects.filter(name="場1").update(state=PlaceState.PREPARING)
    Place.objects.filter(name="場2").update(municipality=cast.next_town)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = places_to_judge(cast.town, today=TODAY)
        judged = [place_facts(one, today=TODAY, recent=0) for one in found]
    assert {one.name for one in judged} == {"場3", "場4", cast.place.name}
    assert len(queries) <= 7


def test_people_received_lately_are_counted_per_place(cast: Cast) -> None:
    from matching.actions.placements import begin

    client = cast.a_client()
    begin(proposal=cast.a_proposal(client, state=ProposalState.WELCOMED), begins_on=date(2026, 11, 10), by=cast.sakura)
    other = cast.a_place("野菜市", "やさいいち")
    assert recent_people([cast.place, other], today=TODAY) == {cast.place.pk: 1}
    assert recent_people([cast.place, other], today=date(2027, 6, 1)) == {}


# The person


def test_nothing_asked_is_nothing_known(cast: Cast) -> None:
    facts = person(cast.a_client())
    assert facts.means is None and facts.free == () and not facts.limits
    assert facts.limit("max_cost_yen") is UNKNOWN and facts.needs("needs_step_free") is None
    assert facts.free_on(3) is None
    assert facts.age is None and facts.sex is None and facts.lat is None


def test_yes_limits_no_does_not_and_not_yet_is_neither(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_condition(client, "max_cost_yen", True, 300)
    cast.a_condition(client, "needs_step_free", True)
    cast.a_condition(client, "needs_quiet_corner", False)
    cast.a_condition(client, "needs_escort", None)
    cast.a_condition(client, "max_oneway_minutes", False)
    cast.a_condition(client, "means", True, ["walk", "bus"])
    cast.a_condition(client, "wanted_roles", True, ["guest", "behind"])
    cast.a_condition(client, "wanted_group_size", True, {"min": None, "max": 10})
    facts = person(client)
    assert facts.limit("max_cost_yen") == 300 and facts.needs("needs_step_free") is True
    assert facts.needs("needs_quiet_corner") is False and facts.needs("needs_escort") is None
    assert facts.max_oneway_minutes is None and "max_oneway_minutes" not in facts.unasked
    assert facts.means == ("walk", "bus") and facts.wanted_roles == ("お客さん", "裏方")
    assert (facts.group_min, facts.group_max) == (None, 10)


def test_free_days_and_days_nobody_asked_about(cast: Cast) -> None:
    client = cast.a_client()
    cast.free(client, 3, time(10), time(15))
    set_free_time(client=client, weekday=5, answer=False, source=Source.SELF, by=cast.sakura)
    facts = person(client)
    assert facts.free == (Window(3, 600, 900),)
    assert (facts.free_on(3), facts.free_on(5), facts.free_on(6)) == (True, False, None)


def test_likes_and_what_matters_most(cast: Cast) -> None:
    client = cast.a_client()
    for kind, words, important in [
        (WishKind.INTEREST, "料理", True),
        (WishKind.STRENGTH, "字がきれい", False),
        (WishKind.WISH, "人と話すのは少しこわい", False),
    ]:
        add_wish(client=client, kind=kind, words=words, source=Source.SELF, is_important=important, by=cast.sakura)
    cast.a_condition(client, "needs_quiet_corner", True, is_important=True)
    facts = person(client)
    assert facts.interests == ("料理",) and facts.strengths == ("字がきれい",)
    assert facts.important == ("料理", "needs_quiet_corner")


def test_age_home_and_what_stands_for_them(cast: Cast) -> None:
    client = cast.a_client(birthday=date(1990, 11, 25), home_point="34.5,134.1", sex="female")
    facts = person(client)
    assert (facts.age, facts.lat, facts.lon, facts.sex) == (35, 34.5, 134.1, "female")
    cast.district.latitude, cast.district.longitude = 34.4, 134.2
    cast.district.save()
    other = cast.a_client(birth_year=1990, home_point="駅の近く", district=cast.district)
    assert person(other).age == 36 and person(other).lat is None
    assert person(cast.a_client(district=cast.district)).lat == 34.4


def test_every_kind_of_avoidance_counts_and_follows_a_merged_place(cast: Cast) -> None:
    client = cast.a_client()
    survivor = cast.a_place("新しいサロン", "あたらしいさろん")
    for kind in AvoidanceKind:
        place = cast.a_place(f"場 {kind}", f"ば{kind.value}")
        avoid(client=client, kind=kind, place=place, words="理由", by=cast.sakura)
    Place.objects.filter(name="場 dv").update(
        merged_into=survivor, state=PlaceState.WITHDRAWN, withdrawn_at="2026-11-01T00:00:00+09:00"
    )
    avoided = person(client).avoided
    assert len(avoided) == len(AvoidanceKind) + 1 and str(survivor.uuid) in avoided
    assert not person(cast.a_client()).avoided


def test_a_no_to_one_role_leaves_the_others_and_ends_when_it_is_set_back(cast: Cast) -> None:
    client, role = cast.a_client(), Role.objects.get(activity__place=cast.place)
    proposal = cast.a_proposal(client, state=ProposalState.PROPOSED, role_uuid=role.uuid)
    answer(proposal=proposal, answer=PersonAnswer.NO, by=cast.sakura)
    left, place = as_open_to(person(client), facts_of(cast.place))
    assert place.roles == () and left.refused == {str(cast.place.uuid)}
    Role.objects.create(activity=role.activity, name="皿ふき", kind="behind")
    left, place = as_open_to(person(client), facts_of(cast.place))
    assert [each.name for each in place.roles] == ["皿ふき"] and not left.refused
    step_back(proposal=proposal, by=cast.sakura)
    _left, place = as_open_to(person(client), facts_of(cast.place))
    assert len(place.roles) == 2


# What a proposal keeps


def test_frozen_facts_are_json_and_say_nothing_of_what_is_avoided(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_condition(client, "max_cost_yen", True, 300)
    hidden = cast.a_place("ひみつの場", "ひみつのば")
    avoid(client=client, kind=AvoidanceKind.DV, place=hidden, words="だれかがいる", by=cast.sakura)
    kept = json.dumps({"person": frozen(person(client)), "place": frozen(facts_of(a_meal(cast)))}, ensure_ascii=False)
    assert str(hidden.uuid) not in kept and '"max_cost_yen": 300' in kept and '"begins": 690' in kept
