"""担当: who works with the person, and who alone may see a protected one."""

import uuid

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.actions.clients import add_co_worker, hand_over, leave_team, lift_protection, protect
from matching.choices import MemberKind
from matching.forms.person import HandOverForm, MemberForm
from matching.models import Client, TeamMember
from matching.permissions import client_for, may_protect, owned_for
from matching.tracing import record_refusal
from matching.underway import underway_of
from matching.views.door import StaffRequest, for_caseworkers, form_page, press


@for_caseworkers
@require_http_methods(["GET", "POST"])
def team(request: StaffRequest, number: str) -> HttpResponse:
    """Main worker and office; co-workers and protection by their own buttons."""
    client = client_for(request.user, number, page="team")
    form = HandOverForm(
        request.POST or None,
        client=client,
        initial={"to": client.main_worker, "office": client.office, "underway": underway_of(client)},
    )
    members = client.team.filter(until_on=None).select_related("user")
    return form_page(
        request,
        client,
        form,
        lambda: hand_over(
            client=client,
            to=form.cleaned_data["to"],
            office=form.cleaned_data["office"],
            memo=form.memo(),
            by=request.user,
        ),
        title=_("担当"),
        button=_("主担当を変える"),
        done=_("主担当を変えました。"),
        back=reverse("desk_people"),
        template="matching/person/team.html",
        co_workers=[member for member in members if member.kind == MemberKind.CO_WORKER],
        allowed=[member for member in members if member.kind == MemberKind.ALLOWED],
        may_protect=may_protect(request.user, client),
        hand_overs=client.hand_overs.select_related("before", "after")[:5],
        member_form=MemberForm(municipality=client.municipality, auto_id="co_%s"),
        page_name="desk_team",
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def co_worker_add(request: StaffRequest, number: str) -> HttpResponse:
    client = client_for(request.user, number, page="team")
    form = MemberForm(request.POST or None, municipality=client.municipality)
    return form_page(
        request,
        client,
        form,
        lambda: add_co_worker(client=client, user=form.cleaned_data["user"], by=request.user),
        title=_("副担当を足す"),
        button=_("足す"),
        done=_("副担当を足しました。"),
        back=reverse("desk_team", args=[client.number]),
    )


@for_caseworkers
@require_POST
def member_leave(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="team")
    member = owned_for(request.user, client, TeamMember, key)
    if member.kind == MemberKind.ALLOWED:
        _must_protect(request, client)
    return press(
        request,
        lambda: leave_team(member=member, by=request.user),
        done=_("外しました。"),
        back=reverse("desk_team", args=[client.number]),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def protection(request: StaffRequest, number: str) -> HttpResponse:
    """Hide the person from all but a few, or let one more look."""
    client = client_for(request.user, number, page="team")
    _must_protect(request, client)
    form = MemberForm(request.POST or None, municipality=client.municipality, initial={"user": request.user})
    return form_page(
        request,
        client,
        form,
        lambda: protect(client=client, allow=[form.cleaned_data["user"]], by=request.user),
        title=_("特に守る（見てよい人を限る）"),
        button=_("この人だけ見られるようにする"),
        done=_("見てよい人を限りました。"),
        back=reverse("desk_team", args=[client.number]),
        note=_("主担当とあなた、選んだ職員だけに見えます。ほかの職員の一覧、検索、集計には出なくなります。"),
    )


@for_caseworkers
@require_POST
def protection_lift(request: StaffRequest, number: str) -> HttpResponse:
    client = client_for(request.user, number, page="team")
    _must_protect(request, client)
    return press(
        request,
        lambda: lift_protection(client=client, by=request.user),
        done=_("特に守る扱いをやめました。"),
        back=reverse("desk_team", args=[client.number]),
    )


def _must_protect(request: StaffRequest, client: Client) -> None:
    if not may_protect(request.user, client):
        record_refusal(user=request.user, what="protection", subject=client)
        raise Http404("not theirs to protect")
