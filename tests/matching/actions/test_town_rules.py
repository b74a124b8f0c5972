"""この町の決まり: days and weights by version, each with its reason."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import clocks
from matching.actions.placements import begin, end
from matching.actions.proposals import answer
from matching.actions.town_rules import RulesChangedMeanwhile, set_rules
from matching.candidates.finding import State
from matching.candidates.ranking import Criterion, Ranking
from matching.candidates.rules import DEFAULT
from matching.choices import PersonAnswer, ProposalState
from matching.models import Placement, TownRules
from matching.options import options_for
from matching.process import process
from matching.refusals import NotPossible
from matching.town_rules import rules_of
from tests.matching.cast import TODAY, Cast


def test_a_town_begins_with_the_defaults(cast: Cast) -> None:
    days = clocks.of(cast.town)
    assert (days["person_reply"], days["host_reply"], days["reflection"], days["absences"]) == (14, 7, 3, 2)
    assert rules_of(cast.town).version == "2026-11"


def test_what_was_set_counts_from_then_on(cast: Cast) -> None:
    set_rules(
        municipality=cast.town, seen=0, days={"hold_later": 10}, weights={"interests": 2.0}, why="試す", by=cast.nakano
    )
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.PROPOSED)
    held = answer(proposal=proposal, answer=PersonAnswer.LATER, on=TODAY, by=cast.sakura)
    assert (held.held_until_on - TODAY).days == 10
    assert rules_of(cast.town).weights == {"interests": 2.0}
    assert rules_of(cast.town).version == "2026-11.1"
    assert rules_of(cast.next_town).version == "2026-11"


def test_only_what_differs_is_kept_and_the_same_again_is_no_new_version(cast: Cast) -> None:
    for _press in range(2):
        set_rules(
            municipality=cast.town, seen=0, days={"rest": 14, "silence": 30}, weights={"interests": 1.0}, why="短く",
            by=cast.nakano,
        )  # fmt: skip
    row = TownRules.objects.get()
    assert (row.days, row.weights) == ({"silence": 30}, {})


def test_of_two_who_set_the_second_is_told(cast: Cast) -> None:
    set_rules(municipality=cast.town, seen=0, days={"rest": 7}, weights={}, why="一", by=cast.nakano)
    with pytest.raises(RulesChangedMeanwhile):
        set_rules(municipality=cast.town, seen=0, days={"rest": 9}, weights={}, why="二", by=cast.kanri)
    assert TownRules.objects.get().days == {"rest": 7}


@pytest.mark.parametrize(
    ("days", "weights", "why"),
    [
        ({"rest": 0}, {}, "わけ"),
        ({"absences": 99}, {}, "わけ"),
        ({}, {"interests": 7.0}, "わけ"),
        ({}, {"nationality": 1.0}, "わけ"),
        ({"rest": 7}, {}, "  "),
    ],
)
def test_nonsense_is_refused_with_a_sentence(cast: Cast, days: dict, weights: dict, why: str) -> None:
    with pytest.raises(NotPossible):
        set_rules(municipality=cast.town, seen=0, days=days, weights=weights, why=why, by=cast.nakano)
    assert not TownRules.objects.exists()


@pytest.mark.parametrize(
    ("numbers", "cadence", "sentence"),
    [
        ({"walk_kmh": 60}, {}, "歩く速さ"),
        ({"good_fit": 0.5, "fair_fit": 0.6}, {}, "「よく合う」より小さい"),
        ({}, {"person": []}, "節目"),
        ({}, {"host": ["month_24"]}, "節目"),
        ({}, {"person": ["every_day"]}, "節目"),
    ],
)
def test_numbers_and_steps_outside_their_limits_are_refused(
    cast: Cast, numbers: dict, cadence: dict, sentence: str
) -> None:
    with pytest.raises(NotPossible, match=sentence):
        set_rules(
            municipality=cast.town, seen=0, days={}, weights={}, numbers=numbers, cadence=cadence, why="わけ",
            by=cast.nakano,
        )  # fmt: skip
    assert not TownRules.objects.exists()


def test_a_town_of_hills_walks_more_slowly(cast: Cast) -> None:
    place = cast.a_place("川べりのサロン", "かわべりのさろん", latitude=34.3, longitude=134.0, pickup=False)
    client = cast.a_client(home_point="34.316,134.0")
    cast.a_condition(client, "means", True, ["walk"])
    cast.a_condition(client, "max_oneway_minutes", True, 30)
    key = str(place.uuid)
    assert options_for(client).by_key[key].candidate.state is not State.EXCLUDED
    set_rules(
        municipality=cast.town, seen=0, days={}, weights={}, numbers={"walk_kmh": 3}, why="坂が多い", by=cast.nakano
    )
    after = options_for(client)
    assert after.by_key[key].candidate.state is State.EXCLUDED
    assert after.rules.version == "2026-11.1"
    assert TownRules.objects.get().numbers == {"walk_kmh": 3.0}


def test_a_town_asks_at_its_own_steps_from_the_next_beginning_on(cast: Cast) -> None:
    def begun() -> Placement:
        proposal = cast.a_proposal(cast.a_client(), slot=None, state=ProposalState.WELCOMED)
        return begin(proposal=proposal, begins_on=TODAY, by=cast.sakura)

    before = begun()
    set_rules(
        municipality=cast.town, seen=0, days={}, weights={},
        cadence={"person": ["month_2", "week_1"], "host": ["week_2"]},
        why="人が足りない", by=cast.nakano,
    )  # fmt: skip
    after = begun()
    assert [row.step for row in after.follow_ups.all()] == ["week_1", "month_2"]
    assert [row.step for row in after.host_supports.all()] == ["week_2"]
    assert before.follow_ups.count() == 6


def test_weights_change_the_order_never_who_may_come(cast: Cast) -> None:
    client = cast.a_client()
    before = {one.key: one.candidate.state for one in options_for(client).in_order}
    set_rules(
        municipality=cast.town,
        seen=0,
        days={},
        weights={"interests": 0.0, "atmosphere": 2.0},
        why="試す",
        by=cast.nakano,
    )
    assert {one.key: one.candidate.state for one in options_for(client).in_order} == before


def kept(cast: Cast, kind: str, *, stayed: int, left: int) -> None:
    """So many who stayed at such a place for half a year and longer, and so many who left within a month."""
    place = cast.a_place(f"{kind}の場", "ば", kind=kind)
    for number in range(stayed + left):
        begins = TODAY - timedelta(days=300)
        proposal = cast.a_proposal(cast.a_client(), place, slot=None, state=ProposalState.WELCOMED)
        placement = begin(proposal=proposal, begins_on=begins, by=cast.sakura)
        if number >= stayed:
            end(placement=placement, reason="did_not_fit", ends_on=begins + timedelta(days=20), by=cast.sakura)


def test_what_was_learned_is_off_until_a_town_wants_it_and_moves_a_tenth_at_most(cast: Cast) -> None:
    kept(cast, "farm", stayed=20, left=0)
    kept(cast, "cafe", stayed=2, left=20)
    kept(cast, "salon", stayed=3, left=3)
    assert rules_of(cast.town).learned == {}
    set_rules(municipality=cast.town, seen=0, days={}, weights={}, learned=True, why="試す", by=cast.nakano)
    rules = rules_of(cast.town)
    assert set(rules.learned) == {"畑・農園", "カフェ・喫茶"}, "six people teach nothing"
    factors = [rules.learned_factor(kind) for kind in ("畑・農園", "カフェ・喫茶", "サロン")]
    assert factors == [pytest.approx(1.1), pytest.approx(0.9), 1.0]
    # Out of reach of what is learned: who may come, what an answer costs, who is in no list.
    client = cast.a_client()
    learned = options_for(client)
    plain = options_for(client, rules=DEFAULT)
    assert {key: one.candidate.state for key, one in learned.by_key.items()} == {
        key: one.candidate.state for key, one in plain.by_key.items()
    }


@given(st.floats(0, 50), st.floats(0, 1))
def test_no_factor_moves_a_fit_by_more_than_a_tenth(factor: float, value: float) -> None:
    rules = replace(DEFAULT, learned=MappingProxyType({"サロン": factor}))
    criteria = (Criterion("interests", "好きなこと", value, 1.0, ""),)
    moved = Ranking(criteria, rules.learned_factor("サロン")).fit
    assert moved is not None and abs(moved - value) <= 0.1 * value + 1e-9 and moved <= 1


def test_the_way_of_the_work_is_whole() -> None:
    steps = process().steps
    assert set(steps) == set(ProposalState)
    # Everybody can reach a beginning, and from every open step a suggestion can be let go.
    reached, queue = {ProposalState.PROPOSED}, [ProposalState.PROPOSED]
    while queue:
        for following in steps[queue.pop()].next:
            if following not in reached:
                reached.add(following)
                queue.append(following)
    assert reached == set(ProposalState)
    assert all(ProposalState.DECLINED in step.next for state, step in steps.items() if state.is_open)
    assert all(step.do and step.actor for step in steps.values())
