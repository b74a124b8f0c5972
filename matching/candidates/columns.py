"""Many places at once, as columns: what the hard conditions read, for thousands of places in a millisecond each.

Unknown numbers are NaN; a fact of three values is MET (yes), FAILED (no) or UNKNOWN.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .affinity import pleasures
from .bodies import DEEDS, signs_of
from .facts import PlaceFacts, RoleFacts, Window
from .requirements import CONTACTS, LOADS

Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]
MET, UNKNOWN, FAILED = np.int8(0), np.int8(1), np.int8(2)
FACTS = (
    "step_free", "accessible_toilet", "quiet_corner", "may_leave_early", "can_be_silent", "escort_ok",
    "plain_japanese", "visit_first_ok", "pickup", "women_only",
)  # fmt: skip
NUMBERS = ("lat", "lon", "age_min", "age_max", "usual_people", "confirmed_days_ago")
NO_ROLE = (RoleFacts(name=""),)
POINTERS = {
    "role_place": "ids",
    "week_place": "ids",
    "first_role": "role_place",
    "role_week": "week_place",
    "opening_week": "week_place",
}


@dataclass(frozen=True)
class Columns:
    """Places, their roles and the weeks in which these are possible. Roles know the rows of their place and week."""

    ids: tuple[str, ...]
    numbers: dict[str, Numbers]
    facts: dict[str, Codes]
    languages: tuple[frozenset[str], ...]
    # Roles stand place by place; `first_role` is the row at which a place's roles begin (never empty).
    role_place: NDArray[np.intp]
    role_ids: NDArray[np.str_]
    first_role: NDArray[np.intp]
    role_load: Numbers
    role_contact: Numbers
    role_minutes: Numbers
    role_cost: Numbers
    role_seats: Numbers
    role_receives: NDArray[np.bool_]
    role_comes_to_you: NDArray[np.bool_]
    # Most roles of a place share a week of openings, so that it stands here once.
    role_week: NDArray[np.intp]
    week_place: NDArray[np.intp]
    # A week may have no openings; times in minutes, NaN when not told.
    opening_week: NDArray[np.intp]
    opening_weekday: NDArray[np.int8]
    opening_begins: Numbers
    opening_ends: Numbers
    # Which pleasures (affinity.pleasures) the place's own words touch, one bit each.
    pleasures: NDArray[np.int64]
    # What the words suggest that a body may have to do, one bit for each of bodies.DEEDS.
    body_signs: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self) -> dict[str, int]:
        """The row of each place."""
        return {place: row for row, place in enumerate(self.ids)}

    def any_opening(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """For each week, whether any of its openings is among the chosen ones."""
        found = np.zeros(len(self.week_place), dtype=bool)
        found[self.opening_week[chosen]] = True
        return found


def numbers_of(values: Sequence[float | None]) -> Numbers:
    """NaN for what is not known."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _codes(values: Sequence[bool | None]) -> Codes:
    return np.array([UNKNOWN if value is None else MET if value else FAILED for value in values], dtype=np.int8)


def columns_of(places: Sequence[PlaceFacts], touched: Sequence[Collection[int]] | None = None) -> Columns:
    """Places without a role get one of which nothing is known, as requirements.judge does.

    `touched`: the pleasures each place's words touch, where that is known without reading them.
    """
    touched = [pleasures(place.text) for place in places] if touched is None else touched
    roles = [(row, role) for row, place in enumerate(places) for role in place.roles or NO_ROLE]
    terms = [places[row].terms_of(role) for row, role in roles]
    weeks: dict[tuple[int, tuple[Window, ...]], int] = {}
    role_week = [
        weeks.setdefault((row, own.openings or ()), len(weeks)) for (row, _role), own in zip(roles, terms, strict=True)
    ]
    openings = [(number, window) for (_row, windows), number in weeks.items() for window in windows]
    role_place = np.array([row for row, _role in roles], dtype=np.intp)

    def of_roles(read: Callable[[RoleFacts], float | None]) -> Numbers:
        return numbers_of([read(role) for _row, role in roles])

    def scale(steps: tuple[str, ...], value: str | None) -> float | None:
        return None if value is None else steps.index(value)

    return Columns(
        ids=tuple(place.id for place in places),
        numbers={name: numbers_of([getattr(place, name) for place in places]) for name in NUMBERS},
        facts={name: _codes([getattr(place, name) for place in places]) for name in FACTS},
        languages=tuple(place.languages for place in places),
        role_place=role_place,
        role_ids=np.array([role.id for _row, role in roles], dtype=np.str_),
        first_role=np.searchsorted(role_place, np.arange(len(places))),
        role_load=of_roles(lambda role: scale(LOADS, role.physical)),
        role_contact=of_roles(lambda role: scale(CONTACTS, role.contact)),
        role_minutes=of_roles(lambda role: role.minutes),
        role_cost=numbers_of([own.cost_yen for own in terms]),
        role_seats=numbers_of([own.free_seats for own in terms]),
        role_receives=np.array([own.is_receiving for own in terms], dtype=bool),
        role_comes_to_you=np.array([own.comes_to_you for own in terms], dtype=bool),
        role_week=np.array(role_week, dtype=np.intp),
        week_place=np.array([row for row, _windows in weeks], dtype=np.intp),
        opening_week=np.array([number for number, _window in openings], dtype=np.intp),
        opening_weekday=np.array([window.weekday for _row, window in openings], dtype=np.int8),
        opening_begins=numbers_of([window.begins for _row, window in openings]),
        opening_ends=numbers_of([window.ends for _row, window in openings]),
        pleasures=np.array([as_bits(each) for each in touched], dtype=np.int64),
        body_signs=np.array([body_bits(signs_of(place)) for place in places], dtype=np.int64),
    )


def body_bits(codes: Collection[str]) -> int:
    """Deeds of bodies.DEEDS as one number."""
    return sum(1 << bit for bit, code in enumerate(DEEDS) if code in codes)


def as_bits(touched: Collection[int]) -> int:
    """Pleasures as one number; those past the 63rd share the last bit."""
    found = 0
    for number in touched:
        found |= 1 << min(number, 62)
    return found


def together(parts: Sequence[Columns]) -> Columns:
    """Several columns as one, in this order."""
    begins = {
        "ids": np.cumsum([0, *(len(part) for part in parts)]),
        "role_place": np.cumsum([0, *(len(part.role_place) for part in parts)]),
        "week_place": np.cumsum([0, *(len(part.week_place) for part in parts)]),
    }
    made: dict[str, Any] = {
        "ids": tuple(one for part in parts for one in part.ids),
        "languages": tuple(one for part in parts for one in part.languages),
        "numbers": {name: np.concatenate([part.numbers[name] for part in parts]) for name in NUMBERS},
        "facts": {name: np.concatenate([part.facts[name] for part in parts]) for name in FACTS},
    }
    # Rows that point at other rows: what they point at begins later in every further part.
    for name, at in POINTERS.items():
        shifted = [getattr(part, name) + start for part, start in zip(parts, begins[at], strict=False)]
        made[name] = np.concatenate(shifted).astype(np.intp)
    for name in Columns.__dataclass_fields__:
        if name not in made:
            made[name] = np.concatenate([getattr(part, name) for part in parts])
    return Columns(**made)


def only(columns: Columns, rows: NDArray[np.intp]) -> Columns:
    """These rows, in ascending order."""
    kept = np.zeros(len(columns), bool)
    kept[rows] = True
    roles, weeks = kept[columns.role_place], kept[columns.week_place]
    openings = weeks[columns.opening_week]
    new_row, new_week = np.cumsum(kept) - 1, np.cumsum(weeks) - 1
    role_place = new_row[columns.role_place[roles]].astype(np.intp)
    chosen = np.flatnonzero(kept)
    made: dict[str, Any] = {
        "ids": tuple(columns.ids[row] for row in chosen),
        "languages": tuple(columns.languages[row] for row in chosen),
        "numbers": {name: values[kept] for name, values in columns.numbers.items()},
        "facts": {name: values[kept] for name, values in columns.facts.items()},
        "role_place": role_place,
        "first_role": np.searchsorted(role_place, np.arange(len(chosen))),
        "role_week": new_week[columns.role_week[roles]].astype(np.intp),
        "week_place": new_row[columns.week_place[weeks]].astype(np.intp),
        "opening_week": new_week[columns.opening_week[openings]].astype(np.intp),
        "pleasures": columns.pleasures[kept],
        "body_signs": columns.body_signs[kept],
    }
    for name in Columns.__dataclass_fields__:
        if name not in made:
            made[name] = getattr(columns, name)[roles if name.startswith("role_") else openings]
    return Columns(**made)


def as_of_today(
    columns: Columns, *, confirmed_days_ago: Numbers, seats: Numbers, receives: NDArray[np.bool_]
) -> Columns:
    """The same places with what changes without the listing: the age of its facts (by place), the seats (by role)."""
    numbers = {**columns.numbers, "confirmed_days_ago": confirmed_days_ago}
    return replace(columns, numbers=numbers, role_seats=seats, role_receives=receives)
