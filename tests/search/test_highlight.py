"""Words of a shown text that answer the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import asked_norms, marked
from search.plan import plan_of
from search.query import Query


def shown(words: str, text: str) -> list[str]:
    return [piece for piece, answers in marked(text, asked_norms(plan_of(Query(words=words)))) if answers]


@pytest.mark.parametrize(
    ("words", "text", "wanted"),
    [
        ("将棋", "日曜は将棋をさす", ["将棋"]),
        ("しょうぎ", "日曜は将棋をさす", ["将棋"]),
        ("将棋", "囲碁や将棋をさす", ["囲碁", "将棋"]),
        ("さんぽ", "川べりを散歩する会です", ["散歩"]),
        ("こども", "子どもと夕ごはんを食べる", ["子ども"]),
        ("盆栽", "囲碁や将棋をさす", []),
        ("", "囲碁や将棋をさす", []),
    ],
)
def test_the_word_is_marked_however_it_was_typed(words: str, text: str, wanted: list[str]) -> None:
    assert shown(words, text) == wanted


@given(text=st.text(max_size=80), words=st.sampled_from(["将棋", "お茶 話す", "子ども"]))
def test_the_pieces_are_the_text(text: str, words: str) -> None:
    norms = asked_norms(plan_of(Query(words=words)))
    assert "".join(piece for piece, _answers in marked(text, norms)) == text
