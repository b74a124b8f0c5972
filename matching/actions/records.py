"""Writing down what was done, and what comes next."""

import uuid
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from directory.models import User
from matching import codes
from matching.changes import changed
from matching.choices import RecordVisibility, RecordWay
from matching.models import Client, NextStep, Record


@transaction.atomic
def record(
    *,
    client: Client,
    way: RecordWay,
    words: str,
    by: User,
    form_key: uuid.UUID,
    on: date | None = None,
    visibility: RecordVisibility = RecordVisibility.OFFICE,
    corrects: Record | None = None,
) -> Record:
    """Add one entry to the person's record. Pressing twice (the same `form_key`) writes once."""
    before = Record.objects.filter(form_key=form_key, client=client).first()
    if before is not None:
        return before
    entry = Record.objects.create(
        client=client,
        way=way,
        words=words,
        on=on or timezone.localdate(),
        visibility=visibility,
        by=by,
        corrects=corrects,
        form_key=form_key,
    )
    changed("record.written", client=client, by=by, record=str(entry.uuid), way=way)
    return entry


@transaction.atomic
def next_step(
    *, client: Client, due_on: date, kind: str, by: User | None, words: str = "", at: time | None = None
) -> NextStep:
    """Put in the diary what is to be done next; the same thing on the same day stands there once."""
    codelist = codes.current("next_steps")
    Client.objects.select_for_update().get(pk=client.pk)
    same = client.next_steps.waiting().filter(due_on=due_on, kind=kind, at=at).first()
    if same is not None and same.words == words:
        return same
    step = NextStep.objects.create(
        client=client,
        due_on=due_on,
        at=at,
        kind=codelist[kind].code,
        kind_version=codelist.version,
        words=words,
        made_by=by,
    )
    changed("next_step.made", client=client, by=by, step=str(step.uuid), kind=kind, due_on=due_on.isoformat())
    return step


@transaction.atomic
def finish(*, step: NextStep, by: User) -> NextStep:
    """It has been done today."""
    live = NextStep.objects.select_for_update().get(pk=step.pk)
    if live.done_on is None:
        live.done_on = timezone.localdate()
        live.save()
        changed("next_step.done", client=live.client, by=by, step=str(live.uuid))
    return live
