"""見学・同行: agreeing on a visit, changing it, the paper for the person, how it was, looking back."""

import uuid

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from directory.models import Place
from matching.actions.visits import change_visit, plan_visit, record_visit, reflect
from matching.choices import VisitResult
from matching.conditions import value_words
from matching.forms import proposal as forms
from matching.models import Client, Visit
from matching.permissions import client_for
from matching.tracing import record_refusal
from matching.views.door import StaffRequest, for_caseworkers, form_page
from matching.views.proposals import must_be_shown, opened


@for_caseworkers
@require_http_methods(["GET", "POST"])
def visit_plan(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """見学・同行・体験 を決める."""
    client, row, page = opened(request, number, key)
    form = forms.PlanVisitForm(request.POST or None, place=row.place, municipality=client.municipality)
    return form_page(
        request,
        client,
        form,
        lambda: plan_visit(proposal=row, by=request.user, **form.facts()),
        title=_("見学・同行を決める　%(place)s") % {"place": row.place.name},
        button=_("決める"),
        done=_("見学・同行を決めました。"),
        back=page,
        note=helps_wanted(client),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def visit_change(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """約束を変える: another day, another way, somebody else goes along."""
    client, visit, page = opened_visit(request, number, key)
    form = forms.PlanVisitForm(
        request.POST or None,
        place=visit.proposal.place,
        municipality=client.municipality,
        initial=forms.agreed_before(visit),
    )

    def act() -> None:
        version = form.cleaned_data["edit_version"] or 0
        change_visit(visit=visit, edit_version=version, by=request.user, **form.facts())

    return form_page(
        request,
        client,
        form,
        act,
        title=_("約束を変える　%(place)s") % {"place": visit.proposal.place.name},
        button=_("変える"),
        done=_("約束を変えました。本人にわたす紙も、新しい内容になります。"),
        back=page,
        newest_version=Visit.objects.get(pk=visit.pk).edit_version,
        note=_("受け入れ先のページの日時も変わります。電話でも伝えてください。"),
    )


def helps_wanted(client: Client) -> str:
    """`はじめての日にほしい助け: 入口で待っていてもらう・写真や地図で先に知る`, nothing when nobody has asked."""
    row = client.conditions.current().filter(key="first_visit_needs", answer=True).first()
    if row is None:
        return ""
    return _("はじめての日にほしい助け: %(helps)s") % {"helps": value_words(row.key, row.value)}


@for_caseworkers
@require_GET
def visit_sheet(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """The plan of the visit on paper, for the person: large, in easy words, with readings; no name stands on it."""
    client, visit, page = opened_visit(request, number, key)
    place = visit.proposal.place
    must_be_shown(client, place)
    context: dict[str, object] = {
        "at": timezone.localtime(visit.at),
        "visit": visit,
        "place": place,
        "office": client.office,
        "town": client.municipality,
        "map": qr_of_map(place),
        "back": page,
    }
    return render(request, "matching/person/visit_sheet.html", context)


def qr_of_map(place: Place) -> str:
    """A picture that a telephone opens as a map of the place; nothing where its spot is not known or only roughly."""
    if place.pin is None or place.coarse_pin:
        return ""
    latitude, longitude = place.pin
    link = f"https://maps.gsi.go.jp/#17/{latitude:.5f}/{longitude:.5f}/"
    return str(segno.make(link, error="m").svg_inline(border=2, omitsize=True, svgclass="", lineclass=""))


def opened_visit(request: StaffRequest, number: str, key: uuid.UUID) -> tuple[Client, Visit, str]:
    client = client_for(request.user, number, page="visit")
    visit = Visit.objects.filter(proposal__client=client, uuid=key).select_related("proposal__place").first()
    if visit is None:
        record_refusal(user=request.user, what="visit", subject=client)
        raise Http404("no such visit of this client")
    return client, visit, reverse("desk_proposal", args=[client.number, visit.proposal.uuid])


@for_caseworkers
@require_http_methods(["GET", "POST"])
def visit_record(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """F8: how it was."""
    client, visit, page = opened_visit(request, number, key)
    form = forms.RecordVisitForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: record_visit(
            visit=visit,
            result=VisitResult(form.cleaned_data["result"]),
            notes=form.cleaned_data["notes"],
            by=request.user,
        ),
        title=_("見学・同行の記録　%(place)s") % {"place": visit.proposal.place.name},
        button=_("記録する"),
        done=_("記録しました。"),
        back=page,
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def visit_reflect(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """ふり返り, in the person's words."""
    client, visit, page = opened_visit(request, number, key)
    form = forms.ReflectForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: reflect(visit=visit, reflection=form.cleaned_data["reflection"], by=request.user),
        title=_("ふり返り　%(place)s") % {"place": visit.proposal.place.name},
        button=_("記録する"),
        done=_("ふり返りを書きました。"),
        back=page,
    )
