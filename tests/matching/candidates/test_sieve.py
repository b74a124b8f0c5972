"""The sieve over all places says of each pair what judging it says; sampled over any person and any place."""

from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.candidates.affinity import pleasures
from matching.candidates.columns import columns_of
from matching.candidates.facts import PersonFacts, PlaceFacts
from matching.candidates.finding import find, judged
from matching.candidates.narrowing import worth_judging
from matching.candidates.rules import DEFAULT, Rules
from matching.candidates.sieve import HIDDEN, STATES, WORDS, open_questions, sift
from matching.candidates.verdicts import PERSON

from .people import a_person, a_place
from .strategies import PEOPLE, PLACES

RULES = st.builds(
    Rules,
    walk_kmh=st.sampled_from([2.5, 4.0, 5.0]),
    bus_waiting_minutes=st.sampled_from([0.0, 10.0, 30.0]),
    stale_after_days=st.sampled_from([90, 180, 365]),
)


@settings(max_examples=600)
@given(person=PEOPLE, places=PLACES, rules=RULES)
def test_the_sieve_agrees_with_the_judgement_of_each_place(
    person: PersonFacts, places: tuple[PlaceFacts, ...], rules: Rules
) -> None:
    # Who is a danger to whom is known from the person's side before the places are sifted.
    places = tuple(replace(place, dangerous_for=frozenset()) for place in places)
    sifted = sift(person, columns_of(places), rules)
    for row, place in enumerate(places):
        one = judged(person, place, rules)
        if one is None:
            assert sifted.state[row] == HIDDEN
            assert sifted.opens[row] == 0
            continue
        assert STATES[sifted.state[row]] is one.state, (person, place)
        alone = {words[0] for words in one.near_miss.sets if len(words) == 1} if one.near_miss else set()
        assert {word for bit, word in enumerate(WORDS) if sifted.opens[row] & (1 << bit)} == alone, (person, place)
        assert (one.minutes is None) == bool(sifted.minutes[row] != sifted.minutes[row])
        if one.minutes is not None:
            assert abs(one.minutes - sifted.minutes[row]) < 1e-6


@settings(max_examples=300)
@given(person=PEOPLE, places=PLACES, rules=RULES)
def test_every_question_to_the_person_counts_the_places_that_wait_for_it(
    person: PersonFacts, places: tuple[PlaceFacts, ...], rules: Rules
) -> None:
    """Those where nothing speaks against it, and the judgement of some role that may still fit asks the person."""
    places = tuple(replace(place, dangerous_for=frozenset()) for place in places)
    unasked = {key.partition(":")[0] for key in person.unasked if person.limits.get(key) is None}
    expected: Counter[str] = Counter()
    for one in find(person, places, rules=rules).ask_first:
        judgement = one.judgement
        verdicts = [
            *judgement.place_verdicts,
            *(v for role in judgement.roles if not role.failed for v in role.verdicts),
        ]
        asked = {verdict.key for verdict in verdicts if verdict.question and verdict.question.whom == PERSON}
        if "travel" in asked:
            asked.add("max_oneway_minutes" if person.means else "means")
        expected.update(asked & unasked)
    counted = open_questions(person, columns_of(places), rules)
    # Where somebody lives is asked as well, and is no question of the sheet.
    if person.lat is None:
        expected.pop("max_oneway_minutes", None)
    assert counted == dict(expected)


def test_what_a_town_or_a_person_holds_dear_is_looked_at_first() -> None:
    """Few people and no 将棋, or 将棋 among many: which of the two is judged closely follows the weights."""
    person = a_person(interests=("将棋",), group_max=5)
    places = [
        a_place(id="few", usual_people=4, description="お茶を飲む"),
        a_place(id="shogi", usual_people=30, description="将棋を指す"),
    ]
    columns = columns_of(places, [sorted(pleasures(place.text)) for place in places])

    def first(person: PersonFacts, **weights: float) -> str:
        rules = replace(DEFAULT, weights=MappingProxyType(weights))
        (row,) = worth_judging(person, columns, sift(person, columns, rules), rules, most=1)
        return columns.ids[int(np.int64(row))]

    assert first(person, interests=0.5, wanted_group_size=2.0) == "few"
    assert first(person, interests=2.0, wanted_group_size=0.5) == "shogi"
    assert first(replace(person, important=("少ない人数",)), interests=1.0) == "few"
