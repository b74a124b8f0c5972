"""この町の決まり: days and weights by version, each with its reason."""

import pytest

from matching import clocks
from matching.actions.proposals import answer
from matching.actions.town_rules import RulesChangedMeanwhile, set_rules
from matching.choices import PersonAnswer, ProposalState
from matching.models import TownRules
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
