"""Pairs of places that may be one, with the reasons; staff decide, nothing is merged here."""

import math
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from difflib import SequenceMatcher

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from directory.models import DuplicateCandidate, Municipality, Place

from .cells import address_key, name_key

NEAR_METRES = 100.0
# Names that share this part of their letters, besides a common address, telephone or corner of the street.
ALIKE = 0.75


class Reason(TextChoices):
    NAME = "name", _("名前が同じ")
    ALIKE = "alike", _("名前が似ている")
    ADDRESS = "address", _("住所が同じ")
    PHONE = "phone", _("電話が同じ")
    NEAR = "near", _("100メートル以内")


class Known:
    """What of a place is compared, worked out once."""

    def __init__(self, place: Place, town: Municipality) -> None:
        self.place = place
        # What stands in brackets says where a place lies, not what it is called.
        self.name = name_key(re.sub(r"[（(][^（）()]*[）)]", "", place.name) or place.name, town.name)
        self.address = address_key(place.address, town.prefecture, town.name)
        self.phones = {contact.value.replace("-", "") for contact in place.contacts.all() if contact.kind == "phone"}
        self.point = (place.latitude, place.longitude) if place.latitude and place.longitude else None

    def shelves(self) -> Iterator[Hashable]:
        """Two places are compared only when they share one of these."""
        yield "name", self.name
        if self.address:
            yield "address", self.address
        for phone in self.phones:
            yield "phone", phone
        if self.point:
            # Cells of about 110 m × 90 m, and the eight around: whoever is near shares one.
            row, column = round(self.point[0] * 1000), round(self.point[1] * 1000)
            yield from (("cell", row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1))


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on a sphere of 6,371 km, exact enough within a town."""
    north = math.radians(other[0] - one[0])
    east = math.radians(other[1] - one[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return 6_371_000 * math.hypot(north, east)


def reasons(one: Known, other: Known) -> list[str]:
    """Why two places may be one; empty when nothing speaks for it."""
    found = []
    if one.name == other.name:
        found.append(Reason.NAME)
    elif _alike(one.name, other.name):
        found.append(Reason.ALIKE)
    else:
        return []
    if one.address and one.address == other.address:
        found.append(Reason.ADDRESS)
    if one.phones & other.phones:
        found.append(Reason.PHONE)
    if one.point and other.point and metres(one.point, other.point) <= NEAR_METRES:
        found.append(Reason.NEAR)
    # A like name alone is no reason: there are many 老人いこいの家.
    return [reason.value for reason in found] if found[0] is Reason.NAME or len(found) > 1 else []


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return (len(short) >= 3 and short in long) or SequenceMatcher(None, one, other).ratio() >= ALIKE


def store_candidates(town: Municipality, touched: Iterable[Place]) -> list[tuple[Place, Place, list[str]]]:
    """Compare the places just stored with all others of the town, and store the pairs that are new."""
    numbers = {place.pk for place in touched}
    places = Place.objects.filter(municipality=town, merged_into=None).exclude(state="withdrawn")
    known = [Known(place, town) for place in places.prefetch_related("contacts").order_by("pk")]
    standing: dict[Hashable, list[Known]] = defaultdict(list)
    for one in known:
        for key in one.shelves():
            standing[key].append(one)
    seen: set[tuple[int, int]] = set()
    stored = []
    for shelf in standing.values():
        for place, one in enumerate(shelf):
            for other in shelf[place + 1 :]:
                pair = (one.place.pk, other.place.pk)
                if pair in seen or not numbers & set(pair):
                    continue
                seen.add(pair)
                if why := reasons(one, other):
                    _, is_new = DuplicateCandidate.objects.get_or_create(
                        first=one.place, second=other.place, defaults={"reasons": why}
                    )
                    if is_new:
                        stored.append((one.place, other.place, why))
    return stored
