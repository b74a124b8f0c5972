"""あと一歩: the smallest sets of remedies, and what they would open in sum."""

from matching.candidates.facts import RoleFacts, Window
from matching.candidates.finding import State, find, judged
from matching.candidates.near_miss import NearMiss, summed

from .people import NOON, SUNDAY, TEN, a_person, a_place


def sets(person_limits: dict, **place: object) -> tuple[tuple[str, ...], ...]:
    found = judged(a_person(person_limits), a_place(**place))
    assert found is not None
    return found.near_miss.sets if found.near_miss else ()


def test_one_condition_one_remedy() -> None:
    assert sets({}, free_seats=0) == (("満員",),)
    assert sets({"max_cost_yen": 0}, cost_yen=200) == (("費用",),)
    assert sets({"needs_escort": True}, escort_ok=False) == (("同行",),)


def test_people_and_sound_share_one_remedy() -> None:
    assert sets({"max_people": 3, "needs_quiet_corner": True}, quiet_corner=False) == (("人数・音",),)


def test_two_conditions_make_one_set_of_two_and_three_make_none() -> None:
    assert sets({"max_cost_yen": 0, "needs_step_free": True}, cost_yen=200, step_free=False) == (("段差", "費用"),)
    assert sets({"max_cost_yen": 0, "needs_step_free": True}, cost_yen=200, step_free=False, free_seats=0) == ()


def test_what_never_moves_leaves_no_near_miss() -> None:
    heavy = RoleFacts(name="収穫", physical="heavy", contact="none", minutes=60)
    assert sets({"max_physical": "light"}, roles=(heavy,), free_seats=0) == ()


def test_another_role_may_need_another_remedy() -> None:
    heavy = RoleFacts(name="収穫", physical="heavy", contact="none", minutes=60)
    talk = RoleFacts(name="接客", physical="light", contact="high", minutes=60)
    assert sets({"max_physical": "light", "max_contact": "low"}, roles=(heavy, talk)) == (("対人量",),)


def test_a_short_overlap_is_solved_by_a_shorter_stay_or_another_time() -> None:
    assert sets({}, openings=(Window(1, TEN - 30, TEN + 30),)) == (("曜日・時間",), ("長さ・頻度",))
    assert sets({}, openings=(Window(SUNDAY, TEN, NOON),)) == (("曜日・時間",),)


def test_a_full_place_is_neither_candidate_nor_excluded() -> None:
    found = find(a_person(), [a_place(free_seats=0)])
    assert not found.in_order and not found.excluded
    assert [each.state for each in found.full] == [State.FULL]


def test_the_sum_counts_people_and_places_once_per_remedy() -> None:
    one = [NearMiss("a", (("交通",),)), NearMiss("b", (("交通",), ("費用",)))]
    two = [NearMiss("a", (("交通",),)), NearMiss("c", (("交通", "段差"),))]
    opened = {each.remedy.relax: (each.people, each.places, each.pairs) for each in summed([one, two])}
    assert opened == {"交通": (2, 2, 3), "費用": (1, 1, 1)}
