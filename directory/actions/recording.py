"""What every change of the directory does besides itself: raise the search version, tell the index, write the event."""

from typing import Any

from django.db.models import F

from directory.models import ConsultationWindow, Event, Place, User
from directory.signals import place_changed, window_changed


def changed(place: Place, *, action: str, by: User | None, **details: Any) -> None:
    """Must be called inside the transaction of the change; index, outbox and event stand or fall with it."""
    Place.objects.filter(pk=place.pk).update(search_version=F("search_version") + 1)
    place.refresh_from_db(fields=["search_version"])
    place_changed.send(Place, place=place)
    Event.append(action=action, actor=by, subject=place, municipality=place.municipality, **details)


def window_was_changed(window: ConsultationWindow, *, action: str, by: User | None, **details: Any) -> None:
    """The same for a consultation window."""
    ConsultationWindow.objects.filter(pk=window.pk).update(search_version=F("search_version") + 1)
    window.refresh_from_db(fields=["search_version"])
    window_changed.send(ConsultationWindow, window=window)
    Event.append(action=action, actor=by, subject=window, municipality=window.municipality, **details)
