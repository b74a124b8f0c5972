"""What a question must find, worked out place by place in plain Python: slow, and simple enough to be believed.

It shares the analysis of texts and questions with the engines, and nothing of how they look things up.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt

from search.entry import Entry
from search.plan import Plan, Wish
from search.query import HOW, WHEN
from search.times import tokens_for

EARTH_METRES = 6_371_008.7714


@dataclass
class Expected:
    """Sets and counts; `points` of each strict place."""

    strict: set[int]
    total_strict: int
    facets: dict[str, dict[str, int]]
    metres: dict[int, float]
    points: dict[int, int]


def stands(entry: Entry, field: str, norms: tuple[str, ...]) -> bool:
    return all(norm in entry.tokens[field] for norm in norms)


def sounds(entry: Entry, sound: str) -> bool:
    return len(sound) >= 3 and any(sound in reading for reading in entry.sounds)


def is_answered(entry: Entry, wish: Wish) -> bool:
    return sounds(entry, wish.sound) or any(c.counts and stands(entry, c.field, c.norms) for c in wish.clauses)


def is_named(entry: Entry, plan: Plan) -> bool:
    return len(plan.name_sound) >= 3 and plan.name_sound in entry.name_sound


def worth(entry: Entry, plan: Plan) -> int:
    total = 0
    for wish in plan.wishes:
        best = max((c.points for c in wish.clauses if stands(entry, c.field, c.norms)), default=0)
        total += max(best, 300 if sounds(entry, wish.sound) else 0)
    if is_named(entry, plan):
        total += 800 if entry.name_sound == plan.name_sound else 400
    return total


def distance(entry: Entry, plan: Plan) -> float:
    near, document = plan.query.near, entry.document
    if near is None or document.latitude is None or document.longitude is None:
        return float("inf")
    p, q = radians(near.latitude), radians(document.latitude)
    aside = radians(document.longitude - near.longitude)
    half = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(aside / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(half)))


def opens(entry: Entry, when: str, today: date, minute: int) -> bool:
    if when == "now":
        return any(start <= minute < until for start, until in entry.spans if until - start < 1440)
    return any(token in entry.times for token in tokens_for(when, today))


def in_base(entry: Entry, plan: Plan) -> bool:
    query, document = plan.query, entry.document
    if query.municipalities and not set(query.municipalities) & {document.municipality, *document.shared_with}:
        return False
    if query.near and distance(entry, plan) > query.near.metres:
        return False
    said = plan.asked.conditions
    weekdays = {int(name[8:]) for name in said if name.startswith("weekday:")}
    known = document.weekdays
    if weekdays and known is not None and not weekdays & known:
        return False
    if "day:workdays" in said and known is not None and not known & set(range(5)):
        return False
    if any(name in HOW and name in document.no for name in said):
        return False
    if any(not opens(entry, name[5:], plan.today, plan.minute) for name in said if name.startswith("when:")):
        return False
    has_future = any(until > plan.minute for _start, until in entry.spans)
    parts = [name[4:] for name in said if name in ("day:morning", "day:afternoon", "day:evening")]
    if has_future and not all(opens(entry, f"part:{part}", plan.today, plan.minute) for part in parts):
        return False
    return is_at_times(entry, plan)


def is_at_times(entry: Entry, plan: Plan) -> bool:
    query = plan.query

    def at(when: str) -> bool:
        return opens(entry, when, plan.today, plan.minute)

    if query.on and not at(f"on:{query.on}"):
        return False
    if query.weekdays and query.part_of_day:
        return any(at(f"weekday:{day}:{query.part_of_day}") for day in query.weekdays)
    if query.weekdays and not any(at(f"weekday:{day}") for day in query.weekdays):
        return False
    return not query.part_of_day or at(f"part:{query.part_of_day}")


def allows(entry: Entry, plan: Plan, without: str = "") -> bool:
    query, document = plan.query, entry.document
    if without != "wants" and query.wants and not set(query.wants) & set(document.wants):
        return False
    if without != "kinds" and query.kinds and document.kind not in query.kinds:
        return False
    if without != "how" and not set(query.how) <= document.yes:
        return False
    if without != "districts" and query.districts and document.district not in query.districts:
        return False
    whens = query.when if without != "when" else ()
    return not whens or any(opens(entry, when, plan.today, plan.minute) for when in whens)


def expected(entries: list[Entry], plan: Plan) -> Expected:
    """The places that answer strictly, before further ones are added."""
    base = [entry for entry in entries if in_base(entry, plan)]
    if plan.wishes:
        base = [e for e in base if is_named(e, plan) or all(is_answered(e, wish) for wish in plan.wishes)]
    elif plan.is_unread:
        base = []
    shown = [entry for entry in base if allows(entry, plan)]
    return Expected(
        strict={entry.id for entry in shown},
        total_strict=len(shown),
        facets=counted(base, plan),
        metres={entry.id: distance(entry, plan) for entry in shown},
        points={entry.id: worth(entry, plan) for entry in shown},
    )


def counted(base: list[Entry], plan: Plan) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {name: {} for name in ("wants", "kinds", "how", "districts", "when")}

    def add(group: str, values: list[str], entry: Entry, without: str) -> None:
        if allows(entry, plan, without):
            for value in values:
                counts[group][value] = counts[group].get(value, 0) + 1

    for entry in base:
        document = entry.document
        add("wants", sorted(set(document.wants)), entry, "wants")
        add("kinds", [document.kind] if document.kind else [], entry, "kinds")
        add("how", sorted(document.yes), entry, "")
        if plan.query.municipalities and document.district:
            add("districts", [str(document.district)], entry, "districts")
        add("when", [w for w in WHEN if opens(entry, w, plan.today, plan.minute)], entry, "when")
    return counts


def next_start(entry: Entry, at: datetime) -> int | None:
    minute = int(at.timestamp()) // 60
    return min((start for start, until in entry.spans if until > minute), default=None)
