"""The candidates of one person among many places: bands in order, what to ask first, あと一歩, what does not fit."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .facts import PersonFacts, PlaceFacts, RoleFacts, as_open_to, is_hidden
from .near_miss import NearMiss, near_miss
from .ranking import Band, Ranking, rank
from .reach import oneway_minutes
from .requirements import Judgement, judge
from .rules import DEFAULT, Rules
from .verdicts import Question


class State(StrEnum):
    """Where a place stands for a person."""

    CANDIDATE = "候補"
    ASK_FIRST = "確認が必要"
    FULL = "満員"
    EXCLUDED = "合わない条件がある"


@dataclass(frozen=True)
class Candidate:
    """One place as judged for one person."""

    place_id: str
    place_name: str
    state: State
    band: Band
    coverage: float
    judgement: Judgement = field(repr=False)
    ranking: Ranking = field(repr=False)
    minutes: float | None
    near_miss: NearMiss | None = None

    @property
    def role(self) -> RoleFacts:
        """The role that fits best."""
        return self.judgement.roles[0].role

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(verdict.question for verdict in self.judgement.unknown if verdict.question)


@dataclass(frozen=True)
class Candidates:
    """The answer for one person. Places kept away from for safety are in none of the lists."""

    person_id: str
    rules_version: str
    bands: dict[Band, tuple[Candidate, ...]]
    ask_first: tuple[Candidate, ...]
    full: tuple[Candidate, ...]
    excluded: tuple[Candidate, ...]

    @property
    def in_order(self) -> tuple[Candidate, ...]:
        """Those that can be proposed now, best band first."""
        return tuple(candidate for band in sorted(self.bands, reverse=True) for candidate in self.bands[band])

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """The fewest remedies first."""
        misses = [each.near_miss for each in (*self.full, *self.excluded) if each.near_miss]
        return tuple(sorted(misses, key=lambda miss: (len(miss.sets[0]), miss.sets[0], miss.place_id)))

    @property
    def questions(self) -> tuple[tuple[Question, int], ...]:
        """聞くことリスト: each question to the person once per key, with how many places it would settle."""
        counts: dict[str, tuple[Question, int]] = {}
        for candidate in self.ask_first:
            for question in candidate.questions:
                if question.whom == "本人":
                    counts[question.key] = (question, counts.get(question.key, (question, 0))[1] + 1)
        return tuple(sorted(counts.values(), key=lambda pair: (-pair[1], pair[0].key)))


def judged(person: PersonFacts, place: PlaceFacts, rules: Rules = DEFAULT) -> Candidate | None:
    """One pair, None when the place is kept away from for safety."""
    if is_hidden(person, place):
        return None
    person, place = as_open_to(person, place)
    judgement = judge(person, place, rules)
    ranking = rank(person, place, judgement.fitting_roles, rules)
    return Candidate(
        place_id=place.id,
        place_name=place.name,
        state=_state(judgement),
        band=ranking.band(rules),
        coverage=round(ranking.coverage, 2),
        judgement=judgement,
        ranking=ranking,
        minutes=oneway_minutes(person, place, rules),
        near_miss=near_miss(place.id, judgement),
    )


def _state(judgement: Judgement) -> State:
    failed = {verdict.key for verdict in judgement.failed}
    if failed == {"seats"}:
        return State.FULL
    if failed:
        return State.EXCLUDED
    return State.ASK_FIRST if judgement.unknown else State.CANDIDATE


def find(person: PersonFacts, places: Iterable[PlaceFacts], *, rules: Rules = DEFAULT, week: str = "") -> Candidates:
    """Judge every place. `week` (such as 2026-W48) turns the tie-breaker, so that no place is always first."""
    found = [(place, each) for place in places if (each := judged(person, place, rules))]
    found.sort(key=lambda pair: _order(person, pair[0], pair[1], week))
    every = [candidate for _place, candidate in found]

    def having(state: State) -> tuple[Candidate, ...]:
        return tuple(each for each in every if each.state is state)

    candidates = having(State.CANDIDATE)
    return Candidates(
        person_id=person.id,
        rules_version=rules.version,
        bands={band: tuple(each for each in candidates if each.band is band) for band in sorted(Band, reverse=True)},
        ask_first=having(State.ASK_FIRST),
        full=having(State.FULL),
        excluded=having(State.EXCLUDED),
    )


def _order(person: PersonFacts, place: PlaceFacts, each: Candidate, week: str) -> tuple[float, ...]:
    """Band, not tried in vain, fit and coverage in tenths, travel, few people lately, then a lot drawn anew each week.

    Tenths, because a finer number would claim a precision that nobody has.
    """
    is_no_way = place.pickup or place.terms_of(each.role).comes_to_you
    way = 0.0 if is_no_way else each.minutes if each.minutes is not None else 24 * 60.0
    fit = each.ranking.fit if each.ranking.fit is not None else 0.5
    return (
        -each.band,
        # Nobody is locked out by what did not fit once: the place only comes after those of the same band.
        place.id in person.tried,
        -_tenths(fit),
        -_tenths(each.coverage),
        round(way),
        place.recent_people,
        lot(person, place, week),
    )


def _tenths(value: float) -> int:
    return int(round(value * 10, 6))


def lot(person: PersonFacts, place: PlaceFacts, week: str) -> float:
    """The declared tie-breaker: the same all week for one person and place, and not to be influenced by anyone."""
    digest = hashlib.sha256(f"{person.id}\0{place.id}\0{week}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def people_for(
    place: PlaceFacts, people: Iterable[PersonFacts], *, rules: Rules = DEFAULT, week: str = ""
) -> list[tuple[str, Candidate]]:
    """The other direction: whom a place could suit (their ids), in the order of `find`.

    Who keeps away from it is not in the list.
    """
    found = [(person, each) for person in people if (each := judged(person, place, rules))]
    open_ones = [pair for pair in found if pair[1].state in {State.CANDIDATE, State.ASK_FIRST}]
    open_ones.sort(key=lambda pair: (pair[1].state is State.ASK_FIRST, *_order(pair[0], place, pair[1], week)))
    return [(person.id, each) for person, each in open_ones]
