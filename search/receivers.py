"""Hears of changes in the directory, inside their transaction."""

from typing import Any

from directory.models import ConsultationWindow, Place
from directory.signals import place_changed, window_changed

from .indexing import put, put_window


def on_place(sender: Any, place: Place, **kwargs: Any) -> None:
    put(place)


def on_window(sender: Any, window: ConsultationWindow, **kwargs: Any) -> None:
    put_window(window)


def listen() -> None:
    place_changed.connect(on_place, dispatch_uid="search.place")
    window_changed.connect(on_window, dispatch_uid="search.window")
