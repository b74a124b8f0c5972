"""Asking hosts through the letterbox, and reading their answers. Nothing about a person passes without consent."""

from datetime import date, datetime
from string import ascii_uppercase

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from directory.choices import Attendance, FunctionalNeed, HostAnswer, HostReason, Offer
from directory.models import HostReport, HostRequest, Municipality, Place, User
from matching import clocks
from matching.actions.avoidances import is_avoided
from matching.actions.host_support import call_soon
from matching.actions.plans import must_be_agreed
from matching.actions.proposals import decline
from matching.actions.records import next_step
from matching.changes import changed
from matching.choices import ProposalState, VisitResult
from matching.models import CollectedReport, Consent, Placement, Proposal, RequestLink
from matching.models.proposal import RequestLinkQuerySet
from matching.process import process
from matching.refusals import AlreadyAnswered, NeedNotReleased, NoConsent, NotForThisPerson, WrongStep

REASON_OF_HOST = {
    HostReason.FULL: "host_full",
    HostReason.SHORT_OF_HANDS: "host_short_of_hands",
    HostReason.CARE: "host_care",
    HostReason.DATE: "host_date",
    HostReason.CLOSED: "host_closed",
    HostReason.OTHER: "host_other",
}


# Where a consent that is gone takes the letter back; afterwards it is talked over with both.
BEFORE_TAKING_PART = [
    ProposalState.ASKED,
    ProposalState.TALKING,
    ProposalState.WELCOMED,
    ProposalState.VISITING,
    ProposalState.VISITED,
]


def consent_for_hosts(proposal: Proposal) -> Consent:
    """The consent that lets a host be asked today; raises NoConsent."""
    consent = Consent.objects.for_hosts(on=timezone.localdate()).filter(client=proposal.client_id).first()
    if consent is None:
        raise NoConsent
    return consent


@transaction.atomic
def ask_host(
    *,
    proposal: Proposal,
    by: User,
    offer: Offer = Offer.VISIT,
    needs: list[FunctionalNeed] | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    escort: bool = False,
) -> RequestLink:
    """Put a letter without a person into the host's letterbox: form, period, released needs; nothing else.

    While one is open it is returned. Raises PlanNotAgreed, NoConsent, NeedNotReleased, NotForThisPerson, WrongStep.
    """
    live = Proposal.objects.select_for_update().get(pk=proposal.pk)
    link = live.requests.open().first()
    if link is not None:
        return link
    must_be_agreed(live.plan)
    consent = consent_for_hosts(live)
    wanted = sorted(FunctionalNeed(need).value for need in needs or [])
    if not set(wanted) <= set(consent.released_needs):
        raise NeedNotReleased
    process().must_allow(live.state, ProposalState.ASKED)
    if is_avoided(live.client, live.place):
        raise NotForThisPerson
    reply_by_on = clocks.after(timezone.localdate(), clocks.of(live.municipality)["host_reply"])
    letter = HostRequest.objects.create(
        municipality=live.place.municipality,
        place=live.place,
        activity=live.place.activities.filter(uuid=live.activity_uuid).first() if live.activity_uuid else None,
        slot=live.slot,
        offer=offer,
        from_on=from_on,
        until_on=until_on,
        needs=wanted,
        escort=escort,
        reply_by_on=reply_by_on,
        sign=_free_sign(live.place),
    )
    link = RequestLink.objects.create(
        municipality=live.municipality,
        proposal=live,
        request_uuid=letter.uuid,
        consent=consent,
        asked_by=by,
        reply_by_on=reply_by_on,
        told_needs=wanted,
    )
    live.state = ProposalState.ASKED
    live.save()
    changed(
        "host.asked",
        client=live.client,
        by=by,
        proposal=str(live.uuid),
        request=str(letter.uuid),
        needs=wanted,
        consent=str(consent.uuid),
    )
    return link


def _free_sign(place: Place) -> str:
    """A, B, C …: one that no letter of this place uses now; none when all are taken."""
    letters = HostRequest.objects.filter(place=place, withdrawn_at=None, closed_at=None).exclude(answer=HostAnswer.NO)
    taken = set(letters.values_list("sign", flat=True))
    return next((sign for sign in ascii_uppercase if sign not in taken), "")


@transaction.atomic
def withdraw_request(*, link: RequestLink, by: User | None) -> RequestLink:
    """Take a letter back; the suggestion waits again where it was before the host was asked, visits are called off.

    `by` is None when a consent ran out.
    """
    live = RequestLink.objects.select_for_update().get(pk=link.pk)
    if live.withdrawn_at is None:
        proposal = Proposal.objects.select_for_update().get(pk=live.proposal_id)
        if proposal.state in BEFORE_TAKING_PART:
            proposal.visits.filter(result="").update(result=VisitResult.CALLED_OFF, recorded_at=timezone.now())
            proposal.state = ProposalState.WANTED
            proposal.save()
        take_back(live, by)
    live.refresh_from_db()
    return live


def close_letters(proposal: Proposal) -> None:
    """It is over: the host's page shows the newcomer no longer, and the letter forgets what it told."""
    now = timezone.now()
    links = proposal.requests.filter(withdrawn_at=None, closed_at=None)
    HostRequest.objects.filter(uuid__in=links.values_list("request_uuid", flat=True)).update(
        closed_at=now, needs=[], visit_at=None
    )
    links.update(closed_at=now)


def tell_the_day(proposal: Proposal, at: datetime | None) -> None:
    """The host's page shows when somebody comes to look, or that nobody does any more."""
    links = proposal.requests.filter(withdrawn_at=None, closed_at=None)
    HostRequest.objects.filter(uuid__in=links.values_list("request_uuid", flat=True)).update(visit_at=at)


def take_back(link: RequestLink, by: User | None) -> None:
    """Close letter and link in the caller's transaction; an answer given in the meantime stays where it is."""
    now = timezone.now()
    link.withdrawn_at = now
    link.save(update_fields=["withdrawn_at"])
    HostRequest.objects.filter(uuid=link.request_uuid, withdrawn_at=None).update(
        withdrawn_at=now, needs=[], visit_at=None
    )
    changed("host.request_withdrawn", client=link.proposal.client, by=by, request=str(link.request_uuid))


@transaction.atomic
def note_answer(
    *, link: RequestLink, answer: HostAnswer, by: User, reason: HostReason | str = "", call_me: bool = False
) -> RequestLink:
    """Write down what a host said on the telephone, as if they had answered themselves; also after 相談したい.

    Raises AlreadyAnswered once they said yes or no, WrongStep when the letter was taken back.
    """
    live = RequestLink.objects.select_for_update().get(pk=link.pk)
    if live.withdrawn_at is not None:
        raise WrongStep
    if live.answer == answer and live.reason == reason:
        return live
    if live.answer not in {"", HostAnswer.TALK}:
        raise AlreadyAnswered
    letters = HostRequest.objects.filter(uuid=live.request_uuid, withdrawn_at=None)
    letters.filter(answer__in=["", HostAnswer.TALK]).update(
        answer=answer, reason=reason, call_me=call_me, answered_by=by, answered_at=timezone.now()
    )
    letter = letters.first()
    if letter is None:
        raise WrongStep
    _apply_answer(live, letter, by)
    return live


def collect_letters(*, municipality: Municipality | None = None) -> int:
    """Read new answers and reports out of the letterbox; returns how many. Reading twice changes nothing.

    Letters whose consent has run out since are taken back first.
    """
    links = RequestLink.objects.filter(withdrawn_at=None, closed_at=None)
    if municipality is not None:
        links = links.filter(municipality=municipality)
    still = Consent.objects.for_hosts(on=timezone.localdate()).values("client")
    expired = links.filter(proposal__state__in=BEFORE_TAKING_PART).exclude(proposal__client__in=still)
    for link in expired:
        withdraw_request(link=link, by=None)
    return _collect_answers(links.filter(answer=""), by=None) + _collect_reports(links)


def _collect_answers(links: RequestLinkQuerySet, *, by: User | None) -> int:
    waiting = {link.request_uuid: link for link in links}
    answered = HostRequest.objects.filter(uuid__in=list(waiting), withdrawn_at=None).exclude(answer="")
    for letter in answered:
        _take_answer(waiting[letter.uuid], letter, by)
    return len(answered)


@transaction.atomic
def _take_answer(link: RequestLink, letter: HostRequest, by: User | None) -> None:
    link = RequestLink.objects.select_for_update().get(pk=link.pk)
    if link.answer or link.withdrawn_at:
        return
    _apply_answer(link, letter, by)


def _apply_answer(link: RequestLink, letter: HostRequest, by: User | None) -> None:
    """Copy the letter's answer and move the suggestion on, in the caller's transaction."""
    link.answer, link.reason, link.call_me = letter.answer, letter.reason, letter.call_me
    link.answered_at, link.collected_at = letter.answered_at, timezone.now()
    link.save()
    proposal = Proposal.objects.select_for_update().get(pk=link.proposal_id)
    if proposal.state in {ProposalState.ASKED, ProposalState.TALKING}:
        match HostAnswer(link.answer):
            case HostAnswer.YES:
                proposal.state = ProposalState.WELCOMED
                proposal.save()
            case HostAnswer.TALK:
                proposal.state = ProposalState.TALKING
                proposal.save()
            case HostAnswer.NO:
                decline(proposal=proposal, reason=REASON_OF_HOST[HostReason(link.reason)], by=by)
    if link.answer == HostAnswer.NO:
        close_letters(proposal)
    changed("host.answered", client=proposal.client, by=by, request=str(link.request_uuid), answer=link.answer)


def _collect_reports(links: RequestLinkQuerySet) -> int:
    """Reports that are new, and those a host corrected after they were read."""
    known = {link.request_uuid: link for link in links.exclude(answer="")}
    read = CollectedReport.objects.filter(report_uuid=OuterRef("uuid"), reported_at__gte=OuterRef("reported_at"))
    reports = (
        HostReport.objects.filter(~Exists(read), request__uuid__in=list(known))
        .select_related("request")
        .order_by("on", "pk")
    )
    for report in reports:
        _take_report(known[report.request.uuid], report)
    return len(reports)


@transaction.atomic
def _take_report(link: RequestLink, report: HostReport) -> None:
    before = CollectedReport.objects.select_for_update().filter(report_uuid=report.uuid).first()
    if before is not None and before.reported_at >= report.reported_at:
        return
    row = before or CollectedReport(municipality=link.municipality, request=link, report_uuid=report.uuid)
    was_absent = before is not None and before.attendance == Attendance.ABSENT
    row.on, row.attendance, row.burden, row.call_me = report.on, report.attendance, report.burden, report.call_me
    # What was corrected is to be read again.
    row.reported_at, row.collected_at, row.handled_at = report.reported_at, timezone.now(), None
    row.save()
    client = link.proposal.client
    days = clocks.of(link.municipality)
    if report.call_me or (report.burden or 0) >= days["burden"]:
        call_soon(proposal=link.proposal, on=timezone.localdate())
    last = link.reports.order_by("-on", "-pk").values_list("attendance", flat=True)[: days["absences"]]
    # Who rests is not told off for staying away.
    is_resting = Placement.objects.resting().filter(proposal=link.proposal_id).exists()
    if not (is_resting or was_absent) and list(last) == [Attendance.ABSENT] * days["absences"]:
        next_step(client=client, due_on=timezone.localdate(), kind="encourage", by=None)
    action = "host.report_corrected" if before else "host.reported"
    changed(action, client=client, by=None, report=str(report.uuid), attendance=report.attendance)


@transaction.atomic
def mark_report_seen(*, report: CollectedReport, by: User) -> CollectedReport:
    """A host's report has been read; it leaves 今日."""
    live = CollectedReport.objects.select_for_update().get(pk=report.pk)
    if live.handled_at is None:
        live.handled_at = timezone.now()
        live.save()
        changed("host.report_seen", client=live.request.proposal.client, by=by, report=str(live.report_uuid))
    return live


@transaction.atomic
def mark_seen(*, link: RequestLink, by: User) -> RequestLink:
    """A host's answer has been read; it leaves 今日."""
    live = RequestLink.objects.select_for_update().get(pk=link.pk)
    if live.answer and live.handled_at is None:
        live.handled_at = timezone.now()
        live.save()
        changed("host.answer_seen", client=live.proposal.client, by=by, request=str(live.request_uuid))
    return live
