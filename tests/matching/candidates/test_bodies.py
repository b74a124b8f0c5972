"""医療上の不可: asked where it may come up, refused where it surely does, never relaxed, never held against anybody."""

from typing import Any

import pytest

from matching.candidates.bodies import DEEDS, SIGNS
from matching.candidates.facts import Answer, RoleFacts
from matching.candidates.finding import State, judged
from matching.conditions import QUESTIONS

from .people import a_person, a_place

LIGHT = RoleFacts(name="座って仕分け", kind="裏方", contact="none", minutes=60, physical="light")
HEAVY = RoleFacts(name="荷おろし", kind="裏方", contact="none", minutes=60, physical="heavy")


def answer(limits: Any, place: dict[str, Any], *, unasked: bool = False) -> tuple[Answer, str, str]:
    person = a_person({} if unasked else {"medical_limits": limits})
    if unasked:
        person = a_person(unasked=frozenset({"medical_limits"}))
    one = judged(person, a_place(**place))
    assert one is not None
    (verdict,) = [each for each in one.judgement.verdicts if each.key == "medical_limits"]
    return verdict.answer, verdict.question.whom if verdict.question else "", verdict.reason


@pytest.mark.parametrize(
    "limits, place, expected",
    [
        (("lift",), {"roles": (HEAVY,)}, (Answer.FAILED, "")),
        (("lift",), {"roles": (LIGHT,)}, (Answer.MET, "")),
        (("lift",), {"roles": (LIGHT,), "description": "野菜を運ぶ日もある"}, (Answer.UNKNOWN, "受け入れ先")),
        (("food",), {"roles": (LIGHT,), "description": "みんなでごはん"}, (Answer.UNKNOWN, "受け入れ先")),
        (("food",), {"roles": (LIGHT,)}, (Answer.MET, "")),
        (("stand",), {"roles": (HEAVY,)}, (Answer.UNKNOWN, "受け入れ先")),
        (("lift",), {"roles": ()}, (Answer.UNKNOWN, "受け入れ先")),
    ],
)
def test_what_comes_up_is_asked_and_what_surely_comes_up_is_refused(
    limits: Any, place: dict[str, Any], expected: tuple[Answer, str]
) -> None:
    assert answer(limits, place)[:2] == expected


def test_nobody_is_held_up_by_a_question_that_does_not_arise() -> None:
    assert answer(None, {"roles": (LIGHT,)}, unasked=True)[0] is Answer.MET
    found, whom, words = answer(None, {"roles": (LIGHT,), "description": "畑の草取り"}, unasked=True)
    assert (found, whom) == (Answer.UNKNOWN, "本人") and "暑い所" in words


def test_it_is_never_relaxed() -> None:
    one = judged(a_person({"medical_limits": ("lift",)}), a_place(roles=(HEAVY,)))
    assert one is not None and one.state is State.EXCLUDED and one.near_miss is None


def test_the_choices_on_the_page_are_those_that_are_judged() -> None:
    assert [code for code, _label in QUESTIONS["medical_limits"].choices] == list(DEEDS) == list(SIGNS)
