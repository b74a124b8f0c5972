"""The sieve over all places says of each pair what judging it says; sampled over any person and any place."""

from dataclasses import replace

from hypothesis import given, settings

from matching.candidates.columns import columns_of
from matching.candidates.facts import PersonFacts, PlaceFacts
from matching.candidates.finding import judged
from matching.candidates.sieve import HIDDEN, STATES, WORDS, sift

from .strategies import PEOPLE, PLACES


@settings(max_examples=600)
@given(person=PEOPLE, places=PLACES)
def test_the_sieve_agrees_with_the_judgement_of_each_place(person: PersonFacts, places: tuple[PlaceFacts, ...]) -> None:
    # Who is a danger to whom is known from the person's side before the places are sifted.
    places = tuple(replace(place, dangerous_for=frozenset()) for place in places)
    sifted = sift(person, columns_of(places))
    for row, place in enumerate(places):
        one = judged(person, place)
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
