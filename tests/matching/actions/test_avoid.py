"""Places to be kept away from."""

import pytest
from django.utils import timezone

from directory.actions.places import merge
from directory.models import HostRequest
from matching.actions.avoidances import avoid, is_avoided, lift
from matching.actions.placements import begin
from matching.actions.proposals import decline, propose, settle, step_back
from matching.actions.requests import ask_host
from matching.actions.visits import plan_visit
from matching.actions.waiting import wait_for_seat
from matching.choices import AvoidanceKind, Consequence, ProposalState
from matching.models import Avoidance, Event, Visit
from matching.options import options_for
from matching.refusals import NotForThisPerson, ValueMissing
from matching.today import diary_of
from tests.matching.cast import TODAY, Cast


@pytest.mark.parametrize("kind", list(AvoidanceKind))
def test_an_avoided_place_is_proposed_to_nobody_and_always_with_the_same_sentence(
    cast: Cast, kind: AvoidanceKind
) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    avoid(client=client, kind=kind, place=cast.place, words="元の夫がいる", by=cast.sakura)
    with pytest.raises(NotForThisPerson) as refusal:
        propose(client=client, place=cast.place, by=cast.sakura, inputs={}, explanation={}, rules_version="1")
    assert str(refusal.value) == str(NotForThisPerson())


def test_the_event_tells_neither_the_place_nor_the_reason(cast: Cast) -> None:
    client = cast.a_client()
    avoid(client=client, kind=AvoidanceKind.DV, place=cast.place, words="元の夫がいる", by=cast.sakura)
    details = str(Event.objects.get(action="avoidance.set").details)
    assert str(cast.place.uuid) not in details
    assert "dv" not in details
    assert "夫" not in details


def test_a_place_that_was_merged_into_another_is_avoided_there_too(cast: Cast) -> None:
    client, old, older = cast.a_client(), cast.a_place("前の名", "まえのな"), cast.a_place("昔の名", "むかしのな")
    cast.a_plan(client)
    avoid(client=client, kind=AvoidanceKind.DV, place=older, by=cast.sakura)
    merge(place=older, into=old, by=cast.kanri)
    merge(place=old, into=cast.place, by=cast.kanri)
    assert is_avoided(client, cast.place)
    assert str(cast.place.uuid) not in options_for(client).by_key
    with pytest.raises(NotForThisPerson):
        propose(client=client, place=cast.place, by=cast.sakura, inputs={}, explanation={}, rules_version="1")


def test_it_is_set_once_and_lifted_without_being_lost(cast: Cast) -> None:
    client = cast.a_client()
    one = avoid(client=client, kind=AvoidanceKind.NG, place=cast.place, by=cast.sakura)
    assert avoid(client=client, kind=AvoidanceKind.NG, place=cast.place, by=cast.sakura) == one
    lift(avoidance=one, by=cast.sakura)
    assert not is_avoided(client, cast.place)
    assert Avoidance.objects.count() == 1


def test_somebody_to_avoid_may_be_named_in_words_but_something_must_be_said(cast: Cast) -> None:
    client = cast.a_client()
    assert avoid(client=client, kind=AvoidanceKind.PERSON, words="近所のKさん", by=cast.sakura).place is None
    for kind in AvoidanceKind:
        with pytest.raises(ValueMissing):
            avoid(client=client, kind=kind, by=cast.sakura)


@pytest.mark.parametrize("kind", list(AvoidanceKind))
def test_what_is_under_way_at_such_a_place_ends_at_once_without_a_word_of_why(cast: Cast, kind: AvoidanceKind) -> None:
    client = cast.a_client()
    cast.a_consent(client)
    asked = cast.a_proposal(client)
    ask_host(proposal=asked, by=cast.sakura)
    visiting = cast.a_proposal(client, state=ProposalState.WELCOMED, role_text="手伝い")
    plan_visit(proposal=visiting, at=timezone.now(), by=cast.sakura)
    held = cast.a_proposal(client, role_text="見る")
    decline(proposal=held, reason="not_now", by=cast.sakura)
    settle(proposal=held, consequence=Consequence.HOLD, by=cast.sakura)
    wait_for_seat(client=client, place=cast.place, by=cast.sakura)
    avoid(client=client, kind=kind, place=cast.place, words="元の夫がいる", by=cast.sakura)
    assert not client.proposals.open().exists()
    assert {row.decline_reason for row in client.proposals.exclude(pk=held.pk)} == {"other"}
    assert not HostRequest.objects.open().exists()
    assert not Visit.objects.filter(result="").exists()
    assert not client.seat_waits.waiting().exists()
    named = [item for item in diary_of(cast.sakura, on=TODAY, days=400).soon if cast.place.name in item.detail]
    assert not named
    for row in client.proposals.all():
        with pytest.raises(NotForThisPerson):
            step_back(proposal=row, by=cast.sakura)


def test_who_takes_part_there_is_talked_to_today_and_decides(cast: Cast) -> None:
    client = cast.a_client()
    placement = begin(proposal=cast.a_proposal(client, state=ProposalState.WELCOMED), begins_on=TODAY, by=cast.sakura)
    avoid(client=client, kind=AvoidanceKind.NG, place=cast.place, by=cast.sakura)
    placement.refresh_from_db()
    assert placement.ends_on is None
    step = client.next_steps.get()
    assert step.due_on == TODAY and cast.place.name not in step.words


def test_a_suggestion_withdrawn_for_safety_by_itself_may_be_set_back(cast: Cast) -> None:
    proposal = cast.a_proposal(cast.a_client())
    decline(proposal=proposal, reason="staff_safety", by=cast.sakura)
    assert step_back(proposal=proposal, by=cast.sakura).state == ProposalState.PROPOSED
