"""The bar that never leaves the screen: who this is, who works with them, what was allowed, what to mind."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from matching.choices import MemberKind
from matching.models import Client, Consent, FollowUp, NextStep
from matching.views.links import Link, links_of


@dataclass(frozen=True)
class Identity:
    """Everything the bar shows."""

    client: Client
    workers: str
    consent: Consent | None
    consent_words: str
    consent_tone: str
    hosts_words: str
    hosts_tone: str
    next_on: date | None
    next_words: str
    is_late: bool
    links: list[Link]


def identity_of(user: User, client: Client) -> Identity:
    """The bar of a client already opened."""
    today = timezone.localdate()
    consent = client.consents.standing().first()
    step, follow_up = _next(client)
    next_on = min((row.due_on for row in (step, follow_up) if row), default=None)
    return Identity(
        client=client,
        workers=_workers(client),
        consent=consent,
        consent_words=consent.get_state_display() if consent else _("未確認"),
        consent_tone=_tone(consent, today),
        hosts_words=_hosts(consent, today),
        hosts_tone="good" if consent and consent.is_valid(on=today) and consent.for_hosts else "care",
        next_on=next_on,
        next_words=_next_words(step, next_on),
        is_late=next_on is not None and next_on < today,
        links=links_of(client),
    )


def _next(client: Client) -> tuple[NextStep | None, FollowUp | None]:
    step = client.next_steps.waiting().order_by("due_on").first()
    follow_up = FollowUp.objects.waiting().filter(placement__client=client).order_by("due_on").first()
    return step, follow_up


def _next_words(step: NextStep | None, next_on: date | None) -> str:
    if next_on is None:
        return ""
    return step.get_kind_words() if step and step.due_on == next_on else _("ようすを聞く")


def _workers(client: Client) -> str:
    beside = client.team.filter(kind=MemberKind.CO_WORKER, until_on=None).select_related("user")
    names = [member.user.name for member in beside]
    main = client.main_worker.name
    return _("%(main)s（副 %(beside)s）") % {"main": main, "beside": _("・").join(names)} if names else main


def _tone(consent: Consent | None, today: date) -> str:
    if consent is None or not consent.is_valid(on=today):
        return "stop"
    return "good" if consent.state == "written" else "care"


def _hosts(consent: Consent | None, today: date) -> str:
    if consent is None or not consent.is_valid(on=today) or not consent.for_hosts:
        return _("伝えない")
    return _("名前も伝えてよい") if consent.name_to_hosts else _("名前を出さずにたずねてよい")
