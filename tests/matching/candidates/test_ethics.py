"""The checks of ethics on whole files of cases, as far as they are judgement; prints are checked with the desk."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.case_files import person, place
from benchmarks.cases import shown
from matching.candidates.facts import PersonFacts, PlaceFacts
from matching.candidates.finding import find, people_for

FILE = json.loads((Path(__file__).parents[1] / "cases" / "mihon.json").read_text(encoding="utf-8"))
IDS = [row["id"] for row in FILE["clients"]]
PLACES = [place(row, IDS) for row in FILE["places"]]
TRAITS: list[dict[str, str]] = [
    {"nationality": "見本国"},
    {"disability_certificate": "1級"},
    {"criminal_record": "前の事件"},
    {"ucla3": "合計9点"},
    {"diagnosis": "見本病"},
]


def answer(row: dict[str, Any]) -> dict[str, Any]:
    facts = person(row, FILE["places"])
    return shown(facts, find(facts, PLACES), PLACES)


@pytest.mark.parametrize("trait", TRAITS, ids=lambda trait: next(iter(trait)))
def test_a_sensitive_trait_changes_nothing_and_is_never_printed(trait: dict[str, str]) -> None:
    for row in FILE["clients"]:
        changed = {**row, "sketch": f"{row['sketch']} {trait}", "sensitive_not_for_matching": trait}
        before, after = answer(row), answer(changed)
        assert before == after, row["id"]
        seen = json.dumps(after, ensure_ascii=False)
        assert not [word for word in (*trait, *trait.values()) if word in seen]


def test_sex_changes_nothing_except_at_places_with_a_rule_about_it() -> None:
    without_rule = [each for each in PLACES if not each.women_only]
    for row in FILE["clients"]:
        if row["hard_limits"].get("same_sex_only"):
            continue
        answers = []
        for sex in ("female", "male", "other", None):
            facts = person({**row, "sex_for_rules_only": sex}, FILE["places"])
            lists = shown(facts, find(facts, without_rule), without_rule)
            answers.append(lists["lists"])
        assert all(each == answers[0] for each in answers), row["id"]


def test_there_is_no_field_that_could_hold_a_sensitive_trait() -> None:
    fields = {field.name for field in dataclasses.fields(PersonFacts)} | {
        field.name for field in dataclasses.fields(PlaceFacts)
    }
    forbidden = ("nation", "disab", "crim", "record", "diagnos", "illness", "ucla", "lsns", "lonel", "score", "sketch")
    assert not [name for name in fields if any(word in name for word in forbidden)]


def test_a_no_hides_that_place_only_and_counts_nowhere_else() -> None:
    for row in FILE["clients"]:
        before = find(person(row, FILE["places"]), PLACES)
        if not before.in_order:
            continue
        refused = before.in_order[0].place_id
        said_no = {**row, "avoid": [*row["avoid"], {"place": refused, "kind": "ng"}]}
        after = find(person(said_no, FILE["places"]), PLACES)
        rest = [each.place_id for each in before.in_order if each.place_id != refused]
        assert [each.place_id for each in after.in_order] == rest
        assert [each.place_id for each in after.ask_first] == [each.place_id for each in before.ask_first]
        assert refused not in {miss.place_id for miss in after.near_misses}


def test_the_kind_of_avoidance_cannot_be_told_from_the_answer() -> None:
    """dv and person give the same answer; and so does a danger that only the place knows of."""
    row = next(row for row in FILE["clients"] if not row["avoid"])
    target = PLACES[0]
    answers = [
        answer({**row, "avoid": [{"place": target.id, "kind": kind}]}) for kind in ("dv", "person", "something new")
    ]
    danger = [dataclasses.replace(target, dangerous_for=frozenset({row["id"]})), *PLACES[1:]]
    facts = person(row, FILE["places"])
    answers.append(shown(facts, find(facts, danger), danger))
    assert all(each == answers[0] for each in answers)


def test_the_reverse_list_leaves_out_those_who_keep_away() -> None:
    people = [person(row, FILE["places"]) for row in FILE["clients"]]
    for each in PLACES:
        away = {facts.id for facts in people if each.id in facts.avoided or facts.id in each.dangerous_for}
        others = [facts for facts in people if facts.id not in away]
        assert people_for(each, people) == people_for(each, others)


def test_nobody_is_left_without_a_word_on_what_would_have_to_change() -> None:
    for row in FILE["clients"]:
        found = find(person(row, FILE["places"]), PLACES)
        assert found.in_order or found.ask_first or found.near_misses, row["id"]
