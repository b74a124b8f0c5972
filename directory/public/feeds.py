"""Openings as iCalendar, for the resident's own phone."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from directory.models import Place
from directory.openings import Opening, openings_between

WEEKS = 16


def place_calendar(place: Place) -> bytes:
    """RFC 5545; one event per opening of the next 16 weeks, cancelled ones marked so."""
    today = timezone.localdate()
    feed = Calendar()
    feed.add("prodid", "-//Tsunaguba//tsunaguba//JA")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", place.name)
    for opening in openings_between([place], first=today, last=today + timedelta(weeks=WEEKS), cancelled=True):
        feed.add_component(_event(place, opening))
    return feed.to_ical()


def _event(place: Place, opening: Opening) -> Event:
    event = Event()
    clock = f"{opening.begins:%H%M}" if opening.begins else "day"
    event.add("uid", f"{opening.activity.uuid}-{opening.on:%Y%m%d}-{clock}@tsunaguba")
    event.add("dtstamp", timezone.now())
    title = opening.activity.name if opening.activity.name == place.name else f"{opening.activity.name}（{place.name}）"
    event.add("summary", title)
    if opening.begins is None:
        event.add("dtstart", opening.on)
        event.add("dtend", opening.on + timedelta(days=1))
    else:
        event.add("dtstart", opening.starts_at)
        event.add("dtend", opening.ends_at or datetime.combine(opening.on, time(23, 59), opening.starts_at.tzinfo))
    if place.address:
        event.add("location", " ".join(part for part in (place.address, place.building) if part))
    event.add("url", settings.BASE_URL + reverse("place", args=[place.code]))
    event.add("status", "CANCELLED" if opening.cancelled else "CONFIRMED")
    return event
