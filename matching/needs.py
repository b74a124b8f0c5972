"""満たせなかったニーズ (R5): what stands between the town's people and its places, and what one remedy would open.

Counted anew from what is known today; nobody's answer and no list of who avoids what leaves the sums. People under
special protection are in no sum: a number that changes by one would tell that they are there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from directory.models import Municipality
from matching.candidates.facts import PersonFacts
from matching.candidates.finding import State
from matching.candidates.near_miss import REMEDIES, Remedy
from matching.candidates.rules import Rules
from matching.candidates.sieve import WORDS, sift
from matching.choices import ClientState
from matching.conditions import QUESTIONS
from matching.facts_of import people_facts
from matching.models import Client
from matching.sketches import town_columns
from matching.town_rules import rules_of

# So many people are read at once: memory stays flat however many there are.
BATCH = 200
# Who has fewer places that could be suggested now has nothing to choose from: a place with questions is no option yet.
A_CHOICE = 3


@dataclass(frozen=True)
class Need:
    """What one remedy by itself would open: for whom (primary keys), and which places (uuids)."""

    remedy: Remedy
    people: frozenset[int]
    places: frozenset[str]
    # Of these people, those who have hardly anything to choose from.
    short: frozenset[int]


class Unmet(NamedTuple):
    """A condition of those short in one district. `place` and `key` begin a card: a district's key, a question's."""

    district: str
    condition: str
    people: int
    place: int | None
    key: str


@dataclass(frozen=True)
class TownNeeds:
    """The whole of a town on one day."""

    people: int
    # People with fewer than A_CHOICE places that could be suggested now; those with none even after every question.
    short: frozenset[int]
    without: frozenset[int]
    needs: tuple[Need, ...]
    # In turn the remedy that helps most of those still short: (need, how many more it helps).
    cover: tuple[tuple[Need, int], ...]
    # Of those short, the most people first.
    conditions: tuple[Unmet, ...]
    # What is known of those short, for judging places that are not there yet. Never shown, never kept.
    facts: Mapping[int, PersonFacts] = field(default_factory=dict, repr=False)

    @property
    def none(self) -> int:
        return len(self.without)

    @property
    def beyond(self) -> int:
        """How many of those short are helped by no single remedy: for them a new place is sought."""
        return len(self.short) - sum(number for _need, number in self.cover)

    def helped(self, remedies: Iterable[str]) -> frozenset[int]:
        """Whom these remedies would help."""
        wanted = set(remedies)
        return frozenset(one for need in self.needs if need.remedy.relax in wanted for one in need.people)


def town_needs(town: Municipality, *, today: date, rules: Rules | None = None) -> TownNeeds:
    """Everybody who is supported or waits, against every published place."""
    clients = Client.objects.filter(
        municipality=town, state__in=[ClientState.OPEN, ClientState.WAITING], is_protected=False
    )
    rules = rules or rules_of(town)
    known = town_columns(town, today=today)
    people: dict[str, set[int]] = defaultdict(set)
    places: dict[str, np.ndarray] = {word: np.zeros(len(known.columns), bool) for word in WORDS}
    short: dict[int, tuple[Client, PersonFacts]] = {}
    gain: dict[str, float] = defaultdict(float)
    without: set[int] = set()
    number = 0
    rows = list(clients.select_related("district", "municipality").order_by("pk"))
    for begun in range(0, len(rows), BATCH):
        some = rows[begun : begun + BATCH]
        for client, person in zip(some, people_facts(some, today=today), strict=True):
            number += 1
            sifted = sift(person, known.columns, rules)
            options = len(sifted.rows(State.CANDIDATE)) + len(sifted.rows(State.ASK_FIRST))
            if not options:
                without.add(client.pk)
            if len(sifted.rows(State.CANDIDATE)) < A_CHOICE:
                short[client.pk] = (client, person)
            for bit, word in enumerate(WORDS):
                opened = (sifted.opens >> bit & 1).astype(bool)
                if newly := int(opened.sum()):
                    people[word].add(client.pk)
                    places[word] |= opened
                    # Two places more mean much to somebody with one, and little to somebody with forty.
                    gain[word] += newly / (options + newly)
    needs = [
        Need(
            REMEDIES[word],
            frozenset(who),
            frozenset(np.array(known.columns.ids)[places[word]]),
            frozenset(who & short.keys()),
        )
        for word, who in people.items()
    ]
    facts = {pk: person for pk, (_client, person) in short.items()}
    needs.sort(key=lambda need: (-len(need.short), -gain[need.remedy.relax], need.remedy.relax))
    return TownNeeds(
        number, frozenset(short), frozenset(without), tuple(needs), covering(needs), _conditions(short), facts
    )


def covering(needs: Sequence[Need]) -> tuple[tuple[Need, int], ...]:
    """Greedy: each time the remedy that helps most of those not helped yet; ties in the order of `needs`."""
    left = {need.remedy.relax: set(need.short) for need in needs}
    found: list[tuple[Need, int]] = []
    while best := max(needs, key=lambda need: len(left[need.remedy.relax]), default=None):
        newly = set(left[best.remedy.relax])
        if not newly:
            break
        found.append((best, len(newly)))
        for who in left.values():
            who -= newly
    return tuple(found)


def _conditions(short: Mapping[int, tuple[Client, PersonFacts]]) -> tuple[Unmet, ...]:
    counted: Counter[tuple[str, str, int | None, str]] = Counter()
    for client, person in short.values():
        district = client.district.name if client.district else "—"
        for key in person.limits:
            counted[district, str(QUESTIONS[key].label), client.district_id, key] += 1
    order = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0][:2]))
    return tuple(Unmet(district, words, number, place, key) for (district, words, place, key), number in order)
