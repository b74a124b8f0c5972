"""Nothing that waits for staff stands without a day: every step has its clock, and nobody is forgotten in peace."""

from datetime import date, timedelta

import pytest

from matching.actions.clients import set_state
from matching.actions.proposals import decline, settle
from matching.actions.town_rules import set_rules
from matching.choices import ClientState, Consequence, ProposalState
from matching.models import Proposal
from matching.today import diary_of
from tests.matching.cast import TODAY, Cast


def waiting(cast: Cast, state: str) -> Proposal:
    return cast.a_proposal(cast.a_client(), state=state, state_on=TODAY - timedelta(days=29))


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        ("wanted", 7, "受け入れ先にたずねる"),
        ("talking", 7, "受け入れ先と話し"),
        ("welcomed", 14, "見学の日を決める"),
        ("visited", 14, "ふり返る"),
    ],
)
def test_a_step_that_waits_for_staff_is_due_by_its_clock(cast: Cast, state: str, days: int, words: str) -> None:
    waiting(cast, state)
    (item,) = diary_of(cast.sakura, on=TODAY).late
    assert item.due_on == TODAY - timedelta(days=29 - days)
    assert words in item.what and item.detail == cast.place.name


def test_the_clock_begins_anew_with_every_step_and_is_the_towns(cast: Cast) -> None:
    proposal = Proposal.objects.get(pk=waiting(cast, "talking").pk)
    proposal.state = ProposalState.WELCOMED
    proposal.save()
    assert proposal.state_on == TODAY
    proposal.save()
    set_rules(municipality=cast.town, seen=0, days={"to_visit": 3}, weights={}, why="早く", by=cast.nakano)
    (item,) = diary_of(cast.sakura, on=TODAY).soon
    assert item.due_on == TODAY + timedelta(days=3)


def test_a_decline_waits_until_somebody_says_what_follows(cast: Cast) -> None:
    proposal = decline(proposal=cast.a_proposal(cast.a_client()), reason="host_care", by=cast.sakura)
    (item,) = diary_of(cast.sakura, on=TODAY).soon
    assert (item.what, item.due_on) == ("見送りのあとを決める", TODAY + timedelta(days=7))
    settle(proposal=proposal, consequence=Consequence.NEAR_MISS, by=cast.sakura)
    assert not diary_of(cast.sakura, on=TODAY).soon


@pytest.mark.parametrize("state", [ClientState.PAUSED, ClientState.WAITING])
def test_who_pauses_is_spoken_to_again(cast: Cast, state: ClientState) -> None:
    client = cast.a_client()
    set_state(client=client, state=state, by=cast.sakura)
    assert client.next_steps.get().due_on == date(2027, 2, 22)
    client.refresh_from_db()
    assert client.next_on == date(2027, 2, 22)
