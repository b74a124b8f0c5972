"""Making a plan, asking the 狭間 question, agreeing on it, closing it."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching.actions.records import record
from matching.changes import changed
from matching.choices import GapAnswer, PlanKind, PlanState, ProposalState, RecordWay
from matching.models import Client, Plan
from matching.refusals import EditedMeanwhile, NotAnsweredGap, PlanNotAgreed, WrongStep


@transaction.atomic
def make_plan(
    *,
    client: Client,
    goal: str,
    by: User,
    steps: str = "",
    gap: str = "",
    gap_words: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> Plan:
    """Draft a plan in the person's words; while one is open, that one is returned."""
    Client.objects.select_for_update().get(pk=client.pk)
    current = client.plans.exclude(state=PlanState.CLOSED).first()
    if current is not None:
        return current
    last = client.plans.aggregate(last=Max("serial"))["last"] or 0
    plan = Plan.objects.create(
        client=client,
        serial=last + 1,
        kind=PlanKind.AGAIN if last else PlanKind.FIRST,
        goal=goal,
        steps=steps,
        gap=gap,
        gap_words=gap_words,
        gap_asked_on=timezone.localdate() if gap else None,
        from_on=from_on or timezone.localdate(),
        until_on=until_on,
        made_by=by,
    )
    changed("plan.made", client=client, by=by, plan=str(plan.uuid), kind=plan.kind)
    return plan


@transaction.atomic
def change_plan(
    *,
    plan: Plan,
    edit_version: int,
    by: User,
    goal: str,
    steps: str,
    gap: str,
    gap_words: str,
    from_on: date,
    until_on: date | None,
) -> Plan:
    """Change an open plan. Raises EditedMeanwhile with both texts, WrongStep when it is closed."""
    live = Plan.objects.select_for_update().get(pk=plan.pk)
    mine = {
        "goal": goal,
        "steps": steps,
        "gap": gap,
        "gap_words": gap_words,
        "from_on": from_on,
        "until_on": until_on,
    }
    different = {name: value for name, value in mine.items() if getattr(live, name) != value}
    if not different:
        return live
    if live.state == PlanState.CLOSED:
        raise WrongStep
    if live.edit_version != edit_version:
        raise EditedMeanwhile({name: getattr(live, name) for name in different}, different)
    if live.state == PlanState.AGREED and not gap:
        raise NotAnsweredGap
    if live.gap and {"gap", "gap_words"} & set(different):
        _keep_gap(live, by)
    for name, value in different.items():
        setattr(live, name, value)
    if "gap" in different:
        live.gap_asked_on = timezone.localdate() if gap else None
    live.edit_version += 1
    live.save()
    changed("plan.changed", client=live.client, by=by, plan=str(live.uuid), fields=sorted(different))
    return live


def _keep_gap(plan: Plan, by: User) -> None:
    """The answer that stood before, as an entry: what was asked of the existing schemes stays readable."""
    said = {"answer": GapAnswer(plan.gap).label, "words": plan.gap_words}
    words = _("既存の制度では対応できないか（前の答え）: %(answer)s　%(words)s") % said
    record(client=plan.client, way=RecordWay.AGENCY, words=words, by=by, form_key=uuid.uuid4())


def must_be_agreed(plan: Plan) -> None:
    """参加支援 goes on outside only under a plan agreed with the person, for which the existing schemes were asked.

    Raises PlanNotAgreed.
    """
    if plan.state != PlanState.AGREED or plan.gap not in GapAnswer.values:
        raise PlanNotAgreed


@transaction.atomic
def agree(*, plan: Plan, by: User, on: date | None = None) -> Plan:
    """The person agrees; only after it was asked whether the existing schemes cannot answer. Raises NotAnsweredGap."""
    live = Plan.objects.select_for_update().get(pk=plan.pk)
    if live.state == PlanState.AGREED:
        return live
    if live.state == PlanState.CLOSED:
        raise WrongStep
    if live.gap not in GapAnswer.values:
        raise NotAnsweredGap
    live.state, live.agreed_on = PlanState.AGREED, on or timezone.localdate()
    live.save()
    changed("plan.agreed", client=live.client, by=by, plan=str(live.uuid), gap=live.gap)
    return live


@transaction.atomic
def close_plan(*, plan: Plan, by: User) -> Plan:
    """The plan is over; the next one will be a 再プラン. Raises WrongStep while anything of it is open or running."""
    live = Plan.objects.select_for_update().get(pk=plan.pk)
    if live.state == PlanState.CLOSED:
        return live
    if live.proposals.open().exists() or live.proposals.filter(state=ProposalState.BEGUN).exists():
        raise WrongStep(_("すすめている提案や、参加している場があります。先にそれを終えてください。"))
    live.state, live.closed_on = PlanState.CLOSED, timezone.localdate()
    live.save()
    changed("plan.closed", client=live.client, by=by, plan=str(live.uuid))
    return live
