"""今日, the rows of the work under way: promises, visits, answers, follow-ups, calls to hosts, consents."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching import clocks, codes
from matching.choices import ProposalState, VisitResult
from matching.models import Client, Consent, FollowUp, HostSupport, NextStep, Proposal, RequestLink, Visit
from matching.process import process

from .item import Item, item_of

# Where it is for staff to act; the other steps have rows of their own: an answer, a visit, a reflection.
STANDING = [
    ProposalState.WANTED,
    ProposalState.TALKING,
    ProposalState.WELCOMED,
    ProposalState.VISITED,
    ProposalState.DECLINED,
]
NEXT_AFTER_DECLINE = gettext_lazy("見送りのあとを決める")


def rows_of_work(clients: dict[int, Client], until: date, days: dict[str, int]) -> list[Item]:
    """Rows due until a day, for the clients given; `days` are the town's clocks."""
    return [
        *_steps(clients, until),
        *_visits(clients, until, days["reflection"]),
        *_proposals(clients, until),
        *_standing(clients, until, days),
        *_requests(clients, until),
        *_follow_ups(clients, until),
        *_host_support(clients, until),
        *_consents(clients, until, days["consent_warning"]),
    ]


def _steps(clients: dict[int, Client], until: date) -> list[Item]:
    steps = NextStep.objects.waiting().filter(client__in=clients, due_on__lte=until)
    return [
        item_of(
            clients[step.client_id],
            step.due_on,
            codes.label("next_steps", step.kind, step.kind_version),
            at=step.at,
            detail=step.words,
            why=_("約束"),
            kind="step",
            key=step.uuid,
        )
        for step in steps
    ]


def _visits(clients: dict[int, Client], until: date, reflection_days: int) -> list[Item]:
    visits = Visit.objects.filter(proposal__client__in=clients).select_related("proposal__place")
    items = []
    last_moment = timezone.make_aware(datetime.combine(until, time.max))
    for visit in visits.filter(result="", at__lte=last_moment):
        moment = timezone.localtime(visit.at)
        items.append(
            item_of(
                clients[visit.proposal.client_id],
                moment.date(),
                visit.get_kind_display(),
                at=moment.time(),
                detail=visit.proposal.place.name,
                why=_("約束"),
                kind="visit",
                key=visit.uuid,
            )
        )
    for visit in visits.filter(result=VisitResult.CAME, reflected_on=None):
        due_on = clocks.after(timezone.localdate(visit.at), reflection_days)
        if due_on <= until:
            items.append(
                item_of(
                    clients[visit.proposal.client_id],
                    due_on,
                    _("見学のふり返り"),
                    detail=visit.proposal.place.name,
                    why=_("見学のあと"),
                    kind="reflect",
                    key=visit.uuid,
                )
            )
    return items


def _proposals(clients: dict[int, Client], until: date) -> list[Item]:
    proposals = Proposal.objects.filter(client__in=clients).select_related("place")
    waiting = [
        item_of(
            clients[proposal.client_id],
            proposal.reply_by_on,
            _("本人の返事"),
            detail=proposal.place.name,
            why=_("提案の返事"),
            kind="answer",
            key=proposal.uuid,
        )
        for proposal in proposals.filter(state=ProposalState.PROPOSED, reply_by_on__lte=until)
    ]
    held = [
        item_of(
            clients[proposal.client_id],
            proposal.held_until_on,
            _("保留していた提案を聞く"),
            detail=proposal.place.name,
            why=_("保留の期限"),
            kind="answer",
            key=proposal.uuid,
        )
        for proposal in proposals.filter(state=ProposalState.HELD, held_until_on__lte=until)
        if proposal.held_until_on
    ]
    return waiting + held


def _standing(clients: dict[int, Client], until: date, days: dict[str, int]) -> list[Item]:
    """Suggestions that stand where staff are to act, by the clock of their step; a decline until it is settled."""
    steps = {state: process().steps[state] for state in STANDING}
    rows = Proposal.objects.filter(client__in=clients, state__in=steps, consequence="").select_related("place")
    items = []
    for row in rows.defer("inputs", "explanation"):
        step = steps[ProposalState(row.state)]
        due_on = clocks.after(row.state_on, days[step.clock])
        if due_on <= until:
            items.append(
                item_of(
                    clients[row.client_id],
                    due_on,
                    str(NEXT_AFTER_DECLINE) if row.state == ProposalState.DECLINED else step.do,
                    detail=row.place.name,
                    why=str(step.state.label),
                    kind="proposal",
                    key=row.uuid,
                )
            )
    return items


def _requests(clients: dict[int, Client], until: date) -> list[Item]:
    links = RequestLink.objects.open().filter(proposal__client__in=clients, reply_by_on__lte=until)
    return [
        item_of(
            clients[link.proposal.client_id],
            link.reply_by_on,
            _("受け入れ先の返事"),
            detail=link.proposal.place.name,
            why=_("お願いの返事"),
            kind="host_answer",
            key=link.proposal.uuid,
        )
        for link in links.select_related("proposal__place")
    ]


def _follow_ups(clients: dict[int, Client], until: date) -> list[Item]:
    follow_ups = FollowUp.objects.waiting().filter(placement__client__in=clients, due_on__lte=until)
    return [
        item_of(
            clients[follow_up.placement.client_id],
            follow_up.due_on,
            _("ようすを聞く"),
            detail=follow_up.placement.place.name,
            why=follow_up.get_step_display(),
            kind="follow_up",
            key=follow_up.uuid,
        )
        for follow_up in follow_ups.select_related("placement__place")
    ]


def _host_support(clients: dict[int, Client], until: date) -> list[Item]:
    supports = HostSupport.objects.waiting().filter(placement__client__in=clients, due_on__lte=until)
    return [
        item_of(
            clients[support.placement.client_id],
            support.due_on,
            _("受け入れ先に電話"),
            detail=support.place.name,
            why=support.get_step_display(),
            kind="host_support",
            key=support.uuid,
        )
        for support in supports.select_related("placement", "place")
    ]


def _consents(clients: dict[int, Client], until: date, warning_days: int) -> list[Item]:
    warned_until = clocks.after(until, warning_days)
    ending = Consent.objects.standing().filter(client__in=clients, until_on__lte=warned_until)
    return [
        item_of(
            clients[consent.client_id],
            clocks.after(consent.until_on, -warning_days),
            _("同意の期限"),
            why=_("もうすぐ切れる"),
            kind="consent",
            key=consent.uuid,
        )
        for consent in ending
        if consent.until_on
    ]
