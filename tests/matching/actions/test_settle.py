"""What a decline leads to, confirmed by staff; and waiting for a seat."""

from datetime import date, timedelta

import pytest

from matching.actions.avoidances import avoid, lift
from matching.actions.proposals import decline, settle, step_back
from matching.actions.waiting import stop_waiting, wait_for_seat
from matching.candidates.finding import State
from matching.choices import AvoidanceKind, Consequence, ProposalState
from matching.facts_of import person_facts
from matching.forms.staying import proposed_consequence
from matching.models import Event, Proposal, SeatWait
from matching.options import options_for
from matching.refusals import AlreadyRecorded, NotForThisPerson, NotPossible, WrongStep
from matching.today import diary_of
from tests.matching.cast import TODAY, Cast


def declined(cast: Cast, reason: str) -> Proposal:
    return decline(proposal=cast.a_proposal(cast.a_client()), reason=reason, by=cast.sakura)


@pytest.mark.parametrize(
    ("reason", "proposed"),
    [("not_now", "hold"), ("too_far", "near_miss"), ("host_full", "wait_for_seat"), ("host_care", "host_support")],
)
def test_the_list_of_reasons_proposes(cast: Cast, reason: str, proposed: str) -> None:
    assert proposed_consequence(declined(cast, reason)) == proposed


def test_nothing_happens_before_staff_confirm(cast: Cast) -> None:
    full = declined(cast, "host_full")
    assert not SeatWait.objects.exists() and full.consequence == ""


def test_a_hold_comes_back_on_its_day(cast: Cast) -> None:
    held = settle(proposal=declined(cast, "not_now"), consequence=Consequence.HOLD, until_on=TODAY, by=cast.sakura)
    assert held.held_until_on == TODAY
    assert [item.kind for item in diary_of(cast.sakura, on=TODAY).today] == ["proposal"]


def test_a_full_place_is_waited_for_and_a_free_seat_is_news(cast: Cast) -> None:
    full = declined(cast, "host_full")
    slot = cast.slot_of(cast.place)
    slot.free_seats = 0
    slot.save()
    settle(proposal=full, consequence=Consequence.WAIT_FOR_SEAT, by=cast.sakura)
    wait = SeatWait.objects.get()
    assert wait.until_on == date(2027, 1, 23)
    assert not diary_of(cast.sakura, on=TODAY).today
    slot.free_seats = 1
    slot.save()
    item = diary_of(cast.sakura, on=TODAY).today[0]
    assert (item.kind, item.what) == ("seat", "空きが出た。提案するか聞く")
    stop_waiting(wait=wait, by=cast.sakura)
    assert not diary_of(cast.sakura, on=TODAY).today


def test_a_wait_is_looked_at_again_on_its_last_day(cast: Cast) -> None:
    client = cast.a_client()
    slot = cast.slot_of(cast.place)
    slot.free_seats = 0
    slot.save()
    wait_for_seat(client=client, place=cast.place, until_on=TODAY, by=cast.sakura)
    assert [item.what for item in diary_of(cast.sakura, on=TODAY).today] == ["空き待ちを続けるか聞く"]


def test_the_host_is_called_the_same_day(cast: Cast) -> None:
    settle(proposal=declined(cast, "host_care"), consequence=Consequence.HOST_SUPPORT, by=cast.sakura)
    assert [item.what for item in diary_of(cast.sakura, on=TODAY).today] == ["受け入れ先に連絡"]


def test_a_near_miss_is_put_into_the_diary(cast: Cast) -> None:
    for _press in range(2):
        settle(proposal=declined(cast, "too_far"), consequence=Consequence.NEAR_MISS, by=cast.sakura)
    diary = diary_of(cast.sakura, on=TODAY).today
    assert {item.what for item in diary} == {"関係機関に連絡"} and all(
        "手立てをさがす" in item.detail for item in diary
    )


def test_what_is_set_aside_stays_away_until_the_next_plan(cast: Cast) -> None:
    """No remedy and no question leads around a decision; and nothing of it reaches another person."""
    client, other = cast.a_client(), cast.a_client()
    place = cast.a_place("静かな庭", "しずかなにわ")
    proposal = decline(proposal=cast.a_proposal(client, place), reason="staff_better", by=cast.sakura)
    settle(proposal=proposal, consequence=Consequence.HIDE_SLOT, by=cast.sakura)
    key = str(place.uuid)
    assert person_facts(client, today=TODAY).set_aside == {key}
    option = options_for(client, today=TODAY).by_key[key]
    assert option.candidate.state is State.EXCLUDED and option.candidate.near_miss is None
    assert "次のプランまで" in option.stumbles[0]
    assert options_for(other, today=TODAY).by_key[key].candidate.state is not State.EXCLUDED
    client.plans.update(from_on=TODAY + timedelta(days=1))
    assert person_facts(client, today=TODAY).set_aside == frozenset()


def test_lifting_an_avoidance_asks_anew_what_is_to_become_of_what_was_declined(cast: Cast) -> None:
    client = cast.a_client()
    proposal = cast.a_proposal(client)
    row = avoid(client=client, kind=AvoidanceKind.DV, place=cast.place, by=cast.sakura)
    lift(avoidance=row, by=cast.sakura)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.consequence) == (ProposalState.DECLINED, "")
    assert person_facts(client, today=TODAY).set_aside == frozenset()


def test_it_is_settled_once(cast: Cast) -> None:
    full = declined(cast, "host_full")
    for _press in range(2):
        settle(proposal=full, consequence=Consequence.WAIT_FOR_SEAT, by=cast.sakura)
    assert SeatWait.objects.count() == Event.objects.filter(action="proposal.settled").count() == 1
    with pytest.raises(AlreadyRecorded):
        settle(proposal=full, consequence=Consequence.HIDE_SLOT, by=cast.sakura)


def test_only_a_decline_is_settled_and_going_back_forgets_it(cast: Cast) -> None:
    with pytest.raises(WrongStep):
        settle(proposal=cast.a_proposal(cast.a_client()), consequence=Consequence.HOLD, by=cast.sakura)
    settled = settle(proposal=declined(cast, "not_now"), consequence=Consequence.HIDE_SLOT, by=cast.sakura)
    assert step_back(proposal=settled, by=cast.sakura).consequence == ""


def test_nobody_waits_for_a_place_they_keep_away_from_nor_for_yesterday(cast: Cast) -> None:
    client = cast.a_client()
    with pytest.raises(NotPossible):
        wait_for_seat(client=client, place=cast.place, until_on=date(2026, 11, 1), by=cast.sakura)
    avoid(client=client, kind=AvoidanceKind.DV, place=cast.place, by=cast.sakura)
    with pytest.raises(NotForThisPerson):
        wait_for_seat(client=client, place=cast.place, by=cast.sakura)
    assert not SeatWait.objects.exists()


def test_asking_again_may_be_put_off_or_become_something_else(cast: Cast) -> None:
    proposal = decline(proposal=cast.a_proposal(cast.a_client()), reason="health", by=cast.sakura)
    settle(proposal=proposal, consequence=Consequence.HOLD, until_on=date(2026, 12, 1), by=cast.sakura)
    later = settle(proposal=proposal, consequence=Consequence.HOLD, until_on=date(2027, 2, 1), by=cast.sakura)
    assert later.held_until_on == date(2027, 2, 1)
    done = settle(proposal=proposal, consequence=Consequence.NEAR_MISS, by=cast.sakura)
    assert (done.consequence, done.held_until_on) == (Consequence.NEAR_MISS, None)
