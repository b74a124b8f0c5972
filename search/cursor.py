"""Where a page of results ended, so that the next one begins there whatever was written in between.

A page number counts places; when one comes or goes, the next page repeats or leaves out a place. The cursor says which
keys of the order the last place had, and at which minute: what stands after them follows, also on another day's index.
It holds numbers of the order only (points, times, metres, the place's own number), nothing that was typed.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

Key = tuple[float, ...]
LONGEST = 120
# Openings go by; a page looked at for longer than this begins anew at its number.
VALID = timedelta(hours=1)


@dataclass(frozen=True)
class After:
    """`relaxed`: the last place shown was one of those that nearly answer. `minute`: since 1970."""

    relaxed: bool
    key: Key
    minute: int

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.minute * 60, tz=timezone.get_default_timezone())

    def pack(self) -> str:
        """For an address: `s~-600.0~29561040.0~12~29560871`."""
        return "~".join(["l" if self.relaxed else "s", *map(repr, map(float, self.key)), str(self.minute)])


def unpack(text: str, *, now: datetime | None = None) -> After | None:
    """None for whatever is not a cursor of the last hour: the page number then decides."""
    kind, *parts = text[:LONGEST].split("~")
    if kind not in {"s", "l"} or len(parts) not in {3, 4}:
        return None
    try:
        key, minute = tuple(float(part) for part in parts[:-1]), int(parts[-1])
    except ValueError:
        return None
    current = int((now or timezone.now()).timestamp()) // 60
    if not all(map(math.isfinite, key)) or not current - VALID.total_seconds() / 60 <= minute <= current:
        return None
    return After(kind == "l", key, minute)
