"""Support that is no place, and existing services, put beside the places of a plan."""

import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching import codes
from matching.changes import changed
from matching.choices import PlanState
from matching.models import Client, Plan, PlanSupport
from matching.refusals import NoPlan, NotPossible


@transaction.atomic
def add_support(
    *,
    client: Client,
    kind: str,
    who: str,
    from_on: date,
    form_key: uuid.UUID,
    by: User,
    what: str = "",
    until_on: date | None = None,
) -> PlanSupport:
    """Put one support into the open plan; the same form sent twice adds once. Raises NoPlan, NotPossible."""
    before = PlanSupport.objects.filter(form_key=form_key, client=client).first()
    if before is not None:
        return before
    if until_on is not None and until_on < from_on:
        raise NotPossible(_("「いつまで」は「いつから」より後の日にしてください。"))
    Client.objects.select_for_update().get(pk=client.pk)
    plan = Plan.objects.filter(client=client).exclude(state=PlanState.CLOSED).first()
    if plan is None:
        raise NoPlan
    codelist = codes.current("supports")
    row = PlanSupport.objects.create(
        client=client,
        plan=plan,
        kind=codelist[kind].code,
        kind_version=codelist.version,
        who=who,
        what=what,
        from_on=from_on,
        until_on=until_on,
        made_by=by,
        form_key=form_key,
    )
    changed("support.added", client=client, by=by, support=str(row.uuid), kind=kind)
    return row


@transaction.atomic
def end_support(*, support: PlanSupport, on: date, by: User, words: str = "") -> PlanSupport:
    """It is over; it stays readable in the plan."""
    live = PlanSupport.objects.select_for_update().get(pk=support.pk)
    if live.ended_on is None:
        if on < live.from_on:
            raise NotPossible(_("始まった日より後の日にしてください。"))
        live.ended_on, live.end_words = on, words
        live.save()
        changed("support.ended", client=live.client, by=by, support=str(live.uuid))
    return live
