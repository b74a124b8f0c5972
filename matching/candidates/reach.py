"""How long the way is, and how long a free time and an opening overlap."""

import math
from collections.abc import Iterable, Iterator

from .facts import PersonFacts, PlaceFacts, Window
from .rules import Rules

EARTH_KM = 6371.0
DAY = 24 * 60
# Before six in the morning it is still the night of the day before.
SMALL_HOURS = 6 * 60


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Straight line on a sphere of 6,371 km (haversine); degrees in, km out."""
    north1, north2 = math.radians(lat1), math.radians(lat2)
    half_north, half_east = (north2 - north1) / 2, math.radians(lon2 - lon1) / 2
    square = math.sin(half_north) ** 2 + math.cos(north1) * math.cos(north2) * math.sin(half_east) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, square)))


def distance(person: PersonFacts, place: PlaceFacts) -> float | None:
    """Kilometres between the two, None when one of the positions is unknown."""
    if person.lat is None or person.lon is None or place.lat is None or place.lon is None:
        return None
    return kilometres(person.lat, person.lon, place.lat, place.lon)


def oneway_minutes(person: PersonFacts, place: PlaceFacts, rules: Rules) -> float | None:
    """The quickest of the person's own means, None when it cannot be told."""
    km = distance(person, place)
    if km is None:
        return None
    minutes = [_minutes(km, means, rules) for means in person.means or ()]
    return min((each for each in minutes if each is not None), default=None)


def _minutes(km: float, means: str, rules: Rules) -> float | None:
    speed = rules.kmh(means)
    if speed is None:
        return None
    return km / speed * 60 + (rules.bus_waiting_minutes if means == "bus" else 0.0)


def merged(windows: Iterable[Window]) -> Iterator[tuple[int, int, int]]:
    """(weekday, begins, ends), touching stretches joined: 9–12 and 12–15 are one free time.

    The small hours stand with the evening before as well (0–2 as 24–26), as an opening that lasts past midnight does.
    """
    known = [(w.weekday, w.begins, w.ends) for w in windows if w.begins is not None and w.ends is not None]
    known += [((day - 1) % 7, begins + DAY, ends + DAY) for day, begins, ends in known if begins < SMALL_HOURS]
    known.sort()
    current: tuple[int, int, int] | None = None
    for weekday, begins, ends in known:
        if current and current[0] == weekday and begins <= current[2]:
            current = (weekday, current[1], max(current[2], ends))
            continue
        if current:
            yield current
        current = (weekday, begins, ends)
    if current:
        yield current


def longest_overlap(free: Iterable[Window], openings: Iterable[Window]) -> int:
    """Minutes of the longest stretch that is both free and open."""
    best = 0
    times = list(merged(free))
    for opening in openings:
        if opening.begins is None or opening.ends is None:
            continue
        for weekday, begins, ends in times:
            if weekday == opening.weekday:
                best = max(best, min(ends, opening.ends) - max(begins, opening.begins))
    return best
