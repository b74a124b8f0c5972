"""この町の決まり: the way of the work, its days, the weights, with a preview before anything changes."""

from dataclasses import replace
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.models import Municipality
from matching import clocks
from matching.actions.town_rules import set_rules
from matching.choices import ClientState
from matching.forms.rules import RulesForm
from matching.measures import scales
from matching.models import TownRules
from matching.permissions import clients_of
from matching.process import process
from matching.refusals import NotPossible
from matching.rules_preview import Preview, preview
from matching.town_rules import learned_of, with_numbers
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_sharers
from matching.views.measures import wording_of

MOST_VERSIONS = 30


@for_sharers
@require_http_methods(["GET", "POST"])
def rules(request: StaffRequest, town: Municipality) -> HttpResponse:
    """GET shows what is in force, or an older version to take up again; POST previews, then sets."""
    standing = clocks.newest(town)
    older = TownRules.objects.filter(municipality=town, serial=_number(request.GET.get("version", ""))).first()
    form = RulesForm(request.POST or None, standing=older or standing)
    # Trying out needs no reason.
    form.fields["why"].required = request.POST.get("act") == "set"
    if older:
        form.fields["seen"].initial = standing.serial if standing else 0
    changes: Preview | None = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") in {"preview", "further"}:
            changes = _preview(request, town, form)
        else:
            try:
                set_rules(
                    municipality=town,
                    seen=form.cleaned_data["seen"],
                    days=form.days,
                    weights=form.weights,
                    learned=form.cleaned_data["learned"],
                    numbers=form.numbers,
                    cadence=form.cadence,
                    why=form.cleaned_data["why"],
                    by=request.user,
                )
            except NotPossible as refusal:
                form.add_error(None, str(refusal.sentence))
            else:
                messages.success(request, _("決まりを変えました。これからの判定と期日に使います。"))
                return redirect("desk_rules")
    days = clocks.with_days(standing)
    context = {
        "section": "rules",
        "form": form,
        "standing": standing,
        "older": older,
        "preview": changes,
        "steps": [(step, days.get(step.clock)) for step in process().steps.values()],
        "versions": TownRules.objects.filter(municipality=town).select_related("by")[:MOST_VERSIONS],
        "scales": [(scale, wording_of(town, scale)) for scale in scales().by_code.values()],
    }
    return render(request, "matching/rules/rules.html", context, status=422 if form.errors else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _preview(request: StaffRequest, town: Municipality, form: RulesForm) -> Preview:
    """For the people whose records the asker may open, forty at a time; seen like any other list."""
    visible = clients_of(request.user).filter(municipality=town, state__in=[ClientState.OPEN, ClientState.WAITING])
    rules = replace(
        with_numbers(form.numbers),
        weights=MappingProxyType(form.weights),
        learned=learned_of(town) if form.cleaned_data["learned"] else MappingProxyType({}),
    )
    after = form.cleaned_data["looked"] or 0 if request.POST.get("act") == "further" else 0
    found = preview(list(visible.order_by("-pk")), town, rules, after=after, today=timezone.localdate())
    record_listing(
        user=request.user, clients=[moved.client for moved in found.other_firsts], page="rules", municipality=town
    )
    return found
