"""What other weights and numbers would change, before anybody chooses them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from directory.models import Municipality
from matching.candidates.facts import PersonFacts, PlaceFacts
from matching.candidates.finding import Candidate, Candidates, State, find
from matching.candidates.rules import Rules
from matching.facts_of import people_facts, place_facts, places_to_judge, published, recent_people
from matching.models import Client
from matching.narrowing import MOST_JUDGED, narrowed
from matching.options import standing_proposals
from matching.town_rules import rules_of

# One press looks at so many people; more would keep the page waiting. The next press looks at the next ones.
MOST_PREVIEWED = 40


@dataclass(frozen=True)
class Moved:
    """One person for whom something would change; no first place where none could be suggested."""

    client: Client
    first_before: Candidate | None
    first_after: Candidate | None
    # How many places would fit better, less well, or stand otherwise.
    places: int

    @property
    def has_another_first(self) -> bool:
        return _id(self.first_before) != _id(self.first_after)


@dataclass(frozen=True)
class Shift:
    """One way in which places would look otherwise: 合う → よく合う, and for how many people at which place."""

    before: str
    after: str
    places: tuple[tuple[str, int], ...]

    @property
    def number(self) -> int:
        return sum(people for _place, people in self.places)


@dataclass(frozen=True)
class Preview:
    """Of the people from `first` to `last` (counted from 1, the newest first) of all `people`."""

    people: int
    first: int
    last: int
    moved: tuple[Moved, ...]
    # What happens most often first.
    shifts: tuple[Shift, ...] = field(default=())

    @property
    def left(self) -> int:
        return self.people - self.last

    @property
    def other_firsts(self) -> list[Moved]:
        return [one for one in self.moved if one.has_another_first]


def preview(clients: Sequence[Client], town: Municipality, rules: Rules, *, after: int = 0, today: date) -> Preview:
    """For whom the first place, a band or a state would be another by these rules. Changes nothing."""
    looked = list(clients[after : after + MOST_PREVIEWED])
    now = rules_of(town)
    year, week, _weekday = today.isocalendar()
    # A town that is judged whole is read once for everybody.
    whole = None if published(town).count() > MOST_JUDGED else _facts(town, None, today)
    moved: list[Moved] = []
    names: dict[str, str] = {}
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for client, person in zip(looked, people_facts(looked, today=today), strict=True):
        before, then = (
            find(
                person,
                _facts(town, _keys(client, person, each, today), today) if whole is None else whole,
                rules=each,
                week=f"{year}-W{week:02}",
            )
            for each in (now, rules)
        )
        changes = _changes(before, then)
        for place, was, becomes in changes:
            names[place.place_id] = place.place_name
            counted[was, becomes][place.place_id] += 1
        first_before, first_after = _first(before), _first(then)
        if changes or _id(first_before) != _id(first_after):
            moved.append(Moved(client, first_before, first_after, len(changes)))
    shifts = [
        Shift(was, becomes, tuple((names[key], people) for key, people in places.most_common()))
        for (was, becomes), places in counted.items()
    ]
    shifts.sort(key=lambda one: (-one.number, one.before, one.after))
    return Preview(len(clients), min(after + 1, len(clients)), after + len(looked), tuple(moved), tuple(shifts))


def _keys(client: Client, person: PersonFacts, rules: Rules, today: date) -> list[int]:
    """Of a large town: what is judged closely by these rules, as the page of this person would."""
    standing = standing_proposals(client)
    return narrowed(client, person, today=today, standing=standing, also=(), rules=rules)[0]


def _facts(town: Municipality, keys: list[int] | None, today: date) -> list[PlaceFacts]:
    places = places_to_judge(town, today=today, only=keys)
    recent = recent_people(places, today=today)
    return [place_facts(place, today=today, recent=recent.get(place.pk, 0)) for place in places]


def _every(found: Candidates) -> tuple[Candidate, ...]:
    return (*found.in_order, *found.ask_first, *found.full, *found.excluded)


def _changes(now: Candidates, then: Candidates) -> list[tuple[Candidate, str, str]]:
    """(place, how it fits or what stands against it now, the same then) where they differ."""
    after = {one.place_id: one for one in _every(then)}
    pairs = [(one, after[one.place_id]) for one in _every(now) if one.place_id in after]
    return [(one, _words(one), _words(other)) for one, other in pairs if _words(one) != _words(other)]


def _words(one: Candidate) -> str:
    """よく合う; 確認が必要（合う）; of a place that cannot be suggested the band says little."""
    match one.state:
        case State.CANDIDATE:
            return one.band.words
        case State.ASK_FIRST:
            return f"{one.state.value}（{one.band.words}）"
    return one.state.value


def _first(found: Candidates) -> Candidate | None:
    return next(iter((*found.in_order, *found.ask_first)), None)


def _id(one: Candidate | None) -> str:
    return one.place_id if one else ""
