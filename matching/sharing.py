"""The people and seats of one board, judged and shared: who would sit where, and what each would lose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from directory.models import Place
from matching.candidates.batch import share
from matching.candidates.explanation import explain
from matching.candidates.finding import Candidate, State, judged
from matching.candidates.ranking import Band
from matching.choices import BoardRuleKind, PlanState
from matching.facts_of import people_facts, place_facts, places_to_judge
from matching.models import Board, BoardRule, Client
from matching.town_rules import rules_of

NEAR_MINUTES = 20
MOST_REASONS = 2
ACCEPTABLE = {State.CANDIDATE, State.ASK_FIRST}


@dataclass(frozen=True)
class Seat:
    """One person on the board. `place` is None when no seat is left that fits."""

    client: Client
    waiting_days: int
    place: Place | None
    candidate: Candidate | None
    # The best band among the places of the board, and how many bands lie between.
    best: Band | None
    lost: int
    # How many places of the board fit at all.
    options: int
    rules: tuple[BoardRule, ...]
    # How many bands the meeting's own decisions cost this person; 3 where they took the only place.
    price: int = 0
    # The places of the board that may be named beside this person.
    choosable: tuple[Place, ...] = ()

    @property
    def is_kept(self) -> bool:
        return any(rule.kind == BoardRuleKind.LOCK for rule in self.rules)

    @property
    def is_ruled_out(self) -> bool:
        """The meeting said of some place: not here."""
        return any(rule.kind == BoardRuleKind.FORBID for rule in self.rules)

    @property
    def suits(self) -> list[str]:
        """The two things that speak most for it."""
        lines = explain(self.candidate) if self.candidate else []
        return [str(line) for line in lines if line.mark in "◎○"][:MOST_REASONS]

    @property
    def band_words(self) -> str:
        return self.candidate.band.words if self.candidate else ""

    @property
    def best_words(self) -> str:
        return self.best.words if self.best else ""

    @property
    def must_ask(self) -> bool:
        """Something has to be asked before this place can be suggested."""
        return self.candidate is not None and self.candidate.state is State.ASK_FIRST

    @property
    def against(self) -> bool:
        """The meeting kept this person where a condition is not met."""
        return self.candidate is None or self.candidate.state not in ACCEPTABLE


@dataclass(frozen=True)
class Sharing:
    """The whole board. `left` are seats that nobody takes: (place, seats); `outcome` who sits where, all of them."""

    seats: tuple[Seat, ...]
    left: tuple[tuple[Place, int], ...]
    outcome: dict[str, str]

    @property
    def placed(self) -> int:
        return sum(seat.place is not None for seat in self.seats)


def shared(board: Board, shown: Sequence[Client], *, today: date) -> Sharing:
    """`shown` are those of the board whom the asker may see.

    The others are shared for as well, or one seat would be given twice; nothing of them is in what is returned but
    that a seat is no longer left, and where they would sit in the outcome that the board keeps.
    """
    clients = list(
        Client.objects.filter(pk__in=board.people.values("client"))
        .select_related("municipality")
        .prefetch_related("plans")
    )
    rows = {row.place_id: row for row in board.places.all()}
    places = {str(one.uuid): one for one in places_to_judge(board.municipality, today=today, only=list(rows))}
    facts = [place_facts(place, today=today) for place in places.values()]
    standing = list(board.rules.filter(lifted_at=None, client__in=clients).select_related("place", "client"))
    found: dict[str, dict[str, Candidate]] = {}
    rules = rules_of(board.municipality)
    for client, person in zip(clients, people_facts(clients, today=today), strict=True):
        judgements = [judged(person, place, rules) for place in facts]
        found[str(client.uuid)] = {one.place_id: one for one in judgements if one}
    bands = {
        person: {place: int(one.band) for place, one in options.items() if one.state in ACCEPTABLE}
        for person, options in found.items()
    }
    seats = {uuid: rows[place.pk].seats for uuid, place in places.items()}
    locked = {
        str(rule.client.uuid): str(rule.place.uuid)
        for rule in standing
        if rule.kind == BoardRuleKind.LOCK and str(rule.place.uuid) in found[str(rule.client.uuid)]
    }
    forbidden = frozenset(
        (str(rule.client.uuid), str(rule.place.uuid)) for rule in standing if rule.kind == BoardRuleKind.FORBID
    )
    waiting = {str(client.uuid): waiting_days(client, today) for client in clients}
    given = share(seats, bands, waiting_days=waiting, liking=likings(found), forbidden=forbidden, locked=locked)
    untouched = share(seats, bands, waiting_days=waiting, liking=likings(found))
    taken = list(given.assignments.values())

    def price(key: str) -> int:
        level = bands[key].get(given.assignments.get(key, ""), 0)
        return max(0, bands[key].get(untouched.assignments.get(key, ""), 0) - level)

    return Sharing(
        seats=tuple(
            Seat(
                client=client,
                waiting_days=waiting[key],
                place=places[given.assignments[key]] if key in given.assignments else None,
                candidate=found[key].get(given.assignments.get(key, "")),
                best=Band(max(bands[key].values())) if bands[key] else None,
                lost=max(0, given.lost.get(key, 0)),
                options=len(bands[key]),
                rules=tuple(rule for rule in standing if rule.client_id == client.pk),
                price=0 if any(rule.client_id == client.pk for rule in standing) else price(key),
                choosable=tuple(places[uuid] for uuid in places if uuid in found[key]),
            )
            for client, key in ((client, str(client.uuid)) for client in shown)
        ),
        left=tuple(
            (places[key], number - taken.count(key)) for key, number in seats.items() if number > taken.count(key)
        ),
        outcome=dict(given.assignments),
    )


def likings(found: Mapping[str, Mapping[str, Candidate]]) -> dict[str, dict[str, int]]:
    """Among equally fair sharings: what needs no question first, then the fit, then the shorter way."""
    return {person: {place: _liking(one) for place, one in options.items()} for person, options in found.items()}


def _liking(one: Candidate) -> int:
    """0 … 9."""
    fit = one.ranking.fit if one.ranking.fit is not None else 0.5
    is_near = one.minutes is not None and one.minutes <= NEAR_MINUTES
    return 4 * (one.state is State.CANDIDATE) + round(3 * fit) + 2 * is_near


def waiting_days(client: Client, today: date) -> int:
    """Since the plan was agreed, else since the person was received."""
    plan = next((one for one in client.plans.all() if one.state == PlanState.AGREED), None)
    since = plan.agreed_on if plan and plan.agreed_on else client.opened_on
    return max(0, (today - since).days)
