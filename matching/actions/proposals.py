"""Suggesting a place, the person's answer, declining, and going one step back."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.choices import HostAnswer
from directory.models import Activity, Place, Role, Slot, User
from matching import clocks, codes
from matching.actions.avoidances import is_avoided
from matching.actions.records import record
from matching.choices import DeclineSide, PersonAnswer, PlanState, ProposalState, RecordWay, VisitResult
from matching.models import Client, Plan, Proposal
from matching.refusals import AlreadyAnswered, NoPlan, NotForThisPerson, WrongStep
from matching.tracing import changed


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
        reply_by_on=clocks.after(day, clocks.PERSON_REPLY_DAYS),
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

    保留 and 今はしない come back on their day. Raises AlreadyAnswered when another answer stands.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if live.person_answer == answer and live.person_words == words:
        return live
    if live.state not in {ProposalState.PROPOSED, ProposalState.HELD}:
        raise AlreadyAnswered
    day = on or timezone.localdate()
    live.person_answer, live.person_words, live.answered_on = answer, words, day
    live.held_until_on = None
    match PersonAnswer(answer):
        case PersonAnswer.WANT | PersonAnswer.SEE_FIRST:
            live.state = ProposalState.WANTED
        case PersonAnswer.LATER:
            live.state = ProposalState.HELD
            live.held_until_on = held_until_on or clocks.after(day, clocks.HOLD_LATER_DAYS)
        case PersonAnswer.NOT_NOW:
            live.state = ProposalState.HELD
            live.held_until_on = held_until_on or clocks.after(day, clocks.HOLD_NOT_NOW_DAYS)
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
    if not ProposalState(live.state).is_open:
        raise WrongStep
    _call_off(live, by)
    _set_declined(live, reason=reason, on=on or timezone.localdate())
    live.decline_words = words
    live.held_until_on = None
    live.save()
    changed("proposal.declined", client=live.client, by=by, proposal=str(live.uuid), reason=reason)
    return live


@transaction.atomic
def step_back(*, proposal: Proposal, by: User) -> Proposal:
    """Go one step back; what was said is kept as an entry in the record, nothing is deleted.

    visited → host said yes · visit planned → host said yes · host asked or answered → person said yes ·
    person said yes, 保留 or declined → waiting for the person. Raises WrongStep when it has begun.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    state = ProposalState(live.state)
    match state:
        case ProposalState.VISITED | ProposalState.VISITING:
            live.visits.filter(result="").update(result=VisitResult.CALLED_OFF, recorded_at=timezone.now())
            live.state = (
                ProposalState.WELCOMED
                if live.requests.filter(answer="yes", withdrawn_at=None).exists()
                else ProposalState.WANTED
            )
        case ProposalState.WELCOMED | ProposalState.TALKING | ProposalState.ASKED:
            _withdraw_requests(live, by)
            live.state = ProposalState.WANTED
        case ProposalState.WANTED | ProposalState.HELD | ProposalState.DECLINED:
            _withdraw_requests(live, by)
            _keep_words(live, by)
            live.state = ProposalState.PROPOSED
            live.person_answer, live.person_words, live.answered_on, live.held_until_on = "", "", None, None
            live.decline_side = live.decline_reason = live.decline_version = live.decline_words = ""
            live.declined_on = None
            live.reply_by_on = clocks.after(timezone.localdate(), clocks.PERSON_REPLY_DAYS)
        case _:
            raise WrongStep
    live.save()
    changed("proposal.stepped_back", client=live.client, by=by, proposal=str(live.uuid), before=state, after=live.state)
    return live


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
