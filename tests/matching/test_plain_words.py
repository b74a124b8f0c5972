"""The reasons for a place in easy words: with the numbers that matter, and never a word that shuts a door."""

from matching.plain_words import MOST, WORDS, plain_reasons


def test_how_far_and_how_many_are_told_as_numbers() -> None:
    found = plain_reasons(
        [
            ("○", "行き方：片道およそ16分です"),
            ("◎", "人数：ふだん6人くらいで、ちょうどよい人数です"),
            ("△", "人数：ふだん12人くらいで、希望より少し多いです"),
        ]
    )
    assert found.suits == ["うちから だいたい16分です。", "いつも6人くらい来ます。"]
    assert found.minds == ["いつも12人くらい来ます。思っていたのと、少しちがうかもしれません。"]


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
