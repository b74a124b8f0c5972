"""Ending: always with a typed reason; the seat is free again, the diary clear."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from matching import codes
from matching.actions.placements import begin, end
from matching.choices import ProposalState
from matching.models import Placement, Proposal
from matching.refusals import WrongStep
from tests.matching.cast import Cast


def begun(cast: Cast) -> Placement:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return begin(proposal=proposal, begins_on=date(2026, 10, 1), by=cast.sakura)


@pytest.mark.parametrize("reason", list(codes.current("end_reasons").codes))
def test_every_end_frees_the_seat_and_clears_the_diary(cast: Cast, reason: str) -> None:
    placement = end(placement=begun(cast), reason=reason, ends_on=date(2026, 11, 24), by=cast.sakura)
    assert cast.slot_of(cast.place).free_seats == 1
    assert not placement.follow_ups.waiting().exists()
    assert not placement.host_supports.waiting().exists()
    assert Proposal.objects.get().state == ProposalState.ENDED
    assert (placement.end_reason, placement.end_version) == (reason, "2026-04")


def test_ending_twice_frees_one_seat(cast: Cast) -> None:
    placement = begun(cast)
    for _press in range(2):
        end(placement=placement, reason="graduated", ends_on=date(2026, 11, 24), by=cast.sakura)
    assert cast.slot_of(cast.place).free_seats == 1


def test_an_end_needs_a_reason_of_the_list_and_a_day_after_the_beginning(cast: Cast) -> None:
    placement = begun(cast)
    with pytest.raises(codes.UnknownCode):
        end(placement=placement, reason="lost interest", ends_on=date(2026, 11, 24), by=cast.sakura)
    with pytest.raises(WrongStep):
        end(placement=placement, reason="moved", ends_on=date(2026, 9, 1), by=cast.sakura)
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.update(ends_on=date(2026, 11, 24), holds_seat=False)
