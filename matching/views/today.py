"""今日, and the form that opens in its rows."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from directory.choices import UserKind
from matching.actions.requests import collect_letters
from matching.forms import person as person_forms
from matching.forms import proposal as proposal_forms
from matching.permissions import TOWN_WIDE, desk_town, may_open_clients, roles_with_clients
from matching.today import Diary, Item, diary_of
from matching.today.town import loads_of, talks_of
from matching.tracing import NotRecorded, record_listing
from matching.views.door import StaffRequest


@login_required
@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """What is due: late, today, the next seven days. Staff without clients get the page without persons."""
    if request.user.kind != UserKind.STAFF:
        raise Http404("not staff")
    if not may_open_clients(request.user):
        return render(request, "matching/today/no_clients.html", {"section": "today"})
    try:
        return _diary_page(request)
    except NotRecorded:
        return render(request, "matching/not_recorded.html", status=503)


def _diary_page(request: StaffRequest) -> HttpResponse:
    town = desk_town(request.user)
    collect_letters(municipality=town)
    on, everyone = timezone.localdate(), request.GET.get("all") == "1"
    diary = diary_of(request.user, on=on, everyone=everyone)
    record_listing(user=request.user, clients=diary.clients(), page="today", municipality=town)
    sees_town = any(role.duty in TOWN_WIDE for role in roles_with_clients(request.user))
    opened = _opened(diary, request.GET.get("open", ""))
    context = {
        "section": "today",
        "on": on,
        "diary": diary,
        "everyone": everyone,
        "parts": _parts(diary, on),
        "signs": diary.signs,
        "loads": loads_of(request.user, on=on) if sees_town else [],
        "sees_town": sees_town,
        "talks": talks_of(request.user, on=on),
        "opened": opened,
        "form": in_place_form(opened) if opened else None,
        "action": action_of(opened) if opened else "",
        "back": reverse("desk_today") + ("?all=1" if everyone else ""),
    }
    return render(request, "matching/today/today.html", context)


def _parts(diary: Diary, on: Any) -> list[dict[str, Any]]:
    return [
        {"name": "late", "rows": [(item, item.days_late(on=on), page_of(item)) for item in diary.late]},
        {"name": "today", "rows": [(item, 0, page_of(item)) for item in diary.today]},
        {"name": "soon", "rows": [(item, 0, page_of(item)) for item in diary.soon]},
    ]


def _opened(diary: Diary, anchor: str) -> Item | None:
    rows = [*diary.late, *diary.today, *diary.soon]
    return next((item for item in rows if anchor and item.anchor == anchor), None)


def in_place_form(item: Item) -> forms.Form | None:
    """The form that records this row."""
    match item.kind:
        case "step":
            return person_forms.RecordForm()
        case "visit":
            return proposal_forms.RecordVisitForm()
        case "reflect":
            return proposal_forms.ReflectForm()
        case "answer":
            return proposal_forms.AnswerForm()
        case "host_answer":
            return proposal_forms.HostAnswerForm()
        case "follow_up":
            return proposal_forms.FollowUpForm()
        case "host_support":
            return proposal_forms.HostSupportForm()
    return None


ACTIONS = {
    "step": "desk_step",
    "visit": "desk_visit_record",
    "reflect": "desk_visit_reflect",
    "answer": "desk_answer",
    "host_answer": "desk_host_answer",
    "follow_up": "desk_follow_up",
    "host_support": "desk_host_support",
}


# Rows without a form of their own: the page where they are seen to.
LEADS_TO = {
    "consent": ("desk_consent", False),
    "rest": ("desk_placement", True),
    "seat": ("desk_person", False),
    "support": ("desk_plan", False),
    "proposal": ("desk_proposal", True),
    "hand_over": ("desk_team", False),
}


def page_of(item: Item) -> str:
    """Where a row without a form leads; empty where it is recorded in place."""
    if item.kind not in LEADS_TO:
        return ""
    name, with_key = LEADS_TO[item.kind]
    return reverse(name, args=[item.client.number, *([item.key] if with_key else [])])


def action_of(item: Item) -> str:
    """Where the form of this row is sent to."""
    name = ACTIONS.get(item.kind)
    return reverse(name, args=[item.client.number, item.key]) if name and isinstance(item.key, uuid.UUID) else ""
