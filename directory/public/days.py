"""The calendar page: what opens, day by day."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.calendar import describe
from directory.choices import PlaceState
from directory.models import Activity, District, Place
from directory.openings import HORIZON_DAYS, Opening, openings_between, schedule_of, with_openings

WEEK = 7
# What opens on so many days of a week is a building rather than an event; it is listed once, above the days.
STEADY_DAYS = 5


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One day or one week of openings, cancelled ones struck."""
    today = timezone.localdate()
    length = 1 if request.GET.get("days") == "1" else WEEK
    first = _day_asked(request.GET.get("from", ""), today)
    last = first + timedelta(days=length - 1)
    places = Place.objects.published().visible_in(request.town).filter(state=PlaceState.PUBLISHED)  # type: ignore[attr-defined]
    districts = District.objects.filter(municipality=request.town) if request.town else District.objects.none()  # type: ignore[attr-defined]
    district = _district_asked(request.GET.get("district", ""), districts)
    if district:
        places = places.filter(district=int(district))
    found = openings_between(with_openings(places.select_related("district")), first=first, last=last, cancelled=True)
    steady, dated = _parted(found)
    by_day: dict[date, list[Opening]] = defaultdict(list)
    for opening in dated:
        by_day[opening.on].append(opening)
    ask = _Address(today, district)
    context = {
        "section": "calendar",
        "days": [(day, by_day[day]) for day in (first + timedelta(days=step) for step in range(length))],
        "steady": steady,
        "first": first,
        "last": last,
        "today": today,
        "furthest": today + timedelta(days=HORIZON_DAYS),
        "tabs": _tabs(today, first, length, ask),
        "districts": districts,
        "district": district,
        "earlier": ask(max(first - timedelta(days=length), today), length) if first > today else "",
        "later": ask(last + timedelta(days=1), length) if last < today + timedelta(days=HORIZON_DAYS) else "",
        "total": sum(not opening.cancelled for opening in found),
    }
    return render(request, "directory/public/calendar.html", context)


class _Address:
    """Makes addresses of this page that keep the district."""

    def __init__(self, today: date, district: str) -> None:
        self.today, self.district = today, district

    def __call__(self, first: date, days: int) -> str:
        asked = {
            "from": first.isoformat() if first != self.today else "",
            "days": "1" if days == 1 else "",
            "district": self.district,
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def _tabs(today: date, first: date, length: int, ask: _Address) -> list[dict[str, Any]]:
    """今日, あした, この7日, 来週 (from Monday)."""
    next_monday = today + timedelta(days=WEEK - today.weekday())
    plan: list[tuple[str | Promise, date, int]] = [
        (_("今日"), today, 1),
        (_("あした"), today + timedelta(days=1), 1),
        (_("この7日"), today, WEEK),
        (_("来週"), next_monday, WEEK),
    ]
    return [
        {"label": label, "url": ask(begin, days), "chosen": (begin, days) == (first, length)}
        for label, begin, days in plan
    ]


def _parted(found: list[Opening]) -> tuple[list[Activity], list[Opening]]:
    """Activities that open nearly daily, each once with its times in words, and all other openings by date.

    A cancelled day stays with the dates: that the library is closed on Thursday is news.
    """
    days = Counter(pk for pk, _on in {(opening.activity.pk, opening.on) for opening in found if not opening.cancelled})
    daily = {pk for pk, number in days.items() if number >= STEADY_DAYS}
    steady = {opening.activity.pk: opening.activity for opening in found if opening.activity.pk in daily}
    for activity in steady.values():
        schedule = schedule_of(activity)
        activity.lines = describe(schedule) if schedule else []  # type: ignore[attr-defined]
    dated = [opening for opening in found if opening.cancelled or opening.activity.pk not in daily]
    return sorted(steady.values(), key=lambda activity: activity.place.yomi), dated


def _day_asked(text: str, today: date) -> date:
    """The first day to show; what is no date, or too far away, means today."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if today <= asked <= today + timedelta(days=HORIZON_DAYS) else today


def _district_asked(text: str, districts: Any) -> str:
    """The key of a district of this town, or nothing."""
    return text if text in {str(pk) for pk in districts.values_list("pk", flat=True)} else ""
