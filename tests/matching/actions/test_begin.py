"""Beginning: a seat is taken once, six follow-ups and three calls stand in the diary."""

import threading
from datetime import date

import pytest
from django.db import connection

from matching.actions.placements import begin
from matching.actions.plans import close_plan
from matching.actions.waiting import wait_for_seat
from matching.choices import FollowUpStep, PlanState, ProposalState, Stage
from matching.models import Event, Placement
from matching.refusals import NoFreeSeat, PlanNotAgreed, WrongStep
from tests.matching.cast import TODAY, Cast


def test_six_follow_ups_and_three_calls_are_made(cast: Cast) -> None:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    placement = begin(proposal=proposal, begins_on=date(2026, 11, 30), by=cast.sakura)
    assert [follow_up.due_on for follow_up in placement.follow_ups.all()] == [
        date(2026, 12, 7),
        date(2026, 12, 14),
        date(2026, 12, 30),
        date(2027, 2, 28),
        date(2027, 5, 30),
        date(2027, 11, 30),
    ]
    assert [call.step for call in placement.host_supports.all()] == ["week_1", "month_1", "month_3"]
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.BEGUN


def test_a_month_after_the_last_day_is_the_last_day(cast: Cast) -> None:
    assert FollowUpStep.MONTH_1.due_after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert FollowUpStep.MONTH_12.due_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_pressing_twice_begins_once_and_takes_one_seat(cast: Cast) -> None:
    slot = cast.slot_of(cast.place)
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.VISITED)
    assert begin(proposal=proposal, begins_on=date(2026, 11, 30), by=cast.sakura) == begin(
        proposal=proposal, begins_on=date(2026, 11, 30), by=cast.sakura
    )
    slot.refresh_from_db()
    assert slot.free_seats == 0
    assert Event.objects.filter(action="placement.begun").count() == 1


def test_the_last_seat_is_given_once(cast: Cast) -> None:
    one, other = (cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED) for _person in range(2))
    begin(proposal=one, begins_on=date(2026, 11, 30), by=cast.sakura)
    with pytest.raises(NoFreeSeat):
        begin(proposal=other, begins_on=date(2026, 11, 30), by=cast.sakura)
    other.refresh_from_db()
    assert other.state == ProposalState.WELCOMED


def test_nobody_begins_before_the_host_said_yes(cast: Cast) -> None:
    for state in (ProposalState.WANTED, ProposalState.ASKED, ProposalState.VISITING):
        proposal = cast.a_proposal(cast.a_client(), state=state)
        with pytest.raises(WrongStep):
            begin(proposal=proposal, begins_on=date(2026, 11, 30), by=cast.sakura)
    assert not Placement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_seat_at_the_same_moment_one_gets_it() -> None:
    cast = Cast()
    proposals = [cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED) for _person in range(2)]
    ends: list[str] = []
    gate = threading.Barrier(2)

    def press(number: int) -> None:
        try:
            gate.wait()
            begin(proposal=proposals[number], begins_on=date(2026, 11, 30), by=cast.sakura)
            ends.append("begun")
        except NoFreeSeat:
            ends.append("no seat")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["begun", "no seat"]
    assert cast.slot_of(cast.place).free_seats == 0
    assert Placement.objects.count() == 1


def test_beginning_ends_the_wait_for_a_seat_there_and_keeps_the_stage(cast: Cast) -> None:
    client = cast.a_client()
    wait_for_seat(client=client, place=cast.place, by=cast.sakura)
    proposal = cast.a_proposal(client, state=ProposalState.WELCOMED)
    assert begin(proposal=proposal, begins_on=TODAY, stage=Stage.ROLE, by=cast.sakura).stage == Stage.ROLE
    assert not client.seat_waits.waiting().exists()
    with pytest.raises(WrongStep):
        close_plan(plan=client.plans.get(), by=cast.sakura)


def test_nobody_begins_under_a_plan_that_is_only_a_draft(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_plan(client, state=PlanState.DRAFT, gap="", gap_asked_on=None, agreed_on=None)
    with pytest.raises(PlanNotAgreed):
        begin(proposal=cast.a_proposal(client, state=ProposalState.WELCOMED), begins_on=TODAY, by=cast.sakura)
