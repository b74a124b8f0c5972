"""Going to look, to try, or with company."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching.actions.avoidances import is_avoided
from matching.actions.plans import must_be_agreed
from matching.changes import changed
from matching.choices import ProposalState, VisitKind, VisitResult
from matching.models import Proposal, Visit
from matching.process import process
from matching.refusals import AlreadyRecorded, NotForThisPerson, WrongStep


@transaction.atomic
def plan_visit(
    *,
    proposal: Proposal,
    at: datetime,
    by: User,
    kind: VisitKind = VisitKind.LOOK,
    minutes: int | None = None,
    escort: User | None = None,
    company: str = "",
    arrangements: str = "",
    travel: str = "",
    met_by: str = "",
    signal: str = "",
    bring: str = "",
) -> Visit:
    """Agree on a visit; only where the host said yes. Raises WrongStep, PlanNotAgreed, NotForThisPerson."""
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    planned = live.visits.filter(result="").first()
    if planned is not None:
        return planned
    if not process().may(live.state, ProposalState.VISITING):
        raise WrongStep(_("受け入れ先の「はい」がまだありません。"))
    must_be_agreed(live.plan)
    if is_avoided(live.client, live.place):
        raise NotForThisPerson
    visit = Visit.objects.create(
        municipality=live.municipality,
        proposal=live,
        kind=kind,
        at=at,
        minutes=minutes,
        escort=escort,
        company=company,
        arrangements=arrangements,
        travel=travel,
        met_by=met_by,
        signal=signal,
        bring=bring,
        planned_by=by,
    )
    live.state = ProposalState.VISITING
    live.save()
    changed("visit.planned", client=live.client, by=by, visit=str(visit.uuid), kind=kind)
    return visit


@transaction.atomic
def record_visit(*, visit: Visit, result: VisitResult, by: User, notes: str = "") -> Visit:
    """Write down how it was. Whoever could not come goes back to where a visit can be agreed on again."""
    live = Visit.objects.select_for_update().get(pk=visit.pk)
    if live.result:
        if live.result == result and live.notes == notes:
            return live
        raise AlreadyRecorded
    live.result, live.notes, live.recorded_at = result, notes, timezone.now()
    live.save()
    proposal = Proposal.objects.select_for_update().get(pk=live.proposal_id)
    if proposal.state == ProposalState.VISITING:
        came_before = proposal.visits.filter(result=VisitResult.CAME).exists()
        proposal.state = ProposalState.VISITED if came_before else ProposalState.WELCOMED
        proposal.save()
    changed("visit.recorded", client=proposal.client, by=by, visit=str(live.uuid), result=result)
    return live


@transaction.atomic
def reflect(*, visit: Visit, reflection: str, by: User) -> Visit:
    """What the person says about it afterwards. Raises WrongStep when they did not come."""
    live = Visit.objects.select_for_update().get(pk=visit.pk)
    if live.reflected_on is not None:
        if live.reflection == reflection:
            return live
        raise AlreadyRecorded
    if live.result != VisitResult.CAME:
        raise WrongStep
    live.reflection, live.reflected_on = reflection, timezone.localdate()
    live.save()
    changed("visit.reflected", client=live.proposal.client, by=by, visit=str(live.uuid))
    return live
