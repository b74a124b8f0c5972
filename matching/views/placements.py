"""参加: how it goes for the person and for the host, side by side, until the end."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from matching import codes
from matching.actions.follow_ups import record_follow_up
from matching.actions.host_support import log_call, record_call
from matching.actions.placements import end
from matching.actions.requests import collect_letters
from matching.choices import RecordWay, Regularity
from matching.forms import proposal as forms
from matching.models import Client, CollectedReport, FollowUp, HostSupport, Placement
from matching.permissions import client_for, placement_for
from matching.signs import signs_of
from matching.tracing import record_refusal
from matching.views.door import StaffRequest, for_caseworkers, form_page
from matching.views.identity import identity_of


@for_caseworkers
@require_GET
def placement(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """Twin logs: 定着 on the left, 受け入れ先 on the right."""
    client = client_for(request.user, number, page="placement")
    row = placement_for(request.user, client, key)
    collect_letters(municipality=client.municipality)
    context = {
        "section": "people",
        "client": client,
        "identity": identity_of(request.user, client),
        "placement": row,
        "follow_ups": row.follow_ups.select_related("done_by"),
        "supports": row.host_supports.select_related("by"),
        "reports": CollectedReport.objects.filter(request__proposal=row.proposal_id),
        "changes": row.changes.select_related("by"),
        "signs": signs_of([row], town=client.municipality, today=timezone.localdate()).get(row.pk, []),
        "today": timezone.localdate(),
        "end_words": codes.label("end_reasons", row.end_reason, row.end_version) if row.end_reason else "",
    }
    return render(request, "matching/person/placement.html", context)


def page_of(client: Client, placement: Placement) -> str:
    return reverse("desk_placement", args=[client.number, placement.uuid])


def _missing(request: StaffRequest, client: Client, what: str) -> Http404:
    record_refusal(user=request.user, what=what, subject=client)
    return Http404(f"no such {what} of this client")


@for_caseworkers
@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """F10: how it goes."""
    client = client_for(request.user, number, page="follow_up")
    row = FollowUp.objects.filter(placement__client=client, uuid=key).select_related("placement__place").first()
    if row is None:
        raise _missing(request, client, "followup")
    form = forms.FollowUpForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        record_follow_up(
            follow_up=row,
            regularity=Regularity(data["regularity"]),
            self_rating=data["self_rating"],
            worker_rating=data["worker_rating"],
            words=data["words"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("ようす（%(step)s）　%(place)s") % {"step": row.get_step_display(), "place": row.placement.place.name},
        button=_("記録する"),
        done=_("ようすを記録しました。"),
        back=page_of(client, row.placement),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def host_support(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """F11: a planned talk with the host."""
    client = client_for(request.user, number, page="host_support")
    row = HostSupport.objects.filter(placement__client=client, uuid=key).select_related("placement", "place").first()
    if row is None:
        raise _missing(request, client, "hostsupport")
    form = forms.HostSupportForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        record_call(
            support=row,
            way=RecordWay(data["way"]),
            burden=data["burden"],
            words=data["words"],
            next_on=data["next_on"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("受け入れ先と話した　%(place)s") % {"place": row.place.name},
        button=_("記録する"),
        done=_("受け入れ先との話を記録しました。"),
        back=page_of(client, row.placement),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def host_support_add(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """A talk with the host that nobody had planned."""
    client = client_for(request.user, number, page="host_support")
    row = placement_for(request.user, client, key)
    form = forms.HostSupportForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        log_call(
            placement=row,
            way=RecordWay(data["way"]),
            burden=data["burden"],
            words=data["words"],
            next_on=data["next_on"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("受け入れ先と話した　%(place)s") % {"place": row.place.name},
        button=_("記録する"),
        done=_("受け入れ先との話を記録しました。"),
        back=page_of(client, row),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """終了, with a typed reason; a graduation is as good a reason as any."""
    client = client_for(request.user, number, page="end")
    row = placement_for(request.user, client, key)
    form = forms.EndForm(request.POST or None, begins_on=row.begins_on)
    return form_page(
        request,
        client,
        form,
        lambda: end(
            placement=row,
            reason=form.cleaned_data["reason"],
            ends_on=form.cleaned_data["ends_on"],
            words=form.cleaned_data["words"],
            by=request.user,
        ),
        title=_("参加を終える　%(place)s") % {"place": row.place.name},
        button=_("終える"),
        done=_("参加を終えました。"),
        back=page_of(client, row),
        note=_("残っている予定は消えます。記録は残ります。またいつでも始められます。"),
    )
