"""相談受付: a call becomes a person with a main worker."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.actions.consultations import receive
from matching.forms.intake import IntakeForm
from matching.models import Client
from matching.permissions import client_for, clients_of, desk_town
from matching.refusals import NotPossible
from matching.views.door import StaffRequest, for_caseworkers
from matching.views.identity import identity_of


@for_caseworkers
@require_http_methods(["GET", "POST"])
def intake(request: StaffRequest) -> HttpResponse:
    """Somebody new calls, or something is noticed about somebody."""
    return _intake(request, None)


@for_caseworkers
@require_http_methods(["GET", "POST"])
def intake_again(request: StaffRequest, number: str) -> HttpResponse:
    """Somebody known calls again."""
    return _intake(request, client_for(request.user, number, page="intake"))


def _intake(request: StaffRequest, client: Client | None) -> HttpResponse:
    town = client.municipality if client else desk_town(request.user)
    form = IntakeForm(request.POST or None, municipality=town, user=request.user, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            consultation = receive(
                municipality=town,
                client=client,
                person=None if client else form.person(),
                by=request.user,
                **form.consultation(),
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return _after(request, consultation.client)
    context = {
        "section": "intake",
        "form": form,
        "client": client,
        "identity": identity_of(request.user, client) if client else None,
        "title": _("相談受付") if client is None else _("また相談を受けた"),
    }
    return render(request, "matching/intake/intake.html", context, status=422 if form.is_bound else 200)


def _after(request: StaffRequest, client: Client) -> HttpResponse:
    if not clients_of(request.user).filter(pk=client.pk).exists():
        # Received for another office: the number is all that this window keeps.
        messages.success(
            request, _("受け付けました。番号は %(number)s です。主担当に引き継がれました。") % {"number": client.number}
        )
        return redirect("desk_today")
    messages.success(request, _("相談を受け付けました。"))
    return redirect("desk_person", number=client.number)
