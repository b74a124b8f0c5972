"""Hears of changes in the directory, inside their transaction."""

from typing import Any

from directory.models import ConsultationWindow, Place
from directory.signals import place_changed, window_changed

from .indexing import put, put_window
from .models import OutboxKind
from .outbox import has_sidecar, note


def on_place(sender: Any, place: Place, **kwargs: Any) -> None:
    if not has_sidecar():
        put(place)
    note(OutboxKind.PLACE, place.pk, place.search_version)


def on_window(sender: Any, window: ConsultationWindow, **kwargs: Any) -> None:
    if not has_sidecar():
        put_window(window)
    note(OutboxKind.WINDOW, window.pk, window.search_version)


def listen() -> None:
    place_changed.connect(on_place, dispatch_uid="search.place")
    window_changed.connect(on_window, dispatch_uid="search.window")
