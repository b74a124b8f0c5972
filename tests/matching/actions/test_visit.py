"""Visits: agreed on after the host's yes, recorded once, reflected on with the person."""

from datetime import datetime

import pytest
from django.utils import timezone

from matching.actions.visits import plan_visit, record_visit, reflect
from matching.choices import ProposalState, VisitResult
from matching.models import Visit
from matching.refusals import AlreadyRecorded, WrongStep
from tests.matching.cast import Cast

AT = timezone.make_aware(datetime(2026, 11, 20, 11, 20))


def planned(cast: Cast) -> Visit:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return plan_visit(proposal=proposal, at=AT, escort=cast.sakura, arrangements="玄関で待ち合わせ", by=cast.sakura)


def test_a_visit_needs_the_hosts_yes(cast: Cast) -> None:
    with pytest.raises(WrongStep):
        plan_visit(proposal=cast.a_proposal(cast.a_client()), at=AT, by=cast.sakura)


def test_one_visit_is_planned_at_a_time(cast: Cast) -> None:
    visit = planned(cast)
    assert visit.proposal.state == ProposalState.VISITING
    assert plan_visit(proposal=visit.proposal, at=AT, by=cast.sakura) == visit


@pytest.mark.parametrize(
    "result, state", [(VisitResult.CAME, ProposalState.VISITED), (VisitResult.ABSENT, ProposalState.WELCOMED)]
)
def test_after_the_visit_it_goes_on_or_can_be_agreed_on_again(
    cast: Cast, result: VisitResult, state: ProposalState
) -> None:
    visit = record_visit(visit=planned(cast), result=result, notes="20分いた", by=cast.sakura)
    visit.proposal.refresh_from_db()
    assert visit.proposal.state == state
    assert plan_visit(proposal=visit.proposal, at=AT, by=cast.sakura) != visit


def test_a_visit_is_recorded_once(cast: Cast) -> None:
    visit = planned(cast)
    for _press in range(2):
        record_visit(visit=visit, result=VisitResult.CAME, notes="静かで安心した", by=cast.sakura)
    with pytest.raises(AlreadyRecorded):
        record_visit(visit=visit, result=VisitResult.ABSENT, by=cast.sakura)


def test_only_a_visit_made_is_reflected_on(cast: Cast) -> None:
    visit = planned(cast)
    with pytest.raises(WrongStep):
        reflect(visit=visit, reflection="よかった", by=cast.sakura)
    record_visit(visit=visit, result=VisitResult.CAME, by=cast.sakura)
    assert reflect(visit=visit, reflection="窓ぎわがよかった", by=cast.sakura).reflected_on is not None
    with pytest.raises(AlreadyRecorded):
        reflect(visit=visit, reflection="ほか", by=cast.sakura)
