"""枠から人へ: whom a place, or one slot of it, could suit, among those whose records the asker may open."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directory.models import Municipality, Place, Slot
from matching.candidates.facts import PersonFacts
from matching.candidates.finding import Candidate, State, people_for
from matching.candidates.rules import Rules
from matching.candidates.sieve import sift
from matching.candidates.verdicts import HOST, PERSON
from matching.choices import ClientState, ProposalState
from matching.facts_of import people_facts, place_facts, places_to_judge, slot_facts
from matching.models import Client, Proposal
from matching.options import role_words
from matching.permissions import clients_of, desk_town
from matching.sharing import waiting_days
from matching.sketches import town_columns
from matching.town_rules import rules_of
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_caseworkers

PAGE = 30
# Questions named in a row; the rest is counted.
NAMED = 4


@dataclass(frozen=True)
class Room:
    """One slot of today, for choosing it."""

    slot: Slot
    is_chosen: bool

    @property
    def words(self) -> str:
        """`皿ふき（裏方）・30分　あと2人`."""
        name = role_words(self.slot.role) if self.slot.role else self.slot.activity.name
        return f"{name}　{self.seats}"

    @property
    def seats(self) -> str:
        if not self.slot.is_open:
            return _("今は受け入れを休んでいます")
        return _("あと%(seats)s人") % {"seats": self.slot.free_seats} if self.slot.free_seats else _("今は満員")


@dataclass(frozen=True)
class Suited:
    """One person for whom the place is a candidate, or would be after a question."""

    client: Client
    candidate: Candidate
    waiting_days: int
    # How many other places of the town nothing known speaks against.
    others: int

    @property
    def to_ask(self) -> list[tuple[str, list[str], int]]:
        """(whom, what by its short name, how many more): the sentences stand where one asks, on the person's page."""
        unknown = [one for one in self.candidate.judgement.unknown if one.question]
        found = [
            (words, [one.label for one in unknown if one.question and one.question.whom == whom])
            for whom, words in ((PERSON, _("本人に")), (HOST, _("受け入れ先に")))
        ]
        return [(words, labels[:NAMED], len(labels[NAMED:])) for words, labels in found if labels]


@for_caseworkers
@require_GET
def people(request: StaffRequest, code: str) -> HttpResponse:
    """Best first. Who takes part there, or has been asked, is left out; so is whoever keeps away from it."""
    town, today = desk_town(request.user), timezone.localdate()
    asked = Place.objects.filter(code=code.upper()).values_list("pk", flat=True)
    place = next(iter(places_to_judge(town, today=today, only=list(asked))), None)
    if place is None:
        raise Http404("no such place to suggest in this town")
    slots = [slot for activity in place.activities.all() for slot in activity.slots.all()]
    chosen = next((slot for slot in slots if str(slot.uuid) == request.GET.get("slot")), None)
    facts, rules = place_facts(place, today=today), rules_of(town)
    if chosen is not None:
        facts = slot_facts(facts, place, chosen)
    clients = {str(client.uuid): client for client in _free_for(request, place, town)}
    persons = {one.id: one for one in people_facts(list(clients.values()), today=today)}
    year, week, _weekday = today.isocalendar()
    order = people_for(facts, persons.values(), rules=rules, week=f"{year}-W{week:02}")
    page = Paginator(order, PAGE).get_page(request.GET.get("page"))
    found = [(persons[key], clients[key], one) for key, one in page.object_list]
    prefetch_related_objects([client for _person, client, _one in found], "plans")
    others = _others([person for person, _client, _one in found], place, town, rules, today)
    rows = [
        Suited(client, one, waiting_days(client, today), number)
        for (_person, client, one), number in zip(found, others, strict=True)
    ]
    record_listing(
        user=request.user, clients=[row.client for row in rows], page="place_people", municipality=town,
        place=str(place.uuid),
    )  # fmt: skip
    rooms = [Room(slot, slot is chosen) for slot in slots]
    context = {"section": "places", "place": place, "page": page, "rows": rows, "rooms": rooms, "chosen": chosen}
    return render(request, "matching/connecting/people.html", context)


def _free_for(request: StaffRequest, place: Place, town: Municipality) -> list[Client]:
    """Whom the asker may see, and who has neither been asked about this place nor takes part there."""
    busy = Proposal.objects.filter(place=place, state__in=[*ProposalState.open_values(), ProposalState.BEGUN])
    visible = clients_of(request.user).filter(municipality=town, state__in=[ClientState.OPEN, ClientState.WAITING])
    return list(visible.exclude(pk__in=busy.values("client")).order_by("pk"))


def _others(persons: list[PersonFacts], place: Place, town: Municipality, rules: Rules, today: date) -> list[int]:
    """How many places but this one nothing known speaks against: a scarce slot means most to who has nothing else."""
    if not persons:
        return []
    columns = town_columns(town, today=today).columns
    this = columns.row_of().get(str(place.uuid))
    found = [sift(one, columns, rules) for one in persons]
    return [
        sum(int(row) != this for state in (State.CANDIDATE, State.ASK_FIRST) for row in sifted.rows(state))
        for sifted in found
    ]
