"""The conditions of one question as sets of places: town, circle, times, ticked choices, and the facets counted."""

from collections.abc import Iterable
from functools import cached_property, partial
from typing import Any

from search.geo import box, metres_between
from search.plan import GROUPS, Plan
from search.query import WHEN

from .bitsets import Snapshot, union

NEVER = 10**12


class Conditions:
    """Each set is worked out once a question, and what depends on the index alone once a snapshot."""

    def __init__(self, connection: Any, snapshot: Snapshot, plan: Plan) -> None:
        self.connection, self.snapshot, self.plan = connection, snapshot, plan
        self.query = plan.query

    @cached_property
    def base(self) -> int:
        """Places that the town, the circle, and what was said or ticked about times leave."""
        snapshot, plan = self.snapshot, self.plan
        places = snapshot.everything
        if self.query.municipalities:
            places = 0
            for town in self.query.municipalities:
                places |= snapshot.towns.get(town, 0)
        if self.query.near:
            places &= self._around
        for name in plan.said_how:
            places &= ~snapshot.no.get(("how", name), 0)
        if plan.said_weekdays:
            places &= snapshot.weekdays_unknown | self.on_weekdays(plan.said_weekdays)
        if plan.said_workdays:
            places &= snapshot.weekdays_unknown | self.on_weekdays(range(5))
        for when in plan.said_when:
            places &= self._opening(when)
        for part in plan.said_parts:
            # Whose times nobody knows may well open then.
            places &= self.at_tokens(plan.tokens(f"part:{part}")) | (snapshot.everything & ~self._with_future)
        for tokens in plan.ticked_times:
            places &= self.at_tokens(tokens)
        return places

    def on_weekdays(self, days: Iterable[int]) -> int:
        places = 0
        for day in days:
            places |= self.snapshot.weekdays.get(day, 0)
        return places

    @cached_property
    def _around(self) -> int:
        near = self.query.near
        assert near is not None
        south, north, west, east = box(near)
        rows = self.connection.execute(
            "SELECT id, latitude, longitude FROM search_place WHERE latitude BETWEEN ? AND ? AND longitude"
            " BETWEEN ? AND ?",
            [south, north, west, east],
        )
        centre = (near.latitude, near.longitude)
        return self.snapshot.pack(
            number for number, *point in rows if metres_between(centre, (point[0], point[1])) <= near.metres
        )

    def _opening(self, when: str) -> int:
        if when != "now":
            return self.at_tokens(self.plan.tokens(when))
        minute = self.plan.minute

        def read() -> int:
            rows = self.connection.execute(
                "SELECT DISTINCT place FROM search_span WHERE starts <= ? AND until > ? AND until - starts < 1440",
                [minute, minute],
            )
            return self.snapshot.pack(row[0] for row in rows)

        return self.snapshot.cached(("now", minute), read)

    def at_tokens(self, tokens: list[str]) -> int:
        places = 0
        for token in tokens:
            places |= self.snapshot.cached(("time", token), partial(self._read_time, token))
        return places

    def _read_time(self, token: str) -> int:
        rows = self.connection.execute("SELECT place FROM search_time WHERE token = ?", [token])
        return self.snapshot.pack(row[0] for row in rows)

    def allowed(self, *, leaving_out: str = "") -> int:
        """Places that every ticked choice allows, one group perhaps left out."""
        query, yes = self.query, self.snapshot.yes
        places = self.base
        for facet, values in (("wants", query.wants), ("kinds", query.kinds)):
            if values and facet != leaving_out:
                places &= union(yes.get((facet, value), 0) for value in values)
        if leaving_out != "how":
            # 行きやすさ are conditions together: each one ticked must hold.
            for name in query.how:
                places &= yes.get(("how", name), 0)
        if query.districts and leaving_out != "districts":
            places &= union(self.snapshot.districts.get(number, 0) for number in query.districts)
        if query.when and leaving_out != "when":
            places &= union(self._opening(when) for when in query.when)
        return places

    def facets(self, found: int, bases: dict[str, int]) -> dict[str, dict[str, int]]:
        """Each group counted with all other choices applied; within 行きやすさ each adds to those ticked."""
        counts: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
        for (facet, value), places in self.snapshot.yes.items():
            within = found & bases["" if facet == "how" else facet]
            counts[facet][value] = (within & places).bit_count()
        # Districts mean something within a town; of a whole country there are too many.
        for number, places in self.snapshot.districts.items() if self.query.municipalities else ():
            counts["districts"][str(number)] = (found & bases["districts"] & places).bit_count()
        for when in WHEN:
            counts["when"][when] = (found & bases["when"] & self._opening(when)).bit_count()
        return {group: {value: n for value, n in values.items() if n} for group, values in counts.items()}

    @cached_property
    def following(self) -> list[int]:
        """Start of the next opening that is not over, by ordinal, in minutes since 1970."""
        minute = self.plan.minute

        def read() -> list[int]:
            starts = [NEVER] * len(self.snapshot.ids)
            for number, start in self.connection.execute(
                "SELECT place, MIN(starts) FROM search_span WHERE until > ? GROUP BY place", [minute]
            ):
                if number in self.snapshot.ordinal:
                    starts[self.snapshot.ordinal[number]] = start
            return starts

        return self.snapshot.cached(("next", minute), read)

    @cached_property
    def _with_future(self) -> int:
        return self.snapshot.cached(
            ("future", self.plan.minute),
            lambda: self.snapshot.pack(
                number for number, start in zip(self.snapshot.ids, self.following, strict=True) if start < NEVER
            ),
        )
