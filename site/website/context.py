"""What every page of ours is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The town (or None), its telephone, and whether maps may load tiles."""
    return {
        "town": getattr(request, "town", None),
        "map_tiles": settings.MAP_TILES,
        "serves_staff": settings.SERVES_STAFF,
    }
