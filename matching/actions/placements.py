"""Beginning to take part, and ending."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Slot, User
from matching import clocks, codes
from matching.actions.avoidances import is_avoided
from matching.actions.plans import must_be_agreed
from matching.actions.requests import close_letters
from matching.actions.waiting import stop_waiting
from matching.changes import changed
from matching.choices import ProposalState, Stage, SupportStep
from matching.models import FollowUp, HostSupport, Placement, Proposal
from matching.process import process
from matching.refusals import NoFreeSeat, NotForThisPerson, WrongStep


@transaction.atomic
def begin(*, proposal: Proposal, begins_on: date, by: User, agreed: str = "", stage: Stage = Stage.PLACE) -> Placement:
    """Begin a placement: take a seat, put the town's follow-ups and calls to the host in the diary.

    A wait for a seat there is over. Pressing twice begins once. Raises WrongStep before the host said yes,
    PlanNotAgreed, NotForThisPerson, NoFreeSeat when the last seat has gone.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    existing = Placement.objects.filter(proposal=live).first()
    if existing is not None:
        return existing
    if live.state == ProposalState.VISITING:
        raise WrongStep(_("先に、決まっている見学・同行の記録を書いてください。"))
    if not process().may(live.state, ProposalState.BEGUN):
        raise WrongStep(_("受け入れ先の「はい」がまだありません。"))
    must_be_agreed(live.plan)
    if is_avoided(live.client, live.place):
        raise NotForThisPerson
    _take_seat(live.slot)
    placement = Placement.objects.create(
        client=live.client,
        proposal=live,
        place=live.place,
        slot=live.slot,
        holds_seat=live.slot is not None,
        role_text=live.role_text,
        role_uuid=live.role_uuid,
        begins_on=begins_on,
        begun_by=by,
        agreed=agreed,
        stage=stage,
    )
    _fill_diary(placement)
    for wait in live.client.seat_waits.waiting().filter(place=live.place):
        stop_waiting(wait=wait, by=by)
    live.state = ProposalState.BEGUN
    live.save()
    changed("placement.begun", client=live.client, by=by, placement=str(placement.uuid), place=str(live.place.uuid))
    return placement


@transaction.atomic
def end(*, placement: Placement, reason: str, ends_on: date, by: User, words: str = "") -> Placement:
    """End a placement with a reason of the list `end_reasons`; gives the seat back and clears the diary.

    Raises UnknownCode; WrongStep when it would end before it began.
    """
    codelist = codes.current("end_reasons", on=ends_on)
    code = codelist[reason]
    live = Placement.objects.select_for_update().get(pk=placement.pk)
    if live.ends_on is not None:
        return live
    if ends_on < live.begins_on:
        raise WrongStep
    if live.holds_seat:
        _give_seat_back(live.slot)
    live.ends_on, live.end_reason, live.end_version = ends_on, code.code, codelist.version
    live.end_words, live.ended_by, live.holds_seat = words, by, False
    live.rests_from_on = live.ask_again_on = None
    live.save()
    now = timezone.now()
    live.follow_ups.waiting().update(cancelled_at=now)
    live.host_supports.waiting().update(cancelled_at=now)
    Proposal.objects.filter(pk=live.proposal_id).update(state=ProposalState.ENDED)
    close_letters(live.proposal)
    changed("placement.ended", client=live.client, by=by, placement=str(live.uuid), reason=reason)
    return live


def _take_seat(slot: Slot | None) -> None:
    if slot is None:
        return
    # One statement: of two who take the last seat at the same moment, one finds it gone.
    taken = Slot.objects.filter(pk=slot.pk, is_open=True, free_seats__gt=0).update(free_seats=F("free_seats") - 1)
    if not taken:
        raise NoFreeSeat


def _give_seat_back(slot: Slot | None) -> None:
    if slot is None:
        return
    Slot.objects.filter(pk=slot.pk, free_seats__lt=F("seats")).update(free_seats=F("free_seats") + 1)


def _fill_diary(placement: Placement) -> None:
    for step in clocks.cadence_of(placement.municipality, "person"):
        FollowUp.objects.create(
            municipality=placement.municipality,
            placement=placement,
            step=step,
            due_on=step.due_after(placement.begins_on),
        )
    for step in clocks.cadence_of(placement.municipality, "host"):
        HostSupport.objects.create(
            municipality=placement.municipality,
            placement=placement,
            place=placement.place,
            step=SupportStep(step.value),
            due_on=step.due_after(placement.begins_on),
        )
