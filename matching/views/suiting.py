"""枠から人へ: whom a place could suit, among those whose records the asker may open."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from directory.models import Place
from matching.candidates.finding import Candidate, State, people_for
from matching.choices import ClientState, ProposalState
from matching.facts_of import people_facts, place_facts, places_to_judge, without_refused_roles
from matching.models import Client, Proposal
from matching.permissions import clients_of, desk_town
from matching.town_rules import rules_of
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_caseworkers

PAGE = 30


@dataclass(frozen=True)
class Suited:
    """One person for whom the place is a candidate, or would be after a question."""

    client: Client
    candidate: Candidate

    @property
    def must_ask(self) -> bool:
        return self.candidate.state is State.ASK_FIRST


@for_caseworkers
@require_GET
def people(request: StaffRequest, code: str) -> HttpResponse:
    """Best first. Who takes part there, or has been asked, is left out; so is whoever keeps away from it."""
    town, today = desk_town(request.user), timezone.localdate()
    asked = Place.objects.filter(code=code.upper()).values_list("pk", flat=True)
    place = next(iter(places_to_judge(town, today=today, only=list(asked))), None)
    if place is None:
        raise Http404("no such place to suggest in this town")
    page = Paginator(_suited(request, place), PAGE).get_page(request.GET.get("page"))
    rows: list[Suited] = list(page.object_list)
    record_listing(
        user=request.user, clients=[row.client for row in rows], page="place_people", municipality=town,
        place=str(place.uuid),
    )  # fmt: skip
    context = {"section": "places", "place": place, "page": page, "rows": rows}
    return render(request, "matching/connecting/people.html", context)


def _suited(request: StaffRequest, place: Place) -> list[Suited]:
    today = timezone.localdate()
    busy = Proposal.objects.filter(place=place, state__in=[*ProposalState.open_values(), ProposalState.BEGUN])
    visible = clients_of(request.user).filter(
        municipality=desk_town(request.user), state__in=[ClientState.OPEN, ClientState.WAITING]
    )
    clients = list(visible.exclude(pk__in=busy.values("client")).order_by("pk"))
    facts = place_facts(place, today=today)
    by_key = {str(client.uuid): client for client in clients}
    everybody, rules = [], rules_of(place.municipality)
    for client, person in zip(clients, people_facts(clients, today=today), strict=True):
        own, left = without_refused_roles(client, person, [facts])
        everybody.append((own, left[0]))
    # Of people who refused some of its roles the place is judged without them, so each pair is judged by itself.
    candidates = [(own.id, one) for own, left in everybody for one in people_for(left, [own], rules=rules)]
    candidates.sort(key=lambda pair: _order(pair[1]))
    return [Suited(by_key[key], one) for key, one in candidates]


def _order(one: Candidate) -> tuple[bool, int, float, float]:
    fit = one.ranking.fit if one.ranking.fit is not None else 0.5
    return (one.state is State.ASK_FIRST, -one.band, -round(fit, 1), one.minutes if one.minutes is not None else 1e9)
