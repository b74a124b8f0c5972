"""The list of persons, and finding one by number or exact reading."""

from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.views.decorators.http import require_GET, require_POST

from directory.models import District, Office, User
from matching.choices import ClientState, ConsentState, MemberKind
from matching.models import Client, Consent
from matching.models.client import NEVER, number_parts
from matching.permissions import clients_of, desk_town, memberships
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_caseworkers

# What one screen holds: nobody's name is shown, and no reading recorded, further than anybody looks.
PAGE = 25
# What a line needs; the other sealed columns stay where they are.
SHOWN = ["uuid", "municipality", "fiscal_year", "serial", "state", "district", "called", "name", "main_worker",
         "is_protected", "next_on"]  # fmt: skip


@for_caseworkers
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    """Everyone this member of staff may see, filtered; by next day or by number, never by name."""
    town = desk_town(request.user)
    today = timezone.localdate()
    chosen = _chosen(request)
    found = _filtered(request, chosen).select_related(None).only(*SHOWN)
    order = ["-fiscal_year", "-serial"] if chosen["sort"] == "number" else ["next_on", "-fiscal_year", "-serial"]
    page = Paginator(found.order_by(*order), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    districts = list(District.objects.filter(municipality__in={town.pk, *(row.municipality_id for row in rows)}))
    record_listing(user=request.user, clients=rows, page="people", municipality=town)
    context = {
        "section": "people",
        "page": page,
        "rows": _lines(rows, districts, today=today),
        "chosen": chosen,
        "states": ClientState.choices,
        "districts": [district for district in districts if district.municipality_id == town.pk],
        "offices": Office.objects.filter(municipality=town).order_by("name"),
    }
    return render(request, "matching/people/list.html", context)


class Line(NamedTuple):
    """One line of the list, in words: the template unpacks it and looks nothing up."""

    url: str
    day: str
    is_late: bool
    person: str
    is_protected: bool
    state: str
    district: str
    worker: str
    consent: str


def _lines(clients: list[Client], districts: list[District], *, today: date) -> list[Line]:
    """The page in words: these lines are shown all day long, so each label is looked up once for all of them."""
    weekdays = [str(WEEKDAYS_ABBR[day]) for day in range(7)]
    states = {value: str(label) for value, label in ClientState.choices}
    answers = {value: str(label) for value, label in ConsentState.choices}
    standing = Consent.objects.standing().filter(client__in=clients).values_list("client", "state")
    consents = {client: answers[state] for client, state in standing}
    workers = dict(User.objects.filter(pk__in={client.main_worker_id for client in clients}).values_list("pk", "name"))
    names = {district.pk: district.name for district in districts}
    # One address shows the way to all: looking up each costs as much as the rest of its line.
    address = clients[0].get_absolute_url().replace(clients[0].number, "{}") if clients else ""
    return [
        Line(
            url=address.format(client.number),
            day="—" if client.next_on == NEVER else f"{client.next_on:%-m/%-d}（{weekdays[client.next_on.weekday()]}）",
            is_late=client.next_on < today,
            person=f"{client.number} {client.shown_as}",
            is_protected=client.is_protected,
            state=states[client.state],
            district=names[client.district_id] if client.district_id else "—",
            worker=workers[client.main_worker_id],
            consent=consents.get(client.pk, answers[ConsentState.UNASKED]),
        )
        for client in clients
    ]


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
