"""Suggesting a place, the person's answer, declining, and going one step back."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import HostAnswer
from directory.models import Activity, Place, Role, Slot, User
from matching import clocks, codes
from matching.actions.avoidances import is_avoided, is_kept_away
from matching.actions.records import next_step, record
from matching.actions.waiting import wait_for_seat
from matching.changes import changed
from matching.choices import Consequence, DeclineSide, PersonAnswer, PlanState, ProposalState, RecordWay, VisitResult
from matching.models import Client, Plan, Proposal
from matching.process import process
from matching.refusals import AlreadyAnswered, AlreadyRecorded, NoPlan, NotForThisPerson, WrongStep

# Where each answer of the person leads.
REPLIES = {
    PersonAnswer.WANT: ProposalState.WANTED,
    PersonAnswer.SEE_FIRST: ProposalState.WANTED,
    PersonAnswer.LATER: ProposalState.HELD,
    PersonAnswer.NOT_NOW: ProposalState.HELD,
    PersonAnswer.NO: ProposalState.DECLINED,
}


@transaction.atomic
def propose(
    *,
    client: Client,
    place: Place,
    by: User,
    inputs: dict[str, Any],
    explanation: dict[str, Any],
    rules_version: str,
    band: str = "",
    activity: Activity | None = None,
    role: Role | None = None,
    slot: Slot | None = None,
    against_order: str = "",
    on: date | None = None,
) -> Proposal:
    """Suggest a place to a person under their open plan; what the judgement saw and said is frozen.

    Nobody outside learns of it. While the same suggestion is open it is returned. Raises NoPlan, NotForThisPerson.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    plan = Plan.objects.filter(client=client).exclude(state=PlanState.CLOSED).first()
    if plan is None:
        raise NoPlan
    if is_avoided(client, place):
        raise NotForThisPerson
    activity = activity or (role.activity if role else None) or (slot.activity if slot else None)
    role = role or (slot.role if slot else None)
    texts = {"activity_text": activity.name if activity else "", "role_text": str(role) if role else ""}
    same = Proposal.objects.open().filter(client=client, place=place, **texts).first()
    if same is not None:
        return same
    day = on or timezone.localdate()
    proposal = Proposal.objects.create(
        client=client,
        plan=plan,
        place=place,
        activity_uuid=activity.uuid if activity else None,
        role_uuid=role.uuid if role else None,
        slot=slot,
        inputs=inputs,
        explanation=explanation,
        rules_version=rules_version,
        band=band,
        against_order=against_order,
        proposed_by=by,
        proposed_on=day,
        reply_by_on=clocks.after(day, clocks.of(client.municipality)["person_reply"]),
        **texts,
    )
    changed("proposal.made", client=client, by=by, proposal=str(proposal.uuid), place=str(place.uuid), band=band)
    return proposal


@transaction.atomic
def answer(
    *,
    proposal: Proposal,
    answer: PersonAnswer,
    by: User,
    words: str = "",
    on: date | None = None,
    held_until_on: date | None = None,
) -> Proposal:
    """Write down what the person says. A "no" declines this one suggestion and costs nothing else.

    保留 and 今はしない come back on their day; said again, they are prolonged. What was said before is kept as an
    entry. Raises AlreadyAnswered when another answer stands, NotForThisPerson when the place is avoided now.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if (live.person_answer, live.person_words) == (answer, words) and held_until_on in (None, live.held_until_on):
        return live
    # An answer is taken wherever the way may lead on with a yes.
    if not process().may(live.state, ProposalState.WANTED):
        raise AlreadyAnswered
    if answer != PersonAnswer.NO and is_avoided(live.client, live.place):
        raise NotForThisPerson
    if (live.person_answer, live.person_words) != (answer, words):
        _keep_words(live, by)
    day, days = on or timezone.localdate(), clocks.of(live.municipality)
    live.person_answer, live.person_words, live.answered_on = answer, words, day
    live.held_until_on = None
    live.state = REPLIES[PersonAnswer(answer)]
    match PersonAnswer(answer):
        case PersonAnswer.LATER:
            live.held_until_on = held_until_on or clocks.after(day, days["hold_later"])
        case PersonAnswer.NOT_NOW:
            live.held_until_on = held_until_on or clocks.after(day, days["hold_not_now"])
        case PersonAnswer.NO:
            _set_declined(live, reason="dislikes", on=day)
    live.save()
    changed("proposal.answered", client=live.client, by=by, proposal=str(live.uuid), answer=answer)
    return live


@transaction.atomic
def decline(*, proposal: Proposal, reason: str, by: User | None, words: str = "", on: date | None = None) -> Proposal:
    """Let a suggestion go, with a typed reason of the list `decline_reasons`. Open requests and visits are called off.

    Raises UnknownCode, WrongStep when it has begun or ended. `by` is None when a host's letter declined.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if live.state == ProposalState.DECLINED:
        return live
    process().must_allow(live.state, ProposalState.DECLINED)
    _call_off(live, by)
    _set_declined(live, reason=reason, on=on or timezone.localdate())
    live.decline_words = words
    live.held_until_on = None
    live.save()
    changed("proposal.declined", client=live.client, by=by, proposal=str(live.uuid), reason=reason)
    return live


@transaction.atomic
def settle(*, proposal: Proposal, consequence: Consequence, by: User, until_on: date | None = None) -> Proposal:
    """Confirm what a decline leads to: asked again on a day, a wait for a seat, a call to the host, or nothing more.

    また聞く may be prolonged, or become something else. Raises WrongStep where it is not declined; AlreadyRecorded when
    something else was confirmed.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if live.state != ProposalState.DECLINED:
        raise WrongStep
    if live.consequence == consequence and until_on in (None, live.held_until_on):
        return live
    if live.consequence not in ("", Consequence.HOLD):
        raise AlreadyRecorded
    live.held_until_on = None
    today, days = timezone.localdate(), clocks.of(live.municipality)
    match Consequence(consequence):
        case Consequence.HOLD:
            live.held_until_on = until_on or clocks.after(today, days["hold_not_now"])
        case Consequence.WAIT_FOR_SEAT:
            wait_for_seat(client=live.client, place=live.place, slot=live.slot, until_on=until_on, by=by)
        case Consequence.NEAR_MISS:
            words = str(_("%(place)s: あと一歩の手立てをさがす") % {"place": live.place.name})
            next_step(client=live.client, due_on=until_on or today, kind="agency", words=words, by=by)
        case Consequence.HOST_SUPPORT:
            next_step(client=live.client, due_on=until_on or today, kind="host", words=live.place.name, by=by)
    live.consequence = consequence
    live.save()
    changed("proposal.settled", client=live.client, by=by, proposal=str(live.uuid), consequence=consequence)
    return live


@transaction.atomic
def step_back(*, proposal: Proposal, by: User, seen: str = "") -> Proposal:
    """Go one step back; what was said is kept as an entry in the record, nothing is deleted.

    `seen` is the state its presser had on screen: pressed twice, it goes back once.

    visited → host said yes · visit planned → host said yes · host asked or answered → person said yes ·
    person said yes, 保留 or declined → waiting for the person, as the process says. Raises WrongStep when it has begun.
    """
    from matching.actions.requests import tell_the_day

    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    state = ProposalState(live.state)
    if seen and seen != state:
        return live
    ways = process().back_from(state)
    if is_kept_away(live.client, live.place):
        raise NotForThisPerson
    if state == ProposalState.DECLINED and _open_twin(live) is not None:
        raise WrongStep(_("同じ場の提案が、いま進んでいます。そちらを続けてください。"))
    match ways[0]:
        case ProposalState.WELCOMED:
            live.visits.filter(result="").update(result=VisitResult.CALLED_OFF, recorded_at=timezone.now())
            tell_the_day(live, None)
            # Where the host's yes does not stand any more, the way leads further back.
            is_welcome = live.requests.filter(answer=HostAnswer.YES, withdrawn_at=None).exists()
            live.state = ways[0] if is_welcome else ways[-1]
        case ProposalState.WANTED:
            _withdraw_requests(live, by)
            live.state = ways[0]
        case ProposalState.PROPOSED:
            _withdraw_requests(live, by)
            _keep_words(live, by)
            live.state = ways[0]
            live.person_answer, live.person_words, live.answered_on, live.held_until_on = "", "", None, None
            live.decline_side = live.decline_reason = live.decline_version = live.decline_words = ""
            live.declined_on, live.consequence = None, ""
            live.reply_by_on = clocks.after(timezone.localdate(), clocks.of(live.municipality)["person_reply"])
    live.save()
    changed("proposal.stepped_back", client=live.client, by=by, proposal=str(live.uuid), before=state, after=live.state)
    return live


def _open_twin(live: Proposal) -> Proposal | None:
    """The same suggestion, made again since."""
    same = {"place": live.place, "activity_text": live.activity_text, "role_text": live.role_text}
    return Proposal.objects.open().filter(client=live.client, **same).exclude(pk=live.pk).first()


def _set_declined(live: Proposal, *, reason: str, on: date) -> None:
    codelist = codes.current("decline_reasons", on=on)
    code = codelist[reason]
    live.state = ProposalState.DECLINED
    live.decline_side = DeclineSide(code.more["side"])
    live.decline_reason, live.decline_version, live.declined_on = code.code, codelist.version, on


def _call_off(live: Proposal, by: User | None) -> None:
    live.visits.filter(result="").update(result=VisitResult.CALLED_OFF, recorded_at=timezone.now())
    _withdraw_requests(live, by)


def _withdraw_requests(live: Proposal, by: User | None) -> None:
    from matching.actions.requests import take_back

    # A letter answered with no stays as it is: there is nothing to take back.
    for link in live.requests.filter(withdrawn_at=None).exclude(answer=HostAnswer.NO):
        take_back(link, by)


def _keep_words(live: Proposal, by: User) -> None:
    """What the person or staff had said about a suggestion, as an entry before it is set back."""
    said = [live.get_person_answer_display() if live.person_answer else "", live.person_words, live.decline_words]
    words = "　".join(part for part in said if part)
    if words:
        record(
            client=live.client, way=RecordWay.MEETING, words=f"{live.place.name}: {words}", by=by, form_key=uuid.uuid4()
        )
