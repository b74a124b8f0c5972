"""資源開拓: what stands between the town's people and its places, and the cards of those who might open something."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from directory.exchange.excel import excel_csv
from directory.models import Municipality
from matching.actions import prospects
from matching.candidates.rules import Rules
from matching.choices import ProspectState
from matching.forms.prospects import MoveForm, ProspectForm
from matching.models import Client, Prospect
from matching.needs import Need, TownNeeds, town_needs
from matching.new_places import PROMISES, Suits, promise_words, suits
from matching.permissions import clients_of
from matching.refusals import EditedMeanwhile, NotPossible
from matching.town_rules import rules_of
from matching.tracing import record_listing
from matching.views.door import StaffRequest, both_texts, for_developers

# Cards that came to an end are read on from here only as far back.
MOST_ENDED = 20
MOST_CONDITIONS = 10


@for_developers
@require_GET
def board(request: StaffRequest, town: Municipality) -> HttpResponse:
    """The ranking of what would help most, and the cards by how far they have come."""
    needs = town_needs(town, today=timezone.localdate())
    if request.GET.get("format") == "csv":
        return excel_csv("needs.csv", _csv_rows(needs))
    mine = _shown_clients(request, needs)
    record_listing(user=request.user, clients=mine.values(), page="resources", municipality=town)
    cards = list(
        Prospect.objects.filter(municipality=town).select_related("district", "place", "worker", "municipality")
    )
    rules = rules_of(town)
    context = {
        "section": "resources",
        "needs": needs,
        "rows": [(need, sorted(_those(need, mine), key=lambda one: one.number)) for need in needs.needs],
        "conditions": needs.conditions[:MOST_CONDITIONS],
        "columns": [(state, _cards(cards, state, needs, rules)) for state in ProspectState],
        "today": timezone.localdate(),
    }
    return render(request, "matching/resources/board.html", context)


def _shown_clients(request: StaffRequest, needs: TownNeeds) -> dict[int, Client]:
    """Of the people counted, those whose records this member of staff may open."""
    everybody = {pk for need in needs.needs for pk in need.people}
    return {client.pk: client for client in clients_of(request.user).filter(pk__in=everybody)}


def _those(need: Need, mine: dict[int, Client]) -> list[Client]:
    return [mine[pk] for pk in need.people if pk in mine]


def _cards(cards: list[Prospect], state: ProspectState, needs: TownNeeds, rules: Rules) -> list[tuple[Prospect, int]]:
    """(card, how many people it would reach: by what it opens, and as a new place that meets all they need)."""
    found = [card for card in cards if card.state == state]
    if state.value not in ProspectState.alive_values():
        found = found[:MOST_ENDED]
    return [(card, len(needs.helped(card.remedies) | _suits(card, needs, rules).is_met)) for card in found]


def _suits(card: Prospect, needs: TownNeeds, rules: Rules) -> Suits:
    """Whom the place of the card would suit; nobody as long as the card says neither where nor what."""
    if not (card.district or card.meets or card.want):
        return Suits()
    return suits(card, needs.facts, rules)


def _csv_rows(needs: TownNeeds) -> Iterator[list[Any]]:
    """Counts only."""
    yield [_("手立て"), _("くわしく"), _("だれが"), _("手間"), _("人数"), _("場の数"), _("選べる場が少ない人")]
    for need in needs.needs:
        remedy = need.remedy
        yield [
            remedy.relax, remedy.words, remedy.who, remedy.cost.value, len(need.people), len(need.places),
            len(need.short),
        ]  # fmt: skip
    yield []
    yield [_("地区"), _("条件"), _("選べる場が少ない人")]
    yield from ([row.district, row.condition, row.people] for row in needs.conditions)


@for_developers
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, town: Municipality) -> HttpResponse:
    """A new card."""
    # What residents looked for and did not find; the table it comes from holds nothing of a person.
    begins: dict[str, Any] = {"worker": request.user, "looked_for": request.GET.get("looked_for", "")[:60]}
    # From a row of what is unmet: the district and the condition, both codes.
    begins |= {name: request.GET[name] for name in ("district",) if request.GET.get(name, "").isdigit()}
    begins["meets"] = [code for code in request.GET.getlist("meets") if code in PROMISES]
    form = ProspectForm(request.POST or None, town=town, initial=begins)
    if request.method == "POST" and form.is_valid():
        try:
            made = prospects.make(
                municipality=town,
                idea=form.idea_of(),
                worker=form.cleaned_data["worker"],
                by=request.user,
                form_key=form.cleaned_data["form_key"],
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("カードを作りました。"))
            return redirect("desk_prospect", made.uuid)
    return _form(request, form, title=_("資源開拓カードを作る"), back=reverse("desk_resources"))


@for_developers
@require_http_methods(["GET", "POST"])
def card(request: StaffRequest, town: Municipality, key: uuid.UUID) -> HttpResponse:
    """One card: what it says, whom it would help, its talks, and the next one."""
    prospect = _of(town, key)
    form = MoveForm(request.POST or None, prospect=prospect)
    if request.method == "POST" and form.is_valid():
        try:
            prospects.move(prospect=prospect, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("書きました。"))
            return redirect("desk_prospect", prospect.uuid)
    needs = town_needs(town, today=timezone.localdate())
    helped, found = needs.helped(prospect.remedies), _suits(prospect, needs, rules_of(town))
    reached = helped | found.can_come
    mine = list(clients_of(request.user).filter(pk__in=reached).order_by("fiscal_year", "serial"))
    record_listing(user=request.user, clients=mine, page="prospect", municipality=town)
    context = {
        "section": "resources",
        "prospect": prospect,
        "form": form,
        "steps": prospect.steps.select_related("by"),
        "opens": [need for need in needs.needs if need.remedy.relax in prospect.remedies],
        "helped": len(helped),
        "suits": found,
        "meets": promise_words(prospect.meets),
        "by_promise": [(promise_words([code])[0], number) for code, number in found.by_promise.items() if number],
        "clients": mine,
    }
    return render(request, "matching/resources/card.html", context, status=422 if form.is_bound else 200)


@for_developers
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, town: Municipality, key: uuid.UUID) -> HttpResponse:
    """What the card says."""
    prospect = _of(town, key)
    form = ProspectForm(request.POST or None, town=town, prospect=prospect)
    clash: EditedMeanwhile | None = None
    if request.method == "POST" and form.is_valid():
        try:
            prospects.change(
                prospect=prospect,
                idea=form.idea_of(prospect),
                worker=form.cleaned_data["worker"],
                edit_version=form.cleaned_data["edit_version"] or 0,
                by=request.user,
            )
        except NotPossible as refusal:
            clash = refusal if isinstance(refusal, EditedMeanwhile) else None
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("保存しました。"))
            return redirect("desk_prospect", prospect.uuid)
    more = {"clash": both_texts(form, clash), "newest_version": _of(town, key).edit_version} if clash else {}
    back = reverse("desk_prospect", args=[prospect.uuid])
    return _form(request, form, title=_("カードを直す"), back=back, **more)


def _of(town: Municipality, key: uuid.UUID) -> Prospect:
    found = (
        Prospect.objects.filter(municipality=town, uuid=key)
        .select_related("district", "place", "worker", "municipality")
        .first()
    )
    if found is None:
        raise Http404("no such card in this town")
    return found


def _form(request: StaffRequest, form: ProspectForm, *, title: str, back: str, **more: Any) -> HttpResponse:
    context = {"section": "resources", "form": form, "title": title, "back": back, **more}
    return render(request, "matching/resources/form.html", context, status=422 if form.is_bound else 200)
