"""The reasons for a place in easy words: with the numbers that matter, and never a word that shuts a door."""

from matching.candidates.explanation import explain
from matching.candidates.finding import judged
from matching.plain_words import MOST, WORDS, plain_reasons
from tests.matching.candidates.people import a_person, a_place


def _crowd(usual: int) -> str:
    """The line of a real judgement, for somebody who would like at most eight people."""
    one = judged(a_person(group_max=8), a_place(usual_people=usual))
    assert one is not None
    [line] = [line for line in explain(one) if line.label == "人数" and line.mark in "◎△"]
    return f"{line.label}：{line.words}"


def test_how_far_and_how_many_are_told_as_numbers() -> None:
    found = plain_reasons(
        [
            ("○", "行き方：片道およそ16分です"),
            ("◎", _crowd(6)),
            ("△", _crowd(30)),
        ]
    )
    assert found.suits == ["だいたい16分で行けます。", "いつも6人くらい来ます。"]
    assert found.minds == ["いつも30人くらい来ます。思っていた人の数と、ちがうかもしれません。"]


def test_where_no_number_stands_the_easy_sentence_does() -> None:
    found = plain_reasons([("○", "行き方：送迎があります"), ("？", "人数：ふだん何人くらいですか（受け入れ先に確認）")])
    assert found.suits == [str(WORDS["行き方"][0])] and found.asks == [str(WORDS["人数"][2])]


def test_a_wish_of_ones_own_keeps_its_words_and_lists_stay_short() -> None:
    found = plain_reasons(
        [("◎", "猫に会える：場の説明とつながります")] + [("○", f"願い{n}：合います") for n in range(9)]
    )
    assert "猫に会える" in found.suits[0] and len(found.suits) == MOST


def test_the_persons_own_no_and_rules_of_sex_are_talked_over_not_printed() -> None:
    found = plain_reasons([("×", "本人の気持ち：行きたくない場です"), ("×", "性別の決まり：女性だけの場です")])
    assert (found.suits, found.minds, found.asks) == ([], [], [])
