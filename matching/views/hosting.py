"""受け入れ先支援, place by place: who takes part, the burden told, and the ledger of 謝金."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from directory.exchange.excel import excel_csv
from directory.models import Municipality, Place
from matching.actions import honorariums
from matching.forms.hosting import HonorariumForm, StrikeForm
from matching.models import CollectedReport, Honorarium, HostSupport, Placement
from matching.permissions import clients_of
from matching.refusals import NotPossible
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_developers, press

PAGE = 30
MOST_BURDENS = 12


@for_developers
@require_GET
def support(request: StaffRequest, town: Municipality, code: str) -> HttpResponse:
    """The page of one host. Numbers of people by right; how many there are, all the same."""
    place = _place(town, code)
    ledger = Honorarium.objects.filter(municipality=town, place=place).select_related("entered_by", "paid_by")
    if request.GET.get("format") == "csv":
        return excel_csv(f"honorariums-{place.code}.csv", _csv_rows(ledger))
    running = Placement.objects.running().filter(municipality=town, place=place)
    mine = list(running.filter(client__in=clients_of(request.user)).select_related("client__municipality"))
    record_listing(
        user=request.user, clients=[row.client for row in mine], page="place_support", municipality=town,
        place=str(place.uuid),
    )  # fmt: skip
    standing = list(ledger.standing())
    context = {
        "section": "places",
        "place": place,
        "mine": mine,
        "number": running.count(),
        "burdens": burdens_of(town, place),
        "page": Paginator(ledger, PAGE).get_page(request.GET.get("page")),
        "paid": sum(row.yen for row in standing if row.paid_on),
        "unpaid": sum(row.yen for row in standing if not row.paid_on),
        "today": timezone.localdate(),
        "strike_form": StrikeForm(),
    }
    return render(request, "matching/hosting/support.html", context)


def burdens_of(town: Municipality, place: Place) -> list[tuple[Any, int, str]]:
    """(day, burden 0–4, who told it), the newest first; nothing of any person."""
    told = HostSupport.objects.filter(municipality=town, place=place, burden__isnull=False, on__isnull=False)
    reported = CollectedReport.objects.filter(
        municipality=town, request__proposal__place=place, burden__isnull=False
    ).values_list("on", "burden")
    rows = [(on, burden, _("電話など")) for on, burden in told.values_list("on", "burden")]
    rows += [(on, burden, _("受け入れ先から")) for on, burden in reported]
    return sorted(rows, key=lambda row: row[0], reverse=True)[:MOST_BURDENS]


def _csv_rows(ledger: Any) -> Iterator[list[Any]]:
    yield [
        _("いつから"), _("いつまで"), _("単位"), _("数"), _("単価（円）"), _("金額（円）"), _("期日"),
        _("支払った日"), _("取り消し"), _("メモ"),
    ]  # fmt: skip
    for row in ledger:
        yield [
            row.from_on, row.until_on, row.get_per_display(), row.times, row.unit_yen, row.yen, row.due_on,
            row.paid_on or "", row.struck_why, row.note,
        ]  # fmt: skip


@for_developers
@require_http_methods(["GET", "POST"])
def honorarium_add(request: StaffRequest, town: Municipality, code: str) -> HttpResponse:
    """謝金 for a period."""
    place = _place(town, code)
    form = HonorariumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            honorariums.enter(
                place=place,
                municipality=town,
                owed=form.owed(),
                due_on=form.cleaned_data["due_on"],
                form_key=form.cleaned_data["form_key"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect(_page(place))
    context = {
        "section": "places",
        "form": form,
        "title": _("謝金を書く　%(place)s") % {"place": place.name},
        "back": _page(place),
    }
    return render(request, "matching/resources/form.html", context, status=422 if form.is_bound else 200)


@for_developers
@require_POST
def honorarium_pay(request: StaffRequest, town: Municipality, key: uuid.UUID) -> HttpResponse:
    row = _honorarium(town, key)
    return press(
        request,
        lambda: honorariums.pay(honorarium=row, on=timezone.localdate(), by=request.user),
        done=_("支払ったことを書きました。"),
        back=_page(row.place),
    )


@for_developers
@require_POST
def honorarium_strike(request: StaffRequest, town: Municipality, key: uuid.UUID) -> HttpResponse:
    row = _honorarium(town, key)
    form = StrikeForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    return press(
        request,
        lambda: honorariums.strike(honorarium=row, why=why, by=request.user),
        done=_("取り消しました。書いたことは残ります。"),
        back=_page(row.place),
    )


def _page(place: Place) -> str:
    return reverse("desk_place_support", args=[place.code])


def _place(town: Municipality, code: str) -> Place:
    found = Place.objects.filter(municipality=town, code=code.upper()).first()
    if found is None:
        raise Http404("no such place in this town")
    return found


def _honorarium(town: Municipality, key: uuid.UUID) -> Honorarium:
    found = Honorarium.objects.filter(municipality=town, uuid=key).select_related("place").first()
    if found is None:
        raise Http404("no such honorarium in this town")
    return found
