"""Many places at once, as columns: what the hard conditions read, for thousands of places in a millisecond each.

Unknown numbers are NaN; a fact of three values is MET (yes), FAILED (no) or UNKNOWN.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .affinity import pleasures
from .facts import PlaceFacts, RoleFacts
from .requirements import CONTACTS, LOADS

Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]
MET, UNKNOWN, FAILED = np.int8(0), np.int8(1), np.int8(2)
FACTS = (
    "step_free", "accessible_toilet", "quiet_corner", "may_leave_early", "can_be_silent", "escort_ok",
    "plain_japanese", "visit_first_ok", "pickup", "women_only",
)  # fmt: skip
NUMBERS = ("lat", "lon", "cost_yen", "age_min", "age_max", "usual_people", "free_seats", "confirmed_days_ago")
NO_ROLE = (RoleFacts(name=""),)


@dataclass(frozen=True)
class Columns:
    """Places, their roles and their openings. Roles and openings know the row of their place."""

    ids: tuple[str, ...]
    numbers: dict[str, Numbers]
    facts: dict[str, Codes]
    comes_to_you: NDArray[np.bool_]
    languages: tuple[frozenset[str], ...]
    # Roles stand place by place; `first_role` is the row at which a place's roles begin (never empty).
    role_place: NDArray[np.intp]
    first_role: NDArray[np.intp]
    role_load: Numbers
    role_contact: Numbers
    role_minutes: Numbers
    # Openings likewise, but a place may have none; times in minutes, NaN when not told.
    opening_place: NDArray[np.intp]
    opening_weekday: NDArray[np.int8]
    opening_begins: Numbers
    opening_ends: Numbers
    # Which pleasures (affinity.pleasures) the place's own words touch, one bit each.
    pleasures: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self) -> dict[str, int]:
        """The row of each place."""
        return {place: row for row, place in enumerate(self.ids)}

    def any_opening(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """For each place, whether any of its openings is among the chosen ones."""
        found = np.zeros(len(self), dtype=bool)
        found[self.opening_place[chosen]] = True
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
    openings = [(row, window) for row, place in enumerate(places) for window in place.openings or ()]
    role_place = np.array([row for row, _role in roles], dtype=np.intp)

    def of_roles(read: Callable[[RoleFacts], float | None]) -> Numbers:
        return numbers_of([read(role) for _row, role in roles])

    def scale(steps: tuple[str, ...], value: str | None) -> float | None:
        return None if value is None else steps.index(value)

    return Columns(
        ids=tuple(place.id for place in places),
        numbers={name: numbers_of([getattr(place, name) for place in places]) for name in NUMBERS},
        facts={name: _codes([getattr(place, name) for place in places]) for name in FACTS},
        comes_to_you=np.array([place.comes_to_you for place in places], dtype=bool),
        languages=tuple(place.languages for place in places),
        role_place=role_place,
        first_role=np.searchsorted(role_place, np.arange(len(places))),
        role_load=of_roles(lambda role: scale(LOADS, role.physical)),
        role_contact=of_roles(lambda role: scale(CONTACTS, role.contact)),
        role_minutes=of_roles(lambda role: role.minutes),
        opening_place=np.array([row for row, _window in openings], dtype=np.intp),
        opening_weekday=np.array([window.weekday for _row, window in openings], dtype=np.int8),
        opening_begins=numbers_of([window.begins for _row, window in openings]),
        opening_ends=numbers_of([window.ends for _row, window in openings]),
        pleasures=np.array([as_bits(each) for each in touched], dtype=np.int64),
    )


def as_bits(touched: Collection[int]) -> int:
    """Pleasures as one number; those past the 63rd share the last bit."""
    found = 0
    for number in touched:
        found |= 1 << min(number, 62)
    return found


def together(parts: Sequence[Columns]) -> Columns:
    """Several columns as one, in this order."""
    starts = np.cumsum([0, *(len(part) for part in parts)])
    role_starts = np.cumsum([0, *(len(part.role_place) for part in parts)])
    made: dict[str, Any] = {
        "ids": tuple(one for part in parts for one in part.ids),
        "languages": tuple(one for part in parts for one in part.languages),
        "numbers": {name: np.concatenate([part.numbers[name] for part in parts]) for name in NUMBERS},
        "facts": {name: np.concatenate([part.facts[name] for part in parts]) for name in FACTS},
    }
    for name in ("role_place", "opening_place"):
        shifted = [getattr(part, name) + start for part, start in zip(parts, starts, strict=False)]
        made[name] = np.concatenate(shifted).astype(np.intp)
    firsts = [part.first_role + start for part, start in zip(parts, role_starts, strict=False)]
    made["first_role"] = np.concatenate(firsts).astype(np.intp)
    for name in Columns.__dataclass_fields__:
        if name not in made:
            made[name] = np.concatenate([getattr(part, name) for part in parts])
    return Columns(**made)


def only(columns: Columns, rows: NDArray[np.intp]) -> Columns:
    """These rows, in ascending order."""
    kept = np.zeros(len(columns), bool)
    kept[rows] = True
    new_row = np.cumsum(kept) - 1
    roles, openings = kept[columns.role_place], kept[columns.opening_place]
    role_place = new_row[columns.role_place[roles]].astype(np.intp)
    chosen = np.flatnonzero(kept)
    made: dict[str, Any] = {
        "ids": tuple(columns.ids[row] for row in chosen),
        "languages": tuple(columns.languages[row] for row in chosen),
        "numbers": {name: values[kept] for name, values in columns.numbers.items()},
        "facts": {name: values[kept] for name, values in columns.facts.items()},
        "role_place": role_place,
        "first_role": np.searchsorted(role_place, np.arange(len(chosen))),
        "opening_place": new_row[columns.opening_place[openings]].astype(np.intp),
        "comes_to_you": columns.comes_to_you[kept],
        "pleasures": columns.pleasures[kept],
    }
    made |= {name: getattr(columns, name)[roles] for name in ("role_load", "role_contact", "role_minutes")}
    made |= {name: getattr(columns, name)[openings] for name in ("opening_weekday", "opening_begins", "opening_ends")}
    return Columns(**made)


def with_numbers(columns: Columns, **numbers: Numbers) -> Columns:
    """The same places with some numbers of the day, such as free seats."""
    return replace(columns, numbers={**columns.numbers, **numbers})
