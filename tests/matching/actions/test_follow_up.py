"""Follow-ups are recorded once, and leave the diary."""

from datetime import date

import pytest

from matching.actions.follow_ups import record_follow_up
from matching.actions.placements import begin, end
from matching.choices import ProposalState, Regularity
from matching.models import FollowUp
from matching.refusals import AlreadyRecorded, WrongStep
from tests.matching.cast import TODAY, Cast


def the_first(cast: Cast) -> FollowUp:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    placement = begin(proposal=proposal, begins_on=date(2026, 11, 17), by=cast.sakura)
    return placement.follow_ups.get(step="week_1")


def test_what_is_recorded_leaves_the_diary(cast: Cast) -> None:
    first = the_first(cast)
    assert list(FollowUp.objects.due(on=TODAY)) == [first]
    done = record_follow_up(
        follow_up=first, regularity=Regularity.MOSTLY, self_rating=4, worker_rating=3, words="楽しい", by=cast.sakura
    )
    assert (done.done_on, done.done_by) == (TODAY, cast.sakura)
    assert not FollowUp.objects.due(on=TODAY)


def test_it_is_recorded_once(cast: Cast) -> None:
    first = the_first(cast)
    for _press in range(2):
        record_follow_up(follow_up=first, regularity=Regularity.MOSTLY, words="楽しい", by=cast.sakura)
    with pytest.raises(AlreadyRecorded):
        record_follow_up(follow_up=first, regularity=Regularity.NOT, by=cast.sakura)


def test_after_the_end_nothing_is_asked_any_more(cast: Cast) -> None:
    first = the_first(cast)
    end(placement=first.placement, reason="moved", ends_on=TODAY, by=cast.sakura)
    with pytest.raises(WrongStep):
        record_follow_up(follow_up=first, regularity=Regularity.MOSTLY, by=cast.sakura)
