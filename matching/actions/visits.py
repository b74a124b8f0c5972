"""Going to look, to try, or with company."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching.actions.avoidances import is_avoided
from matching.actions.plans import must_be_agreed
from matching.actions.requests import tell_the_day
from matching.changes import changed
from matching.choices import ProposalState, VisitKind, VisitResult
from matching.models import Proposal, Visit
from matching.process import process
from matching.refusals import AlreadyRecorded, EditedMeanwhile, NotForThisPerson, NotPossible, WrongStep


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
    tell_the_day(live, at)
    changed("visit.planned", client=live.client, by=by, visit=str(visit.uuid), kind=kind)
    return visit


EDITABLE = ("kind", "at", "minutes", "escort", "company", "arrangements", "travel", "met_by", "signal", "bring")


@transaction.atomic
def change_visit(*, visit: Visit, edit_version: int, by: User, **facts: Any) -> Visit:
    """Another day, another way, another escort: any of EDITABLE, until it is recorded how it was.

    The host's page shows the new day. Raises EditedMeanwhile with both texts, AlreadyRecorded, NotForThisPerson.
    """
    unknown = set(facts) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not changed here: {', '.join(sorted(unknown))}")
    live = Visit.objects.select_for_update().get(pk=visit.pk)
    different = {name: value for name, value in facts.items() if getattr(live, name) != value}
    if not different:  # Pressed twice, or nothing changed.
        return live
    if live.result:
        raise AlreadyRecorded
    if live.edit_version != edit_version:
        raise EditedMeanwhile(
            {name: _in_words(live, name, getattr(live, name)) for name in different},
            {name: _in_words(live, name, value) for name, value in different.items()},
        )
    if is_avoided(live.proposal.client, live.proposal.place):
        raise NotForThisPerson
    for name, value in different.items():
        setattr(live, name, value)
    live.edit_version += 1
    live.save()
    if "at" in different:
        tell_the_day(live.proposal, live.at)
    changed("visit.changed", client=live.proposal.client, by=by, visit=str(live.uuid), fields=sorted(different))
    return live


def _in_words(visit: Visit, name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, User):
        return value.name
    return str(VisitKind(value).label) if name == "kind" else str(value if value is not None else "")


@transaction.atomic
def record_visit(*, visit: Visit, result: VisitResult, by: User, notes: str = "") -> Visit:
    """Write down how it was. Whoever could not come goes back to where a visit can be agreed on again."""
    live = Visit.objects.select_for_update().get(pk=visit.pk)
    if live.result:
        if live.result == result and live.notes == notes:
            return live
        raise AlreadyRecorded
    if result != VisitResult.CALLED_OFF and timezone.localdate(live.at) > timezone.localdate():
        raise NotPossible(_("まだその日になっていません。日が変わったときは「約束を変える」で直してください。"))
    live.result, live.notes, live.recorded_at = result, notes, timezone.now()
    live.save()
    proposal = Proposal.objects.select_for_update().get(pk=live.proposal_id)
    if proposal.state == ProposalState.VISITING:
        came_before = proposal.visits.filter(result=VisitResult.CAME).exists()
        proposal.state = ProposalState.VISITED if came_before else ProposalState.WELCOMED
        proposal.save()
    tell_the_day(proposal, None)
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
