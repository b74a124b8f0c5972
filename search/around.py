"""Around where: the middle of a district, which everybody may know, or where somebody stands, which nobody keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg
from django.http import QueryDict

from directory.models import District, Municipality, Place

from .query import Near

METRES = (500, 1000, 2000, 5000, 10000, 20000)
USUAL_METRES = 2000
# A position is rounded to about 100 m before anything is done with it.
DECIMALS = 3
JAPAN = ((20.0, 46.0), (122.0, 154.0))


@dataclass(frozen=True)
class Middle:
    """A district and its middle: as the town has set it, else the middle of its places."""

    district: District
    latitude: float
    longitude: float


def middles(town: Municipality | None) -> list[Middle]:
    """The districts of a town around which one can search; two queries."""
    if town is None:
        return []
    places = Place.objects.published().filter(municipality=town, latitude__isnull=False, district__isnull=False)
    rows = places.order_by().values("district").annotate(north=Avg("latitude"), east=Avg("longitude"))
    means = {row["district"]: (row["north"], row["east"]) for row in rows}
    return list(_known(District.objects.filter(municipality=town), means))


def _known(districts: Iterable[District], means: dict[int, tuple[float, float]]) -> Iterable[Middle]:
    for district in districts:
        if district.latitude is not None and district.longitude is not None:
            yield Middle(district, district.latitude, district.longitude)
        elif district.pk in means:
            yield Middle(district, *means[district.pk])


def around_district(given: QueryDict, town: Municipality | None) -> tuple[Middle | None, Near | None]:
    """What the address asks for: `around` is a district's number, `within` metres."""
    asked = given.get("around", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None, None
    middle = next((one for one in middles(town) if one.district.pk == int(asked)), None)
    return (middle, Near(middle.latitude, middle.longitude, metres_of(given))) if middle else (None, None)


def around_here(given: QueryDict) -> Near | None:
    """A position that was sent, rounded; None when it is none in Japan."""
    try:
        north, east = (round(float(given.get(name, "")), DECIMALS) for name in ("lat", "lon"))
    except (ValueError, OverflowError):
        return None
    (south, top), (west, right) = JAPAN
    return Near(north, east, metres_of(given)) if south <= north <= top and west <= east <= right else None


def metres_of(given: Any) -> int:
    """One of METRES; what makes no sense is the usual distance."""
    asked = str(given.get("within", ""))
    return int(asked) if asked in {str(each) for each in METRES} else USUAL_METRES
