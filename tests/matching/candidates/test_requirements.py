"""Each hard condition: a yes, a no, and what has to be asked of whom."""

from typing import Any

import pytest

from matching.candidates.facts import Answer, RoleFacts, Window
from matching.candidates.requirements import judge
from matching.candidates.rules import DEFAULT, Rules
from matching.candidates.verdicts import HOST, PERSON, Verdict

from .people import FIVE, NOON, SUNDAY, TEN, TUESDAY, a_person, a_place

MET, FAILED, UNKNOWN = Answer.MET, Answer.FAILED, Answer.UNKNOWN
HEAVY = RoleFacts(name="収穫（手伝い）", kind="手伝い", contact="low", minutes=120, physical="heavy")
TALK = RoleFacts(name="接客（手伝い）", kind="手伝い", contact="high", minutes=120, physical="light")


def verdict(key: str, person: dict[str, Any], place: dict[str, Any], rules: Rules = DEFAULT) -> Verdict:
    judgement = judge(a_person(**person), a_place(**place), rules)
    return next(each for each in judgement.verdicts if each.key == key)


EXAMPLES: list[tuple[str, dict[str, Any], dict[str, Any], Answer]] = [
    ("age", {"age": 59}, {"age_min": 60}, FAILED),
    ("age", {"age": 60}, {"age_min": 60}, MET),
    ("age", {"age": 39}, {"age_min": 15, "age_max": 39}, MET),
    ("age", {"age": 40}, {"age_max": 39}, FAILED),
    ("age", {"age": None}, {"age_max": 39}, UNKNOWN),
    ("age", {"age": None}, {}, MET),
    ("women_only", {"sex": "male"}, {"women_only": True}, FAILED),
    ("women_only", {"sex": "female"}, {"women_only": True}, MET),
    ("women_only", {"sex": "other"}, {"women_only": True}, UNKNOWN),
    ("women_only", {"sex": "male"}, {"women_only": None}, UNKNOWN),
    ("same_sex_only", {"sex": "female", "limits": {"same_sex_only": True}}, {"women_only": True}, MET),
    ("same_sex_only", {"sex": "female", "limits": {"same_sex_only": True}}, {"women_only": False}, FAILED),
    ("same_sex_only", {"sex": "female", "limits": {"same_sex_only": True}}, {"women_only": None}, UNKNOWN),
    ("max_cost_yen", {"limits": {"max_cost_yen": 100}}, {"cost_yen": 100}, MET),
    ("max_cost_yen", {"limits": {"max_cost_yen": 100}}, {"cost_yen": 101}, FAILED),
    ("max_cost_yen", {"limits": {"max_cost_yen": 0}}, {"cost_yen": None}, UNKNOWN),
    ("max_cost_yen", {}, {"cost_yen": 5000}, MET),
    ("max_cost_yen", {"limits": {"max_cost_yen": None}}, {"cost_yen": 100}, UNKNOWN),
    ("max_people", {"limits": {"max_people": 5}}, {"usual_people": 6}, FAILED),
    ("max_people", {"limits": {"max_people": 5}}, {"usual_people": None}, UNKNOWN),
    ("needs_step_free", {"limits": {"needs_step_free": True}}, {"step_free": None}, UNKNOWN),
    ("needs_step_free", {"limits": {"needs_step_free": True}}, {"step_free": False}, FAILED),
    ("needs_step_free", {"limits": {"needs_step_free": False}}, {"step_free": False}, MET),
    ("needs_step_free", {"unasked": frozenset({"needs_step_free"})}, {"step_free": False}, UNKNOWN),
    ("needs_step_free", {"unasked": frozenset({"needs_step_free"})}, {"step_free": True}, MET),
    ("needs_escort", {"limits": {"needs_escort": True}}, {"escort_ok": False}, FAILED),
    ("needs_plain_japanese", {"limits": {"needs_plain_japanese": True}}, {"plain_japanese": False}, FAILED),
    ("needs_language_any", {"limits": {"needs_language_any": ["vi"]}}, {}, UNKNOWN),
    ("needs_language_any", {"limits": {"needs_language_any": ["vi"]}}, {"languages": frozenset({"vi"})}, MET),
    ("needs_language_any", {"limits": {"needs_language_any": ["plain_ja"]}}, {}, MET),
    ("travel", {}, {}, MET),
    ("travel", {"lat": 35.1}, {}, FAILED),
    ("travel", {"lat": 35.1}, {"pickup": True}, MET),
    ("travel", {"lat": 35.1}, {"pickup": None}, UNKNOWN),
    ("travel", {"means": ("pickup",)}, {}, FAILED),
    ("travel", {"means": ("pickup",)}, {"pickup": None}, UNKNOWN),
    ("travel", {"means": ("pickup", "walk")}, {}, MET),
    ("travel", {"means": None}, {}, UNKNOWN),
    ("travel", {"unasked": frozenset({"max_oneway_minutes"})}, {}, UNKNOWN),
    ("travel", {}, {"lat": None}, UNKNOWN),
    ("seats", {}, {"free_seats": 0}, FAILED),
    ("seats", {}, {"free_seats": None}, UNKNOWN),
    ("freshness", {}, {"confirmed_days_ago": 180}, MET),
    ("freshness", {}, {"confirmed_days_ago": 181}, UNKNOWN),
    ("freshness", {}, {"confirmed_days_ago": None}, UNKNOWN),
    ("refused", {"refused": frozenset({"hidamari"})}, {}, FAILED),
    ("max_physical", {"limits": {"max_physical": "mid"}}, {"roles": (HEAVY,)}, FAILED),
    ("max_physical", {"limits": {"max_physical": "mid"}}, {"roles": ()}, UNKNOWN),
    ("max_contact", {"limits": {"max_contact": "low"}}, {"roles": (TALK,)}, FAILED),
    ("max_contact", {"unasked": frozenset({"max_contact"})}, {"roles": (TALK,)}, UNKNOWN),
    ("max_contact", {"unasked": frozenset({"max_contact"})}, {}, MET),
    ("max_minutes", {"limits": {"max_minutes": 60}}, {"may_leave_early": False}, MET),
    ("max_minutes", {"limits": {"max_minutes": 45}}, {"may_leave_early": False}, FAILED),
    ("max_minutes", {"limits": {"max_minutes": 45}}, {"may_leave_early": True}, MET),
    ("max_minutes", {"limits": {"max_minutes": 45}}, {"may_leave_early": None}, UNKNOWN),
    ("free", {}, {}, MET),
    ("free", {}, {"openings": (Window(SUNDAY, TEN, NOON),)}, FAILED),
    ("free", {"unasked": frozenset({"free:6"})}, {"openings": (Window(SUNDAY, TEN, NOON),)}, UNKNOWN),
    ("free", {}, {"openings": None}, UNKNOWN),
    ("free", {}, {"openings": (Window(TUESDAY, 540, 659),)}, FAILED),
    ("free", {"free": (Window(1, TEN, 630), Window(1, 630, FIVE))}, {}, MET),
    ("free", {"free": (), "unasked": frozenset({"free"})}, {}, UNKNOWN),
    ("free", {"free": ()}, {}, FAILED),
]


@pytest.mark.parametrize(("key", "person", "place", "answer"), EXAMPLES)
def test_three_values(key: str, person: dict[str, Any], place: dict[str, Any], answer: Answer) -> None:
    found = verdict(key, person, place)
    assert found.answer is answer, found.reason
    assert (found.question is not None) == (answer is UNKNOWN)


def test_one_role_that_fits_is_enough() -> None:
    light = RoleFacts(name="袋づめ（裏方）", contact="none", minutes=60, physical="light")
    judgement = judge(a_person({"max_physical": "light"}), a_place(roles=(HEAVY, light)), DEFAULT)
    assert not judgement.failed
    assert judgement.fitting_roles == (light,)


def test_what_is_never_relaxed_has_no_remedy() -> None:
    fixed = [
        verdict("max_physical", {"limits": {"max_physical": "light"}}, {"roles": (HEAVY,)}),
        verdict("women_only", {"sex": "male"}, {"women_only": True}),
        verdict("same_sex_only", {"limits": {"same_sex_only": True}}, {}),
        verdict("refused", {"refused": frozenset({"hidamari"})}, {}),
    ]
    assert all(each.answer is FAILED and not each.is_relaxable for each in fixed)


def test_a_question_goes_to_whoever_knows() -> None:
    host = verdict("needs_step_free", {"limits": {"needs_step_free": True}}, {"step_free": None}).question
    person = verdict("needs_step_free", {"unasked": frozenset({"needs_step_free"})}, {"step_free": None}).question
    assert host is not None and host.whom == HOST
    assert person is not None and person.whom == PERSON


def test_a_bus_waits_ten_minutes_and_the_quickest_means_counts() -> None:
    # 5 km straight north: on foot 75 minutes, by bus 15 + 10.
    five_km = 5 / 6371 * 57.29577951308232
    far = {"lat": 35.0 + five_km, "means": ("walk", "bus")}
    assert verdict("travel", {**far, "max_oneway_minutes": 25.01}, {}).answer is MET
    assert verdict("travel", {**far, "max_oneway_minutes": 24.99}, {}).answer is FAILED


def test_the_numbers_belong_to_the_municipality() -> None:
    place = {"confirmed_days_ago": 100}
    assert verdict("freshness", {}, place, Rules(stale_after_days=90)).answer is UNKNOWN
    assert verdict("freshness", {}, place).answer is MET
