"""Mails about listings: plain text, names of places and groups only, never a person's."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import StaffDuty
from directory.fields import FIELDS
from directory.models import Submission, User


def _send(to: list[str], subject: str, template: str, context: Mapping[str, object]) -> None:
    """A mail server that is down never undoes a change: the change is shown on the pages anyway."""
    body = render_to_string(f"emails/{template}.txt", context)
    for address in to:
        send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", body, None, [address], fail_silently=True)


def tell_reviewers(submission: "Submission | None") -> None:
    """Something waits to be looked at."""
    if submission is None:
        return
    today = timezone.localdate()
    reviewers = User.objects.filter(
        is_active=True,
        staff_roles__in=submission.municipality.staff_roles.current(on=today).filter(duty=StaffDuty.REVIEWER),
    ).distinct()
    context = {
        "place": submission.place.name if submission.place else _("新しい場"),
        "fields": [FIELDS[name].label for name in submission.changes if name in FIELDS],
        "link": settings.STAFF_URL + _path("desk_submission", submission),
    }
    addresses = list(reviewers.values_list("email", flat=True))
    _send(addresses, _("確認を待っている変更があります"), "submission_waiting", context)


def tell_host_of_decision(submission: Submission) -> None:
    """What became of a change, field by field, with the reviewer's words."""
    host = submission.submitted_by
    if host is None or not host.is_active:
        return
    made = [
        {"label": FIELDS[name].label, "decision": decision["decision"], "note": decision.get("note", "")}
        for name, decision in submission.decisions.items()
        if name in FIELDS
    ]
    context = {
        "place": submission.place.name if submission.place else _("新しい場"),
        "made": made,
        "reply": submission.reply,
        "link": f"{settings.BASE_URL}/host/",
    }
    _send([host.email], _("お送りいただいた変更について"), "submission_decided", context)


def _path(name: str, submission: Submission) -> str:
    try:
        return reverse(name, args=[submission.uuid])
    except NoReverseMatch:
        # A host's half has no staff pages; reviewers find the change in their list.
        return "/desk/"
