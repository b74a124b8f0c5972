"""先の見通し, いっしょになる人, 近所の人, 開く回数: they refine the order, and cost nothing while nobody has asked."""

from typing import Any

import pytest

from matching.candidates.explanation import explain
from matching.candidates.finding import judged
from matching.candidates.ranking import CRITERIA, rank
from matching.candidates.rules import DEFAULT
from matching.plain_words import WORDS

from .people import a_person, a_place


def value(key: str, person: dict[str, Any], place: dict[str, Any]) -> float | None:
    there = a_place(**place)
    criteria = rank(a_person(**person), there, there.roles, DEFAULT).criteria
    (found,) = [each for each in criteria if each.key == key]
    return found.value


@pytest.mark.parametrize(
    "key, person, better, worse",
    [
        ("predictable", {"predictable": True}, {"description": "毎回同じ流れです"}, {"description": "その日しだい"}),
        ("company", {"company": ("older",)}, {"description": "シニアの会"}, {"description": "子どもの会"}),
        ("company", {"company": ("children", "older")}, {"description": "シニアの会"}, {"description": "学生の会"}),
        ("company", {"company": ("women",)}, {"women_only": True}, {"description": "男性が多い会"}),
        ("company", {"company": ("older",)}, {"description": "多世代の広場"}, {"description": "親子の広場"}),
        ("strangers", {"strangers": True}, {"lat": 35.05}, {"lat": 35.002}),
        ("frequency", {"frequency": "more"}, {"times_a_month": 8.0}, {"times_a_month": 1.0}),
    ],
)
def test_what_suits_stands_above_what_does_not(
    key: str, person: dict[str, Any], better: dict[str, Any], worse: dict[str, Any]
) -> None:
    above, below = value(key, person, better), value(key, person, worse)
    assert above is not None and below is not None and above > below


def test_opening_more_often_than_wished_does_no_harm() -> None:
    assert value("frequency", {"frequency": "monthly"}, {"times_a_month": 12.0}) == 1.0


@pytest.mark.parametrize(
    "key, person, place",
    [
        ("company", {"company": ("older",)}, {}),
        ("company", {"company": ("men",)}, {"description": "シニアの会"}),
        ("strangers", {"strangers": True}, {"lat": None}),
        ("frequency", {"frequency": "weekly"}, {"times_a_month": None}),
        ("predictable", {"predictable": True}, {"openings": None, "visit_first_ok": None}),
    ],
)
def test_what_a_place_does_not_tell_is_unknown(key: str, person: dict[str, Any], place: dict[str, Any]) -> None:
    assert value(key, person, place) is None


def test_not_having_asked_lowers_no_coverage() -> None:
    asked = judged(a_person(interests=("本",)), a_place())
    keys = {"wants_predictable", "wanted_company", "prefers_strangers", "wanted_frequency"}
    unasked = judged(a_person(interests=("本",), unasked=frozenset(keys)), a_place())
    assert asked is not None and unasked is not None
    assert (asked.band, asked.coverage) == (unasked.band, unasked.coverage)


def test_dear_words_that_nothing_answers_are_told_and_weigh_nothing() -> None:
    plain = judged(a_person(interests=("本",)), a_place())
    dear = judged(a_person(interests=("本",), important=("亡くなった母のこと",)), a_place())
    assert plain is not None and dear is not None
    assert (plain.band, plain.coverage, plain.ranking.fit) == (dear.band, dear.coverage, dear.ranking.fit)
    (line,) = [line for line in explain(dear) if line.label == "亡くなった母のこと"]
    assert line.mark == "？" and "職員が本人と確かめます" in line.words


def test_every_reason_has_easy_words() -> None:
    assert {label for _key, label, _applies, _judge in CRITERIA} <= set(WORDS)
