"""Sets of places as whole numbers, one bit a place: counting a facet is one AND and one count of bits.

A snapshot holds what a process has read of one state of the embedded index. Every write gives the index a new random
generation, so a snapshot is never asked about a state it did not see.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .facets import BITS

_BITS_OF_BYTE = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]
_VALUE_OF_BIT = {bit: pair for pair, bit in BITS.items()}
MOST_CACHED = 20_000
T = TypeVar("T")


def packed(ordinals: Iterable[int], size: int) -> int:
    """A set from its members' ordinals, each below `size`."""
    array = bytearray(size // 8 + 1)
    for ordinal in ordinals:
        array[ordinal >> 3] |= 1 << (ordinal & 7)
    return int.from_bytes(array, "little")


def members(bits: int) -> list[int]:
    """The ordinals in a set, ascending."""
    found: list[int] = []
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            first = place << 3
            found += [first + bit for bit in _BITS_OF_BYTE[byte]]
    return found


def union(sets: Iterable[int]) -> int:
    places = 0
    for one in sets:
        places |= one
    return places


@dataclass
class Snapshot:
    """Columns of all places of one generation. Ordinals follow the places' numbers."""

    generation: str
    ids: list[int] = field(default_factory=list)
    ordinal: dict[int, int] = field(default_factory=dict)
    everything: int = 0
    towns: dict[int, int] = field(default_factory=dict)
    # (facet, value) → places known to be so; the same for a known no.
    yes: dict[tuple[str, str], int] = field(default_factory=dict)
    no: dict[tuple[str, str], int] = field(default_factory=dict)
    districts: dict[int, int] = field(default_factory=dict)
    weekdays: dict[int, int] = field(default_factory=dict)
    weekdays_unknown: int = 0
    confirmed: list[str] = field(default_factory=list)
    where: list[tuple[float, float] | None] = field(default_factory=list)
    _cache: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Any, generation: str) -> "Snapshot":
        made = cls(generation)
        rows = connection.execute(
            "SELECT id, towns, bits, no_bits, district, weekdays, latitude, longitude, confirmed"
            " FROM search_place ORDER BY id"
        ).fetchall()
        size = len(rows)
        collected: dict[Any, list[int]] = {}
        for place, (number, towns, bits, no_bits, district, weekdays, latitude, longitude, confirmed) in enumerate(
            rows
        ):
            made.ids.append(number)
            made.ordinal[number] = place
            made.confirmed.append(confirmed)
            made.where.append(None if latitude is None or longitude is None else (latitude, longitude))
            keys = [("town", town) for town in json.loads(towns)]
            keys += [("yes", pair) for pair in _pairs(bits)] + [("no", pair) for pair in _pairs(no_bits)]
            keys.append(("district", district))
            keys += [("weekday", day) for day in range(8) if weekdays >> day & 1]
            for key in keys:
                collected.setdefault(key, []).append(place)
        into: dict[str, dict[Any, int]] = {
            "town": made.towns, "yes": made.yes, "no": made.no, "district": made.districts, "weekday": made.weekdays,
        }  # fmt: skip
        for (kind, value), ordinals in collected.items():
            into[kind][value] = packed(ordinals, size)
        made.weekdays_unknown = made.weekdays.pop(7, 0)
        made.districts.pop(0, None)
        made.everything = (1 << size) - 1
        return made

    def pack(self, ids: Iterable[int]) -> int:
        """The set of these numbers; those that came after the snapshot are left out."""
        ordinal = self.ordinal
        return packed([ordinal[number] for number in ids if number in ordinal], len(self.ids))

    def cached(self, key: Any, make: Callable[[], T]) -> T:
        """What has been read once of this generation."""
        if key not in self._cache:
            if len(self._cache) > MOST_CACHED:
                self._cache.clear()
            self._cache[key] = make()
        found: T = self._cache[key]
        return found


def _pairs(bits: int) -> list[tuple[str, str]]:
    found = []
    while bits:
        low = bits & -bits
        found.append(_VALUE_OF_BIT[low])
        bits ^= low
    return found
