"""Opening times read from free text: never wrong, and nothing guessed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.openings import Verdict, verdicts
from directory.calendar import parse, read_columns

CASES = list(verdicts(Path(__file__).parent / "cases"))


@pytest.mark.parametrize("verdict", CASES, ids=lambda verdict: verdict.case["id"])
def test_each_case_is_read_as_a_person_reads_it(verdict: Verdict) -> None:
    assert verdict.outcome == "right", f"{verdict.case['text']!r}: {verdict.why}"


def test_there_are_enough_cases_of_both_kinds() -> None:
    assert len(CASES) >= 150
    assert sum(not verdict.case["understood"] for verdict in CASES) >= 50


WORDS = [
    "毎週", "毎月", "第2", "第3・4", "隔週", "月", "火曜", "日曜日", "平日", "祝日", "は休み", "休館", "10:00～12:00",
    "午後3時", "から", "まで", "の場合は", "翌日", "(", ")", "、", "。", "・", " ", "\n", "12/29～1/3", "2026年12月5日",
    "8月", "末日", "を除く", "毎日", "以外", "1月と", "のみ",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    reading = parse(text)
    assert reading.text == text
    assert (reading.schedule is None) == bool(reading.unresolved)


def test_the_original_text_is_kept_and_what_was_not_understood_is_named() -> None:
    reading = parse("毎週水曜 10:00～12:00（夏休みは休み）")
    assert reading.schedule is None
    assert reading.text == "毎週水曜 10:00～12:00（夏休みは休み）"
    assert reading.unresolved
    assert reading.proposal is not None


def test_a_note_that_is_not_understood_spoils_the_whole_row() -> None:
    assert read_columns(days="月火水木金", begins="9:00", ends="17:00").understood
    assert not read_columns(days="月火水木金", begins="9:00", ends="17:00", note="時間外利用可能").understood
    assert not read_columns(days="月火水木金", begins="9時ごろ", ends="17:00").understood
    assert not read_columns(days="", begins="9:00", ends="17:00").understood
