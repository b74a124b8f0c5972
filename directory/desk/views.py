"""What staff do with the directory: decide about changes, keep listings fresh, answer residents."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions import confirmations, places, reports, submissions
from directory.actions.errors import NotNow
from directory.actions.snapshot import value_of, words_of
from directory.actions.submissions import canonical
from directory.choices import ConfirmationWay, ReportState, StaffDuty, SubmissionState
from directory.exchange.excel import excel_csv
from directory.fields import FIELDS
from directory.models import Event, Place, Submission
from directory.permissions import (
    for_staff,
    keeps,
    place_for_keeper,
    places_for_staff,
    reports_for_staff,
    submissions_for_reviewer,
)

from .diff import pieces
from .forms import ConfirmForm, DecisionForm, PlaceFilterForm, ReportForm, StateForm

ROWS = 50
# Who may open persons' records is shown the way from a place to the people it could suit.
SEES_PERSONS = {duty for duty in StaffDuty if duty.sees_clients}


@require_safe
@for_staff
def review_list(request: HttpRequest) -> HttpResponse:
    """Changes that wait, the oldest first, and the last decisions."""
    allowed = submissions_for_reviewer(request).select_related("place", "municipality", "submitted_by")
    waiting = Paginator(allowed.waiting().order_by("submitted_at"), ROWS).get_page(request.GET.get("page"))  # type: ignore[attr-defined]
    decided = allowed.exclude(state=SubmissionState.WAITING).exclude(decided_by=None).order_by("-decided_at")[:10]
    context = {"section": "review", "page": waiting, "decided": decided}
    return render(request, "directory/desk/review_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One change, field by field: what was, what would be, and the words between them."""
    sent = get_object_or_404(submissions_for_reviewer(request).select_related("place", "municipality"), uuid=uuid)
    form = DecisionForm(request.POST or None, submission=sent)
    if request.method == "POST" and form.is_valid():
        try:
            submissions.decide(
                submission=sent,
                decisions=form.decisions(),
                reply=form.cleaned_data["reply"],
                by=request.user,  # type: ignore[arg-type]
            )
        except NotNow as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("決めました。送った人にメールでお知らせしました。"))
        return redirect("desk_review")
    context = {"section": "review", "submission": sent, "rows": _rows(sent, form), "form": form}
    return render(request, "directory/desk/review.html", context, status=422 if form.errors else 200)


def _rows(sent: Submission, form: DecisionForm) -> list[dict[str, Any]]:
    rows = []
    for name, change in sent.changes.items():
        before, after = words_of(name, change["before"]), words_of(name, change["after"])
        left, right = pieces(before, after)
        live = value_of(sent.place, name) if sent.place else None
        moved = (
            sent.place is not None
            and sent.state == SubmissionState.WAITING
            and canonical(live) != canonical(change["before"])
        )
        rows.append(
            {
                "label": FIELDS[name].label if name in FIELDS else name,
                "left": left,
                "right": right,
                "live": words_of(name, live) if moved else "",
                "decision": sent.decisions.get(name, {}),
                "field": form[f"decision_{name}"],
                "note": form[f"note_{name}"],
            }
        )
    return rows


@require_safe
@for_staff
def place_list(request: HttpRequest) -> HttpResponse:
    """All listings of one's towns, those that need a call first; as a table for Excel on request."""
    form = PlaceFilterForm(request.GET)
    found = places_for_staff(request).select_related("municipality", "district", "organization")
    found = _narrowed(found, form)
    if request.GET.get("format") == "csv":
        Event.append(action="export.places", actor=request.user, count=found.count())  # type: ignore[arg-type]
        return excel_csv("places.csv", _csv_rows(found))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "section": "places",
        "form": form,
        "page": page,
        "rows": [(place, place.freshness(on=timezone.localdate())) for place in page],
        "query": request.GET.urlencode(),
    }
    return render(request, "directory/desk/place_list.html", context)


def _narrowed(found: QuerySet[Place], form: PlaceFilterForm) -> QuerySet[Place]:
    if not form.is_valid():
        return found.none()
    asked = form.cleaned_data
    if asked["q"]:
        words = asked["q"].strip()
        found = found.filter(Q(name__icontains=words) | Q(yomi__icontains=words) | Q(code=words.upper()))
    for name in ("state", "kind"):
        if asked[name]:
            found = found.filter(**{name: asked[name]})
    if asked["freshness"] == "stale":
        found = found.filter(pk__in=Place.objects.stale(on=timezone.localdate()).values("pk"))
    if asked["freshness"] == "check":
        found = found.exclude(needs_check=[], yomi_confirmed=True)
    return found.order_by("confirmed_on", "yomi", "pk")


def _csv_rows(found: QuerySet[Place]) -> Any:
    yield [_("番号"), _("名前"), _("よみ"), _("種類"), _("状態"), _("地区"), _("住所"), _("団体"), _("確かめた日")]
    for place in found.iterator():
        yield [
            place.code,
            place.name,
            place.yomi,
            place.get_kind_display(),
            place.get_state_display(),
            place.district.name if place.district else "",
            place.address,
            place.organization.name if place.organization else "",
            place.confirmed_on.isoformat() if place.confirmed_on else "",
        ]


@require_safe
@for_staff
def place_page(request: HttpRequest, code: str) -> HttpResponse:
    """One listing as staff see it: state, contacts of both kinds, history, what to check."""
    place = places_for_staff(request).filter(code=code.upper()).select_related("municipality", "organization").first()
    if place is None:
        raise Http404
    context = {
        "section": "places",
        "place": place,
        "may_change": keeps(request.user, place),  # type: ignore[arg-type]
        "sees_persons": any(role.duty in SEES_PERSONS for role in request.user.duties()),  # type: ignore[union-attr]
        "today": timezone.localdate(),
        "history": place.submissions.select_related("submitted_by", "decided_by")[:20],
        "confirmations": place.confirmations.select_related("by")[:10],
        "check": [_label(name) for name in place.needs_check],
        "state_form": StateForm(),
        "confirm_form": ConfirmForm(),
    }
    return render(request, "directory/desk/place.html", context)


def _label(name: str) -> str:
    return str(Place._meta.get_field(name).verbose_name) if hasattr(Place, name) else name  # type: ignore[union-attr]


@require_POST
@for_staff
def place_do(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Publish, pause, withdraw, or confirm a listing."""
    place = place_for_keeper(request, code)
    note = request.POST.get("note", "")[:200]
    way = request.POST.get("way", "")
    by: Any = request.user
    try:
        match verb:
            case "publish":
                places.publish(place=place, by=by)
            case "pause":
                places.pause(place=place, note=note, by=by)
            case "withdraw":
                places.withdraw(place=place, note=note, by=by)
            case "confirm" if way in ConfirmationWay.values:
                confirmations.confirm(place=place, by=by, way=ConfirmationWay(way))
            case _:
                raise Http404
    except NotNow as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("変えました。"))
    return redirect("desk_place", code=place.code)


@require_safe
@for_staff
def report_list(request: HttpRequest) -> HttpResponse:
    """What residents told us, new ones first."""
    found = reports_for_staff(request).select_related("place", "municipality", "district")
    order = [state.value for state in ReportState]
    page = Paginator(sorted(found, key=lambda report: (order.index(report.state), -report.pk)), ROWS)
    context = {"section": "reports", "page": page.get_page(request.GET.get("page"))}
    return render(request, "directory/desk/report_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One message, and what became of it."""
    told = get_object_or_404(reports_for_staff(request).select_related("place"), uuid=uuid)
    form = ReportForm(request.POST or None, initial={"state": told.state, "outcome": told.outcome})
    if request.method == "POST" and form.is_valid():
        reports.handle(
            report=told,
            state=ReportState(form.cleaned_data["state"]),
            outcome=form.cleaned_data["outcome"],
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, _("記録しました。"))
        return redirect("desk_reports")
    Event.append(action="report.read", actor=request.user, subject=told, municipality=told.municipality)  # type: ignore[arg-type]
    context = {"section": "reports", "report": told, "form": form}
    return render(request, "directory/desk/report.html", context, status=422 if form.errors else 200)
