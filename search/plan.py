"""What is asked of an engine, spelled out: clauses with points, and conditions by group. The one definition of a match.

Points are whole numbers, so that every engine adds them up to exactly the same sum:

- a concept gives the most that any of its clauses gives: points of the field × weight of the term (the resident's own
  words 1, other names of the same thing 0.8, what is merely related 0.4 and halved), or SOUND for a reading;
- the name itself, typed by its sound, gives NAME_PART, or NAME_WHOLE when nothing more stands there;
- conditions said in passing (土曜, ただで) give what `bonuses` says to places known to fit.

A place answers *strictly* when every concept is answered by a term that may count, or its name was typed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from .entry import FIELD_POINTS
from .query import HOW, PARTS_OF_DAY, Query
from .times import tokens_for
from .understanding import Concept, Understood, understand

SOUND, NAME_PART, NAME_WHOLE = 300, 400, 800
SHORTEST_SOUND = 3
# With fewer strict answers than this, further places are shown and marked as what they are: never many, never far off.
FEW, LOOSE, LEAST, FLOOR = 6, 20, 30, 0.3
HOW_BONUS, WEEKDAY_BONUS, PART_BONUS, WORKDAYS_BONUS = 500, 500, 400, 300
# (days since it was confirmed, points)
FRESH = ((90, 40), (180, 25))
GROUPS = ("wants", "kinds", "how", "districts", "when")


@dataclass(frozen=True)
class Clause:
    """All `norms` must stand in `field`. `counts`: it answers the concept; otherwise it only ranks."""

    points: int
    field: str
    norms: tuple[str, ...]
    counts: bool


@dataclass(frozen=True, eq=False)
class Wish:
    """One concept as clauses, the most telling first; `sound` is empty when it is too short to be looked for.

    The same concept is the same object, so an engine may keep what it has made of it.
    """

    said: str
    clauses: tuple[Clause, ...]
    sound: str


@dataclass(frozen=True)
class Plan:
    """One question at one moment. Weekdays count from Monday = 0."""

    query: Query
    at: datetime
    asked: Understood
    wishes: tuple[Wish, ...]

    @property
    def today(self) -> date:
        return timezone.localtime(self.at).date()

    @property
    def minute(self) -> int:
        """Minutes since 1970."""
        return int(self.at.timestamp()) // 60

    @property
    def name_sound(self) -> str:
        return self.asked.sound if self.wishes and len(self.asked.sound) >= SHORTEST_SOUND else ""

    @property
    def is_unread(self) -> bool:
        """Something was typed, and nothing in it is a word."""
        return bool(self.asked.text.strip()) and not self.wishes and not self.asked.conditions

    # ── conditions said in words: a known no excludes, what is not known only ranks lower ──

    @property
    def said_how(self) -> tuple[str, ...]:
        return tuple(name for name in self.asked.conditions if name in HOW)

    @property
    def said_weekdays(self) -> tuple[int, ...]:
        return tuple(int(name[8:]) for name in self.asked.conditions if name.startswith("weekday:"))

    @property
    def said_workdays(self) -> bool:
        return "day:workdays" in self.asked.conditions

    @property
    def said_when(self) -> tuple[str, ...]:
        return tuple(name[5:] for name in self.asked.conditions if name.startswith("when:"))

    @property
    def said_parts(self) -> tuple[str, ...]:
        names = [name[4:] for name in self.asked.conditions if name.startswith("day:")]
        return tuple(name for name in names if name in PARTS_OF_DAY)

    # ── ticked times: conditions together, alternatives within each ──

    @property
    def ticked_times(self) -> list[list[str]]:
        """Lists of time tokens; of each list one must stand in the place."""
        query, made = self.query, []
        if query.on:
            made.append(self.tokens(f"on:{query.on}"))
        if query.weekdays and query.part_of_day:
            made.append([t for day in query.weekdays for t in self.tokens(f"weekday:{day}:{query.part_of_day}")])
        elif query.weekdays:
            made.append([t for day in query.weekdays for t in self.tokens(f"weekday:{day}")])
        elif query.part_of_day:
            made.append(self.tokens(f"part:{query.part_of_day}"))
        return made

    def tokens(self, when: str) -> list[str]:
        return tokens_for(when, self.today)

    def fresh_since(self) -> list[tuple[date, int]]:
        """(confirmed on or after, points), the newest first; the first that holds counts."""
        return [(self.today - timedelta(days=days), points) for days, points in FRESH]


def plan_of(query: Query, *, at: datetime | None = None, answered: frozenset[str] = frozenset()) -> Plan:
    """`answered` are the words a consultation window answers: they are not asked of places as well, as long as
    something else is."""
    asked = understand(query.words, query.vocabulary)
    rest = [concept for concept in asked.concepts if concept.said not in answered]
    return Plan(query, at or timezone.now(), asked, tuple(_wish(c) for c in rest or asked.concepts))


@lru_cache(maxsize=4096)
def _wish(concept: Concept) -> Wish:
    counting = {term for term, _weight in concept.close}
    best: dict[tuple[str, tuple[str, ...]], Clause] = {}
    for term, weight in concept.alternatives:
        norms = tuple(dict.fromkeys(term.norms))
        if not norms:
            continue
        for name, worth in FIELD_POINTS.items():
            counts = term in counting
            points = round(weight * worth) if counts else round(weight * worth / 2)
            known = best.get((name, norms))
            if known is None or (points, counts) > (known.points, known.counts):
                best[name, norms] = Clause(points, name, norms, counts)
    clauses = sorted(best.values(), key=lambda c: (-c.points, c.field, c.norms))
    sound = concept.sound if len(concept.sound) >= SHORTEST_SOUND else ""
    return Wish(concept.said, tuple(clauses), sound)
