"""今日: what is to be done, by when, for whom, and why. Read from every clock of casework."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from matching import clocks, codes
from matching.choices import ClientState, MemberKind, ProposalState, VisitResult
from matching.models import (
    Client,
    CollectedReport,
    Consent,
    FollowUp,
    HostSupport,
    NextStep,
    Proposal,
    RequestLink,
    Visit,
)
from matching.permissions import clients_of, memberships


@dataclass(frozen=True, order=True)
class Item:
    """One row. `kind` and `key` say which form records it in place; the empty kind only leads to the person."""

    due_on: date
    at: time
    client_pk: int
    what: str
    client: Client = field(compare=False)
    detail: str = field(compare=False, default="")
    why: str = field(compare=False, default="")
    kind: str = field(compare=False, default="")
    key: uuid.UUID | None = field(compare=False, default=None)
    has_time: bool = field(compare=False, default=False)

    def days_late(self, *, on: date) -> int:
        return max(0, (on - self.due_on).days)

    @property
    def anchor(self) -> str:
        """Which row is open, for the address of the page: a kind and a uuid, nothing personal."""
        return f"{self.kind}-{self.key}"


@dataclass(frozen=True)
class Diary:
    """The rows of one member of staff, in three parts, each by date."""

    late: list[Item]
    today: list[Item]
    soon: list[Item]
    answers: list[RequestLink]
    reports: list[CollectedReport]

    def clients(self) -> list[Client]:
        """Everyone who is shown; the listing is recorded before the page is."""
        rows = [item.client for item in [*self.late, *self.today, *self.soon]]
        return [
            *rows,
            *(link.proposal.client for link in self.answers),
            *(r.request.proposal.client for r in self.reports),
        ]


def diary_of(user: User, *, on: date, everyone: bool = False, days: int = 7) -> Diary:
    """What is due until `days` from now: for the user's own clients, or for all they may see."""
    people = clients_of(user).exclude(state=ClientState.CLOSED)
    if not everyone:
        people = people.filter(Q(main_worker=user) | memberships(user, MemberKind.CO_WORKER))
    clients = {client.pk: client for client in people}
    until = on + timedelta(days=days)
    items = sorted(
        [
            *_steps(clients, until),
            *_visits(clients, until),
            *_proposals(clients, until),
            *_requests(clients, until),
            *_follow_ups(clients, until),
            *_host_support(clients, until),
            *_consents(clients, until),
        ]
    )
    answers = RequestLink.objects.filter(proposal__client__in=clients, handled_at=None).exclude(answer="")
    reports = CollectedReport.objects.filter(request__proposal__client__in=clients, handled_at=None)
    return Diary(
        late=[item for item in items if item.due_on < on],
        today=[item for item in items if item.due_on == on],
        soon=[item for item in items if item.due_on > on],
        answers=list(
            answers.select_related("proposal__client__municipality", "proposal__place").order_by("-answered_at")[:30]
        ),
        reports=list(
            reports.filter(Q(call_me=True) | Q(burden__gte=clocks.BURDEN_THAT_CALLS))
            .select_related("request__proposal__client__municipality", "request__proposal__place")
            .order_by("-on")[:30]
        ),
    )


def _item(client: Client, due_on: date, what: str, *, at: time | None = None, **more: object) -> Item:
    return Item(due_on, at or time(23, 59), client.pk, what, client, has_time=at is not None, **more)  # type: ignore[arg-type]


def _steps(clients: dict[int, Client], until: date) -> list[Item]:
    steps = NextStep.objects.waiting().filter(client__in=clients, due_on__lte=until)
    return [
        _item(
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


def _visits(clients: dict[int, Client], until: date) -> list[Item]:
    visits = Visit.objects.filter(proposal__client__in=clients).select_related("proposal__place")
    items = []
    last_moment = timezone.make_aware(datetime.combine(until, time.max))
    for visit in visits.filter(result="", at__lte=last_moment):
        moment = timezone.localtime(visit.at)
        items.append(
            _item(
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
        due_on = clocks.after(timezone.localdate(visit.at), clocks.REFLECTION_DAYS)
        if due_on <= until:
            items.append(
                _item(
                    clients[visit.proposal.client_id],
                    due_on,
                    _("見学のふり返り"),
                    detail=visit.proposal.place.name,
                    why=_("見学から3日以内"),
                    kind="reflect",
                    key=visit.uuid,
                )
            )
    return items


def _proposals(clients: dict[int, Client], until: date) -> list[Item]:
    proposals = Proposal.objects.filter(client__in=clients).select_related("place")
    waiting = [
        _item(
            clients[proposal.client_id],
            proposal.reply_by_on,
            _("本人の返事"),
            detail=proposal.place.name,
            why=_("提案から14日"),
            kind="answer",
            key=proposal.uuid,
        )
        for proposal in proposals.filter(state=ProposalState.PROPOSED, reply_by_on__lte=until)
    ]
    held = [
        _item(
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


def _requests(clients: dict[int, Client], until: date) -> list[Item]:
    links = RequestLink.objects.open().filter(proposal__client__in=clients, reply_by_on__lte=until)
    return [
        _item(
            clients[link.proposal.client_id],
            link.reply_by_on,
            _("受け入れ先の返事"),
            detail=link.proposal.place.name,
            why=_("お願いから7日"),
            kind="host_answer",
            key=link.proposal.uuid,
        )
        for link in links.select_related("proposal__place")
    ]


def _follow_ups(clients: dict[int, Client], until: date) -> list[Item]:
    follow_ups = FollowUp.objects.waiting().filter(placement__client__in=clients, due_on__lte=until)
    return [
        _item(
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
        _item(
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


def _consents(clients: dict[int, Client], until: date) -> list[Item]:
    warned_until = clocks.after(until, clocks.CONSENT_WARNING_DAYS)
    ending = Consent.objects.standing().filter(client__in=clients, until_on__lte=warned_until)
    return [
        _item(
            clients[consent.client_id],
            clocks.after(consent.until_on, -clocks.CONSENT_WARNING_DAYS),
            _("同意の期限"),
            why=_("期限の30日前"),
            kind="consent",
            key=consent.uuid,
        )
        for consent in ending
        if consent.until_on
    ]
