"""The hard conditions over all places of a town at once: the same answers as requirements.judge, without its words.

Which of 10,000 places are worth judging in full, and what one remedy would open for a thousand people, would take
seconds place by place. That both agree is a property test (tests/matching/candidates/test_sieve.py).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .bodies import OF_LOAD
from .columns import FAILED, MET, UNKNOWN, Codes, Columns, Numbers, body_bits
from .facts import UNKNOWN as NOT_ASKED
from .facts import PersonFacts
from .finding import State
from .near_miss import REMEDIES
from .reach import EARTH_KM, merged
from .requirements import CONTACTS, LOADS, NEEDS, SHORTEST_STAY
from .rules import DEFAULT, Rules

Bits = NDArray[np.int32]
WORDS = tuple(REMEDIES)
EVERY_WORD = np.int32((1 << len(WORDS)) - 1)
STATES = (State.CANDIDATE, State.ASK_FIRST, State.FULL, State.EXCLUDED)
HIDDEN = np.int8(len(STATES))


def bits(*words: str) -> np.int32:
    """Remedies as one number."""
    return np.int32(sum(1 << WORDS.index(word) for word in words))


@dataclass
class Gathered:
    """Of each row: whether something failed, is unknown, and which remedies would lift every failure by themselves."""

    failed: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    suffices: Bits
    # Which rows wait for the answer to a question, by its key.
    waits: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: int) -> "Gathered":
        return cls(np.zeros(rows, bool), np.zeros(rows, bool), np.full(rows, EVERY_WORD, np.int32))

    def add(self, answers: Codes, relax: "Bits | np.int32", *keys: str, asks: NDArray[np.bool_] | None = None) -> None:
        """`keys`: the questions to the person that these answers hang on; `asks`: where it is not the host's to say."""
        failed, unknown = answers == FAILED, answers == UNKNOWN
        self.failed |= failed
        self.unknown |= unknown
        for key in keys:
            self.waits[key] = unknown if asks is None else unknown & asks
        self.suffices &= np.where(failed, relax, EVERY_WORD).astype(np.int32)


@dataclass(frozen=True)
class Sifted:
    """`state` holds an index of STATES, or HIDDEN; `opens` the remedies that alone would open an excluded place."""

    state: NDArray[np.int8]
    opens: Bits
    minutes: Numbers

    def rows(self, state: State) -> NDArray[np.intp]:
        """The rows in this state."""
        return np.flatnonzero(self.state == STATES.index(state))


def sift(person: PersonFacts, columns: Columns, rules: Rules = DEFAULT) -> Sifted:
    """Every place's state for one person, and what a single remedy would open."""
    place, roles, failed_but_seats, minutes = _gathered(person, columns, rules)
    return _joined(person, columns, place, roles, failed_but_seats, minutes)


def open_questions(person: PersonFacts, columns: Columns, rules: Rules = DEFAULT) -> dict[str, int]:
    """聞くことリスト: for each question not asked yet, how many places that nothing speaks against wait for it."""
    place, roles, failed_but_seats, minutes = _gathered(person, columns, rules)
    state = _joined(person, columns, place, roles, failed_but_seats, minutes).state
    ask = state == STATES.index(State.ASK_FIRST)
    found = {key: int((rows & ask).sum()) for key, rows in place.waits.items()}
    for key, rows in roles.waits.items():
        waiting = np.bitwise_or.reduceat((rows & ~roles.failed).astype(np.int8), columns.first_role).astype(bool)
        found[key] = int((waiting & ask).sum())
    # What is said to limit is known, whatever else is.
    unasked = {key.partition(":")[0] for key in person.unasked if person.limits.get(key) is None}
    return {key: number for key, number in found.items() if key in unasked and number}


def _gathered(
    person: PersonFacts, columns: Columns, rules: Rules
) -> tuple[Gathered, Gathered, NDArray[np.bool_], Numbers]:
    """(of the places, of the roles, roles that fail for more than a seat, minutes of the way)."""
    minutes = oneway(person, columns, rules)
    place = Gathered.of(len(columns))
    place.add(_either(np.isin(columns.ids, list(person.refused | person.set_aside)), FAILED), np.int32(0))
    place.add(_age(person, columns), bits("年齢要件"))
    place.add(_rule_of_sex(person, columns), np.int32(0))
    place.add(_same_sex(person, columns), np.int32(0), "same_sex_only")
    usual = columns.numbers["usual_people"]
    place.add(_limit(person, "max_people", usual), bits("人数・音"), "max_people", asks=~np.isnan(usual))
    for need in NEEDS:
        place.add(_need(person.needs(need.key), columns.facts[need.fact]), bits(need.relax), need.key)
    place.add(_language(person, columns), np.int32(0), "needs_language_any")
    days = columns.numbers["confirmed_days_ago"]
    place.unknown |= np.isnan(days) | (days > rules.stale_after_days)
    roles = _of_roles(person, columns, minutes)
    failed_but_seats = roles.failed.copy()
    roles.add(_seats(columns), bits("満員"))
    return place, roles, failed_but_seats, minutes


def _joined(
    person: PersonFacts,
    columns: Columns,
    place: Gathered,
    roles: Gathered,
    failed_but_seats: NDArray[np.bool_],
    minutes: Numbers,
) -> Sifted:
    """A place stands or falls with its best role: one without a failure, and among those one with nothing to ask."""
    starts = columns.first_role
    possible = np.bitwise_or.reduceat((~failed_but_seats).astype(np.int8), starts).astype(bool)
    clean = np.bitwise_or.reduceat((~roles.failed).astype(np.int8), starts).astype(bool)
    certain = np.bitwise_or.reduceat((~roles.failed & ~roles.unknown).astype(np.int8), starts).astype(bool)
    excluded = place.failed | ~possible
    full = ~excluded & ~clean
    ask = place.unknown | ~certain
    state = np.where(excluded, 3, np.where(full, 2, np.where(ask, 1, 0))).astype(np.int8)
    hidden = np.isin(columns.ids, list(person.avoided))
    alone = np.bitwise_or.reduceat(roles.suffices & place.suffices[columns.role_place], starts)
    opens = np.where((excluded | full) & ~hidden, alone, 0).astype(np.int32)
    return Sifted(np.where(hidden, HIDDEN, state).astype(np.int8), opens, minutes)


def _either(which: NDArray[np.bool_], answer: np.int8) -> Codes:
    return np.where(which, answer, MET).astype(np.int8)


def _three(unknown: NDArray[np.bool_], failed: NDArray[np.bool_] | np.bool_) -> Codes:
    return np.where(unknown, UNKNOWN, np.where(failed, FAILED, MET)).astype(np.int8)


def oneway(person: PersonFacts, columns: Columns, rules: Rules) -> Numbers:
    """Minutes by the quickest of the person's own means, NaN when it cannot be told."""
    speeds = [
        (speed, rules.bus_waiting_minutes if means == "bus" else 0.0)
        for means in person.means or ()
        if (speed := rules.kmh(means)) is not None
    ]
    if person.lat is None or person.lon is None or not speeds:
        return np.full(len(columns), np.nan)
    north, south = np.radians(columns.numbers["lat"]), np.radians(person.lat)
    half_north, half_east = (south - north) / 2, np.radians(person.lon - columns.numbers["lon"]) / 2
    square = np.sin(half_north) ** 2 + np.cos(north) * np.cos(south) * np.sin(half_east) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, square)))
    return np.minimum.reduce([km / speed * 60 + waiting for speed, waiting in speeds])


def _age(person: PersonFacts, columns: Columns) -> Codes:
    low, high = columns.numbers["age_min"], columns.numbers["age_max"]
    ruled = ~np.isnan(low) | ~np.isnan(high)
    if person.age is None:
        return _either(ruled, UNKNOWN)
    # A comparison with NaN is False: no limit on that side.
    return _either((person.age < low) | (person.age > high), FAILED)


def _rule_of_sex(person: PersonFacts, columns: Columns) -> Codes:
    rule = columns.facts["women_only"]
    if person.sex == "female":
        return np.zeros(len(columns), np.int8)
    only_women = rule == MET
    return _three((rule == UNKNOWN) | (only_women & (person.sex != "male")), only_women)


def _same_sex(person: PersonFacts, columns: Columns) -> Codes:
    wanted, rule = person.needs("same_sex_only"), columns.facts["women_only"]
    suits = (rule == MET) & (person.sex == "female")
    if wanted is False:
        return np.zeros(len(columns), np.int8)
    if wanted is None:
        return _either(~suits, UNKNOWN)
    to_ask = (rule == UNKNOWN) | ((rule == MET) & (person.sex != "male"))
    return np.where(suits, MET, np.where(to_ask, UNKNOWN, FAILED)).astype(np.int8)


def _travel(person: PersonFacts, columns: Columns, minutes: Numbers) -> Codes:
    pickup, minutes = columns.facts["pickup"][columns.role_place], minutes[columns.role_place]
    settled = columns.role_comes_to_you | (pickup == MET)
    is_asked = "max_oneway_minutes" not in person.unasked
    limit = person.max_oneway_minutes if is_asked else None
    if is_asked:
        settled |= ~np.isnan(minutes) & (limit is None or minutes <= (limit if limit is not None else np.inf))
    if is_asked and limit is None and any(means != "pickup" for means in person.means or ()):
        return np.full(len(pickup), MET)
    if not person.means:
        return _either(~settled, UNKNOWN)
    unsure = pickup == UNKNOWN
    if any(means != "pickup" for means in person.means):
        unsure |= (np.isnan(columns.numbers["lat"]) | np.isnan(columns.numbers["lon"]))[columns.role_place]
        if person.lat is None or person.lon is None or not is_asked:
            unsure |= True
    return np.where(settled, MET, np.where(unsure, UNKNOWN, FAILED)).astype(np.int8)


def _limit(person: PersonFacts, key: str, values: Numbers, *, free_at: float | None = None) -> Codes:
    """At most so much; a place that takes nothing suits everybody."""
    limit = person.limit(key)
    if limit is None:
        return np.zeros(len(values), np.int8)
    free = values == free_at if free_at is not None else np.zeros(len(values), bool)
    if limit is NOT_ASKED:
        return _either(~free, UNKNOWN)
    return np.where(free, MET, _three(np.isnan(values), values > limit)).astype(np.int8)


def _need(needed: bool | None, there: Codes) -> Codes:
    if needed is False:
        return np.zeros(len(there), np.int8)
    return _either(there != MET, UNKNOWN) if needed is None else there


def _language(person: PersonFacts, columns: Columns) -> Codes:
    wanted = person.limit("needs_language_any")
    if not wanted:
        return np.zeros(len(columns), np.int8)
    if wanted is NOT_ASKED:
        return np.full(len(columns), UNKNOWN)
    codes = frozenset(wanted)
    if "ja" in codes:
        return np.zeros(len(columns), np.int8)
    spoken = np.array([bool(each & codes) for each in columns.languages], dtype=bool)
    if "plain_ja" in codes:
        spoken |= columns.facts["plain_japanese"] == MET
    return _either(~spoken, UNKNOWN)


def _of_roles(person: PersonFacts, columns: Columns, minutes: Numbers) -> Gathered:
    """Everything of the roles but their seats."""
    roles = Gathered.of(len(columns.role_place))
    if gone := person.refused_roles | person.roles_set_aside:
        roles.add(_either(np.isin(columns.role_ids, list(gone)), FAILED), np.int32(0))
    # How far one can go is asked when it is known how far it is; before that, by what means.
    far = ("max_oneway_minutes",) if person.means else ("means",)
    is_located = ~np.isnan(minutes)[columns.role_place] if person.means else None
    roles.add(_travel(person, columns, minutes), bits("交通"), *far, asks=is_located)
    price, load, words = columns.role_cost, columns.role_load, columns.role_contact
    limit = person.limit
    roles.add(_limit(person, "max_cost_yen", price, free_at=0), bits("費用"), "max_cost_yen", asks=~np.isnan(price))
    roles.add(_scale(limit("max_physical"), load, LOADS), np.int32(0), "max_physical", asks=~np.isnan(load))
    roles.add(_medical(person, columns), np.int32(0), "medical_limits")
    roles.add(_scale(limit("max_contact"), words, CONTACTS), bits("対人量"), "max_contact", asks=~np.isnan(words))
    roles.add(_length(person, columns), bits("長さ・頻度", "途中退席"), "max_minutes")
    answers, overlap, asks = _time(person, columns)
    relax = np.where(overlap > 0, bits("曜日・時間", "長さ・頻度"), bits("曜日・時間")).astype(np.int32)
    roles.add(answers, relax, "free", asks=asks)
    return roles


def _seats(columns: Columns) -> Codes:
    full = ~columns.role_receives | (columns.role_seats <= 0)
    return np.where(full, FAILED, np.where(np.isnan(columns.role_seats), UNKNOWN, MET)).astype(np.int8)


def _medical(person: PersonFacts, columns: Columns) -> Codes:
    """What the words of the place or the load of the role suggest, against what the body must not do."""
    limits = person.limit("medical_limits")
    if limits is None:
        return np.zeros(len(columns.role_place), np.int8)
    signs, of_load = columns.body_signs[columns.role_place], np.int64(body_bits(OF_LOAD))
    light, heavy = columns.role_load == 0, columns.role_load == LOADS.index("heavy")
    if limits is NOT_ASKED:
        told = light | np.isnan(columns.role_load)
        return _either((signs | np.where(told, 0, of_load)) != 0, UNKNOWN)
    near = (signs | np.where(light, 0, of_load)) & np.int64(body_bits(limits)) != 0
    failed = heavy & ("lift" in limits)
    return np.where(failed, FAILED, np.where(near, UNKNOWN, MET)).astype(np.int8)


def _scale(limit: object, values: Numbers, steps: tuple[str, ...]) -> Codes:
    """A level of the role against the person's highest; the highest of all limits nothing."""
    if limit is None or limit == steps[-1]:
        return np.zeros(len(values), np.int8)
    least = values == 0
    if limit is NOT_ASKED:
        return _either(~least, UNKNOWN)
    return np.where(least, MET, _three(np.isnan(values), values > steps.index(str(limit)))).astype(np.int8)


def _length(person: PersonFacts, columns: Columns) -> Codes:
    limit, minutes = person.limit("max_minutes"), columns.role_minutes
    if limit is None:
        return np.zeros(len(minutes), np.int8)
    leave = columns.facts["may_leave_early"][columns.role_place]
    if limit is NOT_ASKED:
        return _either(leave != MET, UNKNOWN)
    met = (minutes <= limit) | (leave == MET)
    return np.where(met, MET, _three(np.isnan(minutes) | (leave == UNKNOWN), np.True_)).astype(np.int8)


def _time(person: PersonFacts, columns: Columns) -> tuple[Codes, Numbers, NDArray[np.bool_]]:
    """(answers, minutes of the longest overlap, whether the person is to be asked about a day), one of each role."""
    week, weekday = columns.opening_week, columns.opening_weekday
    begins, ends = columns.opening_begins, columns.opening_ends
    longest = np.zeros(len(columns.week_place))
    for day, first, last in merged(person.free):
        shared = np.where(weekday == day, np.minimum(ends, last) - np.maximum(begins, first), 0.0)
        np.maximum.at(longest, week, np.nan_to_num(shared))
    overlap = longest[columns.role_week]
    wanted = np.where(np.isnan(columns.role_minutes) | (columns.role_minutes == 0), SHORTEST_STAY, columns.role_minutes)
    free = [person.free_on(day) for day in range(7)]
    unasked = np.isin(weekday, [day for day in range(7) if free[day] is None])
    vague = np.isin(weekday, [day for day in range(7) if free[day]]) & (np.isnan(begins) | np.isnan(ends))
    opens = columns.any_opening(np.ones(len(week), bool))
    to_ask = ~opens | columns.any_opening(unasked | vague)
    met = opens[columns.role_week] & (overlap >= wanted)
    answers = np.where(met, MET, _three(to_ask[columns.role_week], np.True_)).astype(np.int8)
    return answers, overlap, columns.any_opening(unasked)[columns.role_week]
