"""Support that is no place, and the memo of a hand-over."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.actions.clients import receive_hand_over
from matching.actions.supports import add_support, end_support
from matching.forms import supports as forms
from matching.models import HandOver, PlanSupport
from matching.permissions import client_for, owned_for
from matching.views.door import StaffRequest, for_caseworkers, form_page, press


@for_caseworkers
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, number: str) -> HttpResponse:
    """見守り, 同行, 家に来てもらう, or a service that exists."""
    client = client_for(request.user, number, page="plan")
    form = forms.SupportForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: add_support(client=client, by=request.user, **form.cleaned_data),
        title=_("場でない支えを足す"),
        button=_("プランに足す"),
        done=_("プランに足しました。"),
        back=reverse("desk_plan", args=[client.number]),
        note=_("見守り・同行・家に来てもらうことや、今ある制度のサービスも、場とならべてプランに書きます。"),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="plan")
    row = owned_for(request.user, client, PlanSupport, key)
    form = forms.EndSupportForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: end_support(support=row, on=form.cleaned_data["on"], words=form.cleaned_data["words"], by=request.user),
        title=_("支えを終える　%(kind)s") % {"kind": row.get_kind_words()},
        button=_("終える"),
        done=_("支えを終えました。記録は残ります。"),
        back=reverse("desk_plan", args=[client.number]),
    )


@for_caseworkers
@require_POST
def hand_over_received(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """The new main worker has read the memo."""
    client = client_for(request.user, number, page="team")
    row = owned_for(request.user, client, HandOver, key)
    return press(
        request,
        lambda: receive_hand_over(hand_over=row, by=request.user),
        done=_("引継ぎを受け取りました。"),
        back=reverse("desk_team", args=[client.number]),
    )
