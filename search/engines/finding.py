"""One question on the embedded index: sets of places with equal points, split clause by clause."""

import json
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from search.cursor import Key
from search.geo import metres_between
from search.plan import (
    FEW,
    FLOOR,
    GROUPS,
    HOW_BONUS,
    LEAST,
    LOOSE,
    NAME_PART,
    NAME_WHOLE,
    PART_BONUS,
    SOUND,
    WEEKDAY_BONUS,
    WORKDAYS_BONUS,
    Plan,
    Wish,
)
from search.results import Hit

from . import sounds
from .bitsets import Snapshot, members
from .conditions import NEVER, Conditions

# (points, places)
Cells = list[tuple[int, int]]


class Finder:
    """Everything about one question is worked out once, from the sets a snapshot keeps."""

    def __init__(self, connection: Any, snapshot: Snapshot, plan: Plan) -> None:
        self.connection, self.snapshot, self.plan = connection, snapshot, plan
        self.query = plan.query
        self.conditions = Conditions(connection, snapshot, plan)
        self._alike_points: dict[int, int] = {}
        self._shown_points: dict[int, int] = {}

    def results(self) -> dict[str, Any]:
        """Fields of Results: hits, total, facets, relaxed, dropped."""
        strict, loose, dropped = self._found()
        bases = {group: self.conditions.allowed(leaving_out=group) for group in ("", *GROUPS)}
        shown_strict, shown_loose = strict & bases[""], loose & bases[""]
        ordered = [(place, False) for place in self._ordered(shown_strict)]
        ordered += [(place, True) for place in self._ordered(shown_loose)]
        total, after = len(ordered), self.query.after
        first = (max(self.query.page, 1) - 1) * self.query.size
        if after is not None:
            ordered = [one for one in ordered if (one[1], self._key(one[0])) > (after.relaxed, after.key)]
            first = 0
        return {
            "hits": tuple(self._hit(place, relaxed) for place, relaxed in ordered[first : first + self.query.size]),
            "total": total,
            "facets": self.conditions.facets(strict | loose, bases),
            "relaxed": bool(shown_loose),
            "dropped": dropped if shown_loose else (),
        }

    # ── words ───────────────────────────────────────────────────────────────

    def _found(self) -> tuple[int, int, tuple[str, ...]]:
        """(places that answer, further places that nearly do, words that none of those has)."""
        plan = self.plan
        if not plan.wishes:
            return (0 if plan.is_unread else self.conditions.base), 0, ()
        strict = self.conditions.base & self._named[1]
        answered = self.conditions.base
        for wish in plan.wishes:
            answered &= self._counting(wish)
        strict |= answered
        if (strict & self.conditions.allowed()).bit_count() >= FEW:
            return strict, 0, ()
        loose = self._loose(strict)
        if not strict and not loose:
            loose = self._alike()
            return strict, loose, tuple(wish.said for wish in plan.wishes) if loose else ()
        dropped = tuple(wish.said for wish in plan.wishes if loose and not loose & self._counting(wish))
        return strict, loose, dropped

    def _loose(self, strict: int) -> int:
        cells = [(points, cell & self.conditions.base & ~strict) for points, cell in self._points]
        best, kept = 0, 0
        left = LOOSE
        for points, cell in cells:
            if not cell or points <= LEAST:
                continue
            best = best or points
            if left == 0 or points < best * FLOOR:
                break
            for place in members(cell)[:left]:
                kept |= 1 << place
                left -= 1
        return kept

    def _alike(self) -> int:
        """Nothing found: what sounds most alike. Always marked as relaxed."""
        self._alike_points = sounds.alike(self.connection, self.plan.asked.sound)
        inside = self.snapshot.pack(self._alike_points) & self.conditions.base
        order = sorted(members(inside), key=lambda p: (-self._alike_points[self.snapshot.ids[p]], p))
        return sum(1 << place for place in order[:LOOSE])

    @cached_property
    def _points(self) -> Cells:
        """All places by the points their words give, the best first."""
        return sorted(self._split([(0, self.snapshot.everything)]), reverse=True)

    def _split(self, cells: Cells) -> Cells:
        parts = [self._tiers(wish) for wish in self.plan.wishes]
        whole, part = self._named
        parts.append([(NAME_WHOLE, whole), (NAME_PART, part & ~whole)])
        for tiers in parts:
            cells = split(cells, tiers)
        return cells

    def _tiers(self, wish: Wish) -> Cells:
        """Disjoint sets with what the wish gives them; the rest gets nothing."""
        found: Cells = []
        seen = 0
        candidates = [(c.points, self._standing(c.field, c.norms)) for c in wish.clauses]
        candidates.append((SOUND, self._sounding(wish.sound)))
        for points, places in sorted(candidates, key=lambda pair: -pair[0]):
            new = places & ~seen
            if new:
                found.append((points, new))
                seen |= new
        return found

    def _counting(self, wish: Wish) -> int:
        """Places in which the wish is answered."""
        places = self._sounding(wish.sound)
        for clause in wish.clauses:
            if clause.counts:
                places |= self._standing(clause.field, clause.norms)
        return places

    def _standing(self, field: str, norms: tuple[str, ...]) -> int:
        places = -1
        for norm in norms:
            places &= self._postings(norm).get(field, 0)
            if not places:
                break
        return places

    def _postings(self, norm: str) -> dict[str, int]:
        """{field: places in which the token stands there}."""

        def read() -> dict[str, int]:
            from .embedded import fts_word

            found: dict[str, list[int]] = {}
            # The vocabulary table keeps terms folded as FTS5 folds them.
            for place, field in self.connection.execute(
                "SELECT doc, col FROM search_instance WHERE term = ?", [fts_word(norm)]
            ):
                found.setdefault(field, []).append(place)
            return {field: self.snapshot.pack(places) for field, places in found.items()}

        return self.snapshot.cached(("token", norm), read)

    def _sounding(self, sound: str, column: str = "") -> int:
        """Places with a reading in which the sound stands."""
        if not sound:
            return 0

        def read() -> int:
            quoted = f'{column}: "{sound}"' if column else f'"{sound}"'
            rows = self.connection.execute("SELECT rowid FROM search_sound WHERE search_sound MATCH ?", [quoted])
            return self.snapshot.pack(row[0] for row in rows)

        return self.snapshot.cached(("sound", sound, column), read)

    @cached_property
    def _named(self) -> tuple[int, int]:
        """(places whose name was typed by its sound, places with that in their name)."""
        sound = self.plan.name_sound
        part = self._sounding(sound, "name")
        if not part:
            return 0, 0
        rows = self.connection.execute(
            "SELECT rowid FROM search_sound WHERE search_sound MATCH ? AND name = ?", [f'name: "{sound}"', sound]
        )
        return self.snapshot.pack(row[0] for row in rows), part

    # ── order ───────────────────────────────────────────────────────────────

    def _ordered(self, places: int) -> list[int]:
        """Ordinals in the order asked."""
        self._shown_points |= self._scores(places)
        return sorted(members(places), key=self._key)

    def _key(self, place: int) -> Key:
        """Smaller comes first; the place's own number last."""
        following, points = self.conditions.following[place], self._shown_points.get(place, 0)
        number = self.snapshot.ids[place]
        match self.query.sort:
            case "next":
                return (following, -points, number)
            case "near" if self.query.near:
                return (self._metres(place), number)
            case "fresh":
                return (days_back(self.snapshot.confirmed[place]), number)
        return (-points, following, number)

    def _scores(self, places: int) -> dict[int, int]:
        """Points of these places, with what is known to fit the conditions said in words."""
        plan, snapshot = self.plan, self.snapshot
        if not plan.wishes and not plan.asked.conditions:
            return {}
        cells = [(points, cell & places) for points, cell in self._points if cell & places]
        for name in plan.said_how:
            cells = split(cells, [(HOW_BONUS, snapshot.yes.get(("how", name), 0))])
        if plan.said_weekdays:
            cells = split(cells, [(WEEKDAY_BONUS, self.conditions.on_weekdays(plan.said_weekdays))])
        if plan.said_workdays:
            cells = split(cells, [(WORKDAYS_BONUS, self.conditions.on_weekdays(range(5)))])
        for part in plan.said_parts:
            cells = split(cells, [(PART_BONUS, self.conditions.at_tokens(plan.tokens(f"part:{part}")))])
        scores = {place: points for points, cell in cells for place in members(cell)}
        for place in scores:
            scores[place] += self._freshness(place) + self._alike_points.get(snapshot.ids[place], 0)
        return scores

    def _freshness(self, place: int) -> int:
        confirmed = self.snapshot.confirmed[place]
        return next((points for since, points in self._fresh_since if confirmed >= since), 0)

    @cached_property
    def _fresh_since(self) -> list[tuple[str, int]]:
        return [(since.isoformat(), points) for since, points in self.plan.fresh_since()]

    def _metres(self, place: int) -> float:
        near, point = self.query.near, self.snapshot.where[place]
        return metres_between((near.latitude, near.longitude), point) if near and point else float("inf")

    def _hit(self, place: int, relaxed: bool) -> Hit:
        number, start = self.snapshot.ids[place], self.conditions.following[place]
        return Hit(
            place=number,
            score=self._shown_points.get(place, 0),
            activities=self._matched(number),
            next_at=datetime.fromtimestamp(start * 60, tz=timezone.get_default_timezone()) if start < NEVER else None,
            metres=round(self._metres(place)) if self.query.near else None,
            relaxed=relaxed,
            key=self._key(place),
        )

    def _matched(self, number: int) -> tuple[int, ...]:
        if not self.plan.wishes:
            return ()
        row = self.connection.execute("SELECT activities FROM search_place WHERE id = ?", [number]).fetchone()
        return matched_activities(self.plan, json.loads(row[0])) if row else ()


def matched_activities(plan: Plan, activities: list[Any]) -> tuple[int, ...]:
    """The activities in whose words something asked for stands."""
    asked = {clause.norms for wish in plan.wishes for clause in wish.clauses if clause.counts}
    return tuple(sorted(number for number, tokens in activities if any(set(norms) <= set(tokens) for norms in asked)))


def split(cells: Cells, tiers: Cells) -> Cells:
    """Cells cut along disjoint tiers; what is in none keeps its points. Empty cells fall away."""
    found: dict[int, int] = {}
    for points, cell in cells:
        rest = cell
        for more, places in tiers:
            inside = cell & places
            if inside:
                found[points + more] = found.get(points + more, 0) | inside
                rest &= ~inside
        if rest:
            found[points] = found.get(points, 0) | rest
    return sorted(found.items(), reverse=True)


def days_back(day: str) -> int:
    """Sorts later days first, and days nobody knows last."""
    return -date.fromisoformat(day).toordinal() if day else 0
