"""Calling hosts: the twin of the follow-ups, with the burden they feel."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from directory.models import User
from matching import clocks
from matching.changes import changed
from matching.choices import RecordWay, SupportStep, months_after
from matching.models import HostSupport, Placement, Proposal
from matching.refusals import AlreadyRecorded, WrongStep


@transaction.atomic
def record_call(
    *,
    support: HostSupport,
    way: RecordWay,
    by: User,
    burden: int | None = None,
    words: str = "",
    on: date | None = None,
    next_on: date | None = None,
) -> HostSupport:
    """Write down a talk with the host that stood in the diary; `next_on` puts the next one there."""
    live = HostSupport.objects.select_for_update().get(pk=support.pk)
    if live.on is not None:
        if (live.way, live.burden, live.words) == (way, burden, words):
            return live
        raise AlreadyRecorded
    if live.cancelled_at is not None:
        raise WrongStep
    live.way, live.burden, live.words, live.by = way, burden, words, by
    live.on = on or timezone.localdate()
    live.save()
    _keep_calling(live.placement, last_on=live.on, next_on=next_on)
    changed("host.supported", client=live.placement.client, by=by, support=str(live.uuid), burden=burden)
    return live


@transaction.atomic
def log_call(
    *,
    placement: Placement,
    way: RecordWay,
    by: User,
    burden: int | None = None,
    words: str = "",
    on: date | None = None,
    next_on: date | None = None,
) -> HostSupport:
    """Write down a talk with the host that nobody had planned; the same words on the same day stand there once."""
    day = on or timezone.localdate()
    Placement.objects.select_for_update().get(pk=placement.pk)
    for support in placement.host_supports.filter(on=day, way=way, burden=burden, by=by):
        if support.words == words:
            return support
    support = HostSupport.objects.create(
        municipality=placement.municipality,
        placement=placement,
        place=placement.place,
        step=SupportStep.OTHER,
        due_on=day,
        on=day,
        by=by,
        way=way,
        burden=burden,
        words=words,
    )
    _keep_calling(placement, last_on=day, next_on=next_on)
    changed("host.supported", client=placement.client, by=by, support=str(support.uuid), burden=burden)
    return support


def _keep_calling(placement: Placement, *, last_on: date, next_on: date | None) -> None:
    """The call that was agreed on; and while the placement runs, never a diary without a next call."""
    if next_on is not None:
        agree_on_call(placement=placement, due_on=next_on)
    elif placement.ends_on is None and not placement.host_supports.waiting().exists():
        months = clocks.of(placement.municipality)["host_call"]
        HostSupport.objects.create(
            municipality=placement.municipality,
            placement=placement,
            place=placement.place,
            step=SupportStep.REGULAR,
            due_on=months_after(last_on, months),
        )


def agree_on_call(*, placement: Placement, due_on: date) -> HostSupport:
    """A call on an agreed day; one a day."""
    support, _is_new = HostSupport.objects.get_or_create(
        placement=placement,
        step=SupportStep.AGREED,
        due_on=due_on,
        on=None,
        cancelled_at=None,
        defaults={"municipality": placement.municipality, "place": placement.place},
    )
    return support


def call_soon(*, proposal: Proposal, on: date) -> HostSupport | None:
    """The host asked for a call, or feels a heavy burden; without a running placement the letter itself shows it."""
    placement = Placement.objects.running().filter(proposal=proposal).first()
    return agree_on_call(placement=placement, due_on=on) if placement else None
