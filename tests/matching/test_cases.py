"""Judged cases: our own file holds to every figure, covers every place once, and the command can fail."""

import argparse
import copy
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.case_topics import is_asked, keys_of
from benchmarks.cases import figures, ids, judge, questions_by_place, run
from matching.models import Client

pytestmark = pytest.mark.django_db
FILES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def read(path: Path = FILES[0]) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def some(*people: str) -> dict[str, Any]:
    """Our file with these people only."""
    data = copy.deepcopy(read())
    data["clients"] = [row for row in data["clients"] if row["id"] in people]
    return data


def found(data: dict[str, Any]) -> dict[str, Any]:
    return {each.name.removeprefix("matching."): each.ours for each in figures(run(data), "")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_figure_holds(path: Path) -> None:
    report = run(read(path))
    short = {
        each.name: report[each.name.removeprefix("matching.")].notes
        for each in figures(report, "")
        if each.holds is False
    }
    assert not short


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_client_judges_every_place_exactly_once(path: Path) -> None:
    data = read(path)
    places = sorted(row["id"] for row in data["places"])
    assert len(places) >= 30 and len(data["clients"]) >= 20
    for judgement in data["judgements"].values():
        parts = [*judgement["never"], *judgement["good"], *judgement["ok"], *judgement["weak"], *judgement["full"]]
        named = [*ids(parts), *judgement["ask_first"], *judgement["safety_hidden"]]
        assert sorted(named) == places


def test_one_object_per_figure_is_printed_and_nothing_stays_in_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.json"
    path.write_text(json.dumps(some("c01")), encoding="utf-8")
    assert judge([path], argparse.Namespace(json=True, verbose=False)) is False
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"matching.hard_violations", "matching.batch_optimum"} <= {each["name"] for each in printed}
    assert all(set(each) == {"name", "ours", "baseline", "ratio", "goal", "holds", "command"} for each in printed)
    assert not Client.objects.exists()


def test_a_wrong_judgement_is_reported() -> None:
    """Turned upside down, some people of the file must fall short on every count they can."""
    data = some("c01", "c06", "c07", "c08")
    first = data["judgements"]["c01"]
    first["never"].append({"place": first["good"][0], "constraints": ["段差"], "relaxable": True})
    first["near_miss"].append({"place": first["good"][1], "relax": ["段差"]})
    first["good"], first["weak"] = first["weak"], first["good"]
    data["judgements"]["c06"]["ask_first"]["p09"] = ["段差はあるか"]
    data["judgements"]["c07"]["safety_hidden"] = ["p03"]
    data["judgements"]["c08"]["never"][0]["relaxable"] = False
    data["batch"][0]["optimum"]["placed"] = 2
    report = found(data)
    assert report["hard_violations"] == 1
    # In the lists, by the address of the place, and on three pages.
    assert report["hidden_leaks"] == 5
    assert report["weak_above_good"] > 0
    assert report["near_miss_forbidden"] >= 1
    assert report["good_in_top_band"] < 1
    assert report["near_miss_found"] < 1
    assert report["questions_asked"] < 1
    assert report["batch_optimum"] < 1


def test_files_of_other_hands_are_read() -> None:
    """Strings for lists, missing and extra keys, objects for ids, nulls: nothing stops the reader."""
    data = {
        "places": [
            {"id": "x1", "name": "架空の庭", "roles": ["水やり（手伝い）"], "offers": "見学、お試し", "note": "extra"},
            {
                "id": "x2",
                "name": "架空の部屋",
                "openings": None,
                "languages": "英語",
                "known_people_risk": [{"client": "k1"}],
            },
        ],
        "clients": [
            {
                "id": "k1",
                "interests": "花、散歩",
                "means": "徒歩",
                "unknown": "free:6",
                "hard_limits": {"max_physical": "軽い"},
                "wanted_group_size": 5,
                "sensory_limits": None,
                "avoid": None,
                "sex_for_rules_only": "女",
            },
            {"id": "k2", "avoid": ["x1"], "wanted_group_size": None, "first_visit_needs": {"同行": True}},
        ],
        "judgements": [
            {"client": "k1", "ask_first": [{"place": "x1", "questions": "いつ開いていますか"}], "safety_hidden": "x2"},
            {"client": "k2", "ask_first": {"x2": "曜日"}, "safety_hidden": ["x1"]},
        ],
        "batch": {
            "id": "b",
            "slots": [{"place": "x1", "seats": 1}],
            "bands": {"k1": {"x1": 3, "x2": None}, "k2": None},
            "not_allowed": {"k2": ["x1"]},
            "optimum": {"placed": 1, "bands_sorted": [3], "total": 3},
        },
    }
    report = found(data)
    assert report["hidden_leaks"] == report["unknown_excluded"] == 0
    assert report["questions_asked"] == report["batch_optimum"] == 1


def test_questions_in_other_words_are_recognized() -> None:
    assert keys_of("日曜日は行けるか") == {"free"}
    assert is_asked("1回いくらかかるか（費用）", [("max_cost_yen", "1回いくらかかりますか")])
    assert not is_asked("段差があるか", [("max_cost_yen", "1回いくらかかりますか")])
    assert questions_by_place([{"place": "a", "questions": ["b"]}]) == {"a": ["b"]}
