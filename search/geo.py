"""Distances on the earth taken as a sphere."""

import math

from .query import Near

# Mean radius, as Elasticsearch takes it.
EARTH_METRES = 6_371_008.7714


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) in degrees, in metres."""
    p, q = math.radians(a[0]), math.radians(b[0])
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


def box(near: Near) -> tuple[float, float, float, float]:
    """(south, north, west, east) in degrees of a box that holds the circle."""
    up = math.degrees(near.metres / EARTH_METRES) * 1.001
    aside = up / max(math.cos(math.radians(min(abs(near.latitude) + up, 89.0))), 0.01)
    return near.latitude - up, near.latitude + up, near.longitude - aside, near.longitude + aside
