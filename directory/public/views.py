"""The pages residents open: a place, the calendar, windows, roles, telling us something."""

import segno
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.reports import receive
from directory.choices import PlaceState, ReportKind, WindowField
from directory.models import ConsultationWindow, Municipality, Place, Role
from directory.openings import with_openings
from directory.town import COOKIE

from .feeds import place_calendar
from .forms import TellForm, TownForm
from .page import PlacePage

REPORTS_AN_HOUR = 10


def place_for(request: HttpRequest, code: str) -> Place:
    """The place behind a public address, in whatever town; Http404 when there is none to show."""
    # Anything else is no code of ours, and PostgreSQL refuses some characters (NUL) with an error.
    if not (code.isascii() and code.isalnum()):
        raise Http404
    places = Place.objects.select_related("municipality", "district", "organization")
    place = with_openings(places).filter(code=code.upper()).exclude(state=PlaceState.PREPARING).first()
    if place is None or not place.municipality.can_publish:
        raise Http404
    return place


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place, in the order in which people ask: when, what it costs, where, how."""
    found = place_for(request, code)
    if found.merged_into_id:
        return redirect("place", code=_last(found).code, permanent=True)
    request.town = found.municipality  # type: ignore[attr-defined]
    if found.state == PlaceState.WITHDRAWN:
        return render(request, "directory/public/place_gone.html", {"place": found}, status=410)
    near = _near(found)
    context = {"page": PlacePage(found), "place": found, "near": near, "section": "search", "link": _link(found)}
    return render(request, "directory/public/place.html", context)


def _last(place: Place) -> Place:
    """Where a chain of merged places ends."""
    seen: set[int] = set()
    while place.merged_into is not None and place.pk not in seen:
        seen.add(place.pk)
        place = place.merged_into
    return place


def _link(place: Place) -> str:
    return settings.BASE_URL + reverse("place", args=[place.code])


def _near(place: Place) -> list[PlacePage]:
    """Three places of the same district, those that open soonest first."""
    if place.district_id is None:
        return []
    others = with_openings(Place.objects.published().filter(district=place.district_id, state=PlaceState.PUBLISHED))
    pages = [PlacePage(other) for other in others.exclude(pk=place.pk).order_by("-confirmed_on")[:8]]
    open_soon = [page for page in pages if page.next is not None]
    return sorted(open_soon, key=lambda page: page.next.starts_at if page.next else page.at)[:3]


@require_safe
def place_print(request: HttpRequest, code: str) -> HttpResponse:
    """One A4 sheet in large letters, with a QR code."""
    found = place_for(request, code)
    if found.merged_into_id:
        return redirect("place_print", code=_last(found).code, permanent=True)
    if found.state == PlaceState.WITHDRAWN:
        raise Http404
    request.town = found.municipality  # type: ignore[attr-defined]
    link = _link(found)
    qr = segno.make(link, error="m").svg_inline(scale=4, border=2, svgclass="", lineclass="")
    return render(
        request, "directory/public/place_print.html", {"page": PlacePage(found), "place": found, "qr": qr, "link": link}
    )


@require_safe
def place_ics(request: HttpRequest, code: str) -> HttpResponse:
    """The next openings for the resident's own calendar."""
    found = place_for(request, code)
    if found.merged_into_id:
        return redirect("place_ics", code=_last(found).code, permanent=True)
    if found.state == PlaceState.WITHDRAWN:
        raise Http404
    response = HttpResponse(place_calendar(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    return response


@require_safe
def windows(request: HttpRequest) -> HttpResponse:
    """Where to get advice: the troubles first, in plain words, then who listens."""
    found = ConsultationWindow.objects.published().select_related("municipality").prefetch_related("districts")
    if request.town:  # type: ignore[attr-defined]
        found = found.filter(municipality=request.town)  # type: ignore[attr-defined]
    groups = [(field, [window for window in found if window.field == field]) for field in WindowField]
    context = {"section": "windows", "groups": [(field, listed) for field, listed in groups if listed]}
    return render(request, "directory/public/windows.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Ways to help, by the time they take."""
    found = (
        Role.objects.filter(
            is_public=True,
            activity__place__in=Place.objects.published().visible_in(request.town).filter(state=PlaceState.PUBLISHED),  # type: ignore[attr-defined]
        )
        .exclude(kind="guest")
        .select_related("activity__place__district")
        .order_by("minutes", "activity__place__yomi")
    )
    groups = [
        (_("30分まで"), [role for role in found if role.minutes and role.minutes <= 30]),
        (_("1時間くらい"), [role for role in found if role.minutes and 30 < role.minutes <= 60]),
        (_("半日くらい"), [role for role in found if role.minutes and role.minutes > 60]),
        (_("時間は相談"), [role for role in found if not role.minutes]),
    ]
    return render(request, "directory/public/roles.html", {"section": "roles", "groups": [g for g in groups if g[1]]})


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Residents tell us of a mistake, a new place, a wish. What was typed is never lost."""
    town: Municipality | None = request.town  # type: ignore[attr-defined]
    code = request.GET.get("place", "").upper()
    known = code.isascii() and code.isalnum()
    about = Place.objects.published().select_related("municipality").filter(code=code).first() if known else None
    town = about.municipality if about else town
    if town is None:
        return redirect(f"{reverse('choose_town')}?next={reverse('tell')}")
    request.town = town  # type: ignore[attr-defined]
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        initial = {
            "place": about.name if about else "",
            "kind": kind if kind in ReportKind.values else ReportKind.MISTAKE,
        }
        return render(request, "directory/public/tell.html", {"form": TellForm(town=town, initial=initial)})
    form = TellForm(request.POST, town=town)
    if not form.is_valid():
        return render(request, "directory/public/tell.html", {"form": form}, status=422)
    if _too_many(request):
        form.add_error(None, _("短い時間にたくさん届いています。1時間ほどたってから送るか、電話で知らせてください。"))
        return render(request, "directory/public/tell.html", {"form": form}, status=429)
    told = form.cleaned_data
    if not told["homepage"]:
        receive(
            municipality=town,
            kind=told["kind"],
            words=told["words"],
            place=told["found_place"],
            district=told["district"],
            contact=told["contact"],
        )
    return redirect("tell_thanks")


def _too_many(request: HttpRequest) -> bool:
    """More than ten messages an hour from one address. The address itself is kept nowhere but in the cache key."""
    key = f"tell:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key) > REPORTS_AN_HOUR
    except ValueError:
        return False


@require_safe
def tell_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/public/tell_thanks.html")


@require_http_methods(["GET", "HEAD", "POST"])
def choose_town(request: HttpRequest) -> HttpResponse:
    """On a site of several towns: whose places shall be shown."""
    if request.method != "POST":
        chosen = request.town.code if request.town else ""  # type: ignore[attr-defined]
        return render(request, "directory/public/choose_town.html", {"form": TownForm(initial={"town": chosen})})
    form = TownForm(request.POST)
    if not form.is_valid():
        return render(request, "directory/public/choose_town.html", {"form": form}, status=422)
    town = form.cleaned_data["town"]
    wanted = request.GET.get("next", "/")
    # Only addresses of this site: never a door to elsewhere.
    target = wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"
    response = HttpResponseRedirect(target)
    if town is None:
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(
            COOKIE, town.code, max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/public/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    sources = Place.objects.published().visible_in(request.town).exclude(source="")  # type: ignore[attr-defined]
    listed = sorted(set(sources.values_list("source", "source_licence", "source_as_of")))
    return render(request, "directory/public/privacy.html", {"sources": listed})
