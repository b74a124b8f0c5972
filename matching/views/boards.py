"""調整会議ボード: a fair proposal for scarce seats, and what the meeting makes of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from directory.models import Municipality, Place
from matching.actions import boards
from matching.actions.avoidances import is_avoided
from matching.choices import BoardRuleKind
from matching.forms.boards import BoardForm, DecideForm, waiting_clients
from matching.models import Board, Client
from matching.models.client import ClientQuerySet
from matching.permissions import clients_of
from matching.refusals import NotPossible
from matching.sharing import shared
from matching.town_rules import rules_of
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_sharers

PAGE = 30


@for_sharers
@require_GET
def board_list(request: StaffRequest, town: Municipality) -> HttpResponse:
    """The boards of the town, the newest first; no person stands here."""
    found = Board.objects.filter(municipality=town).annotate(people_number=Count("people")).order_by("-held_on", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "matching/boards/list.html", {"section": "boards", "page": page})


@for_sharers
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, town: Municipality) -> HttpResponse:
    """Who waits, and which seats there are."""
    waiting = waiting_clients(clients_of(request.user), town).order_by("fiscal_year", "serial")
    form = BoardForm(request.POST or None, clients=waiting, town=town)
    if request.method == "POST" and form.is_valid():
        try:
            made = boards.open_board(
                municipality=town,
                clients=form.cleaned_data["clients"],
                seats=form.seats(),
                held_on=form.cleaned_data["held_on"],
                by=request.user,
                form_key=form.cleaned_data["form_key"],
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect("desk_board", made.uuid)
    record_listing(user=request.user, clients=waiting, page="board_add", municipality=town)
    context = {"section": "boards", "form": form, "number": waiting.count()}
    return render(request, "matching/boards/add.html", context, status=422 if form.is_bound else 200)


@for_sharers
@require_GET
def board(request: StaffRequest, town: Municipality, key: uuid.UUID) -> HttpResponse:
    """What would be fairest, worked out anew with what was decided so far."""
    found = _of(town, key)
    clients = list(_people(request, found).select_related("municipality").order_by("fiscal_year", "serial"))
    record_listing(user=request.user, clients=clients, page="board", municipality=town)
    sharing = shared(found, clients, today=timezone.localdate())
    context = {
        "section": "boards",
        "board": found,
        "sharing": sharing,
        "decided": _decided(found, clients),
        "kinds": BoardRuleKind,
        "rules_version": rules_of(town).version,
    }
    return render(request, "matching/boards/board.html", context)


def _decided(found: Board, clients: list[Client]) -> list[tuple[Client, Place]]:
    """What the meeting left behind, of the people shown; a place that is avoided since is not named."""
    places = {str(row.place.uuid): row.place for row in found.places.select_related("place")}
    pairs = [(client, places.get(found.outcome.get(str(client.uuid), ""))) for client in clients]
    return [(client, place) for client, place in pairs if place and not is_avoided(client, place)]


@for_sharers
@require_POST
def decide(request: StaffRequest, town: Municipality, key: uuid.UUID) -> HttpResponse:
    """One button of one row: keep here, not here, or no longer so."""
    found = _of(town, key)
    form = DecideForm(request.POST, board=found, clients=_people(request, found))
    if not form.is_valid():
        messages.error(request, _("このボードにない人か場です。画面を開き直してください。"))
        return redirect("desk_board", found.uuid)
    asked: dict[str, Any] = form.cleaned_data
    try:
        if asked["kind"] == "lift":
            for rule in found.rules.filter(lifted_at=None, client=asked["client"], place=asked["place"]):
                boards.lift(rule=rule, by=request.user)
        else:
            boards.decide(
                board=found, client=asked["client"], place=asked["place"], kind=BoardRuleKind(asked["kind"]),
                by=request.user,
            )  # fmt: skip
    except NotPossible as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect("desk_board", found.uuid)


@for_sharers
@require_POST
def close(request: StaffRequest, town: Municipality, key: uuid.UUID) -> HttpResponse:
    """The meeting is over: what stands on the board is kept. Proposing it to each person comes after."""
    found = _of(town, key)
    if found.closed_at is None:
        clients = list(_people(request, found).select_related("municipality"))
        record_listing(user=request.user, clients=clients, page="board_close", municipality=town)
        sharing = shared(found, clients, today=timezone.localdate())
        boards.close(board=found, outcome=sharing.outcome, rules_version=rules_of(town).version, by=request.user)
        messages.success(request, _("会議の結果を残しました。提案は、一人ずつ本人のページで書きます。"))
    return redirect("desk_board", found.uuid)


def _of(town: Municipality, key: uuid.UUID) -> Board:
    found = Board.objects.filter(municipality=town, uuid=key).first()
    if found is None:
        raise Http404("no such board in this town")
    return found


def _people(request: StaffRequest, found: Board) -> ClientQuerySet:
    """Those on the board whom this member of staff may see; a protected person is not hinted at."""
    visible: ClientQuerySet = clients_of(request.user).filter(pk__in=found.people.values("client"))
    return visible
