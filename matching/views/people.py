"""The list of persons, and finding one by number or exact reading."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_GET, require_POST

from directory.models import District, Office
from matching.choices import ClientState, MemberKind
from matching.models import Client, Consent
from matching.models.client import NEVER, number_parts
from matching.permissions import clients_of, desk_town, memberships
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_caseworkers

PAGE = 50


@for_caseworkers
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    """Everyone this member of staff may see, filtered; by next day or by number, never by name."""
    town = desk_town(request.user)
    today = timezone.localdate()
    chosen = _chosen(request)
    found = _filtered(request, chosen)
    order = ["-fiscal_year", "-serial"] if chosen["sort"] == "number" else ["next_on", "-fiscal_year", "-serial"]
    page = Paginator(found.order_by(*order), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    record_listing(user=request.user, clients=rows, page="people", municipality=town)
    consents = {row.client_id: row for row in Consent.objects.standing().filter(client__in=rows)}
    context = {
        "section": "people",
        "page": page,
        "rows": [_row(client, consents.get(client.pk), today=today) for client in rows],
        "chosen": chosen,
        "states": ClientState.choices,
        "districts": District.objects.filter(municipality=town),
        "offices": Office.objects.filter(municipality=town),
    }
    return render(request, "matching/people/list.html", context)


def _row(client: Client, consent: Consent | None, *, today: date) -> dict[str, Any]:
    """One line in words: fifty of them are shown all day long, so the template has nothing left to look up."""
    return {
        "day": "" if client.next_on == NEVER else format_date(client.next_on, "n/j（D）"),
        "is_late": client.next_on < today,
        "url": client.get_absolute_url(),
        "number": client.number,
        "shown_as": client.shown_as,
        "is_protected": client.is_protected,
        "state": client.get_state_display(),
        "district": client.district.name if client.district else "",
        "worker": client.main_worker.name,
        "consent": consent.get_state_display() if consent else "",
    }


def _chosen(request: StaffRequest) -> dict[str, Any]:
    state = request.GET.get("state", "open")
    return {
        "state": state if state in {*ClientState.values, "all"} else "open",
        "mine": request.GET.get("mine") == "1",
        "district": _number(request.GET.get("district", "")),
        "office": _number(request.GET.get("office", "")),
        "consent": request.GET.get("consent") if request.GET.get("consent") in {"missing", "hosts"} else "",
        "sort": "number" if request.GET.get("sort") == "number" else "next",
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _filtered(request: StaffRequest, chosen: dict[str, Any]) -> QuerySet[Client]:
    found = clients_of(request.user)
    today = timezone.localdate()
    if chosen["state"] != "all":
        found = found.filter(state=chosen["state"])
    if chosen["mine"]:
        found = found.filter(Q(main_worker=request.user) | memberships(request.user, MemberKind.CO_WORKER))
    if chosen["district"]:
        found = found.filter(district=chosen["district"])
    if chosen["office"]:
        found = found.filter(office=chosen["office"])
    match chosen["consent"]:
        case "missing":
            found = found.exclude(pk__in=Consent.objects.valid(on=today).values("client"))
        case "hosts":
            found = found.filter(pk__in=Consent.objects.for_hosts(on=today).values("client"))
    return found


@for_caseworkers
@require_POST
def find(request: StaffRequest) -> HttpResponse:
    """By number, or by an exact reading. Sent by POST: a reading never stands in an address or a log."""
    town = desk_town(request.user)
    asked = request.POST.get("asked", "")[:100]
    visible = clients_of(request.user)
    if number_parts(asked) is not None:
        client = visible.numbered(asked).first()
        if client is not None:
            return redirect("desk_person", number=client.number)
        found: list[Client] = []
    else:
        readers = Client.objects.read_as(asked, municipality=town)
        found = list(visible.filter(pk__in=readers.values("pk")).order_by("-fiscal_year", "-serial")[:PAGE])
    record_listing(
        user=request.user, clients=found, page="find", municipality=town, by="number" if number_parts(asked) else "kana"
    )
    return render(
        request,
        "matching/people/found.html",
        {"section": "people", "found": found, "by_number": number_parts(asked) is not None},
        status=200 if found else 404,
    )
