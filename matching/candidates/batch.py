"""調整会議ボード: the fairest way to share scarce seats among several people at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

# Whole numbers stay exact in a float up to here.
EXACT = 2**52
MOST_LIKED = 9


@dataclass(frozen=True)
class Shared:
    """Who gets which place. `lost` is how many bands lie between it and the person's own best option."""

    assignments: Mapping[str, str]
    unplaced: tuple[str, ...]
    lost: Mapping[str, int]
    bands_sorted: tuple[int, ...] = field(default=())  # of those placed, worst first

    @property
    def placed(self) -> int:
        return len(self.assignments)

    @property
    def total(self) -> int:
        return sum(self.bands_sorted)


def share(
    seats: Mapping[str, int],
    bands: Mapping[str, Mapping[str, int]],
    *,
    waiting_days: Mapping[str, int] | None = None,
    liking: Mapping[str, Mapping[str, int]] | None = None,
    forbidden: frozenset[tuple[str, str]] = frozenset(),
    locked: Mapping[str, str] | None = None,
) -> Shared:
    """First as many people as possible, then the worst band as good as possible (leximin), then the total.

    With a fixed number of people, leximin fixes how often each band is given, and so the total. Waiting time only
    breaks ties, and `liking` (0 … 9 of one pair) what is still equal then. `bands` holds acceptable options only:
    {person: {place: 1 … best}}. Raises ValueError for a lock without a seat.
    """
    people = list(bands)
    places = [place for place, number in seats.items() for _seat in range(min(number, len(people)))]
    options = {person: _options(person, bands[person], forbidden, locked or {}) for person in people}
    _check(locked or {}, seats)
    if not places or not any(options.values()):
        return _shared({}, people, bands, options)
    cost = _costs(people, places, options, waiting_days or {}, liking or {}, frozenset(locked or ()))
    rows, columns = linear_sum_assignment(cost)
    given = {
        people[row]: places[column]
        for row, column in zip(rows, columns, strict=True)
        if column < len(places) and places[column] in options[people[row]]
    }
    return _shared(given, people, bands, options)


def _check(locked: Mapping[str, str], seats: Mapping[str, int]) -> None:
    for place in set(locked.values()):
        if list(locked.values()).count(place) > seats.get(place, 0):
            raise ValueError(f"more people are locked to {place} than it has seats")


def _options(
    person: str, bands: Mapping[str, int], forbidden: frozenset[tuple[str, str]], locked: Mapping[str, str]
) -> dict[str, int]:
    """What this person may be given. A lock leaves one option, and staff may lock what was no option."""
    if person in locked:
        return {locked[person]: bands.get(locked[person], 1)}
    return {place: band for place, band in bands.items() if band and (person, place) not in forbidden}


def _costs(
    people: Sequence[str],
    places: Sequence[str],
    options: Mapping[str, Mapping[str, int]],
    waiting_days: Mapping[str, int],
    liking: Mapping[str, Mapping[str, int]],
    locked: frozenset[str],
) -> np.ndarray:
    """People × (seats + one dummy column each). One person in a worse band outweighs all people in a better one."""
    levels = sorted({band for each in options.values() for band in each.values()}, reverse=True)
    base = len(people) + 1
    # Steps: best band 0, next 1, next base, … unplaced, a lock not kept. Below each step the ties of waiting time.
    steps = [0, *(base**power for power in range(len(levels) + 1))]
    # All likings together weigh less than one step of waiting.
    grain = MOST_LIKED * base + 1
    room = EXACT // (steps[len(levels)] * base * base * 4 * grain)
    fine = max(1, min(max(waiting_days.values(), default=0) + 1, room))
    ranks = [rank * grain for rank in _waiting_ranks(people, waiting_days, fine)]
    unit = 2 * base * fine * grain
    no_seat, impossible = steps[len(levels)] * unit, steps[-1] * unit
    cost = np.full((len(people), len(places) + len(people)), float(impossible))
    for row, person in enumerate(people):
        for column, place in enumerate(places):
            if place in options[person]:
                level = levels.index(options[person][place])
                # Those who waited longer come first for the better of two equal sharings.
                liked = MOST_LIKED - liking.get(person, {}).get(place, MOST_LIKED)
                cost[row, column] = steps[level] * unit + (ranks[row] if level else 0) + liked
        cost[row, len(places) + row] = float(impossible if person in locked else no_seat + 2 * ranks[row])
    return cost


def _waiting_ranks(people: Sequence[str], waiting_days: Mapping[str, int], levels: int) -> list[int]:
    """Waiting days as whole numbers below `levels`."""
    most = max((waiting_days.get(person, 0) for person in people), default=0)
    return [waiting_days.get(person, 0) * (levels - 1) // most if most else 0 for person in people]


def _shared(
    given: Mapping[str, str],
    people: Sequence[str],
    bands: Mapping[str, Mapping[str, int]],
    options: Mapping[str, Mapping[str, int]],
) -> Shared:
    best = {person: max(bands[person].values(), default=0) for person in people}
    return Shared(
        assignments=dict(given),
        unplaced=tuple(person for person in people if person not in given),
        lost={person: best[person] - options[person][place] for person, place in given.items()},
        bands_sorted=tuple(sorted(options[person][place] for person, place in given.items())),
    )
