"""The town's places as one person's options: judged, in order, with what staff look at before they suggest one."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import ContactKind, PlaceState, RoleKind
from directory.models import Activity, Place, Role, Slot
from directory.openings import Opening, next_openings_of
from matching.candidates.explanation import Line, explain
from matching.candidates.facts import PersonFacts, PlaceFacts, as_open_to
from matching.candidates.finding import Candidate, Candidates, State, find
from matching.candidates.near_miss import REMEDIES, Remedy
from matching.candidates.ranking import Band
from matching.candidates.rules import DEFAULT, Rules
from matching.candidates.verdicts import HOST, PERSON, Question
from matching.choices import ProposalState
from matching.conditions import QUESTIONS
from matching.facts_of import (
    frozen,
    person_facts,
    place_facts,
    places_to_judge,
    published,
    recent_people,
)
from matching.models import Client, Proposal
from matching.narrowing import MOST_JUDGED, narrowed
from matching.town_rules import rules_of

# From what can be suggested at once to what something stands in the way of.
ORDER_OF_STATES = [State.CANDIDATE, State.ASK_FIRST, State.FULL, State.EXCLUDED]
# Reasons told before a press: enough to tell one place from the next.
MAIN_REASONS = 3
BAND_CODES = {Band.GOOD: "good", Band.FAIR: "fair", Band.PART: "part"}


@dataclass(frozen=True)
class Option:
    """One place for one person."""

    place: Place
    facts: PlaceFacts = field(repr=False)
    candidate: Candidate = field(repr=False)
    # The suggestion of this place that stands: open, or begun and not ended.
    proposal: Proposal | None
    at: datetime
    was_tried: bool = False

    @property
    def key(self) -> str:
        return self.candidate.place_id

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better. Inside a rank the order is a matter of detail, and of a lot: nobody must justify it."""
        return (ORDER_OF_STATES.index(self.candidate.state), -self.candidate.band)

    @property
    def band_words(self) -> str:
        return self.candidate.band.words

    @property
    def band_tone(self) -> str:
        """The look of the band: best, good or part."""
        return {Band.GOOD: "best", Band.FAIR: "good", Band.PART: "part"}[self.candidate.band]

    @property
    def state_words(self) -> str:
        """`確認が必要`, `満員`; nothing for a plain candidate."""
        return "" if self.candidate.state is State.CANDIDATE else self.candidate.state.value

    @property
    def is_fitting(self) -> bool:
        """Whether nothing stands in the way: the band of a place that cannot be is told in a smaller voice."""
        return self.candidate.state in {State.CANDIDATE, State.ASK_FIRST}

    @property
    def is_full(self) -> bool:
        """Whether nothing but a seat is missing."""
        return self.candidate.state is State.FULL

    @property
    def coverage_words(self) -> str:
        """How much of what the person wishes is known, in words: `希望5つのうち4つ分かっている`."""
        wished, known = len(self.candidate.ranking.criteria), len(self.candidate.ranking.known)
        if not wished:
            return _("希望をまだ聞いていません")
        if wished == known:
            return _("希望%(wished)sつとも分かっている") % {"wished": wished}
        return _("希望%(wished)sつのうち%(known)sつ分かっている") % {"wished": wished, "known": known}

    @cached_property
    def lines(self) -> list[Line]:
        tried = Line("△", _("前の参加"), _("前に参加して「合わなかった」で終わっています"))
        return [*([tried] if self.was_tried else []), *explain(self.candidate)]

    def _marked(self, marks: str) -> list[Line]:
        return [line for line in self.lines if line.mark in marks]

    @property
    def suits(self) -> list[Line]:
        """合う点."""
        return self._marked("◎○")

    @property
    def minds(self) -> list[Line]:
        """合わない点, 気になる点."""
        return self._marked("×△")

    @property
    def unclear(self) -> list[Line]:
        """分からない点."""
        return self._marked("？")

    @property
    def main_lines(self) -> list[Line]:
        """What speaks most for it, and everything that speaks against it."""
        return self.suits[:MAIN_REASONS] + self.minds

    @property
    def other_lines(self) -> list[Line]:
        return [line for line in self.lines if line not in self.main_lines]

    @property
    def stumbles(self) -> list[str]:
        """What stands in the way, in words."""
        return [verdict.reason for verdict in self.candidate.judgement.failed]

    @property
    def steps(self) -> list[tuple[Remedy, ...]]:
        """あと一歩: each smallest set of remedies, nothing where no remedy would do."""
        miss = self.candidate.near_miss
        return [tuple(REMEDIES[word] for word in words) for words in miss.sets] if miss else []

    @property
    def person_questions(self) -> list[Question]:
        return [question for question in self.candidate.questions if question.whom == PERSON]

    @property
    def asked_of_person(self) -> list[str]:
        """What is to be asked of the person, by its short name: the sentences stand once, beside the list."""
        return [one.label for one in self.candidate.judgement.unknown if one.question and one.question.whom == PERSON]

    @property
    def host_questions(self) -> list[Question]:
        return [question for question in self.candidate.questions if question.whom == HOST]

    @cached_property
    def next_opening(self) -> Opening | None:
        return next(iter(next_openings_of(self.place, at=self.at, count=1)), None)

    @property
    def phone(self) -> str:
        """The number on which staff reach the place."""
        return next((one.value for one in self.place.contacts.all() if one.kind == ContactKind.PHONE), "")

    @property
    def received_by(self) -> str:
        """Who receives newcomers there, where the staff's own notes say so."""
        notes = getattr(self.place, "staff_facts", None)
        return notes.accepting_person if notes else ""

    @cached_property
    def activities(self) -> list[Activity]:
        return list(self.place.activities.all())

    @property
    def slots(self) -> list[Slot]:
        """The slots of today that receive people."""
        return [slot for activity in self.activities for slot in activity.slots.all() if slot.is_open]

    @property
    def open_roles(self) -> list[Role]:
        """The roles to which the person has not said no."""
        judged = {role.id for role in self.facts.roles}
        return [role for activity in self.activities for role in activity.roles.all() if str(role.uuid) in judged]

    @property
    def best_role(self) -> str:
        """`食べに来る（お客さん）・30分`, empty where the listing names no role."""
        role = self.candidate.role
        if not role.name:
            return ""
        words = f"{role.name}（{role.kind}）" if role.kind else role.name
        return _("%(role)s・%(minutes)s分") % {"role": words, "minutes": role.minutes} if role.minutes else words

    @property
    def seats_words(self) -> str:
        """あと2人, 満員, まだ分からない: of the role that fits best."""
        terms = self.facts.terms_of(self.candidate.role)
        if not terms.is_receiving:
            return _("今は受け入れを休んでいます")
        if terms.free_seats is None:
            return _("あき まだ分からない")
        return _("あと%(seats)s人") % {"seats": terms.free_seats} if terms.free_seats else _("今は満員")


@dataclass(frozen=True)
class Options:
    """All places for one person. Places to be kept away from are in none of the lists."""

    client: Client
    person: PersonFacts = field(repr=False)
    found: Candidates = field(repr=False)
    by_key: dict[str, Option] = field(repr=False)
    # Of a town too large to judge whole: how many places of each state were only counted.
    left_out: dict[State, int] = field(default_factory=dict)
    rules: Rules = DEFAULT

    def number(self, state: State) -> int:
        """All places of the town in this state, also those only counted."""
        return sum(one.candidate.state is state for one in self.by_key.values()) + self.left_out.get(state, 0)

    def _of(self, candidates: tuple[Candidate, ...]) -> list[Option]:
        return [self.by_key[each.place_id] for each in candidates]

    @property
    def bands(self) -> list[tuple[str, str, list[Option]]]:
        """(よく合う, its look, the options), best first; empty bands left out."""
        lists = [self._of(self.found.bands[band]) for band in sorted(self.found.bands, reverse=True)]
        return [(options[0].band_words, options[0].band_tone, options) for options in lists if options]

    @property
    def candidates(self) -> list[Option]:
        return self._of(self.found.in_order)

    @property
    def ask_first(self) -> list[Option]:
        return self._of(self.found.ask_first)

    @property
    def full(self) -> list[Option]:
        return self._of(self.found.full)

    @property
    def excluded(self) -> list[Option]:
        return self._of(self.found.excluded)

    @property
    def near(self) -> list[Option]:
        """あと一歩, the fewest remedies first."""
        return [self.by_key[miss.place_id] for miss in self.found.near_misses]

    @property
    def near_by_remedy(self) -> list[tuple[tuple[Remedy, ...], list[Option]]]:
        """(what would have to be arranged, what it opens): the fewest remedies first, then what opens most."""
        groups: dict[tuple[Remedy, ...], list[Option]] = {}
        for option in self.near:
            groups.setdefault(option.steps[0], []).append(option)
        return sorted(groups.items(), key=lambda group: (len(group[0]), -len(group[1])))

    @property
    def in_order(self) -> list[Option]:
        return self.candidates + self.ask_first + self.full + self.excluded

    @property
    def person_questions(self) -> list[tuple[str, int]]:
        """聞くことリスト: how to ask the person, once each, and how many places the answer would settle."""
        return [(_asked(question), number) for question, number in self.found.questions]

    def better_than(self, option: Option) -> list[Option]:
        """What stands before it in the order and has not been suggested: choosing it then needs a reason."""
        return [one for one in self.in_order if one.rank < option.rank and one.proposal is None]

    def named(self, words: str, *, also: Sequence[str] = ()) -> list[Option]:
        """Options in whose name, reading, number or own words all these words stand, those named so first.

        Then what the directory's search found (`also`, uuids): it knows other spellings and kindred words.
        """
        wanted = plain(words).split()
        if not wanted:
            return []
        found = [one for one in self.in_order if all(word in searched(one) for word in wanted)]
        found.sort(key=lambda one: not all(word in plain(one.place.name + one.place.yomi) for word in wanted))
        said = {one.key for one in found}
        return found + [self.by_key[key] for key in also if key in self.by_key and key not in said]

    def census(self, *, most: int = 30) -> list[dict[str, str]]:
        """Who stood where in the list, for a proposal to keep."""
        return [
            {"place": one.key, "state": one.candidate.state.name.lower(), "band": BAND_CODES[one.candidate.band]}
            for one in self.in_order[:most]
        ]


def options_for(
    client: Client, *, today: date | None = None, also: Collection[str] = (), rules: Rules | None = None
) -> Options:
    """The town's published places for one person, in the order of this week.

    A town of up to MOST_JUDGED places is judged whole. Of a larger one, the likely best of each state are, and those
    named in `also` (uuids): the rest is counted. By the town's own rules where `rules` does not say others.
    """
    day = today or timezone.localdate()
    rules = rules or rules_of(client.municipality)
    person = person_facts(client, today=day)
    standing = standing_proposals(client)
    keys: list[int] | None = None
    left_out: dict[State, int] = {}
    if published(client.municipality).count() > MOST_JUDGED:
        keys, left_out = narrowed(client, person, today=day, standing=standing, also=also, rules=rules)
    places = {str(place.uuid): place for place in places_to_judge(client.municipality, today=day, only=keys)}
    recent = recent_people(places.values(), today=day)
    judged = [place_facts(place, today=day, recent=recent.get(place.pk, 0)) for place in places.values()]
    year, week, _weekday = day.isocalendar()
    found = find(person, judged, rules=rules, week=f"{year}-W{week:02}")
    facts_by_key, at = {one.id: as_open_to(person, one)[1] for one in judged}, timezone.now()
    every = (*found.in_order, *found.ask_first, *found.full, *found.excluded)
    options = {
        one.place_id: Option(
            places[one.place_id],
            facts_by_key[one.place_id],
            one,
            standing.get(places[one.place_id].pk),
            at,
            one.place_id in person.tried,
        )
        for one in every
    }
    return Options(client, person, found, options, left_out, rules)


def _asked(question: Question) -> str:
    """The general question where there is one: not 「ふだん6人くらいの場です」, which is said of one place only."""
    known = QUESTIONS.get(question.key)
    return str(known.ask) if known else question.words


def standing_proposals(client: Client) -> dict[int, Proposal]:
    """The newest suggestion per place (by primary key) that is open or has begun."""
    states = [*ProposalState.open_values(), ProposalState.BEGUN]
    return {row.place_id: row for row in client.proposals.filter(state__in=states).order_by("pk")}


def resting_places(options: Options, words: str) -> list[Place]:
    """Places of the town that rest, found by name: they are not judged, but one may ask why they do not appear."""
    wanted = plain(words).split()
    if not wanted:
        return []
    town = options.client.municipality
    resting = Place.objects.published().visible_in(town).filter(state=PlaceState.PAUSED)
    return [
        place
        for place in resting.exclude(uuid__in=options.person.avoided)
        if all(word in plain(f"{place.name} {place.yomi} {place.code}") for word in wanted)
    ]


def plain(text: str) -> str:
    """One spelling for comparing: NFKC, lower case, katakana as hiragana."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in folded)


def searched(option: Option) -> str:
    return plain(f"{option.place.name} {option.place.yomi} {option.place.code} {option.facts.text}")


def inputs_of(options: Options, option: Option) -> dict[str, Any]:
    """What a proposal keeps of what was known, and of the order it was chosen from."""
    return {
        "person": frozen(options.person),
        "place": frozen(option.facts),
        "order": options.census(),
        "weights": dict(options.rules.weights),
        "learned": dict(options.rules.learned),
    }


def explanation_of(option: Option) -> dict[str, Any]:
    """What a proposal keeps of what was said about it."""
    lines = [{"mark": line.mark, "text": f"{line.label}：{line.words}"} for line in option.lines]
    return {
        "state": option.candidate.state.name.lower(),
        "band": BAND_CODES[option.candidate.band],
        "coverage": option.coverage_words,
        "lines": lines,
    }


def role_words(role: Role) -> str:
    """`皿ふき（裏方）・30分`."""
    words = f"{role.name}（{RoleKind(role.kind).label}）"
    return _("%(role)s・%(minutes)s分") % {"role": words, "minutes": role.minutes} if role.minutes else words
