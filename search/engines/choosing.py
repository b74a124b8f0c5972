"""Which places the ticked choices allow, and how many each further choice would leave (drill-sideways)."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from search.query import HOW, PARTS_OF_DAY, WHEN, Query

from .facets import BITS

COLUMNS = (
    "id, municipality, shared, bits, no_bits, district, weekdays, latitude, longitude, confirmed, sound, fields,"
    " activities"
)
CHUNK = 500


@dataclass
class Row:
    """One place as the index holds it; the texts are opened only when they are looked at."""

    id: int
    municipality: int
    shared: str
    bits: int
    no_bits: int
    district: int
    weekdays: int
    latitude: float | None
    longitude: float | None
    confirmed: str
    sound: str
    raw_fields: str
    raw_activities: str

    @cached_property
    def fields(self) -> dict[str, set[str]]:
        return {name: set(text.split(" ")) for name, text in json.loads(self.raw_fields).items() if text}

    @cached_property
    def activities(self) -> list[tuple[int, set[str]]]:
        return [(number, set(text.split(" "))) for number, text in json.loads(self.raw_activities)]


class Chooser:
    """The choices of one question at one moment."""

    def __init__(self, connection: Any, query: Query, conditions: tuple[str, ...], at: datetime) -> None:
        self.connection, self.query, self.at = connection, query, at
        self.today = timezone.localtime(at).date()
        # Said in words, not ticked: a known no excludes, what is not known only ranks lower.
        self.soft = tuple(condition for condition in conditions)
        self._sets: dict[tuple[str, str], set[int]] = {}
        self._next: dict[int, int] | None = None
        wanted = {("wants", want) for want in query.wants}
        self.want_mask = sum(BITS.get(pair, 0) for pair in wanted)
        self.kind_mask = sum(BITS.get(("kinds", kind), 0) for kind in query.kinds)
        self.how_mask = sum(BITS.get(("how", name), 0) for name in query.how)

    # ── rows ────────────────────────────────────────────────────────────────

    def rows(self, connection: Any, ids: list[int] | None) -> Iterator[Row]:
        """Places of the towns asked, inside the box around the point; all, or those given, in their order."""
        where, values = self._box()
        if ids is None:
            for row in connection.execute(
                f"SELECT {COLUMNS} FROM search_place{' WHERE ' + where if where else ''}", values
            ):
                if self._in_town(made := Row(*row)):
                    yield made
            return
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            marks = ",".join("?" * len(part))
            condition = f"id IN ({marks})" + (f" AND {where}" if where else "")
            found = {
                row[0]: row
                for row in connection.execute(f"SELECT {COLUMNS} FROM search_place WHERE {condition}", [*part, *values])
            }
            for number in part:
                if number in found and self._in_town(made := Row(*found[number])):
                    yield made

    def _box(self) -> tuple[str, list[float]]:
        near = self.query.near
        if near is None:
            return "", []
        up = math.degrees(near.metres / 6_371_000)
        aside = up / max(math.cos(math.radians(near.latitude)), 0.01)
        return (
            "latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?",
            [near.latitude - up, near.latitude + up, near.longitude - aside, near.longitude + aside],
        )

    def _in_town(self, row: Row) -> bool:
        towns = self.query.municipalities
        if towns and row.municipality not in towns and not set(json.loads(row.shared)) & set(towns):
            return False
        return self.query.near is None or (self.metres(row) or math.inf) <= self.query.near.metres

    def metres(self, row: Row) -> float | None:
        from .embedded import metres_between

        near = self.query.near
        if near is None or row.latitude is None or row.longitude is None:
            return None
        return max(metres_between((near.latitude, near.longitude), (row.latitude, row.longitude)), 0.001)

    # ── openings ────────────────────────────────────────────────────────────

    def next_of(self, place: int) -> int | None:
        """Seconds since 1970 of the next opening that is not over."""
        if self._next is None:
            now = int(self.at.timestamp())
            self._next = dict(
                self.connection.execute(
                    "SELECT place, MIN(starts) FROM search_opening"
                    " WHERE starts >= ? OR (begins IS NOT NULL AND ends IS NOT NULL"
                    " AND starts >= ? AND starts + (ends - begins) * 60 > ?) GROUP BY place",
                    [now, now - 86_400, now],
                ).fetchall()
            )
        return self._next.get(place)

    def open_set(self, kind: str, value: str) -> set[int]:
        """Places that open then: one of query.WHEN, a weekday, a part of the day, or a date."""
        key = (kind, value)
        if key not in self._sets:
            self._sets[key] = {row[0] for row in self.connection.execute(*self._opening_query(kind, value))}
        return self._sets[key]

    def _opening_query(self, kind: str, value: str) -> tuple[str, list[Any]]:
        select = "SELECT DISTINCT place FROM search_opening WHERE "
        ahead = [self.today.isoformat(), (self.today + timedelta(days=28)).isoformat()]
        match kind, value:
            case "when", "now":
                now = timezone.localtime(self.at)
                runs = "begins IS NOT NULL AND starts <= ? AND starts + (COALESCE(ends, begins + 60) - begins) * 60 > ?"
                return select + runs, [
                    int(now.timestamp()), int(now.timestamp()),
                ]  # fmt: skip
            case "when", "weekday_day":
                return select + (
                    "day BETWEEN ? AND ? AND strftime('%w', day) BETWEEN '1' AND '5'"
                    " AND begins < 1020 AND COALESCE(ends, begins + 60) > 540"
                ), ahead
            case "when", "evening":
                return select + "day BETWEEN ? AND ? AND COALESCE(ends, begins + 60) > 1020", ahead
            case "when", _:
                first, last = self._days(value)
                return select + "day BETWEEN ? AND ?", [first.isoformat(), last.isoformat()]
            case "weekday", _:
                sunday_first = str((int(value) + 1) % 7)
                return select + "day BETWEEN ? AND ? AND strftime('%w', day) = ?", [*ahead, sunday_first]
            case "part", _:
                begins, ends = PARTS_OF_DAY[value]
                return select + "day BETWEEN ? AND ? AND begins < ? AND COALESCE(ends, begins + 60) > ?", [
                    *ahead,
                    ends,
                    begins,
                ]
            case "weekday_part", _:
                weekday, part = value.split(":")
                begins, ends = PARTS_OF_DAY[part]
                return select + (
                    "day BETWEEN ? AND ? AND strftime('%w', day) = ? AND begins < ? AND COALESCE(ends, begins + 60) > ?"
                ), [*ahead, str((int(weekday) + 1) % 7), ends, begins]
        return select + "day = ?", [value]

    def _days(self, name: str) -> tuple[date, date]:
        today = self.today
        match name:
            case "tomorrow":
                return today + timedelta(days=1), today + timedelta(days=1)
            case "weekend":
                saturday = today + timedelta(days=(5 - today.weekday()) % 7)
                # On a Sunday the weekend is what is left of it.
                return (today, today) if today.weekday() == 6 else (saturday, saturday + timedelta(days=1))
            case "week":
                return today, today + timedelta(days=6)
        return today, today

    # ── choices ─────────────────────────────────────────────────────────────

    def allows(self, row: Row, *, leaving_out: str = "") -> bool:
        """Whether every ticked choice holds, one group perhaps left out."""
        query = self.query
        if leaving_out != "wants" and query.wants and not row.bits & self.want_mask:
            return False
        if leaving_out != "kinds" and query.kinds and not row.bits & self.kind_mask:
            return False
        # 行きやすさ are conditions together: each one ticked must hold.
        if leaving_out != "how" and self.how_mask & ~row.bits:
            return False
        if leaving_out != "districts" and query.districts and row.district not in query.districts:
            return False
        if (
            leaving_out != "when"
            and query.when
            and not any(row.id in self.open_set("when", when) for when in query.when)
        ):
            return False
        return self._at_times(row) and self._said(row)

    def _at_times(self, row: Row) -> bool:
        query = self.query
        if query.on and row.id not in self.open_set("on", query.on.isoformat()):
            return False
        if query.weekdays and query.part_of_day:
            return any(row.id in self.open_set("weekday_part", f"{day}:{query.part_of_day}") for day in query.weekdays)
        if query.weekdays and not any(row.id in self.open_set("weekday", str(day)) for day in query.weekdays):
            return False
        return not query.part_of_day or row.id in self.open_set("part", query.part_of_day)

    def _said(self, row: Row) -> bool:
        """Conditions said in words: a known no excludes; several weekdays are alternatives."""
        days = [int(condition.split(":")[1]) for condition in self.soft if condition.startswith("weekday:")]
        if days and not row.weekdays & 128 and not any(row.weekdays & (1 << day) for day in days):
            return False
        for condition in self.soft:
            kind, _colon, value = condition.partition(":")
            if kind in HOW and row.no_bits & BITS[("how", kind)]:
                return False
            if condition == "day:workdays" and not row.weekdays & 128 and not row.weekdays & 31:
                return False
            if kind == "when" and row.id not in self.open_set("when", value):
                return False
            if (
                kind == "day"
                and value in PARTS_OF_DAY
                and self.next_of(row.id)
                and row.id not in self.open_set("part", value)
            ):
                return False
        return True

    def bonus(self, row: Row) -> float:
        """What is known to fit the conditions said in words ranks before what is only possible."""
        value = 0.0
        for condition in self.soft:
            kind, _colon, detail = condition.partition(":")
            if kind in HOW:
                value += 5.0 if row.bits & BITS[("how", kind)] else 0.0
            elif kind == "weekday":
                value += 5.0 if not row.weekdays & 128 and row.weekdays & (1 << int(detail)) else 0.0
            elif detail in PARTS_OF_DAY:
                value += 4.0 if row.id in self.open_set("part", detail) else 0.0
            elif detail == "workdays":
                value += 3.0 if not row.weekdays & 128 and row.weekdays & 31 else 0.0
        if row.confirmed:
            age = (self.today - date.fromisoformat(row.confirmed)).days
            value -= 0.4 if age > 180 else 0.15 if age > 90 else 0.0
        return value

    def facets(self, rows: Iterable[Row]) -> dict[str, dict[str, int]]:
        """Each group counted with all other choices applied; within 行きやすさ each adds to those ticked."""
        counts: dict[str, dict[str, int]] = {name: {} for name in ("wants", "kinds", "how", "districts", "when")}
        groups = {
            name: [(v, bit) for (facet, v), bit in BITS.items() if facet == name] for name in ("wants", "kinds", "how")
        }
        when_sets = {name: self.open_set("when", name) for name in WHEN}
        for row in rows:
            for name in ("wants", "kinds"):
                if self.allows(row, leaving_out=name):
                    for value, bit in groups[name]:
                        if row.bits & bit:
                            counts[name][value] = counts[name].get(value, 0) + 1
            if self.allows(row):
                for value, bit in groups["how"]:
                    if row.bits & bit:
                        counts["how"][value] = counts["how"].get(value, 0) + 1
            if row.district and self.allows(row, leaving_out="districts"):
                key = str(row.district)
                counts["districts"][key] = counts["districts"].get(key, 0) + 1
            if self.allows(row, leaving_out="when"):
                for value, ids in when_sets.items():
                    if row.id in ids:
                        counts["when"][value] = counts["when"].get(value, 0) + 1
        return counts
